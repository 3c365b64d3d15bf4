"""Steps of many networks as machine code: the loops of all steps, and in the innermost the networks of a block."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter
from typing import Any

import numpy as np

from ...maths.messages import Message
from ..chunking import Chunking
from ..compiled.module import anew, loaded
from ..plan import TrainingPlan
from .networks import LAST, InBlocks, Networks
from .source import BlockSource

CACHE = 2**18
"""Bytes that the arrays of a block may take."""

LANES = 16
"""A block has a multiple of so many networks, as processors compute them at once."""

WIDEST = 256
"""Networks of a block at most."""


def width(plan: TrainingPlan, count: int) -> int:
    """How many networks a block has: as many as the caches hold, whole vectors of the processor's."""
    source = BlockSource(plan, plan.batch_size, 1)
    entries = sum(int(np.prod(shape)) for shape in source.buffers.values())
    fitting = CACHE // (entries * np.dtype(plan.parameters.dtype).itemsize) // LANES * LANES
    return min(max(LANES, min(WIDEST, fitting)), -(-count // LANES) * LANES)


class CompiledBlocks:
    """The steps with one batch size."""

    def __init__(self, plan: TrainingPlan, batch: int, size: int) -> None:
        source = BlockSource(plan, batch, size)
        self.names, self.chunking = source.blocks, Chunking()
        self.buffers = [np.zeros(shape, plan.parameters.dtype) for shape in source.buffers.values()]
        self.text = source.text
        self.function: Callable[..., Any] = loaded(self.text)

    def __call__(self, *arguments: Any) -> None:
        self.function(*arguments, *self.buffers)


class CompiledMany(InBlocks):
    """The steps of many networks as machine code, many a call, from where ``networks`` stand."""

    def __init__(self, plan: TrainingPlan, networks: Networks) -> None:
        started = perf_counter()
        self.plan = plan
        super().__init__(networks, width(plan, networks.count), LAST)
        self.parts = {
            batch: CompiledBlocks(plan, batch, self.blocks.size) for batch in {plan.batch_size, plan.rest} - {0}
        }
        for batch, part in self.parts.items():
            self.get_ready(batch, part)
        self.how = Message(
            "The steps of all networks are machine code made of the equations by Numba, ready after {seconds:.1f} s.",
            seconds=perf_counter() - started,
        )

    def get_ready(self, batch: int, part: CompiledBlocks) -> None:
        """Have the function compiled, by a call for no step."""
        nothing, sums = np.empty((0, batch), np.int64), np.zeros((self.blocks.number, self.blocks.size))
        try:
            self.make(part, sums, nothing, 0, 1.0)
        except Exception:  # what was kept of an earlier compilation may be damaged in any way
            part.function = anew(part.text)
            self.make(part, sums, nothing, 0, 1.0)

    def make(self, part: CompiledBlocks, sums: np.ndarray, batches: np.ndarray, done: int, weight: float) -> None:
        plan = self.plan
        vectors = {"theta": self.theta, "previous": self.previous, **self.state}
        part(
            sums, self.ended, 0, self.blocks.number, done, batches, weight, plan.X, plan.Y,
            plan.numbers(done, len(batches)), self.rates, *(vectors[name] for name in part.names),
        )  # fmt: skip

    def run(self, totals: np.ndarray, batches: np.ndarray, done: int, weight: float, deadline: float) -> int:
        part, made = self.parts[batches.shape[1]], 0
        sums = self.blocks.cut(totals)
        while made < len(batches):
            started = perf_counter()
            end = min(len(batches), made + part.chunking.fitting(deadline - started))
            self.make(part, sums, batches[made:end], done + made, weight)
            part.chunking.note(end - made, perf_counter() - started)
            made = end
            if perf_counter() >= deadline:
                break
        totals[...] = self.blocks.joined(sums)
        return made
