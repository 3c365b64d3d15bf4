"""The constants by which a formula may be off, and trees multiplied by them without a needless bracket.

A constant goes where its like already stands: m times x / m is x, and the negative of y − a is a − y.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product

from ...maths import expressions as ex
from ...maths.expressions import Expression, Symbol
from . import nodes as nd

BY_BOTH = {("missing 1/m", "missing 1/n"): "missing 1/(m n)", ("extra 1/m", "extra 1/n"): "extra 1/(m n)"}
PARTS = {
    "two": ("extra 2", "", "missing 2"),
    "m": ("missing 1/m", "", "extra 1/m"),
    "n": ("missing 1/n", "", "extra 1/n"),
}
"""What is amiss if a formula has to be multiplied by the power −1, 0 or 1 of 2, of m samples and of n outputs."""


@dataclass(frozen=True)
class Scaling:
    """A constant that a formula has to be multiplied by: powers of 2, m and n."""

    two: int = 0
    m: int = 0
    n: int = 0

    @cached_property
    def causes(self) -> tuple[str, ...]:
        """What is amiss, in few words."""
        by_m, by_n = (PARTS[name][getattr(self, name) + 1] for name in ("m", "n"))
        divisions = (BY_BOTH[by_m, by_n],) if (by_m, by_n) in BY_BOTH else (by_m, by_n)
        return tuple(filter(None, (PARTS["two"][self.two + 1], *divisions)))

    def value(self, m: float, n: float) -> float:
        return 2.0**self.two * m**self.m * n**self.n

    def applied(self, tree: Expression, n: Symbol) -> Expression:
        """The tree times the constant."""
        factors = ((ex.Number(2), self.two), (Symbol("m"), self.m), (n, self.n))
        over = [factor for factor, power in factors if power < 0]
        for factor, power in factors:
            if power > 0:
                tree = times(tree, factor)
        for factor in over:
            tree = divided(tree, factor)
        return tree


SCALINGS = sorted(
    (Scaling(*powers) for powers in product((0, -1, 1), repeat=3)),
    key=lambda scaling: (len(scaling.causes), abs(scaling.n), abs(scaling.two)),
)
"""Every constant, the plainest first."""

CAUSES = frozenset(cause for scaling in SCALINGS for cause in scaling.causes)


# Trees times a constant


Place = Callable[[Expression], Expression | None]
PRODUCTS = (ex.Multiply, nd.Juxtaposition)


def linear(tree: Expression) -> Iterator[tuple[str, Expression]]:
    """The operands of a node in which it is linear."""
    match tree:
        case ex.Multiply(left, right) | ex.MatMul(left, right) | nd.Juxtaposition(left, right):
            yield from (("left", left), ("right", right))
        case ex.Divide(left, _):
            yield "left", left
        case (
            ex.Negate(operand) | ex.Transpose(operand) | nd.SampleSum(operand) | nd.AxisSum(operand) | nd.Total(operand)
        ):
            yield "operand", operand


def somewhere(tree: Expression, change: Place) -> Expression | None:
    """The tree with the first factor changed that can be; None if none can."""
    changed = change(tree)
    if changed is not None:
        return changed
    for name, operand in linear(tree):
        inner = somewhere(operand, change)
        if inner is not None:
            return plain(replace(tree, **{name: inner}))
    return None


def plain(tree: Expression) -> Expression:
    """The node without a one as a factor."""
    if isinstance(tree, PRODUCTS):
        return tree.right if tree.left == ONE else tree.left if tree.right == ONE else tree
    return tree


ONE, TWO = ex.Number(1), ex.Number(2)


def times(tree: Expression, factor: Expression) -> Expression:
    """factor · tree: a division by the factor goes, or it stands before the first factor."""

    def undivided(node: Expression) -> Expression | None:
        match node:
            case ex.Divide(above, below) if (left := without(below, factor)) is not None:
                return above if left == ONE else ex.Divide(above, left)
            case ex.Number(value) if factor == TWO and value in (0.5, 1):
                return ex.Number(int(2 * value))
        return None

    return somewhere(tree, undivided) or before(tree, factor)


def by_number(tree: Expression, factor: float) -> Expression:
    """factor · tree, with one number where the tree has one."""

    def other(node: Expression) -> Expression | None:
        if not isinstance(node, ex.Number):
            return None
        value = float(f"{node.value * factor:.9g}")
        return ex.Number(int(value) if value.is_integer() else value)

    return somewhere(tree, other) or before(tree, ex.Number(factor))


def before(tree: Expression, factor: Expression) -> Expression:
    """A product that begins with a factor."""
    if isinstance(tree, ex.Negate):
        return replace(tree, operand=before(tree.operand, factor))
    if isinstance(tree, ex.Binary) and not isinstance(tree, ex.Add | ex.Subtract):
        return plain(replace(tree, left=before(tree.left, factor)))
    return factor if tree == ONE else ex.Multiply(factor, tree)


def divided(tree: Expression, factor: Expression) -> Expression:
    """tree / factor: a multiplication by the factor goes, or it is written below the tree."""

    def undone(node: Expression) -> Expression | None:
        if node == factor:
            return ONE
        return ex.Number(0.5) if factor == TWO and node == ONE else None

    found = somewhere(tree, undone)
    if found is not None:
        return found
    match tree:
        case ex.Negate(operand):
            return ex.Negate(divided(operand, factor))
        case ex.Divide(above, below) if nd.is_scalar(below):
            return ex.Divide(above, ex.Multiply(below, factor))
    return ex.Divide(tree, factor)


def without(over: Expression, factor: Expression) -> Expression | None:
    """A divisor without one of its factors; None if it does not have it."""
    if over == factor:
        return ONE
    if isinstance(over, PRODUCTS):
        for kept, gone in ((over.left, over.right), (over.right, over.left)):
            if (left := without(gone, factor)) is not None:
                return plain(type(over)(kept, left))
    return None


def negated(tree: Expression) -> Expression:
    """The negative: a minus goes, or a difference of arrays is turned round, or a minus is set before the tree."""

    def opposite(node: Expression) -> Expression | None:
        match node:
            case ex.Negate(operand):
                return operand
            case ex.Subtract(left, right) if not isinstance(left, ex.Number) and not isinstance(right, ex.Number):
                return ex.Subtract(right, left)
        return None

    return somewhere(tree, opposite) or ex.Negate(tree)
