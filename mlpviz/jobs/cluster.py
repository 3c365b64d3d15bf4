"""Works on runs on a Dask cluster, whose machines share the runs' folder; ``distributed`` is an optional dependency.

The scheduler is given as many runs as its workers have room for; the others wait here, in the queue that all servers on
the folder see. What was given to it goes on without this server, what waits goes on with the next.
"""

from __future__ import annotations

import time
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

from ..maths.messages import Message, Refusal
from . import bounds, checkpoint, disk
from .files import Unreachable
from .local import RESTARTS
from .queue import GPU, PACED, SLOT, Standing
from .run import GIVE_WAY, STOP, AlreadyRunning, Run, stop
from .standings import rooms_of
from .waiting import Waiting

TIMEOUT = "3s"
"""How long the scheduler may take to answer."""

RESOURCES = {"GPU": 1}
"""What a run on the GPU asks of a worker, which is started with ``--resources GPU=1``."""

COUNTED, AGAIN = 1.0, 10.0
"""Seconds for which the cluster's workers are not counted again, and a scheduler that is silent is not asked again."""

SCHEDULER = "scheduler"
"""The room that is full while the scheduler does not answer."""


def train(path: str) -> str:
    """The task of a cluster's worker: work on one run and return its state.

    One that keeps to a pace, and sleeps most of the time, does not count as one of the worker's threads.
    """
    from .worker import work

    run = Run(Path(path))
    if PACED in rooms_of(run, run.status):
        with suppress(Exception):  # not on a worker
            import_module("distributed").secede()
    try:
        return work(run).state
    except AlreadyRunning:
        return "already running"


class Cluster(Waiting):
    """Submits runs to a scheduler; the tasks outlive this server, and are restarted when a worker dies."""

    def __init__(self, folder: Path, address: str) -> None:
        try:
            self.distributed = import_module("distributed")
        except ImportError:
            raise Refusal("MLPVIZ_SCHEDULER needs the package distributed: pip install distributed") from None
        super().__init__(folder)
        disk.make_folder(folder)
        self.address, self.futures = address, dict[str, Any]()
        self.client, self.some_ended = self._connected(), False
        self.room, self.asked_at = self._counted(), time.monotonic()

    def _connected(self) -> Any:
        """The connection to the scheduler. Raises OSError if it does not answer."""
        try:
            return self.distributed.Client(self.address, timeout=TIMEOUT, set_as_default=False)
        except OSError:
            raise Unreachable("the cluster's scheduler does not answer") from None

    def _connect_again(self) -> None:
        """Reconnect if the connection is lost; a restarted scheduler has no tasks any more."""
        if self.client.status == "closed":
            self.client = self._connected()
            self.futures.clear()

    def close(self) -> None:
        """Disconnect from the cluster; its tasks go on."""
        super().close()
        self.client.close()

    def stop(self, run: Run) -> None:
        if not run.alive:
            future = self.futures.pop(run.id, None)
            if future is not None:
                future.cancel()
        super().stop(run)

    def sent(self, run: Run) -> bool:
        future = self.futures.get(run.id)
        return future is not None and future.status == "pending"

    def collect(self) -> bool:
        ended, self.some_ended = self.some_ended, False
        return ended

    def begin(self, standing: Standing, standings: list[Standing]) -> str:
        """Send a run to the scheduler, unless its workers have no room for it, or it does not answer."""
        if not self._answers():
            return SCHEDULER
        for room in standing.rooms:
            if self._taken(room, standings) >= self.room[room]:
                return room
        self._send(standing.run)
        return ""

    def _answers(self) -> bool:
        """Whether the scheduler has lately said how much room its workers have; a silent one is asked now and then."""
        if time.monotonic() > self.asked_at + (COUNTED if self.room else AGAIN):
            self.room, self.asked_at = {}, time.monotonic()
            with suppress(Exception):  # however it fails, the runs wait
                self._connect_again()
                self.room = self._counted()
            self.asked_at = time.monotonic()
        return bool(self.room)

    def _taken(self, room: str, standings: list[Standing]) -> int:
        """How much of a room is taken by runs at work, and by those sent since."""
        return sum(room in each.rooms and (each.at_work or self.sent(each.run)) for each in standings)

    def _counted(self) -> dict[str, int]:
        """How much room the cluster's workers have of each kind."""
        threads = sum(self.client.nthreads().values())
        workers = self.client.scheduler_info(n_workers=-1)["workers"].values()
        gpus = int(sum(worker.get("resources", {}).get("GPU", 0) for worker in workers))
        return {SLOT: threads, PACED: bounds.PACED_A_SLOT * threads, GPU: gpus}

    def lacks(self, run: Run) -> Message:
        room = self.room
        if not room:
            return Message("the cluster's scheduler does not answer")
        if not room[SLOT]:
            return Message("the cluster has no worker")
        if not room[GPU] and GPU in rooms_of(run, run.status):
            return Message("the cluster has no worker with a GPU")
        return Message("")

    def _send(self, run: Run) -> None:
        status = run.status
        run.withdraw(GIVE_WAY)
        future = self.client.submit(
            train,
            str(run.path.resolve()),
            key=f"mlpviz-{run.id}-{status.begun}",  # the same task, if the scheduler has it already
            pure=False,
            retries=RESTARTS,
            resources=RESOURCES if GPU in rooms_of(run, status) else None,
        )
        self.distributed.fire_and_forget(future)
        self.futures[run.id] = future
        future.add_done_callback(lambda done: self._ended(run, done))

    def _ended(self, run: Run, future: Any) -> None:
        """Fail a run whose task the scheduler gave up because it killed its worker every time."""
        with self.lock:
            if self.futures.get(run.id) is future:
                del self.futures[run.id]
            with suppress(OSError, ValueError):
                self._after(run, future)
            self.some_ended = True
            self.look_now()

    def _after(self, run: Run, future: Any) -> None:
        status = run.status
        if future.status == "error" and status.active:
            reason = type(future.exception()).__name__
            remains = checkpoint.remains(run.path)
            run.fail(Message("the cluster gave up ({reason}); {remains}", reason=reason, remains=remains))
        elif future.status == "finished" and status.active and run.requested(STOP):
            stop(run)
        elif future.status == "finished" and self.orphaned(run, new=0.0):
            self.into_queue(run)
