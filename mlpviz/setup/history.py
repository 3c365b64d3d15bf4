"""Undo and redo: the setups before and after the present one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from . import limits
from .codecs import Rows
from .setup import Setup, in_hand_of, replaced, room_of, same_edits, same_writing, with_edits_of, with_writing_of

LETTERS = 8  # characters that take the room of a number


@dataclass
class History:
    """The present setup, and those that undo and redo lead to.

    Only edits (the network, its numbers, the data) and what is written to be checked are remembered; how they are
    looked at changes without a trace, but for the hand that formulas are written in: it sets many switches at once. To
    enter a room or to leave it changes all, and is undone as a whole. A run comes back with its data set.
    """

    present: Setup
    past: list[Setup] = field(default_factory=list)
    future: list[Setup] = field(default_factory=list)

    def change(self, setup: Setup) -> None:
        """Set the present setup; this is an edit if anything but the view changes, or the room, or the hand."""
        if undone(setup, self.present):
            self.past = [*self.past, self.present]
            self.future = []
        self.present = setup
        self.fit()

    def fit(self) -> None:
        """Forget what is furthest away, so that steps and numbers are as many as are kept; one step always is."""
        self.past, self.future = self.past[-limits.UNDO_STEPS :], self.future[-limits.UNDO_STEPS :]
        while len(self.past) + len(self.future) > 1 and numbers_in(*self.past, *self.future) > limits.UNDO_NUMBERS:
            (self.past if len(self.past) >= len(self.future) else self.future).pop(0)

    def undo(self) -> bool:
        """Undo the last edit; return whether there was one."""
        return self._move(self.past, self.future)

    def redo(self) -> bool:
        """Redo the last undone edit; return whether there was one."""
        return self._move(self.future, self.past)

    def _move(self, source: list[Setup], target: list[Setup]) -> bool:
        if not source:
            return False
        target.append(self.present)
        there = source.pop()
        if room_of(there) != room_of(self.present):
            self.present = replaced(there, {"page": self.present.page})
        else:
            view = self.present if there.hand == self.present.hand else in_hand_of(self.present, there)
            edited = with_edits_of(with_writing_of(view, there), there)
            self.present = edited if there.dataset == view.dataset else replaced(edited, {"run": there.run})
        return True


def numbers_in(*setups: Setup) -> int:
    """How many numbers and characters setups hold one by one; what several of them share counts once."""
    parts = {id(part): part for setup in setups for part in (setup.X, setup.Y, setup.optimizer_state, setup.entries)}
    texts = {id(setup.formula): len(setup.formula) // LETTERS for setup in setups}
    return sum(map(count_of, parts.values())) + sum(texts.values())


def count_of(part: Mapping[Any, float] | Rows) -> int:
    """The numbers of given entries, or of rows."""
    return len(part) if isinstance(part, Mapping) else sum(map(len, part))


def undone(one: Setup, other: Setup) -> bool:
    """Whether undo leads from one setup to another."""
    same = same_edits(one, other) and same_writing(one, other)
    return not same or room_of(one) != room_of(other) or one.hand != other.hand
