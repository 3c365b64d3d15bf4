"""What a symbol is called in a view, as data: LaTeX, labels and spoken words are ways to write the same name."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ...maths.digits import LOWERED
from ...maths.expressions import Expression, Symbol, walk
from ...maths.functions import FUNCTIONS
from ...maths.symbols import QUANTITIES, Role
from ..notation import Notation
from ..view import View

BRACKETS = {"round": ("(", ")"), "square": ("[", "]"), "none": ("", "")}

NEW = "new"
"""What stands below the name of an array after the update."""

DIFFERENCE = "D"
"""The new cost minus the old: Δ is the error of a batch."""

M = QUANTITIES["m"].letter

PARTIAL, NABLA, D = "partial", "nabla", "d"
"""How the cost's slope by an array is written: ∂J/∂z, ∇ with the array below, or dz."""


@dataclass(frozen=True)
class Name:
    """A letter, the layer's number above it, what stands below it; with ``slope``, the cost's slope by all that.

    ``of`` is the letter of the parameters that it was kept for, ``above`` that of what the slope is of.
    """

    letter: str
    layer: str = ""
    below: str = ""
    slope: str = ""
    of: str = ""
    above: str = ""


def name_of(symbol: Symbol, view: View, small: bool = False) -> Name:
    """A symbol's name; ``small``: with the letter of one sample or one entry."""
    quantity, notation = view.quantity(symbol), view.notation
    match quantity.role:
        case Role.COST:
            return Name(notation.cost)
        case Role.CHANGE:
            return Name(DIFFERENCE)
        case role if quantity.is_gradient and (role is not Role.ERROR or notation.error != "delta"):
            own = name_of(Symbol(quantity.of, symbol.layer), view, small)
            return replace(own, slope=slope_kind(notation, small), above=slope_of(symbol, view))
        case Role.UPDATED:
            return replace(name_of(Symbol(quantity.of, symbol.layer), view, small), below=NEW)
        case Role.STATE:
            assert quantity.letters is not None, f"{symbol} has no letter"
            own = name_of(Symbol(quantity.of, symbol.layer), view, small)
            return replace(own, letter=quantity.letters[0], of=own.letter)
    assert quantity.letters is not None, f"{symbol} has no letter"
    letter = quantity.letters[small or view.single]
    if symbol.name == "n":
        return Name(letter, below=view.layer_text(symbol))
    if symbol.layer is None or not quantity.layered:
        return Name(letter)
    return Name(letter, in_brackets(view.layer_text(symbol), notation))


def slope_of(symbol: Symbol, view: View) -> str:
    """What a slope is of: the cost or, where the gradients divide by m, m times the cost, of samples their losses."""
    cost, losses = view.notation.cost, view.notation.quantities["losses"].letter
    if view.times(symbol) == 1:
        return cost
    return losses if view.architecture.reduction == "mean_samples" else f"({M}{cost})"


def slope_kind(notation: Notation, small: bool = False) -> str:
    """How the cost's slope by an array is written, or by an entry of one, which ∇ never is."""
    return {"nabla": PARTIAL if small else NABLA, "d": D}.get(notation.error, PARTIAL)


def swaps(symbol: Symbol, view: View) -> bool:
    """Whether an entry's indices are those of the array below ∂, which numerator layout shows the other way round."""
    return bool(name_of(symbol, view, small=True).slope) and view.notation.layout == "numerator"


def subscript(symbol: Symbol, view: View, row: int, column: int) -> str:
    """The indices of an entry; what is one row or column by its nature, such as b or a single sample, has one."""
    shape = view.symbol_shape(symbol)
    indices = [str(at) for at, dimension in zip((row, column), shape, strict=True) if dimension != 1]
    longest = max(map(view.length, shape)) + view.notation.first_index
    return ("," if longest > 10 else "").join(indices[::-1] if swaps(symbol, view) else indices)


def layer_mark(layer: int, notation: Notation) -> str:
    """The number above a letter of a layer, as the notation counts it and in the brackets that it sets."""
    return in_brackets(str(layer + notation.first_layer), notation)


def in_brackets(text: str, notation: Notation) -> str:
    left, right = BRACKETS[notation.brackets]
    return f"{left}{text}{right}"


# Functions

GENERIC = {"f": ("f", "f"), "g": ("g", "g"), "sigma": (r"\sigma", "σ"), "h": ("h", "h"), "phi": (r"\phi", "φ")}
"""The letter for every activation function, as LaTeX and as text."""


@dataclass(frozen=True)
class FunctionName:
    latex: str
    text: str


def function_name(name: str, view: View, argument: Expression) -> FunctionName:
    """What a function is called before its argument: its own name, or the letter for the activation of its layer."""
    layer = next((each.layer for each in walk(argument) if isinstance(each, Symbol) and each.layer is not None), None)
    own = FUNCTIONS[name]
    if not isinstance(layer, int) or not 1 <= layer <= view.architecture.depth:
        return FunctionName(own.latex, own.text)
    activation = view.architecture.activation(layer)
    if name not in (activation.name, activation.slope_name) or not has_letter(layer, view):
        return FunctionName(own.latex, own.text)
    latex, text = activation_letter(layer, view)
    return FunctionName(latex + "'", text + "′") if name == activation.slope_name else FunctionName(latex, text)


def has_letter(layer: int, view: View) -> bool:
    """Whether the activation of a layer is written with a letter instead of its name; softmax never is."""
    return view.notation.activation in GENERIC and view.architecture.activation(layer).elementwise


def activation_letter(layer: int, view: View) -> tuple[str, str]:
    """The letter, as LaTeX and as text; with the number of the layer where the layers' functions differ."""
    latex, text = GENERIC[view.notation.activation]
    layers = range(1, view.architecture.depth + 1)
    if len({view.architecture.activation(each).name for each in layers if has_letter(each, view)}) == 1:
        return latex, text
    number = str(layer + view.notation.first_layer)
    return f"{latex}_{{{number}}}", text + number.translate(LOWERED)
