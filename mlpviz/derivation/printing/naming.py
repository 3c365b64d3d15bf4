"""What a symbol is called in a view, as data: LaTeX, labels and spoken words are ways to write the same name."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ...maths.expressions import Symbol
from ...maths.symbols import Role
from ..notation import Notation
from ..view import View

BRACKETS = {"round": ("(", ")"), "square": ("[", "]")}

NEW = "new"
"""What stands below the name of an array after the update."""


@dataclass(frozen=True)
class Name:
    """A letter, the layer's number above it, what stands below it; with ``slope``, the cost's slope by all that."""

    letter: str
    layer: str = ""
    below: str = ""
    slope: bool = False


def name_of(symbol: Symbol, view: View, small: bool = False) -> Name:
    """A symbol's name; ``small``: with the letter of one sample or one entry."""
    quantity, cost = view.quantity(symbol), view.notation.cost
    match quantity.role:
        case Role.COST:
            return Name(cost)
        case Role.CHANGE:
            return Name(f"Δ{cost}")
        case Role.GRADIENT:
            return replace(name_of(Symbol(quantity.of, symbol.layer), view, small), slope=True)
        case Role.UPDATED:
            return replace(name_of(Symbol(quantity.of, symbol.layer), view, small), below=NEW)
    assert quantity.letters is not None, f"{symbol} has no letter"
    letter = quantity.letters[small or view.single]
    if symbol.name == "n":
        return Name(letter, below=str(layer_number(symbol, view)))
    if symbol.layer is None or not quantity.layered:
        return Name(letter)
    assert isinstance(symbol.layer, int), f"{symbol} has no absolute layer"
    return Name(letter, layer_mark(symbol.layer, view.notation))


def layer_mark(layer: int, notation: Notation) -> str:
    """The number above a letter of a layer, as the notation counts it and in the brackets that it sets."""
    left, right = BRACKETS[notation.brackets]
    return f"{left}{layer + notation.first_layer}{right}"


def layer_number(symbol: Symbol, view: View) -> int:
    assert isinstance(symbol.layer, int), f"{symbol} has no absolute layer"
    return symbol.layer + view.notation.first_layer
