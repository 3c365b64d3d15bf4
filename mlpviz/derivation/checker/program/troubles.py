"""What may keep a line of a program from being computed, and the limits of what is computed."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from ....maths.messages import N_, Message, Refusal

MOST_ENTRIES = 50_000
"""Of one array, or of one list."""

LONGEST_LIST = 100
"""Entries to which a list grows by what is put into it."""

MOST_WORK = 5_000_000
"""Entries computed in one run."""

MOST_STATEMENTS = 10_000
DEEPEST = 20
"""Functions of the program that are in the middle of a call."""

DEEPEST_EXPRESSION = 120

TROUBLES = {
    "name": N_("{name} has no value here."),
    "early": N_("{name} has no value here: line {line}, which gives it one, could not be computed."),
    "function": N_("The function {name} is not one that is known here."),
    "arguments": N_("{name} takes other arguments."),
    "attribute": N_(".{name} is not known here."),
    "key": N_("{name} has no entry {key}."),
    "index": N_("The index {key} lies outside {name}, which has {count} entries."),
    "short list": N_(
        "{name} has {count} entries and no place {key}, so nothing can be put there: make it as long as it has to be "
        "first, as with [None] * L."
    ),
    "none": N_("There is nothing here yet (None), so {sign} fails: nothing has been assigned to it."),
    "whole": N_("An index must be a whole number, and {name} is {value} here."),
    "kind": N_("{sign} cannot stand between these two things."),
    "value": N_("This is no array and no number."),
    "inner": N_("{a} and {b} do not multiply: inner dimensions {x} and {y} differ."),
    "number product": N_("@ takes two matrices, and one of these is a single number: write *."),
    "entrywise": N_("{a} and {b} cannot be taken entry by entry."),
    "laid": N_(
        "{a} and {b} cannot be taken entry by entry: NumPy lays {b} along the last axis of {a}, not along its first. "
        "Were both as long, it would do so without a word, and wrongly: make it a column, or keep its axis "
        "(keepdims=True)."
    ),
    "into": N_("{b} does not fit into {a}."),
    "axis": N_("An array of shape {a} has no axis {axis}."),
    "reshape": N_("{a} has not the entries of {b}."),
    "boolean": N_("NumPy does not subtract truth values: write ~mask, or 1 - mask."),
    "unpack": N_("{count} values cannot be given to {names} names."),
    "endless": N_("This loop does not end: nothing in it leaves it."),
    "loop": N_("This cannot be looped over."),
    "target": N_("Nothing can be assigned to this."),
    "statement": N_("This is not computed here."),
    "entries": N_("This would have more than {limit} entries, which is more than is computed here."),
    "work": N_("The program computes more than is computed here."),
    "statements": N_("The program takes more than {limit} steps, and stops here."),
    "deep": N_("Functions call each other more than {limit} deep here."),
    "nested": N_("This is nested too deep to be computed."),
}
"""The templates by key."""

SHAPELY = frozenset({"inner", "number product", "entrywise", "laid", "into", "reshape", "axis"})
"""The troubles by which a line does not multiply."""

FAILING = frozenset({"short list", "index", "unpack", "none", "whole", "key", "boolean"})
"""The troubles by which a line fails in its own language: it is wrong, and not unread."""

FATAL = frozenset({"work", "statements"})
"""The troubles that end a program."""


class Trouble(Refusal):
    """A line that cannot be computed, and why."""

    def __init__(self, key: str, /, **details: Any) -> None:
        self.key, self.details = key, details
        ValueError.__init__(self, key)

    @cached_property
    def message(self) -> Message:  # type: ignore[override]
        """The sentence, which most troubles are never asked for."""
        return Message(TROUBLES[self.key], **self.details)

    def __str__(self) -> str:
        return self.message

    @property
    def kind(self) -> str:
        """The kind of its line: "shape", "wrong" or "refused"."""
        return "shape" if self.key in SHAPELY else "wrong" if self.key in FAILING else "refused"

    def __reduce__(self) -> tuple[Any, ...]:
        return _trouble, (self.key, self.details)


def _trouble(key: str, details: dict[str, Any]) -> Trouble:
    return Trouble(key, **details)


def shown(shape: Sequence[int]) -> str:
    return str(tuple(int(n) for n in shape))


@dataclass
class Budget:
    """What a run may still compute."""

    stretched: list[tuple[tuple[int, ...], ...]] = field(default_factory=list)
    statements: int = MOST_STATEMENTS
    work: int = MOST_WORK

    def step(self) -> None:
        """Count one statement. Raises Trouble where there have been too many."""
        self.statements -= 1
        if self.statements < 0:
            raise Trouble("statements", limit=MOST_STATEMENTS)

    def room(self, shape: Sequence[int], effort: int = 1) -> None:
        """Count an array of a shape before it is made. Raises Trouble where it would be too large."""
        if any(n < 0 for n in shape):
            raise Trouble("value")
        count = math.prod(shape)
        if count > MOST_ENTRIES or len(shape) > 4:
            raise Trouble("entries", limit=MOST_ENTRIES)
        self.work -= count * effort
        if self.work < 0:
            raise Trouble("work")
