"""The steps of a run on a GPU: made without a word between host and device, their costs looked at afterwards."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from time import perf_counter

import numpy as np

from mlpviz.engine.arrays import Array
from mlpviz.engine.chunking import Chunking
from mlpviz.engine.gpu.runtime.buffers import RunBuffers
from mlpviz.engine.gpu.runtime.device import GpuDevice
from mlpviz.engine.gpu.runtime.products import Products, products
from mlpviz.engine.gpu.runtime.program import StepProgram
from mlpviz.engine.plan import TrainingPlan
from mlpviz.engine.rollback import Rollback, copy_all
from mlpviz.maths.messages import Message


class DeviceSteps:
    """Chunks of steps on the GPU, with a look at their costs after each."""

    def __init__(self, plan: TrainingPlan, device: GpuDevice) -> None:
        self.plan, self.device, self.chunking = plan, device, Chunking()
        self.buffers = RunBuffers(plan, device)
        self.rollback = ChunkRollback(plan.vectors.values())
        self.whole = self._program(plan.batch_size)
        self.last = self._program(plan.rest) if plan.rest else self.whole

    def _program(self, size: int) -> StepProgram:
        return StepProgram(self.plan, size, self.device, self.buffers, lambda: self._products)

    @cached_property
    def _products(self) -> Products:
        return products(self.device.xp, self.plan.tf32)

    @property
    def how(self) -> Message:
        return self.whole.make.how(self.device.name)

    def ready(self, earlier: int, deadline: float) -> bool:  # noqa: ARG002
        return True

    def begin(self, order: np.ndarray, earlier: int) -> None:
        self.buffers.begin(order, earlier)

    def run(self, costs: np.ndarray, first: int, last: int, deadline: float) -> tuple[int, bool]:
        """Make the steps from ``first`` to before ``last``, or about as many as fit into the time."""
        position = first
        while position < last:
            started = perf_counter()
            end = min(last, position + self.chunking.fitting(deadline - started))
            self._chunk(position, end)
            costs[position:end] = chunk = self.buffers.read_costs(position, end)
            finite = np.isfinite(chunk)
            if not finite.all():
                return position + int(finite.argmin()), True
            self.rollback.accept(end - 1)
            self.chunking.note(end - position, perf_counter() - started)
            position = end
            if perf_counter() >= deadline:
                break
        return position, False

    def _chunk(self, first: int, last: int) -> None:
        """Make steps before their costs are known, with copies to go back to from any of them."""
        self.rollback.save_start(first)
        self._make(first, last - 1)
        self.rollback.save_ahead()
        self._make(last - 1, last)

    def _make(self, first: int, last: int) -> None:
        complete = self.plan.complete
        self.buffers.next.fill(first)
        self.whole.make(max(min(last, complete) - first, 0))
        self.last.make(max(last - max(first, complete), 0))

    def go_back(self, position: int) -> bool:
        """Restore the state before the chunk or before its last update, and repeat the steps since."""
        within = position > self.rollback.first
        start = None if within else self.rollback.restore()
        known = start is not None
        if start is None:
            start = self.rollback.restore_start()
        if start < position - 1:
            self._make(start, position - 1)
        return within or known


class ChunkRollback(Rollback):
    """Copies of the vectors around a chunk of steps with unknown costs, beside those before the last known update.

    ``start`` are the vectors before the chunk's first update, ``ahead`` those before its last.
    """

    def __init__(self, vectors: Iterable[Array]) -> None:
        super().__init__(vectors)
        self.start, self.ahead = ([vector.copy() for vector in self.vectors] for _ in range(2))
        self.first = 0

    def save_start(self, position: int) -> None:
        self.first = position
        copy_all(self.vectors, self.start)

    def save_ahead(self) -> None:
        copy_all(self.vectors, self.ahead)

    def accept(self, position: int) -> None:
        """Let the end of the chunk be the state to go back to: all its costs are finite."""
        self.copies, self.ahead, self.position = self.ahead, self.copies, position

    def restore_start(self) -> int:
        """Restore the vectors before the chunk; return the step they belong to."""
        copy_all(self.start, self.vectors)
        return self.first
