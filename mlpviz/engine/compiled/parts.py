"""Cuts equations into statements of one loop nest each: matrix products, sums along an axis, and entries."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from ...maths import expressions as ex
from ...maths import shapes
from ...maths.equations import Equation
from ..normal_form import Trees, exchanged, symbols

CHEAP = frozenset({"maximum", "minimum", "greater", "weighted", "abs"})
"""Functions that are as quick as arithmetic."""


NOWHERE = ex.Symbol("nowhere")

SHORT = 16
"""Terms up to which the entry of a product is written out where it is needed."""


@dataclass(frozen=True)
class LoopNest:
    """An array, and the tree that one loop nest computes into it: a long product, a Sum or Max, or a tree of entries.

    In a tree of entries every product is short, and its factors are arrays.
    """

    target: ex.Symbol
    value: ex.Expression


class Parts:
    """The statements of equations, in an order in which they may be carried out; equal parts are computed once.

    A product for which ``apart`` says so has a loop nest of its own, though it be short.
    """

    def __init__(self, trees: Trees, apart: Callable[[ex.MatMul], bool] = lambda product: False) -> None:
        self.trees, self.apart = trees, apart
        self.statements: list[LoopNest] = []
        self.standing: dict[ex.Expression, ex.Symbol] = {}
        self.dear: set[ex.Expression] = set()

    def of(self, equations: Sequence[Equation]) -> list[LoopNest]:
        """The statements that compute all targets.

        Raises ShapeError where an equation does not multiply or is not of its target's shape.
        """
        values = [self.checked(equation) for equation in equations]
        counts = Counter(node for value in values for node in set(dear(value)))
        self.dear = {node for node, count in counts.items() if count > 1}
        self.dear |= {part for value in values for part in self.repeated(value)}
        for equation, value in zip(equations, values, strict=True):
            if value in self.standing:
                value = self.standing[value]
            self.store(equation.target, value)
            self.standing.setdefault(value, equation.target)
        return self.statements

    def checked(self, equation: Equation) -> ex.Expression:
        shapes.check_value(equation.target, self.trees.of(equation.target), self.trees.shape(equation.value))
        return self.trees.normal(equation.value)

    def store(self, target: ex.Symbol, value: ex.Expression) -> None:
        """Append the statements that leave a value in its target; a product in it may stand there meanwhile."""
        if isinstance(value, ex.MatMul):
            value = ex.rebuild(value, self.array)
        elif isinstance(value, ex.Sum):
            value = ex.rebuild(value, self.without_parts)
        else:
            found = list(dict.fromkeys(part for child in ex.children(value) for part in outermost(child, self.dear)))
            value = exchanged(value, {part: self.place(part, target, value) for part in found})
        self.statements.append(LoopNest(target, value))

    def repeated(self, value: ex.Expression) -> Iterator[ex.Expression]:
        """The parts of a tree with such a function that would be computed anew for each row or column."""
        for node in ex.walk(value):
            for part in ex.children(node):
                if self.count(part) < self.count(node) and any(map(costly, ex.walk(part))):
                    yield part

    def count(self, node: ex.Expression) -> int:
        return math.prod(self.trees.shape(node))

    def short(self, part: ex.Expression) -> bool:
        """Whether a part is a product that is written out entry by entry."""
        if not isinstance(part, ex.MatMul) or part in self.dear:
            return False
        return self.trees.shape(part.left)[1] <= SHORT and not self.apart(part)

    def place(self, part: ex.Expression, target: ex.Symbol, value: ex.Expression) -> ex.Expression:
        """Where a part of a value stands: in the target itself if it is the value's only product, and of its shape."""
        if self.short(part):
            return ex.rebuild(part, self.array)
        alone = part not in self.dear and part not in self.standing and isinstance(part, ex.MatMul)
        others = any(isinstance(node, ex.MatMul) and node != part for node in ex.walk(value))
        if (
            not alone
            or others
            or target is NOWHERE
            or target in symbols(value)
            or self.trees.shape(part) != self.trees.of(target)
        ):
            return self.scratch(part)
        self.store(target, part)
        return target

    def array(self, node: ex.Expression) -> ex.Expression:
        """The operand of a product: an array or its transpose."""
        return node if isinstance(node, ex.Symbol | ex.Transpose) else self.scratch(node)

    def without_parts(self, node: ex.Expression) -> ex.Expression:
        """The operand of a sum: a tree of entries."""
        return exchanged(node, {part: self.place(part, NOWHERE, node) for part in outermost(node, self.dear)})

    def scratch(self, node: ex.Expression) -> ex.Symbol:
        """Compute a tree into a buffer of its own, once."""
        if node not in self.standing:
            symbol = self.trees.new(self.trees.shape(node))
            self.store(symbol, node)
            self.standing[node] = symbol
        return self.standing[node]


def lone(node: ex.Expression) -> bool:
    """Whether a tree is a loop nest of its own."""
    return isinstance(node, ex.MatMul | ex.Sum)


def dear(node: ex.Expression) -> Iterator[ex.Expression]:
    """The parts of a tree that are worth a buffer if they are needed twice."""
    return (part for part in ex.walk(node) if lone(part) or costly(part))


def costly(node: ex.Expression) -> bool:
    """Whether a tree is the value of a function such as exp."""
    return isinstance(node, ex.Apply) and node.name not in CHEAP


def outermost(node: ex.Expression, shared: set[ex.Expression]) -> list[ex.Expression]:
    """The parts of a tree that need a loop nest of their own or are shared with other equations, each once."""
    if lone(node) or node in shared:
        return [node]
    return list(dict.fromkeys(found for child in ex.children(node) for found in outermost(child, shared)))
