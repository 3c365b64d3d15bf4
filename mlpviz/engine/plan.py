"""What the steps of a run are made with, and what a run asks of the steps of any device."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, cast

import numpy as np

from ..maths.equations import gradient, theta
from ..maths.expressions import Symbol
from ..maths.messages import Message
from .arrays import Array
from .backend import Backend, backend
from .parameters import Parameters
from .rollback import Rollback
from .trace import Trace
from .updates import Updates

THETA, GRADIENT = theta, gradient
"""θ and ∇J as vectors (P,), under the names that the optimisers' equations give them; so are their state vectors."""


@dataclass(frozen=True)
class TrainingPlan:
    """What the steps of a run are made with, none of which changes before its end.

    X (m, n_0) and Y (m, n_L) hold all samples, ``samples`` of which are trained on; ``rate(done)`` is the learning rate
    after ``done`` updates, and ``scheduled`` says that it changes; ``compiled`` asks for steps as machine code, None by
    and by where that saves time in ``wanted`` updates in all.
    """

    parameters: Parameters
    X: Array
    Y: Array
    samples: int
    batch_size: int
    updates: Updates
    rate: Callable[[int], float]
    scheduled: bool
    tf32: bool = False
    compiled: bool | None = False
    wanted: int = 0

    @property
    def vectors(self) -> dict[Symbol, Array]:
        """What an update changes: θ and the optimiser's state vectors."""
        return {THETA: self.parameters.flat, **{Symbol(name): x for name, x in self.updates.state.items()}}

    @property
    def varying(self) -> bool:
        """Whether some number of the optimiser changes from update to update."""
        return self.varies(0)

    def varies(self, earlier: int) -> bool:
        """Whether some number of the optimiser changes after so many updates."""
        return self.scheduled or earlier < self.updates.optimizer.settled

    @property
    def complete(self) -> int:
        return self.samples // self.batch_size

    @property
    def rest(self) -> int:
        """Samples of a short last batch, or 0."""
        return self.samples % self.batch_size

    @property
    def steps(self) -> int:
        return self.complete + bool(self.rest)

    def numbers(self, earlier: int, count: int | None = None) -> np.ndarray:
        """The optimiser's numbers for each step after ``earlier`` updates, one row if none varies.

        They are those of ``count`` steps, or of an epoch.
        """
        optimizer = self.updates.optimizer
        each = range(earlier, earlier + (count or self.steps)) if self.varying else [earlier]
        rows = [tuple(optimizer.numbers(self.rate(done), done + 1).values()) for done in each]
        return np.array(rows, self.parameters.dtype)


class Batch(Protocol):
    """The steps of one batch size; ``trace`` holds the arrays of the last step."""

    @property
    def trace(self) -> Trace: ...


class Steps(Protocol):
    """The steps of a run on one device; they are numbered from 0 in every epoch.

    ``whole`` and ``last`` make the steps with a whole batch and the last one of an epoch; ``rollback`` is what
    to go back to; ``how`` says in a sentence how they are made.
    """

    @property
    def whole(self) -> Batch: ...
    @property
    def last(self) -> Batch: ...
    @property
    def rollback(self) -> Rollback: ...
    @property
    def how(self) -> Message: ...

    def ready(self, earlier: int, deadline: float) -> bool:
        """Whether the steps of an epoch after so many updates are there before the deadline."""

    def begin(self, order: np.ndarray, earlier: int) -> None:
        """Prepare an epoch, or the rest of one, that takes the samples in this order after ``earlier`` updates."""

    def run(self, costs: np.ndarray, first: int, last: int, deadline: float) -> tuple[int, bool]:
        """Run the steps from ``first`` to before ``last``, or fewer if the deadline passes, and enter their costs.

        Returns where it stands, and whether the cost of that very step turned out not to be finite.
        """

    def go_back(self, position: int) -> bool:
        """Restore the parameters from before the last update, since the cost of step ``position`` is not finite.

        Returns whether that changed anything: without an update there is nothing to go back to.
        """


class Trainer(Backend, Protocol):
    """A backend that trains, too; named above the parameters, which ask for a backend themselves."""

    def loop(self, plan: TrainingPlan) -> Steps: ...


def steps_of(plan: TrainingPlan) -> Steps:
    """The steps that a plan asks for, on the device of its parameters."""
    return cast(Trainer, backend(plan.parameters.device)).loop(plan)
