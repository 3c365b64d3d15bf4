"""A room that somebody in this process asks for: what is known of it, who asks, and who waits for something new."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from . import bounds
from .classrooms import OPEN, SHOWN, Classroom


@dataclass
class Watched:
    """A room by its code, with who asks for it; ``room`` is None if it is not there."""

    code: str
    room: Classroom | None = None
    looked: bool = False
    tally: Counter[str] = field(default_factory=Counter)
    uncounted: bool = False
    """Whether another question, or another phase of it, has come since its answers were counted last."""
    unsettled: float = 0.0
    """Until when an answer of before that may still come in."""
    members: int = 0
    teachers: int = 0
    changes: int = 0
    """How often something of all that has changed."""
    asked: float = 0.0
    people: dict[str, tuple[float, bool]] = field(default_factory=dict)
    """The words of the browsers that ask, until when each is here if it does not ask again, and whether it teaches."""
    news: dict[bool, asyncio.Event] = field(default_factory=lambda: {True: asyncio.Event(), False: asyncio.Event()})
    """What who teaches waits for, and what all others do."""
    views: dict[Any, bytes] = field(default_factory=dict)
    """What is answered until something changes."""

    def differs(self, for_all: bool = True) -> None:
        """Wake all who wait for something new, or only who teaches."""
        self.changes += 1
        self.views.clear()
        for teaches in (True, False) if for_all else (True,):
            self.news[teaches].set()
            self.news[teaches] = asyncio.Event()

    def take(self, room: Classroom | None) -> None:
        """Take in the room's row, unless a later one is known."""
        first, self.looked = not self.looked, True
        if room is not None and self.room is not None and room.version < self.room.version:
            return
        if first or room != self.room:
            before = (self.room.asked, self.room.phase) if self.room else ("", "")
            after = (room.asked, room.phase) if room else ("", "")
            if before[0] != after[0]:
                self.tally = Counter()
            if before != after:
                self.uncounted, self.unsettled = True, time.monotonic() + bounds.SETTLE
            self.room = room
            self.differs()

    @property
    def is_full(self) -> bool:
        """Whether its question has as many answers as there may be of those who come and go."""
        return sum(self.tally.values()) >= bounds.ANSWERS

    def count(self, tally: Counter[str]) -> None:
        """Take in how often each answer was given, which is a teacher's to know until it is shown."""
        if tally != self.tally:
            self.tally = tally
            self.differs(for_all=self.room is not None and self.room.phase == SHOWN)

    def seat(self, members: int, teachers: int) -> None:
        """Take in how many are here; all others want to know whether any of them teaches."""
        if (members, teachers) != (self.members, self.teachers):
            has_changed = bool(teachers) != bool(self.teachers)
            self.members, self.teachers = members, teachers
            self.differs(for_all=has_changed)

    def is_answered(self, now: float) -> bool:
        """Whether answers may come in."""
        return self.room is not None and (self.room.phase == OPEN or now < self.unsettled)

    def knows(self, version: int | None) -> bool:
        """Whether what is known of the room is of this version or a later one; None if there is no such room."""
        return self.looked and version is not None and self.room is not None and version <= self.room.version

    def here(self, now: float) -> tuple[int, int]:
        """How many members and teachers of this process are here."""
        self.people = {who: each for who, each in self.people.items() if each[0] > now}
        teachers = sum(teaches for _until, teaches in self.people.values())
        return len(self.people) - teachers, teachers
