"""One worker on one run: STOP, PAUSE and steps are heard, and whatever happens the run goes on as if it had not."""

import errno
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import replace

import numpy as np
import pytest

from mlpviz.engine.initializers import initialize
from mlpviz.engine.training.starts import first_weights
from mlpviz.jobs import checkpoint, files, folder, worker
from mlpviz.jobs.progress import MOST_LINES, NAME, ProgressReader
from mlpviz.jobs.run import CHECKPOINTS, FAILED, FINISHED, PAUSED, RUNNING, STOPPED, WAITING, AlreadyRunning, Run
from mlpviz.jobs.spec import Spec
from mlpviz.maths.architecture import Architecture
from tests.support.browser import PATIENCE, environment
from tests.support.runs import ARCHITECTURE, data, keep_to, lines, made, spec, started, state, until

LONG, PACE = 200, 20  # epochs, and epochs a second of a worker that is to be caught at work: for ten seconds it is


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A run that nobody disturbed: its last state, and its progress."""
    run = made(tmp_path_factory.mktemp("whole"), LONG)
    assert worker.work(run).state == FINISHED
    return state(run), lines(run)


@pytest.fixture(scope="module")
def caught(tmp_path_factory):
    """A run whose worker was killed at work, when both of its checkpoints were there."""
    run = made(tmp_path_factory.mktemp("caught"), LONG)
    process = started(run, PACE)
    running(run)
    until((run.path / CHECKPOINTS[1]).exists)
    process.kill()
    process.wait()
    return run


@pytest.fixture
def killed(caught, tmp_path):
    """The same again, for one test, which need not wait for its pace."""
    shutil.copytree(caught.path, tmp_path / caught.id)
    keep_to(Run(tmp_path / caught.id), 0.0)
    return Run(tmp_path / caught.id)


def running(run, epochs=1):
    """Wait until a worker has come so far, with a checkpoint written."""
    until(lambda: run.status.state == RUNNING and run.status.epoch >= epochs and checkpoint.newest(run.path))


def test_a_run_is_trained_to_its_end_with_a_line_an_epoch(tmp_path):
    run = made(tmp_path, 20)
    assert run.status.state == WAITING
    status = worker.work(run)
    assert (status.state, status.epoch, status.done, status.reason) == (FINISHED, 20, 20, "")
    history = ProgressReader(run.path).read()
    assert [line["at"] for line in history.lines] == list(range(1, 21))
    assert {"cost", "validation_cost", "validation_accuracy", "accuracy", "gradient_norms"} <= history.lines[0].keys()
    assert history.lines[-1]["cost"] < history.lines[0]["cost"]
    assert worker.work(run).state == FINISHED, "nothing is left to do"


@pytest.mark.parametrize("moment", [0.0, 0.3, 0.6])
def test_a_killed_worker_loses_nothing_bit_for_bit(tmp_path, whole, moment):
    run = made(tmp_path, LONG)
    process = started(run, PACE)
    running(run)
    time.sleep(moment)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert not run.alive
    kept = checkpoint.newest(run.path)
    assert 0 < int(kept["epoch"]) < LONG
    assert worker.work(run).state == FINISHED
    assert (state(run), lines(run)) == whole


@pytest.mark.parametrize("seed", range(3))
def test_a_run_killed_again_and_again_ends_as_if_nothing_had_been(tmp_path, whole, seed):
    """Each worker is killed some epochs after the checkpoint that it went on from, wherever it then is."""
    run, generator = made(tmp_path, LONG), np.random.default_rng(seed)
    for _death in range(4):
        begun = epoch_of(run)
        process = started(run, PACE)
        until(lambda begun=begun: run.status.state == RUNNING and run.status.epoch > begun + generator.integers(1, 26))
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert epoch_of(run) < LONG
    assert worker.work(run).state == FINISHED
    assert (state(run), lines(run)) == whole


BY_MACHINE_CODE = """
import sys
from pathlib import Path
from mlpviz.engine.compiled import choice
from mlpviz.jobs import worker
from mlpviz.jobs.run import Run
choice.takeover, worker.SAVE = lambda plan: choice.Takeover(40, 80), 0.1
worker.work(Run(Path(sys.argv[1])))
"""
"""A worker whose steps are machine code from the 80th on."""


@pytest.mark.skipif(importlib.util.find_spec("numba") is None, reason="Numba is not installed")
def test_a_worker_killed_in_machine_code_loses_nothing_bit_for_bit(tmp_path):
    def begun(run):
        variables = environment(MLPVIZ_COMPILED=str(tmp_path / "compiled"), OPENBLAS_NUM_THREADS="1")
        return subprocess.Popen([sys.executable, "-c", BY_MACHINE_CODE, str(run.path)], env=variables)

    undisturbed, run = made(tmp_path / "undisturbed", LONG), made(tmp_path / "killed", LONG)
    assert begun(undisturbed).wait() == 0
    keep_to(run, PACE)
    process = begun(run)
    until(lambda: epoch_of(run) > 12)
    process.kill()
    process.wait()
    assert epoch_of(run) < LONG
    keep_to(run, 0.0)
    assert begun(run).wait() == 0
    assert (state(run), lines(run)) == (state(undisturbed), lines(undisturbed))
    assert run.status.state == FINISHED


def epoch_of(run):
    """The epoch of the last checkpoint."""
    kept = checkpoint.newest(run.path)
    return 0 if kept is None else int(kept["epoch"])


DIES = """
import os, sys
from pathlib import Path
from mlpviz.jobs import files, worker
from mlpviz.jobs.run import Run
def dying(call):
    def counted(*args, **options):
        global left
        left -= 1
        if left < 0:
            os.kill(os.getpid(), 9)
        return call(*args, **options)
    return counted
