"""Parameter entries that are given one by one, as they stand in a link and in a file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..maths.messages import Message
from . import limits
from .codecs import Codec, Rows, read_number, read_rows, require, write_rows, written

EntryKey = tuple[str, int, int, int]  # ("W" or "b", l, row, column)

_ARRAY = re.compile(r"([Wb])(\d{1,4})(?:\.(\d{1,4})\.(\d{1,4}))?", re.ASCII)


@dataclass(frozen=True)
class Entries:
    """Parameter entries of a text: ``only`` these, or these on top of the preset's own."""

    values: Mapping[EntryKey, float]
    only: bool = False


def arrays_of(entries: Mapping[EntryKey, float]) -> dict[tuple[str, int], dict[tuple[int, int], float]]:
    arrays: dict[tuple[str, int], dict[tuple[int, int], float]] = {}
    for (letter, l, row, column), value in sorted(entries.items(), key=lambda item: (item[0][1], item[0])):
        arrays.setdefault((letter, l), {})[row, column] = value
    return arrays


def rectangle(cells: Mapping[tuple[int, int], float]) -> Rows | None:
    """The rows of a block of cells that starts at 0, 0 without a gap; None if the cells are no such block."""
    height, width = (1 + max(axis) for axis in zip(*cells, strict=True))
    if height * width != len(cells):
        return None
    return tuple(tuple(cells[row, column] for column in range(width)) for row in range(height))


def write_entries(entries: Entries) -> str:
    """W1:1,2;3,4 for a block of W[1], b2.0.1:5 for one entry of b[2], counted from 0; ~ stands between them."""
    parts = ["only"] if entries.only else []
    for (letter, l), cells in arrays_of(entries.values).items():
        rows = rectangle(cells)
        if rows is not None and len(cells) > 1:
            parts.append(f"{letter}{l}:{write_rows(rows)}")
        else:
            parts += [f"{letter}{l}.{row}.{column}:{written(value)}" for (row, column), value in cells.items()]
    return "~".join(parts)


def read_entries(text: str) -> Entries:
    require(sum(map(text.count, ",;~")) < limits.NUMBERS)
    parts = text.split("~")
    only = parts[0] == "only"
    values: dict[EntryKey, float] = {}
    for part in parts[only:]:
        for key, value in _read_part(part):
            require(key not in values)
            values[key] = value
    return Entries(values, only)


def _read_part(part: str) -> Iterable[tuple[EntryKey, float]]:
    name, colon, numbers = part.partition(":")
    match = _ARRAY.fullmatch(name)
    if match is None or not colon:
        raise ValueError
    letter, l = match[1], int(match[2])
    if match[3] is not None:
        yield (letter, l, int(match[3]), int(match[4])), read_number(numbers)
        return
    for row, values in enumerate(read_rows(numbers)):
        for column, value in enumerate(values):
            yield (letter, l, row, column), value


ENTRIES = Codec(
    write_entries,
    read_entries,
    Message("is W1:1,2;3,4 for rows of numbers of W[1], or W1.0.1:5 for one entry counted from 0, with ~ between them"),
)
