"""The equations of a multilayer perceptron, all of them, as data.

Engine, shapes, LaTeX, index form, code and the stepper in the browser read these trees and nothing else.
Sources: text S2 (lines 40–115) in rows, text S4 (1a-m, 1b-m, 2-m) in columns; sums over samples in text S2, line 105.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import is_
from typing import Any

from .architecture import Architecture
from .expressions import (
    Apply,
    Binary,
    Divide,
    Expression,
    Here,
    Macro,
    MatMul,
    Multiply,
    Negate,
    Subtract,
    Sum,
    Symbol,
    at,
    children,
    rebuild,
    substitute,
)
from .losses import a as a_
from .losses import y as y_
from .losses import z as z_
from .symbols import ANEW, CONSTANTS, QUANTITIES, Role, named


@dataclass(frozen=True)
class Activate(Macro):
    """f(Z), by the activation of the layer."""

    Z: Expression


@dataclass(frozen=True)
class LossOf(Macro):
    """ℓ, one entry a sample, by the loss."""

    A: Expression
    Y: Expression
    Z: Expression


@dataclass(frozen=True)
class LossSlope(Macro):
    """∂ℓ/∂A, by the loss."""

    A: Expression
    Y: Expression


@dataclass(frozen=True)
class Pullback(Macro):
    """v · ∂A/∂Z, by the activation of the layer: v ⊙ f′(Z), or softmax's own."""

    v: Expression
    Z: Expression
    A: Expression


@dataclass(frozen=True)
class OverLayers(Macro):
    """The sum of the same term over all layers 1…L."""

    term: Expression


@dataclass(frozen=True)
class Equation:
    """One line: a name, the array it computes, and the expression that computes it."""

    name: str
    target: Symbol
    value: Expression


A, Z, W, b, delta, dA = (Symbol(name, Here()) for name in ("A", "Z", "W", "b", "delta", "dA"))
dW, db, new_W, new_b = (Symbol(name, Here()) for name in ("dW", "db", "new W", "new b"))
Y, losses, cost, new_cost, change = (Symbol(name) for name in ("Y", "losses", "cost", "new cost", "change"))
l2, learning_rate, scale = Symbol("l2"), Symbol("eta"), Symbol("scale")


def sum_rows(x: Expression) -> Expression:
    """The sum of the rows, a single row."""
    return Sum(x, 0)


def sum_columns(x: Expression) -> Expression:
    """The sum of the columns, a single column."""
    return Sum(x, 1)


AFFINE = Equation("affine map", Z, A.below @ W.T + b)
ACTIVATION = Equation("activation", A, Activate(Z))
LOSS = Equation("loss", losses, LossOf(A, Y, Z))
COST = Equation("cost", cost, sum_rows(losses) / scale + l2 / 2 * OverLayers(sum_rows(sum_columns(W * W))))
by_output, by_layer_above = LossSlope(A, Y), delta.above @ W.above
OUTPUT_SLOPE = Equation("output slope", dA, by_output / scale)
HIDDEN_SLOPE = Equation("hidden slope", dA, by_layer_above)
OUTPUT_ERROR = Equation("output error", delta, Pullback(by_output, Z, A) / scale)
HIDDEN_ERROR = Equation("hidden error", delta, Pullback(by_layer_above, Z, A))
WEIGHT_GRADIENT = Equation("weight gradient", dW, delta.T @ A.below + l2 * W)
BIAS_GRADIENT = Equation("bias gradient", db, sum_rows(delta))
WEIGHT_UPDATE = Equation("weight update", new_W, W - learning_rate * dW)
BIAS_UPDATE = Equation("bias update", new_b, b - learning_rate * db)
CHANGE = Equation("change of the cost", change, new_cost - cost)

EQUATIONS: dict[str, Equation] = {
    equation.name: equation
    for equation in (
        AFFINE,
        ACTIVATION,
        LOSS,
        COST,
        OUTPUT_ERROR,
        HIDDEN_ERROR,
        WEIGHT_GRADIENT,
        BIAS_GRADIENT,
        WEIGHT_UPDATE,
        BIAS_UPDATE,
        CHANGE,
    )
}
"""The equations by name. Everything that computes, prints or explains an equation follows its entry."""


theta, gradient = Symbol("theta"), Symbol("g")
new_theta = Symbol("new theta")
"""Any array of parameters, the cost's slope by it, and the array after the update: what rules are written in."""


