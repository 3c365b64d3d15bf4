"""The folder of all runs: making one, finding one, and clearing old ones.

The rule: a run that is at its end, stopped, paused or rests is cleared a week after its last change. When a run is made
and there are too many of its learner's, or too many in all, those at rest make room: the learner's own first, the
longest unchanged first, then those of whoever keeps most. A run that waits or is worked on is never cleared. What was
left of a run that could not be written whole, and a table that nobody has used, are cleared after a week, too.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
import stat
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ..maths.messages import Refusal
from . import bounds, disk, tables
from .run import RESERVE, RUNNING, SPEC, STATUS, WAITING, Run
from .spec import Spec

ROOT = Path(__file__).parents[2]
ID = re.compile(r"[0-9a-f]{16}")
NOBODY = "nobody"
"""Who makes a run when none is made."""


def default_folder() -> Path:
    """The folder of all runs: ``MLPVIZ_RUNS``, or ``runs`` beside the program."""
    return Path(os.environ.get("MLPVIZ_RUNS") or ROOT / "runs")


def create(folder: Path, spec: Spec, X: Any, Y: Any, theta: Any) -> Run:
    """Create a run that is not queued yet; old ones make room for it.

    Raises ValueError if network, data and settings do not fit together or there is no room, OSError if it cannot be
    written.
    """
    spec.check_numbers(X, Y)
    spec.training(X, Y, theta, device="cpu")
    make_room(folder, spec.owner, sum(np.asarray(each).nbytes for each in (X, Y, theta)) + RESERVE)
    path = folder / secrets.token_hex(8)
    disk.make_folder(path)
    try:
        run = Run(path)
        run.write(spec, {"X": X, "Y": Y, "theta": theta})
        tables.use(folder, str(spec.about.get("setup", {}).get("dataset", "")))
    except BaseException:
        disk.remove_folder(path)
        raise
    return run


def find(folder: Path, name: str) -> Run | None:
    path = folder / name
    return Run(path) if ID.fullmatch(name) and (path / SPEC).is_file() else None


def runs(folder: Path) -> Iterator[Run]:
    if folder.is_dir():
        for path in folder.iterdir():
            if (run := find(folder, path.name)) is not None:
                yield run


@dataclass(frozen=True)
class Kept:
    """A run at rest, whose it is, when it last changed, and its bytes."""

    run: Run
    owner: str
    rests: bool
    time: float
    size: int


_kept: dict[Path, tuple[int, Kept]] = {}
"""What is known of each run, and the time of its status then: reading a thousand of them takes long."""


def kept(folder: Path) -> list[Kept]:
    """All runs as the rules for clearing see them."""
    return [known(run) for run in runs(folder)]


def known(run: Run) -> Kept:
    """A run as the rules for clearing see it, read anew only if its status has changed."""
    with suppress(OSError):
        changed = (run.path / STATUS).stat().st_mtime_ns
        before = _kept.get(run.path)
        if before is None or before[0] != changed:
            _kept[run.path] = changed, described(run)
        return _kept[run.path][1]
    return described(run)


def described(run: Run) -> Kept:
    status, owner = run.status, run.spec.owner if run.readable else ""
    return Kept(run, owner, status.state not in (WAITING, RUNNING), status.time, size(run))


def make_room(folder: Path, owner: str = NOBODY, wanted: int = 0) -> list[str]:
    """Discard runs at rest until one more of ``wanted`` bytes finds room; return their names.

    Raises ValueError if what does not rest leaves no room.
    """
    there, cleared = kept(folder), list[str]()
    while (whose := too_many(there, owner, wanted)) is not None:
        resting = [each for each in there if each.rests and each.owner == whose and not each.run.alive]
        if not resting:
            raise Refusal(
                "There is no room for another run here: accepted are up to {runs:,} runs and {bytes:,} bytes of yours, "
                "and those at work keep theirs.",
                runs=bounds.OWN_RUNS,
                bytes=bounds.OWN_BYTES,
            )
        oldest = min(resting, key=lambda each: each.time)
        there.remove(oldest)
        discard(oldest.run)
        cleared.append(oldest.run.id)
    return cleared


def too_many(there: list[Kept], owner: str, wanted: int) -> str | None:
    """Whose runs are to make room, if any are: the learner's own while there are some, then those of who keeps most."""
    own = [each for each in there if each.owner == owner]
    if owner != NOBODY and (len(own) >= bounds.OWN_RUNS or total(own) + wanted > bounds.OWN_BYTES):
        return owner
    if len(there) + (owner != NOBODY) <= bounds.MOST_RUNS and total(there) + wanted <= bounds.MOST_BYTES:
        return None
    resting = [each for each in there if each.rests]
    if any(each.owner == owner for each in resting):
        return owner
    sizes = Counter[str]()
    for each in resting:
        sizes[each.owner] += each.size
    return max(sizes, key=sizes.__getitem__, default=owner)


def total(runs: Iterable[Kept]) -> int:
    return sum(each.size for each in runs)


def clear(folder: Path, now: float | None = None) -> list[str]:
    """Remove the runs and tables that nobody has used for a week, and what is too much; return the runs' names."""
    now, cleared = time.time() if now is None else now, []
    for each in kept(folder):
        if each.rests and now - each.time > bounds.AGE and not each.run.alive:
            discard(each.run)
            cleared.append(each.run.id)
    with suppress(ValueError):
        cleared += make_room(folder)
    for path in set(_kept) - {run.path for run in runs(folder)}:
        _kept.pop(path, None)
    clear_remains(folder, now)
    tables.clear(folder, now)
    return cleared


def clear_remains(folder: Path, now: float) -> None:
    """Remove old directories that never became a run."""
    for path in folder.iterdir() if folder.is_dir() else ():
        with suppress(OSError):
            if ID.fullmatch(path.name) and not (path / SPEC).exists() and now - path.stat().st_mtime > bounds.AGE:
                shutil.rmtree(path)


def close_to_others(folder: Path) -> None:
    """Take away what others may do with the runs and tables, and with their folder unless it is everybody's."""
    with suppress(OSError):
        for path in (*folder.iterdir(), *([] if folder.stat().st_mode & stat.S_ISVTX else [folder])):
            if path == folder or path.name.startswith(".") or ID.fullmatch(path.name):
                disk.close_to_others(path)


def size(run: Run) -> int:
    """Bytes of a run's files; a file replaced meanwhile does not count."""
    total = 0
    for path in run.path.glob("*"):
        with suppress(OSError):
            total += path.stat().st_size
    return total


def forget_table(folder: Path, name: str) -> None:
    """Remove a table and every run that was made of it. Raises OSError if the table cannot be removed."""
    tables.delete(folder, name)
    for run in runs(folder):
        if run.readable and run.spec.about.get("setup", {}).get("dataset") == name:
            discard(run)


def discard(run: Run) -> None:
    """Remove a run; a worker on it ends at its next look. What says that it is one goes first."""
    with suppress(OSError):
        disk.remove(run.path / SPEC)
    disk.remove_folder(run.path)
