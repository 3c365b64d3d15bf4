"""Activations and their derivatives by name, and what people write for them: masks, conditions, a maximum with 0."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ....maths import expressions as ex
from ....maths.expressions import Expression, Symbol
from .. import nodes as nd
from .names import Namespace
from .refusals import Unread

ALIASES = {
    "identity": "linear id none",
    "relu": "rectifier rectified_linear relu_",
    "leaky_relu": "lrelu leaky leakyrelu",
    "elu": "",
    "gelu": "",
    "silu": "swish",
    "softplus": "",
    "sigmoid": "logistic expit plogis sigm sig logsig nonlin sigmoid_",
    "tanh": "tansig hyperbolic_tangent tanh_",
    "softmax": "stable_softmax soft_max",
}
"""What else each activation is called, in small letters."""

GENERIC = frozenset(
    "f g h σ φ ϕ sigma phi psi act activation activate activation_function act_fn actfun fn afun".split()
)
"""Names that stand for whatever activation a layer has."""

NAMED = {alias: name for name, aliases in ALIASES.items() for alias in (name, *aliases.split())}
OWN = "own"
"""Stands for the activation of the layer."""

BEFORE = r"(?:derivative_of_|deriv(?:ative)?_?|d_?|grad(?:ient)?_?(?:of_)?|diff_?)"
AFTER = r"(?:_?(?:prime|derivative|deriv|derived|der|gradient|grad|diff|slope|backward_slope|jacobian|d|p))"
DERIVED = re.compile(rf"(?:{BEFORE}(?P<after>.+)|(?P<before>.+?){AFTER})", re.IGNORECASE)
"""The name of a derivative: d_sigmoid, reluGradient, tanh_prime."""


def activation_named(word: str) -> str:
    """The activation that a word names, ``OWN`` for whatever the layer has, or ""."""
    return OWN if word in GENERIC or word.lower() in GENERIC - {"f", "g", "h"} else NAMED.get(word.lower(), "")


AT_LOGITS = re.compile(r".*(?:prime|Gradient)")
"""What derivatives are called that are taken at z, as f'(z) is; others may be written in a."""


def slope_named(word: str) -> str:
    """The activation whose derivative a word names, ``OWN``, or ""."""
    match = DERIVED.fullmatch(word)
    return activation_named(match["after"] or match["before"]) if match else ""


def is_letter(word: str) -> bool:
    """Whether a word stands for whatever activation a layer has."""
    return activation_named(word) == OWN


def is_at_logits(word: str) -> bool:
    return bool(AT_LOGITS.fullmatch(word))


def layers(node: Expression) -> Iterator[int]:
    """The layers of the arrays in f'(…): those of Z, or else of the others."""
    symbols = [each for each in ex.walk(node) if isinstance(each, Symbol) and isinstance(each.layer, int)]
    logits = [each for each in symbols if each.name == "Z"]
    yield from (each.layer for each in logits or symbols if isinstance(each.layer, int))


def layer_of(scope: Namespace, argument: Expression) -> int | None:
    """The layer that an argument belongs to, if it has an activation."""
    layer = max(layers(argument), default=0)
    return layer if 1 <= layer <= scope.architecture.depth else None


def own(scope: Namespace, name: str, argument: Expression) -> tuple[str, int | None]:
    """The name of an activation and the layer of its argument, if that is the layer's own.

    Raises Unread for the activation of a layer where there is none.
    """
    layer = layer_of(scope, argument)
    if name == OWN:
        if layer is None and names_absent(argument):
            return "identity", None
        if layer is None:
            raise Unread("no slope" if any(each == 0 for each in layers(argument)) else "argument")
        return scope.architecture.activation(layer).name, layer
    same = layer is not None and scope.architecture.activation(layer).name == name
    return name, layer if same else None


def names_absent(argument: Expression) -> bool:
    """Whether this is z of the input, which no network has: whoever writes it counts the layers otherwise."""
    return Symbol("Z", 0) in ex.walk(argument)


