"""What all executors do alike: take runs into the queue, begin them in their order, and ask them to give way."""

from __future__ import annotations

import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Self

from ..maths.messages import Message, message_of
from . import disk
from . import folder as runs_folder
from .files import reason_of
from .queue import Standing, check_not_full, in_order, to_give_way
from .run import GIVE_WAY, RUNNING, STOP, WAITING, WATCHED, Run, stop
from .standings import Standings

TICK = 0.05
"""Seconds between two looks at this server's own workers."""

LOOK = 1.0
"""Seconds between two looks at all runs while some wait."""

SEEN = 1.0
"""Seconds for which the order of the waiting runs is cached for the pages."""

NEW = 10.0
"""Seconds after which a run that was made and never queued is taken up."""


@contextmanager
def alone_in_trouble(run: Run) -> Iterator[None]:
    """Let an error inside the block fail only this run, with its message."""
    try:
        yield
    except (OSError, ValueError) as error:
        message = message_of(error)
        if isinstance(error, OSError):
            message = Message("no worker can be started ({reason})", reason=reason_of(error))
        with suppress(OSError):
            if not run.gone:
                run.fail(message)


class Waiting(ABC):
    """The runs that wait in a folder, and one thread that begins them; several servers may share the folder."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.ended = folder, False
        self.lock, self.thread = threading.Condition(), threading.Thread(target=self._loop, daemon=True)
        self.standings, self.some_wait, self.look_at = Standings(folder, self.sent), False, 0.0
        self.seen_at, self.places = 0.0, dict[str, int]()

    # what an executor has to say

    @abstractmethod
    def sent(self, run: Run) -> bool:
        """Whether somebody has begun a run who does not work on it yet."""

    @abstractmethod
    def begin(self, standing: Standing, standings: list[Standing]) -> str:
        """Begin a run; return "", or which room is full."""

    def collect(self) -> bool:
        """Look after this server's own workers; return whether one has ended."""
        return False

    @property
    def busy(self) -> bool:
        """Whether this server has workers of its own to look after."""
        return False

    def lacks(self, _run: Run) -> Message:
        """What there must be before a waiting run can begin, or an empty message; it is said without delay."""
        return Message("")

    # what the pages ask for

    def open(self) -> Self:
        """Clear old runs, close the folder to others, and take up orphaned runs."""
        runs_folder.clear(self.folder)
        runs_folder.close_to_others(self.folder)
        self.take_up(new=0.0)
        self.thread.start()
        return self

    def close(self) -> None:
        """End the thread; workers go on, and waiting runs are left to other servers."""
        with self.lock:
            self.ended = True
            self.lock.notify()

    def submit(self, run: Run) -> None:
        """Queue a run, to continue from its checkpoint if it has one.

        Raises Full with one sentence if too many wait already, OSError or ValueError if it cannot be read or written.
        """
        with self.lock:
            status, owner = run.status, run.spec.owner
            if status.active and (run.alive or self.sent(run)):
                return  # it hears what it is asked for itself
            run.withdraw(STOP, GIVE_WAY)
            disk.touch(run.path / WATCHED)
            if not (status.state == WAITING and status.arrival):
                check_not_full(self.standings.look(), owner)
                self.into_queue(run, message="", reason="", deaths=0, heavy=False)

    def stop(self, run: Run) -> None:
        """Ask a run to stop; one without a worker is stopped at once. Raises OSError if it cannot be asked."""
        with self.lock:
            stop(run)
            self.look_now()

    def place(self, run: Run) -> int | None:
        """The run's place in the queue, from 1; None if it does not wait. The order is cached for a second."""
        if time.monotonic() > self.seen_at + SEEN and self.lock.acquire(timeout=TICK):
            try:
                self._remember(in_order(self.standings.look()))
            finally:
                self.lock.release()
        return self.places.get(run.id)

    def take_up(self, new: float = NEW) -> None:
        """Queue the runs that have lost their worker, and those that were made long ago and never queued."""
        with self.lock:
            for each in sorted(self.standings.read(), key=lambda each: each.status.started_at):
                run, status = each.run, each.status
                with alone_in_trouble(run):
                    if self.orphaned(run, new):
                        self.into_queue(run, arrival=status.arrival or time.time())
            self.look_now()

    def orphaned(self, run: Run, new: float) -> bool:
        """Whether a run should be in the queue and is not, or has lost its worker."""
        alive, status = run.alive or self.sent(run), run.status  # who lets go of a run has written how it stands
        if alive or not status.active:
            return False
        if status.state == WAITING:
            return not status.arrival and time.time() - status.started_at >= new
        return status.state == RUNNING or run.wanted

    def into_queue(self, run: Run, **values: object) -> None:
        """Let a run wait. Raises ValueError if its spec cannot be read, OSError if its status cannot be written."""
        run.check_readable()
        begun = run.status.begun + 1
        run.change(**{"state": WAITING, "arrival": time.time(), "begun": begun, **values})
        self.look_now()

    # the thread

    def look_now(self) -> None:
        """Let the thread look at all runs at once."""
        self.some_wait, self.look_at, self.seen_at = True, 0.0, 0.0
        self.lock.notify()

    def _loop(self) -> None:
        while not self.ended:
            with self.lock:
                with suppress(Exception):  # whatever it was, the next look may succeed
                    self.tick()
                self.lock.wait(TICK if self.busy else LOOK if self.some_wait else None)

    def tick(self) -> None:
        """Collect the workers that have ended, and begin as many waiting runs as there is room for."""
        if self.collect():
            self.some_wait, self.look_at = True, 0.0
        if not self.some_wait or time.monotonic() < self.look_at:
            return
        self.look_at = time.monotonic() + LOOK
        standings = self.standings.look()
        order, blocked = in_order(standings), dict[str, list[Standing]]()
        for standing in order:
            full = next((room for room in standing.rooms if room in blocked), None)
            full = full or self._begun(standing, standings)
            if full:
                blocked.setdefault(full, []).append(standing)
        self._remember([each for waiting in blocked.values() for each in waiting], order)
        self.some_wait = bool(blocked) or any(each.unsettled for each in standings)
        for each in to_give_way(standings, blocked, time.time()):
            with suppress(OSError):
                each.run.request(GIVE_WAY)

    def _begun(self, standing: Standing, standings: list[Standing]) -> str:
        full = [""]
        with alone_in_trouble(standing.run):
            full.append(self.begin(standing, standings))
        return full[-1]

    def _remember(self, waiting: list[Standing], order: list[Standing] | None = None) -> None:
        left = [each for each in order or waiting if each in waiting]
        self.places = {each.run.id: place for place, each in enumerate(left, 1)}
        self.seen_at = time.monotonic()
