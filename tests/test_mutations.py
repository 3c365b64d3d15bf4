"""Mistakes made on purpose: every single edit of every tree is noticed, unless a rule says why it changes no value.

The equations are data, so the mistakes are made mechanically: ``edits`` walks a tree and yields it once for each thing
that can be wrong with it. ``python -m tests.test_mutations`` prints how many were tried and how each was noticed.
"""

from __future__ import annotations

import dataclasses
import importlib.util
import itertools
import math
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import numpy as np
import pytest

import mlpviz
from mlpviz.engine.evaluate import evaluate
from mlpviz.engine.trace import PHASES
from mlpviz.maths.activations import ACTIVATIONS
from mlpviz.maths.equations import EQUATIONS, OverLayers, fill, steps
from mlpviz.maths.expressions import (
    Add,
    Apply,
    Binary,
    Divide,
    Expression,
    Here,
    Macro,
    MatMul,
    Max,
    Multiply,
    Negate,
    Number,
    Subtract,
    Sum,
    Symbol,
    Transpose,
    children,
    rebuild,
)
from mlpviz.maths.functions import FUNCTIONS
from mlpviz.maths.losses import LOSSES, REDUCTIONS
from mlpviz.maths.shapes import ShapeError
from mlpviz.maths.symbols import SCALARS
from tests.support.oracle import Pass, distance, numpy_forward, of_trace, problem, torch_backpropagate

# --- the edits ---------------------------------------------------------------------------------------------------

Change = tuple[str, str | None, Expression]
"""What was done, the rule by which it changes no value (or None), and the tree that is left."""

COMMUTE = "⊙, + and max do not mind the order of their operands"
EVEN = "abs does not see a sign"
ZERO = "twice 0 and −0 are 0"
SIDE = "twice a number is on the same side of 0"
SAME = "the operands exchanged are the same"
TOTAL = "all entries of a matrix add up to what those of its transpose do"
SINGLE = "the transpose of a single number is the number"

OTHER_OPERATION = {Add: Subtract, Subtract: Add, Multiply: Divide, Divide: Multiply, MatMul: Multiply}
OTHER_FUNCTION = {"exp": "expm1", "log": "log1p", "tanh": "sigmoid", "sigmoid": "tanh", "softplus": "sigmoid"}
OTHER_SYMBOL = {"A": "Z", "Z": "A", "delta": "Z", "a": "z", "z": "a", "y": "a", "v": "a", "W": "dW", "m": "n", "Y": "A"}


def edits(tree: Expression) -> Iterator[Change]:
    """A tree with one mistake, once for every mistake that can be made at every one of its nodes."""
    for rule in RULES:
        yield from rule(tree)
    for index, child in enumerate(children(tree)):
        for what, reason, part in edits(child):
            changed = with_child(tree, index, part)
            same = same_total(tree, changed) or same_sign(tree, changed) or same_side(tree, changed)
            yield what, reason or same, changed


def with_child(node: Expression, index: int, new: Expression) -> Expression:
    """The node with one of its operands replaced."""
    count = itertools.count()
    return rebuild(node, lambda child: new if next(count) == index else child)


def same_total(tree: Expression, changed: Expression) -> str | None:
    """The rule for a sum of all entries."""
    match tree:
        case Sum(Sum(operand, first), second) if first != second and changed == Sum(Sum(operand.T, first), second):
            return TOTAL
    return None


def same_sign(tree: Expression, changed: Expression) -> str | None:
    """The rule for a sign under an even function."""
    match tree:
        case Apply("abs", (operand,)) if changed == Apply("abs", (flip(operand),)):
            return EVEN
    return None


def same_side(tree: Expression, changed: Expression) -> str | None:
    """The rule for twice a number that is compared with 0."""
    match tree:
        case Apply("greater", (z, zero)) if zero == Number(0) and children(changed)[0] == Multiply(Number(2), z):
            return SIDE
    return None


