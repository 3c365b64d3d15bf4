"""Works on runs on a Dask cluster, whose machines share the runs' folder; ``distributed`` is an optional dependency."""

from __future__ import annotations

import math
import threading
import time
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

from ..maths.messages import Message, Refusal
from . import checkpoint
from . import folder as runs_folder
from .local import GPU, RESTARTS
from .queue import check_not_full
from .run import PAUSED, RUNNING, STOPPED, WAITING, AlreadyRunning, Run

TIMEOUT = "3s"
"""How long the scheduler may take to answer."""

RESOURCES = {"GPU": 1}
"""What a run on the GPU asks of a worker, which is started with ``--resources GPU=1``."""

SEEN = 1.0
"""Seconds for which the order of the waiting runs is cached."""


def train(path: str) -> str:
    """The task of a cluster's worker: work on one run and return its state."""
    from .worker import work

    try:
        return work(Run(Path(path))).state
    except AlreadyRunning:
        return "already running"


class Cluster:
    """Submits runs to a scheduler; the tasks outlive this server, and are restarted when a worker dies."""

    def __init__(self, folder: Path, address: str) -> None:
        try:
            self.distributed = import_module("distributed")
        except ImportError:
            raise Refusal("MLPVIZ_SCHEDULER needs the package distributed: pip install distributed") from None
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.address, self.lock = folder, address, threading.Lock()
        self.futures, self.seen_at, self.seen = dict[str, Any](), -math.inf, list[str]()
        self.client = self._connected()

    def _connected(self) -> Any:
        """The connection to the scheduler. Raises OSError if it does not answer."""
        return self.distributed.Client(self.address, timeout=TIMEOUT, set_as_default=False)

    def _connect_again(self) -> None:
        """Reconnect if the connection is lost; a restarted scheduler has no tasks any more."""
        if self.client.status == "closed":
            self.client = self._connected()
            self.futures.clear()

    def open(self) -> Cluster:
        """Clear old runs and submit the waiting ones."""
        runs_folder.clear(self.folder)
        self.take_up()
        return self

    def take_up(self) -> None:
        """Submit the runs that wait or whose worker has died, unless the scheduler still has their task.

        Raises OSError if the scheduler does not answer.
        """
        with self.lock:
            self._connect_again()
        statuses = {run: run.status for run in runs_folder.runs(self.folder)}
        for run in sorted(statuses, key=lambda run: (statuses[run].turn, statuses[run].started_at)):
            state = statuses[run].state
            with self.lock:
                if (state == WAITING or (state == RUNNING and not run.alive)) and not self._pending(run):
                    self._send_again(run)

    def close(self) -> None:
        """Disconnect from the cluster; its tasks go on."""
        self.client.close()

    def submit(self, run: Run) -> None:
        """Queue a run: a learner's first runs go before all others' later ones.

        Raises Full with one sentence if too many wait already, OSError or ValueError if it cannot be read or written.
        """
        with self.lock:
            self._connect_again()
            if run.status.active and (run.alive or (run.status.state == WAITING and self._pending(run))):
                return
            others = {each: each.status for each in runs_folder.runs(self.folder) if each != run}
            waiting = [each for each, status in others.items() if status.state == WAITING]
            owner = run.spec.owner
            check_not_full(sum(each.belongs_to(owner) for each in waiting), len(waiting))
            busy = [each for each, status in others.items() if status.state in (WAITING, RUNNING)]
            run.withdraw("STOP")
            turn, begun = sum(each.belongs_to(owner) for each in busy), run.status.begun + 1
            run.change(state=WAITING, message="", reason="", deaths=0, begun=begun, turn=turn)
            self._send(run)

    def stop(self, run: Run) -> None:
        """Ask a run to stop; one without a worker is stopped at once. Raises OSError if it cannot be asked."""
        run.request("STOP")
        if run.alive:
            return
        with self.lock, suppress(AlreadyRunning), run.claimed(patience=0.2):
            future = self.futures.pop(run.id, None)
            if future is not None:
                future.cancel()
            if run.status.active:
                run.change(state=STOPPED)
            run.withdraw("STOP", "PAUSE")

    def place(self, run: Run) -> int | None:
        """The run's place in the queue, from 1; the order is cached for a second."""
        if time.monotonic() > self.seen_at + SEEN:
            statuses = {each: each.status for each in runs_folder.runs(self.folder)}
            waiting = [each for each, status in statuses.items() if status.state == WAITING]
            waiting.sort(key=lambda each: (statuses[each].turn, statuses[each].started_at))
            self.seen_at, self.seen = time.monotonic(), [each.id for each in waiting]
        seen = self.seen
        return seen.index(run.id) + 1 if run.id in seen else None

    def _pending(self, run: Run) -> bool:
        future = self.futures.get(run.id)
        return future is not None and future.status == "pending"

    def _send_again(self, run: Run) -> None:
        """Submit a run without a worker again, under its old task's name unless that has ended."""
        try:
            if run.id in self.futures:
                run.change(state=WAITING, begun=run.status.begun + 1)
            self._send(run)
        except (OSError, ValueError) as error:
            with suppress(OSError):
                run.fail(error)

    def _send(self, run: Run) -> None:
        status = run.status
        future = self.client.submit(
            train,
            str(run.path.resolve()),
            key=f"mlpviz-{run.id}-{status.begun}",  # the same task, if the scheduler has it already
            pure=False,
            retries=RESTARTS,
            priority=-status.turn,
            resources=RESOURCES if run.is_on(GPU) else None,
        )
        self.distributed.fire_and_forget(future)
        self.futures[run.id], self.seen_at = future, -math.inf
        future.add_done_callback(lambda done: self._ended(run, done))

    def _ended(self, run: Run, future: Any) -> None:
        """Fail a run whose task the scheduler gave up because it killed its worker every time."""
        status = run.status
        if future.status == "error" and status.active:
            reason = type(future.exception()).__name__
            with suppress(OSError):
                remains = checkpoint.remains(run.path)
                run.fail(Message("the cluster gave up ({reason}); {remains}", reason=reason, remains=remains))
        elif future.status == "finished" and status.state == PAUSED and run.wanted:
            with suppress(OSError, ValueError):
                self.submit(run)
        elif not status.active and self.futures.get(run.id) is future:
            del self.futures[run.id]
