"""Names of a learner's own: what is asked of one that nothing says what it is, and the answers so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice

import streamlit as st

from ...derivation.printing.target import target_text
from ...derivation.view import View
from ..shell import session
from ..shell.toolbar import plain
from ..shell.translation import _
from .writing import forget, name_is, stored, symbol_of

MOST = 8
"""Quantities among which is chosen at once; the rest are in a menu."""

CSS = """<style>
.st-key-asked { border-left: 0.6rem solid var(--mlp-inner-1); border-radius: 0.4rem; padding: 0.7rem 1rem;
  background: color-mix(in srgb, var(--mlp-inner-1) 10%, transparent); }
.st-key-asked h4 { padding: 0; }
.st-key-own-names button { min-height: 1.7rem; padding: 0 0.6rem; border-radius: 1rem; }
</style>"""


def ask(unknown: Sequence[str], candidates: Mapping[str, Sequence[str]], view: View) -> bool:
    """The question what the first of some names is, with the quantities that it may be, if it is asked.

    Whether it is.
    """
    name = next((each for each in unknown if candidates.get(each)), None)
    if name is None:
        return False
    st.html(CSS)
    offered = list(dict.fromkeys(stored(each, view.notation) for each in candidates[name]))

    def take(key: str) -> None:
        chosen = st.session_state[key]
        if chosen:
            name_is(name, chosen)

    with st.container(key="asked", gap="small"):
        st.markdown("#### " + _("What is “{name}”?").format(name=f"`{name}`" if "`" not in name else plain(name)))
        st.caption(_("Those for which the line multiplies come first. The answer is kept in the link."))
        st.pills(
            _("What {name} stands for").format(name=plain(name)),
            list(islice(offered, MOST)),
            format_func=lambda each: titled(each, view),
            key=f"given {name}",
            on_change=take,
            args=(f"given {name}",),
            label_visibility="collapsed",
        )
        if len(offered) > MOST:
            st.selectbox(
                _("or"),
                offered[MOST:],
                index=None,
                format_func=lambda each: titled(each, view),
                key=f"given other {name}",
                on_change=take,
                args=(f"given other {name}",),
            )
    return True


def titled(quantity: str, view: View) -> str:
    """A quantity as the notation writes it, with its shape here."""
    symbol = symbol_of(quantity)
    rows, columns = view.size(symbol)
    return f"{target_text(symbol, view.notation)} · {rows}×{columns}"


def chips(text: str, view: View) -> None:
    """The names in a text of which it was said what they are, each with a button that takes it back."""
    known = [(name, quantity) for name, quantity in session.current().given if name in text]
    if not known:
        return
    st.html(CSS)
    with st.container(horizontal=True, gap="small", key="own-names"):
        for name, quantity in known:
            label = f"{plain(name)} = {plain(target_text(symbol_of(quantity), view.notation))}"
            st.button(
                label,
                key=f"forget {name}",
                icon=":material/close:",
                icon_position="right",
                help=_("Take this back"),
                on_click=forget,
                args=(name,),
            )
