"""What happens in a run: lines that give values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..reading import syntax as sx
from .things import is_array, numbers_in
from .troubles import Trouble


@dataclass(eq=False)
class Event:
    """Something that a line gave: to which name, what it held then, and the events that it was computed from."""

    number: int
    line: int
    key: tuple[int, int, int]
    path: str
    value: Any
    reads: frozenset[int] = frozenset()
    trouble: Trouble | None = None
    statement: sx.Statement | None = None
    fresh: bool = False
    function: str = ""
    before: int | None = None
    """The event whose array this one changed in place."""

    operands: tuple[tuple[sx.Span, Any], ...] = ()
    """What the names of its line held, by where they stand."""

    stretched: tuple[tuple[tuple[int, ...], ...], ...] = ()
    """The shapes of two arrays that NumPy has repeated to make them fit, and of what came of it."""

    owner: int = 0
    """The object, by identity, if its target is an attribute of one: self.W."""

    lent: Any = None
    """The array of the network that it changed."""


def snapshot(value: Any) -> Any:
    """What a value is now, whatever the program does to it later; a list of numbers is the array that it stands for."""
    if is_array(value):
        return value.copy()
    numbers = numbers_in(value)
    return numbers if numbers is not None else list(value) if isinstance(value, list) else value
