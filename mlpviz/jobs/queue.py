"""The queue of runs that wait: fair between learners, bounded, and everyone can see their place in it.

Nobody keeps it: it is found anew from how the runs stand, so that every server on their folder sees the same one.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ..maths.messages import Refusal, counted
from . import bounds
from .run import Run

SLOT, PACED, GPU = "slot", "paced", "gpu"
"""What there is only so much room of: places to compute, places to keep to a pace, the GPU."""

RESTS, WAITS, AT_WORK = "rests", "waits", "at work"


class Full(Refusal):
    """The queue takes no more."""


@dataclass(frozen=True)
class Standing:
    """How a run stands in the queue.

    ``arrival`` is when it came into the queue, ``taken`` when it was last given a place, and ``left`` when it gave it
    away; ``rooms`` is what it takes of the machine while it is at work. One that is ``asked`` to give way is about to.
    """

    run: Run
    owner: str
    stands: str
    arrival: float = 0.0
    taken: float = 0.0
    left: float = 0.0
    rooms: frozenset[str] = frozenset({SLOT})
    asked: bool = False

    @property
    def waits(self) -> bool:
        return self.stands == WAITS

    @property
    def unsettled(self) -> bool:
        """Whether a worker has just been begun, or is just ending: which of them is seen at a later look."""
        return self.at_work and self.taken == math.inf

    @property
    def at_work(self) -> bool:
        return self.stands == AT_WORK


class Turn(NamedTuple):
    """What decides who goes first: how many runs of its owner's are ahead, and since when that owner waits."""

    ahead: int
    since: float
    arrival: float
    name: str


def in_order(standings: Sequence[Standing]) -> list[Standing]:
    """The waiting runs in their order.

    Everyone's first goes before anyone's second, those at work included; among these the learner goes first who has
    waited longest since one of theirs gave its place away.
    """
    ahead = Counter(each.owner for each in standings if each.at_work)
    left, since = dict[str, float](), dict[str, float]()
    for each in standings:
        left[each.owner] = max(left.get(each.owner, 0.0), each.left)
    turns = dict[Turn, Standing]()
    for each in sorted((each for each in standings if each.waits), key=lambda each: (each.arrival, each.run.id)):
        own = since.setdefault(each.owner, max(left[each.owner], each.arrival))
        turns[Turn(ahead[each.owner], own, each.arrival, each.run.id)] = each
        ahead[each.owner] += 1
    return [turns[turn] for turn in sorted(turns)]


def to_give_way(standings: Iterable[Standing], blocked: Mapping[str, Sequence[Standing]], now: float) -> list[Standing]:
    """The runs at work that have had their time while others wait, for each room without space.

    Whoever holds most gives way first, and only to a learner who holds less.
    """
    at_work = [each for each in standings if each.at_work]
    held, chosen = Counter(each.owner for each in at_work), list[Standing]()
    for room, waiting in blocked.items():
        here = [each for each in at_work if room in each.rooms]
        here.sort(key=lambda each: (-held[each.owner], each.taken))
        asked = sum(each.asked for each in here)
        for owner in list(dict.fromkeys(each.owner for each in waiting))[asked:]:
            due = (
                each for each in here if not each.asked and each not in chosen and had_its_time(each, owner, held, now)
            )
            if (found := next(due, None)) is not None:
                chosen.append(found)
    return chosen


def had_its_time(each: Standing, owner: str, held: Mapping[str, int], now: float) -> bool:
    """Whether a run at work has had its time while ``owner`` waits, who holds less than its own."""
    own, others = held[each.owner], held.get(owner, 0)
    time = min(bounds.SECOND, bounds.slice_seconds()) if own > 1 and not others else bounds.slice_seconds()
    return others < own and now - each.taken >= time


def check_not_full(standings: Sequence[Standing], owner: str) -> None:
    """Raise Full if a learner already has many waiting runs, or all learners have.

    Whoever has none at work and none that waits is refused only if everyone's first are too many.
    """
    waiting = [each for each in standings if each.waits]
    own = sum(each.owner == owner for each in waiting)
    first = not any(each.owner == owner and (each.waits or each.at_work) for each in standings)
    if own >= bounds.MOST_OF_ONE:
        raise Full(
            counted(
                "{count} of your runs is waiting already; accepted are up to {most}.",
                "{count} of your runs are waiting already; accepted are up to {most}.",
                own,
                most=bounds.MOST_OF_ONE,
            )
        )
    if first and len(waiting) >= bounds.MOST_FIRST:
        raise Full(
            counted(
                "{count} run is waiting already; accepted are up to {most}.",
                "{count} runs are waiting already; accepted are up to {most}.",
                len(waiting),
                most=bounds.MOST_FIRST,
            )
        )
    if not first and len(waiting) >= bounds.MOST_WAITING:
        raise Full(
            counted(
                "{count} run is waiting already, and one of yours waits or is at work; another is accepted when fewer "
                "than {most} wait.",
                "{count} runs are waiting already, and one of yours waits or is at work; another is accepted when "
                "fewer than {most} wait.",
                len(waiting),
                most=bounds.MOST_WAITING,
            )
        )
