"""What a formula is asked to be, and in which notation: the arguments of ``check_formula``, checked."""

from __future__ import annotations

from collections.abc import Mapping

from ...engine.parameters import Parameters
from ...maths.architecture import Architecture
from ...maths.expressions import Symbol
from ...maths.messages import Refusal
from ...maths.symbols import COMPUTED
from ..notation import CHOICES, Notation
from .reading import Unread, read_target
from .reading.names import Namespace

GIVEN = Symbol("A", 0)
"""The input, which no formula computes."""


def checked_architecture(architecture: Architecture | None, parameters: Parameters | None) -> Architecture:
    """The architecture that is given, or that of the parameters; it must be the same."""
    if architecture is None and parameters is not None:
        return parameters.architecture
    if not isinstance(architecture, Architecture):
        raise Refusal("architecture must be an Architecture, got {architecture!r}", architecture=architecture)
    if parameters is not None and parameters.architecture != architecture:
        raise Refusal("parameters must be those of the architecture")
    return architecture


def checked_notation(notation: str | Notation) -> Notation:
    """A notation, or the default one with samples as rows or columns."""
    if isinstance(notation, Notation):
        return notation
    if notation not in CHOICES["orientation"]:
        raise Refusal("notation must be rows, columns or a Notation, got {notation!r}", notation=notation)
    return Notation(orientation=notation)


def checked_target(target: str, architecture: Architecture, notation: Notation) -> Symbol:
    scope = own_names(architecture, notation)
    try:
        symbol = read_target(target, scope) if isinstance(target, str) else None
    except Unread as refusal:
        raise Refusal(
            "target must name an array such as dW[2] or delta[1], got {target!r}: {reason}",
            target=target,
            reason=refusal.message,
        ) from None
    if symbol is None or not is_computed(symbol, scope):
        raise Refusal(
            "target must name an array of this network such as dW[1], delta[1] or cost, got {target!r}", target=target
        )
    return symbol


def own_names(architecture: Architecture, notation: Notation) -> Namespace:
    """The program's own names, counted as a notation counts."""
    return Namespace(architecture, Notation(first_layer=notation.first_layer, numbered=notation.numbered))


def is_computed(symbol: Symbol, scope: Namespace) -> bool:
    """Whether the pass computes an array, so that a formula may be asked for it."""
    return symbol.name in COMPUTED and scope.has(symbol) and symbol != GIVEN


def checked_given(
    given: Mapping[str, str] | None, architecture: Architecture, notation: Notation
) -> Mapping[str, Symbol]:
    """The arrays that a learner's own names stand for."""
    scope = own_names(architecture, notation)
    return {name: named(name, text, scope) for name, text in (given or {}).items()}


def named(name: str, text: str, scope: Namespace) -> Symbol:
    """The array that one of the learner's names stands for."""
    try:
        symbol = read_target(text, scope) if isinstance(text, str) else None
    except Unread:
        symbol = None
    if symbol is None or not scope.has(symbol):
        raise Refusal(
            "given must say of each name an array of this network such as A[1] or Y, got {text!r} for {name!r}",
            text=text,
            name=name,
        )
    return symbol


def name_of(symbol: Symbol, notation: Notation) -> str:
    """An array as ``target`` and ``given`` call it: the inverse of how they are read."""
    return symbol.name if symbol.layer is None else f"{symbol.name}[{notation.number(symbol)}]"
