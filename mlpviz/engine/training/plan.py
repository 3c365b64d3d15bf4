"""The steps of a run on the CPU, and what a run asks of the steps of any device."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter
from typing import Protocol

import numpy as np

from mlpviz.engine.arrays import Array, arrays
from mlpviz.engine.minibatch import Minibatch
from mlpviz.engine.parameters import Parameters
from mlpviz.engine.trace import Trace
from mlpviz.engine.training.state import Kept
from mlpviz.engine.training.updates import Updates


@dataclass(frozen=True)
class Course:
    """What the steps of a run are made with, none of which changes before its end.

    X (m, n_0) and Y (m, n_L) hold all samples, ``samples`` of which are trained on; ``rate`` gives the learning rate
    after so many updates, and ``varying`` says that some number of the optimiser changes from update to update.
    """

    parameters: Parameters
    X: Array
    Y: Array
    samples: int
    batch_size: int
    updates: Updates
    rate: Callable[[int], float]
    varying: bool
    tf32: bool = False

    @property
    def complete(self) -> int:
        """Steps of an epoch with a whole batch."""
        return self.samples // self.batch_size

    @property
    def rest(self) -> int:
        """Samples of a short last batch, 0 if there is none."""
        return self.samples % self.batch_size

    @property
    def steps(self) -> int:
        """Steps of an epoch."""
        return self.complete + bool(self.rest)


class Batch(Protocol):
    """The steps of one batch size: ``trace`` holds the arrays of the last one made."""

    @property
    def trace(self) -> Trace: ...


class Steps(Protocol):
    """The steps of a run on one device; they are numbered from 0 in every epoch.

    ``whole`` and ``last`` make the steps with a whole batch and the last one of an epoch; ``kept`` is what to go back
    to; ``how`` says in a sentence how they are made.
    """

    @property
    def whole(self) -> Batch: ...
    @property
    def last(self) -> Batch: ...
    @property
    def kept(self) -> Kept: ...
    @property
    def how(self) -> str: ...

    def begin(self, order: np.ndarray, earlier: int) -> None:
        """Make ready for an epoch that takes the samples in this order, or to go on in it, after so many updates."""

    def run(self, costs: np.ndarray, first: int, last: int, deadline: float) -> tuple[int, bool]:
        """Make the steps from ``first`` up to but without ``last``, or fewer if the time is up; enter their costs.

        Returns where it stands, and whether the cost of that very step turned out not to be finite.
        """

    def go_back(self, costs: np.ndarray, position: int) -> bool:
        """Make the parameters those before the last update, as the cost of the step ``position`` is not finite.

        Returns whether that changed anything: without an update there is nothing to go back to.
        """


class HostSteps:
    """Step by step on the CPU; the cost of each is looked at before its update."""

    how = "Each step is a row of NumPy's operations on the CPU."

    def __init__(self, course: Course) -> None:
        self.course, self.earlier = course, 0
        self.kept = Kept(course.parameters, course.updates)
        self.whole = self._minibatch(course.batch_size)
        self.last = self._minibatch(course.rest) if course.rest else self.whole
        self._set_numbers(0)

    def _minibatch(self, size: int) -> Minibatch:
        course = self.course
        return Minibatch(course.parameters, course.X, course.Y, size, course.updates)

    def begin(self, order: np.ndarray, earlier: int) -> None:
        """Make ready for an epoch, or to go on in it."""
        self.rows, self.earlier = arrays(self.course.parameters.device).asarray(order, "int64"), earlier

    def run(self, costs: np.ndarray, first: int, last: int, deadline: float) -> tuple[int, bool]:
        """Make the steps from ``first`` up to but without ``last``, or fewer if the time is up."""
        complete, position, diverged = self.course.complete, first, False
        while position < last and not diverged:
            short = position >= complete
            batch, end = (self.last, last) if short else (self.whole, min(last, complete))
            position, diverged = self._steps(batch, costs, position, end, deadline)
            if perf_counter() >= deadline:
                break
        return position, diverged

    def _steps(
        self, minibatch: Minibatch, costs: np.ndarray, first: int, last: int, deadline: float
    ) -> tuple[int, bool]:
        """The loop that everything waits for: local names only, and nothing computed that could be bound before."""
        m, size, steps = self.course.batch_size, minibatch.size, self.course.steps
        batches = self.rows[first * m : (last - 1) * m + size].reshape(-1, size)
        look, move, isfinite, clock = minibatch.look, minibatch.move, math.isfinite, perf_counter
        earlier, varying, timed = self.earlier, self.course.varying, deadline < math.inf
        due = self.kept.due(first, steps)
        for i, batch in zip(range(first, last), batches, strict=True):
            costs[i] = cost = look(batch)
            if not isfinite(cost):
                return i, True
            if i == due:
                self.kept.keep(i)
                due = self.kept.due(i + 1, steps)
            if varying:
                self._set_numbers(earlier + i)
            move()
            if timed and clock() >= deadline:
                break
        return i + 1, False

    def _set_numbers(self, done: int) -> None:
        """Make the optimiser ready for the update after so many."""
        self.course.updates.set_numbers(self.course.rate(done), done + 1)

    def go_back(self, costs: np.ndarray, position: int) -> bool:
        """Put back what was kept, and make the steps since then again, up to the one before the last."""
        kept = self.kept.put_back()
        if position > 0 and kept is not None:
            self.run(costs, kept, position - 1, math.inf)
        return kept is not None
