"""A right formula with one mistake in it: the changes that the checker tries on a wrong one, made to a right one."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np

from ...engine.evaluate import evaluate
from ...maths import expressions as ex
from ...maths.activations import ACTIVATIONS
from ...maths.expressions import Expression, Symbol
from ...maths.shapes import ShapeError
from ...maths.symbols import SCALARS
from ..calculus import Assembled, Partial, assemble
from ..view import View
from .edits import operands, with_operand
from .findings import KINDS, cause_sentence
from .nodes import is_bias, is_scalar
from .product_rules import products, removals, signs, transposes

MADE = {
    "order": "order",
    "transposed": "transposed",
    "extra slope": "missing slope",
    "sign": "sign",
    "extra 1/m": "missing 1/m",
    "matrix product instead of elementwise": "elementwise instead of matrix product",
    "elementwise instead of matrix product": "matrix product instead of elementwise",
    "extra term": "missing term",
    "extra factor": "missing factor",
    "extra rate": "missing factor",
    "extra 2": "missing 2",
    "missing 2": "extra 2",
}
"""The mistake that a change makes in a right formula, by the one that it undoes in a wrong one."""

WHOLE = (transposes, signs, products, removals)
ENTRIES = (signs, removals)
"""The rules for whole arrays, and those for formulas in single entries."""

CLOSED = (ex.Transpose, ex.Apply, Symbol, Partial)
"""What is changed as a whole only; y log(a), which is a product, is open."""

SLOPES = {entry.slope_name for entry in ACTIVATIONS.values() if entry.slope is not None}

HALF = ex.Divide(ex.Number(1), ex.Number(2))
DIVISIONS = {
    frozenset({"m"}): "missing 1/m",
    frozenset({"n"}): "missing 1/n",
    frozenset({"m", "n"}): "missing 1/(m n)",
}
"""What is missing without a division, by the names in it."""


@dataclass(frozen=True)
class Mistake:
    """One mistake: its kind, the way to where it is (numbers of operands), and what stood and now stands there."""

    key: str
    way: tuple[int, ...]
    old: Expression
    new: Expression
    formula: Expression

    @property
    def sentence(self) -> str:
        """What is wrong, without what would be right."""
        return cause_sentence(self.key)


def mistakes(formula: Expression, view: View, most: int = 9) -> list[Mistake]:
    """What a right formula, as a view writes it, is with one mistake; none comes to the same in general.

    The first are the tellingest, and at most three of a kind.
    """
    arrays, general = dict[Symbol, Any](), widely(view)
    if (right := in_general(formula, general, arrays)) is None:  # its indices are those of its own sizes
        arrays, general = {}, view
        right = in_general(formula, general, arrays)
    if right is None:
        return []
    found: list[Mistake] = []
    for mistake in sorted(once(every_mistake(formula)), key=lambda mistake: RANKS[mistake.key]):
        if len(found) < most and sum(mistake.key == each.key for each in found) < SAME:
            value = in_general(mistake.formula, general, arrays)
            if differs(value, right) and (mistake.key in ARRANGED or is_like(value, right)):
                found.append(mistake)
    return found


SAME = 3
"""Mistakes of one kind in a formula."""

MOST_ENTRIES = 100_000
"""Of an array on the way to a formula's value."""

FIRST = ("order", "transposed", "missing slope", "missing bias", "missing square", *DIVISIONS.values(), "extra 2")
RANKS = {key: rank for rank, key in enumerate(dict.fromkeys((*FIRST, *MADE.values())))}
"""The order of the kinds, the tellingest first."""

ARRANGED = frozenset({"order", "transposed", *KINDS})
"""The mistakes after which a formula may not multiply, or have another shape."""

PLAIN = 0.05
"""The surcharge up to which a change is one that people make: no transpose of half a formula, no minus at a letter."""


def once(found: Iterable[Mistake]) -> Iterable[Mistake]:
    """Of mistakes that make the same formula the first."""
    first: dict[Expression, Mistake] = {}
    for mistake in found:
        first.setdefault(mistake.formula, mistake)
    return first.values()


def every_mistake(formula: Expression) -> Iterator[Mistake]:
    yield from made_in(formula, (), lambda new: new, WHOLE)
    if not isinstance(formula, ex.Subtract | ex.Negate | Assembled):
        yield Mistake("sign", (), formula, ex.Negate(formula), ex.Negate(formula))


