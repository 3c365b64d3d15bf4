"""Find the bug: the mistakes of the source texts as exercises, and how far the learner has come with them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from ...derivation.checker.spelling import target_text
from ...derivation.errata import EXERCISES, TABLE, TEXTS, Exercise
from ...maths.expressions import Symbol
from ...setup.checks import architecture_of
from ...setup.setup import Setup, replaced
from ..shell import session
from ..shell.presets import preset_setup
from ..shell.toolbar import opening
from ..shell.translation import _, told
from ..widgets.tables import table
from .checked import Checked, sign
from .verdict import Put, box, parse, styles

KEY = "mlpviz.exercises"
FIRST = "S4"  # the text that is open: its network is the one the program begins with
ENOUGH = 2  # tries before the right version can be shown


CSS = """<style>
[class*=st-key-exercises-] button { min-height: 1.9rem; padding-block: 0; text-align: left; }
[class*=st-key-unposed-] { overflow-x: auto; }
[class*=st-key-unposed-] :is(th, td) { font-size: 0.8rem; padding: 0.2rem 0.35rem; }
</style>"""


@dataclass
class Progress:
    """A learner's progress with one exercise: the formulas tried, whether one was right, whether they gave up."""

    tries: list[str] = field(default_factory=list)
    solved: bool = False
    revealed: bool = False

    @property
    def done(self) -> bool:
        """Whether the right version may be shown."""
        return self.solved or self.revealed


def progress_of(code: str) -> Progress:
    by_code: dict[str, Progress] = st.session_state.setdefault(KEY, {})
    return by_code.setdefault(code, Progress())


def current() -> Exercise | None:
    return EXERCISES.get(session.current().exercise)


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
    for text, title in TEXTS.items():
        of_text = [exercise for exercise in EXERCISES.values() if exercise.text == text]
        solved_here = sum(progress_of(exercise.code).solved for exercise in of_text)
        label = f"{_(title)} · {solved_here}/{len(of_text)}"
        inside = st.container(key=f"exercises-{place}-{text}", gap=None)
        with inside, st.expander(label, expanded=text == FIRST), st.container(gap=None):
            for exercise in of_text:
                entry(exercise, place)
    with st.expander(_("What is not posed, and why")), st.container(key=f"unposed-{place}"):
        unposed()


def unposed() -> None:
    """The mistakes that are no exercises."""
    head = ["", _("where"), _("why it is wrong"), _("not posed, since it")]
    rows = [[each.code, told(each.place), _(each.why), _(each.unposed)] for each in TABLE if each.unposed]
    table(head, rows)


def entry(exercise: Exercise, place: str) -> None:
    st.button(
        f"{exercise.code} · {_(exercise.title)}",
        key=f"{place} {exercise.code}",
        icon=sign(icon_of(progress_of(exercise.code))),
        type="tertiary",
        on_click=open_exercise,
        args=(exercise.code,),
    )


def icon_of(progress: Progress) -> str:
    if progress.solved:
        return "check_circle"
    return "visibility" if progress.revealed else "adjust" if progress.tries else "radio_button_unchecked"


def open_exercise(code: str) -> None:
    """Open an exercise on its own network, in the notation of its text, with an empty box."""
    st.session_state["exercises"] = False
    session.enter(EXERCISES[code].preset, **changes_of(EXERCISES[code]))


def changes_of(exercise: Exercise) -> dict[str, Any]:
    """What an exercise changes of its preset's setup, and how it is looked at."""
    asked = {"exercise": exercise.code, "target": exercise.target, "formula": "", "notation": exercise.notation}
    return {**asked, **exercise.changes}


def posed(exercise: Exercise) -> Setup:
    """The setup of an exercise."""
    return replaced(preset_setup(exercise.preset), changes_of(exercise))


