"""The shared memory of the persistent kernel: what lies there, and how the next batch comes into it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod

import numpy as np

from mlpviz.engine.gpu.codegen.c import REAL
from mlpviz.engine.gpu.codegen.scope import indented
from mlpviz.engine.gpu.schedule.launches import ORDER, UpdateLaunch
from mlpviz.engine.gpu.schedule.regions import Region
from mlpviz.engine.normal_form import Size, Trees, identifier
from mlpviz.engine.plan import GRADIENT, THETA
from mlpviz.maths.equations import A, Y
from mlpviz.maths.expressions import Symbol

Parts = Mapping[Symbol, tuple[Symbol, int]]
"""For each of W[l], b[l], dW[l], db[l] the flat vector that it is a part of, and its first entry there."""


class Layout:
    """θ, ∇J, the optimiser's state and the arrays of the trace in shared memory.

    ``vectors`` are flat, ``trace`` are those of a pass, parts of vectors left out.
    """

    def __init__(self, regions: Sequence[Region], trees: Trees, update: UpdateLaunch, parts: Parts, dtype: str) -> None:
        self.dtype, self.parts = dtype, parts
        self.vectors = list(dict.fromkeys((THETA, GRADIENT, *(each.target for each in update.equations))))
        touched = (symbol for region in regions for symbol in (*sorted(region.reads, key=str), *region.targets))
        self.trace = [symbol for symbol in dict.fromkeys((A[0], Y, *touched)) if symbol not in parts]
        self.scratch = frozenset(trees.scratch)
        count = sum(prod(trees.of(symbol)) for symbol, (vector, _) in parts.items() if vector == THETA)
        self.sizes = dict.fromkeys(self.vectors, count) | {symbol: prod(trees.of(symbol)) for symbol in self.trace}

    @property
    def bytes(self) -> int:
        return sum(self.sizes.values()) * np.dtype(self.dtype).itemsize

    @property
    def outputs(self) -> list[Symbol]:
        """What also has a buffer in the device's memory and is stored there at the end."""
        return [symbol for symbol in self.sizes if symbol not in self.scratch]

    def declared(self) -> list[str]:
        """Declare the arrays, and the parts of vectors by their own names."""
        real = REAL[self.dtype]
        whole = [f"__shared__ {real} {identifier(symbol)}[{size}];" for symbol, size in self.sizes.items()]
        views = [
            f"{real}* const {identifier(symbol)} = {identifier(vector)} + {first};"
            for symbol, (vector, first) in self.parts.items()
        ]
        return [*whole, *views]

    def loaded(self, threads: int) -> list[str]:
        """Load what the first step needs."""
        return self._copied([symbol for symbol in self.vectors if symbol != GRADIENT], threads, "{0} = global_{0}")

    def stored(self, threads: int) -> list[str]:
        """Store everything in its buffer."""
        return self._copied(self.outputs, threads, "global_{0} = {0}")

    def _copied(self, symbols: Sequence[Symbol], threads: int, pattern: str) -> list[str]:
        """Write loops that copy the entries of some arrays of equal size."""
        lines = []
        for size in dict.fromkeys(self.sizes[symbol] for symbol in symbols):
            left, right = pattern.split(" = ")
            each = [identifier(symbol) for symbol in symbols if self.sizes[symbol] == size]
            copies = [f"{left.format(name)}[at] = {right.format(name)}[at];" for name in each]
            lines += [f"for (int at = threadIdx.x; at < {size}; at += {threads}) {{", *indented(copies), "}"]
        return lines


@dataclass(frozen=True)
class Prefetch:
    """How one array of a batch comes into shared memory: requested a step ahead, stored when it is due.

    The row numbers of its samples are asked for another step ahead, so that no thread waits for either. ``begin`` and
    ``end`` bound the steps.
    """

    name: str
    data: str
    size: Size
    batch_size: int
    threads: int
    real: str

    def first(self) -> list[str]:
        """Fetch the samples of the first step, and the row numbers of those of the second."""
        return [
            f"{self.real} coming_{self.name}[{self.each}];",
            f"long long rows_{self.name}[{self.each}];",
            *self.unrolled(
                [
                    f"rows_{self.name}[k] = {self.row_number('begin + 1')};",
                    f"if (at < {self.count})",
                    f"    {self.name}[at] = {self.entry(self.row_number('begin'))};",
                ]
            ),
        ]

    def ask(self) -> list[str]:
        """Request the samples of the next step, and the row numbers of those of the one after it."""
        return self.unrolled(
            [
                f"coming_{self.name}[k] = {self.entry(f'rows_{self.name}[k]')};",
                f"rows_{self.name}[k] = {self.row_number('step + 2')};",
            ]
        )

    def commit(self) -> list[str]:
        """Store the samples that have arrived."""
        return self.unrolled([f"if (at < {self.count})", f"    {self.name}[at] = coming_{self.name}[k];"])

    @property
    def count(self) -> int:
        rows, columns = self.size
        return rows * columns

    @property
    def each(self) -> int:
        """Entries per thread."""
        return -(-self.count // self.threads)

    def unrolled(self, body: list[str]) -> list[str]:
        """Repeat statements for every entry ``at`` of a thread, its k-th."""
        head = ["#pragma unroll", f"for (int k = 0; k < {self.each}; k++) {{"]
        return [*head, *indented([f"const int at = threadIdx.x + k * {self.threads};", *body]), "}"]

    def row_number(self, step: str) -> str:
        """Write the row number of an entry's sample at ``step``; 0 where there is no such entry or step."""
        place = f"{identifier(ORDER)}[({step}) * {self.batch_size} + at / {self.size[1]}]"
        return f"(at < {self.count} && {step} < end ? {place} : 0)"

    def entry(self, row: str) -> str:
        return f"{self.data}[{row} * {self.size[1]} + at % {self.size[1]}]"