def made_in(
    node: Expression, way: tuple[int, ...], put: Callable[[Expression], Expression], rules: tuple[Any, ...]
) -> Iterator[Mistake]:
    """The mistakes that can be made in a node and below it; ``put`` puts another node in its place."""
    if is_scalar(node):
        return
    for rule in () if isinstance(node, Assembled) else rules:
        for undone, new, surcharge, *_about in rule(None, node):
            if undone in MADE and surcharge <= PLAIN:
                yield Mistake(kind(undone, node, new), way, node, new, put(new))
    if isinstance(node, Assembled):
        rules = ENTRIES
        negative = replace(node, body=ex.Negate(node.body))
        yield Mistake("sign", (*way, 0), node.body, negative.body, put(negative))
    elif isinstance(node, CLOSED) and not is_weighted(node):
        return
    for number, (place, child) in enumerate(computed_operands(node)):

        def inside(new: Expression, place: Any = place) -> Expression:
            return put(with_operand(node, place, new))

        yield from made_in(child, (*way, number), inside, rules)


def computed_operands(node: Expression) -> list[tuple[Any, Expression]]:
    """The operands of a node with their places; how far a sum runs is none."""
    return [(place, child) for place, child in operands(node) if place[0] != "dimension"]


def operands_of(node: Expression) -> list[Expression]:
    """The operands of a node, as the numbers in the way to a mistake count them."""
    return [child for _place, child in computed_operands(node)]


def is_weighted(node: Expression) -> bool:
    return isinstance(node, ex.Apply) and node.name == "weighted"


def kind(undone: str, node: Expression, new: Expression) -> str:
    """The kind of mistake that a change makes: what has gone may have a name of its own."""
    made = MADE[undone]
    if not isinstance(node, ex.Binary) or undone not in REMOVED:
        return made
    gone = node.right if new == node.left else node.left
    if made == "missing term":
        return "missing bias" if is_bias(gone) else made
    if node.left == node.right:
        return "missing square"
    if is_scalar(gone):
        return constant(gone, divides=isinstance(node, ex.Divide)) or made
    return "missing slope" if is_slope_of_pass(gone) else made


REMOVED = frozenset({"extra term", "extra factor", "extra 1/m", "extra 2", "missing 2"})


def constant(gone: Expression, divides: bool) -> str | None:
    """What is amiss without a constant factor, if it has a name: 1/m, 1/n, both, or a half."""
    names = frozenset(leaf.name for leaf in ex.leaves(gone) if isinstance(leaf, Symbol))
    if names:
        return DIVISIONS.get(names) if divides or isinstance(gone, ex.Divide) else None
    return "extra 2" if gone in (HALF, ex.Number(0.5)) else None


def is_slope_of_pass(node: Expression) -> bool:
    """Whether a factor is f′ of the activation of a layer, as the engine writes it."""
    node = node.operand if isinstance(node, ex.Transpose) else node
    return isinstance(node, ex.Apply) and node.name in SLOPES


# Whether a formula comes to the same in general: on arrays of random numbers whose sizes all differ


def differs(value: np.ndarray | None, right: np.ndarray) -> bool:
    """Whether a value is another one; what does not multiply is."""
    return not is_like(value, right) or not np.allclose(value, right, rtol=1e-9, atol=1e-12)  # type: ignore[arg-type]


def is_like(value: np.ndarray | None, right: np.ndarray) -> bool:
    return value is not None and value.shape == right.shape


def in_general(formula: Expression, general: View, arrays: dict[Symbol, Any]) -> np.ndarray | None:
    """The value of a formula with random numbers for its arrays, which are kept; None if it does not multiply.

    What comes to too many numbers on the way, as a row minus a column does, has no value either.
    """

    def drawn(symbol: Symbol) -> Any:
        if isinstance(symbol, Assembled):
            return assemble(symbol, drawn, general.length)
        if symbol not in arrays:
            arrays[symbol] = random_numbers(symbol, general)
        return arrays[symbol]

    try:
        general.shape(formula)
        if entries(formula, general) > MOST_ENTRIES:
            return None
        return np.atleast_2d(evaluate(formula, drawn))
    except (ShapeError, ValueError, IndexError):
        return None


def entries(formula: Expression, general: View) -> int:
    """The entries of the largest array on the way to a formula's value; what has no shape by itself is left out."""
    found = 1
    for part in ex.walk(formula):
        with suppress(ShapeError, ValueError):
            found = max(found, math.prod(general.size(part)))
    return found


@lru_cache(maxsize=64)
def widely(view: View) -> View:
    """The view of a network as deep whose sizes all differ."""
    depth = view.architecture.depth
    architecture = replace(view.architecture, widths=tuple(range(2, depth + 3)))
    return replace(view, architecture=architecture, batch_size=1 if view.single else depth + 3)


def random_numbers(symbol: Symbol, view: View) -> Any:
    """An array, or a number, for a symbol, always the same: every other sum z is negative."""
    generator = np.random.default_rng([*str(symbol).encode()])
    numbers = generator.uniform(0.2, 0.9, () if symbol.name in SCALARS else view.size(symbol))
    if symbol.name == "Z":
        numbers.flat[::2] *= -1
    return numbers
