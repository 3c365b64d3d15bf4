"""Training of a tiny network in one launch: a single block makes many steps, everything it works on in shared memory.

It is written from the same equations as the launches of a plan. Products are sums on the spot; jobs that wait for one
another are separated by barriers, those that do not run side by side on different warps.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import prod

import numpy as np

from mlpviz.engine.gpu.codegen.persistent_memory import Layout, Parts
from mlpviz.engine.gpu.loop import Loop
from mlpviz.engine.gpu.schedule.fusion import handed_on
from mlpviz.engine.gpu.schedule.launches import GRADIENT, THETA, Gather, Kernel, Update
from mlpviz.engine.gpu.schedule.lowering import InlineCutter
from mlpviz.engine.gpu.schedule.normal_form import Size, Trees, products
from mlpviz.engine.gpu.schedule.regions import Job
from mlpviz.engine.gpu.stages import stages
from mlpviz.engine.parameters import views
from mlpviz.maths.architecture import Architecture
from mlpviz.maths.equations import Equation
from mlpviz.maths.expressions import Symbol

MOST_BYTES = 48 * 1024
"""Shared memory that a block has without being granted more: θ, ∇J, the optimiser's state and the trace must fit in."""

MOST_MULTIPLICATIONS = 2**18
"""Multiplications of all products of a step up to which one block is worth trying: beyond, a chip full of them wins."""


def parts(architecture: Architecture) -> Parts:
    """Where each array of parameters and of the gradient stands in the flat vectors."""
    numbers = np.arange(architecture.parameter_count)
    return {
        Symbol(prefix + letter, l): (vector, int(layers[l].flat[0]))
        for letter, layers in zip("Wb", views(numbers, architecture), strict=True)
        for prefix, vector in (("", THETA), ("d", GRADIENT))
        for l in range(1, architecture.depth + 1)
        if layers[l] is not None
    }


def persistent(
    equations: Sequence[Equation],
    shape: Callable[[Symbol], Size],
    scalar: Callable[[Symbol], float | None],
    dtype: str,
    gather: Gather,
    update: Update,
    parts: Parts,
) -> Kernel | None:
    """One kernel that makes STEPS training steps (1 or more) from NEXT on, or None if a network is beyond the limits.

    It reads and writes THETA, GRADIENT, the optimiser's state, NEXT, NOW, NUMBERS, ORDER, COSTS and the data, as the
    launches of a plan do step by step, and leaves every array of the last step's trace in its buffer.
    """
    trees = Trees(shape, scalar)
    units, _ = InlineCutter(trees).cut(equations)
    jobs = [unit for unit in units if isinstance(unit, Job)]
    layout = Layout(jobs, trees, update, parts, dtype)
    if multiplications(jobs, trees) > MOST_MULTIPLICATIONS or layout.bytes > MOST_BYTES:
        return None
    return Loop(layout, stages(handed_on(units)), trees, gather, update).kernel(equations)


def multiplications(jobs: Sequence[Job], trees: Trees) -> int:
    """How many multiplications the products of some jobs take."""
    found = [node for job in jobs for equation in job.equations for node in products(equation.value)]
    return sum(prod(trees.shape(node)) * trees.shape(node.left)[1] for node in found)
