"""Slopes recognised by their values: those of other activations, however they are written, and those that are too many.

A factor, or a product of some factors, is held against the slope of every activation at every layer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import reduce
from itertools import combinations
from typing import Any

import numpy as np

from ...maths import expressions as ex
from ...maths.expressions import Expression, Symbol
from . import nodes as nd
from .rules import Replacement
from .slope_table import Known, SlopeTable
from .vocabulary import Vocabulary

MOST_FACTORS, LARGEST_PART = 6, 3
"""Factors of a product that are looked at, and most of them that make a slope together."""

SURE = -1.0
"""A bonus: what has exactly the value of another activation's slope is meant as one."""


def slopes_by_value(vocabulary: Vocabulary, node: Expression) -> Iterator[Replacement]:
    """Another activation's slope in the place of the layer's own, and a slope where none is due."""
    if nd.is_scalar(node) or isinstance(node, nd.Slope | ex.Transpose | ex.Negate | Symbol):
        return
    table = vocabulary.slope_table
    if (known := table.find(vocabulary.evaluator.value(node))) is not None:
        yield from other_slope(table, known, node, ())
    for part, rest in parts(node):
        known = table.find(product(vocabulary.evaluator.value(each) for each in part))
        if known is not None and not is_array(part):
            yield "extra slope", multiplied(rest), 0.0
            yield from other_slope(table, known, multiplied(part), rest)


def other_slope(table: SlopeTable, known: Known, part: Expression, rest: Sequence[Expression]) -> Iterator[Replacement]:
    """The layer's own slope for another activation's, beside the ``rest`` of a product."""
    if table.is_own(known) or not table.architecture.activation(known.layer).elementwise:
        return
    new = table.replacement(known)
    yield "wrong slope", multiplied((*rest, *entrywise_factors(new))), SURE, {"part": part, "known": known, "due": new}


def is_array(part: Sequence[Expression]) -> bool:
    """Whether a part is a plain array: the a of a sigmoid is the slope of softplus only by chance."""
    first = part[0].operand if isinstance(part[0], ex.Transpose) else part[0]
    return len(part) == 1 and isinstance(first, Symbol)


def parts(node: Expression) -> Iterator[tuple[tuple[Expression, ...], tuple[Expression, ...]]]:
    """Some factors of a product, its last one among them, and the others."""
    factors = entrywise_factors(node)
    *others, last = factors
    if not 1 <= len(others) < MOST_FACTORS:
        return
    for size in range(min(LARGEST_PART, len(others))):
        for chosen in combinations(range(len(others)), size):
            rest = tuple(each for place, each in enumerate(others) if place not in chosen)
            yield (*(others[place] for place in chosen), last), rest


def entrywise_factors(node: Expression) -> tuple[Expression, ...]:
    """The factors of a product taken entry by entry, from left to right."""
    if isinstance(node, ex.Multiply):
        return (*entrywise_factors(node.left), node.right)
    return (node,)


def product(values: Iterator[Any]) -> Any:
    """The product of some arrays entry by entry; None if they are not of one shape."""
    arrays = list(values)
    if any(each is None or np.shape(each) != np.shape(arrays[0]) for each in arrays):
        return None
    return reduce(np.multiply, arrays)


def multiplied(factors: Sequence[Expression]) -> Expression:
    return reduce(ex.Multiply, factors)
