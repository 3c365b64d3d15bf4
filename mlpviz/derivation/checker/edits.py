"""Small changes of a tree, each a mistake undone: the one that makes a formula right names what was wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from functools import cached_property
from itertools import product
from typing import Any

from ...maths.expressions import (
    Expression,
    MatMul,
    Number,
    Subtract,
    Symbol,
    Transpose,
    children,
    rebuild,
)
from .nodes import Slope
from .rules import RULES, Local, layers
from .values import Evaluator

COSTS = {
    "sign": 0.6,
    "extra 1/m": 0.65,
    "missing slope": 1.0,
    "transposed": 1.0,
    "number for m": 1.0,
    "wrong layer": 1.1,
    "missing bias": 1.1,
    "order": 1.2,
    "missing sum": 1.2,
    "extra sum": 1.2,
    "brackets": 1.25,
    "elementwise instead of matrix product": 1.3,
    "matrix product instead of elementwise": 1.3,
    "extra slope": 1.5,
    "missing error": 1.5,
    "division": 1.6,
    "wrong slope": 1.7,
    "wrong array": 1.8,
    "extra factor": 1.9,
    "extra term": 2.0,
    "missing term": 2.2,
    "wrong number": 2.3,
    "missing factor": 2.4,
}
"""How far-fetched each diagnosis is: of several changes that help, the most plausible one is told."""

SECOND = frozenset(COSTS) - {
    "missing factor",
    "missing term",
    "wrong number",
    "number for m",
    "wrong array",
    "division",
}
"""The changes that are tried in pairs."""


@dataclass(frozen=True)
class Change:
    """One change: what kind of mistake it undoes, where, and the whole tree after it."""

    key: str
    old: Expression
    new: Expression
    tree: Expression
    surcharge: float = 0.0

    @property
    def cost(self) -> float:
        """How far-fetched it is."""
        return COSTS[self.key] + self.surcharge


class Editor:
    """Proposes the changes of trees about one network, seen through one evaluator."""

    def __init__(self, evaluator: Evaluator) -> None:
        self.evaluator = evaluator
        self.depth = evaluator.network.architecture.depth
        numbers = range(1, self.depth + 1)
        self.slopes = [Slope(Symbol("Z", l), l) for l in numbers]
        self.biases = [b for l in numbers if evaluator.value(b := Symbol("b", l)) is not None]
        self.above = [Symbol("A", l) for l in numbers]
        self.complements = {a: Subtract(Number(1), a) for a in self.above}

    @cached_property
    def factors(self) -> list[Expression]:
        """Arrays that a matrix product may lack, both ways round."""
        plain: list[Expression] = [Symbol("A", 0), *self.above]
        plain += [Symbol(name, l) for name in ("W", "delta") for l in range(1, self.depth + 1)]
        return [*plain, *map(Transpose, plain)]

    @cached_property
    def entrywise_factors(self) -> list[Expression]:
        """Arrays that an entrywise product may lack."""
        difference = Subtract(Symbol("A", self.depth), Symbol("Y"))
        plain: list[Expression] = [*self.above, *self.complements.values(), difference]
        plain += [Symbol("delta", l) for l in range(1, self.depth + 1)]
        return [*plain, *map(Transpose, plain), *self.pulled_back]

    @cached_property
    def pulled_back(self) -> list[Expression]:
        """∂J/∂A of every hidden layer, as the notation has it, and its transpose."""
        products = []
        for l in range(2, self.depth + 1):
            for delta, W in product(both_ways(Symbol("delta", l)), both_ways(Symbol("W", l))):
                products += [MatMul(delta, W), MatMul(W, delta)]
        return [each for each in products if self.shape(each) is not None]

    def changes(self, tree: Expression, only: frozenset[str] | None = None) -> Iterator[Change]:
        """Every change of a tree, anywhere in it, of some kinds."""
        for old, new, key, surcharge, whole in (*self.everywhere(tree, only), *self.throughout(tree, only)):
            yield Change(key, old, new, whole, surcharge)

    def throughout(
        self, tree: Expression, only: frozenset[str] | None
    ) -> Iterator[tuple[Expression, Expression, str, float, Expression]]:
        """The same of every array that stands for another one, or for that of another layer, wherever it stands."""
        counts = Counter(node for node in outside_slopes(tree) if isinstance(node, Symbol))
        for old in (symbol for symbol, count in counts.items() if count > 1):
            for key, new, surcharge in layers(self, old):
                if only is None or key in only:
                    yield old, new, key, surcharge + 0.1, exchanged(tree, old, new)

    def everywhere(
        self, node: Expression, only: frozenset[str] | None
    ) -> Iterator[tuple[Expression, Expression, str, float, Expression]]:
        """Old node, new node, kind, surcharge and the whole tree for every change at or below a node."""
        for key, new, surcharge in self.local(node, only):
            yield node, new, key, surcharge, new
        if isinstance(node, Slope):
            return
        for name, child in operands(node):
            for old, new, key, surcharge, changed in self.everywhere(child, only):
                if old is child and key == "transposed" and isinstance(node, Transpose):
                    continue  # the transpose itself is taken away instead
                yield old, new, key, surcharge, replace(node, **{name: changed})

    def local(self, node: Expression, only: frozenset[str] | None) -> Iterator[Local]:
        """The changes of one node."""
        for rule in RULES:
            for key, new, surcharge in rule(self, node):
                if only is None or key in only:
                    yield key, new, surcharge

    def shape(self, node: Expression) -> tuple[int, ...] | None:
        """The shape of a node's value, if it multiplies."""
        value = self.evaluator.value(node)
        return None if value is None else value.shape

    def fitting(self, node: Expression, candidates: list[Any]) -> Iterator[Expression]:
        """Candidates of a node's own shape, transposed if that fits."""
        shape = self.shape(node)
        if not shape:
            return
        for candidate in candidates:
            found = self.shape(candidate)
            if found == shape:
                yield candidate
            elif found is not None and found[::-1] == shape:
                yield Transpose(candidate)


def outside_slopes(node: Expression) -> Iterator[Expression]:
    """Every node of a tree but those inside f'(…)."""
    yield node
    if not isinstance(node, Slope):
        for child in children(node):
            yield from outside_slopes(child)


def exchanged(node: Expression, old: Expression, new: Expression) -> Expression:
    """The tree with one node for another wherever it stands, but for f'(…)."""
    if node == old:
        return new
    return node if isinstance(node, Slope) else rebuild(node, lambda child: exchanged(child, old, new))


def both_ways(symbol: Symbol) -> tuple[Expression, Expression]:
    """An array and its transpose."""
    return symbol, Transpose(symbol)


def operands(node: Expression) -> Iterator[tuple[str, Expression]]:
    """The operands of a node by field."""
    for each in fields(node):
        value = getattr(node, each.name)
        if isinstance(value, Expression):
            yield each.name, value
