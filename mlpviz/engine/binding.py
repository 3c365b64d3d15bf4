"""Turns an equation into a list of in-place operations on buffers that exist already.

Each operation writes into the equation's own target or into a scratch buffer, which is handed on to the next
equation that needs one of its shape. What a subtree's value is already standing in some buffer is not computed again.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ..maths import shapes
from ..maths.equations import Equation
from ..maths.expressions import (
    Apply,
    Expression,
    MatMul,
    Max,
    Number,
    Sum,
    Symbol,
    Transpose,
    children,
    leaves,
)
from ..maths.functions import definition
from .arrays import Array, Call, arrays
from .evaluate import ENTRYWISE, evaluate

if TYPE_CHECKING:
    from .trace import Trace


class Binder:
    """Binds equations to one trace's buffers; kernels are taken where a function has one."""

    def __init__(self, trace: Trace) -> None:
        self.trace, self.arrays = trace, arrays(trace.parameters.device)
        self.dtype = trace.parameters.dtype
        self.calls: list[Call] = []
        self.held: dict[Expression, Array] = {}
        self.free: list[Array] = []

    def bind(self, equation: Equation) -> list[Call]:
        """The operations that compute an equation into its target's buffer.

        Raises ShapeError where it does not multiply or is not of its target's shape.
        """
        self.calls, self.held = [], {}
        found, out = self.shape(equation.value), self.trace.buffer(equation.target)
        if found != out.shape:
            raise shapes.ShapeError(f"{equation.target} is {shapes.text(out.shape)} and its value {shapes.text(found)}")
        self.emit(equation.value, out)
        return self.calls

    def emit(self, node: Expression, out: Array) -> None:
        """Append the operations that leave a tree's value in ``out``."""
        match node:
            case Apply() if (body := definition(node, kernel=True)) is not None:
                self.emit(body, out)
            case MatMul(left, right):
                self.forget(out)
                with self.operand(left) as a, self.operand(right) as b:
                    self.calls.append(self.arrays.bind_product(a, b, out))
            case Max(operand, axis):
                self.forget(out)
                with self.operand(operand) as x:
                    self.calls.append(self.arrays.bind_max(x, axis, out))
            case Sum(operand, axis):
                self.forget(out)
                self.emit_sum(operand, axis, out)
            case Symbol() | Number() | Transpose():
                self.forget(out)
                with self.operand(node) as x:
                    self.calls.append(self.arrays.bind("copy", (x,), out))
            case _:
                self.emit_entrywise(node, out)
        self.hold(node, out)

    def emit_sum(self, operand: Expression, axis: int, out: Array) -> None:
        """A sum is a product with ones, which BLAS does fastest."""
        with self.operand(operand) as x:
            ones = self.arrays.full((1, x.shape[0]) if axis == 0 else (x.shape[1], 1), 1.0, self.dtype)
            self.calls.append(self.arrays.bind_product(*((ones, x) if axis == 0 else (x, ones)), out))

    def emit_entrywise(self, node: Expression, out: Array) -> None:
        """The first compound operand of the output's shape is computed in ``out`` itself, the others in scratch."""
        name = node.name if isinstance(node, Apply) else ENTRYWISE[type(node)]
        operands = children(node)
        compound = (x for x in operands if self.compound(x) and self.shape(x) == out.shape)
        reused = next((x for x in compound if Transpose(x) not in operands), None)  # x + x.T would read what it writes
        if reused is not None:
            self.emit(reused, out)
        self.emit_call(name, operands, [], out)

    def emit_call(self, name: str, pending: tuple[Expression, ...], ready: list[Array], out: Array) -> None:
        """Bring the operands into buffers one by one, then append the operation."""
        if not pending:
            self.calls.append(self.arrays.bind(name, ready, out))
            return
        with self.operand(pending[0]) as x:
            self.emit_call(name, pending[1:], [*ready, x], out)

    @contextmanager
    def operand(self, node: Expression) -> Iterator[Array]:
        """A buffer that holds a tree's value and is not written to until the block ends."""
        if isinstance(node, Transpose):
            with self.operand(node.operand) as x:
                yield x.T
            return
        array = self.standing(node)
        if array is None:
            array = self.scratch(self.shape(node))
            self.emit(node, array)
        elif not self.reserve(array):
            yield array
            return
        yield array
        self.free.append(array)

    def scratch(self, shape: tuple[int, int]) -> Array:
        """A free scratch buffer of a shape, or a new one."""
        found = next((array for array in self.free if array.shape == shape), None)
        if found is not None:
            self.reserve(found)
            return found
        return self.arrays.full(shape, 0.0, self.dtype)

    def reserve(self, array: Array) -> bool:
        """Take a buffer out of the free ones, if it is one of them."""
        kept = [other for other in self.free if other is not array]
        found = len(kept) < len(self.free)
        self.free = kept
        return found

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

    def hold(self, node: Expression, out: Array) -> None:
        """Note what ``out`` holds now, in place of what it held before."""
        self.forget(out)
        self.held[node] = out

    def forget(self, out: Array) -> None:
        """Take ``out`` for empty: an operation that is not entry by entry must not read what it writes."""
        self.held = {tree: array for tree, array in self.held.items() if array is not out}

    def shape(self, node: Expression) -> tuple[int, int]:
        """The shape of a tree's value in numbers."""
        architecture = self.trace.architecture
        symbolic = shapes.shape(node, lambda symbol: shapes.symbol_shape(symbol, architecture))
        return shapes.numbers(symbolic, architecture, self.trace.batch_size)
