"""How a line is drawn with whole matrices: the product whose entries a formula in single entries spells out.

[Σ_k A_ik B_kj]_ij is the row i of A times the column j of B, [u_i v_j]_ij a column times a row. What has no such
product is not drawn as one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import reduce
from operator import mul

from ..maths.expressions import Expression, MatMul, Multiply, Sum, Symbol, Transpose, children, rebuild, walk
from ..maths.shapes import ShapeError
from ..maths.symbols import SCALARS, Dimension
from .calculus import ONE, Assembled, Indicator, Partial
from .derived import RULES, is_turned, jacobian
from .indices import Entry, Index, SumOver
from .view import View


class Form(StrEnum):
    """What a line's picture is."""

    WRITTEN = "product"
    """The line itself: it is written in whole matrices."""

    ROW_COLUMN = "row-column"
    """Whole matrices, of which one entry picks a row and a column."""

    OUTER = "outer"
    """A column times a row, as a grid."""

    ENTRIES = "entries"
    """Whole matrices, entry by entry."""

    NONE = "none"
    """Nothing: no product of whole matrices has these entries."""


@dataclass(frozen=True)
class Drawn:
    """A form, and the whole matrices that are drawn; None where there is nothing to draw."""

    form: Form
    value: Expression | None = None


class Undrawn(Exception):
    """A formula in entries that is no product of whole matrices."""


def picture(target: Symbol, value: Expression, view: View) -> Drawn:
    """How a line for a target is drawn: every product in it multiplies, and comes to the target's shape."""
    if not any(isinstance(node, Assembled) for node in walk(value)):
        return Drawn(Form.WRITTEN, value)
    try:
        drawn = in_wholes(value, view)
        fits = view.size(drawn) == view.size(value)
    except (Undrawn, ShapeError):
        return Drawn(Form.NONE)
    return Drawn(form_of(drawn, view), drawn) if fits and drawn != target else Drawn(Form.NONE)


def form_of(drawn: Expression, view: View) -> Form:
    if isinstance(drawn, MatMul) and view.shape(drawn.left)[1] == 1:
        return Form.OUTER
    return Form.ROW_COLUMN if any(isinstance(node, MatMul | Sum) for node in walk(drawn)) else Form.ENTRIES


def in_wholes(node: Expression, view: View) -> Expression:
    """The tree with every [e_ij]_ij as whole matrices."""
    match node:
        case Assembled(body=body, row=row, column=column):
            return matrix(in_values(body, view), row, column)
        case Symbol():
            return node
    return rebuild(node, lambda child: in_wholes(child, view))


def in_values(node: Expression, view: View) -> Expression:
    """The formula with what each ∂u/∂v comes to, and without the sums of which 1_ki leaves one term.

    A ∂u/∂v in which 1_ij is added to something is an entry of its Jacobian.
    """
    match node:
        case Partial(Entry() as of, by, body) if mixed(body) and (of.symbol.name, by.symbol.name) in RULES:
            whole, u, v = jacobian(of.symbol, by.symbol), of.row or of.column, by.row or by.column
            return Entry(whole, v, u) if is_turned(whole, view.notation) else Entry(whole, u, v)
        case Partial(_, _, body):
            return in_values(body, view)
        case SumOver(index, dimension, body):
            return one_term(index, dimension, factors(in_values(body, view)))
        case Symbol() | Entry():
            return node
    return rebuild(node, lambda child: in_values(child, view))


def one_term(k: str, dimension: Dimension, parts: Sequence[Expression]) -> Expression:
    """Σ_k of a product, or its one term if 1_ki is a factor."""
    for hit in parts:
        if isinstance(hit, Indicator) and k in (hit.left, hit.right):
            other = hit.left if hit.right == k else hit.right
            return reduce(mul, [renamed(part, k, other) for part in parts if part is not hit] or [ONE])
    return SumOver(k, dimension, reduce(mul, parts))


