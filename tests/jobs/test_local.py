"""The queue of this machine: a process a run, restarted when it dies, and what is left when the server dies."""

import json
import re
import shutil
import signal
import subprocess
import sys
import time

import pytest

from mlpviz.jobs import bounds, checkpoint, executor, folder, worker
from mlpviz.jobs.bounds import MOST_OF_ONE
from mlpviz.jobs.local import Local, start_worker
from mlpviz.jobs.queue import Full
from mlpviz.jobs.run import FAILED, FINISHED, PAUSED, RUNNING, STOPPED, WAITING, Run
from tests.support.browser import environment
from tests.support.runs import kill_worker_of, lines, made, state, until

LONG, PACE = 300, 60  # a run at this pace takes five seconds
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
    queue = at_work(slots=2)
    runs = [made(tmp_path, LONG, pace=PACE) for _ in range(2)]
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
    def start(run, *held):
        if run.spec.owner == "bad":
            return subprocess.Popen([sys.executable, "-c", "import os; os.kill(os.getpid(), 9)"])
        return start_worker(run, *held)

    queue = at_work(start=start)
    bad, good = made(tmp_path, 5, "bad"), made(tmp_path, 5, "good")
    queue.submit(bad)
    queue.submit(good)
    ended(bad, good)
    assert good.status.state == FINISHED
    assert bad.status.state == FAILED
    assert bad.status.message == "its worker died 4 times (signal 9); it has no checkpoint yet"


def test_a_worker_that_has_just_died_is_counted_before_the_next_one_is_started(tmp_path, monkeypatch):
    workers = []

    def start(_run, *_held):
        workers.append(subprocess.Popen([sys.executable, "-c", "raise SystemExit(1)"]))
        return workers[-1]

    def look():
        with queue.lock:
            queue.look_now()  # as where another run has ended
            queue.tick()

    queue, run = Local(tmp_path, 1, start), made(tmp_path, 5)
    queue.submit(run)
    with monkeypatch.context() as just_before:
        just_before.setattr(Local, "collect", lambda self: False)
        look()
        assert workers[0].wait() == 1
        look()
    assert len(workers) == 1
    look()
    assert (len(workers), run.status.deaths) == (2, 1)
    workers[1].wait()


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
    run.request("PAUSE")
    run.change(state=PAUSED)
    run.withdraw("PAUSE")
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
    for _ in range(3):
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
from mlpviz.jobs import bounds
bounds.PACED_A_SLOT = 1
from mlpviz.jobs.local import Local
from mlpviz.jobs.local import start_worker
from mlpviz.jobs.run import Run
queue = Local(Path(sys.argv[1]), 2).open()
for name in sys.argv[2:]:
    queue.submit(Run(Path(sys.argv[1]) / name))
print("ready", flush=True)
time.sleep(1000)
"""


def served(path, runs):
    """A process with a queue of two slots, killed once the first two runs are at work."""
    command = [sys.executable, "-c", SERVER, str(path), *(run.id for run in runs)]
    with subprocess.Popen(command, env=environment(), stdout=subprocess.PIPE) as server:
        assert server.stdout.readline() == b"ready\n"
        until(lambda: all(run.status.epoch for run in runs[:2]))
        server.kill()


def test_the_death_of_the_server_costs_nothing(at_work, tmp_path, monkeypatch):
    monkeypatch.setattr(bounds, "PACED_A_SLOT", 1)
    runs = [made(tmp_path, LONG, pace=PACE) for _ in range(3)]
    served(tmp_path, runs)
    assert all(run.alive for run in runs[:2]), "the workers go on without the server"
    assert runs[2].status.state == WAITING
    kill_worker_of(runs[0])
    queue = at_work(slots=2)
    assert len(queue.workers) < 2, "the worker that lives keeps its slot"
    ended(*runs)
    assert {run.status.state for run in runs} == {FINISHED}
    assert lines(runs[0]) == lines(runs[1]) == lines(runs[2])
    assert state(runs[0]) == state(runs[1]) == state(runs[2])


def test_all_servers_see_one_queue_and_take_up_what_died_with_another(at_work, tmp_path, monkeypatch):
    """The other server was there before; what waited with the dead one waits with it, behind a first of another's."""
    monkeypatch.setenv("MLPVIZ_SLICE", "1000")
    monkeypatch.setattr(bounds, "SECOND", 1000.0)
    other, living = at_work(slots=2), at_work(slots=2)
    runs = [made(tmp_path, ENDLESS, "A") for _ in range(2)] + [made(tmp_path, 5, "A")]
    served(tmp_path, runs)
    third = made(tmp_path, 5, "B")
    living.submit(third)
    assert (other.place(third), other.place(runs[2])) == (1, 2) == (living.place(third), living.place(runs[2]))
    assert runs[0].status.state == RUNNING
    kill_worker_of(runs[0])
    epoch = int(checkpoint.newest(runs[0].path)["epoch"])
    other.take_up()
    until(lambda: runs[0].status.state == RUNNING and runs[0].status.epoch > epoch)
    for run in runs[:2]:
        other.stop(run)
    ended(*runs, third)
    assert [run.status.state for run in (*runs, third)] == [STOPPED, STOPPED, FINISHED, FINISHED]


