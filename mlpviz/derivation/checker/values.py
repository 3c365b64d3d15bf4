"""The value of a learner's tree on one network, or that it does not multiply there.

Stricter than NumPy: only single numbers and a bias are repeated.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from ...engine.evaluate import evaluate
from ...maths import expressions as ex
from ...maths.activations import ACTIVATIONS, Activation
from ...maths.architecture import Architecture
from ...maths.expressions import Expression, Symbol
from .networks import Network
from .nodes import (
    Activated,
    AxisSum,
    ChainProduct,
    Count,
    Diagonal,
    Dotted,
    Filled,
    Flat,
    Juxtaposition,
    Largest,
    NamedSlope,
    Outer,
    Power,
    Reshaped,
    SampleSum,
    Selected,
    Slope,
    Total,
    is_bias,
    is_scalar,
    lies,
)
from .reading.names import GRADIENTS

ENTRYWISE: dict[type, Callable[[Any, Any], Any]] = {
    ex.Add: operator.add,
    ex.Subtract: operator.sub,
    ex.Multiply: operator.mul,
    ex.Divide: operator.truediv,
}

MOST_NUMBERS, MOST_PRODUCTS = 8_000_000, 2_000_000_000
"""Entries of all arrays that a formula may come to on a learner's own network, four times the largest, and
multiplications for all its products, half a second's work. What would take more has no value there."""


@dataclass
class Room:
    """What may still be computed on a network of any size; ``beyond`` is the first node for which there was no room."""

    numbers: int = MOST_NUMBERS
    products: int = MOST_PRODUCTS
    beyond: Expression | None = None

    def take(self, node: Expression, operands: Sequence[Any]) -> bool:
        """Count the value of a node before it is made; return whether there is room for it."""
        rows, inner, columns = extent(node, operands)
        self.numbers -= rows * columns
        self.products -= rows * inner * columns
        if self.numbers < 0 or self.products < 0:
            self.beyond = self.beyond or node
            self.numbers = self.products = 0
        return self.beyond is None


def extent(node: Expression, operands: Sequence[Any]) -> tuple[int, int, int]:
    """The rows of a node's value, the products that are added up in an entry, and its columns."""
    shapes = [np.shape(x) for x in operands]
    match shapes:
        case [(rows, inner), (below, columns)] if isinstance(node, PRODUCTS) and inner == below:
            return (
                (rows, 0, columns) if isinstance(node, Dotted) and rows == inner == columns else (rows, inner, columns)
            )
        case [*_, _] if isinstance(node, Diagonal | Outer):
            return math.prod(shapes[0]), 0, math.prod(shapes[-1])
    return max(map(math.prod, shapes), default=1), 0, 1


PRODUCTS = (ex.MatMul, Juxtaposition, Dotted)


MOST_WORK = 150_000
WORK: dict[type, int] = dict.fromkeys((Slope, NamedSlope, Activated, ex.Apply), 12)
"""The work that may go into the search for what is amiss, about a second's, and what more than one a node costs."""


