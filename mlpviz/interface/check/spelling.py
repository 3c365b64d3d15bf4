"""What can be typed on the Check page: the arrays of this network, and the signs between them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import streamlit as st

from ...derivation.view import View
from ...maths.expressions import Symbol
from ..shell import session
from ..shell.toolbar import opening
from ..shell.translation import _
from ..widgets import tables

PIECES = ("@", "⊙", "ᵀ", "+", "-", "/ m", "(", ")", "f'(", "sum(")
"""Signs that not every keyboard has, and functions."""


def panel(target: Symbol, add: Callable[[str], None]) -> None:
    """A button that opens the table of spellings, with pieces to append to the formula."""
    with opening(_("What can be typed"), "spelling", ":material/keyboard:") as is_open:
        if is_open:
            pieces(target, add)
            spellings()


def pieces(target: Symbol, add: Callable[[str], None]) -> None:
    """Buttons that append a piece each."""

    def take() -> None:
        piece = st.session_state["check.piece"]
        st.session_state["check.piece"] = None
        if piece:
            add(piece)

    options = [*(spelled(symbol) for symbol in near(target)), *PIECES]
    st.pills(_("Add to the end of the formula"), options, key="check.piece", on_change=take)


def near(target: Symbol) -> Iterator[Symbol]:
    """The arrays that a formula for the target may need."""
    depth = len(session.current().activations)
    l = target.layer if isinstance(target.layer, int) else depth
    yield Symbol("A", l - 1)
    if session.current().bias and target.name == "Z":
        yield Symbol("b", l)
    yield from (Symbol("W", l), Symbol("Z", l), Symbol("A", l))
    yield from (Symbol("delta", k) for k in (l, l + 1) if k <= depth and Symbol("delta", k) != target)
    if l < depth:
        yield Symbol("W", l + 1)
    yield Symbol("Y")


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


def table(target: Symbol) -> None:
    """What can be typed: the arrays near the target, and all spellings."""
    st.markdown("##### " + _("Type a formula and press Enter"))
    st.caption(_("It is tried on your network and on three random ones whose sizes all differ. These are near:"))
    setup = session.current()
    count = 1 if setup.sample is not None else len(setup.X)
    view = View(session.parameters_and_data(setup)[0].architecture, count, setup.notation)
    with st.container(horizontal=True, gap="small", key="arrays"):
        for symbol in near(target):
            rows, columns = view.size(symbol)
            st.markdown(f"`{spelled(symbol)}` {rows}×{columns}", width="content")
    spellings()


def spellings() -> None:
    l, names = session.current().notation.first_layer + 1, session.current().notation.quantities
    rows = [
        (_("an array of a layer"), f"`W{l}` `W[{l}]` `W⁽{'¹²'[l - 1]}⁾` `W^{{({l})}}`"),
        (_("input, labels, error"), f"`X` `{names['Y'].letter}` `δ{l}` `delta[{l}]`"),
        (_("matrix product"), "`@`, " + _("or side by side")),
        (_("entry by entry"), "`*` `⊙` `/` `+` `-`"),
        (_("transpose"), "`.T` `ᵀ` `^T`"),
        (_("derivative; sum over the samples"), f"`f'({names['Z'].letter}{l})` `sum(…)` `diag(…)`"),
        (_("numbers"), "`m` `½` `1/m`"),
        (_("code, or pasted LaTeX"), f"`dW[{l}] = …` " + r"`\delta^{(2)} a^{(1)\top}`"),
    ]
    tables.table([_("what"), _("how")], rows)
