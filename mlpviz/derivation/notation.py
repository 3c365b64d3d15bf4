"""Notations: which arrays are shown transposed, and what things are called. None changes a number that is stored.

Rows or columns, numerator or denominator layout, and the order of W's axes all come down to a set of symbols that
are shown transposed. Every equation is rewritten by one rule: put (X′)ᵀ for each such X, push the transposes inward.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from functools import cache, cached_property, lru_cache
from itertools import product
from typing import Any

from ..maths import expressions as ex
from ..maths.equations import Equation
from ..maths.functions import transposed
from ..maths.messages import Refusal, alternatives
from ..maths.symbols import EDGES, LETTERS, QUANTITIES, SCALARS, UNITS, Quantity, Role, named

CHOICES: dict[str, tuple[Any, ...]] = {
    "orientation": ("rows", "columns"),
    "layout": ("denominator", "numerator"),
    "weights": ("out_in", "in_out"),
    "first_layer": (0, 1),
    "first_index": (1, 0),
    "output": ("a", "yhat", "y", "yt"),
    "cost": ("J", "L", "C", "ℒ", "E"),
    "brackets": ("round", "square", "none"),
    "error": ("delta", "slope", "nabla", "d"),
    "input": ("x", "a"),
    "letters": ("za", "zh", "ah", "az"),
    "activation": ("named", "f", "g", "sigma", "h", "phi"),
    "numbered": ("enters", "leaves"),
    "division": ("error", "gradients"),
}
"""Every switch of a notation with its values, the default first."""


@dataclass(frozen=True)
class Notation:
    """How equations are written; the default is rows, denominator layout and W as (out, in), as in text S2.

    ``orientation`` says what a sample is; ``layout`` whether ∂J/∂X has the shape of X (denominator) or of Xᵀ
    (numerator); ``first_layer`` the number of the input layer; ``first_index`` that of the first row and column.
    ``output`` "yhat" writes ŷ for the output, "y" writes y for it and ŷ for the label, "yt" t for the label. ``error``
    is how ∂J/∂z is written: δ, as a derivative, with ∇ or as dz. ``input`` "a" is the activation of the input layer
    instead of x; ``letters`` are those of a weighted sum and of an activation; ``activation`` that of every activation
    function. ``numbered`` is which layer's number W and b carry, that of the layer they lead to or that they leave;
    ``division`` where the 1/m of a mean stands: in the error, as it is stored, or first in the gradients, so that the
    error that is written is m times the one that is stored.

    Raises Refusal naming the switch, what it got and its values.
    """

    orientation: str = "rows"
    layout: str = "denominator"
    weights: str = "out_in"
    first_layer: int = 0
    first_index: int = 1
    output: str = "a"
    cost: str = "J"
    brackets: str = "round"
    error: str = "delta"
    input: str = "x"
    letters: str = "za"
    activation: str = "named"
    numbered: str = "enters"
    division: str = "error"

    def __post_init__(self) -> None:
        for field in fields(self):
            value, choices = getattr(self, field.name), CHOICES[field.name]
            if isinstance(value, bool) or value not in choices:
                raise Refusal(
                    "{switch} of a notation must be {accepted}, got {given}",
                    switch=field.name,
                    accepted=alternatives(choices),
                    given=repr(value),
                )

    @cached_property
    def transposed(self) -> frozenset[str]:
        """The names of the symbols that are shown transposed from how they are stored."""
        return transposed_names(self.orientation, self.layout, self.weights)

    @cached_property
    def multiplied(self) -> frozenset[str]:
        """The names of the symbols that are shown m times as large as they are stored, under a mean."""
        moved = (Role.ERROR, Role.CARRIED) if self.division == "gradients" else ()
        return frozenset(named(*moved))

    def number(self, symbol: ex.Symbol) -> int:
        """The number that a symbol of an absolute layer carries."""
        assert isinstance(symbol.layer, int)
        return symbol.layer + self.first_number(symbol.name)

    def first_number(self, name: str) -> int:
        """The number that the symbol ``name`` carries at the input layer, or would carry there."""
        own = QUANTITIES.get(name)
        leaves = self.numbered == "leaves" and own is not None and own.shape in (EDGES, UNITS)
        return self.first_layer - leaves

    @cached_property
    def quantities(self) -> Mapping[str, Quantity]:
        """Every symbol as this notation calls it; ``input`` and ``output`` are A at the ends, where it has a name."""
        chosen = (LETTERS.get((field.name, getattr(self, field.name)), {}) for field in fields(self))
        return {**QUANTITIES, **{name: each for names in chosen for name, each in names.items()}}


def varied(notation: Notation, choices: Mapping[str, Iterable[Any]]) -> Iterator[Notation]:
    """A notation with every choice of values for some of its switches."""
    return (replace(notation, **dict(zip(choices, each, strict=True))) for each in product(*choices.values()))


@cache
def transposed_names(orientation: str, layout: str, weights: str) -> frozenset[str]:
    """The names of the symbols that three switches transpose."""

    def turned(quantity: Quantity) -> bool:
        own = weights == "in_out" if quantity.shape == EDGES else orientation == "columns"
        return quantity.name not in SCALARS and own != (quantity.is_gradient and layout == "numerator")

    return frozenset(name for name, quantity in QUANTITIES.items() if turned(quantity))


@lru_cache(maxsize=1024)  # every writer asks for the same few; the equation itself is the key
def written(equation: Equation, notation: Notation) -> Equation:
    """An equation in a notation: its symbols are the shown arrays, its transposes stand on symbols alone."""
    value = in_notation(equation.value, notation)
    if equation.target.name in SCALARS:
        value = plainest(value)
    elif equation.target.name in notation.transposed:
        value = transposed(value)
    return Equation(equation.name, equation.target, value)


def in_notation(node: ex.Expression, notation: Notation) -> ex.Expression:
    names = notation.transposed
    shown = ex.substitute(node, lambda symbol: ex.Transpose(symbol) if symbol.name in names else symbol)
    return pushed(shown)


def plainest(node: ex.Expression) -> ex.Expression:
    """A single number with as few transposes as it takes: each of its terms is its own transpose."""
    if isinstance(node, ex.Add | ex.Subtract | ex.Multiply | ex.Divide | ex.Negate):
        return ex.rebuild(node, plainest)
    return min(node, transposed(node), key=lambda each: sum(isinstance(part, ex.Transpose) for part in ex.walk(each)))


def pushed(node: ex.Expression) -> ex.Expression:
    match node:
        case ex.Transpose(ex.Symbol()):
            return node
        case ex.Transpose(operand):
            return transposed(pushed(operand))
    return ex.rebuild(node, pushed)
