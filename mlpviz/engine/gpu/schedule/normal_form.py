"""Equations as a generator of kernels wants them: primitive operations only, and only arrays transposed."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from mlpviz.engine.evaluate import evaluate
from mlpviz.maths import shapes
from mlpviz.maths.expressions import (
    Apply,
    Divide,
    Expression,
    MatMul,
    Number,
    Sum,
    Symbol,
    Transpose,
    leaves,
    rebuild,
    walk,
)
from mlpviz.maths.functions import definition, transposed

Size = tuple[int, int]


class Before(Symbol):
    """What an array held before the equation that writes it: a product laid down there, or θ before its update."""


class Trees:
    """What the symbols of some equations stand for: arrays with a shape, and fixed numbers."""

    def __init__(self, shape: Callable[[Symbol], Size], scalar: Callable[[Symbol], float | None]) -> None:
        self._shape, self._scalar = shape, scalar
        self.scratch: dict[Symbol, Size] = {}

    def new(self, shape: Size) -> Symbol:
        """A buffer of its own for a value that has no other."""
        symbol = Symbol(f"scratch {len(self.scratch) + 1}")
        self.scratch[symbol] = shape
        return symbol

    def of(self, symbol: Symbol) -> Size:
        """The shape of a symbol in numbers."""
        plain = Symbol(symbol.name, symbol.layer)
        if plain in self.scratch:
            return self.scratch[plain]
        return (1, 1) if self._scalar(plain) is not None else self._shape(plain)

    def shape(self, node: Expression) -> Size:
        """The shape of a tree's value in numbers.

        Raises ShapeError where it does not multiply.
        """
        rows, columns = shapes.shape(node, self.of)
        assert isinstance(rows, int)
        assert isinstance(columns, int)
        return (rows, columns)

    def normal(self, node: Expression) -> Expression:
        """The tree with kernels in place of functions, constant parts as numbers, and only symbols transposed."""
        if all(map(self._constant, leaves(node))):
            return Number(float(evaluate(node, self._scalar, kernel=True)))
        match node:
            case Apply() if (body := definition(node, kernel=True)) is not None:
                return self.normal(body)
            case Transpose(operand):
                return node if isinstance(operand, Symbol) else self.normal(transposed(operand))
            case Sum(operand, axis) if self.shape(operand)[axis] == 1:
                return self.normal(operand)
            case Divide(operand, right) if self.normal(right) == Number(1.0):
                return self.normal(operand)
        return rebuild(node, self.normal)

    def _constant(self, leaf: Expression) -> bool:
        return isinstance(leaf, Number) or (isinstance(leaf, Symbol) and self._scalar(leaf) is not None)


def products(node: Expression) -> Iterator[MatMul]:
    """The matrix products of a tree, outermost first."""
    return (each for each in walk(node) if isinstance(each, MatMul))


def sums(node: Expression) -> Iterator[Sum]:
    """The sums and maxima of a tree, outermost first."""
    return (each for each in walk(node) if isinstance(each, Sum))


def exchanged(node: Expression, values: dict[Expression, Expression]) -> Expression:
    """The tree with some of its parts replaced, the largest first."""
    return values[node] if node in values else rebuild(node, lambda child: exchanged(child, values))


def symbols(node: Expression) -> Iterator[Symbol]:
    """The arrays that a tree reads."""
    return (leaf for leaf in leaves(node) if isinstance(leaf, Symbol))
