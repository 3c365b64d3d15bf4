"""Names of symbols as plain text: in runs of base and superscript for labels, and in words for a screen reader."""

from __future__ import annotations

from ...maths.expressions import Symbol
from ..view import View
from .latex import BRACKETS

Run = tuple[str, str]
"""A piece of text, and "", "sup" or "sub"."""

LETTERS = {
    "A": ("A", "a"),
    "Z": ("Z", "z"),
    "delta": ("Δ", "δ"),
    "W": ("W", "W"),
    "b": ("b", "b"),
    "Y": ("Y", "y"),
    "losses": ("ℓ", "ℓ"),
    "m": ("m", "m"),
    "eta": ("η", "η"),
    "l2": ("λ", "λ"),
}
"""Each symbol's letter, for a batch and for one sample."""


def label(symbol: Symbol, view: View) -> list[Run]:
    """A symbol as runs of text, as the view's notation calls it."""
    name, layer, cost = symbol.name, symbol.layer, view.notation.cost
    fixed = {"cost": [(cost, "")], "new cost": [(cost, ""), ("new", "sub")], "change": [(f"Δ{cost}", "")]}
    if name in fixed:
        return fixed[name]
    if name in ("dW", "db"):
        (letter, kind), *rest = label(Symbol(name[1:], layer), view)
        return [(f"∂{cost}/∂{letter}", kind), *rest]
    if name.startswith("new "):
        return [*label(Symbol(name[4:], layer), view), ("new", "sub")]
    if name == "n":
        return [("n", ""), (str(number(symbol, view)), "sub")]
    if name == "A" and layer == 0:
        return [("x" if view.single else "X", "")]
    if name == "A" and layer == view.architecture.depth and view.notation.output == "yhat":
        return [("ŷ" if view.single else "Ŷ", "")]
    base = (LETTERS[name][view.single], "")
    left, right = BRACKETS[view.notation.brackets]
    return [base] if layer is None else [base, (f"{left}{number(symbol, view)}{right}", "sup")]


def number(symbol: Symbol, view: View) -> int:
    """A symbol's layer as the notation counts it."""
    assert isinstance(symbol.layer, int), f"{symbol} has no absolute layer"
    return symbol.layer + view.notation.first_layer


def spoken(symbol: Symbol, view: View) -> str:
    """A symbol in words: "∂J/∂W layer 2"."""
    text = " ".join(part for part, kind in label(symbol, view) if kind != "sup")
    has_layer = isinstance(symbol.layer, int) and any(kind == "sup" for _, kind in label(symbol, view))
    return f"{text} layer {number(symbol, view)}" if has_layer else text
