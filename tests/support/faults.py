"""Faults of the disk: in a run's whole life any one call of the file layer fails, or all from it on."""

import errno
import io
import os
from dataclasses import dataclass, field
from functools import partial, wraps
from pathlib import Path

import numpy as np
import pytest

from mlpviz.jobs import bounds, checkpoint, disk, folder, tables, worker
from mlpviz.jobs.checkpoint import states
from mlpviz.jobs.files import reason_of, what_failed
from mlpviz.jobs.local import Local
from mlpviz.jobs.run import FINISHED, PAUSE, STATES, STOP, UNREADABLE, WAITING
from tests.support.runs import lines, made, state

EPOCHS, STEPS = 6, 5
CALLS = ("private", "sync", "replace", "remove", "second_name", "cut", "make_folder")
REASONS = (errno.ENOSPC, errno.EIO, errno.EACCES)


@dataclass
class Disk:
    """A disk whose call number ``at`` fails with ``reason``, and those after it too if it fails ``for_good``."""

    at: int = -1
    reason: int = errno.EIO
    for_good: bool = False
    calls: list = field(default_factory=list)

    def call(self, name):
        """Count a call, and let it fail if it is its turn."""
        self.calls.append(name)
        number = len(self.calls) - 1
        if number == self.at or (self.for_good and 0 <= self.at < number):
            raise OSError(self.reason, os.strerror(self.reason), f"/somewhere/on/the/server/{name}")

    def patched(self, patch):
        """Let the file layer use this disk."""
        for name in CALLS:
            patch.setattr(disk, name, self.counted(name, getattr(disk, name)))
        patch.setattr(disk, "opened", self.opened)

    def counted(self, name, call):
        @wraps(call)
        def counting(*given):
            self.call(name)
            return call(*given)

        return counting

    def opened(self, path, mode):
        raw = Torn(path, mode, self)
        return io.BufferedReader(raw) if mode == "rb" else io.BufferedWriter(raw)


class Torn(io.FileIO):
    """A file of such a disk: a write that fails has written half."""

    def __init__(self, path, mode, faulty):
        super().__init__(path, mode, opener=disk.private)
        self.faulty = faulty

    def write(self, content):
        try:
            self.faulty.call("write")
        except OSError:
            super().write(bytes(content)[: len(content) // 2])
            raise
        return super().write(content)


class Done:
    """A worker that has ended."""

    returncode = 0

    def poll(self):
        return self.returncode


def work_here(run, *_held):
    """Work on a run in this process, as long as a worker would."""
    try:
        worker.work(run)
    except OSError:  # a worker's last words: it could not even write why it ends
        Done.returncode = 1
    return Done()


def a_few_steps(self, _seconds):
    """A worker's look with a number of steps and not a time, so that every life has the same calls."""
    self.advance(steps=STEPS)
    self.progress.flush()
    self.save()


def prepare(patch):
    """What makes lives alike and short."""
    patch.setattr(worker.Worker, "train_for", a_few_steps)
    patch.setattr(worker, "PATIENCE", 0.0)
    patch.setattr(worker, "LOOK", 0.001)
    patch.setattr(os, "fsync", lambda _handle: None)  # no power is cut here, and a real one takes long


class Life:
    """What a learner and a server do with a run and a table; each fault is one sentence, and the next thing is done."""

    def __init__(self, path):
        self.path, self.told, self.run, self.table, self.saved = path, [], None, "", 0

    def lived(self):
        queue = self.tried(lambda: Local(self.path, slots=1, start=work_here))
        self.run = self.tried(lambda: made(self.path, EPOCHS, "A", samples=60))
        self.table = self.tried(lambda: tables.keep(self.path, "A", {"X": np.arange(50.0)})) or ""
        self.tried(lambda: tables.read(self.path, self.table, ("X",)))
        if queue is not None and self.run is not None:
            self.steered(queue)
        self.tried(lambda: folder.clear(self.path))
        return self

    def steered(self, queue):
        """Paused after a step, stopped, and taken to its end."""
        run = self.run
        self.tried(partial(run.request, PAUSE), partial(run.request_step, "batch"), partial(queue.submit, run))
        self.worked(queue)
        self.tried(partial(run.withdraw, PAUSE), partial(queue.stop, run))
        self.tried(partial(run.request, STOP), partial(queue.submit, run))
        for _look in range(3):
            self.worked(queue)
            self.tried(queue.take_up)
        self.tried(partial(queue.submit, run))
        self.worked(queue)

    def worked(self, queue):
        for _look in range(3):
            with queue.lock:
                queue.look_at, queue.some_wait = 0.0, True
                self.tried(queue.tick)
            self.checkpoint_is_kept()

    def tried(self, *acts):
        """Do what a page does; what the disk does not take is a sentence without the server's paths."""
        found = None
        try:
            for act in acts:
                found = act()
        except (OSError, ValueError) as error:
            text = what_failed(error) if isinstance(error, OSError) else reason_of(error)
            assert "Errno" not in text
            assert "/somewhere" not in text
            self.told.append(text)
            return None
        return found

    def checkpoint_is_kept(self):
        """No fault may take away what was saved before."""
        with undisturbed():
            kept = checkpoint.newest(self.run.path, "epoch", "position")
            done = 0 if kept is None else int(kept["epoch"]) * 1000 + int(kept["position"])
            assert done >= self.saved, f"a checkpoint of {self.saved} went back to {done}"
            self.saved = done


class undisturbed:
    """A look at the disk as it is, without faults."""

    def __enter__(self):
        self.now = {name: getattr(disk, name) for name in (*CALLS, "opened")}
        for name, call in REAL.items():
            setattr(disk, name, call)

    def __exit__(self, *_error):
        for name, call in self.now.items():
            setattr(disk, name, call)


REAL = {name: getattr(disk, name) for name in (*CALLS, "opened")}


def check(life, straight):
    """After a life with faults, on a disk that works again: all is old or new, and the run goes on to the same end."""
    if life.table:
        assert tables.read(life.path, life.table, ("X",))["X"].tolist() == list(range(50))
    for run in folder.runs(life.path):
        assert run.spec.owner == "A"
        assert run.arrays["X"].shape == (60, 2)
        assert run.status.state in STATES
        assert run.status.message != UNREADABLE, life.told
        assert not [found for _name, found in states(run.path) if isinstance(found, ValueError)]
        run.withdraw(STOP, PAUSE)
        run.take_steps()
        run.change(state=WAITING, message="")
        assert worker.work(run).state == FINISHED, run.status.message
        assert (state(run), lines(run)) == straight
    if life.run is None:
        assert not list(folder.runs(life.path))
    if not life.path.exists():
        return
    left = bounds.AGE + 60 + max(path.stat().st_mtime for path in (life.path, *life.path.rglob("*")))
    folder.clear(life.path, left)
    assert not [path for path in life.path.rglob("*") if path.is_file() and ".slots" not in path.parts]


def undisturbed_run(path: Path):
    """The bits of a run without faults."""
    run = made(path, EPOCHS, "A", samples=60)
    worker.work(run)
    return state(run), lines(run)


def calls_of_a_life(path):
    """The calls of a life without faults, in order."""
    whole = Disk()
    with pytest.MonkeyPatch.context() as inside:
        whole.patched(inside)
        Life(path).lived()
    return whole.calls


def life_with_a_fault(path, straight, **fault):
    """Live with a fault, and check what is left of it; return what the learner was told."""
    Done.returncode = 0
    with pytest.MonkeyPatch.context() as inside:
        Disk(**fault).patched(inside)
        life = Life(path).lived()
    check(life, straight)
    return life.told
