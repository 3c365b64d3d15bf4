"""An optimiser's equations bound to blocks of the flat vectors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext

from ...maths import shapes
from ...maths.expressions import Expression, Symbol
from ..arrays import Array, Call, Span
from ..plan import GRADIENT, TrainingPlan
from .binding import HostBinder

BLOCK = 32768
"""Entries of θ that are updated at a time once θ is long: a block stays in the cache through all operations."""

LONG = 500_000
"""Number of trainable entries from which θ is long."""


def update_calls(plan: TrainingPlan, gradient: Array) -> list[Call]:
    """The operations of one update with the vector ``gradient``, block by block of the trainable entries."""
    vectors, updates = {**plan.vectors, GRADIENT: gradient}, plan.updates
    numbers = {Symbol(name): number for name, number in updates.numbers.items()}
    scratch: list[Array] = []
    calls: list[Call] = []
    for start, stop in blocks(updates.spans):
        views = {symbol: vector[start:stop].reshape(1, -1) for symbol, vector in vectors.items()}
        binder = HostBinder(Block(plan.parameters.dtype, {**views, **numbers}))
        binder.free = scratch
        for equation in updates.optimizer.equations:
            calls += binder.bind(equation)
        scratch = binder.free
    return calls


class Block:
    """The workspace of one block: every vector is a row there, and the optimiser's numbers are single entries."""

    memory = staticmethod(nullcontext)

    def __init__(self, dtype: str, buffers: Mapping[Symbol, Array]) -> None:
        self.dtype, self.buffers = dtype, buffers

    def buffer(self, symbol: Symbol) -> Array:
        return self.buffers[symbol]

    def scalar(self, symbol: Symbol) -> None:
        """No symbol of an update stands for a fixed number."""

    def shape(self, node: Expression) -> tuple[int, int]:
        rows, columns = shapes.shape(node, lambda symbol: self.buffer(symbol).shape or (1, 1))
        assert isinstance(rows, int)
        assert isinstance(columns, int)
        return rows, columns


def blocks(spans: Sequence[Span]) -> Iterator[Span]:
    total = sum(stop - start for start, stop in spans)
    size = BLOCK if total >= LONG else total
    for start, stop in spans:
        yield from ((first, min(first + size, stop)) for first in range(start, stop, size))
