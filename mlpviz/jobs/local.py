"""Works on runs on this machine: a queue, and a process of its own for every run.

A worker lives on when the server dies: it is in a session of its own and holds one of the machine's slots, a locked
file that it inherits. Several servers on one folder so share the slots, and no more workers run than there are. A
server holds a locked file, too, by which the others see that it lives: once it has died, they take up what waited in
its queue.

One run at a time is made on the GPU: its worker holds the card as well, a locked file like the slots. Other runs for
the GPU wait until it is free, however many slots there are, and runs for the CPU go past them.
"""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ..maths.messages import Message, counted, message_of, verbatim
from . import checkpoint
from . import folder as runs_folder
from .__main__ import ALREADY_RUNNING
from .folder import ROOT
from .lock import Lock
from .queue import FairQueue
from .run import PAUSED, RUNNING, STOPPED, WAITING, AlreadyRunning, Run

RESTARTS = 3
"""How often a run is restarted from its checkpoint after its worker has died."""

TICK = 0.05
STALE = 60.0
"""Seconds after which an unlocked file of a server is that of a dead one."""

GPU, CARD = "cuda", "gpu"
"""The device that only one run may use, and the name of its lock file."""


WORDS = 200
"""Most characters quoted of a worker's last line."""


def cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def start_worker(run: Run, *held: int) -> subprocess.Popen[bytes]:
    """Start a worker: one BLAS thread, its own session, and the lock files it inherits (a slot, perhaps the GPU)."""
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    with (run.path / "worker.log").open("ab") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "mlpviz.jobs", str(run.path.resolve())],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            pass_fds=held if os.name == "posix" else (),
        )


def always_dies(run: Run, deaths: int, code: int) -> Message:
    """Why a run is not restarted after ``deaths`` workers died, the last with exit status ``code``."""
    return counted(
        "its worker died {count} time ({how}); {remains}",
        "its worker died {count} times ({how}); {remains}",
        deaths,
        how=cause_of_death(run, code),
        remains=checkpoint.remains(run.path),
    )


def cause_of_death(run: Run, code: int) -> Message:
    if code < 0:
        return Message("signal {number}", number=-code)
    words = last_words(run)
    return verbatim(words) if words else Message("exit status {number}", number=code)


def last_words(run: Run) -> str:
    with suppress(OSError):
        lines = (run.path / "worker.log").read_text(errors="replace").strip().splitlines()
        return lines[-1][:WORDS] if lines else ""
    return ""


@contextmanager
def alone_in_trouble(run: Run) -> Iterator[None]:
    """Let an error inside the block fail only this run, with its message."""
    try:
        yield
    except (OSError, ValueError) as error:
        message = message_of(error)
        if isinstance(error, OSError):
            message = Message("no worker can be started ({reason})", reason=error.strerror)
        with suppress(OSError):
            run.fail(message)


