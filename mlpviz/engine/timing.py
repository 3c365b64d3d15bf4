"""How long something takes: the shortest of several rounds, as whatever disturbs a measurement makes it longer."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

ROUNDS = 3


def seconds_each(work: Callable[[float], int], seconds: float) -> float:
    """The shortest mean time of a piece of work, of ``ROUNDS`` rounds of about ``seconds`` each, after one more.

    ``work(left)`` does pieces for about ``left`` seconds, and returns how many.
    """
    _first, *times = (mean_seconds(work, seconds) for _round in range(1 + ROUNDS))
    return min(times)


def seconds_a_call(call: Callable[[], object], seconds: float) -> float:
    """``seconds_each`` where a piece of work is one call."""

    def once(_left: float) -> int:
        call()
        return 1

    return seconds_each(once, seconds)


def mean_seconds(work: Callable[[float], int], seconds: float) -> float:
    count, started = 0, perf_counter()
    while (left := started + seconds - perf_counter()) > 0 or count == 0:
        count += work(max(left, 0.0))
    return (perf_counter() - started) / count
