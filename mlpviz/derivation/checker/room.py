"""What may be computed on a learner's own network, whatever its size: counted before anything is made."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ...maths import expressions as ex
from ...maths.expressions import Expression
from . import nodes as nd

MOST_NUMBERS, MOST_PRODUCTS = 8_000_000, 2_000_000_000
"""Entries of all arrays that a formula may come to on a learner's own network, four times the largest, and
multiplications for all its products, half a second's work. What would take more has no value there."""


PRODUCTS = (ex.MatMul, nd.Juxtaposition, nd.Dotted)


@dataclass
class Room:
    """What may still be computed on a network of any size; ``beyond`` is the first node for which there was no room."""

    numbers: int = MOST_NUMBERS
    products: int = MOST_PRODUCTS
    beyond: Expression | None = None

    def take(self, node: Expression, operands: Sequence[Any]) -> bool:
        """Count the value of a node before it is made; return whether there is room for it."""
        rows, inner, columns = extent(node, operands)
        self.numbers -= rows * columns
        self.products -= rows * inner * columns
        if self.numbers < 0 or self.products < 0:
            self.beyond = self.beyond or node
            self.numbers = self.products = 0
        return self.beyond is None


def extent(node: Expression, operands: Sequence[Any]) -> tuple[int, int, int]:
    """The rows of a node's value, the products that are added up in an entry, and its columns."""
    shapes = [np.shape(x) for x in operands]
    match shapes:
        case [(rows, inner), (below, columns)] if isinstance(node, PRODUCTS) and inner == below:
            entry_by_entry = isinstance(node, nd.Dotted) and rows == inner == columns
            return rows, 0 if entry_by_entry else inner, columns
        case [*_, _] if isinstance(node, nd.Diagonal | nd.Outer):
            return math.prod(shapes[0]), 0, math.prod(shapes[-1])
    return max(map(math.prod, shapes), default=1), 0, 1
