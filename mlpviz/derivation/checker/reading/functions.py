"""What the functions of a formula mean."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ....maths import expressions as ex
from ....maths.activations import ACTIVATIONS, Activation
from ....maths.expressions import Expression, Symbol
from ....maths.messages import Message
from ..nodes import Diagonal, SampleSum, Slope
from .lowering import Reader, word_of
from .names import Namespace
from .refusals import GENERIC, Unread
from .syntax import Attribute, Call, Primed, Word

FUNCTIONS: dict[str, Callable[[Expression], Expression]] = {"sum": SampleSum, "diag": Diagonal}
SLOPES = frozenset({"d_f"})


def call(lowering: Reader, node: Call) -> Expression:
    match node.function, node.arguments:
        case Primed(function), (argument,):
            return slope(lowering, word_of(function), lowering.tree(argument))
        case Word(text), (argument,) if text in SLOPES:
            return slope(lowering, text, lowering.tree(argument))
        case Word(text), (argument,) if text in FUNCTIONS:
            return FUNCTIONS[text](lowering.tree(argument))
        case Attribute(_, name), _:
            raise Unread("attribute", text=name)
    raise Unread("call", text=f"“{word_of(node.function)}”")


def slope(lowering: Reader, letter: str, argument: Expression) -> Expression:
    """f'(…), with the activation of the layer of its argument."""
    layer = max(layers(argument), default=None)
    if layer is None:
        raise Unread("argument")
    if layer == 0:
        raise Unread("no slope")
    check_activation(lowering.scope, letter, layer)
    return Slope(argument, layer)


def check_activation(scope: Namespace, letter: str, layer: int) -> None:
    """Refuse the name of an activation that the layer does not have."""
    if letter in GENERIC or not 1 <= layer <= scope.architecture.depth:
        return
    own = scope.architecture.activation(layer)
    if letter.lower() in spellings_of(own):
        return
    if not any(letter.lower() in spellings_of(activation) for activation in ACTIVATIONS.values()):
        raise Unread("call", text=f"“{letter}'”")
    shown = layer + scope.notation.first_layer
    raise Unread("activation", layer=shown, own=Message(own.title), text=letter)


def spellings_of(activation: Activation) -> set[str]:
    """The spellings of an activation's name, in small letters."""
    return {activation.name, activation.title.lower(), activation.text.lower()}


def layers(node: Expression) -> Iterator[int]:
    """The layers of the arrays in f'(…): those of Z, or else of the others."""
    symbols = [each for each in ex.walk(node) if isinstance(each, Symbol) and isinstance(each.layer, int)]
    logits = [each for each in symbols if each.name == "Z"]
    yield from (each.layer for each in logits or symbols if isinstance(each.layer, int))
