"""The value of a learner's tree on one network, or that it does not multiply there.

Stricter than NumPy: only single numbers and a bias are repeated.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import numpy as np

from ...engine.evaluate import evaluate
from ...maths import expressions as ex
from ...maths.activations import ACTIVATIONS, Activation
from ...maths.expressions import Expression, Symbol
from ..notation import Notation
from . import nodes as nd
from .activation_values import activated, as_large_as, slope_at
from .arrays import ENTRYWISE, VALUES, is_single, laid, product
from .links import ChainProduct
from .networks import Network
from .room import Room

MOST_WORK = 150_000
WORK: dict[type, int] = dict.fromkeys((nd.Slope, nd.NamedSlope, nd.Activated, ex.Apply), 12)
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
    def units_axis(self) -> int:
        return 1 - self.samples_axis

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
        if kind in ALONE:
            return ALONE[kind](self, node)
        operands = [self.value(child) for child in ex.children(node)]
        if any(operand is None for operand in operands) or (self.room and not self.room.take(node, operands)):
            return None
        return VALUES[kind](node, *operands) if kind in VALUES else WITHIN[kind](self, node, *operands)

    def asked(self, node: Expression, goal: Any) -> Any:
        """The value of a whole formula, of one axis in the shape of what is asked for if that is a row or a column."""
        value = self.value(node)
        if value is None or value.shape == goal.shape or value.size != np.size(goal) or 1 not in np.shape(goal):
            return value
        return value.reshape(goal.shape) if self.lies(node) is not None else value

    def lies(self, node: Expression) -> int | None:
        """The axis along which what has one axis lies beside a matrix; None for all else."""
        return nd.lies(node) if self.has_flat else None

    def flat(self, _: nd.Flat, x: Any) -> Any:
        self.has_flat = True
        return x

    def transposed_value(self, node: ex.Transpose, x: Any) -> Any:
        return x.T if self.lies(node.operand) is None else x

    def chained(self, node: ChainProduct) -> Any:
        return None if node.broken else self.values.get(node.gradient)

    def side_by_side(self, node: nd.Juxtaposition, a: Any, b: Any) -> Any:
        return self.entrywise(node, a, b, ex.Multiply) if is_single(a) or is_single(b) else self.multiplied(node, a, b)

    def dotted(self, node: nd.Dotted, a: Any, b: Any) -> Any:
        meant = settled(node, a, b)
        return WITHIN[type(meant)](self, meant, a, b)

    def multiplied(self, node: Any, a: Any, b: Any) -> Any:
        """The matrix product; what has one axis is a row on its left and a column on its right, in R what fits."""
        one, other = self.lies(node.left), self.lies(node.right)
        left = None if one is None else 0 if one == 0 and b.shape[:1] == (1,) else 1
        right = None if other is None else 1 if other == 0 and a.shape[1:] == (1,) else 0
        return product(laid(a, left), laid(b, right))

    def settled(self, node: Expression) -> Expression:
        """The tree with every dot and cross as the product that it is on this network, where all sizes differ."""
        inner = ex.rebuild(node, self.settled)
        if not isinstance(node, nd.Dotted):
            return inner
        return settled(inner, self.value(node.left), self.value(node.right))

    def entrywise(self, node: Any, a: Any, b: Any, kind: type | None = None) -> Any:
        """Entry by entry: equal shapes, a single number, or what is meant to be repeated."""
        combine = ENTRYWISE[kind or type(node)]
        if is_single(a) or is_single(b):
            return combine(a, b)
        one, other = self.lies(node.left), self.lies(node.right)
        if one is not None and other is not None:
            return combine(a, b.reshape(a.shape)) if a.size == b.size else None
        if one is not None or other is not None:
            a, b = laid(a, one), laid(b, other)
            along = one if other is None else other
            return combine(a, b) if a.shape[along] == b.shape[along] else None
        if a.shape == b.shape:
            return combine(a, b)
        for axis in (0, 1):
            if a.shape[1 - axis] == b.shape[1 - axis] and 1 in (a.shape[axis], b.shape[axis]):
                small = node.left if a.shape[axis] == 1 else node.right
                return combine(a, b) if nd.is_bias(small) or is_kept(small, axis) else None
        return None

    def slope(self, node: nd.Slope) -> Any:
        """f'(z), with the activation of the layer."""
        z = self.value(node.argument)
        if z is None or z.shape == () or not self.has(node.layer):
            return None
        return slope_at(self.network.architecture.activation(node.layer), z, along=self.units_axis)

    def has(self, layer: int | None) -> bool:
        return layer is not None and 1 <= layer <= self.network.architecture.depth

    def activation(self, node: nd.Activated, z: Any) -> Any:
        function = self.function(node)
        if z.shape == () and not function.elementwise:
            return None
        return activated(function, z, self.units_axis if node.axis is None else node.axis)

    def function(self, node: nd.Activated | nd.NamedSlope) -> Activation:
        """The activation of a node: the layer's own, which may stand in for it, or the very one."""
        own = self.has(node.layer)
        return self.network.architecture.activation(node.layer) if own else ACTIVATIONS[node.function]  # type: ignore[arg-type]

    def named_slope(self, node: nd.NamedSlope, x: Any) -> Any:
        """The derivative of a named activation at z, or at a: there z is that of the same layer, if a is one's own."""
        if x.shape == ():
            return None
        function = self.function(node)
        if node.of == "z":
            return slope_at(function, x, along=self.units_axis)
        z = self.value(nd.logits_of(node.argument)) if self.has(node.layer) else None
        return slope_at(function, x if z is None else z, x)

    def applied(self, node: ex.Apply, *arguments: Any) -> Any:
        if len({each.shape for each in arguments if not is_single(each)}) > 1:
            return None
        symbols = [Symbol(f"argument {k}") for k in range(len(arguments))]
        values = dict(zip(symbols, arguments, strict=True))
        tree = replace(node, arguments=tuple(symbols))
        return as_large_as(arguments[0], evaluate(tree, values.__getitem__, kernel=True))

    def total(self, node: nd.SampleSum, x: Any) -> Any:
        if x.shape == ():
            return x
        return x.sum(self.axis(node, x.shape), keepdims=True)

    def axis(self, node: nd.SampleSum, shape: tuple[int, int]) -> int | None:
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
        if isinstance(node, nd.SampleSum) and (x := self.value(node.operand)) is not None and x.shape != ():
            axis, operand = self.axis(node, x.shape), self.resolved(node.operand)
            return ex.Sum(operand, axis) if axis is not None else ex.Sum(ex.Sum(operand, 0), 1)
        return ex.rebuild(node, self.resolved)


