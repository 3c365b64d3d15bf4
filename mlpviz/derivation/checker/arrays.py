"""The value of a node from those of its operands: one row each, None where they do not fit together."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

import numpy as np

from ...maths import expressions as ex
from . import nodes as nd

ENTRYWISE: dict[type, Callable[[Any, Any], Any]] = {
    ex.Add: operator.add,
    ex.Subtract: operator.sub,
    ex.Multiply: operator.mul,
    ex.Divide: operator.truediv,
}

MOST_FILLED = 10_000
"""Most entries of an array of equal numbers."""


def laid(x: Any, along: int | None) -> Any:
    """What has one axis as it lies beside a matrix."""
    return x if along is None or x.shape == () else x.reshape((1, -1) if along else (-1, 1))


def product(a: Any, b: Any) -> Any:
    return None if a.shape == () or b.shape == () or a.shape[1] != b.shape[0] else a @ b


def is_single(x: Any) -> bool:
    return x.shape == () or x.shape == (1, 1)


def diagonal(x: Any) -> Any:
    return np.diag(x.ravel()) if x.shape != () and 1 in x.shape else None


def along_axis(node: nd.AxisSum, x: Any) -> Any:
    if x.shape == ():
        return x
    return None if nd.lies(node.operand) is not None else x.sum(node.axis, keepdims=True)


def counted(node: nd.Count, x: Any) -> Any:
    return np.float64(x.size if node.axis is None or x.shape == () else x.shape[node.axis])


def outer(left: Any, right: Any) -> Any:
    """The outer product of two vectors; of matrices, whose entries NumPy puts in a row, None."""
    if any(x.shape == () or 1 not in x.shape for x in (left, right)):
        return None
    return np.outer(left, right)


def reshaped(x: Any, rows: Any, columns: Any) -> Any:
    """A vector as a row or a column; of a matrix, whose entries would change places, only what it is already."""
    if x.shape == () or rows.shape != () or columns.shape != ():
        return None
    height, width = int(rows), int(columns)
    height = x.size // width if height == -1 and width > 0 else height
    width = x.size // height if width == -1 and height > 0 else width
    fits = min(height, width) > 0 and height * width == x.size and (1 in x.shape or (height, width) == x.shape)
    return x.reshape(height, width) if fits else None


def filled(node: nd.Filled, rows: Any, columns: Any) -> Any:
    sizes = rows, columns
    if any(size.shape != () or size < 1 or size % 1 for size in sizes) or rows * columns > MOST_FILLED:
        return None
    return np.full((int(rows), int(columns)), float(node.value))


def selected(left: Any, right: Any, this: Any, otherwise: Any) -> Any:
    shapes = {x.shape for x in (left, right, this, otherwise) if not is_single(x)}
    return np.where(left > right, this, otherwise) if len(shapes) <= 1 else None


VALUES: dict[type, Callable[..., Any]] = {
    ex.Negate: lambda node, x: -x,
    ex.Max: lambda node, x: x if x.shape == () else x.max(node.axis, keepdims=True),
    ex.Sum: lambda node, x: x.sum(node.axis, keepdims=True),
    nd.Diagonal: lambda node, x: diagonal(x),
    nd.Power: lambda node, x: x**node.exponent,
    nd.AxisSum: along_axis,
    nd.Total: lambda node, x: np.float64(x.sum()),
    nd.Largest: lambda node, x: np.float64(x.max()),
    nd.Count: counted,
    nd.Outer: lambda node, left, right: outer(left, right),
    nd.Reshaped: lambda node, *operands: reshaped(*operands),
    nd.Filled: filled,
    nd.Selected: lambda node, *operands: selected(*operands),
}
"""The nodes whose value depends on nothing but their operands."""
