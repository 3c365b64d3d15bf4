"""What the steps of a run read and write on the device beside their traces: data, order, numbers, costs, counters."""

from __future__ import annotations

import numpy as np

from mlpviz.engine.arrays import Array
from mlpviz.engine.gpu.runtime.device import GpuDevice
from mlpviz.engine.gpu.schedule.launches import COSTS, DATA_X, DATA_Y, NEXT, NOW, NUMBERS, ORDER, STEPS
from mlpviz.engine.plan import TrainingPlan
from mlpviz.maths.expressions import Symbol


class RunBuffers:
    """The buffers of a run by symbol; each is written once an epoch, and no step needs anything else from the host."""

    def __init__(self, plan: TrainingPlan, device: GpuDevice) -> None:
        self.plan, xp = plan, device.xp
        dtype, steps = plan.parameters.dtype, plan.steps
        self.names = tuple(plan.updates.optimizer.numbers(1.0, 1))
        self.order = xp.empty(plan.samples, np.int64)
        self.numbers = xp.empty((steps, len(self.names)), dtype)
        self.costs, self.on_host = xp.empty(steps, dtype), device.pinned(steps, dtype)
        self.next, self.now, self.steps = (xp.zeros(1, np.int64) for _ in range(3))
        self.copied = xp.cuda.Event(block=True, disable_timing=True)
        self.earlier = -1
        self.by_symbol: dict[Symbol, Array] = {
            DATA_X: plan.X, DATA_Y: plan.Y, ORDER: self.order, NEXT: self.next, NOW: self.now, STEPS: self.steps,
            NUMBERS: self.numbers, COSTS: self.costs, **plan.vectors,
        }  # fmt: skip

    def begin(self, order: np.ndarray, earlier: int) -> None:
        """Copy an epoch's order to the device, and the optimiser's numbers of all its steps if they vary."""
        self.order.set(np.asarray(order, np.int64))
        if self.earlier < 0 or (self.plan.varying and self.earlier != earlier):
            self.numbers.set(self.numbers_from(earlier))
        self.earlier = earlier

    def numbers_from(self, earlier: int) -> np.ndarray:
        return np.ascontiguousarray(np.broadcast_to(self.plan.numbers(earlier), self.numbers.shape))

    def read_costs(self, first: int, last: int) -> np.ndarray:
        """Read the costs of steps ``first`` to ``last``: the only time that the host waits."""
        costs = self.on_host[first:last]
        self.costs[first:last].get(out=costs, blocking=False)
        self.copied.record()
        self.copied.synchronize()
        return costs
