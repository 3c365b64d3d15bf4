"""Vectors and matrices of numbers that are written out: (1, 1, 1)ᵀ, [[1], [1]], 𝟏.

The length of one stands for the dimension of the learner's network that is that long, so that it varies with it on
networks of other sizes; this is possible where all entries are equal.
"""

from __future__ import annotations

from ....maths import expressions as ex
from ....maths.expressions import Expression, Symbol
from .. import nodes as nd
from . import syntax as sx
from .lowering import Reader
from .refusals import Unread

ONES = sx.Word("𝟏")
"""A vector of ones, however long."""


def number_of(node: sx.Syntax) -> float | None:
    match node:
        case sx.Numeral(value):
            return value
        case sx.Signed("-", sx.Numeral(value)):
            return -value
    return None


def is_vector(node: sx.Sequence) -> bool:
    """Whether numbers are written side by side: (1, 1, 1)."""
    return len(node.items) > 1 and all(number_of(each) is not None for each in node.items)


def is_literal(node: sx.Sequence) -> bool:
    """Whether a list is a vector of numbers, or one of rows of numbers."""
    rows = [each for each in node.items if isinstance(each, sx.Sequence)]
    if not rows or len(rows) < len(node.items):
        return is_vector(node)
    return all(number_of(each) is not None for row in rows for each in row.items)


def literal(reader: Reader, node: sx.Sequence) -> Expression:
    """The array of a written-out vector, which is a column, or matrix.

    Raises Unread if its entries differ, or if nothing in the network is as long.
    """
    rows = [each.items if isinstance(each, sx.Sequence) else (each,) for each in node.items]
    rows = [row for row in rows if row]
    numbers = {number_of(each) for row in rows for each in row}
    if len(numbers) != 1 or len({len(row) for row in rows}) != 1:
        raise Unread("entries differ")
    value = numbers.pop()
    assert value is not None
    size = len(rows), len(rows[0])
    return nd.Filled(dimension(reader, size[0]), dimension(reader, size[1]), value, size)


def flipped(node: nd.Filled) -> nd.Filled:
    """The transpose of equal numbers."""
    return nd.Filled(node.right, node.left, node.value, node.size and node.size[::-1])


def dimension(reader: Reader, length: int) -> Expression:
    """What in the network is so long: the units of one layer, the input last."""
    if length == 1:
        return ex.Number(1)
    widths = reader.scope.architecture.widths
    layers = [l for l in range(1, len(widths)) if widths[l] == length] or [0] * (widths[0] == length)
    if len(layers) != 1:
        raise Unread("length", count=length)
    return Symbol("n", layers[0])


def length_of(reader: Reader, size: Expression) -> Expression:
    """A size that is written as a number: the dimension that is so long if there is one."""
    if not isinstance(size, ex.Number) or not isinstance(size.value, int) or size.value < 2:
        return size
    try:
        return dimension(reader, size.value)
    except Unread:
        return size


def is_ones(node: sx.Syntax) -> bool:
    """Whether this is 𝟏, with a length below it or not."""
    return node == ONES or (isinstance(node, sx.Scripted) and node.base == ONES and masked_by(node) is None)


def with_ones(reader: Reader, node: sx.Operation) -> Expression | None:
    """A product with a vector of ones: a sum along an axis, or a row or column that is repeated for each sample."""
    match node:
        case sx.Operation(_, sx.Operation(sign, number, sx.Transposed(left)), right) if sign != "*" and is_ones(left):
            scale = reader.tree(number)
            total = nd.AxisSum(reader.tree(right), 0)
            return ex.Multiply(scale, total) if nd.is_scalar(scale) else None
        case sx.Operation("*"):
            return None
        case sx.Operation(_, left, right) if is_ones(right):
            return nd.AxisSum(reader.tree(left), 1)
        case sx.Operation(_, sx.Transposed(left), right) if is_ones(left):
            return nd.AxisSum(reader.tree(right), 0)
        case sx.Operation(_, left, right) if is_ones(left):
            return ex.MatMul(nd.Filled(Symbol("m"), ex.Number(1), 1), reader.tree(right))
        case sx.Operation(_, left, sx.Transposed(right)) if is_ones(right):
            return ex.MatMul(reader.tree(left), nd.Filled(ex.Number(1), Symbol("m"), 1))
    return None


def masked(reader: Reader, node: sx.Scripted) -> Expression | None:
    """𝟏_{z > 0} as a mask, 𝟏_m as a number that is the same everywhere; None for all else."""
    if node.base != ONES:
        return None
    condition = masked_by(node)
    return ex.Number(1) if condition is None else reader.tree(condition)


def masked_by(node: sx.Scripted) -> sx.Compared | None:
    return next((each for each in node.below if isinstance(each, sx.Compared)), None)


def mask_of(node: sx.Call) -> sx.Compared | None:
    """The condition of 𝟏(z > 0)."""
    match node:
        case sx.Call(function, (sx.Compared() as condition,)) if function == ONES:
            return condition
    return None


def without_ones(node: sx.Syntax) -> sx.Syntax:
    """A formula with sums and masks for what is written with 𝟏."""
    match node:
        case sx.Index(base, (sx.Compared() as condition,)) if base == ONES:
            return condition
        case sx.Call() if (mask := mask_of(node)) is not None:
            return mask
        case sx.Scripted(base, (), (sx.Compared() as condition,)) if base == ONES:
            return condition
        case sx.Operation(sign, left, right) if sign != "*" and is_ones(right):
            return along(without_ones(left), 1)
        case sx.Operation(sign, sx.Transposed(left), right) if sign != "*" and is_ones(left):
            return along(without_ones(right), 0)
    return sx.Numeral(1, span=node.span) if is_ones(node) else sx.changed(node, without_ones)


def along(node: sx.Syntax, axis: int) -> sx.Syntax:
    return sx.Call(sx.Word("sum"), (node,), (("axis", sx.Numeral(axis)), ("keepdims", sx.Word("True"))), span=node.span)
