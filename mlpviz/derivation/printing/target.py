"""The array that a formula is asked for, as a notation writes it in a line of text."""

from __future__ import annotations

from ...maths.digits import RAISED
from ...maths.expressions import Symbol
from ...maths.symbols import Quantity, Role
from ..notation import Notation
from .naming import NABLA, in_brackets, slope_kind
from .text import gradient_in_line


def small(quantity: Quantity) -> str:
    """The letter of one sample, as δ is."""
    return quantity.letters[1] if quantity.letters else quantity.letter


def target_text(symbol: Symbol, notation: Notation) -> str:
    """The target as a notation writes it: ∂J/∂W⁽²⁾."""
    layer = "" if symbol.layer is None else in_brackets(str(notation.number(symbol)), notation)
    layer = layer if notation.brackets == "square" else layer.translate(RAISED)
    quantity = notation.quantities[symbol.name]
    by = small(notation.quantities[quantity.of]) if quantity.is_gradient else ""
    if slope_kind(notation) == NABLA and by:
        return f"∇_{by}{layer} {notation.cost}"
    slope = gradient_in_line(slope_kind(notation), by, notation.cost)
    error = quantity.letter if notation.error == "delta" else slope
    names = {Role.COST: notation.cost, Role.ERROR: error, Role.CONSTANT: symbol.name}
    names |= dict.fromkeys((Role.GRADIENT, Role.CARRIED), slope)
    return names.get(quantity.role, quantity.letter) + layer
