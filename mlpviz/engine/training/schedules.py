"""Learning-rate schedules: one entry each, a factor of the learning rate over the course of a run."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ...maths.architecture import one_of
from ...maths.messages import N_, NC_, Message, Refusal, enumerated


@dataclass(frozen=True)
class Schedule:
    """``factor(done, epochs, **options)`` multiplies the learning rate once ``done`` epochs have passed.

    ``done`` counts in parts of epochs, and ``options`` holds what may be chosen, with its default.
    """

    name: str
    title: str
    factor: Callable[..., float]
    options: Mapping[str, float] = field(default_factory=dict, hash=False)


def constant(_done: float, _epochs: int) -> float:
    return 1.0


def step(done: float, _epochs: int, every: float, gamma: float) -> float:
    """Multiplied by gamma after each ``every`` epochs, as PyTorch's StepLR."""
    try:
        return gamma ** float(math.floor(done / every))
    except OverflowError:
        return math.inf  # the run then says where it has diverged


def cosine(done: float, epochs: int, lowest: float) -> float:
    """Half a cosine from 1 down to ``lowest`` over the whole run, as PyTorch's CosineAnnealingLR."""
    return lowest + (1 - lowest) * (1 + math.cos(math.pi * min(done / epochs, 1.0))) / 2


def warm_up(done: float, _epochs: int, over: float) -> float:
    """A linear rise from 1/100 during the first ``over`` epochs, then constant."""
    return min(1.0, 0.01 + 0.99 * done / over)


SCHEDULES = {
    entry.name: entry
    for entry in (
        Schedule("constant", N_("constant"), constant),
        Schedule("step", N_("in steps"), step, {"every": 10.0, "gamma": 0.1}),
        Schedule("cosine", N_("cosine"), cosine, {"lowest": 0.0}),
        Schedule("warm_up", N_("warm-up"), warm_up, {"over": 1.0}),
    )
}


def bound_schedule(schedule: Any, epochs: int, options: Mapping[str, Any] | None = None) -> Callable[[float], float]:
    """The schedule ``schedule`` as a function of the epochs that have passed, with its options filled in.

    Raises ValueError for an unknown schedule or option, or an option that is not a number above 0 (``lowest``: or 0).
    """
    one_of("schedule", schedule, SCHEDULES)
    entry = SCHEDULES[schedule]
    chosen = {**entry.options, **{name: checked(name, value, entry) for name, value in (options or {}).items()}}
    return lambda done: entry.factor(done, epochs, **chosen)


def checked(name: str, value: Any, entry: Schedule) -> float:
    if name not in entry.options:
        raise Refusal(
            "schedule_options of the schedule {schedule} are {names}; got {name!r}",
            schedule=entry.name,
            names=enumerated(entry.options) or Message(NC_("options", "none")),
            name=name,
        )
    number = float(value) if isinstance(value, int | float) and not isinstance(value, bool) else math.nan
    if not (0 < number < math.inf or (number == 0 and name == "lowest")):
        raise Refusal(
            "schedule_options[{name!r}] must be a finite number above 0, got {value!r}", name=name, value=value
        )
    return number
