"""What the names of a program may hold besides arrays, numbers, lists and dictionaries."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ..reading.syntax import Definition
from .troubles import Budget, Trouble

Runner = Any
"""The machine that runs the program, which comes after all that it is made of."""


class Growing(list[Any]):
    """A list that a faulty line should have made longer: what is put into it has room."""


@dataclass(frozen=True)
class Fresh:
    """An array that the program draws or fills itself, before it is known what for: its shape, and with what."""

    shape: tuple[int, ...]
    fill: float | None = None

    def made(self, budget: Budget) -> Any:
        budget.room(self.shape)
        if self.fill is None:
            return np.random.default_rng(len(self.shape)).normal(size=self.shape)
        return np.full(self.shape, self.fill)


@dataclass(frozen=True, eq=False)
class Missing:
    """What a name holds after a line that could not be computed."""

    line: int
    trouble: Trouble


@dataclass(eq=False)
class Instance:
    """An object of a class of the program: ``self``."""

    name: str = ""
    fields: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Library:
    """A module, by the name that it is imported under; what it has is in the table of functions."""

    name: str


@dataclass(frozen=True, eq=False)
class Builtin:
    """A function of the table, by name."""

    name: str
    bound: tuple[Any, ...] = ()


@dataclass(frozen=True, eq=False)
class Method:
    """A function of the program that belongs to an object."""

    definition: Definition
    record: Instance


@dataclass(frozen=True, eq=False)
class Maker:
    """A class of the program: called, it makes an object."""

    name: str


class Lookup(dict[Any, Any]):
    """A dictionary of a network's arrays that finds more by the spelling of a key."""

    def __init__(self, find: Callable[[Any], Any], values: Mapping[Any, Any] | None = None) -> None:
        super().__init__(values or {})
        self.find = find

    def __missing__(self, key: Any) -> Any:
        value = self.find(key) if isinstance(key, int) or (isinstance(key, str) and key.isidentifier()) else None
        if value is None:
            raise KeyError(key)
        self[key] = value
        return value


def is_number(value: Any) -> bool:
    return isinstance(value, int | float | np.number | np.bool_) or (isinstance(value, np.ndarray) and value.ndim == 0)


def numbers_in(value: Any) -> Any:
    """A list of numbers, or of rows of them as long as each other, as an array; None for whatever is none."""
    if not isinstance(value, list) or not value:
        return None
    rows = value if isinstance(value[0], list) else [value]
    if len({len(row) if isinstance(row, list) else -1 for row in rows}) > 1:
        return None
    entries = [each for row in rows for each in row]
    if not any(isinstance(each, float) for each in entries) or not all(map(is_entry, entries)):
        return None
    return np.array(value, dtype=float)


def is_entry(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def is_array(value: Any) -> bool:
    return isinstance(value, np.ndarray)
