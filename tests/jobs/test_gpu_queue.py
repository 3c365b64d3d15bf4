"""One run at a time on the GPU: the others for it wait, and runs for the CPU go past them."""

import subprocess
import sys

import pytest

from mlpviz.engine.initializers import initialize
from mlpviz.jobs import cluster, folder
from mlpviz.jobs.cluster import Cluster
from mlpviz.jobs.local import CARD, Local
from mlpviz.jobs.lock import Lock
from mlpviz.jobs.run import FINISHED
from mlpviz.jobs.spec import Spec
from tests.support.runs import ARCHITECTURE, data, made, spec, until

SLEEP = [sys.executable, "-c", "import time; time.sleep(1000)"]


def start(run, *held):
    """A worker that only holds what it is given."""
    return subprocess.Popen(SLEEP, pass_fds=held)


@pytest.fixture
def queue(tmp_path):
    """Queues on one folder, ``queue()``; their workers are ended with them."""
    opened = []

    def made_queue(slots=4):
        opened.append(Local(tmp_path, slots, start=start).open())
        return opened[-1]

    yield made_queue
    for each in opened:
        each.close()
        for process in each.workers.values():
            process.kill()
            process.wait()


def on_the_gpu(path, **more):
    """A small run for the GPU."""
    small = spec(epochs=5)
    given = Spec(small.architecture, small.settings, device="cuda", **more)
    return folder.create(path, given, *data(), initialize(ARCHITECTURE, "xavier_normal", 0).flat)


def end(queue, run):
    """Let the worker of a run end as one does whose run is finished."""
    process = queue.workers[run.id]
    run.change(state=FINISHED)
    process.kill()


def at_work(queue):
    return set(queue.workers)


def test_one_run_at_a_time_and_the_others_in_turn(queue, tmp_path):
    one = queue()
    first, second, third = (on_the_gpu(tmp_path) for _ in range(3))
    plain = made(tmp_path, 5)
    for run in (first, second, third, plain):
        one.submit(run)
    until(lambda: at_work(one) == {first.id, plain.id})
    assert [one.place(run) for run in (second, third)] == [1, 2]
    end(one, first)
    until(lambda: at_work(one) == {second.id, plain.id})
    assert one.place(third) == 1
    end(one, plain)
    until(lambda: at_work(one) == {second.id})
    end(one, second)
    until(lambda: at_work(one) == {third.id})


def test_a_run_that_waits_for_the_gpu_keeps_no_slot(queue, tmp_path):
    one = queue(slots=2)
    first, second = on_the_gpu(tmp_path), on_the_gpu(tmp_path)
    plain = [made(tmp_path, 5) for _ in range(2)]
    for run in (first, second, *plain):
        one.submit(run)
    until(lambda: at_work(one) == {first.id, plain[0].id})
    end(one, plain[0])
    until(lambda: at_work(one) == {first.id, plain[1].id})


def test_several_servers_share_the_gpu_and_a_worker_that_outlives_its_server_keeps_it(queue, tmp_path):
    one, other = queue(), queue()
    first, second = on_the_gpu(tmp_path), on_the_gpu(tmp_path)
    one.submit(first)
    until(lambda: at_work(one) == {first.id})
    one.close()
    other.submit(second)
    plain = made(tmp_path, 5)
    other.submit(plain)
    until(lambda: at_work(other) == {plain.id})
    assert Lock(tmp_path / ".slots" / CARD).held
    end(one, first)
    until(lambda: at_work(other) == {plain.id, second.id})


@pytest.mark.parametrize(("device", "resources"), [("cpu", None), ("cuda", {"GPU": 1})])
def test_a_cluster_is_asked_for_a_worker_with_a_gpu(monkeypatch, tmp_path, device, resources):
    sent = []

    class Client:
        status = "running"

        def __init__(self, address, **options):
            pass

        def submit(self, train, path, **options):
            sent.append(options["resources"])
            return type("Future", (), {"status": "pending", "add_done_callback": lambda self, call: None})()

        def nthreads(self):
            return {"tcp://worker": 2}

        def scheduler_info(self, n_workers):
            return {"workers": {"tcp://worker": {"resources": {"GPU": 1}}}}

        def close(self):
            pass

    library = type("Library", (), {"Client": Client, "fire_and_forget": staticmethod(lambda future: None)})
    monkeypatch.setattr(cluster, "import_module", lambda name: library)
    opened = Cluster(tmp_path, "tcp://127.0.0.1:1").open()
    opened.submit(on_the_gpu(tmp_path) if device == "cuda" else made(tmp_path, 5))
    until(lambda: sent)
    opened.close()
    assert sent == [resources]