class Local:
    """The queue of this server and its workers; one thread looks after both."""

    def __init__(self, folder: Path, slots: int | None = None, start: Callable = start_worker) -> None:
        self.folder, self.slots, self.start = folder, slots or cores(), start
        self.queue, self.workers = FairQueue(), dict[str, subprocess.Popen]()
        self.lock, self.thread = threading.Condition(), threading.Thread(target=self._loop, daemon=True)
        self.slots_folder = folder / ".slots"
        self.slots_folder.mkdir(parents=True, exist_ok=True)
        self.name, self.ended = secrets.token_hex(8), False
        self.presence = self._presence(self.name)
        self.presence.take()

    def open(self) -> Local:
        """Clear old runs and take up orphaned ones."""
        runs_folder.clear(self.folder)
        for path in self.slots_folder.glob("server *"):
            if path != self.presence.path and not Lock(path).held and time.time() - path.stat().st_mtime > STALE:
                path.unlink(missing_ok=True)
        self.take_up()
        self.thread.start()
        return self

    def close(self) -> None:
        """End the thread; workers go on, and waiting runs are left to other servers."""
        with self.lock:
            self.ended = True
            self.lock.notify()
        self.presence.give()
        self.presence.path.unlink(missing_ok=True)

    def take_up(self) -> None:
        """Queue the runs of dead servers, and those whose worker has died since."""
        if self.ended:
            return
        orphans = {run: run.status.started_at for run in runs_folder.runs(self.folder) if self._orphaned(run)}
        for run in sorted(orphans, key=orphans.__getitem__):
            with self.lock, alone_in_trouble(run):
                if run.id not in self.queue and run.id not in self.workers and self._orphaned(run):
                    self._wait_again(run)
                    self.lock.notify()

    def submit(self, run: Run) -> None:
        """Queue a run, to continue from its checkpoint if it has one.

        Raises Full with one sentence if too many wait already, OSError or ValueError if it cannot be read or written.
        """
        with self.lock:
            if run.status.active and (run.id in self.workers or run.alive):
                return  # it hears what it is asked for itself
            owner = run.spec.owner
            self.queue.add(run.id, owner, self._at_work(owner))
            try:
                run.withdraw("STOP")
                run.change(state=WAITING, queue=self.name, message="", reason="", deaths=0)
            except OSError:
                self.queue.drop(run.id)
                raise
            self.lock.notify()

    def stop(self, run: Run) -> None:
        """Ask a run to stop; one without a worker is stopped at once. Raises OSError if it cannot be asked."""
        run.request("STOP")
        if run.alive:
            return
        with self.lock, suppress(AlreadyRunning), run.claimed(patience=0.2):
            self.queue.drop(run.id)
            if run.status.active:
                run.change(state=STOPPED)
            run.withdraw("STOP", "PAUSE")

    def place(self, run: Run) -> int | None:
        """The run's place in this queue, from 1; None if it does not wait here."""
        with self.lock:
            return self.queue.place(run.id)

    def _presence(self, name: str) -> Lock:
        """The lock that a server holds while it lives."""
        return Lock(self.slots_folder / f"server {name}")

    def _orphaned(self, run: Run) -> bool:
        """Whether a run waits in no living server's queue, or has lost its worker."""
        alive, status = run.alive, run.status  # in this order: who lets go of a run has written how it stands
        if alive or not status.active:
            return False
        if status.state == PAUSED:
            return run.wanted
        return status.state == RUNNING or not self._presence(status.queue).held

    def _at_work(self, owner: str) -> int:
        return sum(Run(self.folder / name).belongs_to(owner) for name in self.workers)

    def _wait_again(self, run: Run, **values: object) -> None:
        owner = run.spec.owner
        run.change(state=WAITING, queue=self.name, **values)
        self.queue.add_again(run.id, owner, self._at_work(owner))

    def _loop(self) -> None:
        while not self.ended:
            with self.lock:
                self.tick()
                self.lock.wait(TICK if self.workers or len(self.queue) else None)

    def tick(self) -> None:
        """Collect the workers that have ended, and start as many as there are free slots."""
        for name, worker in list(self.workers.items()):
            if worker.poll() is not None:
                del self.workers[name]
                run = Run(self.folder / name)
                with alone_in_trouble(run):
                    self._ended(run, worker.returncode)
        passed_over = set(self.workers)
        while len(self.workers) < self.slots and (turn := self.queue.next(but=passed_over)) is not None:
            run, card = Run(self.folder / turn), Lock(self.slots_folder / CARD)
            slot = self._free_slot()
            if slot is None:
                return
            if run.is_on(GPU) and not card.take():
                slot.give()
                passed_over.add(turn)
                continue
            self.queue.drop(turn)
            self._begin(run, slot, card)

    def _free_slot(self) -> Lock | None:
        """Take one of the machine's slots; None if all are taken."""
        with suppress(OSError):
            self.slots_folder.mkdir(parents=True, exist_ok=True)  # someone may have emptied the runs' folder
            for number in range(self.slots):
                lock = Lock(self.slots_folder / str(number))
                if lock.take():
                    return lock
        return None

    def _begin(self, run: Run, *held: Lock) -> None:
        try:
            with alone_in_trouble(run):
                if run.status.state == WAITING:
                    self.workers[run.id] = self.start(run, *(lock.handle for lock in held if lock.handle >= 0))
        finally:
            for lock in held:
                lock.give()

    def _ended(self, run: Run, code: int) -> None:
        """Handle the end of a worker: one that died is restarted, a limited number of times."""
        status = run.status
        if code == ALREADY_RUNNING or not status.active:
            return
        if code == 0:
            if run.wanted:  # asked to go on in the moment in which it left
                self._wait_again(run)
            return
        deaths = status.deaths + 1
        if deaths > RESTARTS:
            run.fail(always_dies(run, deaths, code), deaths=deaths)
        elif run.requested("STOP"):
            run.withdraw("STOP", "PAUSE")
            run.change(state=STOPPED, deaths=deaths)
        else:
            self._wait_again(run, deaths=deaths)
