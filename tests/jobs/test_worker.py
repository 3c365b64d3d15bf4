"""One worker on one run: STOP, PAUSE and steps are heard, and whatever happens the run goes on as if it had not."""

import errno
import os
import shutil
import signal
import subprocess
import time

import numpy as np
import pytest

from mlpviz.engine.initializers import initialize
from mlpviz.jobs import checkpoint, files, folder, worker
from mlpviz.jobs.progress import MOST_LINES, NAME, History
from mlpviz.jobs.run import FAILED, FINISHED, PAUSED, RUNNING, STOPPED, WAITING, Taken
from mlpviz.jobs.spec import Spec
from mlpviz.maths.architecture import Architecture
from tests.jobs.making import data, lines, made, started, state, until

LONG = 2000  # epochs: more than a second


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A run that nobody disturbed: its last state, and its progress."""
    run = made(tmp_path_factory.mktemp("whole"), LONG)
    assert worker.work(run).state == FINISHED
    return state(run), lines(run)


def running(run, epochs=1):
    """Wait until a worker has come so far, with a checkpoint written."""
    until(lambda: run.status.state == RUNNING and run.status.epoch >= epochs and checkpoint.newest(run.path))


def test_a_run_is_trained_to_its_end_with_a_line_an_epoch(tmp_path):
    run = made(tmp_path, 20)
    assert run.status.state == WAITING
    status = worker.work(run)
    assert (status.state, status.epoch, status.done, status.reason) == (FINISHED, 20, 20, "")
    history = History(run.path).read()
    assert [line["at"] for line in history.lines] == list(range(1, 21))
    assert {"cost", "validation_cost", "validation_accuracy", "accuracy", "gradient_norms"} <= history.lines[0].keys()
    assert history.lines[-1]["cost"] < history.lines[0]["cost"]
    assert worker.work(run).state == FINISHED, "nothing is left to do"


@pytest.mark.parametrize("moment", [0.0, 0.3, 0.6])
def test_a_killed_worker_loses_nothing_bit_for_bit(tmp_path, whole, moment):
    run = made(tmp_path, LONG)
    process = started(run)
    running(run)
    time.sleep(moment)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert not run.alive
    kept = checkpoint.newest(run.path)
    assert 0 < int(kept["epoch"]) < LONG
    assert worker.work(run).state == FINISHED
    assert (state(run), lines(run)) == whole


def test_stop_is_heard_within_a_moment_and_the_run_goes_on_from_there(tmp_path, whole):
    run = made(tmp_path, LONG)
    process = started(run)
    running(run)
    asked = time.monotonic()
    run.ask("STOP")
    process.wait(10)
    assert time.monotonic() - asked < 2
    status = run.status
    assert (status.state, run.asks("STOP")) == (STOPPED, False)
    assert int(checkpoint.newest(run.path)["epoch"]) == status.epoch < LONG
    run.change(state=WAITING)
    worker.work(run)
    assert (state(run), lines(run)) == whole


def test_a_paused_run_takes_steps_and_goes_on(tmp_path):
    run = made(tmp_path, 6)
    run.ask("PAUSE")
    process = started(run)
    until(lambda: run.status.state == PAUSED)
    assert run.status.done == 0
    run.ask_step("batch")
    until(lambda: run.status.position == 1)
    assert int(checkpoint.newest(run.path)["position"]) == 1
    run.ask_step("epoch")
    until(lambda: (run.status.epoch, run.status.position) == (1, 0))
    run.ask_step("batch")
    run.ask_step("batch")
    until(lambda: (run.status.epoch, run.status.position) == (1, 2))
    time.sleep(0.2)
    assert run.status.state == PAUSED
    run.ask_no_more("PAUSE")
    assert process.wait(10) == 0
    assert run.status.state == FINISHED
    straight = made(tmp_path, 6)
    worker.work(straight)
    assert (state(run), lines(run)) == (state(straight), lines(straight))


def test_a_paused_run_is_stopped(tmp_path):
    run = made(tmp_path, 6)
    run.ask("PAUSE")
    process = started(run)
    until(lambda: run.status.state == PAUSED)
    run.ask("STOP")
    process.wait(10)
    assert run.status.state == STOPPED


def test_a_run_that_is_paused_for_long_leaves_its_place(tmp_path, monkeypatch):
    monkeypatch.setattr(worker, "PATIENCE", 0.2)
    run = made(tmp_path, 6)
    run.ask("PAUSE")
    assert worker.work(run).state == PAUSED
    assert not run.wanted
    run.ask_step("batch")
    assert run.wanted
    run.asked_steps()
    run.ask_no_more("PAUSE")
    assert run.wanted
    assert worker.work(run).state == FINISHED


def test_two_workers_never_share_a_run(tmp_path):
    run = made(tmp_path, 30 * LONG)
    process = started(run)
    running(run)
    assert run.alive
    with pytest.raises(Taken):
        worker.work(run)
    assert started(run).wait(20) == 75
    run.ask("STOP")
    process.wait(10)


@pytest.mark.parametrize("left", [0, 10, 2000, -1])
def test_a_torn_checkpoint_gives_way_to_the_one_before(tmp_path, whole, left):
    run = made(tmp_path, LONG)
    process = started(run)
    running(run)
    until((run.path / checkpoint.NAMES[1]).exists)
    process.kill()
    process.wait()
    path = run.path / checkpoint.NAMES[0]
    content = bytearray(path.read_bytes())
    if left < 0:
        content[len(content) // 2] ^= 0xFF  # a byte that the disk has turned
    path.write_bytes(content[:left] if left >= 0 else content)
    assert worker.work(run).state == FINISHED
    assert (state(run), lines(run)) == whole


def test_a_run_without_a_whole_checkpoint_says_exactly_why_it_cannot_go_on(tmp_path):
    run = made(tmp_path, 3)
    worker.work(run)
    for name in checkpoint.NAMES:
        (run.path / name).write_bytes(b"PK")
    run.change(state=WAITING)
    status = worker.work(run)
    assert status.state == FAILED
    assert status.message.startswith("the run cannot go on: checkpoint.npz is damaged")
    assert "checkpoint.before.npz" in status.message


def test_the_checkpoint_of_another_run_is_refused_by_name(tmp_path):
    one, other = made(tmp_path, 3), made(tmp_path, 3, samples=300)
    worker.work(one)
    worker.work(other)
    shutil.copy(one.path / checkpoint.NAMES[0], other.path)
    (other.path / checkpoint.NAMES[1]).unlink(missing_ok=True)
    other.change(state=WAITING)
    assert "another run" in worker.work(other).message


def test_a_checkpoint_is_never_unpickled_and_never_unfolds_to_too_much(tmp_path, monkeypatch):
    run = made(tmp_path, 3)
    worker.work(run)
    path = run.path / checkpoint.NAMES[0]
    monkeypatch.setattr(files, "LARGEST", 100)
    with pytest.raises(ValueError, match="unfolds to more than 100 bytes"):
        files.read_arrays(path)


def full(*_, **__):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize("where", ["save", "flush"])
def test_a_full_disk_ends_the_run_with_a_sentence_and_keeps_the_last_checkpoint(tmp_path, monkeypatch, where):
    run = made(tmp_path, LONG, patience=None)
    process = started(run)
    running(run)
    process.kill()
    process.wait()
    kept = int(checkpoint.newest(run.path)["epoch"])
    if where == "save":
        monkeypatch.setattr(checkpoint, "put_arrays", full)
    else:
        monkeypatch.setattr(worker.progress.Writer, "flush", full)
    status = worker.work(run)
    assert status.state == FAILED
    assert "No space left on device" in status.message
    assert "last checkpoint is kept" in status.message
    assert int(checkpoint.newest(run.path)["epoch"]) == kept


@pytest.fixture
def small_disk(tmp_path):
    """A disk of 400 kB."""
    path = tmp_path / "disk"
    path.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", path]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("this machine does not let the test mount a small disk")
    yield path
    subprocess.run(["umount", path], check=True)


def test_a_disk_that_fills_up(small_disk, tmp_path):
    run = made(small_disk, 10 * MOST_LINES)
    process = started(run)
    assert process.wait(60) == 0
    status = run.status
    assert status.state == FAILED
    assert "No space left on device" in status.message
    kept = checkpoint.newest(run.path)
    assert kept is not None
    elsewhere = tmp_path / "moved" / run.id
    shutil.copytree(run.path, elsewhere)
    moved = type(run)(elsewhere)
    moved.change(state=WAITING, message="")
    process = started(moved)
    until(lambda: moved.status.state == RUNNING and moved.status.epoch > int(kept["epoch"]))
    moved.ask("STOP")
    process.wait(10)
    assert moved.status.state == STOPPED


def test_a_torn_line_of_progress_is_not_read_and_not_kept(tmp_path):
    run = made(tmp_path, 5)
    worker.work(run)
    with (run.path / NAME).open("ab") as file:
        file.write(b'{"at": 6, "co')
    assert len(History(run.path).read().lines) == 5


def test_a_run_that_diverges_ends_with_the_engine_s_sentence(tmp_path):
    architecture = Architecture((2, 8, 1), ("relu", "identity"), "squared_error", "sum")
    theta = initialize(architecture, "he_normal", 0).flat
    run = folder.create(tmp_path, Spec(architecture, {"optimizer": "sgd", "learning_rate": 1e30}), *data(), theta)
    status = worker.work(run)
    assert (status.state, status.reason) == (FINISHED, "diverged")
    assert status.message
    assert all(np.isfinite(checkpoint.newest(run.path)["parameters"]))


def test_damaged_arrays_are_told(tmp_path):
    run = made(tmp_path, 5)
    (run.path / "arrays.npz").write_bytes(b"no arrays")
    assert worker.work(run).message.startswith("arrays.npz is damaged")
