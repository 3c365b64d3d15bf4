"""The equal parts of a derivation, each with its verdict; what is wrong with the first is told above."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from ...derivation.checker import Verdict
from ..shell.toolbar import plain
from ..shell.translation import _
from .checked import LINES, Checked, sign
from .fault import fault


def sides(checked: Checked, put: Callable[[str], None], guarded: bool) -> None:
    """Each side with its verdict; of a further faulty one what is wrong is one click away."""
    parts = checked.verdict.sides
    if len(parts) < 2:
        return
    told = False
    with st.container(key="sides", gap="xsmall"):
        for number, each in enumerate(parts, start=1):
            word, icon = LINES[each.kind]
            st.markdown(f"{sign(icon)} **{_(word)}** = {shown(each.formula)}")
            if each.kind != "right" and told:
                further(checked, each, None if guarded else put, number)
            told = told or each.kind != "right"


def shown(formula: str) -> str:
    """A formula as Markdown; one that is written in LaTeX as what that comes to."""
    return f"${formula.replace('ᵀ', '^T')}$" if "\\" in formula else plain(formula or "…")


def further(checked: Checked, side: Verdict, put: Callable[[str], None] | None, number: int) -> None:
    """What is wrong with a side, made when it is asked for."""
    label = _("What is wrong with side {number}").format(number=number)
    panel = st.expander(label, key=f"folded side {number}", on_change="rerun")
    if panel.open:
        with panel, st.container(key=f"line-side-{number}", gap="small"):
            fault(checked, checked.text, side, side.remarks if put else side.hints, put, f" side {number}")
