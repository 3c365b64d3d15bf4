"""The steps of a block of networks as the text of one function: the innermost loop runs over the networks."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from ...maths import expressions as ex
from ...maths.expressions import Symbol
from ...maths.symbols import Role, named
from ..compiled.library import FLAGS, library
from ..compiled.loops import LoopPrinter, Loops, fused, indented, nest
from ..compiled.parts import SHORT, LoopNest
from ..compiled.source import INPUTS
from ..normal_form import Trees, identifier
from ..parameters import pairs
from ..plan import GRADIENT, THETA, TrainingPlan
from .host import statements_of
from .networks import RATE

COMMON = frozenset({INPUTS, Symbol("Y")})
"""The arrays that all networks share."""

MODULE = """import math

import numpy as np
from numba import njit

real = np.{dtype}


{functions}


@njit(cache=True, {flags})
def steps(totals, ended, first, last, done, batches, weight, data_X, data_Y, numbers, rates, {blocks}, {buffers}):
    for block in range(first, last):
        total, end, rate = totals[block], ended[block], rates[block]
{taken}
        for step in range(len(batches)):
{body}
"""


class BlockLoops(Loops):
    """Writes statements as loops over arrays whose last axis is that of the networks, but for those in COMMON."""

    def __init__(self, trees: Trees, places: dict[Symbol, int], size: int) -> None:
        super().__init__(trees, lambda symbol: "C")
        self.places, self.networks = places, ("q", size)

    def at(self, leaf: ex.Expression, row: str, column: str) -> str:
        """An entry of an array for the network q; one of the parameters is an entry of their vector."""
        if isinstance(leaf, Symbol) and leaf in self.places:
            start, (rows, columns) = self.places[leaf], self.trees.of(leaf)
            terms = [f"{row} * {columns}"] * (rows > 1) + [column] * (columns > 1)
            return f"{identifier(vector_of(leaf))}[{' + '.join([str(start), *terms])}, q]"
        entry = super().at(leaf, row, column)
        return entry if isinstance(leaf, ex.Transpose) or leaf in COMMON else f"{entry[:-1]}, q]"

    def entries(self, statements: Sequence[LoopNest]) -> list[str]:
        rows, columns = self.trees.of(statements[0].target)
        body = [f"{self.at(each.target, 'r', 'c')} = {self.entry(each.value, 'r', 'c')}" for each in statements]
        return nest([("r", rows), ("c", columns), self.networks], body)

    def reduction(self, out: Symbol, node: ex.Sum) -> list[str]:
        rows, columns = self.trees.shape(node.operand)
        first = "-math.inf" if isinstance(node, ex.Max) else "0"
        both = "maximum({}, {})" if isinstance(node, ex.Max) else "{} + {}"
        ranges = [("r", rows), ("c", columns)]
        to, value = self.at(out, "r", "c"), self.entry(node.operand, "r", "c")
        clear = nest([self.networks], [f"{to} = real({first})"])
        add = nest([ranges[node.axis], self.networks], [f"{to} = {both.format(to, value)}"])
        return nest([ranges[1 - node.axis]], [*clear, *add])

    def product(self, out: Symbol, node: ex.MatMul) -> list[str]:
        """Some terms at a time: each of these passes over the networks reads and writes the sum once."""
        (rows, inner), columns = self.trees.shape(node.left), self.trees.shape(node.right)[1]
        to = self.at(out, "r", "c")
        clear = nest([self.networks], [f"{to} = real(0)"])
        add = [f"for k in range(0, {inner - inner % SHORT}, {SHORT}):", *indented(self.terms(to, node, SHORT))]
        rest = [f"k = {inner - inner % SHORT}", *self.terms(to, node, inner % SHORT)] if inner % SHORT else []
        return nest([("r", rows), ("c", columns)], [*clear, *add, *rest])

    def terms(self, to: str, node: ex.MatMul, count: int) -> list[str]:
        each = (f"(k + {i})" for i in range(count))
        products = (f"{self.at(node.left, 'r', k)} * {self.at(node.right, k, 'c')}" for k in each)
        return nest([self.networks], [f"{to} += {' + '.join(products)}"])


class BlockSource:
    """The text of the steps of one batch size for blocks of ``size`` networks, and the shapes of its buffers."""

    def __init__(self, plan: TrainingPlan, batch: int, size: int) -> None:
        self.plan, self.batch, self.size = plan, batch, size
        self.trees, self.statements = statements_of(plan, batch)
        self.loops = BlockLoops(self.trees, places(plan), size)
        widths = plan.parameters.architecture.widths
        self.buffers: dict[str, tuple[int, ...]] = {
            "A_0": (batch, widths[0]),
            "Y": (batch, widths[-1]),
            identifier(GRADIENT): (plan.parameters.flat.size, size),
        }
        for statement in self.statements:
            if statement.target not in self.loops.places:
                self.buffers[identifier(statement.target)] = (*self.trees.of(statement.target), size)

    @property
    def blocks(self) -> list[str]:
        """The names of what is changed of the networks."""
        return ["theta", "previous", *self.plan.updates.state]

    @property
    def text(self) -> str:
        taken = [f"{identifier(Symbol(name))} = all_{identifier(Symbol(name))}[block]" for name in self.blocks]
        body = [*self.gathered(), *self.passed(), *self.looked_at(), *self.updated()]
        return MODULE.format(
            dtype=self.plan.parameters.dtype, functions=library(self.plan.parameters.dtype), flags=FLAGS,
            blocks=", ".join(f"all_{identifier(Symbol(name))}" for name in self.blocks),
            buffers=", ".join(self.buffers),
            taken="\n".join(indented(indented(taken))),
            body="\n".join(indented(indented(indented(body)))),
        )  # fmt: skip

    def gathered(self) -> list[str]:
        each = (("A_0", "data_X"), ("Y", "data_Y"))
        copied = [nest([("c", self.buffers[to][1])], [f"{to}[r, c] = {source}[row, c]"]) for to, source in each]
        return nest([("r", self.batch)], ["row = batches[step, r]", *chain.from_iterable(copied)])

    def passed(self) -> list[str]:
        groups = fused(self.statements, self.trees, self.loops.layout)
        return [
            line
            for group in groups
            for line in (self.loops.written(group[0]) if len(group) == 1 else self.loops.entries(group))
        ]

    def looked_at(self) -> list[str]:
        """A network whose cost is not finite goes back to before its last update and ends."""
        ends = ["end[q] = done + step + 1", f"for p in range({self.plan.parameters.flat.size}):",
                "    theta[p, q] = previous[p, q]"]  # fmt: skip
        each = ["if end[q] == 0:", *indented(["x = cost[0, 0, q]", "if math.isfinite(x):", "    total[q] += weight * x",
                "else:", *indented(["total[q] = math.nan", *ends])]), "else:", "    total[q] = math.nan"]  # fmt: skip
        return nest([self.loops.networks], each)

    def updated(self) -> list[str]:
        """The optimiser's equations for every entry of the vectors; a network that has ended stays as it is."""
        updates = self.plan.updates
        row = "step" if self.plan.varying else "0"
        taken = [f"{name} = numbers[{row}, {i}]" for i, name in enumerate(updates.numbers)]

        def entry(leaf: ex.Expression) -> str | None:
            if leaf == RATE:
                return f"{RATE.name} * rate[q]"
            if isinstance(leaf, Symbol):
                return leaf.name if leaf.name in updates.numbers else f"{identifier(leaf)}[p, q]"
            return None

        def line(target: Symbol, value: str) -> str:
            return f"{entry(target)} = {value} if end[q] == 0 else {entry(target)}"

        moves = [line(each.target, LoopPrinter(entry).write(each.value)) for each in updates.optimizer.equations]
        return taken + [
            line
            for start, stop in updates.spans
            for line in (
                f"for p in range({start}, {stop}):",
                *indented(nest([self.loops.networks], ["previous[p, q] = theta[p, q]", *moves])),
            )
        ]


def vector_of(symbol: Symbol) -> Symbol:
    """The vector that an array of parameters, or of their gradient, is a part of."""
    return THETA if symbol.name in named(Role.PARAMETER) else GRADIENT


def places(plan: TrainingPlan) -> dict[Symbol, int]:
    """Where each array of parameters and of their gradient begins in its vector."""
    found, start, bias = dict[Symbol, int](), 0, plan.parameters.architecture.bias
    for l, (below, n) in enumerate(pairs(plan.parameters.architecture.widths), 1):
        for letter, count in (("W", n * below), ("b", n if bias else 0)):
            if count:
                found |= {Symbol(letter, l): start, Symbol(f"d{letter}", l): start}
            start += count
    return found
