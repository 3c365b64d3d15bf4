"""Learners' tables, kept beside the runs so that a link finds them for some time, and removed when that is over."""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np

from . import bounds, disk
from .files import put_arrays, read_arrays

PREFIX = "csv-"
NAME = re.compile(PREFIX + r"[0-9a-f]{16}")
BYTES, OWN_BYTES = 1_000_000_000, 100_000_000
"""Most bytes of all tables, and of one learner's."""

OWNER = "owner"


def place(folder: Path, name: str) -> Path:
    return folder / ".tables" / f"{name}.npz"


def paths(folder: Path) -> list[Path]:
    """The files of all tables, the newest first."""
    found = [path for path in (folder / ".tables").glob("*.npz") if path.is_file()]
    return sorted(found, key=lambda path: path.stat().st_mtime, reverse=True)


def keep(folder: Path, owner: str, arrays: Mapping[str, Any]) -> str:
    """Keep the arrays of a table and return its name; the oldest make room, its owner's own first.

    Raises OSError if it cannot be written.
    """
    disk.make_folder(folder / ".tables")
    clear(folder, time.time())
    make_room(folder, owner, sum(np.asarray(each).nbytes for each in arrays.values()))
    name = PREFIX + secrets.token_hex(8)
    put_arrays(place(folder, name), {**arrays, OWNER: np.array(owner)})
    return name


def make_room(folder: Path, owner: str, wanted: int) -> None:
    """Remove the oldest tables until one more of ``wanted`` bytes finds room: of the owner's, then of all."""
    for mine, most in ((True, OWN_BYTES), (False, BYTES)):
        left = most - wanted
        for path in paths(folder):
            if not mine or owner_of(path) == owner:
                left -= path.stat().st_size
                if left < 0:
                    disk.remove(path)


def changed(folder: Path, name: str) -> float:
    """What tells a table from a later one of its name. Raises OSError if it is not there."""
    return checked(folder, name).stat().st_ino


def checked(folder: Path, name: str) -> Path:
    if not NAME.fullmatch(name):
        raise FileNotFoundError(name)
    return place(folder, name)


def read(folder: Path, name: str, names: tuple[str, ...]) -> dict[str, np.ndarray]:
    """The arrays of a table, . Raises ValueError or OSError if it is not there or damaged."""
    return read_arrays(checked(folder, name), names)


def use(folder: Path, name: str) -> None:
    """Note that a table is used, so that it is kept as long as what is made of it."""
    path = place(folder, name)
    with suppress(OSError):
        if NAME.fullmatch(name) and path.is_file():
            disk.touch(path)


def owner_of(path: Path) -> str:
    """Whose a table is; nobody's if that is not written."""
    with suppress(OSError, ValueError):
        return str(read_arrays(path, (OWNER,))[OWNER])
    return ""


def may_delete(folder: Path, name: str, owner: str) -> bool:
    """Whether a table is there and is the owner's."""
    path = place(folder, name)
    return bool(NAME.fullmatch(name)) and path.is_file() and owner_of(path) in ("", owner)


def delete(folder: Path, name: str) -> None:
    """Remove a table. Raises OSError if that fails."""
    disk.remove(place(folder, name))


def clear(folder: Path, now: float) -> None:
    """Remove the tables that nobody has used for a week, and what was left of those that could not be written."""
    for path in remains(folder):
        with suppress(OSError):
            if now - path.stat().st_mtime > bounds.AGE:
                disk.remove(path)


def remains(folder: Path) -> Iterator[Path]:
    yield from (folder / ".tables").glob("*")
