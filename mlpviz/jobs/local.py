"""Works on runs on this machine: a queue, and a process of its own for every run.

A worker lives on when the server dies: it is in a session of its own and holds one of the machine's slots, a locked
file that it inherits. Several servers on one folder so share the slots, and no more workers run than there are.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from mlpviz.jobs import folder as runs_folder
from mlpviz.jobs.__main__ import TAKEN
from mlpviz.jobs.fair import Fair
from mlpviz.jobs.lock import Lock
from mlpviz.jobs.run import PAUSED, RUNNING, STOPPED, WAITING, Run

RESTARTS = 3
"""How often a run is begun anew, from its checkpoint, after its worker has died."""

TICK = 0.05


def cores() -> int:
    """How many workers this machine takes."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def start_worker(run: Run, slot: int) -> subprocess.Popen[bytes]:
    """A worker on a run: one BLAS thread, its own session, and the slot that it holds."""
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, [str(runs_folder.ROOT), os.environ.get("PYTHONPATH")]))
    with (run.path / "worker.log").open("ab") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "mlpviz.jobs", str(run.path.resolve())],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            pass_fds=[slot] if os.name == "posix" else (),
        )


class Local:
    """The queue of this server and its workers; one thread looks after both."""

    def __init__(self, folder: Path, slots: int | None = None, start: Callable = start_worker) -> None:
        self.folder, self.slots, self.start = folder, slots or cores(), start
        self.queue, self.workers = Fair(), dict[str, subprocess.Popen]()
        self.lock, self.thread = threading.Condition(), threading.Thread(target=self._loop, daemon=True)
        (folder / ".slots").mkdir(parents=True, exist_ok=True)
        self.ended = False

    def open(self) -> Local:
        """Begin: clear old runs, and take up those that wait or whose worker has died with an earlier server."""
        runs_folder.clear(self.folder)
        for run in sorted(runs_folder.runs(self.folder), key=lambda run: run.status.started_at):
            state = run.status.state
            if state == WAITING or (state == RUNNING and not run.alive):
                run.change(state=WAITING)
                self.queue.add(run.id, run.spec.owner)
        self.thread.start()
        return self

    def close(self) -> None:
        """End the thread; workers go on."""
        with self.lock:
            self.ended = True
            self.lock.notify()

    def submit(self, run: Run) -> None:
        """Let a run be worked on when its turn comes, from its checkpoint if it has one.

        Raises Full with one sentence if too many wait already.
        """
        with self.lock:
            if run.status.active and (run.id in self.workers or run.alive):
                return  # it hears what it is asked for itself
            run.ask_no_more("STOP")
            owner = run.spec.owner
            at_work = sum(Run(self.folder / name).spec.owner == owner for name in self.workers)
            self.queue.add(run.id, owner, at_work)
            if run.status.state != WAITING:
                run.change(state=WAITING, message="", reason="", deaths=0)
            self.lock.notify()

    def stop(self, run: Run) -> None:
        """Ask a run to stop; one that still waits or rests is stopped at once."""
        run.ask("STOP")
        with self.lock:
            waited = self.queue.drop(run.id)
            if waited or (run.status.state == PAUSED and not run.alive):
                run.ask_no_more("STOP", "PAUSE")
                run.change(state=STOPPED)

    def place(self, run: Run) -> int | None:
        """Its place in the queue, from 1; None if it does not wait here."""
        with self.lock:
            return self.queue.place(run.id)

    def _loop(self) -> None:
        while not self.ended:
            with self.lock:
                self.tick()
                self.lock.wait(TICK if self.workers or len(self.queue) else None)

    def tick(self) -> None:
        """See which workers have ended, and start as many as there are slots."""
        for name, worker in list(self.workers.items()):
            if worker.poll() is not None:
                del self.workers[name]
                self._ended(Run(self.folder / name), worker.returncode)
        while len(self.workers) < self.slots and (turn := self.queue.next(but=self.workers)) is not None:
            slot = self._free_slot()
            if slot is None:
                return
            self.queue.drop(turn)
            self._begin(Run(self.folder / turn), slot)

    def _free_slot(self) -> Lock | None:
        """One of the machine's slots, taken; None if all are."""
        for number in range(self.slots):
            lock = Lock(self.folder / ".slots" / str(number))
            if lock.take():
                return lock
        return None

    def _begin(self, run: Run, slot: Lock) -> None:
        try:
            if run.path.is_dir() and run.status.state == WAITING:
                self.workers[run.id] = self.start(run, slot.handle)
        except OSError as error:
            run.fail(f"no worker can be started ({error.strerror or error})")
        finally:
            slot.give()

    def _ended(self, run: Run, code: int) -> None:
        """A worker has ended: one that died is begun anew, a bounded number of times."""
        status = run.status
        if code == TAKEN or not run.path.is_dir() or not status.active:
            return
        if code == 0:
            if run.wanted:  # asked to go on in the moment in which it left
                run.change(state=WAITING)
                self.queue.add(run.id, run.spec.owner)
            return
        how = f"signal {-code}" if code < 0 else f"exit status {code}"
        deaths = status.deaths + 1
        if deaths > RESTARTS:
            sentence = f"its worker died {deaths} times ({how}); its last checkpoint is kept"
            run.fail(sentence, deaths=deaths)
        elif run.asks("STOP"):
            run.ask_no_more("STOP", "PAUSE")
            run.change(state=STOPPED, deaths=deaths)
        else:
            run.change(state=WAITING, deaths=deaths)
            self.queue.add(run.id, run.spec.owner)


def wait_for(run: Run, states: tuple[str, ...], seconds: float) -> bool:
    """Wait until a run is in one of the states; False if it is not in time."""
    deadline = time.monotonic() + seconds
    while run.status.state not in states:
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True
