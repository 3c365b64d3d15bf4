"""Find the bug: the list of the exercises by their texts, and how far the learner has come with them."""

from __future__ import annotations

import streamlit as st

from ...derivation.errata import EXERCISES, TABLE
from ...derivation.texts import TEXTS
from ..shell.panels import opening
from ..shell.translation import C_, _, told
from ..widgets import exercises as rooms
from ..widgets.progress import progress_of
from ..widgets.tables import table

FIRST = "S4"  # the text that is open: its network is the one the program begins with

CSS = """<style>
[class*=st-key-exercises-] button { min-height: 1.9rem; padding-block: 0; text-align: left; }
[class*=st-key-unposed-] { overflow-x: auto; }
[class*=st-key-unposed-] :is(th, td) { font-size: 0.8rem; padding: 0.2rem 0.35rem; }
.mlp-projecting [class*=st-key-unposed-] :is(th, td) { font-size: 0.875rem; }
</style>"""


def menu() -> None:
    with opening(_("Find the bug"), "exercises", ":material/bug_report:") as is_open:
        if is_open:
            listed("menu")


def listed(place: str) -> None:
    """The exercises by text, and how many of them are done."""
    st.html(CSS)
    solved = sum(progress_of(code).solved for code in EXERCISES)
    st.markdown("##### " + _("Find the bug"))
    st.caption(_("Real mistakes of real texts: {solved} of {all} found.").format(solved=solved, all=len(EXERCISES)))
    for text in TEXTS.values():
        of_text = [exercise for exercise in EXERCISES.values() if exercise.text == text.code]
        if not of_text:
            continue
        solved_here = sum(progress_of(exercise.code).solved for exercise in of_text)
        label = f"{_(text.title)} · {solved_here}/{len(of_text)}"
        inside = st.container(key=f"exercises-{place}-{text.code}", gap=None)
        with inside, st.expander(label, expanded=text.code == FIRST), st.container(gap=None):
            for exercise in of_text:
                rooms.button(exercise, place)
    with st.expander(_("What is not posed, and why")), st.container(key=f"unposed-{place}"):
        unposed()


def unposed() -> None:
    """The mistakes that are no exercises."""
    head = ["", C_("in a text", "where"), _("why it is wrong"), _("not posed, since it")]
    rows = [[each.code, told(each.place), _(each.why), _(each.unposed)] for each in TABLE if each.unposed]
    table(head, rows)
