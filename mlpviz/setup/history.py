"""Undo and redo: the setups before and after the present one."""

from __future__ import annotations

from dataclasses import dataclass, field

from . import limits
from .setup import Setup, in_hand_of, replaced, room_of, same_edits, same_writing, with_edits_of, with_writing_of


@dataclass
class History:
    """The present setup, and those that undo and redo lead to.

    Only edits (the network, its numbers, the data) and what is written to be checked are remembered; how they are
    looked at changes without a trace, but for the hand that formulas are written in: it sets many switches at once. To
    enter a room or to leave it changes all, and is undone as a whole.
    """

    present: Setup
    past: list[Setup] = field(default_factory=list)
    future: list[Setup] = field(default_factory=list)

    def change(self, setup: Setup) -> None:
        """Set the present setup; this is an edit if anything but the view changes, or the room, or the hand."""
        if undone(setup, self.present):
            self.past = [*self.past, self.present][-limits.UNDO_STEPS :]
            self.future = []
        self.present = setup

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
            self.present = with_edits_of(with_writing_of(view, there), there)
        return True


def undone(one: Setup, other: Setup) -> bool:
    """Whether undo leads from one setup to another."""
    same = same_edits(one, other) and same_writing(one, other)
    return not same or room_of(one) != room_of(other) or one.hand != other.hand
