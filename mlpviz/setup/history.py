"""Undo and redo: the setups before and after the present one."""

from __future__ import annotations

from dataclasses import dataclass, field

from . import limits
from .setup import Setup, same_edits, with_edits_of


@dataclass
class History:
    """The present setup, with what edits replaced and what undo took back.

    Only edits (the network, its numbers, the data) are remembered; how they are looked at changes without a trace.
    """

    present: Setup
    past: list[Setup] = field(default_factory=list)
    future: list[Setup] = field(default_factory=list)

    def change(self, setup: Setup) -> None:
        """Make a setup the present one; it is an edit if anything but the view changed."""
        if not same_edits(setup, self.present):
            self.past = [*self.past, self.present][-limits.UNDO_STEPS :]
            self.future = []
        self.present = setup

    def undo(self) -> bool:
        """Take the last edit back; False if there is none."""
        return self._move(self.past, self.future)

    def redo(self) -> bool:
        """Make the edit again that undo took back; False if there is none."""
        return self._move(self.future, self.past)

    def _move(self, source: list[Setup], target: list[Setup]) -> bool:
        if not source:
            return False
        target.append(self.present)
        self.present = with_edits_of(self.present, source.pop())
        return True