def renamed(node: Expression, k: str, other: str) -> Expression:
    name = lambda index: other if index == k else index  # noqa: E731
    match node:
        case Entry(symbol, row, column):
            return Entry(symbol, name(row), name(column))
        case Indicator(left, right):
            return ONE if name(left) == name(right) else Indicator(name(left), name(right))
        case Symbol():
            return node
        case SumOver(index, _, _) if index in (k, other):
            raise Undrawn
    return rebuild(node, lambda child: renamed(child, k, other))


def mixed(body: Expression) -> bool:
    return any(isinstance(node, Indicator) for factor in factors(body) for node in walk(factor) if node is not factor)


def factors(node: Expression) -> list[Expression]:
    return [*factors(node.left), *factors(node.right)] if isinstance(node, Multiply) else [node]


def free(node: Expression) -> set[str]:
    """The indices of a formula that no Σ in it runs through."""
    match node:
        case Entry(_, row, column):
            return {index for index in (row, column) if index}
        case Indicator(left, right):
            return {left, right}
        case SumOver(index, _, body):
            return free(body) - {index}
    return set().union(*map(free, children(node)))


def matrix(node: Expression, row: Index, column: Index) -> Expression:
    """The whole matrix with these entries, or one that is repeated along an axis to be it.

    Raises Undrawn if there is none.
    """
    match node:
        case Entry(symbol, r, c) if r in (None, row) and c in (None, column):
            return symbol
        case Entry(symbol, r, c) if r in (None, column) and c in (None, row):
            return Transpose(symbol)
        case Entry() | Indicator():
            raise Undrawn
        case SumOver(index, _, body):
            return contracted(index, factors(body), row, column)
        case Multiply():
            return multiplied(factors(node), row, column)
        case Symbol(name) if name not in SCALARS:
            raise Undrawn
        case Symbol():
            return node
    return rebuild(node, lambda child: matrix(child, row, column))


def multiplied(parts: Sequence[Expression], row: Index, column: Index) -> Expression:
    """A product of entries: a column times a row where no factor has both indices, else entry by entry."""
    tall, wide, both = ([p for p in parts if free(p) == each] for each in ({row}, {column}, {row, column}))
    if not (tall and wide) or both:
        return reduce(mul, [matrix(part, row, column) for part in parts])
    plain = [matrix(part, None, None) for part in parts if not free(part)]
    return reduce(mul, [*plain, MatMul(multiplied(tall, row, None), multiplied(wide, None, column))])


def contracted(k: str, parts: Sequence[Expression], row: Index, column: Index) -> Expression:
    """Σ_k of a product: what has the row's index is on the left, what has the column's on the right."""
    left, right = (of_frame(parts, k, side) if side else [] for side in (row, column))
    alone = [part for part in parts if free(part) == {k}]
    outside = [part for part in parts if k not in free(part)]
    if len(left) + len(right) + len(alone) + len(outside) != len(parts):
        raise Undrawn
    beside = {side: [p for p in outside if own and free(p) == {side}] for side, own in ((row, left), (column, right))}
    riding = [part for parts in beside.values() for part in parts]
    left, right = shared([*left, *beside[row]], [*right, *beside[column]], alone)
    total = summed(k, left, right, row, column)
    return reduce(mul, [total, *(matrix(p, row, column) for p in outside if p not in riding)])


def of_frame(parts: Sequence[Expression], k: str, side: str) -> list[Expression]:
    return [part for part in parts if free(part) == {side, k}]


def shared(
    left: list[Expression], right: list[Expression], alone: list[Expression]
) -> tuple[list[Expression], list[Expression]]:
    """The factors of both sides once those that have the sum's index alone are given to the side that needs one."""
    if not left and not right:
        return alone[:1], alone[1:]
    return ([*alone, *left], right) if not left or right else (left, alone)


def summed(k: str, left: Sequence[Expression], right: Sequence[Expression], row: Index, column: Index) -> Expression:
    if left and right:
        return MatMul(multiplied(left, row, k), multiplied(right, k, column))
    if right or stand(left, k):
        return Sum(multiplied(right or left, k, column), 0)
    return Sum(multiplied(left, row, k), 1)


def stand(parts: Sequence[Expression], k: str) -> bool:
    """Whether the terms of a sum stand below one another as they are shown."""
    return all(isinstance(part, Entry) and part.row == k and part.column is None for part in parts)
