"""What a formula about one network may be written with: its arrays, its slopes, and their shapes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from itertools import product
from typing import Any

from ...maths.expressions import Expression, MatMul, Number, Subtract, Symbol, Transpose, leaves
from . import nodes as nd
from .networks import softmax_into_entropy
from .slope_table import SlopeTable
from .values import Evaluator


class Vocabulary:
    """The arrays of one network, seen through one evaluator."""

    def __init__(self, evaluator: Evaluator) -> None:
        self.evaluator = evaluator
        self.depth = evaluator.network.architecture.depth
        numbers = range(1, self.depth + 1)
        self.slopes = [nd.Slope(Symbol("Z", l), l) for l in numbers]
        self.biases = [b for l in numbers if evaluator.value(b := Symbol("b", l)) is not None]
        self.above = [Symbol("A", l) for l in numbers]
        self.complements = {a: Subtract(Number(1), a) for a in self.above}
        self.replacements: dict[int, tuple[Expression, list[Any]]] = {}

    @cached_property
    def slope_table(self) -> SlopeTable:
        tables, key = self.evaluator.network.tables, self.evaluator.transposed
        if key not in tables:
            tables[key] = SlopeTable(self.evaluator)
        return tables[key]

    @cached_property
    def factors(self) -> list[Expression]:
        """Arrays that a matrix product may lack, and their transposes."""
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

    def carried(self, layer: int) -> list[Expression]:
        """What may come back to the activation of a layer: of a squared error at the output, or through weights."""
        if layer == self.depth:
            return [Subtract(Symbol("A", layer), Symbol("Y"))]
        return [each for each in self.pulled_back if Symbol("delta", layer + 1) in leaves(each)]

    def paired_softmax(self, layer: int) -> bool:
        """Whether a layer's softmax goes into the cross-entropy."""
        return layer == self.depth and softmax_into_entropy(self.evaluator.network.architecture)

    def shape(self, node: Expression) -> tuple[int, ...] | None:
        value = self.evaluator.value(node)
        return None if value is None else value.shape

    def fitting(self, node: Expression, candidates: list[Any]) -> Iterator[Expression]:
        """Candidates of a node's shape, transposed if that fits."""
        shape = self.shape(node)
        if not shape:
            return
        for candidate in candidates:
            other = self.shape(candidate)
            if other == shape:
                yield candidate
            elif other is not None and other[::-1] == shape:
                yield Transpose(candidate)


def both_ways(symbol: Symbol) -> tuple[Expression, Expression]:
    return symbol, Transpose(symbol)
