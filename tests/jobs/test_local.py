"""The queue of this machine: a process a run, restarted when it dies, and what is left when the server dies."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from mlpviz.jobs import executor, folder, local, worker
from mlpviz.jobs.fair import MOST_OF_ONE, Full
from mlpviz.jobs.local import Local
from mlpviz.jobs.run import FAILED, FINISHED, PAUSED, RUNNING, STOPPED, WAITING, Run
from tests.browser import environment
from tests.jobs.making import alive, lines, made, state, until

LONG = 2000
ENDLESS = 1_000_000


@pytest.fixture
def at_work(tmp_path):
    """A queue with two slots; its runs are ended with it."""
    queues = []

    def opened(slots=2, **options):
        queues.append(Local(tmp_path, slots, **options).open())
        return queues[-1]

    yield opened
    for queue in queues:
        queue.close()
        for process in queue.workers.values():
            process.kill()
            process.wait()


def process_of(queue, run):
    """The process that works on a run, once it trains."""
    until(lambda: run.status.state == RUNNING and run.status.epoch)
    return queue.workers[run.id]


def ended(*runs):
    """Wait until all have ended."""
    until(lambda: not any(run.status.active for run in runs))


def test_runs_end_and_the_queue_shows_their_places(at_work, tmp_path):
    queue = at_work(slots=1)
    first = made(tmp_path, ENDLESS, "A")
    others = [made(tmp_path, 5, owner) for owner in "AAB"]
    queue.submit(first)
    process_of(queue, first)
    for run in others:
        queue.submit(run)
    assert [queue.place(run) for run in (first, *others)] == [None, 2, 3, 1]
    queue.stop(others[1])
    assert others[1].status.state == STOPPED
    queue.stop(first)
    ended(first, *others)
    assert [run.status.state for run in (first, *others)] == [STOPPED, FINISHED, STOPPED, FINISHED]


def test_no_more_workers_than_slots_also_with_a_second_server(at_work, tmp_path):
    one, other = at_work(slots=1), at_work(slots=1)
    first, second = made(tmp_path, ENDLESS), made(tmp_path, 5)
    one.submit(first)
    process_of(one, first)
    other.submit(second)
    time.sleep(0.4)
    assert second.status.state == WAITING
    one.stop(first)
    ended(first, second)
    assert second.status.state == FINISHED


def test_killed_workers_begin_anew_and_every_run_ends(at_work, tmp_path):
    straight = made(tmp_path / "straight", LONG)
    worker.work(straight)
    queue = at_work(slots=4)
    runs = [made(tmp_path, LONG) for _ in range(4)]
    for run in runs:
        queue.submit(run)
    for run in runs:
        process_of(queue, run).kill()
    ended(*runs)
    assert {run.status.state for run in runs} == {FINISHED}
    assert {run.status.deaths for run in runs} == {1}
    for run in runs:
        assert (state(run), lines(run)) == (state(straight), lines(straight))


def test_a_run_that_always_kills_its_worker_fails_alone(at_work, tmp_path):
    def start(run, slot):
        if run.spec.owner == "bad":
            return subprocess.Popen([sys.executable, "-c", "import os; os.kill(os.getpid(), 9)"])
        return local.start_worker(run, slot)

    queue = at_work(start=start)
    bad, good = made(tmp_path, 5, "bad"), made(tmp_path, 5, "good")
    queue.submit(bad)
    queue.submit(good)
    ended(bad, good)
    assert good.status.state == FINISHED
    assert bad.status.state == FAILED
    assert bad.status.message == "its worker died 4 times (signal 9); its last checkpoint is kept"


def test_stop_is_not_lost_when_the_worker_dies(at_work, tmp_path):
    queue = at_work()
    run = made(tmp_path, ENDLESS)
    queue.submit(run)
    process = process_of(queue, run)
    process.send_signal(signal.SIGSTOP)
    queue.stop(run)
    process.kill()
    ended(run)
    assert run.status.state == STOPPED


def test_a_paused_run_that_left_its_place_goes_on(at_work, tmp_path):
    queue = at_work()
    run = made(tmp_path, 5)
    run.ask("PAUSE")
    run.change(state=PAUSED)
    run.ask_no_more("PAUSE")
    queue.submit(run)
    ended(run)
    assert run.status.state == FINISHED


def test_a_paused_run_that_left_its_place_is_stopped_at_once(at_work, tmp_path):
    queue = at_work()
    run = made(tmp_path, 5)
    run.change(state=PAUSED)
    queue.stop(run)
    assert run.status.state == STOPPED


def test_a_run_goes_on_in_the_moment_in_which_it_has_stopped(at_work, tmp_path):
    queue = at_work()
    run = made(tmp_path, ENDLESS)
    queue.submit(run)
    for _ in range(5):
        process_of(queue, run)
        queue.stop(run)
        until(lambda: run.status.state == STOPPED)
        epoch = run.status.epoch
        queue.submit(run)
        until(lambda before=epoch: run.status.state == RUNNING and run.status.epoch > before)
    queue.stop(run)
    ended(run)


def test_a_full_queue_refuses(at_work, tmp_path):
    queue = at_work(slots=1)
    first = made(tmp_path, ENDLESS, "A")
    queue.submit(first)
    process_of(queue, first)
    runs = [made(tmp_path, 5, "A") for _ in range(MOST_OF_ONE + 1)]
    for run in runs[:-1]:
        queue.submit(run)
    with pytest.raises(Full):
        queue.submit(runs[-1])
    for run in [*runs[:-1], first]:
        queue.stop(run)
    ended(first)


SERVER = """
import sys, time
from pathlib import Path
from mlpviz.jobs.local import Local
from mlpviz.jobs.run import Run
queue = Local(Path(sys.argv[1]), 2).open()
for name in sys.argv[2:]:
    queue.submit(Run(Path(sys.argv[1]) / name))
