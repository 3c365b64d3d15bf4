"""How many threads work on a row or a column together, and which line a thread belongs to."""

from __future__ import annotations

from mlpviz.engine.gpu.codegen.reduction import Group, power_of_two
from mlpviz.engine.gpu.schedule.normal_form import Trees, sums
from mlpviz.engine.gpu.schedule.regions import Region

THREADS, MOST_THREADS = 256, 1024
"""Threads of a block: usually, and where a region by columns has so many rows to read at a time; powers of two."""

WARP = 32

LONG = 1024
"""Entries of a row from which on a whole block works on it, unless there are as many rows."""

NARROWEST = 8
"""The narrowest strip of columns, if there are so many: of float32, what memory moves at once."""

BLOCKS = 128
"""Strips that keep a whole chip at work: while there are fewer, they are made narrower."""

AHEAD = 4
"""Entries that a thread asks the device's memory for at a time."""

Grouped = tuple[Group, list[str], int]
"""The threads of a line, the statements in which a thread finds its line, and how many blocks there are."""


def row_group(region: Region, trees: Trees, threads: int, index: str) -> Grouped:
    """Neighbouring threads have a row: a part of a warp, a warp, or all threads of the block."""
    length = longest(region, trees)
    lanes = threads if length >= LONG > region.lines else min(WARP, power_of_two(length))
    each = threads // lanes
    head = [
        f"const {index} row = block * {each} + threadIdx.x / {lanes}, lane = threadIdx.x % {lanes};",
        f"const bool inside = row < {region.lines};",
    ]
    group = apart(lanes, index, 1) if lanes > WARP else neighbours(lanes, index, AHEAD)
    return group, head, -(-region.lines // each)


def strip_group(region: Region, threads: int, index: str) -> Grouped:
    """Threads that lie a strip's width apart have a column, so that neighbours read neighbouring entries."""
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


def neighbours(lanes: int, index: str, ahead: int = 1) -> Group:
    """Neighbouring threads of one warp, which pass on to each other what they add up."""
    return Group(lanes, index, f"sum_lanes({{}}, {lanes})", f"max_lanes({{}}, {lanes})", "__syncwarp();", ahead)


def apart(lanes: int, index: str, step: int) -> Group:
    """Threads of a whole block that lie some steps apart, which add up through shared memory."""
    calls = (f"sum_block({{}}, shared, {step})", f"max_block({{}}, shared, {step})")
    return Group(lanes, index, *calls, "__syncthreads();", AHEAD)


def longest(region: Region, trees: Trees) -> int:
    """The most entries of a line that any sum of a region by rows or columns adds up."""
    return max(trees.shape(node.operand)[node.axis] for each in region.equations for node in sums(each.value))


def strip_threads(region: Region, trees: Trees) -> int:
    """The threads of a block that works on a strip of columns: one an entry, within bounds."""
    return min(MOST_THREADS, max(THREADS, power_of_two(longest(region, trees) * strip(region))))


def strip(region: Region) -> int:
    """The width of a strip of columns."""
    width = min(WARP, power_of_two(region.lines))
    while width > NARROWEST and -(-region.lines // width) < BLOCKS:
        width //= 2
    return width
