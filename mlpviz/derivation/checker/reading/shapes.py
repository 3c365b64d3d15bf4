"""Arrays of a given shape: equal numbers, an identity, an array in another shape or with one axis more."""

from __future__ import annotations

from ....maths import expressions as ex
from ....maths.expressions import Expression
from .. import nodes as nd
from . import syntax as sx
from .arguments import Arguments, Meaning
from .counts import count
from .literals import length_of
from .refusals import Unread
from .sums import is_python


def expanded(given: Arguments) -> Expression:
    """An axis of length 1 more, for a sum that has lost one."""
    axis = given.axis()
    return given.tree("x") if axis is None else upright(given.tree("x"), axis)


def upright(operand: Expression, axis: int) -> Expression:
    """What has one axis with a new one of length 1, a row or a column; anything else as it is."""
    sizes = (ex.Number(1), ex.Number(-1)) if axis == 0 else (ex.Number(-1), ex.Number(1))
    return operand if nd.lies(operand) is None else nd.Reshaped(operand, *sizes)


def shape_of(given: Arguments, *names: str) -> tuple[Expression, Expression]:
    """The rows and columns that a call gives: in two arguments, in a bracket, or as the shape of an array."""
    reader, first = given.reader, given.given.get(names[0])
    match first:
        case sx.Attribute(array, "shape"):
            operand = reader.tree(array)
            return count(reader, operand, 0), count(reader, operand, 1)
        case sx.Sequence((rows, columns)):
            return reader.tree(rows), reader.tree(columns)
        case sx.Sequence((size,)):
            return reader.tree(size), ex.Number(1)
        case None:
            raise Unread("few arguments")
    second = given.given.get(names[1])
    return reader.tree(first), reader.tree(second) if second is not None else ex.Number(1)


MOST_ROWS = 1000
"""Most rows or columns of an array of equal numbers."""


def is_size(node: Expression) -> bool:
    return isinstance(node, ex.Symbol | nd.Count) or (isinstance(node, ex.Number) and 0 < node.value <= MOST_ROWS)


def is_one_size(given: Arguments) -> bool:
    """Whether an array is asked for that has one axis."""
    match given.given.get("x"):
        case sx.Attribute():
            return False
        case sx.Sequence(items):
            return len(items) == 1
    return "y" not in given


def filled(value: float) -> Meaning:
    def tree(given: Arguments) -> Expression:
        rows, columns = (length_of(given.reader, size) for size in shape_of(given, "x", "y"))
        if not all(map(is_size, (rows, columns))):
            raise Unread("size", limit=MOST_ROWS)
        made = nd.Filled(rows, columns, value)
        return nd.Flat(made) if is_python(given.reader) and is_one_size(given) else made

    return tree


def repeated(given: Arguments) -> Expression:
    """rep(1, m), or rep(b, each = m), which makes a matrix of m rows b."""
    match given.tree("x"):
        case ex.Number(value) if "times" in given:
            return nd.Flat(nd.Filled(given.tree("times"), ex.Number(1), value), lies=0)
        case operand if "each" in given:
            return operand
    raise Unread("call", text="“rep”")


def filled_like(value: float) -> Meaning:
    def tree(given: Arguments) -> Expression:
        operand = given.tree("x")
        return nd.Filled(count(given.reader, operand, 0), count(given.reader, operand, 1), value)

    return tree


def eye(given: Arguments) -> Expression:
    return nd.Diagonal(nd.Filled(length_of(given.reader, given.tree("x")), ex.Number(1)))


def reshaped(given: Arguments) -> Expression:
    """An array in another shape; what is made flat and then folded again is folded at once."""
    operand = given.tree("x")
    operand = operand.operand if isinstance(operand, nd.Reshaped) else operand
    rows, columns = (length_of(given.reader, size) for size in shape_of(given, "y", "z"))
    rest = ex.Number(-1)
    if ex.Number(1) in (rows, columns):  # a row or a column, however long
        rows, columns = (size if size == ex.Number(1) else rest for size in (rows, columns))
    return nd.Reshaped(operand, rows, columns)
