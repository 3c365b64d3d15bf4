"""The steps of a run on the CPU as machine code, many a call."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from time import perf_counter
from typing import Any

import numpy as np

from ...maths.messages import Message
from ..chunking import Chunking
from ..cpu.loop import HostSteps, SplitSteps
from ..plan import TrainingPlan
from ..rollback import Rollback
from ..trace import Trace
from .choice import Takeover
from .module import anew, loaded
from .source import INPUTS, StepSource
from .successor import Successor


class CompiledStep:
    """The steps of one batch size; ``make`` makes those of a range, and says where it stands as ``Steps.run`` does."""

    def __init__(self, plan: TrainingPlan, trace: Trace, rollback: Rollback) -> None:
        self.plan, self.rollback, self.trace = plan, rollback, trace
        source = StepSource(plan, trace, dict(zip(plan.vectors, rollback.copies, strict=True)))
        self.inputs, self.arrays = source.buffers[INPUTS], tuple(source.arrays.values())
        self.chunking, numbers = Chunking(), plan.numbers(0)
        try:
            self.get_ready(loaded(source.text), numbers)
        except Exception:  # what was kept of an earlier compilation may be damaged in any way
            self.get_ready(anew(source.text), numbers)

    def get_ready(self, function: Callable[..., Any], numbers: np.ndarray) -> None:
        """Have the function compiled for these arrays, by a call for no step."""
        self.compiled = function
        self.make(np.empty(0), 0, 0, np.empty(0, np.int64), numbers)

    def make(
        self, costs: np.ndarray, first: int, last: int, order: np.ndarray, numbers: np.ndarray
    ) -> tuple[int, bool]:
        plan, due = self.plan, self.rollback.due(first, self.plan.steps)
        position, diverged, kept = self.compiled(costs, first, last, due, order, plan.X, plan.Y, numbers, *self.arrays)
        if kept >= 0:
            self.rollback.position = kept
        if last > first:  # other steps may be at work on the trace while this is compiled
            self.trace.A[0][...] = self.inputs
        return position, diverged


class CompiledSteps(SplitSteps):
    """Many steps a call; the cost of each is looked at before its update, as NumPy's steps do.

    They go on where ``other`` steps stand, if there are any, on the same buffers.
    """

    def __init__(self, plan: TrainingPlan, other: SplitSteps | None = None) -> None:
        started = perf_counter()
        self.traces = {} if other is None else {plan.batch_size: other.whole.trace, plan.rest: other.last.trace}
        super().__init__(plan, other.rollback if other is not None else None)
        self.how = Message(
            "The steps are machine code made of the equations by Numba, ready after {seconds:.1f} s.",
            seconds=perf_counter() - started,
        )

    def _of(self, size: int) -> CompiledStep:
        trace = self.traces[size] if size in self.traces else Trace(self.plan.parameters, size)
        return CompiledStep(self.plan, trace, self.rollback)

    def begin(self, order: np.ndarray, earlier: int) -> None:
        if self.earlier < 0 or (self.plan.varies(self.earlier) and self.earlier != earlier):
            self.numbers = self.plan.numbers(earlier)
        super().begin(order, earlier)

    def _steps(self, step: CompiledStep, costs: np.ndarray, first: int, last: int, deadline: float) -> tuple[int, bool]:
        position = first
        while position < last:
            started, before = perf_counter(), position
            end = min(last, position + step.chunking.fitting(deadline - started))
            position, diverged = step.make(costs, position, end, self.rows, self.numbers)
            if diverged:
                return position, True
            step.chunking.note(end - before, perf_counter() - started)
            if perf_counter() >= deadline:
                break
        return position, False


class LaterSteps:
    """NumPy's steps at first; machine code is made beside them, and is waited for where it takes over."""

    def __init__(self, plan: TrainingPlan, at: Takeover) -> None:
        self.host = HostSteps(plan)
        self.steps: SplitSteps = self.host
        self.successor = Successor(at, partial(CompiledSteps, plan, self.host))
        self.whole, self.last, self.rollback = self.host.whole, self.host.last, self.host.rollback

    @property
    def how(self) -> Message:
        return self.steps.how

    def ready(self, earlier: int, deadline: float) -> bool:
        if not self.successor.ready(earlier, deadline):
            return False
        if earlier >= self.successor.at.used:
            self.steps = self.successor.made or self.host  # these where the compiler failed
        return True

    def begin(self, order: np.ndarray, earlier: int) -> None:
        self.steps.begin(order, earlier)

    def run(self, costs: np.ndarray, first: int, last: int, deadline: float) -> tuple[int, bool]:
        return self.steps.run(costs, first, last, deadline)

    def go_back(self, position: int) -> bool:
        return self.steps.go_back(position)
