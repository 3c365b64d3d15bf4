"""What can be typed on the Check page: the arrays near the target, and how people write who come from elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import streamlit as st

from ...derivation.view import View
from ...maths.digits import RAISED
from ...maths.expressions import Symbol
from ...maths.messages import N_
from ...setup.checks import architecture_of
from ...setup.setup import Setup
from ..shell import session
from ..shell.panels import opening
from ..shell.translation import _

Add = Callable[[str], None]

HANDS: Mapping[str, tuple[str, str, Sequence[str]]] = {
    "maths": (N_("by hand"), "ᵀ", ("δ{up}{left} a{below}{right}", "⊙", "f'(z{up})", "1/m", "∂J/∂W{up} =")),
    "latex": (
        N_("LaTeX"),
        r"\top",
        (r"\delta^{{({l}){left}}} a^{{({k}){right}}}", r"\odot", r"f'\left(z^{{({l})}}\right)", r"\frac{{1}}{{m}}"),
    ),
    "numpy": (
        N_("NumPy"),
        ".T",
        (
            "np.dot(dZ{l}{left}, A{k}{right})",
            "@",
            "*",
            "A{l}**2",
            "(Z{h} > 0)",
            "np.sum(dZ{l}, axis={samples}, keepdims=True)",
            "/ m",
        ),
    ),
    "torch": (
        N_("PyTorch"),
        ".t()",
        ("dZ{l}{left}.mm(A{k}{right})", "Z{h}.clamp(min=0)", "torch.sigmoid(Z{l})", "dZ{l}.sum({samples})"),
    ),
    "matlab": (N_("MATLAB"), "'", ("dZ{l}{left} * A{k}{right}", "A{l} .* (1 - A{l})", "sum(dZ{l}, {dim})", "A{l}.^2")),
}
"""Who one may write like: how each marks a transpose, and what each writes of one thing and another.

That is at layer l, at k below it and at a hidden one, h.
"""

CSS = """<style>
[class*=st-key-hand-] { flex-wrap: nowrap; }
[class*=st-key-hand-] > :first-child { flex: 0 0 5rem; min-width: 5rem; }
[class*=st-key-hand-] > :last-child { flex: 1 1 0; min-width: 0; }
[class*=st-key-hand-] [data-testid=stButtonGroup] > div { flex-wrap: wrap; }
[class*=st-key-hand-] button { min-height: 1.75rem; padding: 0.1rem 0.5rem; }
[class*=st-key-hand-] button p { font-size: 0.875rem; }
[class*=st-key-hand-] button { max-width: 100%; height: auto; }
[class*=st-key-hand-] button code { font-size: 1em; padding: 0; background: none; color: inherit;
  white-space: normal; overflow-wrap: anywhere; text-align: left; }
[class*=st-key-hands-] { gap: 0.35rem; }
</style>"""


def panel(target: Symbol, add: Add) -> None:
    """A button that opens the table of spellings."""
    with opening(_("What can be typed"), "spelling", ":material/keyboard:") as is_open:
        if is_open:
            spellings(target, add, "panel")


def table(target: Symbol, add: Add) -> None:
    """What can be typed, for an empty box and for what was not read."""
    st.markdown("##### " + _("Type or paste what you have"))
    st.caption(
        _(
            "A formula, a derivation of several lines or a whole backward function; it is tried on your network and on "
            "random ones whose sizes all differ. Any of these can be pressed:"
        )
    )
    spellings(target, add, "table")


def spellings(target: Symbol, add: Add, place: str) -> None:
    """A row for each hand, whose entries are added to the box when they are pressed."""
    st.html(CSS)
    setup = session.current()
    with st.container(key=f"hands-{place}"):
        shapes = {spelled(symbol): shape(symbol, setup) for symbol in near(target, setup)}
        row("arrays", _("arrays"), list(shapes), add, place, lambda each: f"`{each}` {shapes[each]}")
        for name, (title, _turned, _pieces) in HANDS.items():
            row(name, _(title), pieces(name, target, setup), add, place)


def as_code(piece: str) -> str:
    return f"`{piece}`"


def row(
    name: str, title: str, options: Sequence[str], add: Add, place: str, show: Callable[[str], str] = as_code
) -> None:
    """A title and pieces that are added to the box."""
    key = f"piece {place} {name}"

    def take() -> None:
        piece = st.session_state[key]
        st.session_state[key] = None
        if piece:
            add(piece)

    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"hand-{place}-{name}"):
        st.markdown(title)
        st.pills(title, options, key=key, on_change=take, format_func=show, label_visibility="collapsed")


def pieces(name: str, target: Symbol, setup: Setup) -> list[str]:
    """What one of the hands writes of the target's layers, as the notation counts them and samples lie."""
    _title, turned, templates = HANDS[name]
    layer, depth, notation = target.layer, len(setup.activations), setup.notation
    layer = layer if isinstance(layer, int) and layer else depth
    numbers = {"l": layer, "k": layer - 1, "h": max(1, min(layer, depth - 1))}
    counted = {letter: each + notation.first_layer for letter, each in numbers.items()}
    up, below = (f"⁽{str(counted[letter]).translate(RAISED)}⁾" for letter in "lk")
    samples = 0 if notation.orientation == "rows" else 1
    left, right = ("", turned) if samples else (turned, "")
    details = {
        **counted,
        "up": up,
        "below": below,
        "samples": samples,
        "dim": samples + 1,
        "left": left,
        "right": right,
    }
    return [each.format(**details).replace("∂J", f"∂{notation.cost}") for each in templates]


def near(target: Symbol, setup: Setup) -> Iterator[Symbol]:
    """The arrays that a formula for the target may need."""
    depth = len(setup.activations)
    l = target.layer if isinstance(target.layer, int) and target.layer else depth
    yield Symbol("A", l - 1)
    if setup.bias and target.name == "Z":
        yield Symbol("b", l)
    yield from (Symbol("W", l), Symbol("Z", l), Symbol("A", l))
    yield from (Symbol("delta", k) for k in (l, l + 1) if k <= depth and Symbol("delta", k) != target)
    if l < depth:
        yield Symbol("W", l + 1)
    yield Symbol("Y")


def shape(symbol: Symbol, setup: Setup) -> str:
    count = 1 if setup.sample is not None else len(setup.X)
    view = View(architecture_of(setup), count, setup.notation)
    return "{}×{}".format(*view.size(symbol))


def spelled(symbol: Symbol) -> str:
    """A symbol as it can be typed, with the letter that the notation has for it."""
    notation = session.current().notation
    names = notation.quantities
    if symbol == Symbol("A", 0) and "input" in names:
        return names["input"].letter
    if symbol.layer is None:
        return names[symbol.name].letter
    assert isinstance(symbol.layer, int)
    return f"{names[symbol.name].letter}{notation.number(symbol)}"
