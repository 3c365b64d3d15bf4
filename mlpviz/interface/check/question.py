"""The box for what is to be checked, and what is asked of it."""

from __future__ import annotations

import streamlit as st

from ...derivation.printing.target import target_text
from ...setup.checks import architecture_of
from ...setup.setup import Setup
from ..shell import controls, session
from ..shell.translation import C_, _
from . import exercises, own_names, spelling, switches
from .box import Marks, box
from .checked import COLOURS, SIGNS, Checked, CheckedProgram
from .judging import named
from .statements import is_program
from .writing import UNKEPT, formula, kept, target_of, targets

CSS = """<style>
.st-key-question { gap: 0.5rem; }
.st-key-row { row-gap: 0.4rem; }
.st-key-row [data-testid=stCaptionContainer] { margin: 0; }
.st-key-row :is([data-testid=stCaptionContainer], [data-testid=stMarkdownContainer]) p { font-size: 0.9rem; }
.st-key-keys p { margin: 0; }
@media (pointer: coarse), (max-width: 40em) {
  .st-key-keys { display: none; }
  .st-key-row .st-key-check_it button { min-width: 5.5rem; }
}
.st-key-row .st-key-check_it button { min-width: 7rem; }
</style>"""


def put(text: str | None) -> None:
    """Take a text to be checked, and what its left side asks for, in one step."""
    text = text or ""
    unkept = "" if kept(text) else text
    st.session_state[UNKEPT] = unkept
    target = None if unkept or exercises.is_posed() else named(session.current(), text)
    session.edit(formula="" if unkept else text, **({"target": str(target)} if target else {}))


def append(piece: str) -> None:
    """Add a piece to the end of what is in the box."""
    put(f"{formula()} {piece}".strip())


def question(setup: Setup, result: Checked | CheckedProgram | None, silent: bool) -> None:
    """The box and, below it, the button, the target and what can be typed; ``silent``, nothing is marked in it."""
    st.html(CSS)
    text = formula()
    with st.container(key="question"):
        box(text, _("Your formula, derivation or program"), example(setup), put, Marks() if silent else marks(result))
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key="row"):
            st.button(C_("button", "Check"), key="check_it", type="primary", icon=":material/check:")
            if not is_program(text):
                asked(setup)
            spelling.panel(target_of(setup), append)
            switches.panel()
            with st.container(key="keys", width="content"):
                st.caption(_("Enter: a new line. Ctrl+Enter or ⌘+Enter: check."))
        if result is not None:
            own_names.chips(text, result.view)


def asked(setup: Setup) -> None:
    """What a formula is held against."""
    target = target_of(setup)
    offered = targets(architecture_of(setup))
    names = {each: target_text(each, setup.notation) for each in (*offered, target)}
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", width="content"):
        st.markdown(_("What it should be"), width="content")
        with st.container(width=130):
            controls.shown(
                st.selectbox,
                "setup.target",
                target,
                _("What it should be"),
                lambda chosen: session.edit(target=str(chosen)),
                options=list(names),
                format_func=names.__getitem__,
                disabled=exercises.is_posed(),
                label_visibility="collapsed",
            )


def example(setup: Setup) -> str:
    number = len(setup.widths) - 1 + setup.notation.first_layer
    return _("such as {formula}").format(formula=f"(a{number} - y) * a{number} * (1 - a{number}) @ W{number}")


def marks(result: Checked | CheckedProgram | None) -> Marks:
    """What is marked in the box: the place at fault of a formula, the faulty lines of a program."""
    if isinstance(result, CheckedProgram):
        faulty = (line for line in result.report.lines if line.kind in SIGNS and line.kind != "right")
        return Marks(signs={line.number: SIGNS[line.kind] for line in faulty})
    if result is None or not result.verdict.place:
        return Marks()
    return Marks(result.verdict.place, COLOURS["wrong"])
