"""The shape of every symbol, as a formula (m × n₁) and in numbers, and whether an expression multiplies."""

from __future__ import annotations

from collections.abc import Callable

from .architecture import Architecture
from .expressions import Apply, Binary, Expression, MatMul, Number, Sum, Symbol, Transpose, at, children
from .functions import definition
from .messages import N_, Message, Refusal
from .symbols import QUANTITIES, Dimension, Shape


class ShapeError(Refusal):
    """An expression that does not multiply; the message names the operands and the axes."""


def symbol_shape(symbol: Symbol, architecture: Architecture) -> Shape:
    layer = symbol.layer if isinstance(symbol.layer, int) else architecture.depth
    rows, columns = (at_layer(dimension, layer) for dimension in QUANTITIES[symbol.name].shape)
    return (rows, columns)


def at_layer(dimension: Dimension, layer: int) -> Dimension:
    if isinstance(dimension, int):
        return dimension
    absolute = at(dimension, layer)
    assert isinstance(absolute, Symbol)
    return absolute


def size(dimension: Dimension, architecture: Architecture, batch_size: int) -> int:
    match dimension:
        case Symbol("m"):
            return batch_size
        case Symbol("n", int(layer)) if 0 <= layer <= architecture.depth:
            return architecture.widths[layer]
        case int(number):
            return number
    raise ValueError(f"{dimension} is no dimension of this network")


def numbers(shape: Shape, architecture: Architecture, batch_size: int) -> tuple[int, int]:
    rows, columns = (size(dimension, architecture, batch_size) for dimension in shape)
    return (rows, columns)


def shape(node: Expression, of: Callable[[Symbol], Shape]) -> Shape:
    """The shape of an expression, given that of its symbols.

    Raises ShapeError where it does not multiply.
    """
    match node:
        case Symbol():
            return of(node)
        case Number():
            return (1, 1)
        case Transpose(operand):
            rows, columns = shape(operand, of)
            return (columns, rows)
        case MatMul(left, right):
            return product(left, shape(left, of), right, shape(right, of))
        case Sum(operand, axis):
            rows, columns = shape(operand, of)
            return (1, columns) if axis == 0 else (rows, 1)
        case Binary(left, right):
            return broadcast(left, shape(left, of), right, shape(right, of))
        case Apply() if (body := definition(node)) is not None:
            return shape(body, of)
        case Apply(_, arguments):
            result = shape(arguments[0], of)
            for argument in arguments[1:]:
                result = broadcast(arguments[0], result, argument, shape(argument, of))
            return result
    (operand,) = children(node)
    return shape(operand, of)


DIFFERENT = (
    N_("{left} is {a} and {right} is {b}: {m} and {n} rows differ"),
    N_("{left} is {a} and {right} is {b}: {m} and {n} columns differ"),
)
"""What is wrong with two operands of an entrywise operation, by the axis."""


def product(left: Expression, a: Shape, right: Expression, b: Shape) -> Shape:
    if a[1] != b[0]:
        template = N_("{left} is {a} and {right} is {b}: inner dimensions {m} and {n} differ")
        raise ShapeError(differing(template, left, a, right, b, a[1], b[0]))
    return (a[0], b[1])


def broadcast(left: Expression, a: Shape, right: Expression, b: Shape) -> Shape:
    """The shape of an entrywise operation, an axis of size 1 being repeated."""
    for axis, template in enumerate(DIFFERENT):
        if a[axis] != b[axis] and 1 not in (a[axis], b[axis]):
            raise ShapeError(differing(template, left, a, right, b, a[axis], b[axis]))
    return (b[0] if a[0] == 1 else a[0], b[1] if a[1] == 1 else a[1])


def differing(
    template: str, left: Expression, a: Shape, right: Expression, b: Shape, m: Dimension, n: Dimension
) -> Message:
    """The message that two operands do not fit along an axis, of sizes ``m`` and ``n``."""
    return Message(template, left=name(left), a=text(a), right=name(right), b=text(b), m=str(m), n=str(n))


def check_value(target: Symbol, right: Shape, found: Shape) -> None:
    """Refuse the value of an equation whose shape is not its target's."""
    if found != right:
        message = Message(
            "{target} is {right} and its value {found}", target=str(target), right=text(right), found=text(found)
        )
        raise ShapeError(message)


def text(shape: Shape) -> str:
    return f"({shape[0]}, {shape[1]})"


def name(node: Expression) -> str:
    """The name of an operand in a message."""
    match node:
        case Symbol():
            return str(node)
        case Transpose(Symbol() as symbol):
            return f"{symbol}.T"
    return f"{node.name}(…)" if isinstance(node, Apply) else Message("the expression before it")
