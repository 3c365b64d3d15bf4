"""A small matrix product as CUDA C: a block has a square tile of it, its threads share out the terms of each entry.

Strips of both operands come into shared memory a piece at a time, the next one requested while one is worked on. Groups
of threads take turns in the terms of a piece; in the end their sums are added up in order, so that bits stay the same.
"""

from __future__ import annotations

from dataclasses import dataclass

from mlpviz.engine.gpu.codegen.c import REAL
from mlpviz.engine.gpu.codegen.elementwise import entry_statements
from mlpviz.engine.gpu.codegen.reduction import power_of_two
from mlpviz.engine.gpu.codegen.scope import indented
from mlpviz.engine.gpu.schedule.tiled import Tiled
from mlpviz.engine.normal_form import Size, Trees, identifier

SMALL, LARGE = 8, 16
"""Sides of a tile: the smaller one, as long as it takes no more blocks than a chip works on at once."""

FEW = 256

THREADS = {SMALL: 256, LARGE: 512}
DEPTH = {SMALL: 128, LARGE: 64}
"""Threads of a block, and terms of an entry that are in shared memory at a time, by the side of a tile."""

EACH = 2
"""A thread has two times two entries of its tile."""


def tile_side(size: Size) -> int:
    return SMALL if blocks(size, SMALL) <= FEW else LARGE


