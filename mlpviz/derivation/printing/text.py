"""Names of symbols as plain text: in runs of base and superscript for labels, and in words for a screen reader."""

from __future__ import annotations

from ...maths.digits import LOWERED, RAISED
from ...maths.expressions import Symbol
from ...maths.messages import Message, verbatim
from ..view import View
from .naming import NABLA, NEW, PARTIAL, D, Name, name_of, slope_kind, subscript

Run = tuple[str, str]
"""A piece of text, and "", "sup" or "sub"."""

RAISED_INDEX = RAISED | str.maketrans("[]", "⁽⁾")


def label(symbol: Symbol, view: View, small: bool = False) -> list[Run]:
    """A symbol as runs of text, as the view's notation calls it, or an entry of it if ``small``."""
    name = name_of(symbol, view, small)
    if name.slope == NABLA:
        return [("∇", ""), (name.letter + raised(name.layer), "sub"), (name.above, "")]
    base = base_of(name)
    below = ", ".join(filter(None, (name.of, name.below)))
    runs = [(base, ""), (name.layer, "sup"), (below, "sub")]
    return [(text, kind) for text, kind in runs if text]


def entry_label(symbol: Symbol, view: View, row: int, column: int) -> str:
    """An entry in one line: δ⁽¹⁾₂; row and column are counted as the view's notation does."""
    runs = label(symbol, view, small=True)
    name = "".join(raised(text) if kind == "sup" else lowered(text) if kind else text for text, kind in runs)
    return name + lowered(subscript(symbol, view, row, column))


def lowered(text: str) -> str:
    return text.translate(LOWERED)


def base_of(name: Name) -> str:
    """A name without what stands above and below it."""
    return gradient_in_line(name.slope, name.letter, name.above) if name.slope else name.letter


def raised(layer: str) -> str:
    """The number of a layer as characters that are raised by themselves; there are no raised square brackets."""
    return layer.translate(RAISED_INDEX)


def gradient_text(by: str, view: View) -> str:
    """The cost's slope by an array, in one line."""
    return gradient_in_line(slope_kind(view.notation), by, view.notation.cost)


def gradient_in_line(kind: str, by: str, cost: str) -> str:
    return {PARTIAL: f"∂{cost}/∂{by}", NABLA: f"∇_{by} {cost}", D: f"d{by}"}[kind]


def spoken(symbol: Symbol, view: View) -> Message:
    """A symbol in words: "∂J/∂W layer 2"."""
    name = name_of(symbol, view)
    base = Message("{letter} of {array}", letter=base_of(name), array=name.of) if name.of else base_of(name)
    if not name.layer:
        if name.below == NEW:
            return Message("{symbol} new", symbol=base)
        return verbatim(f"{base} {name.below}".strip())
    layer = view.layer_number(symbol)
    if name.below == NEW:
        return Message("{symbol} new layer {layer}", symbol=base, layer=layer)
    return Message("{symbol} layer {layer}", symbol=base, layer=layer)
