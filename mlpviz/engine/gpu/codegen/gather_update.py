"""The first and the last launch of a training step as CUDA C.

The samples of the batch are gathered; at the end the optimiser's equations move θ, and the cost is kept and counted.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import reduce
from itertools import pairwise

from mlpviz.engine.arrays import Span
from mlpviz.engine.gpu.codegen.c import REAL, index_type, listing
from mlpviz.engine.gpu.codegen.elementwise import sequence, spread
from mlpviz.engine.gpu.codegen.kernel import Part, assembled
from mlpviz.engine.gpu.codegen.scope import Scope, needed
from mlpviz.engine.gpu.codegen.threads import THREADS
from mlpviz.engine.gpu.schedule.launches import (
    COSTS,
    DATA_X,
    DATA_Y,
    NEXT,
    NOW,
    NUMBERS,
    ORDER,
    GatherLaunch,
    Kernel,
    UpdateLaunch,
)
from mlpviz.engine.gpu.schedule.regions import Region, joined, region
from mlpviz.engine.normal_form import Size, Trees, identifier
from mlpviz.maths.equations import A, Y, cost
from mlpviz.maths.expressions import Expression, Symbol

SOURCES = {A[0]: DATA_X, Y: DATA_Y}

NOTED = {A[0]: ["if (at == 0)", f"    {identifier(NOW)}[0] = {identifier(NEXT)}[0];"], Y: []}
"""Beside the gather, one thread notes the step's number."""

STEP = f"{identifier(NOW)}[0]"
COUNT = Part(
    [
        "if (threadIdx.x == 0) {",
        f"    {identifier(COSTS)}[{STEP}] = {identifier(cost)}[0];",
        f"    {identifier(NEXT)}[0] = {STEP} + 1;",
        "}",
    ],
    1,
)
"""At the end of a step, one thread stores its cost and counts the step."""


def gather_kernel(gather: GatherLaunch, shape: Callable[[Symbol], Size], dtype: str) -> Kernel:
    """Write the kernel that gathers a batch and notes the step's number."""
    parts = []
    for target, source in SOURCES.items():
        size = shape(target)
        index = index_type([size])
        sample = f"{identifier(ORDER)}[{identifier(NEXT)}[0] * {gather.batch_size} + row]"
        entry = f"{identifier(source)}[{sample} * {size[1]} + column]"
        statements = [f"{identifier(target)}[at] = {entry};", *NOTED[target]]
        parts.append(Part(*spread(statements, size, THREADS, index), index))
    notes = [f"{target}: rows of {source}, by number from {ORDER}" for target, source in SOURCES.items()]
    read, written = (DATA_X, DATA_Y, ORDER, NEXT), (*SOURCES, NOW)
    return assembled("gather", notes, parts, read, written, THREADS, dtype)


def update_kernels(update: UpdateLaunch, dtype: str, fused: bool = True) -> list[Kernel]:
    """Write the launches that end a step: one or, if not ``fused``, one for each equation and the count."""
    if fused:
        return [update_kernel("update", update, dtype, [COUNT])]
    each = [replace(update, equations=(equation,)) for equation in update.equations]
    moves = [update_kernel(f"update_{k}", one, dtype, []) for k, one in enumerate(each, 1) if update.spans]
    return [*moves, update_kernel("count", replace(update, spans=()), dtype, [COUNT])]


def update_kernel(name: str, update: UpdateLaunch, dtype: str, others: list[Part]) -> Kernel:
    """Write the kernel that moves the trainable entries, with other parts beside it."""
    read: list[Symbol] = [NOW, NUMBERS] if update.spans else [NOW]
    written: list[Symbol] = []
    parts, notes = list(others), []
    if update.spans:
        whole = update_region(update)
        parts.insert(0, moving(update, whole, dtype))
        written += dict.fromkeys(whole.targets)
        read += sorted(whole.reads - {*written, *map(Symbol, update.numbers)}, key=str)
        notes = [listing(each) for each in update.equations]
    if others:
        read, written = [*read, cost], [*written, COSTS, NEXT]
    return assembled(name, notes, parts, read, written, THREADS, dtype)


def moving(update: UpdateLaunch, whole: Region, dtype: str) -> Part:
    index, body = index_type([(1, update.spans[-1][1])]), update_statements(update, whole, dtype)
    place = f"const {index} entry = {entry(update.spans)};"
    lines, blocks = spread(body, whole.size, THREADS, index, place)
    return Part([*needed(lines, numbers(update, dtype, STEP)), *lines], blocks, index)


def numbers(update: UpdateLaunch, dtype: str, step: str) -> dict[str, str]:
    """Declare the optimiser's numbers of a step, by name."""
    row = f"{identifier(NUMBERS)}[{step} * {len(update.numbers)} + {{}}]"
    names = [f"number_{name}" for name in update.numbers]
    return {name: f"const {REAL[dtype]} {name} = {row.format(column)};" for column, name in enumerate(names)}


def update_region(update: UpdateLaunch) -> Region:
    """Combine the optimiser's equations into one region over the trainable entries."""
    size = (1, sum(stop - start for start, stop in update.spans))
    trees = Trees(lambda symbol: (1, 1) if symbol.name in update.numbers else size, lambda symbol: None)
    regions = [region(each.target, trees.normal(each.value), trees, each.name) for each in update.equations]
    return reduce(together, regions)


def together(first: Region, second: Region) -> Region:
    both = joined(first, second)
    assert both is not None, "an optimiser reads a vector before it has written it"
    return both


def update_statements(update: UpdateLaunch, whole: Region, dtype: str) -> list[str]:
    """Write the statements that move one ``entry`` of the flat vectors."""

    def read(node: Expression) -> str | None:
        if not isinstance(node, Symbol):
            return None
        return f"number_{node.name}" if node.name in update.numbers else f"{identifier(node)}[entry]"

    return sequence(whole, Scope(dtype, read, "t"), "entry")


def entry(spans: Sequence[Span]) -> str:
    """Write the index in the flat vector of the trainable entry number ``at``."""
    text, passed = f"at + {spans[0][0]}" if spans[0][0] else "at", 0
    for (start, stop), (following, _) in pairwise(spans):
        passed += stop - start
        text += f" + (at < {passed} ? 0 : {following - stop})"
    return text
