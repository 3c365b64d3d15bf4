"""When machine code takes over: by the seconds that lie ahead of a run, as measured, and those until it is there."""

from __future__ import annotations

import math
from bisect import bisect
from dataclasses import dataclass

from ..plan import TrainingPlan
from ..threads import operations

STEPS = ((60, 8.2e-6, 0.01), (17e3, 18e-6, 0.09), (5.2e6, 125e-6, 0.64), (47e6, 670e-6, 0.86), (3.3e9, 40e-3, 0.93))
"""Operations of a step, the seconds that NumPy takes for it, and the share of them that machine code takes.

They are what ``python -m mlpviz.benchmark`` tells.
"""

EPOCH = 25e-6
"""Seconds of an epoch beside its steps, whoever makes them: most of the time where an epoch is one small step."""

COMPILER, EACH = 2.0, 3.0
"""Seconds until the compiler has started, and then until the steps of one batch size are machine code."""

PEACE = 1.0
"""Seconds of NumPy's steps before the compiler is asked: the first curve is there, and many runs have ended."""


@dataclass(frozen=True)
class Takeover:
    """The updates after which machine code is begun beside NumPy's steps, and used in their place.

    They are counted, not timed, so that equal runs are equal to the bit.
    """

    begun: int
    used: int


def takeover(plan: TrainingPlan) -> Takeover | None:
    """When machine code takes a run over; None if it does not pay."""
    seconds, share = of_step(operations(plan.parameters.architecture, plan.batch_size))
    ready = COMPILER + EACH * (1 + bool(plan.rest))
    return paying(plan.wanted, seconds + EPOCH / plan.steps, (1 - share) * seconds, ready)


def paying(wanted: int, seconds: float, saved: float, ready: float) -> Takeover | None:
    """The takeover of a run of ``wanted`` updates of so many seconds each, all but what machine code has ``saved``.

    None if it does not save, once it is there, the seconds until it was ``ready``.
    """
    begun, used = (math.ceil(before / seconds) for before in (PEACE, PEACE + ready))
    return Takeover(begun, used) if saved * (wanted - used) > ready else None


def of_step(count: float) -> tuple[float, float]:
    """NumPy's seconds of a step with so many operations and machine code's share, between two measured sizes.

    They are interpolated over the logarithm of the operations.
    """
    sizes = [math.log(size) for size, _seconds, _share in STEPS]
    at = min(max(math.log(max(count, 1)), sizes[0]), sizes[-1])
    k = min(bisect(sizes, at), len(sizes) - 1)
    part = (at - sizes[k - 1]) / (sizes[k] - sizes[k - 1])
    (_, seconds, share), (_, next_seconds, next_share) = STEPS[k - 1 : k + 1]
    return seconds * (next_seconds / seconds) ** part, share + part * (next_share - share)