class Evaluator:
    """Values of trees on one network in one notation; whatever is shared between trees is computed once.

    A tree may hold the checker's nodes and the engine's. With ``room`` what would take more than that has no value.
    """

    def __init__(
        self,
        network: Network,
        transposed: frozenset[str],
        multiplied: frozenset[str] = frozenset(),
        room: Room | None = None,
    ) -> None:
        self.network, self.transposed, self.room = network, transposed, room
        self.values = network.shown(transposed, multiplied)
        self.samples_axis = 1 if "A" in transposed else 0
        self.known: dict[int, tuple[Expression, Any]] = {}
        self.has_flat = False
        self.work = 0
        """How much has been computed, in simple operations on small arrays."""

    @property
    def is_tired(self) -> bool:
        """Whether so much has been computed that a verdict would take too long if more were tried."""
        return self.work > MOST_WORK

    def value(self, node: Expression) -> Any:
        """The array or number, or None where it does not multiply or an array is not there."""
        entry = self.known.get(id(node))  # by identity: to compare trees costs more than to compute one
        if entry is None:
            entry = self.known[id(node)] = (node, self.compute(node))
        return entry[1]

    def compute(self, node: Expression) -> Any:
        kind = type(node)
        self.work += WORK.get(kind, 1)
        if kind is Symbol:
            return self.values.get(node)  # type: ignore[call-overload]
        if kind is ex.Number:
            return np.float64(node.value)  # type: ignore[attr-defined]
        if kind is Slope:
            return self.slope(node)  # type: ignore[arg-type]
        if kind is ChainProduct:
            return None if node.broken else self.values.get(gradient_of(node))  # type: ignore[attr-defined, arg-type]
        operands = [self.value(child) for child in ex.children(node)]
        if any(operand is None for operand in operands) or not self.has_room(node, operands):
            return None
        if kind in VALUES:
            return VALUES[kind](self, node, *operands)
        if kind is ex.Apply:
            return self.applied(node, operands)  # type: ignore[arg-type]
        return self.binary(node, *operands)

    def asked(self, node: Expression, goal: Any) -> Any:
        """The value of a whole formula, of one axis in the shape of what is asked for if that is a row or a column."""
        value = self.value(node)
        if value is None or value.shape == goal.shape or value.size != np.size(goal) or 1 not in np.shape(goal):
            return value
        return value.reshape(goal.shape) if self.lies(node) is not None else value

    def has_room(self, node: Expression, operands: Sequence[Any]) -> bool:
        return self.room is None or self.room.take(node, operands)

    def binary(self, node: Any, a: Any, b: Any) -> Any:
        kind = type(node)
        if kind is Juxtaposition:
            scalar = is_single(a) or is_single(b)
            return self.entrywise(ex.Multiply, node, a, b) if scalar else self.multiplied(node, a, b)
        if kind is ex.MatMul:
            return self.multiplied(node, a, b)
        if kind is Dotted:
            return self.binary(settled(node, a, b), a, b)
        return self.entrywise(kind, node, a, b)

    def lies(self, node: Expression) -> int | None:
        """The axis along which what has one axis lies beside a matrix; None for all else."""
        return lies(node) if self.has_flat else None

    def flat(self, x: Any) -> Any:
        self.has_flat = True
        return x

    def multiplied(self, node: Any, a: Any, b: Any) -> Any:
        """The matrix product; what has one axis is a row on its left and a column on its right, in R what fits."""
        one, other = self.lies(node.left), self.lies(node.right)
        left = None if one is None else 0 if one == 0 and b.shape[:1] == (1,) else 1
        right = None if other is None else 1 if other == 0 and a.shape[1:] == (1,) else 0
        return product(laid(a, left), laid(b, right))

    def settled(self, node: Expression) -> Expression:
        """The tree with every dot and cross as the product that it is on this network, where all sizes differ."""
        inner = ex.rebuild(node, self.settled)
        if not isinstance(node, Dotted):
            return inner
        return settled(inner, self.value(node.left), self.value(node.right))

    def entrywise(self, kind: type, node: Any, a: Any, b: Any) -> Any:
        """Entry by entry: equal shapes, a single number, or what is meant to be repeated."""
        if is_single(a) or is_single(b):
            return ENTRYWISE[kind](a, b)
        one, other = self.lies(node.left), self.lies(node.right)
        if one is not None and other is not None:
            return ENTRYWISE[kind](a, b.reshape(a.shape)) if a.size == b.size else None
        if one is not None or other is not None:
            a, b = laid(a, one), laid(b, other)
            along = one if other is None else other
            return ENTRYWISE[kind](a, b) if a.shape[along] == b.shape[along] else None
        if a.shape == b.shape:
            return ENTRYWISE[kind](a, b)
        for axis in (0, 1):
            if a.shape[1 - axis] == b.shape[1 - axis] and 1 in (a.shape[axis], b.shape[axis]):
                small = node.left if a.shape[axis] == 1 else node.right
                return ENTRYWISE[kind](a, b) if is_bias(small) or is_kept(small, axis) else None
        return None

    def slope(self, node: Slope) -> Any:
        """f'(z), with the activation of the layer."""
        z = self.value(node.argument)
        if z is None or z.shape == () or not self.has(node.layer):
            return None
        return self.slope_at(self.network.architecture.activation(node.layer), z)

    def has(self, layer: int | None) -> bool:
        return layer is not None and 1 <= layer <= self.network.architecture.depth

    def slope_at(self, activation: Activation, z: Any, a: Any = None) -> Any:
        """f'(z), entry by entry; of softmax, which mixes the entries, only the diagonal of its Jacobian."""
        if not activation.elementwise:
            a = self.activated(activation, z) if a is None else a
            return a * (1 - a)
        values = {Z: z, A: a}
        tree = activation.slope_at(Z, activation.activate(Z) if a is None else A)
        return as_large_as(z, evaluate(tree, values.__getitem__, kernel=True))

    def activated(self, activation: Activation, z: Any, axis: int | None = None) -> Any:
        """f(z); softmax along the units of a sample, unless an axis is given."""
        if z.shape == () and not activation.elementwise:
            return None
        along = 1 - self.samples_axis if axis is None else axis
        flipped = not activation.elementwise and along == 0
        value = evaluate(activation.activate(Z), lambda _: z.T if flipped else z, kernel=True)
        return value.T if flipped else value

    def function(self, node: Activated | NamedSlope) -> Activation:
        """The activation of a node: the layer's own, which may stand in for it, or the very one."""
        own = self.has(node.layer)
        return self.network.architecture.activation(node.layer) if own else ACTIVATIONS[node.function]  # type: ignore[arg-type]

    def named_slope(self, node: NamedSlope) -> Any:
        """The derivative of a named activation at z, or at a: there z is that of the same layer, if a is one's own."""
        x, function = self.value(node.argument), self.function(node)
        if x is None or x.shape == ():
            return None
        if node.of == "z":
            return self.slope_at(function, x)
        z = self.value(logits_of(node.argument)) if self.has(node.layer) else None
        return self.slope_at(function, x if z is None else z, x)

    def applied(self, node: ex.Apply, arguments: Sequence[Any]) -> Any:
        if len({each.shape for each in arguments if not is_single(each)}) > 1:
            return None
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
        if node.over == "first":
            return int(shape[0] == 1)
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


