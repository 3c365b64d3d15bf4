"""The mistakes in which arrays, slopes and numbers stand in a formula: another one, or one that is missing."""

from __future__ import annotations

from collections.abc import Iterator

from ...maths import expressions as ex
from ...maths.expressions import Expression, Symbol
from ...maths.symbols import BATCH, QUANTITIES
from . import nodes as nd
from .rules import Replacement, Rule
from .vocabulary import Vocabulary


def layers(vocabulary: Vocabulary, node: Expression) -> Iterator[Replacement]:
    """An array of the wrong layer, or another array of the same layer."""
    if isinstance(node, nd.Slope):
        for other in vocabulary.slopes:
            if other != node:
                away = abs(other.layer - node.layer)
                yield ("wrong layer", other, 0.02 * away) if away else ("wrong slope", other, -0.5)
    if not (isinstance(node, Symbol) and isinstance(node.layer, int)):
        return
    for l in range(QUANTITIES[node.name].lowest, vocabulary.depth + 1):
        if l != node.layer:
            yield "wrong layer", Symbol(node.name, l), 0.02 * abs(l - node.layer)
    if QUANTITIES[node.name].shape == BATCH and node.layer > 0:
        yield "wrong array", Symbol("Z" if node.name == "A" else "A", node.layer), 0.0


def errors(vocabulary: Vocabulary, node: Expression) -> Iterator[Replacement]:
    """A slope instead of an error, or weights added up that should carry errors back."""
    if isinstance(node, nd.Slope):
        for error in vocabulary.fitting(node, [Symbol("delta", slope.layer) for slope in vocabulary.slopes]):
            yield "missing error", error, 0.0
        for carried in vocabulary.fitting(node, vocabulary.carried(node.layer)):
            yield "missing dA", ex.Multiply(node, carried), 0.0
    match node:
        case nd.SampleSum(Symbol("W") as weights) | nd.SampleSum(ex.Transpose(Symbol("W") as weights)):
            for carried in vocabulary.pulled_back:
                if weights in ex.leaves(carried):
                    yield "missing error", carried, 0.0


def sums(_: Vocabulary, node: Expression) -> Iterator[Replacement]:
    if isinstance(node, nd.SampleSum):
        yield "extra sum", node.operand, 0.0
    elif not nd.is_scalar(node) and not isinstance(node, ex.Transpose | ex.Negate):
        yield "missing sum", nd.SampleSum(node), 0.0


def slopes(vocabulary: Vocabulary, node: Expression) -> Iterator[Replacement]:
    """A missing slope, or another factor in its place."""
    if nd.is_scalar(node) or isinstance(node, ex.Negate):
        return
    for slope in vocabulary.fitting(node, vocabulary.slopes):
        yield "missing slope", ex.Multiply(node, slope), 0.0 if isinstance(node, ex.MatMul | nd.Juxtaposition) else 0.1
        if node != slope:
            yield "wrong slope", slope, -0.4 if half_a_slope(vocabulary, node) else 0.0


def softmax_slopes(vocabulary: Vocabulary, node: Expression) -> Iterator[Replacement]:
    """A softmax taken unit by unit, where the sum over all outputs comes to a − y."""
    match node:
        case ex.Multiply(_, nd.Slope(_, layer)) | ex.Multiply(nd.Slope(_, layer), _) if vocabulary.paired_softmax(
            layer
        ):
            yield "softmax slope", ex.Subtract(Symbol("A", layer), Symbol("Y")), 0.0


def half_a_slope(vocabulary: Vocabulary, node: Expression) -> bool:
    """Whether a node is the 1 − a of a sigmoid, for a layer with another activation."""
    match node:
        case ex.Subtract(ex.Number(1), Symbol("A", int(layer))) if layer > 0:
            return vocabulary.evaluator.network.architecture.activation(layer).name != "sigmoid"
    return False


def sigmoid_slopes(vocabulary: Vocabulary, node: Expression) -> Iterator[Replacement]:
    """A missing or wrong half of a (1 − a)."""
    if node in vocabulary.complements:
        assert isinstance(node, Symbol)
        yield "wrong slope", vocabulary.complements[node], 0.2
    if nd.is_scalar(node) or isinstance(node, ex.Negate | ex.Subtract | ex.Add):
        return
    for factor in vocabulary.fitting(node, [*vocabulary.above, *vocabulary.complements.values()]):
        yield "missing slope", ex.Multiply(node, factor), 0.4


def biases(vocabulary: Vocabulary, node: Expression) -> Iterator[Replacement]:
    shape = vocabulary.shape(node)
    if not shape or isinstance(node, Symbol | ex.Transpose | ex.Number):
        return
    for bias in vocabulary.biases:
        if vocabulary.shape(Symbol("Z", bias.layer)) == shape:
            yield "missing bias", ex.Add(node, bias), 0.0


def numbers(vocabulary: Vocabulary, node: Expression) -> Iterator[Replacement]:
    """A number instead of m or n, or another number."""
    if isinstance(node, ex.Number):
        yield "number for m", Symbol("m"), 0.0
        yield "number for m", Symbol("n", vocabulary.depth), 0.1
        for value in (1, 2, 0.5):
            if value != node.value:
                yield "wrong number", ex.Number(value), 0.0


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


ARRAY_RULES: tuple[Rule, ...] = (
    layers,
    errors,
    sums,
    slopes,
    softmax_slopes,
    sigmoid_slopes,
    biases,
    numbers,
    missing_factors,
)
