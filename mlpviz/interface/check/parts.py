"""The parts of a verdict: a formula with its shapes, texts to try instead, and every part with its shape."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from ...derivation.checker import Factor, Suggestion, Verdict
from ...derivation.printing.breaking import breakable
from ...drawing.theme import ground
from ..shell.page import dark
from ..shell.toolbar import plain
from ..shell.translation import C_, _
from ..widgets.tables import table
from .checked import Tried, sign

Put = Callable[[str], None]


def parse(tried: Tried, found: Verdict, name: str) -> None:
    latex = tried.latex(found, ground(dark()))
    if latex:
        with st.container(key=f"parse-{name}"):
            st.latex(breakable(latex))


def suggestions(found: Verdict, put: Put, name: str = "") -> None:
    """Formulas that multiply, each with its verdict and a button that puts it into the box."""
    caption = _("What would multiply") if found.kind == "shape" else _("What to try instead")
    offered(found.suggestions, caption, put, name)


def offered(texts: Sequence[Suggestion], caption: str, put: Put, name: str = "") -> None:
    """Texts with their verdicts, each with a button that puts it into the box."""
    if not texts:
        return
    with st.container(key=f"suggestions{name}", gap="small"):
        st.caption(caption)
        for number, each in enumerate(texts):
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                with st.container(width="stretch"):
                    st.code(each.text, language=None, wrap_lines=True)
                word = C_("verdict", "right") if each.right else _("multiplies, not right")
                icon = "check_circle" if each.right else "error"
                st.markdown(f"{sign(icon)} {word}", width="content")
                st.button(_("Try it"), key=f"try{name} {number}", on_click=put, args=(each.text,))


def factors(parts: tuple[Factor, ...], name: str = "") -> None:
    """Every part of the formula with its shape, in names and in numbers."""
    if not parts:
        return
    title = _("Every part with its shape")
    with st.expander(title, icon=":material/account_tree:"), st.container(key=f"factors{name}"):
        shapes(parts)


def shapes(parts: Sequence[Factor]) -> None:
    rows = []
    for each in parts:
        named = " × ".join(each.dimensions) if each.dimensions else _("does not multiply")
        here = " × ".join(map(str, each.size)) if each.size else "–"
        rows.append(("  " * each.depth + plain(each.text), named, here))
    table([C_("of a formula", "part"), C_("of a formula", "shape"), C_("in numbers", "here")], rows)