@dataclass(frozen=True)
class Rule:
    """How one update moves each array of parameters; by gradient descent's own equations if there are no others.

    ``equations`` are in θ, its gradient g and what an optimiser keeps of the two; what they compute is named "new …",
    or made for this update alone. Parameters named in ``frozen`` stay as they are.
    """

    equations: tuple[Equation, ...] = ()
    frozen: frozenset[str] = frozenset()


DESCENT = Rule()

DESCENTS = {"W": "weight update", "b": "bias update"}
"""The equation of gradient descent for the parameters of each name."""

GRADIENTS = {QUANTITIES[name].of: name for name in named(Role.GRADIENT)}


def moves(rule: Rule, name: str) -> tuple[Equation, ...]:
    """The equations by which a rule moves the parameters of one name."""
    if not rule.equations:
        return (EQUATIONS[DESCENTS[name]],)
    return tuple(for_parameters(equation, name) for equation in rule.equations)


def for_parameters(equation: Equation, name: str) -> Equation:
    """An equation of a rule for the parameters of one name, W or b."""
    meant = {theta.name: name, gradient.name: GRADIENTS[name], new_theta.name: ANEW[name]}

    def own(symbol: Symbol) -> Symbol:
        if symbol.name in CONSTANTS:
            return symbol
        return Symbol(meant.get(symbol.name, f"{symbol.name} {name}"), Here())

    return Equation(equation.name, own(equation.target), substitute(equation.value, own))


SECOND = "second"
"""The phase of the forward pass after the update."""


@dataclass(frozen=True)
class Step:
    """One equation at one layer, in the order of a pass; its equation is expanded and its layers are absolute."""

    index: int
    phase: str
    layer: int
    equation: Equation


def schedule(architecture: Architecture, rule: Rule = DESCENT) -> Iterator[tuple[str, int, Equation]]:
    """Phase, layer and equation of every step: forward, loss, backward, one update, and forward once more."""
    L = architecture.depth
    for phase, l, name in (*forward(architecture), *backward(architecture)):
        yield phase, l, EQUATIONS[name]
    moved = [name for name in DESCENTS if name not in (architecture.absent | rule.frozen)]
    for l in range(1, L + 1):
        yield from (("update", l, equation) for name in moved for equation in moves(rule, name))
    yield from ((SECOND, l, EQUATIONS[name]) for _phase, l, name in forward(architecture))
    yield SECOND, L, EQUATIONS["change of the cost"]


def backward(architecture: Architecture) -> Iterator[tuple[str, int, str]]:
    """Phase, layer and equation of every step to the gradients."""
    L = architecture.depth
    for l in range(L, 0, -1):
        yield "backward", l, error_equation(architecture, l)
        yield "backward", l, "weight gradient"
        if architecture.bias:
            yield "backward", l, "bias gradient"


def error_equation(architecture: Architecture, layer: int) -> str:
    """The name of the equation that gives the error of a layer, or carries errors back to it."""
    return "output error" if layer == architecture.depth else "hidden error"


def forward(architecture: Architecture) -> Iterator[tuple[str, int, str]]:
    """Phase, layer and equation of every step to the cost."""
    L = architecture.depth
    for l in range(1, L + 1):
        yield from (("forward", l, "affine map"), ("forward", l, "activation"))
    yield from (("loss", L, "loss"), ("loss", L, "cost"))