print("ready", flush=True)
time.sleep(1000)
"""


def test_the_death_of_the_server_costs_nothing(at_work, tmp_path):
    runs = [made(tmp_path, 2 * LONG) for _ in range(3)]
    command = [sys.executable, "-c", SERVER, str(tmp_path), *(run.id for run in runs)]
    server = subprocess.Popen(command, env=environment(), stdout=subprocess.PIPE)
    assert server.stdout.readline() == b"ready\n"
    until(lambda: all(run.status.epoch for run in runs[:2]))
    server.kill()
    server.wait()
    server.stdout.close()
    assert all(run.alive for run in runs[:2]), "the workers go on without the server"
    assert runs[2].status.state == WAITING
    victim = next(pid for pid in workers() if runs[0].id in command_of(pid))
    os.kill(victim, signal.SIGKILL)
    until(lambda: not alive(victim))
    queue = at_work(slots=2)
    assert len(queue.workers) < 2, "the worker that lives keeps its slot"
    ended(*runs)
    assert {run.status.state for run in runs} == {FINISHED}
    assert lines(runs[0]) == lines(runs[1]) == lines(runs[2])
    assert state(runs[0]) == state(runs[1]) == state(runs[2])


def workers():
    """The processes that work on runs."""
    return [int(path.name) for path in Path("/proc").glob("[0-9]*") if "mlpviz.jobs" in command_of(path.name)]


def command_of(pid):
    """The command line of a process; empty if it has gone."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace").replace("\0", " ")
    except OSError:
        return ""


def test_the_executor_is_one_a_process_and_its_folder_can_be_chosen(tmp_path, monkeypatch):
    monkeypatch.setenv("MLPVIZ_RUNS", str(tmp_path / "here"))
    monkeypatch.delenv("MLPVIZ_SCHEDULER", raising=False)
    found = executor.executor()
    assert found is executor.executor()
    assert found.folder == tmp_path / "here" == folder.default_folder()
    run = made(folder.default_folder(), 3)
    found.submit(Run(run.path))
    ended(run)
    found.close()
