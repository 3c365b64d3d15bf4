"""Works on runs on this machine: a queue, and a process of its own for every run.

A worker lives on when the server dies: it is in a session of its own and holds one of the machine's slots, a locked
file that it inherits. Several servers on one folder so share the slots, and no more workers run than there are. The
queue is how the runs stand in their folder, so that all servers see the same one, and a dead one leaves nothing behind.

A run that keeps to a pace sleeps most of the time: it holds no slot but one of more places that are made for such runs.
One run at a time is made on the GPU: its worker holds the card as well, a locked file like the slots. Other runs for
the GPU wait until it is free, however many slots there are, and runs for the CPU go past them.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from ..maths.messages import Message, counted, verbatim
from . import bounds, checkpoint, disk
from .folder import ROOT
from .lock import Lock
from .queue import GPU, PACED, SLOT, Standing
from .run import GIVE_WAY, PAUSED, STOP, WAITING, Run, stop
from .waiting import Waiting, alone_in_trouble
from .worker import ALREADY_RUNNING

RESTARTS = 3
"""How often a run is restarted from its checkpoint after its worker has died."""

CARD = "gpu"
"""The name of the GPU's lock file."""

WORDS = 200
"""Most characters quoted of a worker's last line."""


def cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def start_worker(run: Run, *held: int) -> subprocess.Popen[bytes]:
    """Start a worker: one BLAS thread, its own session, and the lock files it inherits (a slot, perhaps the GPU)."""
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    with disk.opened(run.path / "worker.log", "ab") as log:
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


class Local(Waiting):
    """This machine's workers: a process for every run."""

    def __init__(self, folder: Path, slots: int | None = None, start: Callable = start_worker) -> None:
        super().__init__(folder)
        self.slots, self.start, self.workers = slots or cores(), start, dict[str, subprocess.Popen]()
        self.slots_folder = folder / ".slots"
        disk.make_folder(self.slots_folder)

    def sent(self, run: Run) -> bool:
        return run.begun.held

    @property
    def busy(self) -> bool:
        return bool(self.workers)

    def begin(self, standing: Standing, _standings: list[Standing]) -> str:
        """Start a worker with what it holds: its run, a place, perhaps the GPU. Whoever cannot take all takes none."""
        run, held = standing.run, list[Lock]()
        try:
            for room in standing.rooms:
                lock = self._free(room)
                if lock is None:
                    return room
                held.append(lock)
            claim = run.begun
            if claim.take():
                held.append(claim)
                self._start(run, held)
        finally:
            for lock in held:
                lock.give()
        return ""

    def _start(self, run: Run, held: list[Lock]) -> None:
        run.check_readable()
        if run.status.state == WAITING and run.id not in self.workers:  # one that has just died is collected first
            run.withdraw(GIVE_WAY)
            self.workers[run.id] = self.start(run, *(lock.handle for lock in held))

    def _free(self, room: str) -> Lock | None:
        """Take a free place of a room; None if all are taken."""
        with suppress(OSError):
            disk.make_folder(self.slots_folder)  # someone may have emptied the runs' folder
            for name in self._places(room):
                lock = Lock(self.slots_folder / name)
                if lock.take():
                    return lock
        return None

    def _places(self, room: str) -> list[str]:
        """The lock files of a room."""
        if os.name != "posix" and len(self.workers) >= self.slots:
            return []  # no worker there holds what it was given
        paced = min(bounds.PACED_A_SLOT * self.slots, bounds.PACED)
        names = {SLOT: [str(k) for k in range(self.slots)], PACED: [f"paced {k}" for k in range(paced)], GPU: [CARD]}
        return names[room]

    def collect(self) -> bool:
        ended = {name: worker.returncode for name, worker in self.workers.items() if worker.poll() is not None}
        for name, code in ended.items():
            del self.workers[name]
            run = Run(self.folder / name)
            with alone_in_trouble(run):
                self._ended(run, code)
        return bool(ended)

    def _ended(self, run: Run, code: int) -> None:
        """Handle the end of a worker: one that died is restarted, a limited number of times."""
        status = run.status
        if code == ALREADY_RUNNING or not status.active:
            return
        if run.requested(STOP):  # asked in the moment in which it left
            stop(run)
        elif code:
            self._died(run, status.deaths + 1, code)
        elif status.state == PAUSED and run.wanted:
            self.into_queue(run)

    def _died(self, run: Run, deaths: int, code: int) -> None:
        if deaths > RESTARTS:
            run.fail(always_dies(run, deaths, code), deaths=deaths)
        else:
            self.into_queue(run, arrival=run.status.arrival, deaths=deaths)
