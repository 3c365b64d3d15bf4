"""The checkpoint of a run: its whole state, and how much of its progress belongs to it.

A new one is written aside, synced and moved into place; the one before stays beside it, so that there is a whole one to
go back to even if the disk itself damages the newest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from mlpviz.engine.training import Training
from mlpviz.jobs.files import put_arrays, read_arrays

NAMES = ("checkpoint.npz", "checkpoint.before.npz")


def save(folder: Path, training: Training, **more: Any) -> None:
    """Write the state of a run, with some numbers more; there is a whole checkpoint at every moment."""
    newest, before = NAMES
    put_arrays(folder / newest, {**training.state(), **more}, sync=True, before=before)


def states(folder: Path) -> Iterator[tuple[str, dict[str, Any] | ValueError]]:
    """The checkpoints there are, the newest first: each a state, or why it is none."""
    for name in NAMES:
        try:
            yield name, read_arrays(folder / name)
        except FileNotFoundError:
            continue
        except ValueError as error:
            yield name, error


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


def newest(folder: Path) -> dict[str, Any] | None:
    """The newest whole checkpoint, for looking at; None if there is none."""
    return next((state for _name, state in states(folder) if not isinstance(state, ValueError)), None)
