"""The time of a piece of work, by a clock that only the work moves."""

import pytest

from mlpviz.engine import timing
from mlpviz.engine.timing import ROUNDS, seconds_a_call, seconds_each


class Clock:
    """Shows the seconds of the work done; each call of ``work`` takes the next of some times, the last ones over."""

    def __init__(self, *seconds):
        self.now, self.seconds, self.calls = 0.0, list(seconds), 0

    def __call__(self):
        return self.now

    def work(self):
        self.now += self.seconds[min(self.calls, len(self.seconds) - 1)]
        self.calls += 1


def clock_of(monkeypatch, *seconds):
    clock = Clock(*seconds)
    monkeypatch.setattr(timing, "perf_counter", clock)
    return clock


def test_the_shortest_round_counts_and_the_first_does_not(monkeypatch):
    clock = clock_of(monkeypatch, 1.0, 5.0, 3.0, 4.0)
    assert seconds_a_call(clock.work, 0.5) == 3
    assert clock.calls == 1 + ROUNDS


def test_a_round_is_repeated_until_its_time_is_up(monkeypatch):
    clock = clock_of(monkeypatch, 0.25)
    assert seconds_a_call(clock.work, 1.0) == 0.25
    assert clock.calls == 4 * (1 + ROUNDS)


def test_work_is_told_the_time_left_and_counts_its_pieces(monkeypatch):
    clock, told = clock_of(monkeypatch, 0.75), []

    def work(left):
        told.append(left)
        clock.work()
        return 3

    assert seconds_each(work, 1.0) == pytest.approx(0.25)
    assert told[:2] == [1.0, 0.25]


def test_a_round_without_time_does_something_all_the_same(monkeypatch):
    clock, counts = clock_of(monkeypatch, 2.0), iter([0, 1] * (1 + ROUNDS))
    assert seconds_each(lambda _left: clock.work() or next(counts), 0.0) == 4
