"""When machine code is worth its making: what it saves a step, measured, against the seconds until it is there."""

from __future__ import annotations

import math
from itertools import pairwise

from ..plan import TrainingPlan
from ..threads import operations

SAVED = ((60, 7.7e-6), (17e3, 16e-6), (5.2e6, 38e-6), (47e6, 90e-6), (3.3e9, 0.9e-3))
"""Operations of a step, and the seconds that machine code saves of it, as ``python -m mlpviz.benchmark`` tells."""

READY = 5.0
"""Seconds until the steps of one batch size are machine code, the compiler's own start included."""

WORTH = 4
"""How many times these seconds a run has to save, if all of it were machine code."""


def updates_before(plan: TrainingPlan) -> int | None:
    """The updates in which machine code would have saved the seconds until it is there; None if it never pays."""
    architecture = plan.parameters.architecture
    each = saved(operations(architecture, plan.batch_size))
    ready = READY * (1 + bool(plan.rest))
    return math.ceil(ready / each) if each * plan.wanted > WORTH * ready else None


def saved(count: float) -> float:
    """The seconds saved of a step with so many operations, between two measured sizes on logarithmic axes."""
    if count <= SAVED[0][0]:
        return SAVED[0][1]
    for (size, seconds), (next_size, next_seconds) in pairwise(SAVED):
        if count <= next_size:
            part = math.log(count / size) / math.log(next_size / size)
            return seconds * (next_seconds / seconds) ** part
    return SAVED[-1][1]