def is_its_own(text: str) -> bool:
    """Whether a formula is the one that the open exercise's text has: no verdict is given on it before a try."""
    exercise = current()
    return exercise is not None and same(text, exercise.formula) and not progress_of(exercise.code).tries


def same(text: str, other: str) -> bool:
    return "".join(text.split()) == "".join(other.split())


def panel(checked: Checked | None, check: Callable[[str], Checked], put: Put) -> None:
    """The open exercise: the text's version and, after a try, what is wrong with it."""
    exercise = current()
    if exercise is None:
        return
    progress = progress_of(exercise.code)
    note(checked, exercise, progress)
    with st.container(border=True, key="exercise"):
        heading(exercise)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(_("The text has"), width="content")
            with st.container(width="stretch"):
                st.code(exercise.formula, language=None, wrap_lines=True)
            st.button(_("Put it into the box"), key="put wrong", on_click=put, args=(exercise.formula,))
        if not progress.tries:
            st.caption(_("Something in it is wrong. Type what it should be; then the debugger says what it thinks."))
        answer(exercise, progress)
        if progress.tries:
            diagnosis(check(exercise.formula))


def note(checked: Checked | None, exercise: Exercise, progress: Progress) -> None:
    """Count a try: a formula that can be read and is not the text's own."""
    if checked is None or checked.verdict.kind == "refused" or same(checked.formula, exercise.formula):
        return
    if checked.formula not in progress.tries:
        progress.tries.append(checked.formula)
    progress.solved = progress.solved or (checked.verdict.kind == "right" and still_posed(exercise))


def still_posed(exercise: Exercise) -> bool:
    """Whether the network, the notation and the target are still those of the exercise."""
    setup = session.current()
    wanted = posed(exercise)
    same_network = architecture_of(setup) == architecture_of(wanted)
    return same_network and (setup.target, setup.notation) == (exercise.target, exercise.notation)


def heading(exercise: Exercise) -> None:
    """Its title and place in the text, with the buttons."""
    setup, codes = session.current(), list(EXERCISES)
    following = codes[(codes.index(exercise.code) + 1) % len(codes)]
    name, _bracket, layer = exercise.target.rstrip("]").partition("[")
    wanted = target_text(Symbol(name, int(layer)), setup.notation)
    with st.container(horizontal=True, vertical_alignment="center"):
        where = told(exercise.line_in_text)
        st.markdown(f"##### {exercise.code} · {_(exercise.title)}", width="content")
        st.caption(_("{where}; wanted is {target}").format(where=where, target=wanted), width="stretch")
        if not still_posed(exercise):
            st.button(_("Set it up again"), key="pose", on_click=open_exercise, args=(exercise.code,))
        st.button(
            _("Next"), key="next exercise", on_click=open_exercise, args=(following,), icon=":material/skip_next:"
        )
        st.button(_("Close"), key="close exercise", on_click=leave, icon=":material/close:")


def leave() -> None:
    session.leave()


def answer(exercise: Exercise, progress: Progress) -> None:
    """The right version, once the learner has it or has tried often enough."""
    if progress.done:
        word = _("Found. It should be") if progress.solved else _("It should be")
        with st.container(horizontal=True, vertical_alignment="center"):
            icon = "check_circle" if progress.solved else "visibility"
            st.markdown(f"{sign(icon)} {word}", width="content")
            with st.container(width="stretch"):
                st.code(exercise.answer, language=None, wrap_lines=True)
        st.text(_(exercise.why))
    elif len(progress.tries) >= ENOUGH:
        st.button(_("Show the right version"), key="reveal", icon=":material/visibility:", on_click=reveal)


def reveal() -> None:
    exercise = current()
    if exercise is not None:
        progress_of(exercise.code).revealed = True


def diagnosis(wrong: Checked) -> None:
    """The debugger's verdict on the text's version."""
    with st.expander(_("What the debugger says of the text's version"), icon=":material/bug_report:"):
        styles()
        box(wrong, "wrong")
        parse(wrong, "wrong")
