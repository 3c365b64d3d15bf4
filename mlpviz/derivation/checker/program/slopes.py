"""Activations and their slopes by the names that programs give them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np

from ....engine.evaluate import evaluate
from ....maths.activations import ACTIVATIONS, Activation
from ....maths.expressions import Symbol

OTHER_NAMES = {
    "sigmoid": "expit logistic sig sigm sigma nonlin σ sigmoid_function logsig",
    "relu": "rectifier ramp relu6 poslin",
    "leaky_relu": "leakyrelu lrelu leaky",
    "identity": "linear purelin",
    "tanh": "tansig hyperbolic_tangent",
    "softmax": "stable_softmax soft_max normalize_exp",
    "silu": "swish",
}
NAMES = {other: name for name, others in OTHER_NAMES.items() for other in others.split()} | {
    name: name for name in ACTIVATIONS
}
SLOPE = re.compile(
    r"(?:d_?|grad_?|der_?)(?P<after>[a-zσ_]+)|(?P<before>[a-zσ_]+?)_?(?:_?d|prime|deriv(?:ative)?|grad(?:ient)?|der|"
    r"slope|_?backward|back|delta)(?:_of.*)?"
)
GENERIC = frozenset("f g h φ ϕ phi activation act activate activation_function nonlinearity transfer".split())
"""Names of whatever activation the layer has."""


def activation_of(name: str) -> Activation | None:
    """The activation of a name, whatever its letters' case."""
    return ACTIVATIONS.get(NAMES.get(name.lower().strip("_"), ""))


def slope_of(name: str) -> Activation | None:
    """The activation whose slope a name is: sigmoid_prime, dtanh, relu_derivative, sigmoidGradient."""
    found = SLOPE.fullmatch(name.lower().strip("_"))
    return activation_of(found["after"] or found["before"]) if found else None


def is_generic(name: str) -> bool:
    return name.lower() in GENERIC


def is_generic_slope(name: str) -> bool:
    found = SLOPE.fullmatch(name.lower().strip("_"))
    return found is not None and is_generic(found["after"] or found["before"])


def activated(activation: Activation, z: Any, axis: int = -1) -> Any:
    """f(z), entry by entry, or softmax along an axis."""
    z = np.asarray(z, dtype=float)
    if not activation.elementwise:
        powers = np.exp(z - z.max(axis, keepdims=True))
        return powers / powers.sum(axis, keepdims=True)
    return computed(activation.activate(Symbol("z")), lambda _: z, z)


def slope(activation: Activation, argument: Any, of: str) -> Any:
    """f′ at z, or in terms of a = f(z) where ``of`` is "a"; of softmax the diagonal of its Jacobian."""
    argument = np.asarray(argument, dtype=float)
    if activation.slope is None:
        a = argument if of == "a" else activated(activation, argument)
        return a * (1 - a)
    symbols: dict[Symbol, Any] = {Symbol("z"): argument, Symbol("a"): argument}
    if of != "a":
        symbols[Symbol("a")] = activated(activation, argument)
    tree = activation.slope_at(Symbol("z"), Symbol("a"))
    return computed(tree, symbols.__getitem__, argument)


def computed(tree: Any, values: Callable[[Symbol], Any], like: Any) -> Any:
    value = evaluate(tree, values, kernel=True)
    return np.full_like(like, value) if np.shape(value) != np.shape(like) else value