def blocks(size: Size, side: int) -> int:
    rows, columns = size
    return -(-rows // side) * -(-columns // side)


def tile_threads(tiled: Tiled) -> int:
    return THREADS[tile_side(tiled.size)]


@dataclass(frozen=True)
class Strip:
    """The part of an operand that a tile needs, ``name`` its place in shared memory: term k of line i at k, i."""

    name: str
    array: str
    transposed: bool
    """Whether the terms of a line stand one below the other in the array."""
    lines: int
    first: str


class TileWriter:
    """Writes what a block of so many threads does."""

    def __init__(self, tiled: Tiled, trees: Trees, dtype: str, threads: int) -> None:
        self.tiled, self.trees, self.dtype, self.threads = tiled, trees, dtype, threads
        self.real = REAL[dtype]
        self.side = tile_side(tiled.size)
        self.half = self.side // EACH
        self.groups = threads // self.half**2
        self.depth = max(self.groups, min(DEPTH[self.side], power_of_two(tiled.length)))
        self.pitch = self.side + 1  # an odd one, so that neighbours are in different banks
        product, (rows, columns) = tiled.product, tiled.size
        self.strips = [
            Strip("left", identifier(product.left), product.left_transposed, rows, "first_row"),
            Strip("right", identifier(product.right), not product.right_transposed, columns, "first_column"),
        ]

    @property
    def shared(self) -> int:
        """Entries of shared memory: both strips, and later the sums of all groups."""
        return max(2 * self.depth * self.pitch, self.groups * self.side**2)

    def statements(self) -> list[str]:
        depth, length = self.depth, self.tiled.length
        return [
            *self.begun(),
            *self.requested("0"),
            f"for (int from = 0; from < {length}; from += {depth}) {{",
            *indented(self.placed()),
            "    __syncthreads();",
            f"    if (from + {depth} < {length}) {{",
            *indented(indented(self.requested(f"from + {depth}"))),
            "    }",
            *indented(self.multiplied()),
            "    __syncthreads();",
            "}",
            *self.added_up(),
        ]

    def begun(self) -> list[str]:
        across = -(-self.tiled.size[1] // self.side)
        return [
            f"const int first_row = block / {across} * {self.side}, first_column = block % {across} * {self.side};",
            f"const int group = threadIdx.x / {self.half**2}, position = threadIdx.x % {self.half**2};",
            f"const int down = position / {self.half}, along = position % {self.half};",
            f"{self.real}* const left = tiles;",
            f"{self.real}* const right = tiles + {self.depth * self.pitch};",
            f"{self.real} sums[{EACH}][{EACH}] = {{}}, next_left[{self.turns}], next_right[{self.turns}];",
        ]

    @property
    def turns(self) -> int:
        """How many entries of a strip a thread brings."""
        return -(-self.side * self.depth // self.threads)

    def requested(self, start: str) -> list[str]:
        """Read the next piece of both strips, 0 beyond their ends."""
        return [line for strip in self.strips for line in self.looped(self.request(strip, start))]

    def request(self, strip: Strip, start: str) -> list[str]:
        length = self.tiled.length
        index = f"term * {strip.lines} + line" if strip.transposed else f"line * {length} + term"
        return [
            *self.entry(strip),
            f"const int line = {strip.first} + i, term = {start} + k;",
            f"next_{strip.name}[turn] = line < {strip.lines} && term < {length}{self.inside} ? "
            f"{strip.array}[{index}] : 0;",
        ]

    def placed(self) -> list[str]:
        """Put the piece that was requested into shared memory."""
        return [line for strip in self.strips for line in self.looped(self.place(strip))]

    def place(self, strip: Strip) -> list[str]:
        condition = [f"if ({self.inside.removeprefix(' && ')})"] if self.inside else []
        text = f"{strip.name}[k * {self.pitch} + i] = next_{strip.name}[turn];"
        return [*self.entry(strip), *condition, *(indented([text]) if condition else [text])]

    def entry(self, strip: Strip) -> list[str]:
        """Which entry of a piece a thread brings: neighbours in the array for neighbouring threads."""
        at, near = f"const int at = turn * {self.threads} + threadIdx.x", self.side if strip.transposed else self.depth
        first, second = ("i", "k") if strip.transposed else ("k", "i")
        return [f"{at}, {first} = at % {near}, {second} = at / {near};"]

    @property
    def inside(self) -> str:
        """The condition that a piece has as many entries, if it may not."""
        count = self.side * self.depth
        return f" && at < {count}" if count % self.threads else ""

    def looped(self, body: list[str]) -> list[str]:
        return ["#pragma unroll", f"for (int turn = 0; turn < {self.turns}; turn++) {{", *indented(body), "}"]

    def multiplied(self) -> list[str]:
        factors = [f"{name}[k * {self.pitch} + {place} + {each} * {self.half}]" for name, place, each in FACTORS]
        return [
            "#pragma unroll",
            f"for (int k = group; k < {self.depth}; k += {self.groups}) {{",
            *indented(self.each_entry(f"sums[i][j] += {' * '.join(factors)};")),
            "}",
        ]

    def each_entry(self, statement: str) -> list[str]:
        """Write a statement for each entry i, j of a thread."""
        heads = [("#pragma unroll", f"for (int {name} = 0; {name} < {EACH}; {name}++)") for name in "ij"]
        return [*heads[0], *indented([*heads[1], *indented([statement])])]

    def added_up(self) -> list[str]:
        """Add up the groups' sums, store the tile, and do what is done with its entries."""
        (rows, columns), count = self.tiled.size, self.side**2
        place = f"(down + i * {self.half}) * {self.side} + along + j * {self.half}"
        return [
            *self.each_entry(f"tiles[group * {count} + {place}] = sums[i][j];"),
            "__syncthreads();",
            f"for (int i = threadIdx.x; i < {count}; i += {self.threads}) {{",
            f"    const int row = first_row + i / {self.side}, column = first_column + i % {self.side};",
            f"    {self.real} total = 0;",
            "    #pragma unroll",
            f"    for (int k = 0; k < {self.groups}; k++)",
            f"        total += tiles[k * {count} + i];",
            f"    if (row < {rows} && column < {columns}) {{",
            f"        const int at = row * {columns} + column;",
            f"        {identifier(self.tiled.product.out)}[at] = total;",
            *indented(indented(entry_statements(self.tiled.after, self.trees, self.dtype))),
            "    }",
            "}",
        ]


FACTORS = (("left", "down", "i"), ("right", "along", "j"))
"""Each factor's strip, and which of its lines a thread's entry i, j needs."""
