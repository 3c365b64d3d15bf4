"""Equations as writers of loops want them: primitive operations only, and only arrays transposed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from mlpviz.engine.evaluate import evaluate
from mlpviz.maths import expressions as ex
from mlpviz.maths import shapes
from mlpviz.maths.functions import definition, transposed

Size = tuple[int, int]


class Before(ex.Symbol):
    """The value of an array before the equation that overwrites it: a product stored there, or θ before its update."""


class Trees:
    """The shapes and fixed numbers behind the symbols of some equations."""

    def __init__(self, shape: Callable[[ex.Symbol], Size], scalar: Callable[[ex.Symbol], float | None]) -> None:
        self._shape, self._scalar = shape, scalar
        self.scratch: dict[ex.Symbol, Size] = {}

    def new(self, shape: Size) -> ex.Symbol:
        """Create a buffer for an intermediate value."""
        symbol = ex.Symbol(f"scratch {len(self.scratch) + 1}")
        self.scratch[symbol] = shape
        return symbol

    def of(self, symbol: ex.Symbol) -> Size:
        plain = ex.Symbol(symbol.name, symbol.layer)
        if plain in self.scratch:
            return self.scratch[plain]
        return (1, 1) if self._scalar(plain) is not None else self._shape(plain)

    def shape(self, node: ex.Expression) -> Size:
        """The shape of a tree's value in numbers.

        Raises ShapeError where it does not multiply.
        """
        rows, columns = shapes.shape(node, self.of)
        assert isinstance(rows, int)
        assert isinstance(columns, int)
        return (rows, columns)

    def normal(self, node: ex.Expression) -> ex.Expression:
        """Replace functions by kernels and constant parts by numbers, and transpose only symbols."""
        if all(map(self._constant, ex.leaves(node))):
            return ex.Number(float(evaluate(node, self._scalar, kernel=True)))
        match node:
            case ex.Apply() if (body := definition(node, kernel=True)) is not None:
                return self.normal(body)
            case ex.Transpose(operand):
                return node if isinstance(operand, ex.Symbol) else self.normal(transposed(operand))
            case ex.Sum(operand, axis) if self.shape(operand)[axis] == 1:
                return self.normal(operand)
            case ex.Divide(operand, right) if self.normal(right) == ex.Number(1.0):
                return self.normal(operand)
        return ex.rebuild(node, self.normal)

    def _constant(self, leaf: ex.Expression) -> bool:
        return isinstance(leaf, ex.Number) or (isinstance(leaf, ex.Symbol) and self._scalar(leaf) is not None)


def products(node: ex.Expression) -> Iterator[ex.MatMul]:
    return (each for each in ex.walk(node) if isinstance(each, ex.MatMul))


def sums(node: ex.Expression) -> Iterator[ex.Sum]:
    return (each for each in ex.walk(node) if isinstance(each, ex.Sum))


def exchanged(node: ex.Expression, values: dict[ex.Expression, ex.Expression]) -> ex.Expression:
    """Replace parts of a tree, the largest first."""
    return values[node] if node in values else ex.rebuild(node, lambda child: exchanged(child, values))


def symbols(node: ex.Expression) -> Iterator[ex.Symbol]:
    return (leaf for leaf in ex.leaves(node) if isinstance(leaf, ex.Symbol))


def identifier(symbol: ex.Symbol) -> str:
    """The name of an array in a program."""
    name = re.sub(r"\W", "_", symbol.name)
    return name if symbol.layer is None else f"{name}_{symbol.layer}"
