"""The mistakes that a changed node undoes, one rule each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeGuard

from ...maths import expressions as ex
from ...maths.expressions import Expression, Symbol
from ...maths.symbols import BATCH, QUANTITIES
from .nodes import Filled, Juxtaposition, SampleSum, Slope, is_scalar, is_slope, turned
from .vocabulary import Vocabulary

Replacement = tuple[str, Expression, float] | tuple[str, Expression, float, Mapping[str, Any]]
"""A kind of mistake, the node that replaces another, a surcharge, and perhaps what more there is to say of it."""

Rule = Callable[[Vocabulary, Any], Iterator[Replacement]]
RULES: list[Rule] = []


def rule(function: Rule) -> Rule:
    RULES.append(function)
    return function


@rule
def transposes(_: Vocabulary, node: Expression) -> Iterator[Replacement]:
    if is_scalar(node) or isinstance(node, ex.Negate | ex.Transpose):
        if isinstance(node, ex.Transpose):
            yield "transposed", node.operand, 0.0
        return
    yield "transposed", turned(node), 0.0 if isinstance(node, Symbol | Slope) else 0.1


LOSS_MEANT = -0.1
"""A bonus: the minus of −y/a, the derivative of a cross-entropy, is the one that is lost."""


@rule
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
        case Symbol() | Slope():
            yield "sign", ex.Negate(node), 0.3


@rule
def products(_: Vocabulary, node: Expression) -> Iterator[Replacement]:
    """Factors in the wrong order, or the wrong kind of product."""
    if not isinstance(node, ex.MatMul | ex.Multiply | Juxtaposition) or is_scalar(node.left) or is_scalar(node.right):
        return
    if isinstance(node, ex.Multiply):
        yield "elementwise instead of matrix product", ex.MatMul(node.left, node.right), 0.0
        return
    yield "order", type(node)(node.right, node.left), 0.0
    yield "matrix product instead of elementwise", ex.Multiply(node.left, node.right), 0.0


@rule
def ones(_: Vocabulary, node: Expression) -> Iterator[Replacement]:
    """A vector of ones, which f' of ReLU is where every z is positive."""
    match node:
        case Filled(Symbol("n", int(layer)), ex.Number(1), 1) if layer > 0:
            yield "ones for slope", Slope(Symbol("Z", layer), layer), 0.0
            yield "ones for slope", turned(Slope(Symbol("Z", layer), layer)), 0.1


@rule
def divisions(_: Vocabulary, node: Expression) -> Iterator[Replacement]:
    if isinstance(node, ex.Divide):
        yield "division", ex.Multiply(node.left, node.right), 0.0


@rule
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


@rule
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


@rule
def removals(_: Vocabulary, node: Expression) -> Iterator[Replacement]:
    """A surplus factor or term."""
    if not isinstance(node, ex.Binary):
        return
    term = isinstance(node, ex.Add | ex.Subtract)
    for rest, gone in ((node.left, node.right), (node.right, node.left)):
        key = "extra term" if term else "extra slope" if is_slope(gone) else "extra factor"
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
        case ex.Multiply(ex.Multiply(rest, a), factor) if is_slope(ex.Multiply(a, factor)):
            yield "extra slope", rest, 0.0


@rule
def layers(vocabulary: Vocabulary, node: Expression) -> Iterator[Replacement]:
    """An array of the wrong layer, or another array of the same layer."""
    if isinstance(node, Slope):
        for other in vocabulary.slopes:
            if other != node:
                same = other.layer == node.layer
                yield (
                    ("wrong slope", other, -0.5)
                    if same
                    else ("wrong layer", other, 0.02 * abs(other.layer - node.layer))
                )
    if not (isinstance(node, Symbol) and isinstance(node.layer, int)):
        return
    for l in range(QUANTITIES[node.name].lowest, vocabulary.depth + 1):
        if l != node.layer:
            yield "wrong layer", Symbol(node.name, l), 0.02 * abs(l - node.layer)
    if QUANTITIES[node.name].shape == BATCH and node.layer > 0:
        yield "wrong array", Symbol("Z" if node.name == "A" else "A", node.layer), 0.0


