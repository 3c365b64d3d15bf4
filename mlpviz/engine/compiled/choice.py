"""When machine code is worth its making: what it saves a step, measured, against the seconds until it is there."""

from __future__ import annotations

import math
from itertools import pairwise

from ...maths.architecture import Architecture
from ...maths.expressions import Symbol, apply, walk
from ..normal_form import Trees
from ..plan import TrainingPlan
from ..threads import operations
from ..trace import Sizes
from .parts import costly

SAVED = ((60, 7.7e-6), (17e3, 13e-6), (5.2e6, 28e-6), (47e6, 50e-6), (3.3e9, 0.6e-3))
"""Operations of a step, and the seconds that machine code saves of it, as ``python -m mlpviz.benchmark`` tells."""

FUNCTION = 8e-9
"""Seconds that an exp, a tanh or a logarithm of an entry takes longer there than in NumPy, which makes many at once."""

READY = 5.0
"""Seconds until the steps of one batch size are machine code, the compiler's own start included."""

WORTH = 4
"""How many times these seconds a run has to save, if all of it were machine code."""


def updates_before(plan: TrainingPlan) -> int | None:
    """The updates in which machine code would have saved the seconds until it is there; None if it never pays."""
    architecture = plan.parameters.architecture
    each = saved(operations(architecture, plan.batch_size))
    each -= FUNCTION * functions(architecture, plan.batch_size)
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


def functions(architecture: Architecture, batch_size: int) -> int:
    """How many values of functions such as exp the hidden layers of a step compute."""
    sizes = Sizes(architecture, batch_size)
    trees = Trees(sizes.shape, sizes.scalar)
    hidden = (trees.normal(apply(name, Symbol("Z", l))) for l, name in enumerate(architecture.activations[:-1], 1))
    return sum(math.prod(trees.shape(node)) for value in hidden for node in walk(value) if costly(node))
