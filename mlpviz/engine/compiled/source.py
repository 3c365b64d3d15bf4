"""The steps of a run as the text of one function: gather, pass, cost and update, over and over."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from typing import Any

from ...maths import expressions as ex
from ...maths.equations import steps
from ...maths.expressions import Symbol
from ..arrays import Array
from ..cpu.arrays import HOST
from ..normal_form import Trees, identifier, symbols
from ..plan import GRADIENT, TrainingPlan
from ..rollback import EVERY, next_due
from ..trace import PHASES, Trace
from .blas import library_product
from .library import FLAGS, library
from .loops import LoopPrinter, Loops, fused, indented, layout_of, nest
from .parts import LoopNest, Parts

INPUTS = Symbol("A", 0)

MODULE = """import math

import numpy as np
from numba import njit

real, EVERY = np.{dtype}, {every}


{functions}


@njit(cache=True, {flags})
def steps(costs, first, last, due, order, data_X, data_Y, numbers, {arrays}):
    kept = -1
    for step in range(first, last):
{body}
    return last, False, kept
"""


class StepSource:
    """The text of the steps of one batch size, and what its function wants by the names of its arguments."""

    def __init__(self, plan: TrainingPlan, trace: Trace, copies: Mapping[Symbol, Array]) -> None:
        self.plan, self.trace, self.copies = plan, trace, copies
        self.trees = Trees(trace.shape, trace.scalar)
        equations = [step.equation for step in steps(trace.architecture) if step.phase in PHASES]
        product = library_product(trace.dtype)
        self.buffers: dict[Symbol, Array] = {}
        self.loops = Loops(self.trees, lambda symbol: layout_of(self.buffer(symbol)), product is not None)
        self.statements = Parts(self.trees, self.loops.apart).of(equations)
        for symbol in self.mentioned():
            self.buffer(symbol)
        self.of_pass = self.passed()
        calls = any(line.startswith("blas(") for line in self.of_pass)  # handing a function over takes 20 µs a call
        self.arrays: dict[str, Any] = {"blas": product} if calls else {}
        self.arrays |= {identifier(symbol): array for symbol, array in self.buffers.items()}
        vectors = {**plan.vectors, GRADIENT: trace.gradient}
        self.arrays |= {identifier(symbol): vector for symbol, vector in vectors.items()}
        self.arrays |= {f"kept_{identifier(symbol)}": copy for symbol, copy in copies.items()}

    def mentioned(self) -> list[Symbol]:
        """The arrays of a pass that its statements read or write."""
        found = (symbol for each in self.statements for symbol in (each.target, *symbols(each.value)))
        return list(dict.fromkeys(found))

    def buffer(self, symbol: Symbol) -> Array:
        if symbol not in self.buffers:
            own = self.trees.of(symbol) if symbol == INPUTS else self.trees.scratch.get(symbol)
            made = self.trace.buffer(symbol) if own is None else HOST.matrix(own, self.trace.dtype)
            self.buffers[symbol] = made
        return self.buffers[symbol]

    @property
    def text(self) -> str:
        """The module that has the steps as its function ``steps``."""
        body = [*self.gathered(), *self.of_pass, *self.looked_at(), *self.updated()]
        due = f"@njit({FLAGS})\n{inspect.getsource(next_due)}"
        return MODULE.format(
            dtype=self.trace.dtype, every=EVERY, functions=library(self.trace.dtype, due), flags=FLAGS,
            arrays=", ".join(self.arrays), body="\n".join(indented(indented(body))),
        )  # fmt: skip

    def gathered(self) -> list[str]:
        """The rows of the data whose turn it is, copied into the trace."""
        widths = self.trace.architecture.widths
        copied = nest([("c", widths[0])], ["A_0[r, c] = data_X[row, c]"])
        copied += nest([("c", widths[-1])], ["Y[r, c] = data_Y[row, c]"])
        here = f"order[step * {self.plan.batch_size} + r]"
        return nest([("r", self.trace.batch_size)], [f"row = {here}", *copied])

    def passed(self) -> list[str]:
        groups = fused(self.statements, self.trees, self.loops.layout)
        return [line for group in groups for line in self.of_group(group)]

    def of_group(self, group: list[LoopNest]) -> list[str]:
        return self.loops.written(group[0]) if len(group) == 1 else self.loops.entries(group)

    def looked_at(self) -> list[str]:
        """What is done with a cost before its update: a copy of the vectors to go back to is made when it is due."""
        copied = [f"kept_{identifier(symbol)}[:] = {identifier(symbol)}" for symbol in self.copies]
        return [
            "costs[step] = cost[0, 0]",
            "if not math.isfinite(cost[0, 0]):",
            *indented(["return step, True, kept"]),
            "if step == due:",
            *indented([*copied, "kept = step", f"due = next_due(step + 1, {self.plan.steps})"]),
        ]

    def updated(self) -> list[str]:
        """The optimiser's equations, each entry of the vectors going through all of them before the next."""
        row = "step" if self.plan.varying else "0"
        read = {Symbol(name): name for name in self.plan.updates.numbers}
        taken = [f"{name} = numbers[{row}, {i}]" for i, name in enumerate(self.plan.updates.numbers)]

        def entry(leaf: ex.Expression) -> str | None:
            return read.get(leaf, f"{identifier(leaf)}[p]") if isinstance(leaf, Symbol) else None

        equations = self.plan.updates.optimizer.equations
        moves = [f"{entry(each.target)} = {LoopPrinter(entry).write(each.value)}" for each in equations]
        spans = [f"for p in range({start}, {stop}):" for start, stop in self.plan.updates.spans]
        return taken + [line for span in spans for line in (span, *indented(moves))]