os.fsync, os.link, os.truncate = dying(os.fsync), dying(os.link), dying(os.truncate)
Path.replace, Path.unlink = dying(Path.replace), dying(Path.unlink)
worker.LOOK, worker.SAVE, worker.SHARE = 0.005, 0.0, 0
for call, path in zip(sys.argv[1::2], sys.argv[2::2]):
    left, child = int(call), os.fork()
    if not child:
        worker.work(Run(Path(path)))
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""
"""Workers that save at every look, each of which dies before one of the calls that change files."""

CALLS = (0, 1, 2, *range(10, 19), 60)


@pytest.fixture(scope="module")
def straight(tmp_path_factory):
    """A shorter run that nobody disturbed."""
    run = made(tmp_path_factory.mktemp("straight"), 150)
    worker.work(run)
    return run


@pytest.fixture(scope="module")
def dead(tmp_path_factory):
    """The runs whose workers died, by the number of the call before which they did; all by one process."""
    runs = {call: made(tmp_path_factory.mktemp("dead"), 150) for call in CALLS}
    given = [str(part) for call, run in runs.items() for part in (call, run.path)]
    variables = environment(OPENBLAS_NUM_THREADS="1")
    told = subprocess.run([sys.executable, "-c", DIES, *given], env=variables, check=True, capture_output=True)
    assert [int(code) for code in told.stdout.split()] == [-signal.SIGKILL] * len(CALLS)
    return runs


@pytest.mark.parametrize("call", CALLS)
def test_a_worker_that_dies_between_any_two_writes_loses_no_checkpoint(dead, straight, call):
    run = dead[call]
    whole = [found for _name, found in checkpoint.states(run.path)]
    assert not any(isinstance(found, ValueError) for found in whole)
    assert bool(whole) == (call > 5)
    assert worker.work(run).state == FINISHED
    assert (state(run), lines(run)) == (state(straight), lines(straight))


def test_stop_is_heard_and_the_run_goes_on_from_there(tmp_path, whole):
    run = made(tmp_path, LONG)
    process = started(run, PACE)
    running(run)
    run.request("STOP")
    process.wait(PATIENCE)
    status = run.status
    assert (status.state, run.requested("STOP")) == (STOPPED, False)
    assert int(checkpoint.newest(run.path)["epoch"]) == status.epoch < LONG
    run.change(state=WAITING)
    worker.work(run)
    assert (state(run), lines(run)) == whole


def test_a_paused_run_takes_steps_and_goes_on(tmp_path):
    run = made(tmp_path, 6)
    run.request("PAUSE")
    process = started(run)
    until(lambda: run.status.state == PAUSED)
    assert run.status.done == 0
    run.request_step("batch")
    until(lambda: run.status.position == 1)
    assert int(checkpoint.newest(run.path)["position"]) == 1
    run.request_step("epoch")
    until(lambda: (run.status.epoch, run.status.position) == (1, 0))
    run.request_step("batch")
    run.request_step("batch")
    until(lambda: (run.status.epoch, run.status.position) == (1, 2))
    time.sleep(0.2)
    assert run.status.state == PAUSED
    run.withdraw("PAUSE")
    assert process.wait(PATIENCE) == 0
    assert run.status.state == FINISHED
    straight = made(tmp_path, 6)
    worker.work(straight)
    assert (state(run), lines(run)) == (state(straight), lines(straight))


def test_a_pause_makes_no_epoch_long(tmp_path):
    """A single batch after it is no point of the curve: its cost is not that of the epoch."""
    run = made(tmp_path, 6)
    at_work = worker.Worker(run)
    at_work.part_at -= 100 * worker.PART
    at_work.take_step("batch")
    assert at_work.training.position == 1
    assert lines(run) == []


