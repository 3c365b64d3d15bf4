"""How all runs of a folder stand: read anew only where something has changed, so that it can be asked often."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from . import folder as runs_folder
from .queue import AT_WORK, GPU, PACED, RESTS, SLOT, WAITS, Standing
from .run import GIVE_WAY, PAUSED, RUNNING, STATUS, WAITING, Run, Status

DEVICE = "cuda"
"""The device that only one run may use."""


@dataclass
class Read:
    """A status, what its file looked like when it was read, and the bytes of a run that rests."""

    run: Run
    version: tuple[int, ...]
    status: Status
    size: int = -1


class Standings:
    """The statuses of all runs; ``sent`` says of a run whether somebody has begun it who does not work on it yet."""

    def __init__(self, folder: Path, sent: Callable[[Run], bool]) -> None:
        self.folder, self.sent, self.seen = folder, sent, dict[str, Read]()

    def look(self) -> list[Standing]:
        """How every run stands now."""
        return [standing_of(each.run, each.status, self.sent) for each in self.read()]

    def read(self) -> Iterator[Read]:
        """Every run and its status."""
        before, self.seen = self.seen, {}
        for run in runs_folder.runs(self.folder):
            known, version = before.get(run.id), version_of(run)
            if known is None or known.version != version or not version:
                known = Read(known.run if known else run, version, run.status)
            self.seen[run.id] = known
            yield known


def version_of(run: Run) -> tuple[int, ...]:
    """What tells a new status from the last one."""
    with suppress(OSError):
        found = (run.path / STATUS).stat()
        return found.st_mtime_ns, found.st_ino, found.st_size
    return ()


def standing_of(run: Run, status: Status, sent: Callable[[Run], bool]) -> Standing:
    owner = run.spec.owner if run.readable else ""
    stands = how(run, status, sent)
    taken = math.inf if status.state == WAITING else status.taken  # just begun, its worker has not said so yet
    asked = stands == AT_WORK and run.requested(GIVE_WAY)
    return Standing(run, owner, stands, status.arrival, taken, status.left, rooms_of(run, status), asked)


def how(run: Run, status: Status, sent: Callable[[Run], bool]) -> str:
    if status.state == WAITING and status.arrival:
        return AT_WORK if sent(run) else WAITS
    return AT_WORK if status.state in (RUNNING, PAUSED) and run.alive else RESTS


def rooms_of(run: Run, status: Status) -> frozenset[str]:
    """What a run takes of the machine while it is at work."""
    paced = run.readable and run.spec.pace > 0 and not status.heavy
    return frozenset({PACED if paced else SLOT} | ({GPU} if run.is_on(DEVICE) else set()))
