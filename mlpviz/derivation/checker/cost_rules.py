"""The mistakes of costs and labels: squares, logarithms, the other class, the input in the place of the labels."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from ...maths import expressions as ex
from ...maths.expressions import Expression, Symbol
from . import nodes as nd
from .rules import Replacement
from .scalings import ONE
from .vocabulary import Vocabulary, both_ways

INPUT, LABELS = Symbol("A", 0), Symbol("Y")


def labels(_: Vocabulary, node: Expression) -> Iterator[Replacement]:
    """The input in the place of the labels, and the other way round."""
    if node in (INPUT, LABELS):
        yield "wrong array", LABELS if node == INPUT else INPUT, 0.2


def totals(_: Vocabulary, node: Expression) -> Iterator[Replacement]:
    """One number in the place of one for each entry."""
    if not nd.is_scalar(node) and not isinstance(node, ex.Transpose | ex.Negate | nd.Total):
        yield "missing sum", nd.Total(node), 0.3


def powers(vocabulary: Vocabulary, node: Expression) -> Iterator[Replacement]:
    """A square that is missing, or another power."""
    match node:
        case nd.Power(operand, exponent) if exponent != 2:
            yield "wrong number", nd.Power(operand, 2), -0.8
        case ex.Subtract(left, right) if LABELS in (bare(left), bare(right)) and squared(vocabulary):
            yield "missing square", ex.Multiply(node, node), 0.0


def squared(vocabulary: Vocabulary) -> bool:
    return vocabulary.evaluator.network.architecture.loss_entry.labels is None


def bare(node: Expression) -> Expression:
    return node.operand if isinstance(node, ex.Transpose) else node


def logarithms(vocabulary: Vocabulary, node: Expression) -> Iterator[Replacement]:
    """An entropy without its logarithm."""
    if squared(vocabulary) or not isinstance(node, ex.Multiply | nd.Juxtaposition):
        return
    for label, other, first in ((node.left, node.right, False), (node.right, node.left, True)):
        if LABELS in ex.leaves(label) and not any(isinstance(each, ex.Apply) for each in ex.walk(other)):
            log = ex.apply("log", other)
            yield "missing log", type(node)(log, label) if first else type(node)(label, log), 0.0


def classes(vocabulary: Vocabulary, node: Expression) -> Iterator[Replacement]:
    """One class in the place of the other: y for 1 − y, a for 1 − a."""
    if vocabulary.evaluator.network.architecture.loss != "binary_cross_entropy":
        return
    match node:
        case ex.Subtract(ex.Number(1), Symbol("Y" | "A") as kept):
            yield "wrong class", kept, 0.0
        case Symbol("Y" | "A"):
            yield "wrong class", ex.Subtract(ONE, node), 0.0
    match node:
        case ex.Multiply(y, ex.Apply("log", (a,))) | nd.Juxtaposition(y, ex.Apply("log", (a,))):
            other = ex.Multiply(ex.Subtract(ONE, y), ex.apply("log", ex.Subtract(ONE, a)))
            yield "missing complement", ex.Add(node, other), 0.0


def choices(_: Vocabulary, node: Expression) -> Iterator[Replacement]:
    """A choice between two arrays the wrong way round."""
    if isinstance(node, nd.Selected):
        yield "wrong slope", nd.Selected(node.left, node.right, node.otherwise, node.this), -0.6


def operators(_: Vocabulary, node: Expression) -> Iterator[Replacement]:
    """A division in the place of a matrix product, and a matrix product with a number."""
    if isinstance(node, ex.Divide) and not nd.is_scalar(node.right):
        yield "division", ex.MatMul(node.left, node.right), 0.1
    if isinstance(node, ex.MatMul) and nd.has_scalar(node):
        yield "matrix product instead of elementwise", ex.Multiply(node.left, node.right), 0.0


def penalties(vocabulary: Vocabulary, node: Expression) -> Iterator[Replacement]:
    """The l2 term alone, without what each sample gives."""
    match node:
        case ex.Multiply(Symbol("l2"), weights) | nd.Juxtaposition(Symbol("l2"), weights):
            of = bare(weights)
            if not isinstance(of, Symbol) or of.name != "W" or not isinstance(of.layer, int):
                return
            delta, a = Symbol("delta", of.layer), Symbol("A", of.layer - 1)
            for left, right in product(both_ways(delta), both_ways(a)):
                for given in (ex.MatMul(left, right), ex.MatMul(right, left)):
                    if vocabulary.shape(given) == vocabulary.shape(node):
                        yield "missing term", ex.Add(given, node), 0.0


COST_RULES = (penalties, labels, totals, powers, logarithms, classes, choices, operators)
