"""How many threads work on a row or a column together, and which line a thread belongs to."""

from __future__ import annotations

from mlpviz.engine.gpu.codegen.reduction import Group, power_of_two
from mlpviz.engine.gpu.schedule.regions import Region
from mlpviz.engine.normal_form import Trees, sums

THREADS, MOST_THREADS = 256, 1024
"""Threads of a block: the default, and the most for a region by columns with that many rows; powers of two."""

WARP = 32

LONG = 1024
"""Entries of a row from which a whole block works on it, unless there are as many rows."""

NARROWEST = 8
"""The narrowest strip of columns: of float32, what memory moves at once."""

BLOCKS = 128
"""Strips that keep a whole chip at work: with fewer, they are made narrower."""

Grouped = tuple[Group, list[str], int]
"""The threads of a line, the statements by which a thread finds its line, and the number of blocks."""


def row_group(region: Region, trees: Trees, threads: int, index: str) -> Grouped:
    """Assign a row to neighbouring threads: a part of a warp, a warp, or the whole block."""
    length = longest(region, trees)
    lanes = threads if length >= LONG > region.lines else min(WARP, power_of_two(length))
    each = threads // lanes
    head = [
        f"const {index} row = block * {each} + threadIdx.x / {lanes}, lane = threadIdx.x % {lanes};",
        f"const bool inside = row < {region.lines};",
    ]
    group = apart(lanes, index, 1) if lanes > WARP else neighbours(lanes, index)
    return group, head, -(-region.lines // each)


def strip_group(region: Region, threads: int, index: str) -> Grouped:
    """Assign a column to threads a strip's width apart, so that neighbours read neighbouring entries."""
    width = strip(region)
    strips = -(-region.lines // width)
    number = "block" if region.pieces == 1 else f"block % {strips}"
    head = [
        f"const {index} column = {number} * {width} + threadIdx.x % {width}, lane = threadIdx.x / {width};",
        f"const bool inside = column < {region.lines};",
    ]
    if region.pieces > 1:
        rows, each = region.size[0], -(-region.size[0] // region.pieces)
        head += [
            f"const {index} piece = block / {strips}, begin = piece * {each};",
            f"const {index} end = begin + {each} < {rows} ? begin + {each} : {rows};",
        ]
    return apart(threads // width, index, width), head, strips * region.pieces


def neighbours(lanes: int, index: str) -> Group:
    """Group neighbouring threads of one warp, which pass partial sums to each other."""
    return Group(lanes, index, f"sum_lanes({{}}, {lanes})", f"max_lanes({{}}, {lanes})", "__syncwarp();")


def apart(lanes: int, index: str, step: int) -> Group:
    """Group threads of a block ``step`` apart, which add up through shared memory."""
    calls = (f"sum_block({{}}, shared, {step})", f"max_block({{}}, shared, {step})")
    return Group(lanes, index, *calls, "__syncthreads();")


def longest(region: Region, trees: Trees) -> int:
    """The most entries of a line that any sum of a region adds up."""
    return max(trees.shape(node.operand)[node.axis] for each in region.equations for node in sums(each.value))


def strip_threads(region: Region, trees: Trees) -> int:
    """Choose the number of threads for a strip of columns: one for each entry, within bounds."""
    return min(MOST_THREADS, max(THREADS, power_of_two(longest(region, trees) * strip(region))))


def strip(region: Region) -> int:
    width = min(WARP, power_of_two(region.lines))
    while width > NARROWEST and -(-region.lines // width) < BLOCKS:
        width //= 2
    return width
