"""Faults of a program: lines that are wrong, in which way, and what they should have given."""

from __future__ import annotations

from dataclasses import dataclass

from .runs import Rehearsal, Seen
from .telling import Sighting


@dataclass(frozen=True, eq=False)
class Fault:
    """A line that is wrong: in which way, what it gave, and what it should have given."""

    way: str
    seen: Seen
    expected: str = ""
    sighting: Sighting | None = None
    source: Seen | None = None
    """The line that made what this one only puts in its place."""

    @property
    def blamed(self) -> Seen:
        """The line that is marked."""
        return self.source or self.seen

    @property
    def due(self) -> str:
        """What it should have given, without how."""
        return self.expected.removeprefix("updated ").removeprefix("column ")

    @property
    def kind(self) -> str:
        trouble = self.seen.event.trouble
        if trouble is None:
            return "wrong"
        return trouble.kind


STOPPED = 20.0
"""The cost of a run that was broken off: nothing is known of the lines after that."""


@dataclass(frozen=True, eq=False)
class Findings:
    """The faults of a program in one stance, what they should have given, and the run with that."""

    faults: list[Fault]
    corrections: dict[tuple[int, int], dict[int | None, str]]
    run: Rehearsal

    @property
    def cost(self) -> float:
        """How much in a program is not as it should be."""
        lines = {each.blamed.event.line for each in self.faults} | set(self.run.machine.troubles)
        return float(len(lines)) + (STOPPED if self.run.machine.stopped else 0)

    @property
    def told(self) -> int:
        """The number of lines that hold something of the network."""
        return len({seen.event.line for seen in self.run.seen if seen.told})
