"""Where the entry of an array stands that belongs to the row and the column a thread is working on."""

from __future__ import annotations

from mlpviz.engine.gpu.schedule.normal_form import Size, Trees
from mlpviz.maths.expressions import Expression, Symbol, Transpose

NARROW = 2**31 - 2**24
"""Entries up to which an int counts them all and what a grid may run past them."""


def index_type(sizes: list[Size]) -> str:
    """The integer type that numbers the entries of matrices of some sizes."""
    return "int" if max(rows * columns for rows, columns in sizes) < NARROW else "long long"


def address(leaf: Expression, trees: Trees, row: str = "row", column: str = "column") -> str:
    """The number of an array's entry (row, column), an axis of size 1 being repeated; ``leaf`` may be transposed."""
    if isinstance(leaf, Transpose):
        return place(array(leaf), trees, column, row)
    return place(array(leaf), trees, row, column)


def place(symbol: Symbol, trees: Trees, row: str, column: str) -> str:
    """The number of the entry in a given row and column."""
    rows, columns = trees.of(symbol)
    terms = [f"{row} * {columns}" if columns > 1 else row] if rows > 1 else []
    terms += [column] if columns > 1 else []
    return " + ".join(terms) or "0"


def array(leaf: Expression) -> Symbol:
    """The array that a leaf of a tree reads, transposed or not."""
    symbol = leaf.operand if isinstance(leaf, Transpose) else leaf
    assert isinstance(symbol, Symbol)
    return symbol