def settled(node: Any, a: Any, b: Any) -> Expression:
    """A dotted product as that entry by entry where the shapes are equal, or else as a matrix product."""
    same = a is not None and b is not None and a.shape == b.shape and not is_single(a)
    return (ex.Multiply if same else Juxtaposition)(node.left, node.right)


def is_kept(node: Expression, axis: int) -> bool:
    """Whether a tree is made of sums or maxima along an axis that they keep, and of numbers: it is meant for all."""
    match node:
        case AxisSum(_, along) | ex.Sum(_, along):
            return along == axis
        case SampleSum(_, "first"):
            return axis == 0
        case Reshaped(operand):
            return lies(operand) is not None
        case Symbol() | ex.Transpose():
            return False
    arrays = [each for each in ex.children(node) if not is_scalar(each)]
    return bool(arrays) and all(is_kept(each, axis) for each in arrays)


def laid(x: Any, along: int | None) -> Any:
    """What has one axis as it lies beside a matrix."""
    return x if along is None or x.shape == () else x.reshape((1, -1) if along else (-1, 1))


def product(a: Any, b: Any) -> Any:
    return None if a.shape == () or b.shape == () or a.shape[1] != b.shape[0] else a @ b


def as_large_as(x: Any, value: Any) -> Any:
    """A value, repeated if it is a constant: the slope of the identity is 1 everywhere."""
    return value if np.shape(value) else np.full_like(x, value)


def is_single(x: Any) -> bool:
    return x.shape == () or x.shape == (1, 1)


def diagonal(x: Any) -> Any:
    return np.diag(x.ravel()) if x.shape != () and 1 in x.shape else None


def logits_of(node: Expression) -> Expression:
    """What a tree of activations is the activation of."""
    match node:
        case Activated(_, argument):
            return argument
        case ex.Transpose(operand):
            return ex.Transpose(logits_of(operand))
        case Symbol("A", layer):
            return Symbol("Z", layer)
    return node


def along_axis(node: AxisSum, x: Any) -> Any:
    if x.shape == ():
        return x
    return None if lies(node.operand) is not None else x.sum(node.axis, keepdims=True)


