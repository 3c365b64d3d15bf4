"""The plain value of an expression, given the values of its symbols: the reading that everything is tested against."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..maths.expressions import (
    Add,
    Apply,
    Binary,
    Divide,
    Expression,
    MatMul,
    Max,
    Multiply,
    Negate,
    Number,
    Subtract,
    Sum,
    Symbol,
    Transpose,
)
from ..maths.functions import definition
from .backend import backend

ENTRYWISE = {Add: "add", Subtract: "subtract", Multiply: "multiply", Divide: "divide", Negate: "negate"}
"""The entrywise nodes and the primitive operation of each."""


def evaluate(node: Expression, values: Callable[[Symbol], Any], kernel: bool = False, device: str = "cpu") -> Any:
    """The value of a tree: an array, or a number if all its leaves are numbers.

    With ``kernel`` a function that has one is computed by its kernel instead of its formula.
    """
    library = backend(device).arrays

    def value(node: Expression) -> Any:
        match node:
            case Symbol():
                return values(node)
            case Number(number):
                return number
            case Transpose(operand):
                return value(operand).T
            case MatMul(left, right):
                return value(left) @ value(right)
            case Max(operand, axis):
                return value(operand).max(axis, keepdims=True)
            case Sum(operand, axis):
                return value(operand).sum(axis, keepdims=True)
            case Apply(name, arguments):
                body = definition(node, kernel)
                return value(body) if body is not None else library.operation(name)(*map(value, arguments))
            case Negate(operand):
                return library.operation("negate")(value(operand))
            case Binary(left, right):
                return library.operation(ENTRYWISE[type(node)])(value(left), value(right))
        raise TypeError(f"{type(node).__name__} has no value")

    with library.quiet():
        return value(node)
