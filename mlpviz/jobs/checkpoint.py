"""The checkpoint of a run: its whole state, and how much of its progress belongs to it.

A new one is written aside, synced and moved into place; the one before stays beside it, so that there is a whole one to
go back to even if the disk itself damages the newest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import reduce
from pathlib import Path
from typing import Any

from ..engine.training.starts import Starts
from ..engine.training.training import Training
from ..maths.messages import Message, Refusal, message_of
from .files import put_arrays, read_arrays
from .run import CHECKPOINTS, Run

LAST = "worked"
"""The entry written last: a file that has it is complete."""


def save(folder: Path, training: Training | Starts, progress: int, worked: float) -> None:
    """Write a run's state, with the bytes of its progress and the seconds of work that belong to it.

    There is a whole checkpoint at every moment. Raises OSError.
    """
    newest, before = CHECKPOINTS
    content = {**training.state(), "progress": progress, LAST: worked}
    put_arrays(folder / newest, content, sync=True, before=before)


def states(folder: Path, names: tuple[str, ...] = ()) -> Iterator[tuple[str, dict[str, Any] | ValueError]]:
    """Each checkpoint, newest first, as a state or the reason why it is damaged; ``names`` limits the entries read."""
    for name in CHECKPOINTS:
        try:
            content = read_arrays(folder / name, names and (*names, LAST))
        except FileNotFoundError:
            continue
        except ValueError as error:
            yield name, error
        else:
            yield name, content if LAST in content else Refusal("{name} is damaged: it ends too early", name=name)


def resume(folder: Path, training: Training | Starts) -> Mapping[str, Any]:
    """Restore a run's newest intact checkpoint and return its entries, none if it has no checkpoint yet.

    Raises ValueError if there are checkpoints and none is whole.
    """
    faults: list[Message] = []
    for _name, state in states(folder):
        if isinstance(state, ValueError):
            faults.append(message_of(state))
            continue
        try:
            training.restore(state)
        except ValueError as error:
            faults.append(message_of(error))
            continue
        return state
    if faults:
        raise Refusal("the run cannot go on: {faults}", faults=reduce(both, faults))
    return {}


def both(first: Message, second: Message) -> Message:
    return Message("{first}; {second}", first=first, second=second)


def newest(folder: Path, *names: str) -> dict[str, Any] | None:
    """The entries ``names`` of the newest intact checkpoint, for display; None if there is none."""
    with suppress(OSError):
        return next((state for _name, state in states(folder, names) if not isinstance(state, ValueError)), None)
    return None


def remains(folder: Path) -> Message:
    """A message on what is left of a run that cannot go on."""
    if newest(folder, LAST) is None:
        return Message("it has no checkpoint yet")
    return Message("its last checkpoint is kept")


def peek(run: Run) -> Training | Starts:
    """The run at its newest checkpoint, to be read and not trained.

    Raises ValueError if it is damaged.
    """
    training = run.spec.training(**run.arrays, device="cpu")
    resume(run.path, training)
    return training
