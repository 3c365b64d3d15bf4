"""The steps of one batch size on the device: planned from the equations, bound to buffers, and made many at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from mlpviz.engine.arrays import Array, Call
from mlpviz.engine.gpu.codegen.persistent import parts, persistent
from mlpviz.engine.gpu.runtime.buffers import Tables
from mlpviz.engine.gpu.runtime.graphs import Graphs
from mlpviz.engine.gpu.runtime.launcher import Launcher
from mlpviz.engine.gpu.runtime.products import Products
from mlpviz.engine.gpu.schedule.launches import GRADIENT, Gather, Update
from mlpviz.engine.gpu.schedule.plan import plan
from mlpviz.engine.trace import PHASES, Trace
from mlpviz.maths.equations import steps

if TYPE_CHECKING:
    from mlpviz.engine.training.plan import Course

AT_ONCE = 1000
"""Steps that one launch of the kernel that makes many makes at most: it holds up nothing else for long."""


class DeviceBatch:
    """The steps of one batch size; ``make`` makes so many of them, and ``trace`` holds the arrays of the last.

    Tiny networks train in one kernel, the others by the launches of a plan; ``products`` are only asked for then.
    """

    def __init__(self, course: Course, size: int, tables: Tables, products: Callable[[], Products]) -> None:
        self.trace = Trace(course.parameters, size)
        architecture, sizes = self.trace.architecture, self.trace.sizes
        equations = [step.equation for step in steps(architecture) if step.phase in PHASES]
        gather = Gather(course.batch_size)
        update = Update(course.updates.optimizer.equations, tuple(course.updates.spans), tables.names)
        step = (equations, sizes.shape, sizes.scalar, course.parameters.dtype, gather, update)
        buffers = {**tables.buffers, GRADIENT: self.trace.gradient}
        kernel = persistent(*step, parts(architecture))
        self.make: Repeated | Graphs
        if kernel is not None:
            self.make = Repeated(Launcher(self.trace, None, buffers).bind_launch(kernel), tables.steps)
        else:
            launcher = Launcher(self.trace, products(), buffers)
            self.make = Graphs(launcher.device.xp, launcher.bind(plan(*step)), launcher.products.obstacle)


class Repeated:
    """Steps made by one kernel that is told how many."""

    how = f"One kernel makes up to {AT_ONCE:,} steps at a time"

    def __init__(self, launch: Call, steps: Array) -> None:
        self.launch, self.steps = launch, steps

    def __call__(self, count: int) -> None:
        """Make so many steps."""
        while count > 0:
            now = min(count, AT_ONCE)
            self.steps.fill(now)
            self.launch()
            count -= now