def settled(node: Any, a: Any, b: Any) -> Expression:
    """A dotted product as that entry by entry where the shapes are equal, or else as a matrix product."""
    same = a is not None and b is not None and a.shape == b.shape and not is_single(a)
    return (ex.Multiply if same else nd.Juxtaposition)(node.left, node.right)


def is_kept(node: Expression, axis: int) -> bool:
    """Whether a tree is made of sums or maxima along an axis that they keep, and of numbers: it is meant for all."""
    match node:
        case nd.AxisSum(_, along) | ex.Sum(_, along):
            return along == axis
        case nd.SampleSum(_, "first"):
            return axis == 0
        case nd.Reshaped(operand):
            return nd.lies(operand) is not None
        case Symbol() | ex.Transpose():
            return False
    arrays = [each for each in ex.children(node) if not nd.is_scalar(each)]
    return bool(arrays) and all(is_kept(each, axis) for each in arrays)


ALONE: dict[type, Callable[..., Any]] = {
    Symbol: lambda evaluator, node: evaluator.values.get(node),
    ex.Number: lambda _, node: np.float64(node.value),
    nd.Slope: Evaluator.slope,
    ChainProduct: Evaluator.chained,
}
"""The nodes that are no function of their operands' values."""

WITHIN: dict[type, Callable[..., Any]] = {
    ex.Transpose: Evaluator.transposed_value,
    ex.MatMul: Evaluator.multiplied,
    ex.Apply: Evaluator.applied,
    **dict.fromkeys(ENTRYWISE, Evaluator.entrywise),
    nd.Juxtaposition: Evaluator.side_by_side,
    nd.Dotted: Evaluator.dotted,
    nd.Flat: Evaluator.flat,
    nd.Activated: Evaluator.activation,
    nd.NamedSlope: Evaluator.named_slope,
    nd.SampleSum: Evaluator.total,
}
"""The nodes whose value depends on the network, or on which way an operand lies."""


def evaluators(networks: Iterable[Network], notation: Notation) -> list[Evaluator]:
    """The values of trees on some networks, as a notation shows their arrays."""
    return [Evaluator(network, notation.transposed, notation.multiplied) for network in networks]
