"""The persistent kernel as CUDA C: load, step after step, store."""

from __future__ import annotations

from collections.abc import Sequence

from mlpviz.engine.gpu.arrivals import Arrival
from mlpviz.engine.gpu.batches import Batch
from mlpviz.engine.gpu.codegen.c import REAL, identifier, listing, with_helpers
from mlpviz.engine.gpu.codegen.gather_update import entry, numbers, update_job, update_statements
from mlpviz.engine.gpu.codegen.kernel import pointer
from mlpviz.engine.gpu.codegen.persistent_memory import Layout
from mlpviz.engine.gpu.codegen.scope import indented, needed
from mlpviz.engine.gpu.codegen.threads import WARP
from mlpviz.engine.gpu.gathering import SOURCES
from mlpviz.engine.gpu.schedule.launches import (
    COSTS,
    DATA_X,
    DATA_Y,
    NEXT,
    NOW,
    NUMBERS,
    ORDER,
    STEPS,
    Gather,
    Kernel,
    Update,
)
from mlpviz.engine.gpu.schedule.normal_form import Trees
from mlpviz.engine.gpu.schedule.regions import Job
from mlpviz.engine.gpu.stages import BARRIER, stage_statements
from mlpviz.maths.equations import Equation, cost

MOST_THREADS = 512
"""Threads of the block: one an entry of the largest array, up to here."""


class Loop:
    """Writes one persistent kernel."""

    def __init__(
        self, layout: Layout, stages: Sequence[Sequence[Job]], trees: Trees, gather: Gather, update: Update
    ) -> None:
        self.layout, self.stages, self.trees, self.update = layout, stages, trees, update
        self.dtype, self.real = layout.dtype, REAL[layout.dtype]
        self.threads = min(MOST_THREADS, -(-max(layout.sizes.values()) // WARP) * WARP)
        common = (gather.batch_size, self.threads, self.real)
        self.arrivals = [
            Arrival(identifier(target), identifier(source), trees.of(target), *common)
            for target, source in SOURCES.items()
        ]

    def kernel(self, equations: Sequence[Equation]) -> Kernel:
        """The whole kernel."""
        read, counted = [DATA_X, DATA_Y, ORDER, NUMBERS, STEPS], [COSTS, NEXT, NOW]
        pointers = [f"const {pointer(symbol, self.dtype)}" for symbol in read]
        pointers += [f"{self.real}* __restrict__ global_{identifier(symbol)}" for symbol in self.layout.kept]
        pointers += [pointer(symbol, self.dtype) for symbol in counted]
        lines = [
            *(f"// {listing(each)}" for each in equations),
            f'extern "C" __global__ void __launch_bounds__({self.threads})',
            f"train({', '.join(pointers)})",
            "{",
            *indented(self.body()),
            "}",
        ]
        source = with_helpers("\n".join(lines) + "\n", self.dtype)
        return Kernel("train", source, (*read, *self.layout.kept, *counted), (1, 1, 1), (self.threads, 1, 1))

    def body(self) -> list[str]:
        """Its statements."""
        return [
            *self.layout.declared(),
            f"const long long begin = {identifier(NEXT)}[0], end = begin + {identifier(STEPS)}[0];",
            *self.layout.loaded(self.threads),
            *(line for arrival in self.arrivals for line in arrival.first()),
            BARRIER,
            "for (long long step = begin; step < end; step++) {",
            *indented(self.step()),
            "}",
            *self.layout.stored(self.threads),
            "if (threadIdx.x == 0) {",
            f"    {identifier(NEXT)}[0] = end;",
            f"    {identifier(NOW)}[0] = end - 1;",
            "}",
        ]

    def step(self) -> list[str]:
        """One step: the next batch is asked for first and laid down last, beside the update."""
        moved = self.moved()
        return [
            *needed(moved, numbers(self.update, self.dtype, "step")),
            *(line for arrival in self.arrivals for line in arrival.ask()),
            *(line for jobs in self.stages for line in stage_statements(jobs, self.trees, self.dtype, self.threads)),
            *moved,
            "if (threadIdx.x == 0)",
            f"    {identifier(COSTS)}[step] = {identifier(cost)}[0];",
            "if (step + 1 < end) {",
            *indented([line for arrival in self.arrivals for line in arrival.lay_down()]),
            "}",
            BARRIER,
        ]

    def moved(self) -> list[str]:
        """The update of what may move."""
        if not self.update.spans:
            return []
        whole = update_job(self.update)
        body = [
            f"const int entry = {entry(self.update.spans)};",
            *update_statements(self.update, whole, self.dtype, Batch(1)),
        ]
        head = f"for (int at = threadIdx.x; at < {whole.size[1]}; at += {self.threads}) {{"
        return [head, *indented(body), "}"]
