"""Training: the pass that the stepper shows, over and over on the same buffers, and an update after each."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from time import perf_counter
from typing import Any

import numpy as np

from mlpviz.engine.arrays import arrays
from mlpviz.engine.minibatch import Minibatch
from mlpviz.engine.optimizers import OPTIMIZERS
from mlpviz.engine.parameters import Parameters
from mlpviz.engine.passes import checked_batch
from mlpviz.engine.record import Record, summary
from mlpviz.engine.schedules import bound_schedule
from mlpviz.engine.settings import BATCH_SIZE, Settings, whole
from mlpviz.engine.split import split
from mlpviz.engine.state import Kept, hand_out, take_back
from mlpviz.engine.stopping import GOES_ON, Watch, diverged, overflowed
from mlpviz.engine.threads import blas_threads, default_threads
from mlpviz.engine.updates import Updates, movable

BUFFER = 1024
"""Entries that NumPy may convert at a time: enough to be quick, and allocated for the time of one call."""


class Training:
    """A run of training in place, which can be stopped after any step and go on later as if it had not been.

    It touches no file and starts no thread. Equal network, data and settings give equal bits.

    Raises ValueError naming the argument, what it got and what would be right.
    """

    def __init__(self, parameters: Parameters, X: Any, Y: Any, settings: Settings | None = None) -> None:
        self.parameters, self.settings = parameters, settings or Settings()
        self.X, self.Y = checked_batch(parameters, X, Y)
        self.generator = np.random.default_rng(self.settings.seed)
        self.order, self.validation = split(parameters, self.X, self.Y, self.settings.validation, self.generator)
        self.batch_size = self.settings.batch_size_of(len(self.order))
        self.steps_per_epoch = -(-len(self.order) // self.batch_size)
        spans = movable(parameters.architecture, self.settings.freeze)
        self.updates = Updates(OPTIMIZERS[self.settings.optimizer], parameters, spans)
        self.schedule = bound_schedule(self.settings.schedule, self.settings.epochs, self.settings.schedule_options)
        self.threads = self.settings.threads or default_threads(parameters.architecture, self.batch_size)
        self.whole = self._minibatch(self.batch_size)
        rest = len(self.order) % self.batch_size
        self.last = self._minibatch(rest) if rest else self.whole
        self.varying = not (self.updates.optimizer.steady and self.settings.schedule == "constant")
        self.epoch = self.position = 0
        self.seconds, self.costs = 0.0, np.empty(0)
        self.stopped, self.message = GOES_ON
        self.watch, self.kept = Watch(self.settings), Kept(parameters, self.updates)
        self._prepared: dict[str, Any] = {}
        self._set_numbers(0)

    def _minibatch(self, size: int) -> Minibatch:
        return Minibatch(self.parameters, self.X, self.Y, size, self.updates)

    def prepared(self, name: str, make: Callable[[], Any]) -> Any:
        """What a measure needs at every epoch, made at the first."""
        if name not in self._prepared:
            self._prepared[name] = make()
        return self._prepared[name]

    @property
    def finished(self) -> bool:
        """Whether there is nothing left to do."""
        return bool(self.stopped) or self.epoch >= self.settings.epochs

    @property
    def step(self) -> int:
        """Updates so far."""
        return self.epoch * self.steps_per_epoch + self.position

    def records(self) -> Iterator[Record]:
        """Train to the end, one record an epoch; no work is done ahead of it."""
        while not self.finished:
            record = self.advance()
            if record is not None:
                yield record

    def advance(self, steps: int | None = None, seconds: float = math.inf) -> Record | None:
        """Train on, but for at most so many steps or about so many seconds, and not beyond the end of the epoch.

        Returns the epoch's record if this ends it.
        """
        if self.finished:
            return None
        wanted = self.steps_per_epoch if steps is None else whole("steps", steps, "steps")
        if self.position == 0:
            self._begin_epoch()
        with arrays(self.parameters.device).quiet(BUFFER), blas_threads(self.threads):
            started = perf_counter()
            self._run(min(self.position + wanted, self.steps_per_epoch), started + seconds)
            self.seconds += perf_counter() - started
            return self._end_epoch() if self.stopped or self.position == self.steps_per_epoch else None

    def _begin_epoch(self) -> None:
        if self.settings.shuffle:
            self.generator.shuffle(self.order)
        self.rows = arrays(self.parameters.device).asarray(self.order, "int64")
        self.costs, self.seconds = np.empty(self.steps_per_epoch), 0.0

    def _run(self, last: int, deadline: float) -> None:
        """Steps until the position is ``last``, the time is up or the run has diverged."""
        complete = len(self.order) // self.batch_size
        while self.position < last and not self.stopped:
            short = self.position >= complete
            self._steps(self.last if short else self.whole, last if short else min(last, complete), deadline)
            if perf_counter() >= deadline:
                return

    def _steps(self, minibatch: Minibatch, last: int, deadline: float) -> None:
        """The loop that everything waits for: local names only, and nothing computed that could be bound before."""
        first, m, size = self.position, self.batch_size, minibatch.size
        batches = self.rows[first * m : (last - 1) * m + size].reshape(-1, size)
        look, move, costs, isfinite, clock = minibatch.look, minibatch.move, self.costs, math.isfinite, perf_counter
        earlier, varying, timed = self.epoch * self.steps_per_epoch, self.varying, deadline < math.inf
        due = self.kept.due(first, self.steps_per_epoch)
        for i, batch in zip(range(first, last), batches, strict=True):
            costs[i] = cost = look(batch)
            if not isfinite(cost):
                self._diverge(i)
                return
            if i == due:
                self.kept.keep(i)
                due = self.kept.due(i + 1, self.steps_per_epoch)
            if varying:
                self._set_numbers(earlier + i)
            move()
            if timed and clock() >= deadline:
                break
        self.position = i + 1

    def _set_numbers(self, done: int) -> None:
        """Make the optimiser ready for the update after so many."""
        self.learning_rate = self.settings.learning_rate * self.schedule(done / self.steps_per_epoch)
        self.updates.set_numbers(self.learning_rate, done + 1)

    def _diverge(self, position: int) -> None:
        """Back to the parameters before the last update, from what was kept by making the steps since then again."""
        step, cost = self.epoch * self.steps_per_epoch + position + 1, self.costs[position]
        kept = self.kept.put_back()
        if position > 0 and kept is not None:
            self.position = kept
            self._run(position - 1, math.inf)
        self.position = position
        self.stopped, self.message = diverged(step, cost, changed=kept is not None)

    def _end_epoch(self) -> Record:
        """The epoch's record; the run stands before the next epoch then, or where it diverged."""
        if not self.stopped and not math.isfinite(float(abs(self.parameters.flat).max())):
            self.kept.put_back()
            self.stopped, self.message = overflowed(self.step)
        record = summary(self)
        if not self.stopped:
            watched = record.cost if record.validation_cost is None else record.validation_cost
            self.stopped, self.message = self.watch.verdict(watched)
        if self.stopped != "diverged":
            self.epoch, self.position = self.epoch + 1, 0
        return replace(record, stopped=self.stopped or None, message=self.message)

    def state(self) -> dict[str, Any]:
        """Everything that the rest of the run depends on, as copies: plain arrays, numbers and texts."""
        return hand_out(self)

    def restore(self, state: Mapping[str, Any]) -> None:
        """Go on where another run with the same network, data and settings handed out its state.

        Raises ValueError if the state is of another run.
        """
        take_back(self, state)
        self.rows = arrays(self.parameters.device).asarray(self.order, "int64")
        self._set_numbers(self.step)


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
    measure, patience, target_cost, threads.

    Raises ValueError, before any work, naming the argument, what it got and what would be right.
    """
    settings = Settings(optimizer, learning_rate, batch_size, epochs, shuffle, seed, freeze, **more)
    return Training(parameters, X, Y, settings).records()
