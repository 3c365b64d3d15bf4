"""The queue of runs that wait: fair between learners, bounded, and everyone can see their place in it."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, field

from ..maths.messages import Refusal, counted

MOST_WAITING = 256
MOST_OF_ONE = 32


class Full(Refusal):
    """The queue takes no more."""


def check_not_full(own: int, total: int) -> None:
    """Raise Full if ``own`` runs of a learner, or ``total`` runs of all learners, are too many to wait."""
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


@dataclass
class FairQueue:
    """Runs in the order in which they go: a learner's first run goes before every other learner's second.

    ``turns`` counts how many of an owner's runs were ahead when a run came, those at work included.
    """

    waiting: list[tuple[int, int, str, str]] = field(default_factory=list)
    arrivals: int = 0

    def add(self, run: str, owner: str, at_work: int = 0) -> None:
        """Let a run wait; ``at_work`` of its owner's runs are being worked on.

        Raises Full with one sentence if too many wait already.
        """
        if run in self:
            return
        check_not_full(sum(each[2] == owner for each in self.waiting), len(self.waiting))
        self.add_again(run, owner, at_work)

    def add_again(self, run: str, owner: str, at_work: int = 0) -> None:
        """Let a run wait that was taken before: its worker or its server has died, and no bound turns it away."""
        if run in self:
            return
        own = sum(each[2] == owner for each in self.waiting)
        self.arrivals += 1
        self.waiting.append((own + at_work, self.arrivals, owner, run))
        self.waiting.sort()

    def next(self, but: Container[str] = ()) -> str | None:
        """The run that goes next, if it is none of ``but``: those wait on."""
        return next((each[3] for each in self.waiting if each[3] not in but), None)

    def drop(self, run: str) -> bool:
        """Let a run wait no more; False if it did not."""
        before = len(self.waiting)
        self.waiting = [each for each in self.waiting if each[3] != run]
        return len(self.waiting) < before

    def place(self, run: str) -> int | None:
        """Its place in the queue, from 1; None if it does not wait."""
        return next((place for place, each in enumerate(self.waiting, 1) if each[3] == run), None)

    def __contains__(self, run: str) -> bool:
        return self.place(run) is not None

    def __len__(self) -> int:
        return len(self.waiting)