@rule
def errors(vocabulary: Vocabulary, node: Expression) -> Iterator[Replacement]:
    """A slope instead of an error, or weights added up that should carry errors back."""
    if isinstance(node, Slope):
        for error in vocabulary.fitting(node, [Symbol("delta", slope.layer) for slope in vocabulary.slopes]):
            yield "missing error", error, 0.0
    match node:
        case SampleSum(Symbol("W") as weights) | SampleSum(ex.Transpose(Symbol("W") as weights)):
            for carried in vocabulary.pulled_back:
                if weights in ex.leaves(carried):
                    yield "missing error", carried, 0.0


@rule
def sums(_: Vocabulary, node: Expression) -> Iterator[Replacement]:
    if isinstance(node, SampleSum):
        yield "extra sum", node.operand, 0.0
    elif not is_scalar(node) and not isinstance(node, ex.Transpose | ex.Negate):
        yield "missing sum", SampleSum(node), 0.0


@rule
def slopes(vocabulary: Vocabulary, node: Expression) -> Iterator[Replacement]:
    """A missing slope, or another factor in its place."""
    if is_scalar(node) or isinstance(node, ex.Negate):
        return
    for slope in vocabulary.fitting(node, vocabulary.slopes):
        yield "missing slope", ex.Multiply(node, slope), 0.0 if isinstance(node, ex.MatMul | Juxtaposition) else 0.1
        if node != slope:
            yield "wrong slope", slope, -0.4 if half_a_slope(vocabulary, node) else 0.0


@rule
def softmax_slopes(vocabulary: Vocabulary, node: Expression) -> Iterator[Replacement]:
    """A softmax taken unit by unit, where the sum over all outputs comes to a − y."""
    match node:
        case ex.Multiply(_, Slope(_, layer)) | ex.Multiply(Slope(_, layer), _) if vocabulary.paired_softmax(layer):
            yield "softmax slope", ex.Subtract(Symbol("A", layer), Symbol("Y")), 0.0


def half_a_slope(vocabulary: Vocabulary, node: Expression) -> bool:
    """Whether a node is the 1 − a of a sigmoid, for a layer with another activation."""
    match node:
        case ex.Subtract(ex.Number(1), Symbol("A", int(layer))) if layer > 0:
            return vocabulary.evaluator.network.architecture.activation(layer).name != "sigmoid"
    return False


@rule
def sigmoid_slopes(vocabulary: Vocabulary, node: Expression) -> Iterator[Replacement]:
    """A missing or wrong half of a (1 − a)."""
    if node in vocabulary.complements:
        assert isinstance(node, Symbol)
        yield "wrong slope", vocabulary.complements[node], 0.2
    if is_scalar(node) or isinstance(node, ex.Negate | ex.Subtract | ex.Add):
        return
    for factor in vocabulary.fitting(node, [*vocabulary.above, *vocabulary.complements.values()]):
        yield "missing slope", ex.Multiply(node, factor), 0.4


@rule
def biases(vocabulary: Vocabulary, node: Expression) -> Iterator[Replacement]:
    shape = vocabulary.shape(node)
    if not shape or isinstance(node, Symbol | ex.Transpose | ex.Number):
        return
    for bias in vocabulary.biases:
        if vocabulary.shape(Symbol("Z", bias.layer)) == shape:
            yield "missing bias", ex.Add(node, bias), 0.0


@rule
def numbers(vocabulary: Vocabulary, node: Expression) -> Iterator[Replacement]:
    """A number instead of m or n, or another number."""
    if isinstance(node, ex.Number):
        yield "number for m", Symbol("m"), 0.0
        yield "number for m", Symbol("n", vocabulary.depth), 0.1
        for value in (1, 2, 0.5):
            if value != node.value:
                yield "wrong number", ex.Number(value), 0.0


@rule
def missing_factors(vocabulary: Vocabulary, node: Expression) -> Iterator[Replacement]:
    """A missing factor or term."""
    shape = vocabulary.shape(node)
    if not shape or isinstance(node, ex.Negate | ex.Transpose):
        return
    for factor in vocabulary.factors:
        other = vocabulary.shape(factor)
        if other and shape[1] == other[0]:
            yield "missing factor", ex.MatMul(node, factor), 0.0
        if other and other[1] == shape[0]:
            yield "missing factor", ex.MatMul(factor, node), 0.0
    for factor in vocabulary.entrywise_factors:
        if vocabulary.shape(factor) == shape:
            yield "missing factor", ex.Multiply(node, factor), 0.1
    for label in vocabulary.fitting(node, [Symbol("Y")]):
        yield "missing term", ex.Subtract(node, label), 0.0