def test_every_run_that_was_taken_is_taken_again_however_many_wait(at_work, tmp_path):
    runs = [made(tmp_path, 1, "A") for _ in range(MOST_OF_ONE + 3)]
    idle = [sys.executable, "-c", "import time; time.sleep(100)"]
    queue = at_work(slots=1, start=lambda run, *held: subprocess.Popen(idle, pass_fds=held))
    until(lambda: queue.workers)
    places = [queue.place(run) for run in sorted(runs, key=lambda run: run.status.arrival)]
    assert places == [None, *range(1, len(runs))]


def test_a_run_that_waits_with_another_server_is_stopped_at_once(at_work, tmp_path):
    one, other = at_work(slots=1), at_work(slots=1)
    first, second = made(tmp_path, ENDLESS), made(tmp_path, 5)
    one.submit(first)
    process_of(one, first)
    one.submit(second)
    other.stop(second)
    assert (second.status.state, second.requested("STOP")) == (STOPPED, False)
    other.stop(first)
    ended(first)
    assert second.status.state == STOPPED


def damaged_spec(run):
    (run.path / "spec.json").write_bytes(b'{"version": 1')


def other_version(run):
    (run.path / "spec.json").write_text(json.dumps({**run.spec.plain(), "version": 2}))


def unknown_setting(run):
    plain = run.spec.plain()
    (run.path / "spec.json").write_text(json.dumps({**plain, "settings": {"momentum": 0.5}}))


@pytest.mark.parametrize(
    ("damage", "sentence"),
    [
        (damaged_spec, "the run's spec is damaged"),
        (other_version, "the run's spec is of version 2; this program reads version 1"),
        (unknown_setting, "the run's spec is damaged: "),
    ],
)
def test_a_run_that_cannot_be_read_ends_alone_with_a_sentence(at_work, tmp_path, damage, sentence):
    bad, good = made(tmp_path, 5, "A"), made(tmp_path, 5, "A")
    damage(bad)
    queue = at_work(slots=1)
    ended(bad, good)
    assert bad.status.state == FAILED
    assert bad.status.message.startswith(sentence)
    assert good.status.state == FINISHED
    with pytest.raises(ValueError, match=re.escape(sentence)):
        queue.submit(Run(bad.path))


def test_the_queue_lives_on_when_runs_vanish_or_cannot_be_written(at_work, tmp_path, monkeypatch):
    queue = at_work(slots=1)
    first = made(tmp_path, ENDLESS)
    gone, stuck, last = (made(tmp_path, 5) for _ in range(3))
    queue.submit(first)
    process = process_of(queue, first)
    for run in (gone, stuck, last):
        queue.submit(run)
    shutil.rmtree(gone.path)
    shutil.rmtree(tmp_path / ".slots")
    (stuck.path / "worker.log").mkdir()  # no worker can write there
    shutil.rmtree(first.path, ignore_errors=True)  # its worker sees that it goes and helps
    process.kill()
    ended(last)
    assert last.status.state == FINISHED
    assert stuck.status.state == FAILED
    assert stuck.status.message == "no worker can be started (Is a directory)"


def test_a_worker_s_last_words_are_told(at_work, tmp_path):
    def start(run, *_held):
        with (run.path / "worker.log").open("wb") as log:
            return subprocess.Popen([sys.executable, "-c", "raise RuntimeError('out of luck')"], stderr=log)

    queue, run = at_work(start=start), made(tmp_path, 5)
    queue.submit(run)
    ended(run)
    assert run.status.message == "its worker died 4 times (RuntimeError: out of luck); it has no checkpoint yet"


def test_a_folder_that_cannot_be_written_is_told_and_not_tried_at_every_click(tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setenv("MLPVIZ_RUNS", str(tmp_path / "file" / "runs"))
    monkeypatch.delenv("MLPVIZ_SCHEDULER", raising=False)
    tries = []
    begun = executor.begun
    monkeypatch.setattr(executor, "begun", lambda *args: tries.append(args) or begun(*args))
    for _ in range(3):
        with pytest.raises(NotADirectoryError):
            executor.executor()
    assert len(tries) == 1
    with pytest.raises(NotADirectoryError):
        made(folder.default_folder())


def test_the_executor_looks_around_and_clears_now_and_then(tmp_path, monkeypatch):
    done = []

    class Looked:
        def take_up(self):
            done.append("look")
            if len(done) == 1:
                raise RuntimeError("once")

    monkeypatch.setattr(executor.time, "sleep", lambda seconds: done.append(seconds) if len(done) < 8 else sys.exit())
    monkeypatch.setattr(executor, "CLEAR", -1.0)
    monkeypatch.setattr(executor.runs_folder, "clear", lambda folder: done.append("clear"))
    with pytest.raises(SystemExit):
        executor.look_after(Looked(), tmp_path)
    assert done[:5] == [executor.LOOK_AROUND, "look", "clear", executor.LOOK_AROUND, "look"]


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
