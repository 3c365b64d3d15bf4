"""The steps of one batch size on the device: planned from the equations, bound to buffers, and made many at a time."""

from __future__ import annotations

from collections.abc import Callable

from mlpviz.engine.arrays import Array, Call
from mlpviz.engine.gpu.codegen.persistent import parts, persistent
from mlpviz.engine.gpu.runtime.buffers import Tables
from mlpviz.engine.gpu.runtime.device import Device
from mlpviz.engine.gpu.runtime.graphs import Graphs
from mlpviz.engine.gpu.runtime.launcher import Launcher
from mlpviz.engine.gpu.runtime.products import Products
from mlpviz.engine.gpu.schedule.launches import GRADIENT, Gather, Update
from mlpviz.engine.gpu.schedule.plan import plan as planned
from mlpviz.engine.trace import PHASES, Trace
from mlpviz.engine.training.plan import TrainingPlan
from mlpviz.maths.equations import steps

AT_ONCE = 1000
"""Steps that one launch of the kernel that makes many makes at most: it holds up nothing else for long."""


class DeviceBatch:
    """The steps of one batch size; ``make`` makes so many of them, and ``trace`` holds the arrays of the last.

    Tiny networks train in one kernel, the others by the launches of a plan; ``products`` are only asked for then.
    """

    def __init__(
        self, plan: TrainingPlan, size: int, device: Device, tables: Tables, products: Callable[[], Products]
    ) -> None:
        self.trace = trace = Trace(plan.parameters, size)
        architecture = trace.architecture
        equations = [step.equation for step in steps(architecture) if step.phase in PHASES]
        gather = Gather(plan.batch_size)
        update = Update(plan.updates.optimizer.equations, tuple(plan.updates.spans), tables.names)
        step = (equations, trace.shape, trace.scalar, trace.dtype, gather, update)
        buffers = {**tables.buffers, GRADIENT: trace.gradient}
        kernel = persistent(*step, parts(architecture))
        self.make: Repeated | Graphs
        if kernel is not None:
            self.make = Repeated(Launcher(trace, device, None, buffers).bind_launch(kernel), tables.steps)
        else:
            launcher = Launcher(trace, device, products(), buffers)
            self.make = Graphs(device.xp, launcher.bind(planned(*step)), launcher.products.obstacle)


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
