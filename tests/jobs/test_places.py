"""A run gives its place away, rests and keeps to a pace, and every time goes on as if nothing had been."""

import pytest

from mlpviz.jobs import bounds, worker
from mlpviz.jobs.local import Local
from mlpviz.jobs.queue import PACED, SLOT
from mlpviz.jobs.run import (
    FAILED,
    FINISHED,
    GIVE_WAY,
    PAUSE,
    PAUSED,
    RESTING,
    RUNNING,
    SPEC,
    STOP,
    STOPPED,
    WAITING,
    WATCHED,
    Run,
    stop,
)
from mlpviz.jobs.standings import rooms_of
from tests.support.runs import lines, made, started, state, until

ENDLESS = 1_000_000


@pytest.fixture(scope="module")
def straight(tmp_path_factory):
    """A run that nobody disturbed."""
    run = made(tmp_path_factory.mktemp("straight"), 300)
    worker.work(run)
    return state(run), lines(run)


@pytest.fixture
def one_slot(tmp_path):
    """A queue with one slot; its runs are ended with it."""
    queue = Local(tmp_path, slots=1).open()
    yield queue
    queue.close()
    for process in queue.workers.values():
        process.kill()
        process.wait()


def asked_at_every_look(monkeypatch, flag, times=4):
    """Let a worker be asked for something whenever it has trained for some milliseconds, so many times."""
    monkeypatch.setattr(worker, "LOOK", 0.03)
    train_for, left = worker.Worker.train_for, iter(range(times))

    def then_asked(self, seconds):
        train_for(self, seconds)
        if next(left, None) is not None:
            self.run.request(flag)

    monkeypatch.setattr(worker.Worker, "train_for", then_asked)


def test_a_run_that_gives_way_again_and_again_ends_as_if_nothing_had_been(tmp_path, monkeypatch, straight):
    run, times = made(tmp_path, 300), 0
    asked_at_every_look(monkeypatch, GIVE_WAY)
    while (status := worker.work(run)).state == WAITING:
        assert status.arrival == status.left >= status.taken > 0
        assert status.begun == times + 1
        times += 1
    assert times == 4
    assert (status.state, state(run), lines(run)) == (FINISHED, *straight)


def test_a_paused_run_that_is_asked_to_give_way_stays_paused(tmp_path):
    run = made(tmp_path, 5)
    run.request(PAUSE)
    process = started(run)
    until(lambda: run.status.state == PAUSED)
    run.request(GIVE_WAY)
    assert process.wait(worker.PATIENCE / 2) == 0
    assert run.status.state == PAUSED


def test_a_run_that_nobody_looks_at_rests_and_goes_on_when_it_is_looked_at(tmp_path, monkeypatch, straight):
    run = made(tmp_path, 300)
    monkeypatch.setattr(worker, "LOOK", 0.004)
    monkeypatch.setenv("MLPVIZ_REST", "0.001")
    unwatched = worker.Worker.unwatched
    monkeypatch.setattr(worker.Worker, "unwatched", lambda self: self.run.status.epoch > 0 and unwatched(self))
    status = worker.work(run)
    assert (status.state, status.active) == (RESTING, False)
    assert status.message == "nobody has looked at it for long; it goes on when somebody does"
    assert 0 < status.epoch < 300
    run.change(state=WAITING)
    monkeypatch.setenv("MLPVIZ_REST", "3600")
    assert worker.work(run).state == FINISHED
    assert (state(run), lines(run)) == straight


def test_a_page_that_looks_keeps_a_run_at_work_and_zero_lets_all_go_on(tmp_path, monkeypatch):
    run = made(tmp_path, 5)
    at_work = worker.Worker(run)
    at_work.since -= 7200
    assert at_work.unwatched()
    monkeypatch.setenv("MLPVIZ_REST", "0")
    assert not at_work.unwatched()
    monkeypatch.delenv("MLPVIZ_REST")
    run.watch()
    assert not at_work.unwatched()
    looked = (run.path / WATCHED).stat().st_mtime_ns
    run.watch()
    assert (run.path / WATCHED).stat().st_mtime_ns == looked, "it is noted now and then only"


