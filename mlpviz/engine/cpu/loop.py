"""The steps of a run on the CPU: each is a row of NumPy's operations, bound once."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Callable
from time import perf_counter
from typing import Any

import numpy as np

from ...maths.messages import Message
from ..arrays import Array
from ..plan import TrainingPlan
from ..rollback import Rollback
from ..trace import Trace
from ..unrolled import straight_line
from .arrays import HOST
from .update import update_calls


class TrainStep:
    """The steps of one batch size, each in two halves.

    ``forward_backward`` takes the samples' row numbers, gathers their rows, runs the trace's pass and returns the cost;
    ``update`` moves the parameters.
    """

    def __init__(self, plan: TrainingPlan, size: int) -> None:
        self.size, self.trace = size, Trace(plan.parameters, size)
        gathered = [*HOST.bind_rows(plan.X, self.trace.A[0]), *HOST.bind_rows(plan.Y, self.trace.Y)]
        read_cost = self.trace.cost_buffer.item
        passed = [*gathered, *self.trace.whole_pass(), read_cost]
        self.forward_backward: Callable[[Array], float] = straight_line(passed)
        self.update: Callable[[], object] = straight_line(update_calls(plan, self.trace.gradient))


class SplitSteps(ABC):
    """The steps of a run whose last batch may be short: those with a whole batch, and those of the rest.

    A subclass says how the steps of one batch size are made, and how several of them are carried out.
    """

    how: Message

    def __init__(self, plan: TrainingPlan, rollback: Rollback | None = None) -> None:
        self.plan, self.earlier = plan, -1
        self.rollback = rollback or Rollback(plan.vectors.values())
        self.whole = self._of(plan.batch_size)
        self.last = self._of(plan.rest) if plan.rest else self.whole

    @abstractmethod
    def _of(self, size: int) -> Any: ...

    @abstractmethod
    def _steps(self, step: Any, costs: np.ndarray, first: int, last: int, deadline: float) -> tuple[int, bool]: ...

    def ready(self, earlier: int, deadline: float) -> bool:  # noqa: ARG002
        return True

    def begin(self, order: np.ndarray, earlier: int) -> None:
        self.rows, self.earlier = HOST.asarray(order, "int64"), earlier

    def run(self, costs: np.ndarray, first: int, last: int, deadline: float) -> tuple[int, bool]:
        complete, position, diverged = self.plan.complete, first, False
        while position < last and not diverged:
            short = position >= complete
            step, end = (self.last, last) if short else (self.whole, min(last, complete))
            position, diverged = self._steps(step, costs, position, end, deadline)
            if perf_counter() >= deadline:
                break
        return position, diverged

    def go_back(self, position: int) -> bool:
        """Restore the last copy and repeat the steps since then, without the last one."""
        start = self.rollback.restore()
        if position > 0 and start is not None:
            self.run(np.empty(position), start, position - 1, math.inf)
        return start is not None


class HostSteps(SplitSteps):
    """Step by step on the CPU; the cost of each is looked at before its update."""

    how = Message("Each step is a row of NumPy's operations on the CPU.")

    def __init__(self, plan: TrainingPlan) -> None:
        super().__init__(plan)
        self._set_numbers(0)

    def _of(self, size: int) -> TrainStep:
        return TrainStep(self.plan, size)

    def begin(self, order: np.ndarray, earlier: int) -> None:
        super().begin(order, earlier)
        if self.plan.varying:
            self._set_numbers(earlier)

    def _steps(self, step: TrainStep, costs: np.ndarray, first: int, last: int, deadline: float) -> tuple[int, bool]:
        """The loop that all else waits for: local names only, and nothing computed that can be bound before."""
        m, size, steps = self.plan.batch_size, step.size, self.plan.steps
        batches = self.rows[first * m : (last - 1) * m + size].reshape(-1, size)
        forward_backward, update, isfinite, clock = step.forward_backward, step.update, math.isfinite, perf_counter
        earlier, varying, timed = self.earlier, self.plan.varies(self.earlier), deadline < math.inf
        due = self.rollback.due(first, steps)
        for i, batch in zip(range(first, last), batches, strict=True):
            costs[i] = cost = forward_backward(batch)
            if not isfinite(cost):
                return i, True
            if i == due:
                self.rollback.save(i)
                due = self.rollback.due(i + 1, steps)
            if varying:
                self._set_numbers(earlier + i)
            update()
            if timed and clock() >= deadline:
                break
        return i + 1, False

    def _set_numbers(self, done: int) -> None:
        """Set the optimiser's numbers for the update after ``done`` others."""
        self.plan.updates.set_numbers(self.plan.rate(done), done + 1)
