"""The Check page: a formula or a program of the learner's own, and what is right or wrong with it."""

from __future__ import annotations

import streamlit as st

from ...derivation.errata import ChoiceExercise
from ...setup.setup import Setup
from ..shell import session
from ..shell.toolbar import bar, preset_and_notation
from ..shell.translation import _
from ..stepper import wall
from ..widgets import progress
from . import box, exercise_list, exercises, own_names, refusal, report, spelling, spoken, verdict
from .checked import Checked, CheckedProgram
from .judging import judged
from .question import append, put, question
from .understood import understood
from .writing import formula, target_of

CSS = """<style>
.st-key-desk { gap: 0.6rem; }
@media (min-width: 68.75em) {
  .st-key-desk:has(.st-key-report) { display: grid; grid-template-columns: minmax(0, 5fr) minmax(0, 7fr);
    gap: 1.5rem; align-items: start; }
  .st-key-desk:has(.st-key-report) > :first-child { position: sticky; top: 3.25rem; }
}
@media (max-width: 68.74em) { .st-key-desk:has(.st-key-report) textarea { max-height: 18rem; } }
</style>"""


def toolbar() -> None:
    with bar():
        preset_and_notation(side="right")
        exercise_list.menu()
        wall.large_view()


def debugger() -> None:
    """The open exercise, the box for the text, and what is said of it."""
    st.html(CSS + box.CSS)
    setup, text = session.current(), formula()
    result = judged(setup, text) if text.strip() else None
    exercises.panel(result, lambda wrong: judged(setup, wrong), put)
    if not isinstance(exercises.current(), ChoiceExercise):
        own = exercises.is_its_own(text)
        with st.container(key="desk"):
            question(setup, result, silent=own)
            with st.container(key="answer"):
                below(setup, result, own)
        spoken.say(text, None if own else result, exercises.guarded())
    progress.remember()


def below(setup: Setup, result: Checked | CheckedProgram | None, own: bool) -> None:
    """What stands below the box: what can be typed, or what is said of what was."""
    if own:
        untouched = _("This is the text's own line: change what is wrong in it, and check it.")
        if isinstance(result, CheckedProgram):
            untouched = _("This is the listing as it was: change what is wrong in it, and check it.")
        st.info(untouched, icon=":material/edit:")
        start(setup)
    elif isinstance(result, CheckedProgram):
        report.report(result, put, exercises.guarded())
    elif result is not None:
        formula_below(setup, result)
    else:
        start(setup)


def formula_below(setup: Setup, result: Checked) -> None:
    found, guarded = result.verdict, exercises.guarded()
    asked = own_names.ask(found.unknown, found.candidates, result.view)
    if found.kind == "refused":
        if asked:
            understood(result)
        else:
            refusal.refusal(result, put, guarded)
        spelling.table(target_of(setup), append)
    else:
        verdict.verdict(result, put, guarded)


def start(setup: Setup) -> None:
    """For an empty box: what can be typed, and the exercises unless one is open."""
    left, right = st.columns(2, gap="large")
    with left:
        spelling.table(target_of(setup), append)
    with right:
        if exercises.current() is None:
            exercise_list.listed("start")