def one(node: Expression, axis: int) -> bool:
    """Whether a tree has one row (axis 0) or one column (axis 1) in every network."""
    match node:
        case Number():
            return True
        case Symbol(name):
            return name in SCALARS or (name, axis) in (("b", 0), ("losses", 1))
        case Transpose(operand):
            return one(operand, 1 - axis)
        case MatMul(left, right):
            return one((left, right)[axis], axis)
        case Sum(operand, along):
            return axis == along or one(operand, axis)
        case OverLayers(term):
            return one(term, axis)
    return not isinstance(node, Macro) and all(one(child, axis) for child in children(node))


def transposed(node: Expression) -> Iterator[Change]:
    """A transpose dropped, or put where none belongs; a plain number has none."""
    if isinstance(node, Transpose):
        yield "transpose dropped", None, node.operand
    elif not isinstance(node, Number) and not (isinstance(node, Symbol) and node.name in SCALARS):
        yield "transposed", SINGLE if one(node, 0) and one(node, 1) else None, Transpose(node)


def flip(node: Expression) -> Expression:
    """The tree with the other sign."""
    return node.operand if isinstance(node, Negate) else Negate(node)


def flipped(node: Expression) -> Iterator[Change]:
    """A sign."""
    yield "sign", ZERO if node == Number(0) else None, flip(node)


def doubled(node: Expression) -> Iterator[Change]:
    """A factor of 2, or another constant."""
    yield "doubled", ZERO if node == Number(0) else None, Multiply(Number(2), node)
    if isinstance(node, Number):
        yield "constant changed", None, Number(node.value + 1)


def commutes(node: Expression) -> bool:
    """Whether the order of a node's two operands does not matter."""
    return isinstance(node, Add | Multiply) or (isinstance(node, Apply) and node.name in ("maximum", "minimum"))


def swapped(node: Expression) -> Iterator[Change]:
    """Two operands exchanged."""
    operands = children(node)
    for i, j in itertools.combinations(range(len(operands)), 2):
        left, right = operands[i], operands[j]
        reason = SAME if left == right else COMMUTE if commutes(node) else None
        yield "operands swapped", reason, with_child(with_child(node, i, right), j, left)


def left_out(node: Expression) -> Iterator[Change]:
    """A node replaced by one of its operands: a factor, a term, f′, a sum or the scale left out."""
    for child in dict.fromkeys(children(node)):
        if not isinstance(node, Transpose | Negate):  # these are the edits above
            yield "left out", None, child


def shifted(node: Expression) -> Iterator[Change]:
    """A layer too low or too high."""
    if isinstance(node, Symbol) and isinstance(node.layer, Here):
        for step in (-1, +1):
            yield "layer shifted", None, Symbol(node.name, Here(node.layer.offset + step))


def exchanged(node: Expression) -> Iterator[Change]:
    """Another axis, operation, function or symbol."""
    match node:
        case Sum(operand, axis):
            yield "other axis", None, type(node)(operand, 1 - axis)
            yield "sum for maximum", None, (Sum if isinstance(node, Max) else Max)(operand, axis)
        case Binary(left, right):
            yield "other operation", None, OTHER_OPERATION[type(node)](left, right)
        case Apply(name, arguments) if name in OTHER_FUNCTION:
            yield "other function", None, Apply(OTHER_FUNCTION[name], arguments)
        case Symbol(name, layer) if name in OTHER_SYMBOL:
            # the targets Y, and m, have no layer of their own; what takes their place is the output's
            yield "other symbol", None, Symbol(OTHER_SYMBOL[name], Here() if name in ("Y", "m") else layer)


RULES = (transposed, flipped, doubled, swapped, left_out, shifted, exchanged)

# --- where they are made -----------------------------------------------------------------------------------------

PASS = [name for name in EQUATIONS if name not in ("weight update", "bias update", "change of the cost")]
EDITED_ACTIVATIONS = ("tanh", "softmax", "sigmoid", "silu")