def counted(node: Count, x: Any) -> Any:
    return np.float64(x.size if node.axis is None or x.shape == () else x.shape[node.axis])


def outer(left: Any, right: Any) -> Any:
    """The outer product of two vectors; of matrices, whose entries NumPy puts in a row, None."""
    if any(x.shape == () or 1 not in x.shape for x in (left, right)):
        return None
    return np.outer(left, right)


def reshaped(x: Any, rows: Any, columns: Any) -> Any:
    """A vector as a row or a column; of a matrix, whose entries would change places, only what it is already."""
    if x.shape == () or rows.shape != () or columns.shape != ():
        return None
    height, width = int(rows), int(columns)
    height = x.size // width if height == -1 and width > 0 else height
    width = x.size // height if width == -1 and height > 0 else width
    fits = min(height, width) > 0 and height * width == x.size and (1 in x.shape or (height, width) == x.shape)
    return x.reshape(height, width) if fits else None


MOST_FILLED = 10_000


def filled(node: Filled, rows: Any, columns: Any) -> Any:
    if (
        rows.shape != ()
        or columns.shape != ()
        or min(rows, columns) < 1
        or rows * columns > MOST_FILLED
        or rows % 1
        or columns % 1
    ):
        return None
    return np.full((int(rows), int(columns)), float(node.value))


def selected(left: Any, right: Any, this: Any, otherwise: Any) -> Any:
    shapes = {x.shape for x in (left, right, this, otherwise) if not is_single(x)}
    return np.where(left > right, this, otherwise) if len(shapes) <= 1 else None


Z, A = Symbol("z"), Symbol("a")
VALUES: dict[type, Callable[..., Any]] = {
    ex.Transpose: lambda evaluator, node, x: x.T if evaluator.lies(node.operand) is None else x,
    Flat: lambda evaluator, node, x: evaluator.flat(x),
    ex.Negate: lambda _, node, x: -x,
    Diagonal: lambda _, node, x: diagonal(x),
    Power: lambda _, node, x: x**node.exponent,
    Activated: lambda evaluator, node, x: evaluator.activated(evaluator.function(node), x, node.axis),
    NamedSlope: lambda evaluator, node, x: evaluator.named_slope(node),
    AxisSum: lambda _, node, x: along_axis(node, x),
    Total: lambda _, node, x: np.float64(x.sum()),
    Largest: lambda _, node, x: np.float64(x.max()),
    Count: lambda _, node, x: counted(node, x),
    Outer: lambda _, node, left, right: outer(left, right),
    Reshaped: lambda _, node, *operands: reshaped(*operands),
    Filled: lambda _, node, rows, columns: filled(node, rows, columns),
    Selected: lambda _, node, *operands: selected(*operands),
    SampleSum: lambda evaluator, node, x: evaluator.total(node, x),
    ex.Max: lambda _, node, x: x if x.shape == () else x.max(node.axis, keepdims=True),
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
            case Activated(_, argument, layer, None) if layer is not None:
                return by_units(architecture.activation(layer).activate(change(argument)), evaluator)
            case NamedSlope(_, Symbol() | ex.Transpose(Symbol()) as x, _, layer) if has_slope(architecture, layer or 0):
                return change(Slope(logits_of(x), layer or 0))
            case Flat(operand):
                return change(operand)
            case AxisSum(operand, axis):
                return ex.Sum(change(operand), axis)
            case Total(operand):
                return ex.Sum(ex.Sum(change(operand), 0), 1)
            case Juxtaposition(left, right):
                return (ex.Multiply if is_scalar(left) or is_scalar(right) else ex.MatMul)(change(left), change(right))
        return ex.rebuild(node, change)

    return change(evaluator.resolved(tree))


def by_units(node: Expression, evaluator: Evaluator) -> Expression:
    """A function that mixes the units of a sample, along the axis that has them."""
    if not isinstance(node, ex.Apply) or evaluator.samples_axis == 0:
        return node
    mixes = node.name in ACTIVATIONS and not ACTIVATIONS[node.name].elementwise
    return replace(node, flipped=True) if mixes else node


def has_slope(architecture: Architecture, layer: int) -> bool:
    return 1 <= layer <= architecture.depth and architecture.activation(layer).slope is not None
