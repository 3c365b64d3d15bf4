"""Training of a tiny network in one launch: a single block makes many steps, everything it works on in shared memory.

It is written from the same equations as the launches of a plan. Products are sums on the spot; regions that wait for
one another are separated by barriers, those that do not run side by side on different warps.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import prod

import numpy as np

from mlpviz.engine.gpu.codegen.c import REAL, listing, with_helpers
from mlpviz.engine.gpu.codegen.elementwise import entry_statements, located
from mlpviz.engine.gpu.codegen.gather_update import SOURCES, entry, numbers, update_region, update_statements
from mlpviz.engine.gpu.codegen.kernel import pointer
from mlpviz.engine.gpu.codegen.persistent_memory import Layout, Parts, Prefetch
from mlpviz.engine.gpu.codegen.reduction import OUTER, ReductionWriter, power_of_two
from mlpviz.engine.gpu.codegen.scope import indented, needed
from mlpviz.engine.gpu.codegen.threads import WARP, longest, neighbours
from mlpviz.engine.gpu.schedule.fusion import Launch, handed_on
from mlpviz.engine.gpu.schedule.launches import (
    COSTS,
    DATA_X,
    DATA_Y,
    NEXT,
    NOW,
    NUMBERS,
    ORDER,
    STEPS,
    GatherLaunch,
    Kernel,
    UpdateLaunch,
)
from mlpviz.engine.gpu.schedule.lowering import InlineLowering
from mlpviz.engine.gpu.schedule.regions import Region
from mlpviz.engine.normal_form import Size, Trees, identifier, products
from mlpviz.engine.parameters import views
from mlpviz.engine.plan import GRADIENT, THETA
from mlpviz.maths.architecture import Architecture
from mlpviz.maths.equations import Equation, cost
from mlpviz.maths.expressions import Symbol

MOST_BYTES = 48 * 1024
"""Shared memory of a block that asks for no more; θ, ∇J, the optimiser's state and the trace must fit into it."""

MOST_MULTIPLICATIONS = 2**18
"""Multiplications per step up to which a single block is worth trying: beyond, the whole chip is faster."""

MOST_THREADS = 512
"""Threads of the block: one for each entry of the largest array, up to this number."""

BARRIER = "__syncthreads();"


def parts(architecture: Architecture) -> Parts:
    """Map each array of parameters and of the gradient to its place in the flat vectors."""
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
    gather: GatherLaunch,
    update: UpdateLaunch,
    parts: Parts,
) -> Kernel | None:
    """One kernel that makes STEPS training steps (1 or more) from NEXT on, or None if a network is beyond the limits.

    It reads and writes THETA, GRADIENT, the optimiser's state, NEXT, NOW, NUMBERS, ORDER, COSTS and the data, as the
    launches of a plan do step by step, and leaves every array of the last step's trace in its buffer.
    """
    trees = Trees(shape, scalar)
    units, _ = InlineLowering(trees).lower(equations)
    regions = [unit for unit in units if isinstance(unit, Region)]
    layout = Layout(regions, trees, update, parts, dtype)
    if multiplications(regions, trees) > MOST_MULTIPLICATIONS or layout.bytes > MOST_BYTES:
        return None
    return PersistentWriter(layout, stages(handed_on(units)), trees, gather, update).kernel(equations)


def multiplications(regions: Sequence[Region], trees: Trees) -> int:
    found = [node for region in regions for equation in region.equations for node in products(equation.value)]
    return sum(prod(trees.shape(node)) * trees.shape(node.left)[1] for node in found)