@dataclasses.dataclass(frozen=True)
class Place:
    """A tree in a table, and how to put another in its stead."""

    name: str
    tree: Expression
    put: Callable[[Expression], None]


def put_equation(name: str) -> Callable[[Expression], None]:
    def put(tree: Expression) -> None:
        EQUATIONS[name] = dataclasses.replace(EQUATIONS[name], value=tree)

    return put


def put_field(table: dict[str, Any], name: str, field: str) -> Callable[[Expression], None]:
    def put(tree: Expression) -> None:
        table[name] = dataclasses.replace(table[name], **{field: tree})

    return put


def put_pairing(loss: str, output: str, field: str) -> Callable[[Expression], None]:
    def put(tree: Expression) -> None:
        pairings = LOSSES[loss].pairings
        changed = {**pairings, output: dataclasses.replace(pairings[output], **{field: tree})}
        LOSSES[loss] = dataclasses.replace(LOSSES[loss], pairings=changed)

    return put


def places() -> Iterator[Place]:
    """Every tree that a pass is made of."""
    for name in PASS:
        yield Place(name, EQUATIONS[name].value, put_equation(name))
    for name in EDITED_ACTIVATIONS:
        for field in ("formula", "slope", "kernel", "pullback"):
            if (tree := getattr(ACTIVATIONS[name], field)) is not None:
                yield Place(f"{name}, {field}", tree, put_field(ACTIVATIONS, name, field))
    for name, loss in LOSSES.items():
        for field in ("value", "slope"):
            yield Place(f"{name}, {field}", getattr(loss, field), put_field(LOSSES, name, field))
        for output, pairing in loss.pairings.items():
            for field in ("delta", "kernel"):
                put = put_pairing(name, output, field)
                yield Place(f"{name} of {output}, {field}", getattr(pairing, field), put)
    scale = REDUCTIONS["mean_elements"].scale
    assert scale is not None
    yield Place("mean_elements, scale", scale, put_field(REDUCTIONS, "mean_elements", "scale"))


PLACES = {place.name: place for place in places()}


@contextmanager
def edited(place: Place, tree: Expression) -> Iterator[None]:
    """The program with one tree replaced; all tables are put back."""
    tables = (EQUATIONS, FUNCTIONS, ACTIVATIONS, LOSSES, REDUCTIONS)
    kept = [dict(table) for table in tables]
    try:
        place.put(tree)
        yield
    finally:
        for table, before in zip(tables, kept, strict=True):
            table.clear()
            table.update(before)


# --- what notices them -------------------------------------------------------------------------------------------

M = 6
NETWORKS = [
    mlpviz.Architecture((5, 2, 3, 4)[: len(activations) + 1], activations, loss, "mean_elements", l2=0.7)
    for activations, loss in (
        (("tanh", "tanh", "softmax"), "cross_entropy"),
        (("tanh", "tanh", "tanh"), "half_squared_error"),
        (("tanh", "sigmoid"), "binary_cross_entropy"),
        (("tanh", "sigmoid"), "cross_entropy"),
        (("softmax", "silu"), "squared_error"),  # the full pullback, and a slope written in z
        (("silu", "sigmoid"), "squared_error"),  # the same in a hidden layer, and a slope that is not even in a
    )
]
"""All widths and the batch size differ, so that what multiplies by chance does not multiply here."""


@cache
def oracles(architecture: mlpviz.Architecture) -> tuple[Any, list[Pass]]:
    """Parameters and batch, and what the oracles make of them: NumPy by hand, and PyTorch where it is installed."""
    given = problem(architecture, M, 0)
    passes = [numpy_forward(*given)]
    if importlib.util.find_spec("torch"):
        passes.append(torch_backpropagate(*given))
    return given, passes


