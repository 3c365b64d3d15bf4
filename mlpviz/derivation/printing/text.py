"""Names of symbols as plain text: in runs of base and superscript for labels, and in words for a screen reader."""

from __future__ import annotations

from ...maths.expressions import Symbol
from ...maths.symbols import Role
from ..view import View
from .latex import BRACKETS

Run = tuple[str, str]
"""A piece of text, and "", "sup" or "sub"."""


def label(symbol: Symbol, view: View) -> list[Run]:
    """A symbol as runs of text, as the view's notation calls it."""
    quantity, layer, cost = view.quantity(symbol), symbol.layer, view.notation.cost
    match quantity.role:
        case Role.COST:
            return [(cost, "")]
        case Role.CHANGE:
            return [(f"Δ{cost}", "")]
        case Role.GRADIENT:
            (letter, kind), *rest = label(Symbol(quantity.of, layer), view)
            return [(f"∂{cost}/∂{letter}", kind), *rest]
        case Role.UPDATED:
            return [*label(Symbol(quantity.of, layer), view), ("new", "sub")]
    assert quantity.letters is not None, f"{symbol} has no letter"
    letter = quantity.letters[view.single]
    if symbol.name == "n":
        return [(letter, ""), (str(number(symbol, view)), "sub")]
    left, right = BRACKETS[view.notation.brackets]
    raised = quantity.layered and layer is not None
    return [(letter, ""), *([(f"{left}{number(symbol, view)}{right}", "sup")] if raised else [])]


def number(symbol: Symbol, view: View) -> int:
    """A symbol's layer as the notation counts it."""
    assert isinstance(symbol.layer, int), f"{symbol} has no absolute layer"
    return symbol.layer + view.notation.first_layer


def spoken(symbol: Symbol, view: View) -> str:
    """A symbol in words: "∂J/∂W layer 2"."""
    text = " ".join(part for part, kind in label(symbol, view) if kind != "sup")
    has_layer = isinstance(symbol.layer, int) and any(kind == "sup" for _, kind in label(symbol, view))
    return f"{text} layer {number(symbol, view)}" if has_layer else text
