"""Names of symbols as plain text: in runs of base and superscript for labels, and in words for a screen reader."""

from __future__ import annotations

from ...maths.digits import RAISED
from ...maths.expressions import Symbol
from ...maths.messages import Message, verbatim
from ..view import View
from .naming import NABLA, NEW, PARTIAL, Name, layer_number, name_of, slope_kind

Run = tuple[str, str]
"""A piece of text, and "", "sup" or "sub"."""

RAISED_INDEX = RAISED | str.maketrans("[]", "⁽⁾")


def label(symbol: Symbol, view: View, small: bool = False) -> list[Run]:
    """A symbol as runs of text, as the view's notation calls it, or an entry of it if ``small``."""
    name, cost = name_of(symbol, view, small), view.notation.cost
    if name.slope == NABLA:
        return [("∇", ""), (name.letter + raised(name.layer), "sub"), (cost, "")]
    base = f"∂{cost}/∂{name.letter}" if name.slope == PARTIAL else name.letter
    runs = [(base, ""), (name.layer, "sup"), (name.below, "sub"), (f" − {name.less}" if name.less else "", "")]
    return [(text, kind) for text, kind in runs if text]


def raised(layer: str) -> str:
    """The number of a layer as characters that are raised by themselves; there are no raised square brackets."""
    return layer.translate(RAISED_INDEX)


def gradient_text(by: str, view: View) -> str:
    """The cost's slope by an array, in one line."""
    cost = view.notation.cost
    return f"∇_{by} {cost}" if slope_kind(view.notation) == NABLA else f"∂{cost}/∂{by}"


def spoken(symbol: Symbol, view: View) -> Message:
    """A symbol in words: "∂J/∂W layer 2"."""
    name = name_of(symbol, view)
    base = in_line(name, view.notation.cost)
    if not name.layer:
        if name.less:
            return Message("{symbol} new minus {symbol}", symbol=base)
        if name.below == NEW:
            return Message("{symbol} new", symbol=base)
        return verbatim(f"{base} {name.below}".strip())
    layer = layer_number(symbol, view)
    if name.below == NEW:
        return Message("{symbol} new layer {layer}", symbol=base, layer=layer)
    return Message("{symbol} layer {layer}", symbol=base, layer=layer)


def in_line(name: Name, cost: str) -> str:
    """A name without its layer, in one line."""
    forms = {PARTIAL: f"∂{cost}/∂{name.letter}", NABLA: f"∇_{name.letter} {cost}"}
    return forms.get(name.slope, name.letter)
