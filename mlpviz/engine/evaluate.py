"""The plain value of an expression, given the values of its symbols: the reading that everything is tested against."""

from __future__ import annotations

from collections.abc import Callable
from operator import matmul
from typing import Any

import numpy as np

from ..maths import expressions as ex
from ..maths.functions import definition
from .backend import backend

ENTRYWISE = {ex.Add: "add", ex.Subtract: "subtract", ex.Multiply: "multiply", ex.Divide: "divide", ex.Negate: "negate"}


def evaluate(
    node: ex.Expression,
    values: Callable[[ex.Symbol], Any],
    kernel: bool = False,
    device: str = "cpu",
    product: Callable[[Any, Any], Any] = matmul,
) -> Any:
    """The value of a tree: an array, or a number if all its leaves are numbers.

    With ``kernel`` a function that has one is computed by its kernel instead of its formula. Arrays may have axes
    before their rows and columns, along which everything is done for each entry.
    """
    library = backend(device).arrays

    def value(node: ex.Expression) -> Any:
        match node:
            case ex.Symbol():
                return values(node)
            case ex.Number(number):
                return number
            case ex.Transpose(operand):
                array = value(operand)
                return array.swapaxes(-1, -2) if np.ndim(array) else array
            case ex.MatMul(left, right):
                return product(value(left), value(right))
            case ex.Max(operand, axis):
                return value(operand).max(axis - 2, keepdims=True)
            case ex.Sum(operand, axis):
                return value(operand).sum(axis - 2, keepdims=True)
            case ex.Apply(name, arguments):
                body = definition(node, kernel)
                return value(body) if body is not None else library.operation(name)(*map(value, arguments))
            case ex.Negate(operand):
                return library.operation("negate")(value(operand))
            case ex.Binary(left, right):
                return library.operation(ENTRYWISE[type(node)])(value(left), value(right))
        raise TypeError(f"{type(node).__name__} has no value")

    with library.quiet():
        return value(node)
