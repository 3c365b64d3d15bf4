"""Training: the pass that the stepper shows, over and over on the same buffers, and an update after each."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from functools import cached_property
from time import perf_counter
from typing import Any

import numpy as np

from ...maths.messages import Message
from ..arrays import Array
from ..parameters import Parameters
from ..passes import checked_batch
from ..plan import TrainingPlan, steps_of
from ..threads import blas_threads, default_threads
from ..updates import Updates
from .evaluation import CHUNK
from .freezing import movable
from .measures import MEASURES, Probe
from .memory import bytes_wanted
from .optimizers import OPTIMIZERS
from .record import Record, Recorded
from .schedules import bound_schedule
from .settings import BATCH_SIZE, Settings, whole
from .split import HeldOut, split
from .state import (
    NONE,
    check,
    generator_words,
    message_text,
    read_message,
    set_generator,
    vectors,
)
from .stopping import GOES_ON, Watch, diverged, overflowed

BUFFER = 1024
"""Entries that NumPy may convert at a time: enough to be quick, and allocated only during a call."""

PROGRESS = {"epoch": int, "position": int, "seconds": float, "stopped": str}
WATCHED = {"lowest": float, "waited": int}
"""The plain values in a run's state: its own and those of its watch."""


class Training:
    """A run of training in place, which can be stopped after any step and go on later as if it had not been.

    It touches no file and starts no thread. Equal network, data and settings give equal bits. Each epoch leaves a
    record or, with ``most``, only so many of a longer run do, as ``Recorded`` says.

    Raises ValueError naming the argument, what it got and what would be right.
    """

    def __init__(
        self, parameters: Parameters, X: Any, Y: Any, settings: Settings | None = None, most: int | None = None
    ) -> None:
        self.parameters, self.settings = parameters, settings or Settings()
        X, Y = checked_batch(parameters, X, Y)
        self.generator = np.random.default_rng(self.settings.seed)
        self.order, held_out = split(parameters, X, self.settings.validation, self.generator)
        self.batch_size = self.settings.batch_size_of(len(self.order))
        self.steps_per_epoch = -(-len(self.order) // self.batch_size)
        self.schedule = bound_schedule(self.settings.schedule, self.settings.epochs, self.settings.schedule_options)
        looked_at = CHUNK if held_out is not None or self.settings.measure else 0
        self.threads = self.settings.threads or default_threads(parameters.architecture, self.batch_size, looked_at)
        self.memory = parameters.arrays.memory()
        with self.memory():
            self._allocate(X, Y, held_out)
        self.epoch = self.position = 0
        self.begun, self.told = False, Recorded(self.settings.epochs, most)
        self.seconds, self.costs = 0.0, np.empty(self.steps_per_epoch)
        self.stopped, self.message = GOES_ON
        self.watch, self.rollback, self.last = Watch(self.settings), self.steps.rollback, self.steps.last

    def _allocate(self, X: Array, Y: Array, held_out: HeldOut | None) -> None:
        """Copy the data to the device, and allocate everything that the run works on there."""
        parameters, settings, device = self.parameters, self.settings, self.parameters.arrays
        optimizer, spans = OPTIMIZERS[settings.optimizer], movable(parameters.architecture, settings.freeze)
        device.check_room(lambda: bytes_wanted(parameters, X, Y, held_out, len(self.order), self.batch_size, optimizer))
        self.X, self.Y = (device.asarray(values, parameters.dtype) for values in (X, Y))
        self.validation = None if held_out is None else held_out.evaluation(parameters, self.X, self.Y)
        self.updates = Updates(optimizer, parameters, spans)
        self.steps = steps_of(self._plan())

    def _plan(self) -> TrainingPlan:
        """What the steps work with; it holds no reference to this run, so that the run's memory is freed with it."""
        settings, schedule, steps = self.settings, self.schedule, self.steps_per_epoch
        return TrainingPlan(
            self.parameters, self.X, self.Y, len(self.order), self.batch_size, self.updates,
            rate=lambda done: settings.learning_rate * schedule(done / steps),
            scheduled=settings.schedule != "constant",
            tf32=settings.tf32,
            compiled=settings.compiled,
            wanted=settings.epochs * steps,
        )  # fmt: skip

    @cached_property
    def _probe(self) -> Probe:
        """What the measures read, created at the first epoch that is measured."""
        return Probe(self.parameters, self.X, self.Y, self.order, self.last.trace)

    @property
    def finished(self) -> bool:
        return bool(self.stopped) or self.epoch >= self.settings.epochs

    @property
    def step(self) -> int:
        """Number of updates so far."""
        return self.epoch * self.steps_per_epoch + self.position

    @property
    def learning_rate(self) -> float:
        """The learning rate of the last update, or of the first before there is one."""
        return self.settings.learning_rate * self.schedule(max(self.step - 1, 0) / self.steps_per_epoch)

    @property
    def next_learning_rate(self) -> float:
        """The learning rate of the next update."""
        return self.settings.learning_rate * self.schedule(self.step / self.steps_per_epoch)

    def next_batch(self) -> np.ndarray:
        """Row numbers of the next step's samples, from the next epoch's order if this one is over."""
        order = self.order
        if self.position == 0 and self.settings.shuffle:
            order = order.copy()
            deepcopy(self.generator).shuffle(order)
        return order[self.position * self.batch_size : (self.position + 1) * self.batch_size]

    def records(self) -> Iterator[Record]:
        """Train to the end, yielding the records; no work is done ahead of one."""
        while not self.finished:
            record = self.advance()
            if record is not None:
                yield record

    def advance(self, steps: int | None = None, seconds: float = math.inf) -> Record | None:
        """Train for at most ``steps`` steps or about ``seconds`` seconds, and not beyond an epoch that leaves a record.

        Returns the record if there is one.
        """
        if self.finished:
            return None
        left = math.inf if steps is None else whole("steps", steps, Message("steps"))
        deadline, record = perf_counter() + seconds, None
        with self.parameters.arrays.quiet(BUFFER), blas_threads(self.threads), self.memory():
            while record is None and left > 0:
                before = self.step
                record = self._some(left, deadline)
                left -= self.step - before
                if self.finished or perf_counter() >= deadline:
                    break
        return record

    def _some(self, most: float, deadline: float) -> Record | None:
        """Make steps of one epoch; return its record if this ends it and it leaves one."""
        started = perf_counter()
        if self.begun or self._begin_epoch(deadline):
            self._run(int(min(self.position + most, self.steps_per_epoch)), deadline)
        self.seconds += perf_counter() - started
        return self._end_epoch() if self.stopped or self.position == self.steps_per_epoch else None

    def _begin_epoch(self, deadline: float) -> bool:
        """Begin an epoch, or the rest of one, if its steps are there before the deadline; return whether they are."""
        earlier = self.epoch * self.steps_per_epoch
        if not self.steps.ready(earlier, deadline):
            return False
        if self.position == 0 and self.settings.shuffle:
            self.generator.shuffle(self.order)
        self.steps.begin(self.order, earlier)
        self.begun = True
        return True

    def _run(self, last: int, deadline: float) -> None:
        """Run steps until the position is ``last``, the deadline passes or the run diverges."""
        self.position, not_finite = self.steps.run(self.costs, self.position, last, deadline)
        if not_finite:
            step, cost = self.step + 1, self.costs[self.position]
            changed = self.steps.go_back(self.position)
            self.stopped, self.message = diverged(step, cost, changed)

    def _end_epoch(self) -> Record | None:
        """End an epoch, and return its record if it leaves one.

        The run then stands before the next epoch, or where it diverged.
        """
        if not self.stopped and not self.parameters.arrays.all_finite(self.parameters.flat):
            self.rollback.restore()
            self.stopped, self.message = overflowed(self.step)
        told = self.epoch + 1 in self.told
        record = self._record(told) if told or self.stopped or self.watch.waits else None
        if self.stopped != "diverged":
            self.epoch, self.position, self.begun = self.epoch + 1, 0, False
        return record

    def _record(self, told: bool) -> Record | None:
        """The record of an epoch that is ``told`` or the last, after the watch has seen its cost."""
        costs = self.costs[: self.position + 1].copy()
        samples = min(len(costs) * self.batch_size, len(self.order))
        cost = self._mean_cost(costs, samples)
        validation = self.validation.cost_and_accuracy() if self.validation is not None else (None, None)
        if not self.stopped:
            self.stopped, self.message = self.watch.verdict(cost if validation[0] is None else validation[0])
        if not (told or self.stopped):
            return None
        seconds, self.seconds = self.seconds, 0.0
        return Record(
            epoch=self.epoch + 1,
            step=self.step,
            cost=cost,
            costs=costs,
            seconds=seconds,
            samples=samples + (self.told.since(self.epoch + 1) - 1) * len(self.order),
            learning_rate=self.learning_rate,
            validation_cost=validation[0],
            validation_accuracy=validation[1],
            measures={name: MEASURES[name].compute(self._probe) for name in self.settings.measure},
            stopped=self.stopped or None,
            message=self.message,
        )

    def _mean_cost(self, costs: np.ndarray, samples: int) -> float:
        """The sample-weighted mean of the steps' costs, or their sum if the cost of a batch is a sum."""
        if self.parameters.architecture.reduction == "sum":
            return float(costs.sum())
        m, before = self.batch_size, len(costs) - 1
        return (float(costs[:-1].sum()) * m + float(costs[-1]) * (samples - before * m)) / samples

    # its state

    @property
    def _vectors(self) -> dict[str, Array]:
        return vectors(self.rollback, self.updates.state)

    def state(self) -> dict[str, Any]:
        """Everything that the rest of the run depends on, copied as plain arrays, numbers and texts."""
        to_host = self.parameters.arrays.to_host
        return {
            **{name: to_host(vector).copy() for name, vector in self._vectors.items()},
            "kept": NONE if self.rollback.position is None else self.rollback.position,
            "order": self.order.copy(),
            "costs": self.costs[: self.position].copy(),
            "generator": generator_words(self.generator),
            "batch_size": self.batch_size,
            **{name: getattr(self, name) for name in PROGRESS},
            "message": message_text(self.message),
            **{name: getattr(self.watch, name) for name in WATCHED},
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        """Continue from the state of a run with the same network, data and settings.

        Raises ValueError if the state is of another run.
        """
        others = ("kept", "costs", "generator", *PROGRESS, "message", *WATCHED)
        check(state, {**self._vectors, "order": self.order}, self.batch_size, others)
        asarray = self.parameters.arrays.asarray
        for name, vector in self._vectors.items():
            vector[...] = asarray(state[name], self.parameters.dtype)
        self.order[...] = state["order"]
        self.costs[: len(state["costs"])] = state["costs"]
        self.rollback.position = None if int(state["kept"]) == NONE else int(state["kept"])
        set_generator(self.generator, state["generator"])
        self.message = read_message(str(state["message"]))
        for names, owner in ((PROGRESS, self), (WATCHED, self.watch)):
            for name, kind in names.items():
                setattr(owner, name, kind(state[name]))
        self.begun = False


def train(
    parameters: Parameters,
    X: Any,
    Y: Any,
    optimizer: str = "adam",
    learning_rate: float = 1e-3,
    batch_size: int | None = BATCH_SIZE,
    epochs: int = 5,
    shuffle: bool = True,
    seed: int = 0,
    freeze: Iterable[str] = (),
    **more: Any,
) -> Iterator[Record]:
    """Train in place on X (m, n_0) and Y (m, n_L): a generator of one record an epoch, with no work done ahead of it.

    ``batch_size=None`` takes all samples at once; so does the default where there are fewer than 128. ``freeze`` names
    what must not move: "b", "W[1]", "b[2]". ``more`` are the other fields of ``Settings``: schedule, validation,
    measure, patience, target_cost, threads, tf32, compiled.

    Raises ValueError, before any work, naming the argument, what it got and what would be right.
    """
    settings = Settings(optimizer, learning_rate, batch_size, epochs, shuffle, seed, freeze, **more)
    return Training(parameters, X, Y, settings).records()
