"""The race: equal costs first, then everyone in turn, round after round, so that what disturbs one disturbs all."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from statistics import median
from time import perf_counter, process_time

import numpy as np

from mlpviz.benchmark.configurations import Configuration, NotComparable, one_thread
from mlpviz.benchmark.contestants import CONTESTANTS, Data, Epoch

TOLERANCE = 1e-4

TURN = 0.05
"""The least seconds of a turn, filled with whole epochs."""

ENOUGH = 120.0
"""Seconds after which no further round begins, once there are ``FEW``."""

FEW = 5
"""The least number of rounds, however long they take."""


@dataclass(frozen=True)
class Result:
    """Seconds per step of each contestant in each round; or why it did not run."""

    configuration: Configuration
    threads: int | None
    rounds: dict[str, list[float]]
    absent: dict[str, str]

    @property
    def seconds(self) -> dict[str, float]:
        """The median over the rounds."""
        return {name: median(times) for name, times in self.rounds.items()}

    def ratio(self, name: str) -> float | None:
        """A contestant's time relative to mlpviz: the median of the rounds' ratios."""
        if name not in self.rounds:
            return None
        return median(other / ours for other, ours in zip(self.rounds[name], self.rounds["mlpviz"], strict=True))


def race(configuration: Configuration, threads: int | None, names: Iterable[str], rounds: int) -> Result:
    """Check the costs of all contestants, then time them in turn."""
    with one_thread(threads == 1):
        data, absent = configuration.data(), {}
        for name in (names := list(names)):
            reason = unequal(configuration, data, threads, name)
            absent.update({name: reason} if reason else {})
        runners = {name: make(configuration, data, threads, name, True) for name in names if name not in absent}
        times = timed(runners, rounds, process_time if threads == 1 else perf_counter)
    steps = {name: [epoch / configuration.steps for epoch in epochs] for name, epochs in times.items()}
    return Result(configuration, threads, steps, absent)


def make(configuration: Configuration, data: Data, threads: int | None, name: str, shuffle: bool) -> Epoch:
    return CONTESTANTS[name][0](configuration, data, threads, shuffle)


def unequal(configuration: Configuration, data: Data, threads: int | None, name: str) -> str | None:
    """Why a contestant is excluded: it cannot train this configuration, or its costs differ from those of mlpviz."""
    ours, found = make(configuration, data, threads, "mlpviz", False)(), []
    try:
        found = make(configuration, data, threads, name, False)()
    except NotComparable as reason:
        return str(reason)
    right = [float(np.mean(ours))] if len(found) == 1 else ours
    if found and not np.allclose(found, right, rtol=TOLERANCE):
        worst = float(np.max(np.abs(np.array(found) / right - 1)))
        return f"its costs differ from ours by a factor of up to {1 + worst:.6f}"
    return None


def timed(runners: dict[str, Epoch], rounds: int, clock: Callable[[], float] = perf_counter) -> dict[str, list[float]]:
    """Seconds of an epoch in every round, the contestants in turn, after two epochs each to warm up.

    On one core the processor's own time is the clock's, unless other programs want the core too: then it is fairer.
    """
    times: dict[str, list[float]] = {name: [] for name in runners}
    for epoch in runners.values():
        epoch()
    turns = {name: math.ceil(TURN / seconds_of(epoch, 1, perf_counter)) for name, epoch in runners.items()}
    started = perf_counter()
    for done in range(rounds):
        if done >= FEW and perf_counter() - started > ENOUGH:
            break
        for name, epoch in runners.items():
            times[name].append(seconds_of(epoch, turns[name], clock))
    return times


def seconds_of(epoch: Epoch, times: int, clock: Callable[[], float]) -> float:
    """The mean seconds of an epoch over ``times`` in a row."""
    started = clock()
    for _ in range(times):
        epoch()
    return (clock() - started) / times
