"""Where the values of trees stand: in a trace's own buffers, or in scratch that is handed on from tree to tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...maths import shapes
from ...maths.expressions import Expression, Number, Symbol, Transpose, leaves
from ..arrays import Array, arrays
from ..evaluate import evaluate
from ..kernels import Mask

if TYPE_CHECKING:
    from ..trace import Trace


class Buffers:
    """One trace's buffers and some scratch: ``held`` says which trees' values they hold, ``free`` what may be taken.

    The values of ``repeated`` trees are needed more than once.
    """

    def __init__(self, trace: Trace) -> None:
        self.trace, self.arrays = trace, arrays(trace.parameters.device)
        self.dtype = trace.parameters.dtype
        self.repeated: frozenset[Expression] = frozenset()
        self.held: dict[Expression, Array] = {}
        self.free: list[Array] = []

    def standing(self, node: Expression) -> Array | None:
        """Where a tree's value stands without any operation, if it does."""
        if node in self.held:
            return self.held[node]
        if all(map(self.constant, leaves(node))):
            return self.arrays.asarray(evaluate(node, self.trace.scalar), self.dtype)
        match node:
            case Symbol():
                return self.trace.buffer(node)
            case Transpose(Symbol() as symbol):
                return self.trace.buffer(symbol).T
        return None

    def constant(self, leaf: Expression) -> bool:
        """Whether a leaf is a single number that a pass does not change."""
        return isinstance(leaf, Number) or (isinstance(leaf, Symbol) and self.trace.scalar(leaf) is not None)

    def compound(self, node: Expression) -> bool:
        """Whether a tree's value has to be computed first."""
        return self.standing(node) is None

    def number(self, node: Expression) -> float | None:
        """The value of a tree that is a single number and does not change."""
        return float(evaluate(node, self.trace.scalar)) if all(map(self.constant, leaves(node))) else None

    def is_in(self, out: Array, leaf: Expression) -> bool:
        """Whether a leaf is the array that stands in a buffer."""
        return isinstance(leaf, Symbol) and not self.constant(leaf) and self.trace.buffer(leaf) is out

    def scratch(self, shape: tuple[int, int], dtype: str) -> Array:
        """A scratch buffer that is free and holds nothing that is needed again, or a new one."""
        kept = [array for tree, array in self.held.items() if tree in self.repeated]
        for array in self.free:
            if array.shape == shape and array.dtype == dtype and not any(array is other for other in kept):
                self.reserve(array)
                return array
        return self.arrays.matrix(shape, dtype)

    def reserve(self, array: Array) -> bool:
        """Take a buffer out of the free ones, if it is one of them."""
        kept = [other for other in self.free if other is not array]
        found = len(kept) < len(self.free)
        self.free = kept
        return found

    def forget(self, out: Array) -> None:
        """Take ``out`` for empty: it is written over, or about to be by what must not read what it writes."""
        self.held = {tree: array for tree, array in self.held.items() if array is not out}

    def dtype_of(self, node: Expression) -> str:
        """The type of a tree's value."""
        return "bool" if isinstance(node, Mask) else self.dtype

    def shape(self, node: Expression) -> tuple[int, int]:
        """The shape of a tree's value in numbers."""
        architecture = self.trace.architecture
        symbolic = shapes.shape(node, lambda symbol: shapes.symbol_shape(symbol, architecture))
        return shapes.numbers(symbolic, architecture, self.trace.batch_size)