class PersistentWriter:
    def __init__(
        self,
        layout: Layout,
        stages: Sequence[Sequence[Region]],
        trees: Trees,
        gather: GatherLaunch,
        update: UpdateLaunch,
    ) -> None:
        self.layout, self.stages, self.trees, self.update = layout, stages, trees, update
        self.dtype, self.real = layout.dtype, REAL[layout.dtype]
        self.threads = min(MOST_THREADS, -(-max(layout.sizes.values()) // WARP) * WARP)
        common = (gather.batch_size, self.threads, self.real)
        self.prefetches = [
            Prefetch(identifier(target), identifier(source), trees.of(target), *common)
            for target, source in SOURCES.items()
        ]

    def kernel(self, equations: Sequence[Equation]) -> Kernel:
        read, counted = [DATA_X, DATA_Y, ORDER, NUMBERS, STEPS], [COSTS, NEXT, NOW]
        pointers = [f"const {pointer(symbol, self.dtype)}" for symbol in read]
        pointers += [f"{self.real}* __restrict__ global_{identifier(symbol)}" for symbol in self.layout.outputs]
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
        return Kernel("train", source, (*read, *self.layout.outputs, *counted), (1, 1, 1), (self.threads, 1, 1))

    def body(self) -> list[str]:
        return [
            *self.layout.declared(),
            f"const long long begin = {identifier(NEXT)}[0], end = begin + {identifier(STEPS)}[0];",
            *self.layout.loaded(self.threads),
            *(line for prefetch in self.prefetches for line in prefetch.first()),
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
        """Write one step: the next batch is fetched first and stored last, beside the update."""
        moved = self.moved()
        return [
            *needed(moved, numbers(self.update, self.dtype, "step")),
            *(line for prefetch in self.prefetches for line in prefetch.ask()),
            *(
                line
                for regions in self.stages
                for line in stage_statements(regions, self.trees, self.dtype, self.threads)
            ),
            *moved,
            "if (threadIdx.x == 0)",
            f"    {identifier(COSTS)}[step] = {identifier(cost)}[0];",
            "if (step + 1 < end) {",
            *indented([line for prefetch in self.prefetches for line in prefetch.commit()]),
            "}",
            BARRIER,
        ]

    def moved(self) -> list[str]:
        if not self.update.spans:
            return []
        whole = update_region(self.update)
        body = [
            f"const int entry = {entry(self.update.spans)};",
            *update_statements(self.update, whole, self.dtype),
        ]
        head = f"for (int at = threadIdx.x; at < {whole.size[1]}; at += {self.threads}) {{"
        return [head, *indented(body), "}"]


def stages(order: Sequence[Launch]) -> list[list[Region]]:
    """Group the regions of launches so that each needs only earlier groups."""
    level: dict[Launch, int] = {}
    for node in order:
        level[node] = max((level[other] + 1 for other in level if node.needs(other)), default=0)
    return [
        [region for node in order if level[node] == k for region in node.regions if isinstance(region, Region)]
        for k in range(max(level.values()) + 1)
    ]


def stage_statements(regions: Sequence[Region], trees: Trees, dtype: str, threads: int) -> list[str]:
    """Write independent regions side by side, each beginning with the warp after the last one's."""
    lines: list[str] = []
    start = 0
    for region in regions:
        body, used = (
            entry_loop(region, trees, dtype, threads)
            if region.axis is None
            else reduction_loop(region, trees, dtype, threads)
        )
        number = f"(threadIdx.x + {threads - start}) % {threads}" if start else "threadIdx.x"
        lines += ["{", *indented([f"const int thread = {number};", *body]), "}"]
        start = (start + -(-used // WARP) * WARP) % threads
    return [*lines, BARRIER]


def entry_loop(region: Region, trees: Trees, dtype: str, threads: int) -> tuple[list[str], int]:
    """Write a region entry by entry; also return how many threads it uses."""
    count, body = prod(region.size), entry_statements(region, trees, dtype)
    head = f"for (int at = thread; at < {count}; at += {threads}) {{"
    return [head, *indented([*located(body, region.size[1], "int"), *body]), "}"], min(count, threads)


def reduction_loop(region: Region, trees: Trees, dtype: str, threads: int) -> tuple[list[str], int]:
    """Write a region by rows or columns, neighbouring threads on a line; also return how many threads it uses."""
    lanes = min(WARP, power_of_two(longest(region, trees)))
    while lanes > 1 and region.lines * lanes > threads:
        lanes //= 2
    line = OUTER[int(region.axis == 1)]
    body = [
        f"const int {line} = first + thread % {WARP} / {lanes}, lane = thread % {lanes};",
        f"const bool inside = {line} < {region.lines};",
        *ReductionWriter(region, trees, dtype, neighbours(lanes, "int")).statements(),
    ]
    head = (
        f"for (int first = thread / {WARP} * {WARP // lanes}; first < {region.lines}; first += {threads // lanes}) {{"
    )
    return [head, *indented(body), "}"], min(region.lines * lanes, threads)
