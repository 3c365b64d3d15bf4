"""The value of a learner's tree on one network, or that it does not multiply there.

Stricter than NumPy: only single numbers and a bias are repeated.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from ...engine.evaluate import evaluate
from ...maths import expressions as ex
from ...maths.architecture import Architecture
from ...maths.expressions import Expression, Symbol
from .networks import Network
from .nodes import ChainProduct, Diagonal, Juxtaposition, Power, SampleSum, Slope, is_bias, is_scalar
from .reading.names import GRADIENTS

ENTRYWISE: dict[type, Callable[[Any, Any], Any]] = {
    ex.Add: operator.add,
    ex.Subtract: operator.sub,
    ex.Multiply: operator.mul,
    ex.Divide: operator.truediv,
}


class Evaluator:
    """Values of trees on one network in one notation; whatever is shared between trees is computed once.

    A tree may hold the checker's nodes and the engine's.
    """

    def __init__(self, network: Network, transposed: frozenset[str], multiplied: frozenset[str] = frozenset()) -> None:
        self.network, self.transposed = network, transposed
        self.values = network.shown(transposed, multiplied)
        self.samples_axis = 1 if "A" in transposed else 0
        self.known: dict[int, tuple[Expression, Any]] = {}

    def value(self, node: Expression) -> Any:
        """The array or number, or None where it does not multiply or an array is not there."""
        entry = self.known.get(id(node))  # by identity: to compare trees costs more than to compute one
        if entry is None:
            entry = self.known[id(node)] = (node, self.compute(node))
        return entry[1]

    def compute(self, node: Expression) -> Any:
        kind = type(node)
        if kind is Symbol:
            return self.values.get(node)  # type: ignore[call-overload]
        if kind is ex.Number:
            return np.float64(node.value)  # type: ignore[attr-defined]
        if kind is Slope:
            return self.slope(node)  # type: ignore[arg-type]
        if kind is ChainProduct:
            return None if node.broken else self.values.get(gradient_of(node))  # type: ignore[attr-defined, arg-type]
        operands = [self.value(child) for child in ex.children(node)]
        if any(operand is None for operand in operands):
            return None
        if kind is ex.Apply:
            return self.applied(node, operands)  # type: ignore[arg-type]
        if len(operands) == 2:
            return self.binary(node, *operands)
        return UNARY[kind](self, node, operands[0])

    def binary(self, node: Any, a: Any, b: Any) -> Any:
        kind = type(node)
        if kind is Juxtaposition:
            scalar = is_single(a) or is_single(b)
            return self.entrywise(ex.Multiply, node, a, b) if scalar else product(a, b)
        if kind is ex.MatMul:
            return product(a, b)
        return self.entrywise(kind, node, a, b)

    def entrywise(self, kind: type, node: Any, a: Any, b: Any) -> Any:
        """Entry by entry: equal shapes, or a single number, or a bias that is repeated."""
        if a.shape == b.shape or is_single(a) or is_single(b):
            return ENTRYWISE[kind](a, b)
        for axis in (0, 1):
            if a.shape[1 - axis] == b.shape[1 - axis] and 1 in (a.shape[axis], b.shape[axis]):
                small = node.left if a.shape[axis] == 1 else node.right
                return ENTRYWISE[kind](a, b) if is_bias(small) else None
        return None

    def slope(self, node: Slope) -> Any:
        """f'(z), entry by entry; of softmax, which mixes the entries, only the diagonal of its Jacobian."""
        z = self.value(node.argument)
        if z is None or z.shape == () or not 1 <= node.layer <= self.network.architecture.depth:
            return None
        activation = self.network.architecture.activation(node.layer)
        if not activation.elementwise:
            powers = np.exp(z - z.max())
            a = powers / powers.sum(1 - self.samples_axis, keepdims=True)
            return a * (1 - a)
        symbol = Symbol("z")
        tree = activation.slope_at(symbol, activation.activate(symbol))
        return as_large_as(z, evaluate(tree, lambda _: z, kernel=True))

    def applied(self, node: ex.Apply, arguments: Sequence[Any]) -> Any:
        symbols = [Symbol(f"argument {k}") for k in range(len(arguments))]
        values = dict(zip(symbols, arguments, strict=True))
        tree = replace(node, arguments=tuple(symbols))
        return as_large_as(arguments[0], evaluate(tree, values.__getitem__, kernel=True))

    def total(self, node: SampleSum, x: Any) -> Any:
        if x.shape == ():
            return x
        return x.sum(self.axis(node, x.shape), keepdims=True)

    def axis(self, node: SampleSum, shape: tuple[int, int]) -> int | None:
        """The axis that a sum runs along, None for both."""
        m = self.network.batch_size
        if node.over == "everything" or m not in shape:
            return None
        axis = self.samples_axis if shape[0] == shape[1] else shape.index(m)
        return axis if node.over == "samples" else 1 - axis

    def resolved(self, node: Expression) -> Expression:
        """The tree with every sum along the axis that it has on this network, where all sizes differ."""
        if isinstance(node, SampleSum) and (x := self.value(node.operand)) is not None and x.shape != ():
            axis, operand = self.axis(node, x.shape), self.resolved(node.operand)
            return ex.Sum(operand, axis) if axis is not None else ex.Sum(ex.Sum(operand, 0), 1)
        return ex.rebuild(node, self.resolved)


def gradient_of(chain: ChainProduct) -> Symbol:
    """The array that a chain comes to, if its links join."""
    return Symbol(GRADIENTS.get(chain.last.name, ""), chain.last.layer)


def product(a: Any, b: Any) -> Any:
    if a.shape == () or b.shape == () or a.shape[1] != b.shape[0]:
        return None
    return a @ b


def as_large_as(x: Any, value: Any) -> Any:
    """A value, repeated if it is a constant: the slope of the identity is 1 everywhere."""
    return value if np.shape(value) else np.full_like(x, value)


def is_single(x: Any) -> bool:
    return x.shape == () or x.shape == (1, 1)


def diagonal(x: Any) -> Any:
    return np.diag(x.ravel()) if x.shape != () and 1 in x.shape else None


UNARY: dict[type, Callable[[Evaluator, Any, Any], Any]] = {
    ex.Transpose: lambda _, node, x: x.T,
    ex.Negate: lambda _, node, x: -x,
    Diagonal: lambda _, node, x: diagonal(x),
    Power: lambda _, node, x: x**node.exponent,
    SampleSum: lambda evaluator, node, x: evaluator.total(node, x),
    ex.Sum: lambda _, node, x: x.sum(node.axis, keepdims=True),
}


def in_engine_nodes(tree: Expression, evaluator: Evaluator, architecture: Architecture) -> Expression:
    """The tree in the engine's own nodes, for the writers; only diag(…) and softmax's f' have none there."""

    def change(node: Expression) -> Expression:
        match node:
            case Slope(Symbol() | ex.Transpose(Symbol()) as z, layer) if has_slope(architecture, layer):
                a = ex.rebuild(z, lambda _: Symbol("A", layer)) if isinstance(z, ex.Transpose) else Symbol("A", layer)
                return architecture.activation(layer).slope_at(z, a)
            case ChainProduct():
                return gradient_of(node)
            case Juxtaposition(left, right):
                return (ex.Multiply if is_scalar(left) or is_scalar(right) else ex.MatMul)(change(left), change(right))
        return ex.rebuild(node, change)

    return change(evaluator.resolved(tree))


def has_slope(architecture: Architecture, layer: int) -> bool:
    return 1 <= layer <= architecture.depth and architecture.activation(layer).slope is not None
