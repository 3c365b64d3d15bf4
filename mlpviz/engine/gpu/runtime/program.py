"""The steps of one batch size on the device: planned from the equations, bound to buffers, and made many at a time."""

from __future__ import annotations

from collections.abc import Callable

from mlpviz.engine.arrays import Array, Call
from mlpviz.engine.gpu.codegen.persistent import parts, persistent
from mlpviz.engine.gpu.runtime.buffers import RunBuffers
from mlpviz.engine.gpu.runtime.device import GpuDevice
from mlpviz.engine.gpu.runtime.graphs import Graphs
from mlpviz.engine.gpu.runtime.launcher import Launcher
from mlpviz.engine.gpu.runtime.products import Products
from mlpviz.engine.gpu.schedule.launches import GatherLaunch, Kernel, Product, UpdateLaunch
from mlpviz.engine.gpu.schedule.plan import plan as planned
from mlpviz.engine.plan import GRADIENT, TrainingPlan
from mlpviz.engine.trace import PHASES, Trace
from mlpviz.maths.equations import steps
from mlpviz.maths.messages import Message, counted

AT_ONCE = 1000
"""Most steps in one launch of the persistent kernel, so that it blocks nothing else for long."""


class StepProgram:
    """The steps of one batch size; ``make`` makes a number of them, and ``trace`` holds the arrays of the last.

    Tiny networks train in one kernel, the others by the launches of a plan; ``products`` are only asked for then.
    ``launches`` are that kernel, or those of a step.
    """

    def __init__(
        self, plan: TrainingPlan, size: int, device: GpuDevice, buffers: RunBuffers, products: Callable[[], Products]
    ) -> None:
        self.trace = trace = Trace(plan.parameters, size)
        architecture = trace.architecture
        equations = [step.equation for step in steps(architecture) if step.phase in PHASES]
        gather = GatherLaunch(plan.batch_size)
        update = UpdateLaunch(plan.updates.optimizer.equations, tuple(plan.updates.spans), buffers.names)
        step = (equations, trace.shape, trace.scalar, trace.dtype, gather, update)
        arrays = {**buffers.by_symbol, GRADIENT: trace.gradient}
        kernel = persistent(*step, parts(architecture))
        self.make: Repeated | Graphs
        self.launches: tuple[Product | Kernel, ...]
        if kernel is not None:
            self.launches = (kernel,)
            self.make = Repeated(Launcher(trace, device, None, arrays).bind_launch(kernel), buffers.steps)
        else:
            launcher, found = Launcher(trace, device, products(), arrays), planned(*step)
            self.launches = found.launches
            self.make = Graphs(device.xp, launcher.bind_plan(found), launcher.products.obstacle)


class Repeated:
    """Steps made by one kernel that is told how many."""

    def __init__(self, launch: Call, steps: Array) -> None:
        self.launch, self.steps = launch, steps

    def how(self, device: str) -> Message:
        return counted(
            "One kernel makes up to {count:,} step at a time on {device}.",
            "One kernel makes up to {count:,} steps at a time on {device}.",
            AT_ONCE,
            device=device,
        )

    def __call__(self, count: int) -> None:
        while count > 0:
            now = min(count, AT_ONCE)
            self.steps.fill(now)
            self.launch()
            count -= now
