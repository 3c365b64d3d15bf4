"""The stages of a step in the persistent kernel as CUDA C: jobs on different warps of one block, then a barrier."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

from mlpviz.engine.gpu.batches import Batch
from mlpviz.engine.gpu.codegen.elementwise import entry_statements, located
from mlpviz.engine.gpu.codegen.reduction import OUTER, LineWriter, power_of_two
from mlpviz.engine.gpu.codegen.scope import indented
from mlpviz.engine.gpu.codegen.threads import WARP, longest, neighbours
from mlpviz.engine.gpu.schedule.fusion import Launch
from mlpviz.engine.gpu.schedule.normal_form import Trees
from mlpviz.engine.gpu.schedule.regions import Job

BARRIER = "__syncthreads();"


def stages(order: Sequence[Launch]) -> list[list[Job]]:
    """Jobs in groups, each of which needs only what earlier groups have done."""
    level: dict[Launch, int] = {}
    for node in order:
        level[node] = max((level[other] + 1 for other in level if node.needs(other)), default=0)
    return [[job for node in order if level[node] == k for job in node.jobs] for k in range(max(level.values()) + 1)]


def stage_statements(jobs: Sequence[Job], trees: Trees, dtype: str, threads: int) -> list[str]:
    """Independent jobs, each beginning with the warp after the last one's."""
    lines: list[str] = []
    start = 0
    for job in jobs:
        body, used = (
            entry_loop(job, trees, dtype, threads) if job.axis is None else line_loop(job, trees, dtype, threads)
        )
        number = f"(threadIdx.x + {threads - start}) % {threads}" if start else "threadIdx.x"
        lines += ["{", *indented([f"const int thread = {number};", *body]), "}"]
        start = (start + -(-used // WARP) * WARP) % threads
    return [*lines, BARRIER]


def entry_loop(job: Job, trees: Trees, dtype: str, threads: int) -> tuple[list[str], int]:
    """A job entry by entry, and how many threads it keeps at work."""
    count, body = prod(job.size), entry_statements(job, trees, dtype, Batch(1))
    head = f"for (int at = thread; at < {count}; at += {threads}) {{"
    return [head, *indented([*located(body, job.size[1], "int"), *body]), "}"], min(count, threads)


def line_loop(job: Job, trees: Trees, dtype: str, threads: int) -> tuple[list[str], int]:
    """A job by rows or columns, neighbouring threads on a line, and how many threads it keeps at work."""
    lanes = min(WARP, power_of_two(longest(job, trees)))
    while lanes > 1 and job.lines * lanes > threads:
        lanes //= 2
    line = OUTER[int(job.axis == 1)]
    body = [
        f"const int {line} = first + thread % {WARP} / {lanes}, lane = thread % {lanes};",
        f"const bool inside = {line} < {job.lines};",
        *LineWriter(job, trees, dtype, neighbours(lanes, "int")).statements(),
    ]
    head = f"for (int first = thread / {WARP} * {WARP // lanes}; first < {job.lines}; first += {threads // lanes}) {{"
    return [head, *indented(body), "}"], min(job.lines * lanes, threads)