def activated(scope: Namespace, name: str, argument: Expression, axis: int | None = None) -> Expression:
    """f(argument)."""
    function, layer = own(scope, name, argument)
    return nd.Activated(function, argument, layer, axis)


def slope(scope: Namespace, name: str, argument: Expression, at_logits: bool = False) -> Expression:
    """The derivative of an activation by name, at z, or at a if that is what it is given."""
    at_a = is_activation(argument) and not at_logits
    if name == OWN and not at_a:
        return primed(argument)
    function, layer = own(scope, name, argument)
    return nd.NamedSlope(function, argument, "a" if at_a else "z", layer)


def primed(argument: Expression) -> nd.Slope:
    """f'(argument), with the activation of its layer."""
    layer = max(layers(argument), default=None)
    if layer is None:
        raise Unread("argument")
    if layer == 0 and not names_absent(argument):
        raise Unread("no slope")
    return nd.Slope(argument, layer)


def is_activation(node: Expression) -> bool:
    node = node.operand if isinstance(node, ex.Transpose) else node
    return isinstance(node, nd.Activated) or (isinstance(node, Symbol) and node.name == "A")


def is_never_negative(scope: Namespace, argument: Expression) -> bool:
    """Whether this is a layer's activation that is 0 or more, so that what is not 0 is greater."""
    layer = layer_of(scope, argument)
    return is_activation(argument) and layer is not None and scope.architecture.activations[layer - 1] == "relu"


def rectified(scope: Namespace, argument: Expression) -> Expression:
    """1 where the argument is positive, else 0."""
    if layer_of(scope, argument) is None:
        return nd.Selected(argument, ex.Number(0), ex.Number(1), ex.Number(0))
    return slope(scope, "relu", argument)


def selected(scope: Namespace, left: Expression, right: Expression, this: Expression, other: Expression) -> Expression:
    """``this`` where left > right, else ``other``: often an activation, or the derivative of one."""
    if right != ex.Number(0):
        if left == ex.Number(0):
            return selected(scope, right, left, other, this)
        return nd.Selected(left, right, this, other)
    match plain(this), plain(other):
        case ex.Number(1), ex.Number(0):
            return rectified(scope, left)
        case _, ex.Number(0) if this == left:
            return activated(scope, "relu", left)
        case ex.Number(1), ex.Number(0.01) if layer_of(scope, left) is not None:
            return slope(scope, "leaky_relu", left)
        case _, _ if this == left and is_leak(other, left):
            return activated(scope, "leaky_relu", left)
        case _, ex.Number(0) if layer_of(scope, left) is not None:
            return ex.Multiply(this, rectified(scope, left))
    return nd.Selected(left, right, this, other)


def plain(node: Expression) -> Expression:
    """A matrix of equal numbers as the number."""
    return ex.Number(node.value) if isinstance(node, nd.Filled) else node


def is_leak(node: Expression, operand: Expression) -> bool:
    """Whether a node is a hundredth of another."""
    leak = ex.Number(0.01)
    return node in (ex.Multiply(leak, operand), ex.Multiply(operand, leak))


def maximum(scope: Namespace, left: Expression, right: Expression) -> Expression:
    """The larger one of two: ReLU, leaky ReLU, or the very function."""
    for one, other in ((left, right), (right, left)):
        if one == ex.Number(0):
            return activated(scope, "relu", other)
        if is_leak(one, other):
            return activated(scope, "leaky_relu", other)
    return ex.apply("maximum", left, right)


def times(left: Expression, right: Expression) -> Expression:
    """A product entry by entry; z ⊙ (z > 0) is ReLU."""
    match left, right:
        case (x, nd.NamedSlope("relu", y, "z", layer)) | (nd.NamedSlope("relu", y, "z", layer), x) if x == y:
            return nd.Activated("relu", y, layer)
    return ex.Multiply(left, right)


def needs_argument(word: str) -> bool:
    """Whether a word is the name of an activation or of its derivative, and no letter that may be an array."""
    slope = slope_named(word)
    return word not in GENERIC and bool(activation_named(word) or (slope and slope != OWN) or is_at_logits(word))
