"""An optimiser at work on one network: its equations bound to blocks of the flat vectors."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from mlpviz.engine.arrays import Array, Call, arrays
from mlpviz.engine.cpu.binding import Binder
from mlpviz.engine.parameters import Parameters, views
from mlpviz.engine.training.optimizers import Optimizer
from mlpviz.maths import shapes
from mlpviz.maths.architecture import Architecture
from mlpviz.maths.expressions import Expression, Symbol

Span = tuple[int, int]
"""Entries of the flat vector, from the first up to but without the last."""

BLOCK = 32768
"""Entries of θ that are updated at a time once θ is long: a block stays in the cache through all operations."""

LONG = 500_000


class Updates:
    """An optimiser at work on one network: its state, its numbers, and its equations bound to vectors."""

    def __init__(self, optimizer: Optimizer, parameters: Parameters, spans: Sequence[Span]) -> None:
        self.optimizer, self.parameters, self.spans = optimizer, parameters, spans
        self.arrays = device = arrays(parameters.device)
        count, dtype = parameters.flat.size, parameters.dtype
        self.state = {name: device.full((count,), 0.0, dtype) for name in optimizer.state}
        self.numbers = {name: device.full((), 0.0, dtype) for name in optimizer.numbers(1.0, 1)}

    def set_numbers(self, learning_rate: float, t: int) -> None:
        """Make ready for the update t."""
        for name, value in self.optimizer.numbers(learning_rate, t).items():
            self.numbers[name].fill(value)

    def bind(self, gradient: Array) -> list[Call]:
        """The operations of one update with a gradient vector, block by block of what may move."""
        vectors = {"theta": self.parameters.flat, "g": gradient, **self.state}
        scratch: list[Array] = []
        calls: list[Call] = []
        for start, stop in blocks(self.spans):
            views = {name: vector[start:stop].reshape(1, -1) for name, vector in vectors.items()}
            binder = VectorBinder(Vectors(self.parameters, {**views, **self.numbers}))
            binder.free = scratch
            for equation in self.optimizer.equations:
                calls += binder.bind(equation)
            scratch = binder.free
        return calls


class Vectors:
    """The buffers of one block, as the binder asks for them."""

    def __init__(self, parameters: Parameters, buffers: Mapping[str, Array]) -> None:
        self.parameters, self.buffers = parameters, buffers

    def buffer(self, symbol: Symbol) -> Array:
        """The array that a symbol stands for."""
        return self.buffers[symbol.name]

    def scalar(self, symbol: Symbol) -> None:
        """No symbol of an update stands for a fixed number."""


class VectorBinder(Binder):
    """Binds equations in vectors, every one of them a row; the numbers are single entries."""

    def __init__(self, vectors: Any) -> None:
        super().__init__(vectors)

    def shape(self, node: Expression) -> tuple[int, int]:
        """The shape of a tree's value in numbers."""
        rows, columns = shapes.shape(node, lambda symbol: self.trace.buffer(symbol).shape or (1, 1))
        assert isinstance(rows, int)
        assert isinstance(columns, int)
        return (rows, columns)


def blocks(spans: Sequence[Span]) -> Iterator[Span]:
    """The spans, cut into blocks if they are long."""
    total = sum(stop - start for start, stop in spans)
    size = BLOCK if total >= LONG else total
    for start, stop in spans:
        yield from ((first, min(first + size, stop)) for first in range(start, stop, size))


def movable(architecture: Architecture, freeze: Iterable[str]) -> list[Span]:
    """What of the flat vector may move: all of it but the arrays that ``freeze`` names, as "b", "W[1]" or "b[2]".

    Raises ValueError for a name that this network does not have.
    """
    if isinstance(freeze, str) or not isinstance(freeze, Iterable):
        raise ValueError(f"freeze must be a sequence of names such as ('b',) or ('W[1]',), got {freeze!r}")
    free = np.ones(architecture.parameter_count, bool)
    W, b = views(free, architecture)
    for name in freeze:
        for array in named(name, {"W": W, "b": b}, architecture.depth):
            array[...] = False
    edges = np.flatnonzero(np.diff(np.concatenate(([False], free, [False])).astype(np.int8))).tolist()
    return list(zip(edges[::2], edges[1::2], strict=True))


def named(name: Any, arrays_by_letter: Mapping[str, list[Any]], depth: int) -> list[Any]:
    """The arrays that a name such as "b" or "W[1]" stands for."""
    found = re.fullmatch(r"([Wb])(?:\[(\d+)\])?", name) if isinstance(name, str) else None
    chosen: list[Any] = []
    if found is not None:
        layers = arrays_by_letter[found[1]]
        wanted = range(1, depth + 1) if found[2] is None else [int(found[2])]
        chosen = [layers[l] for l in wanted if 1 <= l <= depth and layers[l] is not None]
    if not chosen:
        raise ValueError(f"freeze must name parameters of this network, W or b, or W[1] to b[{depth}]; got {name!r}")
    return chosen
