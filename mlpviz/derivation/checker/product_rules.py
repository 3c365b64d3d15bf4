"""The mistakes in how factors and terms are put together: signs, transposes, products, brackets, one too many."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeGuard

from ...maths import expressions as ex
from ...maths.expressions import Expression, Symbol
from . import nodes as nd
from .rules import Replacement, Rule
from .vocabulary import Vocabulary


def transposes(_: Vocabulary, node: Expression) -> Iterator[Replacement]:
    if nd.is_scalar(node) or isinstance(node, ex.Negate | ex.Transpose):
        if isinstance(node, ex.Transpose):
            yield "transposed", node.operand, 0.0
        return
    yield "transposed", nd.turned(node), 0.0 if isinstance(node, Symbol | nd.Slope) else 0.1


LOSS_MEANT = -0.1
"""A bonus: the minus of −y/a, the derivative of a cross-entropy, is the one that is lost."""


def signs(_: Vocabulary, node: Expression) -> Iterator[Replacement]:
    match node:
        case ex.Add(left, right):
            yield "sign", ex.Subtract(left, right), 0.0
        case ex.Subtract(left, right):
            yield "sign", ex.Subtract(right, left), 0.0
            yield "sign", ex.Add(left, right), 0.05
        case ex.Negate(operand):
            yield "sign", operand, 0.0
        case ex.Divide(Symbol("Y"), Symbol("A")):
            yield "sign", ex.Negate(node), LOSS_MEANT
        case Symbol() | nd.Slope():
            yield "sign", ex.Negate(node), 0.3


def products(_: Vocabulary, node: Expression) -> Iterator[Replacement]:
    """Factors in the wrong order, or the wrong kind of product."""
    if (
        not isinstance(node, ex.MatMul | ex.Multiply | nd.Juxtaposition)
        or nd.is_scalar(node.left)
        or nd.is_scalar(node.right)
    ):
        return
    if isinstance(node, ex.Multiply):
        yield "elementwise instead of matrix product", ex.MatMul(node.left, node.right), 0.0
        return
    yield "order", type(node)(node.right, node.left), 0.0
    yield "matrix product instead of elementwise", ex.Multiply(node.left, node.right), 0.0


def ones(_: Vocabulary, node: Expression) -> Iterator[Replacement]:
    """A vector of ones, which f' of ReLU is where every z is positive."""
    match node:
        case nd.Filled(Symbol("n", int(layer)), ex.Number(1), 1) if layer > 0:
            yield "ones for slope", nd.Slope(Symbol("Z", layer), layer), 0.0
            yield "ones for slope", nd.turned(nd.Slope(Symbol("Z", layer), layer)), 0.1


def divisions(_: Vocabulary, node: Expression) -> Iterator[Replacement]:
    if isinstance(node, ex.Divide):
        yield "division", ex.Multiply(node.left, node.right), 0.0


def brackets(_: Vocabulary, node: Expression) -> Iterator[Replacement]:
    """Products in the wrong order, for want of brackets."""
    if not isinstance(node, ex.Binary):
        return
    outer, left, right = type(node), node.left, node.right
    if isinstance(left, ex.Binary) and not isinstance(node, ex.Add | ex.Subtract) and type(left) is not outer:
        yield "brackets", type(left)(left.left, outer(left.right, right)), 0.0
    if isinstance(right, ex.Binary) and not isinstance(right, ex.Add | ex.Subtract) and type(right) is not outer:
        yield "brackets", type(right)(outer(left, right.left), right.right), 0.0
    if isinstance(right, ex.Add | ex.Subtract) and not isinstance(node, ex.Add | ex.Subtract):
        yield "brackets", type(right)(outer(left, right.left), right.right), 0.1


SUM_MEANT = -0.3
"""A bonus: of a sum with all its factors it is likelier that only the brackets were forgotten."""


def sum_brackets(_: Vocabulary, node: Expression) -> Iterator[Replacement]:
    """A sum without brackets, so that it includes the product beside it."""
    if not isinstance(node, ex.Add | ex.Subtract):
        return
    left, right = node.left, node.right
    for first in first_factors(right):
        yield "brackets", replaced(right, first, type(node)(left, first)), SUM_MEANT
    if is_product(left):
        yield "brackets", type(left)(left.left, type(node)(left.right, right)), SUM_MEANT


def is_product(node: Expression) -> TypeGuard[ex.Binary]:
    return isinstance(node, ex.Binary) and not isinstance(node, ex.Add | ex.Subtract)


def first_factors(node: Expression) -> Iterator[Expression]:
    """The beginnings of a product: its first factor, or its first few."""
    while is_product(node):
        node = node.left
        yield node


def replaced(node: Expression, first: Expression, new: Expression) -> Expression:
    """A product with another beginning."""
    if node is first:
        return new
    assert isinstance(node, ex.Binary)
    return type(node)(replaced(node.left, first, new), node.right)


def removals(_: Vocabulary, node: Expression) -> Iterator[Replacement]:
    """A surplus factor or term."""
    if not isinstance(node, ex.Binary):
        return
    term = isinstance(node, ex.Add | ex.Subtract)
    for rest, gone in ((node.left, node.right), (node.right, node.left)):
        key = "extra term" if term else "extra slope" if nd.is_slope(gone) else "extra factor"
        if (gone == Symbol("m") and isinstance(node, ex.Divide)) or gone == ex.Divide(ex.Number(1), Symbol("m")):
            key = "extra 1/m"
        if gone == Symbol("eta") and not term:
            key = "extra rate"
        if gone in (ex.Number(2), ex.Number(0.5)) and not term:
            key = "extra 2" if (gone == ex.Number(2)) != isinstance(node, ex.Divide) else "missing 2"
        rest = ex.Negate(rest) if isinstance(node, ex.Subtract) and rest is node.right else rest
        if not (isinstance(node, ex.Divide) and rest is node.right):
            yield key, rest, 0.0
    match node:
        case ex.Multiply(ex.Multiply(rest, a), factor) if nd.is_slope(ex.Multiply(a, factor)):
            yield "extra slope", rest, 0.0


PRODUCT_RULES: tuple[Rule, ...] = (
    transposes,
    signs,
    products,
    ones,
    divisions,
    brackets,
    sum_brackets,
    removals,
)