def test_a_run_that_computes_all_the_time_does_not_keep_to_a_pace(tmp_path, monkeypatch, straight):
    run = made(tmp_path, 300, pace=1e6)
    assert rooms_of(run, run.status) == {PACED}
    monkeypatch.setattr(worker, "HEAVY", 0.0)
    monkeypatch.setattr(worker, "LOOK", 0.004)
    status = worker.work(run)
    assert (status.state, status.heavy) == (WAITING, True)
    assert rooms_of(run, status) == {SLOT}
    assert worker.work(run).state == FINISHED
    assert (state(run), lines(run)) == straight


def test_who_has_had_a_place_for_long_gives_it_to_who_waits_and_goes_on_later(one_slot, tmp_path, monkeypatch):
    monkeypatch.setenv("MLPVIZ_SLICE", "0.5")
    endless, short = made(tmp_path, ENDLESS, "A"), made(tmp_path, 5, "B")
    one_slot.submit(endless)
    until(lambda: endless.status.epoch)
    one_slot.submit(short)
    until(lambda: short.status.state == FINISHED)
    epoch = endless.status.epoch
    until(lambda: endless.status.state == RUNNING and endless.status.epoch > epoch)
    assert endless.status.deaths == 0
    one_slot.stop(endless)
    until(lambda: not endless.status.active)


def test_a_run_that_keeps_to_a_pace_sleeps_outside_its_slot(one_slot, tmp_path):
    slow = [made(tmp_path, ENDLESS, "A", pace=2.0) for _ in range(3)]
    for run in slow:
        one_slot.submit(run)
    until(lambda: all(run.status.epoch for run in slow))
    quick = made(tmp_path, 5, "B")
    one_slot.submit(quick)
    until(lambda: quick.status.state == FINISHED)
    assert {run.status.state for run in slow} == {RUNNING}
    for run in slow:
        one_slot.stop(run)
    until(lambda: not any(run.alive for run in slow))


def test_the_places_for_a_pace_are_counted_too(one_slot, tmp_path, monkeypatch):
    monkeypatch.setattr(bounds, "PACED", 1)
    first, second = (made(tmp_path, ENDLESS, "A", pace=2.0) for _ in range(2))
    for run in (first, second):
        one_slot.submit(run)
    until(lambda: first.status.epoch)
    assert (one_slot.place(first), one_slot.place(second)) == (None, 1)
    one_slot.stop(second)
    one_slot.stop(first)
    until(lambda: not first.alive)


def test_a_worker_ends_when_its_run_is_removed_and_leaves_nothing(tmp_path):
    run = made(tmp_path, ENDLESS)
    process = started(run, 50.0)
    until(lambda: run.status.state == RUNNING and run.status.epoch)
    (run.path / SPEC).unlink()
    assert process.wait(worker.PATIENCE / 2) == 0
    assert not run.path.exists()
    assert (run.status.state, run.status.message) == (FAILED, "the run is no longer here")


def test_stop_is_not_lost_in_the_moment_in_which_a_run_gives_way(tmp_path, monkeypatch):
    run = made(tmp_path, ENDLESS)
    asked_at_every_look(monkeypatch, GIVE_WAY)
    leave = worker.Worker.leave

    def late(self, state):
        self.run.request(STOP)
        return leave(self, state)

    monkeypatch.setattr(worker.Worker, "leave", late)
    assert worker.work(run).state == WAITING
    assert run.requested(STOP)
    assert worker.work(run).state == STOPPED


def test_a_run_that_rests_or_waits_is_stopped_without_a_worker(tmp_path):
    for before in (RESTING, WAITING, PAUSED):
        run = made(tmp_path, 5)
        run.change(state=before)
        stop(run)
        assert (run.status.state, run.requested(STOP)) == (STOPPED, False)


def test_a_run_s_page_sees_within_a_second_who_is_ahead_on_another_server(one_slot, tmp_path):
    other = Local(tmp_path, slots=1).open()
    busy, first, second = made(tmp_path, ENDLESS, "A"), made(tmp_path, 5, "A"), made(tmp_path, 5, "B")
    one_slot.submit(busy)
    until(lambda: busy.status.epoch)
    one_slot.submit(first)
    until(lambda: other.place(first) == 1)  # a place is kept for a moment
    other.submit(second)
    until(lambda: [other.place(Run(run.path)) for run in (second, first)] == [1, 2])
    until(lambda: one_slot.place(first) == 2)
    for run in (busy, first, second):
        other.stop(run)
    until(lambda: not busy.alive)
    other.close()
