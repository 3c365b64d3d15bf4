"""How long an array is: m, the units of a layer, or the number of its entries."""

from __future__ import annotations

from ....maths import expressions as ex
from ....maths.expressions import Expression
from ....maths.symbols import QUANTITIES
from .. import nodes as nd
from . import syntax as sx
from .arguments import Arguments
from .lowering import Reader
from .refusals import Unread


def sized(given: Arguments) -> Expression:
    """The number of entries along an axis, or of all."""
    return count(given.reader, given.tree("x"), given.axis())


def product_of_shape(given: Arguments) -> Expression:
    """prod(X.shape), the number of entries."""
    match given.given.get("shape"):
        case sx.Attribute(array, "shape") | sx.Call(sx.Word("size"), (array,)):
            return count(given.reader, given.reader.tree(array), None)
    raise Unread("call", text="“prod”")


def count(reader: Reader, operand: Expression, axis: int | None) -> Expression:
    """How long an array is: m, or the units of a layer, if that is known."""
    array = operand.operand if isinstance(operand, ex.Transpose) else operand
    if axis is None or not isinstance(array, ex.Symbol) or not reader.scope.has(array):
        return nd.Count(operand, axis)
    flipped = isinstance(operand, ex.Transpose) != (array.name in reader.scope.notation.transposed)
    dimension = QUANTITIES[array.name].shape[1 - axis if flipped else axis]
    if isinstance(dimension, int):
        return ex.Number(dimension)
    if dimension.layer is None:
        return dimension
    layer = array.layer if isinstance(array.layer, int) else reader.scope.architecture.depth
    return ex.at(dimension, layer)
