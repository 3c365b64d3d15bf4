"""Other ways to multiply the factors of a product: in another order, transposed, with @ or entry by entry."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import NamedTuple

from ...maths import expressions as ex
from ...maths.expressions import Expression
from . import nodes as nd
from .edits import operands, with_operand
from .repairs import Problem
from .values import Evaluator

MOST_FACTORS, MOST_TRIED = 5, 1500

UNDONE: dict[type[ex.Binary], str] = {
    ex.MatMul: "elementwise instead of matrix product",
    ex.Multiply: "matrix product instead of elementwise",
}
"""The mistake that each product undoes in place of the other, in the order in which they are tried."""


class Multiplicand(NamedTuple):
    """A factor of a product, and the product that stands before it; None before the first."""

    product: type[ex.Binary] | None
    tree: Expression


@dataclass(frozen=True)
class Arrangement:
    """One way to multiply: the tree, the mistake that each change undoes, and the factors that are still to come."""

    tree: Expression
    undone: tuple[str, ...]
    left: tuple[Multiplicand, ...] = ()

    @property
    def changes(self) -> int:
        return len(self.undone)

    @property
    def kinds(self) -> frozenset[str]:
        return frozenset(self.undone)


def arrangements(problem: Problem, tree: Expression) -> list[Arrangement]:
    """The trees of the target's shape whose longest product is arranged otherwise, the fewest changes first."""
    fitting = (each for each in inside(tree, problem.evaluators[0]) if problem.fits(each.tree))
    return sorted(fitting, key=lambda each: each.changes)


def inside(tree: Expression, evaluator: Evaluator) -> Iterator[Arrangement]:
    """The arrangements of the product in a tree, below signs, numbers, sums and terms that are fine."""
    if isinstance(tree, ex.Negate | nd.SampleSum | ex.Add | ex.Subtract | ex.Divide) or with_number(tree):
        failing = [(n, x) for n, x in operands(tree) if not nd.is_scalar(x) and evaluator.value(x) is None]
        places = failing or [(n, x) for n, x in operands(tree) if not nd.is_scalar(x)]
        for name, child in places[:1]:
            for each in inside(child, evaluator):
                yield replace(each, tree=with_operand(tree, name, each.tree))
        return
    factors = factors_of(tree, evaluator)
    if 2 <= len(factors) <= MOST_FACTORS:
        yield from islice(arranged(factors, evaluator), MOST_TRIED)


def with_number(tree: Expression) -> bool:
    """Whether a node is a product with a single number."""
    return isinstance(tree, ex.Multiply | nd.Juxtaposition) and nd.has_scalar(tree)


def factors_of(tree: Expression, evaluator: Evaluator) -> tuple[Multiplicand, ...]:
    """The factors of the outermost product; what is fine as it is stays one factor."""
    if not isinstance(tree, ex.MatMul | nd.Juxtaposition | ex.Multiply) or nd.has_scalar(tree):
        return (Multiplicand(None, tree),)
    if isinstance(tree, ex.Multiply) and not mixed(tree, evaluator):
        return (Multiplicand(None, tree),)
    between = ex.Multiply if isinstance(tree, ex.Multiply) else ex.MatMul
    first, *rest = factors_of(tree.right, evaluator)
    return (*factors_of(tree.left, evaluator), Multiplicand(between, first.tree), *rest)


def mixed(tree: ex.Multiply, evaluator: Evaluator) -> bool:
    """Whether an entrywise product fails, or has matrix products among its factors."""
    return evaluator.value(tree) is None or any(
        isinstance(x, ex.MatMul | nd.Juxtaposition) for x in (tree.left, tree.right)
    )


def arranged(factors: tuple[Multiplicand, ...], evaluator: Evaluator) -> Iterator[Arrangement]:
    """Every way to multiply some factors from left to right that multiplies, those that begin alike together."""
    ways: Iterator[Arrangement] = (Arrangement(first.tree, undone, left) for first, undone, left in choices(factors))
    for _ in factors[1:]:
        ways = chain.from_iterable(multiplied(way, evaluator) for way in ways)
    return ways


def multiplied(way: Arrangement, evaluator: Evaluator) -> Iterator[Arrangement]:
    """The ways to go on by one more factor."""
    for factor, undone, left in choices(way.left):
        for product, mistake in UNDONE.items():
            tree = product(way.tree, factor.tree)
            if evaluator.value(tree) is not None:
                swapped = () if factor.product in (product, None) else (mistake,)
                yield Arrangement(tree, (*way.undone, *undone, *swapped), left)


def choices(
    factors: tuple[Multiplicand, ...],
) -> Iterator[tuple[Multiplicand, tuple[str, ...], tuple[Multiplicand, ...]]]:
    """Each factor that may come next, as it is and transposed, with what that undoes and the factors then left."""
    for position, (product, tree) in enumerate(factors):
        left = factors[:position] + factors[position + 1 :]
        moved = ("order",) if position else ()
        yield Multiplicand(product, tree), moved, left
        yield Multiplicand(product, nd.turned(tree)), (*moved, "transposed"), left
