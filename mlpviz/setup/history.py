"""Undo and redo: the setups before and after the present one."""

from __future__ import annotations

from dataclasses import dataclass, field

from . import limits
from .setup import Setup, replaced, room_of, same_edits, with_edits_of


@dataclass
class History:
    """The present setup, and those that undo and redo lead to.

    Only edits (the network, its numbers, the data) are remembered; how they are looked at changes without a trace. To
    enter a room or to leave it changes all at once, and is undone as a whole.
    """

    present: Setup
    past: list[Setup] = field(default_factory=list)
    future: list[Setup] = field(default_factory=list)

    def change(self, setup: Setup) -> None:
        """Set the present setup; this is an edit if anything but the view changes, or the room."""
        if not same_edits(setup, self.present) or room_of(setup) != room_of(self.present):
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
        elsewhere = room_of(there) != room_of(self.present)
        page = {"page": self.present.page}
        self.present = replaced(there, page) if elsewhere else with_edits_of(self.present, there)
        return True
