"""Losses by name: squared errors and entropies, of outputs or of logits, added up as their library says."""

from __future__ import annotations

from ....maths import expressions as ex
from ....maths.expressions import Expression
from .. import nodes as nd
from . import activations
from . import syntax as sx
from .arguments import Arguments
from .counts import count
from .refusals import Unread
from .sums import square


def reduced(given: Arguments, losses: Expression, number: Expression | None = None) -> Expression:
    """Losses added up as PyTorch says: their mean, over all entries or over a ``number``, their sum, or as they are."""
    how = given.given.get("reduction", sx.Quoted("mean"))
    match how:
        case sx.Quoted("mean"):
            return ex.Divide(nd.Total(losses), number or count(given.reader, given.tree("x"), None))
        case sx.Quoted("sum"):
            return nd.Total(losses)
        case sx.Quoted("none" | "None") | sx.Word("None"):
            return losses
    raise Unread("keyword", text="reduction", span=how.span)


def by_sample(given: Arguments, entries: Expression) -> Expression:
    """The loss of each sample, the sum along its units."""
    return nd.Flat(nd.AxisSum(entries, given.samples_across))


def squared_difference(x: Expression, y: Expression) -> Expression:
    return square(ex.Subtract(x, y))


def squared_error(given: Arguments) -> Expression:
    return reduced(given, squared_difference(given.tree("x"), given.tree("y")))


def binary_entropies(y: Expression, a: Expression) -> Expression:
    """−(y log a + (1 − y) log(1 − a)), entry by entry."""
    one = ex.Number(1)
    first = ex.Multiply(y, ex.apply("log", a))
    second = ex.Multiply(ex.Subtract(one, y), ex.apply("log", ex.Subtract(one, a)))
    return ex.Negate(ex.Add(first, second))


def binary_entropy(given: Arguments) -> Expression:
    return reduced(given, binary_entropies(given.tree("y"), given.tree("x")))


def log_softmax(given: Arguments) -> Expression:
    axis = given.axis() if "axis" in given else None
    return ex.apply("log", activations.activated(given.reader.scope, "softmax", given.tree("x"), axis))


def log_of_sum(given: Arguments) -> Expression:
    """logaddexp(a, b): log(eᵃ + eᵇ), of 0 and z softplus."""
    left, right = given.tree("x"), given.tree("y")
    if left == ex.Number(0):
        return activations.activated(given.reader.scope, "softplus", right)
    return ex.apply("log", ex.Add(ex.apply("exp", left), ex.apply("exp", right)))


def entropies_of_logits(given: Arguments) -> Expression:
    """The binary cross-entropy, sigmoid included, entry by entry."""
    return binary_entropies(given.tree("y"), activations.activated(given.reader.scope, "sigmoid", given.tree("x")))


def entropy_of_logits(given: Arguments) -> Expression:
    return reduced(given, entropies_of_logits(given))


def entropies(given: Arguments) -> Expression:
    """The cross-entropy of each sample's outputs."""
    return by_sample(given, ex.Negate(ex.Multiply(given.tree("y"), ex.apply("log", given.tree("x")))))


def softmax_entropies(given: Arguments) -> Expression:
    """The cross-entropy of each sample's logits, softmax included."""
    a = activations.activated(given.reader.scope, "softmax", given.tree("x"))
    return by_sample(given, ex.Negate(ex.Multiply(given.tree("y"), ex.apply("log", a))))


def cross_entropy(given: Arguments) -> Expression:
    """The cross-entropy of logits, softmax included; its mean is over the samples."""
    return reduced(given, softmax_entropies(given), ex.Symbol("m"))
