"""The kinds of values a setup is made of: how each is written as text, and read back strictly.

A number is written by ``repr`` and so restores bit for bit; it is read only in plain ASCII, and only if it is finite.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from . import limits

Rows = tuple[tuple[float, ...], ...]

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_WHOLE = re.compile(r"-?\d{1,18}", re.ASCII)


@dataclass(frozen=True)
class Kind:
    """One kind of value; ``read`` raises ValueError, at most with the part at fault, for what is not ``accepted``."""

    write: Callable[[Any], str]
    read: Callable[[str], Any]
    accepted: str


def found(text: object) -> str:
    """What was found, quoted, short, and with everything that does not print made visible."""
    text = text if isinstance(text, str) else repr(text)
    return repr(text if len(text) <= limits.NUMBER_LENGTH else text[: limits.NUMBER_LENGTH - 1] + "…")


def written(number: float) -> str:
    """A number as its shortest text that restores it: 1, -0.25, 1e-05."""
    return repr(float(number)).removesuffix(".0").replace("e+", "e")


def read_number(text: str) -> float:
    """A finite number in plain decimal notation."""
    text = text.strip().replace("\N{MINUS SIGN}", "-")
    if len(text) > limits.NUMBER_LENGTH or not _NUMBER.fullmatch(text):
        raise ValueError
    value = float(text)
    if not abs(value) <= limits.MAGNITUDE:
        raise ValueError
    return value


def read_whole(text: str) -> int:
    """A whole number in plain decimal notation."""
    if not _WHOLE.fullmatch(text.strip()):
        raise ValueError
    return int(text)


def require(condition: bool) -> None:
    """Refuse, leaving the words to whoever knows the property's name."""
    if not condition:
        raise ValueError


def each(read: Callable[[str], Any], parts: Iterable[str]) -> Iterator[Any]:
    """Each part as it is read; the refusal names the part at fault."""
    for part in parts:
        try:
            yield read(part)
        except ValueError:
            raise ValueError(part) from None


def word(choices: Iterable[str]) -> Kind:
    """One of a few names."""
    names = tuple(choices)

    def read(text: str) -> str:
        require(text in names)
        return text

    return Kind(str, read, f"is one of {', '.join(names)}")


def words(choices: Iterable[str], most: int) -> Kind:
    """Names, separated by commas."""
    names = tuple(choices)
    one = word(names)

    def read(text: str) -> tuple[str, ...]:
        require(text.count(",") < most)
        return tuple(each(one.read, (part.strip() for part in text.split(","))))

    return Kind(",".join, read, f"are names separated by commas, each one of {', '.join(names)}")


def whole(low: int, high: int) -> Kind:
    """A whole number in a range."""

    def read(text: str) -> int:
        value = read_whole(text)
        require(low <= value <= high)
        return value

    return Kind(str, read, f"is a whole number from {low} to {high}")


def wholes(low: int, high: int, least: int, most: int) -> Kind:
    """Whole numbers in a range, separated by commas."""
    one = whole(low, high)

    def read(text: str) -> tuple[int, ...]:
        require(least <= text.count(",") + 1 <= most)
        return tuple(each(one.read, text.split(",")))

    accepted = f"are {least} to {most} whole numbers from {low} to {high}, separated by commas"
    return Kind(lambda values: ",".join(map(str, values)), read, accepted)


def one_of(choices: tuple[Any, ...]) -> Kind:
    """One of a few values, names or whole numbers."""
    return word(choices) if isinstance(choices[0], str) else whole(min(choices), max(choices))


def number(low: float = -math.inf, above: bool = False) -> Kind:
    """A finite number, from ``low`` up or, with ``above``, greater than it."""

    def read(text: str) -> float:
        value = read_number(text)
        require(value > low if above else value >= low)
        return value

    bound = "" if low == -math.inf else f" {'above' if above else 'from'} {written(low)}" + ("" if above else " up")
    return Kind(written, read, f"is a finite number{bound}")


FLAGS = {"yes": True, "no": False, "true": True, "false": False}


def _read_flag(text: str) -> bool:
    require(text in FLAGS)
    return FLAGS[text]


FLAG = Kind(lambda value: "yes" if value else "no", _read_flag, "is yes or no")


def _read_sample(text: str) -> int | None:
    return None if text == "all" else whole(0, limits.BATCH - 1).read(text)


SAMPLE = Kind(
    lambda value: "all" if value is None else str(value),
    _read_sample,
    f"is all, or the number of a sample from 0 to {limits.BATCH - 1}",
)


def write_rows(rows: Iterable[Iterable[float]]) -> str:
    """Rows of numbers: 1,2;3,4."""
    return ";".join(",".join(map(written, row)) for row in rows)


def read_rows(text: str) -> Rows:
    """Rows of numbers, all equally long."""
    require(text.count(",") + text.count(";") < limits.NUMBERS)
    rows = tuple(tuple(each(read_number, row.split(","))) for row in text.split(";"))
    require(len({len(row) for row in rows}) == 1)
    return rows


MATRIX = Kind(
    write_rows,
    read_rows,
    f"are rows of finite numbers, equally long: commas between numbers, semicolons between rows, "
    f"at most {limits.NUMBERS:,} numbers",
)