def notice(architecture: mlpviz.Architecture) -> str | None:
    """What finds fault with a network's pass, as the tables stand now; None if nothing does."""
    given, passes = oracles(architecture)
    try:
        trace = mlpviz.backpropagate(*given)
        for name, faulty in CHECKS.items():
            if faulty(trace, given, passes):
                return name
    except ShapeError:
        return "does not multiply"
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError, AssertionError):
        return "cannot be computed"
    return None


def differ(found: Any, right: Any, tolerance: float = 1e-9) -> bool:
    """Whether two arrays are not the same (a NaN is never the same)."""
    return np.shape(found) != np.shape(right) or not distance(found, right) <= tolerance


def wrong_forward(trace: mlpviz.Trace, given: Any, passes: list[Pass]) -> bool:
    """Z, A, losses and cost against the oracles."""
    found = dict(of_trace(trace).named())
    expected = [(name, array) for each in passes for name, array in each.named()]
    return any(differ(found[name], right) for name, right in expected if name[0] in "ZA" or name in ("losses", "cost"))


def values_of(trace: mlpviz.Trace) -> Callable[[Symbol], Any]:
    """What every symbol of a pass stands for."""

    def value(symbol: Symbol) -> Any:
        scalar = trace.scalar(symbol)
        return trace.buffer(symbol) if scalar is None else scalar

    return value


def wrong_formula(trace: mlpviz.Trace, given: Any, passes: list[Pass]) -> bool:
    """Each equation and activation read as its formula, against what the kernels computed."""
    value = values_of(trace)
    for step in steps(trace.architecture):
        if step.phase in PHASES and differ(evaluate(step.equation.value, value), trace.buffer(step.equation.target)):
            return True
    for layer in range(1, trace.architecture.depth + 1):
        z = {"z": trace.Z[layer]}
        formula = trace.architecture.activation(layer).formula
        if differ(evaluate(formula, lambda symbol, z=z: z[symbol.name]), trace.A[layer]):
            return True
    return False


def wrong_pairing(trace: mlpviz.Trace, given: Any, passes: list[Pass]) -> bool:
    """A pairing's delta against the pullback of the loss's slope."""
    architecture, L = trace.architecture, trace.architecture.depth
    Z, A, Y, a, y = Symbol("Z", L), Symbol("A", L), Symbol("Y"), Symbol("a"), Symbol("y")
    slope = fill(architecture.loss_entry.slope, {a: A, y: Y})
    delta = evaluate(architecture.activation(L).pull_back(slope, Z, A), values_of(trace))
    return differ(delta / (M * architecture.widths[-1]), trace.delta[L])


LOG2 = math.log(2)
EXTREMES = {  # logits, labels, losses
    ("cross_entropy", "softmax"): [([1000, 0, -math.inf], [0, 1, 0], 1000), ([1000, 0, -math.inf], [1, 0, 0], 0)],
    ("cross_entropy", "sigmoid"): [([-1000, 0, -math.inf], [1, 1, 0], 1000 + LOG2), ([1000, 0, 5], [1, 1, 0], LOG2)],
    ("binary_cross_entropy", "sigmoid"): [
        ([math.inf, 0, -math.inf], [1, 0.5, 0], LOG2),
        ([1000, 0, -1000], [0, 0.5, 1], 2000 + LOG2),
    ],
}


def wrong_extremes(trace: mlpviz.Trace, given: Any, passes: list[Pass]) -> bool:
    """An entropy where terms with y = 0 meet infinite logarithms: by the kernels, and by the formula at a = 0 or 1."""
    loss, output = trace.architecture.loss, trace.architecture.activations[-1]
    for logits, labels, right in EXTREMES.get((loss, output), ()):
        parameters = mlpviz.Parameters(mlpviz.Architecture((1, 3), (output,), loss, "sum"))
        parameters.b[1][...] = logits
        if differ(mlpviz.backpropagate(parameters, [[1.0]], [labels]).cost, right):
            return True
    arrays = {"a": np.array([[1.0, 0.0]]), "y": np.array([[1.0, 0.0]])}
    return differ(evaluate(LOSSES[loss].value, lambda symbol: arrays[symbol.name]), np.zeros((1, 1)))


