"""The Σ form of one entry of an expression: "where does this number come from"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

from ..maths import expressions as ex
from ..maths.functions import FUNCTIONS, definition, runs_along_rows
from ..maths.symbols import SCALARS, Dimension
from .view import View

Index = str | None
"""The name of an index, or None along an axis of size 1."""


class Unrolled(str):
    """The index of an entry in one long vector of the rows of a matrix, by its ``row`` and ``column`` in the matrix.

    As text it is the formula for it; rows have ``length`` entries, and ``first`` is the number of the first one.
    """

    row: Index
    column: Index
    length: int

    def __new__(cls, row: Index, column: Index, length: int, first: int) -> Self:
        passed = f"({row}-1)" if first else f"{row}"
        text = super().__new__(cls, rf"{passed}\cdot {length}+{column}" if row and column else row or column or "")
        text.row, text.column, text.length = row, column, length
        return text


BOUND = "kpqrstuv"
"""Names of summation indices, the outermost first; i and j are an entry's own row and column."""


@dataclass(frozen=True)
class Entry(ex.Expression):
    """One entry of a shown array."""

    symbol: ex.Symbol
    row: Index
    column: Index


@dataclass(frozen=True)
class SumOver(ex.Expression):
    """The sum of ``body`` over an index that runs through a dimension."""

    index: str
    dimension: Dimension
    body: ex.Expression


def entry(node: ex.Expression, view: View, row: Index = "i", column: Index = "j") -> ex.Expression:
    """The (row, column) entry of a written expression, as a formula in entries of its symbols."""
    rows, columns = view.shape(node)
    return _entry(node, view, row if rows != 1 else None, column if columns != 1 else None, 0)


def _entry(node: ex.Expression, view: View, row: Index, column: Index, depth: int) -> ex.Expression:
    def at(child: ex.Expression) -> ex.Expression:
        rows, columns = view.shape(child)
        return _entry(child, view, row if rows != 1 else None, column if columns != 1 else None, depth)

    match node:
        case ex.Symbol(name):
            return node if name in SCALARS else Entry(node, row, column)
        case ex.Transpose(operand):
            return _entry(operand, view, column, row, depth)
        case ex.MatMul(left, right):
            inner = view.shape(left)[1]
            return summed(inner, depth, lambda k, d: _entry(left, view, row, k, d) * _entry(right, view, k, column, d))
        case ex.Max():
            raise TypeError("a maximum along an axis has no sum form")
        case ex.Sum(operand, axis):
            size = view.shape(operand)[axis]
            return summed(size, depth, lambda k, d: _entry(operand, view, *((k, column) if axis == 0 else (row, k)), d))
        case ex.Apply(name) if runs_along_rows(name) or FUNCTIONS[name].transparent:
            body = definition(node)
            assert body is not None
            return _entry(body, view, row, column, depth)
    return ex.rebuild(node, at)


def summed(size: Dimension, depth: int, body: Callable[[Index, int], ex.Expression]) -> ex.Expression:
    """Σ over one more index, or its only term if the size is 1."""
    if size == 1:
        return body(None, depth)
    return SumOver(BOUND[depth], size, body(BOUND[depth], depth + 1))
