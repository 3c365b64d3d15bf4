"""Equations as a generator of kernels wants them: primitive operations only, and only arrays transposed."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from mlpviz.engine.evaluate import evaluate
from mlpviz.maths import expressions as ex
from mlpviz.maths import shapes
from mlpviz.maths.functions import definition, transposed

Size = tuple[int, int]


class Before(ex.Symbol):
    """What an array held before the equation that writes it: a product laid down there, or θ before its update."""


class Trees:
    """What the symbols of some equations stand for: arrays with a shape, and fixed numbers."""

    def __init__(self, shape: Callable[[ex.Symbol], Size], scalar: Callable[[ex.Symbol], float | None]) -> None:
        self._shape, self._scalar = shape, scalar
        self.scratch: dict[ex.Symbol, Size] = {}

    def new(self, shape: Size) -> ex.Symbol:
        """A buffer of its own for a value that has no other."""
        symbol = ex.Symbol(f"scratch {len(self.scratch) + 1}")
        self.scratch[symbol] = shape
        return symbol

    def of(self, symbol: ex.Symbol) -> Size:
        """The shape of a symbol in numbers."""
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
        """The tree with kernels in place of functions, constant parts as numbers, and only symbols transposed."""
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
    """The matrix products of a tree, outermost first."""
    return (each for each in ex.walk(node) if isinstance(each, ex.MatMul))


def sums(node: ex.Expression) -> Iterator[ex.Sum]:
    """The sums and maxima of a tree, outermost first."""
    return (each for each in ex.walk(node) if isinstance(each, ex.Sum))


def exchanged(node: ex.Expression, values: dict[ex.Expression, ex.Expression]) -> ex.Expression:
    """The tree with some of its parts replaced, the largest first."""
    return values[node] if node in values else ex.rebuild(node, lambda child: exchanged(child, values))


def symbols(node: ex.Expression) -> Iterator[ex.Symbol]:
    """The arrays that a tree reads."""
    return (leaf for leaf in ex.leaves(node) if isinstance(leaf, ex.Symbol))
