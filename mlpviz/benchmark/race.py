"""The race: equal costs first, then epochs in turn, so that what disturbs one disturbs all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median
from time import perf_counter

import numpy as np

from mlpviz.benchmark.configurations import Configuration, NotComparable, one_thread
from mlpviz.benchmark.contestants import CONTESTANTS, Data, Epoch

TOLERANCE = 1e-4


@dataclass(frozen=True)
class Result:
    """Seconds a step of each contestant, the median over the rounds; or why it did not run."""

    configuration: Configuration
    threads: int | None
    seconds: dict[str, float]
    absent: dict[str, str]

    def ratio(self, name: str) -> float | None:
        """How many times as long as mlpviz a contestant takes."""
        return self.seconds[name] / self.seconds["mlpviz"] if name in self.seconds else None


def race(configuration: Configuration, threads: int | None, names: Iterable[str], rounds: int) -> Result:
    """Check the costs of all, then time them in turn."""
    with one_thread(threads == 1):
        data, absent = configuration.data(), {}
        for name in (names := list(names)):
            reason = unequal(configuration, data, threads, name)
            absent.update({name: reason} if reason else {})
        runners = {name: make(configuration, data, threads, name, True) for name in names if name not in absent}
        times = timed(runners, rounds)
    return Result(configuration, threads, {n: median(t) / configuration.steps for n, t in times.items()}, absent)


def make(configuration: Configuration, data: Data, threads: int | None, name: str, shuffle: bool) -> Epoch:
    """A contestant at the start line."""
    return CONTESTANTS[name][0](configuration, data, threads, shuffle)


def unequal(configuration: Configuration, data: Data, threads: int | None, name: str) -> str | None:
    """Why a contestant may not run, if its costs are not those of mlpviz or it cannot do this configuration."""
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


def timed(runners: dict[str, Epoch], rounds: int) -> dict[str, list[float]]:
    """Seconds of every epoch, the contestants in turn; the first epoch of each is not counted."""
    times: dict[str, list[float]] = {name: [] for name in runners}
    for epoch in runners.values():
        epoch()
    for _ in range(rounds):
        for name, epoch in runners.items():
            started = perf_counter()
            epoch()
            times[name].append(perf_counter() - started)
    return times
