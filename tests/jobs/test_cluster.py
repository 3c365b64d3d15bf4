"""Runs on a real Dask scheduler with two worker processes, one of which is killed."""

import os
import signal
import sys
from dataclasses import replace
from types import ModuleType

import pytest

from mlpviz.jobs import bounds, executor, folder, worker
from mlpviz.jobs import queue as fair
from mlpviz.jobs.cluster import Cluster
from mlpviz.jobs.files import Unreachable
from mlpviz.jobs.run import FAILED, FINISHED, RUNNING, STOPPED, WAITING
from tests.support.browser import PATIENCE
from tests.support.runs import lines, made, state, until

LONG, PACE = 500, 100  # a run at this pace takes five seconds
ENDLESS = 1_000_000

pytestmark = [
    pytest.mark.xdist_group("cluster"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture(scope="module")
def scheduler():
    """The address of a scheduler with two workers, each a process with one thread."""
    distributed = pytest.importorskip("distributed")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", os.pathsep.join(sys.path))
        patch.setitem(sys.modules, "__main__", ModuleType("__main__"))  # a page's test may have left its own there
        with distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0"
        ) as cluster:
            yield cluster.scheduler_address


@pytest.fixture
def cluster(scheduler, tmp_path):
    opened = Cluster(tmp_path, scheduler).open()
    yield opened
    opened.close()


def test_runs_end_on_the_cluster_as_they_do_here(cluster, tmp_path):
    straight = made(tmp_path / "straight", 50)
    worker.work(straight)
    runs = [made(tmp_path, 50) for _ in range(4)]
    for run in runs:
        cluster.submit(run)
    until(lambda: not any(run.status.active for run in runs))
    for run in runs:
        assert run.status.state == FINISHED, run.status.message
        assert (state(run), lines(run)) == (state(straight), lines(straight))


def test_a_killed_worker_of_the_cluster_loses_nothing(cluster, tmp_path):
    straight = made(tmp_path / "straight", LONG)
    worker.work(straight)
    runs = [made(tmp_path, LONG, pace=PACE) for _ in range(2)]
    for run in runs:
        cluster.submit(run)
    until(lambda: all(run.status.state == RUNNING and run.status.epoch > 5 for run in runs))
    victim = next(iter(cluster.client.run(os.getpid).values()))
    os.kill(victim, signal.SIGKILL)
    until(lambda: not any(run.status.active for run in runs), 2 * PATIENCE)
    for run in runs:
        assert run.status.state == FINISHED, run.status.message
        assert (state(run), lines(run)) == (state(straight), lines(straight))


def test_stop_place_and_going_on(cluster, tmp_path):
    runs = [made(tmp_path, ENDLESS) for _ in range(2)]
    third = made(tmp_path, 20)
    for run in runs:
        cluster.submit(run)
    until(lambda: all(run.status.state == RUNNING and run.status.epoch for run in runs))
    cluster.submit(third)
    assert third.status.state == WAITING
    assert cluster.place(third) == 1
    assert cluster.place(runs[0]) is None
    cluster.stop(third)
    assert third.status.state == STOPPED
    for run in runs:
        cluster.stop(run)
    until(lambda: not any(run.status.active for run in runs))
    assert {run.status.state for run in runs} == {STOPPED}
    cluster.submit(third)
    until(lambda: third.status.state == FINISHED)


def test_what_waits_is_submitted_again_by_the_next_server_and_not_doubled(scheduler, tmp_path):
    run = made(tmp_path, 20)
    servers = [Cluster(tmp_path, scheduler).open() for _ in range(2)]
    until(lambda: run.status.state == FINISHED)
    assert len(lines(run)) == 20
    for server in servers:
        server.close()


def test_a_second_learner_goes_ahead_and_the_queue_is_bounded(cluster, tmp_path, monkeypatch):
    monkeypatch.setattr(bounds, "SECOND", 1000.0)
    monkeypatch.setenv("MLPVIZ_SLICE", "1000")
    busy = [made(tmp_path, ENDLESS, "A") for _ in range(2)]
    first, second = made(tmp_path, 20, "A"), made(tmp_path, 20, "B")
    for run in busy:
        cluster.submit(run)
    until(lambda: all(run.status.state == RUNNING for run in busy))
    for run in (first, second):
        cluster.submit(run)
    assert (cluster.place(second), cluster.place(first)) == (1, 2)
    monkeypatch.setattr(bounds, "MOST_OF_ONE", 1)
    more = made(tmp_path, 20, "A")
    with pytest.raises(fair.Full, match="1 of your runs"):
        cluster.submit(more)
    monkeypatch.setattr(bounds, "MOST_FIRST", 2)
    with pytest.raises(fair.Full, match="2 runs are waiting"):
        cluster.submit(made(tmp_path, 20, "C"))
    for run in (*busy, first, second, more):
        cluster.stop(run)
    until(lambda: not any(run.status.active for run in busy))


def test_a_run_that_cannot_be_read_ends_alone_with_a_sentence(scheduler, tmp_path):
    bad, good = made(tmp_path, 20), made(tmp_path, 20)
    (bad.path / "spec.json").write_bytes(b"{")
    server = Cluster(tmp_path, scheduler).open()
    until(lambda: not (bad.status.active or good.status.active))
    assert (bad.status.state, good.status.state) == (FAILED, FINISHED)
    assert bad.status.message.startswith("the run's spec is damaged")
    server.close()


def test_a_lost_connection_is_made_again_and_what_waits_is_sent_again(cluster, tmp_path, monkeypatch):
    waiting, later = made(tmp_path, 20), made(tmp_path, 20)
    connected = cluster._connected

    def silent():
        raise Unreachable("nobody is there")

    monkeypatch.setattr("mlpviz.jobs.cluster.AGAIN", 0.1)
    cluster.futures[waiting.id] = cluster.client.submit(abs, -1)
    monkeypatch.setattr(cluster, "_connected", silent)
    cluster.client.close()
    cluster.submit(waiting)
    until(lambda: cluster.lacks(waiting) == "the cluster's scheduler does not answer")
    assert waiting.status.state == WAITING
    monkeypatch.setattr(cluster, "_connected", connected)
    until(lambda: waiting.status.state == FINISHED)
    cluster.client.close()
    later.change(state=STOPPED)
    cluster.submit(later)
    until(lambda: later.status.state == FINISHED)
    assert cluster.lacks(later) == ""


def test_a_cluster_without_a_worker_or_a_gpu_says_so(cluster, tmp_path):
    run = made(tmp_path, 20)
    on_gpu = folder.create(tmp_path, replace(run.spec, device="cuda"), **run.arrays)
    assert cluster.lacks(run) == ""
    assert cluster.lacks(on_gpu) == "the cluster has no worker with a GPU"
    cluster.submit(on_gpu)
    until(lambda: cluster.place(on_gpu) == 1)
    cluster.stop(on_gpu)
    cluster.room = dict.fromkeys(cluster.room, 0)
    assert cluster.lacks(run) == "the cluster has no worker"


def test_a_learner_s_second_run_gives_way_on_the_cluster_too(cluster, tmp_path, monkeypatch):
    monkeypatch.setattr(bounds, "SECOND", 0.2)
    busy = [made(tmp_path, ENDLESS, "A") for _ in range(2)]
    for run in busy:
        cluster.submit(run)
    until(lambda: all(run.status.state == RUNNING and run.status.epoch for run in busy))
    first = made(tmp_path, 20, "B")
    cluster.submit(first)
    until(lambda: first.status.state == FINISHED)
    until(lambda: all(run.status.state == RUNNING for run in busy))
    for run in busy:
        cluster.stop(run)
    until(lambda: not any(run.status.active for run in busy))


def test_a_scheduler_that_does_not_answer_is_one_sentence_and_not_asked_at_every_click(tmp_path, monkeypatch):
    monkeypatch.setattr(executor, "AGAIN", 600.0)
    monkeypatch.setattr("mlpviz.jobs.cluster.TIMEOUT", "0.5s")
    monkeypatch.setenv("MLPVIZ_RUNS", str(tmp_path))
    monkeypatch.setenv("MLPVIZ_SCHEDULER", "tcp://127.0.0.1:9")
    tries = []
    begun = executor.begun
    monkeypatch.setattr(executor, "begun", lambda *args: tries.append(args) or begun(*args))
    monkeypatch.setattr(executor, "PROMPT", 0.1)
    with pytest.raises(OSError, match="the cluster's scheduler has not answered yet"):
        executor.executor()
    until(lambda: all(future.done() for future in executor._beginning.values()))
    for _click in range(5):
        with pytest.raises(OSError, match="the cluster's scheduler does not answer"):
            executor.executor()
    assert len(tries) == 1


def test_without_distributed_the_refusal_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ValueError, match="pip install distributed"):
        Cluster(tmp_path, "tcp://127.0.0.1:1")
