"""The queue of runs that wait: fair between learners, bounded, and everyone can see their place in it."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, field
from typing import NamedTuple

from ..maths.messages import Refusal, counted

MOST_WAITING = 256
MOST_OF_ONE = 32


class Full(Refusal):
    """The queue takes no more."""


def check_not_full(own: int, total: int) -> None:
    """Raise Full if a learner already has ``own`` waiting runs, or all learners ``total``, up to the limits."""
    if own >= MOST_OF_ONE:
        raise Full(
            counted(
                "{count} of your runs is waiting already; accepted are up to {most}.",
                "{count} of your runs are waiting already; accepted are up to {most}.",
                own,
                most=MOST_OF_ONE,
            )
        )
    if total >= MOST_WAITING:
        raise Full(
            counted(
                "{count} run is waiting already; accepted are up to {most}.",
                "{count} runs are waiting already; accepted are up to {most}.",
                total,
                most=MOST_WAITING,
            )
        )


class Waiting(NamedTuple):
    """A run's place in line; ``turn`` counts the owner's runs that were ahead when it came, those at work included."""

    turn: int
    arrival: int
    owner: str
    run: str


@dataclass
class FairQueue:
    """Waiting runs in order: a learner's first run goes before every other learner's second."""

    waiting: list[Waiting] = field(default_factory=list)
    arrivals: int = 0

    def add(self, run: str, owner: str, at_work: int = 0) -> None:
        """Queue a run; ``at_work`` of its owner's runs are being worked on.

        Raises Full with one sentence if too many wait already.
        """
        if run in self:
            return
        check_not_full(self._waiting_of(owner), len(self.waiting))
        self.add_again(run, owner, at_work)

    def add_again(self, run: str, owner: str, at_work: int = 0) -> None:
        """Queue a run whose worker or server has died, whatever the limits."""
        if run in self:
            return
        self.arrivals += 1
        self.waiting.append(Waiting(self._waiting_of(owner) + at_work, self.arrivals, owner, run))
        self.waiting.sort()

    def next(self, but: Container[str] = ()) -> str | None:
        """The first run that is none of ``but``, which stay in the queue."""
        return next((each.run for each in self.waiting if each.run not in but), None)

    def drop(self, run: str) -> bool:
        """Remove a run from the queue; return whether it was there."""
        before = len(self.waiting)
        self.waiting = [each for each in self.waiting if each.run != run]
        return len(self.waiting) < before

    def place(self, run: str) -> int | None:
        """The run's place in the queue, from 1; None if it does not wait."""
        return next((place for place, each in enumerate(self.waiting, 1) if each.run == run), None)

    def _waiting_of(self, owner: str) -> int:
        return sum(each.owner == owner for each in self.waiting)

    def __contains__(self, run: str) -> bool:
        return self.place(run) is not None

    def __len__(self) -> int:
        return len(self.waiting)
