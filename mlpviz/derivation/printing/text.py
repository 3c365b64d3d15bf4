"""Names of symbols as plain text: in runs of base and superscript for labels, and in words for a screen reader."""

from __future__ import annotations

from ...maths.expressions import Symbol
from ...maths.messages import Message, verbatim
from ..view import View
from .naming import NEW, layer_number, name_of

Run = tuple[str, str]
"""A piece of text, and "", "sup" or "sub"."""


def label(symbol: Symbol, view: View, small: bool = False) -> list[Run]:
    """A symbol as runs of text, as the view's notation calls it, or an entry of it if ``small``."""
    name = name_of(symbol, view, small)
    base = f"∂{view.notation.cost}/∂{name.letter}" if name.slope else name.letter
    return [(base, ""), *((text, kind) for text, kind in ((name.layer, "sup"), (name.below, "sub")) if text)]


def spoken(symbol: Symbol, view: View) -> Message:
    """A symbol in words: "∂J/∂W layer 2"."""
    (base, _), *_rest = label(symbol, view)
    name = name_of(symbol, view)
    if not name.layer:
        if name.below == NEW:
            return Message("{symbol} new", symbol=base)
        return verbatim(f"{base} {name.below}".strip())
    layer = layer_number(symbol, view)
    if name.below == NEW:
        return Message("{symbol} new layer {layer}", symbol=base, layer=layer)
    return Message("{symbol} layer {layer}", symbol=base, layer=layer)
