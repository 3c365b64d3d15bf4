"""Many starts: K networks of one architecture trained together on the same batches, each as a run of its own would."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from time import perf_counter
from typing import Any

import numpy as np

from ...maths.architecture import Architecture
from ...maths.messages import N_, Message, Refusal
from ..initializers import INITIALIZERS, initialize
from ..many.later import ManySteps
from ..many.networks import Networks
from ..parameters import Parameters
from ..passes import checked_batch
from ..plan import TrainingPlan
from ..updates import Updates
from .freezing import movable
from .learned import QUANTILES, Criterion
from .optimizers import OPTIMIZERS
from .record import Record, Recorded
from .schedules import bound_schedule
from .settings import Settings
from .split import split
from .state import generator_words, set_generator
from .training import BUFFER, Training

MOST = 4096
"""Networks that are trained together at most."""

RECORDS = 200
"""Epochs that leave a record, spread evenly over all."""

AT_ONCE = 2**20
"""Row numbers of samples that are laid out for the steps to come at a time."""

NUMBERS = 1_000_000
"""Parameters of all networks together at most."""

SPREAD = 100.0
"""How many times larger and smaller than the chosen learning rate the others are."""

VARIED = {
    "seed": N_("seeds of the weights"),
    "learning_rate": N_("learning rates"),
    "initializer": N_("initialisers"),
}
"""What differs from one network to the next, and its title."""

STATE = ("epoch", "position", "seconds")


def learning_rates(varied: str, count: int, chosen: float) -> np.ndarray:
    """The learning rate of each network: the chosen one, or all from a SPREADth of it to SPREAD times it."""
    if varied != "learning_rate":
        return np.full(count, chosen)
    return np.asarray(np.geomspace(chosen / SPREAD, chosen * SPREAD, count))


def first_weights(
    varied: str, count: int, architecture: Architecture, initializer: str, seed: int, dtype: str
) -> np.ndarray:
    """θ of each network (K, P): that of the seeds from ``seed`` on, of all initialisers in turn, or the same."""
    if varied == "learning_rate":
        return np.repeat(initialize(architecture, initializer, seed, dtype).flat[None], count, axis=0)
    names = list(INITIALIZERS) if varied == "initializer" else [initializer]
    each = ((names[k % len(names)], seed + k // len(names)) for k in range(count))
    return np.array([initialize(architecture, name, own, dtype).flat for name, own in each])


def check_size(count: int, architecture: Architecture) -> None:
    """Refuse more networks, or larger ones, than are trained together."""
    most = min(MOST, NUMBERS // architecture.parameter_count)
    if not 2 <= count <= most:
        raise Refusal(
            "{name}: found {count:,}; accepted are 2 to {most:,} with {parameters:,} parameters each.",
            name="starts",
            count=count,
            most=most,
            parameters=architecture.parameter_count,
        )


class Starts:
    """A run of K networks in place of one; it can be stopped after any step and go on later.

    ``theta`` (K, P) are the first weights, ``rates`` (K,) the learning rates; a record tells of all networks that have
    not diverged. Each network is what ``Training`` makes of it with the same settings, to rounding.

    Raises ValueError naming the argument, what it got and what would be right.
    """

    stopped, message = "", Message("")
    costs = np.empty(0)
    """No costs of single steps are kept."""

    def __init__(
        self, architecture: Architecture, theta: Any, X: Any, Y: Any, settings: Settings, rates: Any, dtype: str
    ) -> None:
        self.settings, self.parameters = settings, Parameters(architecture, dtype)
        check_size(len(rates), architecture)
        X, Y = checked_batch(self.parameters, X, Y)
        self.generator = np.random.default_rng(settings.seed)
        self.order, _held_out = split(self.parameters, X, settings.validation, self.generator)
        self.batch_size = settings.batch_size_of(len(self.order))
        self.steps_per_epoch = -(-len(self.order) // self.batch_size)
        self.schedule = bound_schedule(settings.schedule, settings.epochs, settings.schedule_options)
        self.told = Recorded(settings.epochs, RECORDS)
        self.plan = self._plan(X, Y)
        rates = np.asarray(rates, dtype)
        self.steps = ManySteps(self.plan, Networks.new(np.asarray(theta, dtype), rates, self.plan.updates.state))
        self.criterion = Criterion(self.plan, self.order, len(rates))
        self.epoch = self.position = 0
        self.begun = False
        self.seconds, self.sums, self.last = 0.0, np.zeros(len(rates)), np.full(len(rates), math.nan)

    def _plan(self, X: Any, Y: Any) -> TrainingPlan:
        settings, parameters = self.settings, self.parameters
        optimizer, steps = OPTIMIZERS[settings.optimizer], self.steps_per_epoch
        schedule = self.schedule
        return TrainingPlan(
            parameters, np.asarray(X, parameters.dtype), np.asarray(Y, parameters.dtype),
            len(self.order), self.batch_size,
            Updates(optimizer, parameters, movable(parameters.architecture, settings.freeze)),
            rate=lambda done: schedule(done / steps),
            scheduled=settings.schedule != "constant",
            compiled=settings.compiled,
            wanted=settings.epochs * steps,
        )  # fmt: skip

    @property
    def count(self) -> int:
        return len(self.sums)

    @property
    def finished(self) -> bool:
        return bool(self.stopped) or self.epoch >= self.settings.epochs

    def advance(self, steps: int | None = None, seconds: float = math.inf) -> Record | None:
        """Train all networks for at most ``steps`` steps or about ``seconds`` seconds.

        It goes on from epoch to epoch until one that leaves a record, and returns that.
        """
        started, most = perf_counter(), math.inf if steps is None else steps
        with self.parameters.arrays.quiet(BUFFER):
            while not self.finished and most > 0 and (left := started + seconds - perf_counter()) > 0:
                made = self._some(most, perf_counter() + left)
                most -= made
                if made and self.position == 0 and self.epoch in self.told:
                    self.seconds += perf_counter() - started
                    return self._record()
        self.seconds += perf_counter() - started
        return None

    def _some(self, most: float, deadline: float) -> int:
        """Make steps of one batch size, up to the end of an epoch that leaves a record; return how many."""
        if not self.begun and not self._begin_epoch(deadline):
            return 0
        complete, size = self.plan.complete, self.batch_size
        short = self.position >= complete
        first = self.position * size
        batches = self.order[first:].reshape(1, -1) if short else self.order[first : complete * size].reshape(-1, size)
        weight = self._weight(batches.shape[1])
        made = self.steps.run(self.sums, batches[: int(min(most, len(batches)))], self._step, weight, deadline)
        self.position += made
        if self.position == self.steps_per_epoch:
            self.epoch, self.position, self.begun = self.epoch + 1, 0, False
        return made

    def _weight(self, size: int) -> float:
        """What a step's cost counts in the mean of an epoch, or in the sum if the cost of a batch is one."""
        return 1.0 if self.parameters.architecture.reduction == "sum" else size / len(self.order)

    def _begin_epoch(self, deadline: float) -> bool:
        """Begin an epoch, or the rest of one, if its steps are there before the deadline; return whether they are."""
        if not self.steps.ready(self.epoch * self.steps_per_epoch, deadline):
            return False
        if self.position == 0:
            self.sums[:] = 0.0
            if self.settings.shuffle:
                self.generator.shuffle(self.order)
        self.begun = True
        return True

    @property
    def _step(self) -> int:
        """Number of updates so far."""
        return self.epoch * self.steps_per_epoch + self.position

    def _record(self) -> Record:
        networks = self.steps.networks()
        self.last[:] = self.sums
        seconds, self.seconds = self.seconds, 0.0
        alive = self.sums[np.isfinite(self.sums)]
        if not len(alive):
            self.stopped = "diverged"
            self.message = Message("All networks have diverged; a smaller learning rate may help.")
        spread = tuple(np.quantile(alive, QUANTILES).tolist()) if len(alive) else (math.nan,) * len(QUANTILES)
        return Record(
            epoch=self.epoch,
            step=self._step,
            cost=spread[len(QUANTILES) // 2],
            costs=self.sums.copy(),
            seconds=seconds,
            samples=len(self.order) * self.count * self.told.since(self.epoch),
            learning_rate=float(self.plan.rate(max(self._step - 1, 0))) * self.settings.learning_rate,
            measures={"spread": spread, "learned": float(self.criterion.learned(networks).mean())},
            stopped=self.stopped or None,
            message=self.message,
        )

    def networks(self) -> Networks:
        """Where all networks stand."""
        return self.steps.networks()

    def ranked(self) -> np.ndarray:
        """The numbers of all networks, the lowest cost of the last record first, and those that diverged last."""
        return np.argsort(np.where(np.isfinite(self.last), self.last, math.inf), kind="stable")

    def alone(self, number: int) -> Training:
        """One of the networks as a run of its own, at the step where all stand."""
        networks = self.steps.networks()
        parameters = Parameters(self.parameters.architecture, self.parameters.dtype)
        settings = replace(self.settings, learning_rate=float(networks.rates[number]), compiled=False)
        training = Training(parameters, self.plan.X, self.plan.Y, settings)
        own = {"parameters": networks.theta, **{f"optimizer {name}": rows for name, rows in networks.state.items()}}
        vectors = {name: rows[number] for name, rows in own.items()}
        training.restore(
            {
                **training.state(), **vectors, **{f"kept {name}": row for name, row in vectors.items()},
                "order": self.order, "generator": generator_words(self.generator),
                "costs": np.zeros(self.position), "epoch": self.epoch, "position": self.position,
            }
        )  # fmt: skip
        return training

    def state(self) -> dict[str, Any]:
        """Everything that the rest of the run depends on, as plain arrays, numbers and texts."""
        networks = self.steps.networks()
        return {
            "parameters": networks.theta[self.ranked()[0]],
            **{f"networks {name}": rows for name, rows in networks.vectors.items()},
            "networks ended": networks.ended,
            "sums": self.sums.copy(),
            "last": self.last.copy(),
            "order": self.order.copy(),
            "generator": generator_words(self.generator),
            **{name: getattr(self, name) for name in STATE},
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        """Continue from the state of a run with the same networks, data and settings.

        Raises ValueError if the state is of another run.
        """
        networks = self.steps.networks()
        wanted = {f"networks {name}": rows for name, rows in networks.vectors.items()}
        for name, rows in {
            **wanted,
            "networks ended": networks.ended,
            "sums": self.sums,
            "last": self.last,
            "order": self.order,
        }.items():
            if name not in state or np.shape(state[name]) != rows.shape:
                raise Refusal("state is of another run: its {name} is missing or of another size", name=name)
            rows[...] = state[name]
        set_generator(self.generator, state["generator"])
        self.epoch, self.position, self.seconds = int(state["epoch"]), int(state["position"]), float(state["seconds"])
        self.steps.put(networks)
        self.begun = False
