"""Runs on a real Dask scheduler with two worker processes, one of which is killed."""

import os
import signal
import sys
from types import ModuleType

import pytest

from mlpviz.jobs import worker
from mlpviz.jobs.cluster import Cluster
from mlpviz.jobs.run import FINISHED, RUNNING, STOPPED, WAITING
from tests.jobs.making import lines, made, state, until

LONG = 4000
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
    until(lambda: not any(run.status.active for run in runs), 60)
    for run in runs:
        assert run.status.state == FINISHED, run.status.message
        assert (state(run), lines(run)) == (state(straight), lines(straight))


def test_a_killed_worker_of_the_cluster_loses_nothing(cluster, tmp_path):
    straight = made(tmp_path / "straight", LONG)
    worker.work(straight)
    runs = [made(tmp_path, LONG) for _ in range(2)]
    for run in runs:
        cluster.submit(run)
    until(lambda: all(run.status.state == RUNNING and run.status.epoch > 5 for run in runs), 60)
    victim = next(iter(cluster.client.run(os.getpid).values()))
    os.kill(victim, signal.SIGKILL)
    until(lambda: not any(run.status.active for run in runs), 90)
    for run in runs:
        assert run.status.state == FINISHED, run.status.message
        assert (state(run), lines(run)) == (state(straight), lines(straight))


def test_stop_place_and_going_on(cluster, tmp_path):
    runs = [made(tmp_path, ENDLESS) for _ in range(2)]
    third = made(tmp_path, 20)
    for run in runs:
        cluster.submit(run)
    until(lambda: all(run.status.state == RUNNING and run.status.epoch for run in runs), 60)
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
    until(lambda: third.status.state == FINISHED, 60)


def test_what_waits_is_submitted_again_by_the_next_server_and_not_doubled(scheduler, tmp_path):
    run = made(tmp_path, 20)
    servers = [Cluster(tmp_path, scheduler).open() for _ in range(2)]
    until(lambda: run.status.state == FINISHED, 60)
    assert len(lines(run)) == 20
    for server in servers:
        server.close()


def test_without_distributed_the_refusal_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ValueError, match="pip install distributed"):
        Cluster(tmp_path, "tcp://127.0.0.1:1")
