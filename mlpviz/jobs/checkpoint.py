"""The checkpoint of a run: its whole state, and how much of its progress belongs to it.

A new one is written aside, synced and moved into place; the one before stays beside it, so that there is a whole one to
go back to even if the disk itself damages the newest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from mlpviz.engine.training.training import Training
from mlpviz.jobs.files import put_arrays, read_arrays

NAMES = ("checkpoint.npz", "checkpoint.before.npz")


LAST = "worked"
"""The entry that is written last: a file that has it has them all."""


def save(folder: Path, training: Training, progress: int, worked: float) -> None:
    """Write the state of a run, the bytes of its progress and the seconds of work that belong to it.

    There is a whole checkpoint at every moment. Raises OSError.
    """
    newest, before = NAMES
    content = {**training.state(), "progress": progress, LAST: worked}
    put_arrays(folder / newest, content, sync=True, before=before)


def states(folder: Path, names: tuple[str, ...] = ()) -> Iterator[tuple[str, dict[str, Any] | ValueError]]:
    """The checkpoints there are, the newest first: each a state, or why it is none; ``names`` are all that is read."""
    for name in NAMES:
        try:
            content = read_arrays(folder / name, names and (*names, LAST))
        except FileNotFoundError:
            continue
        except ValueError as error:
            yield name, error
        else:
            yield name, content if LAST in content else ValueError(f"{name} is damaged: it ends too early")


def resume(folder: Path, training: Training) -> Mapping[str, Any]:
    """Bring a run to its newest whole checkpoint; an empty mapping if it has none yet.

    Raises ValueError if there are checkpoints and none is whole.
    """
    faults: list[str] = []
    for _name, state in states(folder):
        if isinstance(state, ValueError):
            faults.append(str(state))
            continue
        try:
            training.restore(state)
        except ValueError as error:
            faults.append(str(error))
            continue
        return state
    if faults:
        raise ValueError("the run cannot go on: " + "; ".join(faults))
    return {}


def newest(folder: Path, *names: str) -> dict[str, Any] | None:
    """The newest whole checkpoint, or what has these names in it, for looking at; None if there is none."""
    return next((state for _name, state in states(folder, names) if not isinstance(state, ValueError)), None)


def told(folder: Path) -> str:
    """What is left of a run that cannot go on, in words."""
    return "its last checkpoint is kept" if newest(folder, LAST) is not None else "it has no checkpoint yet"
