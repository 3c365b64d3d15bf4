"""The other ways to multiply the factors of a product: in another order, transposed, with @ or entry by entry."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from ...maths.expressions import Add, Divide, Expression, MatMul, Multiply, Negate, Subtract
from .edits import operands
from .nodes import Product, SampleSum, is_scalar, turned
from .repairs import Problem
from .values import Evaluator

MOST_FACTORS, MOST_TRIED = 5, 1500


@dataclass(frozen=True)
class Arrangement:
    """One way to multiply: how many changes it takes, of which kinds, and the tree."""

    changes: int
    kinds: frozenset[str]
    tree: Expression


def arrangements(problem: Problem, tree: Expression) -> list[Arrangement]:
    """The trees of the target's shape whose longest product is arranged otherwise, the fewest changes first."""
    evaluator, goal = problem.evaluators[0], problem.goals[0]
    found = []
    for each in inside(tree, evaluator):
        value = evaluator.value(each.tree)
        if value is not None and value.shape == goal.shape:
            found.append(each)
    return sorted(found, key=lambda each: each.changes)


def inside(tree: Expression, evaluator: Evaluator) -> Iterator[Arrangement]:
    """The arrangements of the product in a tree, below signs, numbers, sums and terms that are fine."""
    if isinstance(tree, Negate | SampleSum | Add | Subtract | Divide) or with_number(tree):
        failing = [(n, x) for n, x in operands(tree) if not is_scalar(x) and evaluator.value(x) is None]
        places = failing or [(n, x) for n, x in operands(tree) if not is_scalar(x)]
        for name, child in places[:1]:
            for each in inside(child, evaluator):
                yield replace(each, tree=replace(tree, **{name: each.tree}))
        return
    chain = factors(tree, evaluator)
    if 2 <= len(chain) <= MOST_FACTORS:
        yield from islice(arranged(chain, evaluator), MOST_TRIED)


def with_number(tree: Expression) -> bool:
    """Whether a node is a product with a single number."""
    return isinstance(tree, Multiply | Product) and (is_scalar(tree.left) or is_scalar(tree.right))


def factors(tree: Expression, evaluator: Evaluator) -> list[tuple[str, Expression]]:
    """The factors of the outermost product with the product before each; what is fine as it is stays one factor."""
    product = isinstance(tree, MatMul | Product) or (isinstance(tree, Multiply) and mixed(tree, evaluator))
    if not product or is_scalar(tree.left) or is_scalar(tree.right):  # type: ignore[attr-defined]
        return [("", tree)]
    sign = "*" if isinstance(tree, Multiply) else "@"
    (_, first), *rest = factors(tree.right, evaluator)  # type: ignore[attr-defined]
    return [*factors(tree.left, evaluator), (sign, first), *rest]  # type: ignore[attr-defined]


def mixed(tree: Multiply, evaluator: Evaluator) -> bool:
    """Whether an entrywise product fails, or has matrix products among its factors."""
    return evaluator.value(tree) is None or any(isinstance(x, MatMul | Product) for x in (tree.left, tree.right))


def arranged(chain: Sequence[tuple[str, Expression]], evaluator: Evaluator) -> Iterator[Arrangement]:
    """Every way to multiply some factors from left to right that multiplies."""
    either = [((0, factor), (1, turned(factor))) for _, factor in chain]
    signs = [sign for sign, _ in chain]

    def extend(so_far: Arrangement | None, left: tuple[int, ...]) -> Iterator[Arrangement]:
        if not left and so_far is not None:
            yield so_far
        for position, index in enumerate(left):
            rest = left[:position] + left[position + 1 :]
            for turns, factor in either[index]:
                moved = kinds(turns, position, len(left) > 1)
                if so_far is None:
                    yield from extend(Arrangement(turns + (position > 0), moved, factor), rest)
                    continue
                for sign, kind in (("@", MatMul), ("*", Multiply)):
                    tree = kind(so_far.tree, factor)
                    if evaluator.value(tree) is not None:
                        other = sign != signs[index] and signs[index] != ""
                        added = moved | so_far.kinds | ({SWAPPED[sign]} if other else set())
                        yield from extend(
                            Arrangement(so_far.changes + turns + (position > 0) + other, added, tree), rest
                        )

    yield from extend(None, tuple(range(len(chain))))


SWAPPED = {"@": "elementwise instead of matrix product", "*": "matrix product instead of elementwise"}


def kinds(turns: int, position: int, several: bool) -> frozenset[str]:
    """The kinds of mistake that moving and transposing a factor undoes."""
    return frozenset((["transposed"] if turns else []) + (["order"] if position > 0 and several else []))
