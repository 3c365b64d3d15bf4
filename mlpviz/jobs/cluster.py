"""Works on runs on a Dask cluster, whose machines share the runs' folder; ``distributed`` is an optional dependency."""

from __future__ import annotations

import os
import threading
from importlib import import_module
from pathlib import Path
from typing import Any

from mlpviz.jobs import folder as runs_folder
from mlpviz.jobs.fair import MOST_OF_ONE, Full
from mlpviz.jobs.local import RESTARTS
from mlpviz.jobs.run import PAUSED, RUNNING, STOPPED, WAITING, Run, Taken


def train(path: str) -> str:
    """What a worker of the cluster does: work on one run, and say how it stands."""
    from mlpviz.jobs.worker import work

    try:
        return work(Run(Path(path))).state
    except Taken:
        return "taken"


class Cluster:
    """Submits runs to a scheduler; the tasks outlive this server, and are restarted when a worker dies."""

    def __init__(self, folder: Path, address: str) -> None:
        try:
            self.distributed = import_module("distributed")
        except ImportError:
            raise ValueError("MLPVIZ_SCHEDULER needs the package distributed: pip install distributed") from None
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.lock, self.futures = folder, threading.Lock(), dict[str, Any]()
        self.client = self.distributed.Client(address, timeout="5s", set_as_default=False)
        self.resources = {"GPU": 1} if os.environ.get("MLPVIZ_GPU_WORKERS") else None

    def open(self) -> Cluster:
        """Begin: clear old runs and submit those that wait; a task that the scheduler still has is not doubled."""
        runs_folder.clear(self.folder)
        for run in sorted(runs_folder.runs(self.folder), key=lambda run: run.status.started_at):
            state = run.status.state
            if state == WAITING or (state == RUNNING and not run.alive):
                self._send(run)
        return self

    def close(self) -> None:
        """Leave the cluster; its tasks go on."""
        self.client.close()

    def submit(self, run: Run) -> None:
        """Let a run be worked on: a learner's first runs go before every other's later ones.

        Raises Full with one sentence if too many wait already.
        """
        if run.status.active and run.alive:
            return
        if len(self._waiting(run.spec.owner)) > MOST_OF_ONE:
            raise Full(f"{MOST_OF_ONE} of your runs are waiting already; accepted are up to {MOST_OF_ONE}.")
        run.ask_no_more("STOP")
        if run.status.state != WAITING or run.id in self.futures:
            run.change(state=WAITING, message="", reason="", deaths=0, begun=run.status.begun + 1)
        self._send(run)

    def stop(self, run: Run) -> None:
        """Ask a run to stop; one that waits or rests is stopped at once."""
        run.ask("STOP")
        if not run.alive and run.status.state in (WAITING, PAUSED):
            future = self.futures.pop(run.id, None)
            if future is not None:
                future.cancel()
            run.ask_no_more("STOP", "PAUSE")
            run.change(state=STOPPED)

    def place(self, run: Run) -> int | None:
        """Its place among the runs that wait, from 1."""
        waiting = [each.id for each in sorted(self._waiting(), key=lambda each: each.status.started_at)]
        return waiting.index(run.id) + 1 if run.id in waiting else None

    def _waiting(self, owner: str | None = None) -> list[Run]:
        """The runs that wait, or one owner's."""
        return [
            run
            for run in runs_folder.runs(self.folder)
            if run.status.state == WAITING and owner in (None, run.spec.owner)
        ]

    def _send(self, run: Run) -> None:
        future = self.client.submit(
            train,
            str(run.path.resolve()),
            key=f"mlpviz-{run.id}-{run.status.begun}",  # the same task, if the scheduler has it already
            pure=False,
            retries=RESTARTS,
            priority=-len(self._waiting(run.spec.owner)),
            resources=self.resources,
        )
        self.distributed.fire_and_forget(future)
        self.futures[run.id] = future
        future.add_done_callback(lambda done: self._ended(run, done))

    def _ended(self, run: Run, future: Any) -> None:
        """A task that the scheduler gave up, since it always killed its worker, fails with a sentence."""
        if future.status == "error" and run.path.is_dir() and run.status.active:
            reason = type(future.exception()).__name__
            run.fail(f"the cluster gave up ({reason}); its last checkpoint is kept")
        elif future.status == "finished" and run.path.is_dir() and run.status.state == PAUSED and run.wanted:
            self.submit(run)
