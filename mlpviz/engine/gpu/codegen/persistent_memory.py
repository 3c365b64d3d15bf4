"""The shared memory of the persistent kernel: θ, ∇J, the optimiser's state, and the arrays of the trace."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import prod

import numpy as np

from mlpviz.engine.gpu.codegen.c import REAL, identifier
from mlpviz.engine.gpu.codegen.scope import indented
from mlpviz.engine.gpu.schedule.launches import GRADIENT, THETA, Update
from mlpviz.engine.gpu.schedule.normal_form import Trees
from mlpviz.engine.gpu.schedule.regions import Job
from mlpviz.maths.equations import A, Y
from mlpviz.maths.expressions import Symbol

Parts = Mapping[Symbol, tuple[Symbol, int]]
"""Where W[l], b[l], dW[l] and db[l] stand: the flat vector that each is a part of, and its first entry there."""


class Layout:
    """The arrays of shared memory; ``vectors`` are flat, ``trace`` are those of a pass, parts of vectors left out."""

    def __init__(self, jobs: Sequence[Job], trees: Trees, update: Update, parts: Parts, dtype: str) -> None:
        self.dtype, self.parts = dtype, parts
        self.vectors = list(dict.fromkeys((THETA, GRADIENT, *(each.target for each in update.equations))))
        touched = (symbol for job in jobs for symbol in (*sorted(job.reads, key=str), *job.targets))
        self.trace = [symbol for symbol in dict.fromkeys((A[0], Y, *touched)) if symbol not in parts]
        self.scratch = frozenset(trees.scratch)
        count = sum(prod(trees.of(symbol)) for symbol, (vector, _) in parts.items() if vector == THETA)
        self.sizes = dict.fromkeys(self.vectors, count) | {symbol: prod(trees.of(symbol)) for symbol in self.trace}

    @property
    def bytes(self) -> int:
        """The shared memory that it takes."""
        return sum(self.sizes.values()) * np.dtype(self.dtype).itemsize

    @property
    def kept(self) -> list[Symbol]:
        """What has a buffer in the device's memory too, and is stored there at the end."""
        return [symbol for symbol in self.sizes if symbol not in self.scratch]

    def declared(self) -> list[str]:
        """The declarations of the arrays, and of the parts of vectors by their own names."""
        real = REAL[self.dtype]
        whole = [f"__shared__ {real} {identifier(symbol)}[{size}];" for symbol, size in self.sizes.items()]
        views = [
            f"{real}* const {identifier(symbol)} = {identifier(vector)} + {first};"
            for symbol, (vector, first) in self.parts.items()
        ]
        return [*whole, *views]

    def loaded(self, threads: int) -> list[str]:
        """The statements that fetch what the first step needs."""
        return self._copied([symbol for symbol in self.vectors if symbol != GRADIENT], threads, "{0} = global_{0}")

    def stored(self, threads: int) -> list[str]:
        """The statements that leave everything in its buffer."""
        return self._copied(self.kept, threads, "global_{0} = {0}")

    def _copied(self, symbols: Sequence[Symbol], threads: int, pattern: str) -> list[str]:
        """Loops over the entries of some arrays of equal size each."""
        lines = []
        for size in dict.fromkeys(self.sizes[symbol] for symbol in symbols):
            left, right = pattern.split(" = ")
            each = [identifier(symbol) for symbol in symbols if self.sizes[symbol] == size]
            copies = [f"{left.format(name)}[at] = {right.format(name)}[at];" for name in each]
            lines += [f"for (int at = threadIdx.x; at < {size}; at += {threads}) {{", *indented(copies), "}"]
        return lines