def wrong_gradient(trace: mlpviz.Trace, given: Any, passes: list[Pass]) -> bool:
    """Central differences of the cost."""
    return not all(check.error is not None and check.error <= 1e-7 for check in mlpviz.gradient_check(*given).values())


CHECKS = {
    "oracles, forward": wrong_forward,
    "formula against kernel": wrong_formula,
    "pairing against pullback": wrong_pairing,
    "extreme logits": wrong_extremes,
    "central differences": wrong_gradient,
}
"""What notices a mistake, the cheapest first: central differences cost as much as all the others several times over."""

# --- the tests ---------------------------------------------------------------------------------------------------


@dataclasses.dataclass
class Result:
    """One edit: by what it was noticed (None: not at all), and the rule by which it could not be."""

    place: str
    what: str
    reason: str | None
    noticed: str | None
    tree: Expression


SAMPLE = 16
"""Edits of a tree that the suite tries; ``python -m tests.test_mutations`` tries all."""


def tried(place: Place, most: int | None = None) -> Iterator[Result]:
    """Every edit of one tree, or a sample of them, on the networks that use it first."""
    owners = place.name.replace(",", "").split()
    networks = sorted(NETWORKS, key=lambda network: not {*network.activations, network.loss} & {*owners})
    changes = list(edits(place.tree))
    for what, reason, tree in random.Random(place.name).sample(changes, min(most or len(changes), len(changes))):
        with edited(place, tree):
            noticed = next((by for by in map(notice, networks) if by is not None), None)
        yield Result(place.name, what, reason, noticed, tree)


def test_nothing_is_found_wrong_without_an_edit():
    assert [notice(network) for network in NETWORKS] == [None] * len(NETWORKS)
    for network in NETWORKS:
        assert len({*network.widths, M}) == len(network.widths) + 1


@pytest.mark.parametrize("place", PLACES.values(), ids=list(PLACES))
def test_every_edit_is_noticed(place):
    before = dict(EQUATIONS)
    results = list(tried(place, SAMPLE))
    assert results
    assert [each for each in results if each.noticed is None and each.reason is None] == []
    assert [each for each in results if each.noticed is not None and each.reason is not None] == []
    assert before == EQUATIONS


def test_the_edits_are_the_ones_that_matter():
    """On a tree small enough to be read."""
    W, delta = Symbol("W", Here()), Symbol("delta", Here())
    tree = delta.above @ W.T
    found = [changed for _, _, changed in edits(tree)]
    for mistake in (
        delta.above @ W,
        W.T @ delta.above,
        delta.above * W.T,
        -tree,
        2 * tree,
        delta @ W.T,
        delta.above @ W.above.T,
        delta.above.T @ W.T,
        delta.above,
        W.T,
    ):
        assert mistake in found
    assert tree not in found
    assert len(set(found)) == len(found)
    assert Sum(W, 1) in [changed for _, _, changed in edits(Sum(W, 0))]


def main(write: Callable[[str], object] = sys.stdout.write) -> None:
    """Prints how many edits were tried and what became of them."""
    results = [result for place in PLACES.values() for result in tried(place)]
    write(f"{len(results)} edits of {len(PLACES)} trees tried\n")
    for title, key in (("noticed by", "noticed"), ("without any effect, since", "reason"), ("made as", "what")):
        for value, count in Counter(getattr(each, key) for each in results).most_common():
            if value is not None:
                write(f"{count:6d} {title} {value}\n")
    survivors = [each for each in results if each.noticed is None and each.reason is None]
    write(f"{len(survivors):6d} other survivors\n")
    for each in survivors:
        write(f"       {each.place}: {each.what}: {each.tree}\n")


if __name__ == "__main__":
    main()
