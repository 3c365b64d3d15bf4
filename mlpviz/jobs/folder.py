"""The folder of all runs: making one, finding one, and clearing old ones.

The rule: a run that is at its end, stopped or paused is cleared a week after its last change, and earlier if there are
more than 1,000 runs or 5 GB of them, the longest unchanged first. A run that waits or is worked on is never cleared.
What was left of a run that could not be written whole is cleared a week after its last change, too.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from .run import RUNNING, SPEC, WAITING, Run
from .spec import Spec

ROOT = Path(__file__).parents[2]
ID = re.compile(r"[0-9a-f]{16}")

AGE = 7 * 24 * 3600.0
MOST_RUNS = 1_000
MOST_BYTES = 5_000_000_000


def default_folder() -> Path:
    """The folder of all runs: ``MLPVIZ_RUNS``, or ``runs`` beside the program."""
    return Path(os.environ.get("MLPVIZ_RUNS") or ROOT / "runs")


def create(folder: Path, spec: Spec, X: Any, Y: Any, theta: Any) -> Run:
    """Create a run that is not queued yet.

    Raises ValueError if network, data and settings do not fit together, OSError if it cannot be written.
    """
    spec.training(X, Y, theta, device="cpu")
    path = folder / secrets.token_hex(8)
    path.mkdir(parents=True)
    try:
        run = Run(path)
        run.write(spec, {"X": X, "Y": Y, "theta": theta})
    except BaseException:
        shutil.rmtree(path, ignore_errors=True)
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


def clear(folder: Path, now: float | None = None) -> list[str]:
    """Remove old runs by the rule above; return their names."""
    now = time.time() if now is None else now
    sizes = {run: size(run) for run in runs(folder)}
    statuses = {run: run.status for run in sizes}
    resting = {run: status.time for run, status in statuses.items() if status.state not in (WAITING, RUNNING)}
    count, total, cleared = len(sizes), sum(sizes.values()), []
    for run in sorted(resting, key=resting.__getitem__):
        if (now - resting[run] > AGE or count > MOST_RUNS or total > MOST_BYTES) and not run.alive:
            discard(run)
            count, total = count - 1, total - sizes[run]
            cleared.append(run.id)
    clear_remains(folder, now)
    return cleared


def clear_remains(folder: Path, now: float) -> None:
    """Remove old directories that never became a run."""
    for path in folder.iterdir() if folder.is_dir() else ():
        with suppress(OSError):
            if ID.fullmatch(path.name) and not (path / SPEC).exists() and now - path.stat().st_mtime > AGE:
                shutil.rmtree(path)


def size(run: Run) -> int:
    """Bytes of a run's files; a file replaced meanwhile does not count."""
    total = 0
    for path in run.path.glob("*"):
        with suppress(OSError):
            total += path.stat().st_size
    return total


def discard(run: Run) -> None:
    shutil.rmtree(run.path, ignore_errors=True)
