"""The words of the texts in their languages, each with its letter and its shape here."""

from __future__ import annotations

import streamlit as st

from ...derivation import beside
from ...derivation.glossary import GLOSSARY, TRAP, Term
from ...derivation.view import View
from ...maths.expressions import Symbol
from ...maths.symbols import QUANTITIES, SCALARS
from ..shell.translation import C_, told
from .tables import table

CSS = """<style>
.st-key-words :is(th, td) { padding: 0.15rem 0.5rem; }
.st-key-words td .katex { font-size: 1em; }
</style>"""


def glossary(view: View, layer: int) -> None:
    """All words; arrays are those of a layer."""
    st.html(CSS)
    st.caption(told(TRAP))
    with st.container(key="words"):
        head = ["English", "繁體中文", "简体中文", C_("in this notation", "here"), C_("of an array", "shape")]
        table(head, [[term.english, term.traditional, term.simplified, *here(term, view, layer)] for term in GLOSSARY])


def here(term: Term, view: View, layer: int) -> tuple[str, str]:
    """The letter of a word's array, and its shape."""
    if not term.array or term.array in view.architecture.absent:
        return "", ""
    symbol = symbol_of(term.array, layer)
    letter = f"${beside.named(view, symbol)}$"
    return letter, "" if symbol.name in SCALARS else "{} × {}".format(*view.size(symbol))


def symbol_of(array: str, layer: int) -> Symbol:
    """The symbol of an array, of a layer if it has one there."""
    if array == "X":
        return Symbol("A", 0)
    return Symbol(array, layer) if QUANTITIES[array].layered else Symbol(array)