class Identical(tuple[Any, ...]):
    """Objects that are equal only to the very same ones; as a key it holds them, so that no other takes their place."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Identical) and len(self) == len(other) and all(map(is_, self, other))

    def __hash__(self) -> int:
        return hash(tuple(map(id, self)))


def steps(architecture: Architecture, rule: Rule = DESCENT) -> tuple[Step, ...]:
    """All steps of one pass through a network and of an update, from the present ``EQUATIONS`` and other tables."""
    activations = map(architecture.activation, range(1, architecture.depth + 1))
    tables = (*EQUATIONS.values(), *activations, architecture.loss_entry, architecture.scale)
    return expanded(architecture, rule, Identical(tables))


@lru_cache(maxsize=64)
def expanded(architecture: Architecture, rule: Rule, _tables: Identical) -> tuple[Step, ...]:
    """The steps, expanded once while their sources stay the same; ``_tables`` is all of those."""
    made: list[Step] = []
    computed: set[Symbol] = set()
    for index, (phase, layer, template) in enumerate(schedule(architecture, rule)):
        own = at_layer(architecture, template, layer)
        anew = renewed(own, computed) if phase == SECOND else own
        computed.add(anew.target)
        made.append(Step(index, phase, layer, anew))
    return tuple(made)


def renewed(equation: Equation, computed: Collection[Symbol]) -> Equation:
    """An equation after the update: what is ``computed`` anew by then stands in it in place of what was before."""
    if equation.target.name not in ANEW:
        return equation
    target = new(equation.target)
    value = substitute(equation.value, lambda symbol: new(symbol) if new(symbol) in computed else symbol)
    return Equation(equation.name, target, value)


def new(symbol: Symbol) -> Symbol:
    """The array after the update of one before it; itself if there is none."""
    return Symbol(ANEW.get(symbol.name, symbol.name), symbol.layer)


def equation(architecture: Architecture, name: str, layer: int) -> Equation:
    """One of ``EQUATIONS`` at one layer of a network."""
    return at_layer(architecture, EQUATIONS[name], layer)


def carried_back(architecture: Architecture, layer: int) -> Equation:
    """∂J/∂A of a layer from 0 to L: what its error pulls back through the activation."""
    return at_layer(architecture, OUTPUT_SLOPE if layer == architecture.depth else HIDDEN_SLOPE, layer)


def at_layer(architecture: Architecture, template: Equation, layer: int) -> Equation:
    """An equation at one layer of a network: macros expanded, absent terms left out, layers absolute."""
    value = present(expand(template.value, architecture, layer), architecture)
    assert value is not None, f"nothing is left of the equation {template.name!r}"
    target = at(template.target, layer)
    assert isinstance(target, Symbol)
    return Equation(template.name, target, value)


def expand(node: Expression, architecture: Architecture, layer: int) -> Expression:
    """The tree with every macro replaced by the table entry it stands for, at an absolute layer."""
    activation, loss = architecture.activation(layer), architecture.loss_entry
    recur = lambda child: expand(child, architecture, layer)  # noqa: E731
    match node:
        case Activate(Z):
            return activation.activate(recur(Z))
        case LossOf(A, Y, Z):
            return loss.of(activation.name, recur(A), recur(Y), recur(Z))
        case Pullback(LossSlope(A, Y), Z, _) if activation.name in loss.pairings:
            return fill(loss.pairings[activation.name].delta, {a_: recur(A), y_: recur(Y), z_: recur(Z)})
        case LossSlope(A, Y):
            return fill(loss.slope, {a_: recur(A), y_: recur(Y)})
        case Pullback(v, Z, A):
            return activation.pull_back(recur(v), recur(Z), recur(A))
        case OverLayers(term):
            return added([expand(term, architecture, l) for l in range(1, architecture.depth + 1)])
        case Symbol("scale"):
            return node if architecture.scale is None else at(architecture.scale, layer)
        case Symbol():
            return at(node, layer)
    return rebuild(node, recur)


IN_A_ROW = 64
"""Terms added one after the other: every reader of trees calls itself, which Python lets it do only so often."""


def added(terms: Sequence[Expression]) -> Expression:
    """The sum of terms, from left to right; more than ``IN_A_ROW`` are added in groups first."""
    if len(terms) <= IN_A_ROW:
        return sum(terms[1:], terms[0])
    return added([added(terms[k : k + IN_A_ROW]) for k in range(0, len(terms), IN_A_ROW)])


def fill(body: Expression, values: dict[Symbol, Expression]) -> Expression:
    return substitute(body, lambda symbol: values.get(symbol, symbol))


def present(node: Expression, architecture: Architecture) -> Expression | None:
    """The tree without the terms of an absent b, l2 or scale; None if nothing is left."""
    absent = architecture.absent
    match node:
        case Symbol(name):
            return None if name in absent else node
        case Apply():
            return node
        case Binary(left, right):
            return without(node, present(left, architecture), present(right, architecture))
    gone = any(present(child, architecture) is None for child in children(node))
    return None if gone else rebuild(node, lambda child: present(child, architecture) or child)


def without(node: Binary, left: Expression | None, right: Expression | None) -> Expression | None:
    """A binary node some of whose operands may be absent: a sum keeps the other, a product vanishes."""
    if left is None and right is None:
        return None
    if left is not None and right is not None:
        return type(node)(left, right)
    if isinstance(node, Divide):
        return left
    if isinstance(node, Multiply | MatMul):
        return None
    return left if right is None else Negate(right) if isinstance(node, Subtract) else right
