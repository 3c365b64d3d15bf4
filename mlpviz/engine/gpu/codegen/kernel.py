"""Kernels as CUDA C: regions side by side in one launch, each a range of its blocks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mlpviz.engine.gpu.codegen.c import REAL, index_type, with_helpers
from mlpviz.engine.gpu.codegen.elementwise import entry_statements, spread
from mlpviz.engine.gpu.codegen.reduction import ReductionWriter
from mlpviz.engine.gpu.codegen.scope import indented, mentions, needed
from mlpviz.engine.gpu.codegen.threads import THREADS, row_group, strip_group, strip_threads
from mlpviz.engine.gpu.codegen.tiles import TileWriter, blocks, tile_threads
from mlpviz.engine.gpu.schedule.launches import NEXT, NOW, ORDER, STEPS, Kernel
from mlpviz.engine.gpu.schedule.tiled import Tiled, Work
from mlpviz.engine.normal_form import Trees, identifier
from mlpviz.maths.expressions import Symbol

Notes = Mapping[Symbol, str]
"""The equation behind each target, as a comment."""

INTEGERS = frozenset({ORDER, NEXT, NOW, STEPS})
"""The buffers of int64; all others hold entries of the network's own type."""


@dataclass(frozen=True)
class Part:
    """The statements of a range of blocks, which read their own number, an integer of this type, from ``block``.

    ``tiles`` are the entries of shared memory that they use under that name.
    """

    statements: Sequence[str]
    blocks: int
    index: str = "int"
    tiles: int = 0


def kernel(regions: Sequence[Work], trees: Trees, dtype: str, notes: Notes) -> Kernel:
    """Write one launch that carries out independent regions and products side by side."""
    threads = max(threads_of(region, trees) for region in regions)
    parts = [part(region, trees, dtype, threads) for region in regions]
    written = list(dict.fromkeys(target for region in regions for target in region.targets))
    read = sorted({symbol for region in regions for symbol in region.reads} - set(written), key=str)
    name = "_".join(named(region) for region in regions)
    return assembled(name, [notes[target] for target in written], parts, read, written, threads, dtype)


def named(region: Work) -> str:
    """The targets of a region; those of a product may be another's too, which goes on in its place."""
    return "_".join(["product"] * isinstance(region, Tiled) + [identifier(target) for target in region.targets])


def threads_of(region: Work, trees: Trees) -> int:
    if isinstance(region, Tiled):
        return tile_threads(region)
    return strip_threads(region, trees) if region.axis == 0 else THREADS


def part(region: Work, trees: Trees, dtype: str, threads: int) -> Part:
    if isinstance(region, Tiled):
        writer = TileWriter(region, trees, dtype, threads)
        return Part(writer.statements(), blocks(region.size, writer.side), tiles=writer.shared)
    sizes = [region.size, *(trees.of(symbol) for symbol in (*region.reads, *region.targets))]
    index = index_type(sizes)
    if region.axis is None:
        return Part(*spread(entry_statements(region, trees, dtype), region.size, threads, index), index)
    if region.axis == 1:
        group, head, count = row_group(region, trees, threads, index)
    else:
        group, head, count = strip_group(region, threads, index)
    return Part([*head, *ReductionWriter(region, trees, dtype, group).statements()], count, index)


def assembled(
    name: str,
    notes: Sequence[str],
    parts: Sequence[Part],
    read: Sequence[Symbol],
    written: Sequence[Symbol],
    threads: int,
    dtype: str,
) -> Kernel:
    """Put several parts into one kernel, one range of blocks after the other."""
    body = side_by_side(parts)
    sizes = {"shared": threads, "tiles": max(part.tiles for part in parts)}
    body = [*needed(body, {name: f"__shared__ {REAL[dtype]} {name}[{size}];" for name, size in sizes.items()}), *body]
    pointers = [f"const {pointer(symbol, dtype)}" for symbol in read] + [pointer(symbol, dtype) for symbol in written]
    lines = [
        *(f"// {note}" for note in notes),
        f'extern "C" __global__ void __launch_bounds__({threads})',
        f"{name}({', '.join(pointers)})",
        "{",
        *indented(body),
        "}",
    ]
    source = with_helpers("\n".join(lines) + "\n", dtype)
    count = sum(part.blocks for part in parts)
    return Kernel(name, source, (*read, *written), (count, 1, 1), (threads, 1, 1))


def side_by_side(parts: Sequence[Part]) -> list[str]:
    """Divide the blocks of a kernel among several parts."""
    first, body = 0, []
    for part in parts:
        number = "blockIdx.x" if first == 0 else f"blockIdx.x - {first}"
        own = [
            *([f"const {part.index} block = {number};"] if mentions(part.statements, "block") else []),
            *part.statements,
        ]
        last = first + part.blocks
        head = "" if first == 0 else "} else "
        condition = f"if (blockIdx.x < {last}) {{" if part is not parts[-1] else "{"
        body += own if len(parts) == 1 else [head + condition, *indented(own)]
        first = last
    return body if len(parts) == 1 else [*body, "}"]


def pointer(symbol: Symbol, dtype: str) -> str:
    """Declare a buffer as a parameter of a kernel; no two overlap."""
    return f"{'long long' if symbol in INTEGERS else REAL[dtype]}* __restrict__ {identifier(symbol)}"