def test_a_paused_run_is_stopped(tmp_path):
    run = made(tmp_path, 6)
    run.request("PAUSE")
    process = started(run)
    until(lambda: run.status.state == PAUSED)
    run.request("STOP")
    process.wait(PATIENCE)
    assert run.status.state == STOPPED


def test_a_run_that_is_paused_for_long_leaves_its_place(tmp_path, monkeypatch):
    monkeypatch.setattr(worker, "PATIENCE", 0.2)
    run = made(tmp_path, 6)
    run.request("PAUSE")
    assert worker.work(run).state == PAUSED
    assert not run.wanted
    run.request_step("batch")
    assert run.wanted
    run.take_steps()
    run.withdraw("PAUSE")
    assert run.wanted
    assert worker.work(run).state == FINISHED


def test_two_workers_never_share_a_run(tmp_path):
    run = made(tmp_path, 30 * LONG)
    process = started(run, PACE)
    running(run)
    assert run.alive
    with pytest.raises(AlreadyRunning):
        worker.work(run)
    assert started(run).wait(PATIENCE) == 75
    run.request("STOP")
    process.wait(PATIENCE)


@pytest.mark.parametrize("left", [0, 10, 2000, -1])
def test_a_torn_checkpoint_gives_way_to_the_one_before(killed, whole, left):
    run = killed
    path = run.path / CHECKPOINTS[0]
    content = bytearray(path.read_bytes())
    if left < 0:
        content[len(content) // 2] ^= 0xFF  # a byte that the disk has turned
    path.write_bytes(content[:left] if left >= 0 else content)
    assert worker.work(run).state == FINISHED
    assert (state(run), lines(run)) == whole


def test_a_checkpoint_cut_or_turned_anywhere_is_read_right_or_refused(tmp_path):
    """At every seventh length and every one of the end, and with every 21st byte turned: never a wrong array."""
    run = made(tmp_path, 3)
    worker.work(run)
    path = run.path / CHECKPOINTS[0]
    (run.path / CHECKPOINTS[1]).unlink(missing_ok=True)
    content, right = path.read_bytes(), checkpoint.newest(run.path)
    for length in {*range(0, len(content), 7), *range(len(content) - 99, len(content))}:
        path.write_bytes(content[:length])
        assert isinstance(first_state(run), ValueError), length
    for at in range(0, len(content), 21):
        path.write_bytes(content[:at] + bytes([content[at] ^ 0xFF]) + content[at + 1 :])
        found = first_state(run)
        if not isinstance(found, ValueError):
            assert {name: found[name].tobytes() for name in found} == {name: right[name].tobytes() for name in right}


def first_state(run):
    """The newest checkpoint, or why it is none."""
    return next(found for _name, found in checkpoint.states(run.path))


@pytest.mark.parametrize("length", [0, 1, 40, -1])
def test_a_torn_status_is_told_and_the_run_goes_on_from_its_checkpoint(killed, whole, length):
    run = killed
    path = run.path / "status.json"
    path.write_bytes(path.read_bytes()[:length])
    assert run.status.state == STOPPED
    assert run.status.message == (
        "the run's status cannot be read; it stands where its last checkpoint is and can go on from there"
    )
    assert run.status.epoch == epoch_of(run)
    assert run.status.time == run.path.stat().st_mtime, "it is not cleared as if it were old"
    run.change(state=WAITING, message="")
    assert worker.work(run).state == FINISHED
    assert (state(run), lines(run)) == whole


@pytest.mark.parametrize("damage", [lambda text: text[: len(text) // 2], lambda text: text[:-9] + b"\xff" * 9])
def test_damaged_progress_costs_its_lines_and_not_the_run(killed, whole, damage):
    run = killed
    path = run.path / NAME
    path.write_bytes(damage(path.read_bytes()))
    assert worker.work(run).state == FINISHED
    assert state(run) == whole[0]
    found = lines(run)
    assert found[-1] == whole[1][-1]
    assert len(found) > 1 and set(found) <= set(whole[1])


def test_a_run_without_a_whole_checkpoint_says_exactly_why_it_cannot_go_on(tmp_path):
    run = made(tmp_path, 3)
    worker.work(run)
    for name in CHECKPOINTS:
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
    shutil.copy(one.path / CHECKPOINTS[0], other.path)
    (other.path / CHECKPOINTS[1]).unlink(missing_ok=True)
    other.change(state=WAITING)
    assert "another run" in worker.work(other).message


def test_a_checkpoint_is_never_unpickled_and_never_unfolds_to_too_much(tmp_path, monkeypatch):
    run = made(tmp_path, 3)
    worker.work(run)
    path = run.path / CHECKPOINTS[0]
    monkeypatch.setattr(files, "LARGEST", 100)
    with pytest.raises(ValueError, match="unfolds to more than 100 bytes"):
        files.read_arrays(path)


def full(*_, **__):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize("where", ["save", "flush"])
def test_a_full_disk_ends_the_run_with_a_sentence_and_keeps_the_last_checkpoint(killed, monkeypatch, where):
    run = killed
    kept = int(checkpoint.newest(run.path)["epoch"])
    if where == "save":
        monkeypatch.setattr(checkpoint, "put_arrays", full)
    else:
        monkeypatch.setattr(worker.progress.ProgressWriter, "flush", full)
    status = worker.work(run)
    assert status.state == FAILED
    assert "No space left on device" in status.message
    assert "last checkpoint is kept" in status.message
    assert int(checkpoint.newest(run.path)["epoch"]) == kept


def test_a_file_that_may_not_grow_ends_the_run_and_the_checkpoint_goes_on_elsewhere(tmp_path, whole):
    """A limit on the size of files, which every system lets a test set, in the place of a full disk."""
    resource = pytest.importorskip("resource")
    run = made(tmp_path, LONG)
    limit = 40_000  # above a checkpoint and the room set aside, below the progress of the whole run
    (run.path / "RESERVE").write_bytes(b"")
    keep_to(run, PACE)
    command = [sys.executable, "-m", "mlpviz.jobs", str(run.path)]
    limits = (resource.RLIMIT_FSIZE, (limit, limit))
    code = subprocess.call(command, env=environment(), preexec_fn=lambda: resource.setrlimit(*limits))
    assert (code, run.status.state) == (0, FAILED)
    assert run.status.message == (
        "the run's files cannot be read or written (File too large); its last checkpoint is kept"
    )
    assert 0 < epoch_of(run) < LONG
    run.change(state=WAITING, message="")
    assert worker.work(run).state == FINISHED
    assert (state(run), lines(run)) == whole


@pytest.fixture
def small_disk(tmp_path):
    """A disk of 200 kB."""
    path = tmp_path / "disk"
    path.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=200k", "tmpfs", path]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("this machine does not let the test mount a small disk")
    yield path
    subprocess.run(["umount", "--lazy", path], check=True)


def test_a_disk_that_fills_up(small_disk, tmp_path):
    run = made(small_disk, 10 * MOST_LINES)
    process = started(run)
    assert process.wait(3 * PATIENCE) == 0
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
    moved.request("STOP")
    process.wait(PATIENCE)
    assert moved.status.state == STOPPED


def test_on_a_full_disk_a_run_can_still_be_stopped_and_a_new_one_leaves_nothing_behind(small_disk):
    run = made(small_disk, 5)
    run.request("PAUSE")
    process = started(run)
    until(lambda: run.status.state == PAUSED)
    rest = small_disk / "rest"
    rest.touch()
    with suppress(OSError), rest.open("ab", buffering=0) as file:
        while True:
            file.write(bytes(512))
    before = sorted(small_disk.iterdir())
    with pytest.raises(OSError, match="No space left on device"):
        made(small_disk, 5)
    assert sorted(small_disk.iterdir()) == before
    run.request("STOP")
    assert process.wait(PATIENCE) == 0
    assert run.status.state == STOPPED
    assert checkpoint.newest(run.path) is not None


def test_a_torn_line_of_progress_is_not_read_and_not_kept(tmp_path):
    run = made(tmp_path, 5)
    worker.work(run)
    with (run.path / NAME).open("ab") as file:
        file.write(b'{"at": 6, "co')
    assert len(ProgressReader(run.path).read().lines) == 5


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


def test_missing_arrays_are_told(tmp_path):
    run = made(tmp_path, 5)
    (run.path / "arrays.npz").unlink()
    sentence = "arrays.npz cannot be read or written (No such file or directory); it has no checkpoint yet"
    assert worker.work(run).message == sentence


def test_a_worker_trains_many_networks_and_takes_them_up_after_a_stop(tmp_path, monkeypatch):
    def many(folder_):
        whole = replace(spec(40), starts=6)
        theta = first_weights("seed", 6, ARCHITECTURE, "xavier_normal", 0, "float32")
        return folder.create(folder_, whole, *data(), theta)

    straight, stopped = many(tmp_path / "straight"), many(tmp_path / "stopped")
    worker.work(straight)
    monkeypatch.setattr(worker.Worker, "asked_to_leave", lambda self: STOPPED if 5 <= self.training.epoch < 20 else "")
    monkeypatch.setattr(worker, "LOOK", 0.005)
    assert worker.work(stopped).state == STOPPED
    monkeypatch.setattr(worker.Worker, "asked_to_leave", lambda self: "")
    stopped.change(state=WAITING)
    assert worker.work(stopped).state == FINISHED
    assert state(stopped) == state(straight)
    assert lines(stopped) == lines(straight)
    assert len(checkpoint.newest(straight.path, "last")["last"]) == 6
