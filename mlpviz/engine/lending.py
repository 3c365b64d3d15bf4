"""Small traces whose operations are bound already, lent for a pass: binding takes far longer than carrying out.

A trace that is looked at and never run again so needs no operations of its own. What is kept are buffers, whose numbers
each pass overwrites; nothing but what a pass computes is taken out of them.
"""

from __future__ import annotations

import threading
from collections.abc import Hashable, Iterable, Iterator
from contextlib import contextmanager

from ..maths.equations import Identical, steps
from ..maths.functions import FUNCTIONS
from ..maths.primitives import PRIMITIVES
from .memory import of_trace
from .parameters import Parameters
from .trace import Trace

KEPT = 48
"""Traces that nobody has just now; the longest unused makes room."""

LARGEST = 80_000
"""Bytes of a trace that is lent: beyond, binding takes no longer than the pass."""


class Lender:
    """Bound traces by what they were bound to, the longest unused first."""

    def __init__(self, most: int = KEPT) -> None:
        self.most = most
        self.idle: list[tuple[Hashable, Trace]] = []
        self.lock = threading.Lock()

    @contextmanager
    def lent(self, parameters: Parameters, batch_size: int) -> Iterator[Trace]:
        """A trace of the same network and batch size whose own parameters have these values; it is given back after."""
        key = made_of(parameters, batch_size)
        trace = self.taken(key) or Trace(parameters.copy(), batch_size)
        trace.parameters.flat[...] = parameters.flat
        yield trace
        with self.lock:  # not of a pass that has failed
            self.idle = [*self.idle, (key, trace)][-self.most :]

    def taken(self, key: Hashable) -> Trace | None:
        with self.lock:
            place = next((k for k, (kept, _trace) in enumerate(self.idle) if kept == key), None)
            return None if place is None else self.idle.pop(place)[1]


def made_of(parameters: Parameters, batch_size: int) -> Hashable:
    """What the operations of a pass depend on, the equations and tables as they stand now among it."""
    architecture = parameters.architecture
    tables = Identical((steps(architecture), *FUNCTIONS.values(), *PRIMITIVES.values()))
    return architecture, batch_size, parameters.dtype, tables


def is_lent(trace: Trace) -> bool:
    """Whether a pass through a trace is better made by one that is lent."""
    small = of_trace(trace.architecture, trace.batch_size, trace.dtype) <= LARGEST
    return small and trace.parameters.device == "cpu" and "calls" not in vars(trace)


def take(trace: Trace, other: Trace, phases: Iterable[str]) -> None:
    """Copy what some phases compute from another trace of the same network."""
    for step in steps(trace.architecture):
        if step.phase in phases:
            trace.buffer(step.equation.target)[...] = other.buffer(step.equation.target)


LENDER = Lender()
