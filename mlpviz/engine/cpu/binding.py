"""Turns an equation into a list of in-place operations on buffers that exist already.

Each operation writes into the equation's own target or into a scratch buffer, which is handed on to the next
equation that needs one of its shape. What a subtree's value is already standing in some buffer is not computed again.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from ...maths import expressions as ex
from ...maths import shapes
from ...maths.equations import Equation
from ...maths.functions import definition
from ..arrays import Array, Call
from ..backend import Workspace
from .buffers import OPERATIONS, Buffers, Held, Sign, as_mask, with_kernels

FEW = 1024
"""Entries up to which a call costs more than its work."""


class HostBinder(Buffers):
    """Binds equations to a workspace's buffers; kernels are taken where a function has one."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.calls: list[Call] = []

    def bind_all(self, equations: Iterable[Equation]) -> list[list[Call]]:
        """The operations of each of several equations that always run in a row: what two need is computed once."""
        equations = list(equations)
        counts = Counter(node for equation in equations for node in with_kernels(equation.value))
        self.repeated = frozenset(node for node, count in counts.items() if count > 1)
        self.held = Held()
        calls = [self.bind(equation, fresh=False) for equation in equations]
        self.repeated = frozenset()
        return calls

    def bind(self, equation: Equation, fresh: bool = True) -> list[Call]:
        """The operations that compute an equation into its target's buffer; ``fresh``: nothing of it is computed.

        Raises ShapeError where it does not multiply or is not of its target's shape.
        """
        target = equation.target
        self.calls = []
        if fresh:
            self.held = Held()
        self.held.drop(self.held.of_leaf(target))
        out = self.workspace.buffer(target)
        shapes.check_value(target, out.shape, self.workspace.shape(equation.value))
        self.emit(equation.value, out)
        return self.calls

    def emit(self, node: ex.Expression, out: Array) -> None:
        """Append the operations that leave a tree's value in ``out``."""
        match node:
            case ex.Apply() if (body := definition(node, kernel=True)) is not None:
                self.emit(body, out)
            case ex.Apply("greater", (left, ex.Number(0))) if out.size <= FEW:
                self.emit(Sign(ex.apply("maximum", left, 0)), out)
            case ex.MatMul(left, right):
                self.forget(out)
                with self.operand(left) as a, self.operand(right) as b:
                    self.calls += self.arrays.bind_product(a, b, out)
            case ex.Max(operand, axis):
                self.forget(out)
                with self.operand(operand) as x:
                    self.calls.append(self.arrays.bind_max(x, axis, out))
            case ex.Divide(operand, number) if self.number(number) == 1:
                self.emit(operand, out)
            case ex.Sum() | ex.Negate() | ex.Divide() if (found := self.multiple_of_sum(node)) is not None:
                self.forget(out)
                self.emit_sum(*found, out)
            case ex.Symbol() | ex.Number() | ex.Transpose():
                self.forget(out)
                with self.operand(node) as x:
                    self.calls.append(self.arrays.bind("copy", (x,), out))
            case _:
                self.emit_entrywise(node, out)
        self.held.put(node, out)

    def emit_sum(self, total: ex.Sum, factor: float, out: Array) -> None:
        """A multiple of a sum is a product with equal numbers, which BLAS does fastest."""
        with self.operand(total.operand) as x:
            rows = total.axis == 0
            line = self.arrays.full((1, x.shape[0]) if rows else (x.shape[1], 1), factor, self.dtype)
            left, right = (line, x) if rows else (x, line)
            self.calls += self.arrays.bind_product(left, right, out)

    def multiple_of_sum(self, node: ex.Expression) -> tuple[ex.Sum, float] | None:
        """Split a tree into a sum and its constant factor, if it is that."""
        match node:
            case ex.Max():
                return None
            case ex.Sum():
                return node, 1.0
            case ex.Negate(operand) if (found := self.multiple_of_sum(operand)) is not None:
                return found[0], -found[1]
            case ex.Divide(operand, right) if (number := self.number(right)) is not None:
                found = self.multiple_of_sum(operand)
                return None if found is None else (found[0], found[1] / number)
        return None

    def emit_entrywise(self, node: ex.Expression, out: Array) -> None:
        """Compute the first compound operand of the output's shape in ``out`` itself, the others in scratch."""
        name = node.name if isinstance(node, ex.Apply) else OPERATIONS[type(node)]
        operands = ex.children(node)
        if isinstance(node, ex.Multiply) and out.size > FEW:
            operands = tuple(map(as_mask, operands))
        first = 1 if name == "weighted" else 0  # which wants its weight to the end
        reused = next((x for x in operands[first:] if self.may_stand_in(out, x, operands)), None)
        if reused is not None:
            self.emit(reused, out)
        self.emit_call(name, operands, [], out)

    def may_stand_in(self, out: Array, node: ex.Expression, operands: tuple[ex.Expression, ...]) -> bool:
        if node in self.repeated or not self.compound(node):
            return False
        if self.workspace.shape(node) != out.shape or self.dtype_of(node) != out.dtype:
            return False
        others = [other for other in operands if other != node]
        # x + x.T would read what it writes, and so would an update θ − step that computes its step in θ
        return ex.Transpose(node) not in others and not any(
            self.is_in(out, leaf) for x in others for leaf in ex.leaves(x)
        )

    def emit_call(self, name: str, pending: tuple[ex.Expression, ...], ready: list[Array], out: Array) -> None:
        """Bring the operands into buffers one by one, then append the operation."""
        if not pending:
            self.calls.append(self.arrays.bind(name, ready, out))
            self.forget(out)
            return
        with self.operand(pending[0]) as x, self.spread(x, out.shape) as x:
            self.emit_call(name, pending[1:], [*ready, x], out)

    @contextmanager
    def spread(self, x: Array, shape: tuple[int, int]) -> Iterator[Array]:
        """Write out a row or column of few entries as often as it is repeated: entry by entry is quicker then."""
        if x.size == 1 or x.shape == shape or math.prod(shape) > FEW:
            yield x
            return
        copies, row = self.scratch(shape, self.dtype), x.shape[0] == 1
        self.forget(copies)
        ones = self.arrays.full((shape[0], 1) if row else (1, shape[1]), 1.0, self.dtype)
        left, right = (ones, x) if row else (x, ones)
        self.calls += self.arrays.bind_product(left, right, copies)
        yield copies
        self.free.append(copies)

    @contextmanager
    def operand(self, node: ex.Expression) -> Iterator[Array]:
        """Provide a buffer with a tree's value that is not written to until the block ends."""
        if isinstance(node, ex.Transpose) and self.held.get(node) is None:
            with self.operand(node.operand) as x:
                yield x.T
            return
        array = self.standing(node)
        if array is None:
            array = self.scratch(self.workspace.shape(node), self.dtype_of(node))
            self.emit(node, array)
        elif not self.reserve(array):
            yield array
            return
        yield array
        self.free.append(array)
