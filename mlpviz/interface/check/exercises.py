"""Find the bug: the mistakes of the source texts, posed, and how far the learner has come with them.

A wrong try is told its cause; then there is a hint, and only after some tries what is right.
"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from ...derivation.errata import EXERCISES, ChoiceExercise, Exercise, FormulaExercise, ProgramExercise
from ...derivation.printing.target import target_text
from ...maths.expressions import Symbol
from ...maths.messages import counted
from ...setup.checks import architecture_of
from ..shell import session
from ..shell.posing import posed
from ..shell.toolbar import plain
from ..shell.translation import C_, _, told
from ..widgets import exercises as rooms
from ..widgets.progress import Progress, progress_of
from .checked import Checked, CheckedProgram, sign
from .choosing import choose, own_line
from .parts import Put, parse
from .report import listed
from .verdict import box, styles

Mended = FormulaExercise | ProgramExercise
"""What is mended in the box."""

Check = Callable[[str], Checked | CheckedProgram]

HINTED, ENOUGH = 2, 3  # tries after which the hint stands there, and what is right can be shown

CSS = """<style>
.st-key-exercise [data-testid=stMarkdownContainer] h5 { padding: 0; margin-bottom: 1rem; }
.st-key-exercise [data-testid=stText] { font-family: inherit; white-space: normal; overflow-wrap: anywhere; }
.st-key-own .katex-display { margin: 0; padding: 0.2rem 4px 0.5rem 0; overflow: auto hidden; }
.st-key-answers button { text-align: left; justify-content: flex-start; white-space: normal; height: auto; }
.st-key-answers button > div { justify-content: flex-start; }
.st-key-answers button:disabled, .st-key-answers button:disabled * { color: inherit; }
.st-key-answers button:disabled { border-style: dashed; }
.st-key-answers .katex { line-height: 1.6; }
.st-key-answers [data-testid=stText] { margin: -0.4rem 0 0.4rem; padding-left: 2.4rem; }
@media (max-width: 40em) { .st-key-own .katex-display > .katex { font-size: 0.95em;} }
</style>"""


def current() -> Exercise | None:
    return EXERCISES.get(session.current().exercise)


def is_its_own(text: str) -> bool:
    """Whether a text is the one that the open exercise has: no verdict is given on it before a try."""
    exercise = current()
    own = isinstance(exercise, Mended) and same(text, exercise.formula)
    return own and exercise is not None and not progress_of(exercise.code).done


def same(text: str, other: str) -> bool:
    return "".join(text.split()) == "".join(other.split())


def guarded() -> bool:
    """Whether the verdict must not tell what is right, since the open exercise is not done."""
    exercise = current()
    return exercise is not None and not progress_of(exercise.code).done


def panel(checked: Checked | CheckedProgram | None, check: Check, put: Put) -> None:
    """The open exercise: what the text has, the tries so far and, in the end, what is right."""
    exercise = current()
    if exercise is None:
        return
    st.html(CSS)
    with st.container(border=True, key="exercise", gap="small"):
        if isinstance(exercise, Mended):
            note(checked, exercise, check)
            heading(exercise)
            mend(exercise, put)
        elif isinstance(exercise, ChoiceExercise):
            heading(exercise)
            choose(exercise)
        ending(exercise, check)


def note(checked: Checked | CheckedProgram | None, exercise: Mended, check: Check) -> None:
    """Count a try: a text that can be read and is not the exercise's own."""
    if checked is None or checked.kind == "refused" or same(checked.text, exercise.formula):
        return
    right = checked.kind == "right" and still_posed(exercise) and whole(checked, exercise, check)
    progress_of(exercise.code).attempt(checked.text, right)


def whole(checked: Checked | CheckedProgram, exercise: Mended, check: Check) -> bool:
    """Whether a program still computes all that it should: its lines are mended, not left out."""
    if isinstance(exercise, FormulaExercise):
        return True
    answer = check(exercise.answer)
    return (
        isinstance(checked, CheckedProgram)
        and isinstance(answer, CheckedProgram)
        and checked.computes >= answer.computes
    )


def still_posed(exercise: Exercise) -> bool:
    """Whether the network, the notation and the target are still those of the exercise."""
    if not isinstance(exercise, Mended):
        return True
    setup, wanted = session.current(), posed(exercise)
    same_network = architecture_of(setup) == architecture_of(wanted) and setup.notation == exercise.notation
    return same_network and (isinstance(exercise, ProgramExercise) or setup.target == exercise.target)


def is_posed() -> bool:
    """Whether an exercise is open that says what is wanted."""
    exercise = current()
    return exercise is not None and still_posed(exercise)


def heading(exercise: Exercise) -> None:
    """Its title and place in the text, with the buttons."""
    codes = list(EXERCISES)
    following = EXERCISES[codes[(codes.index(exercise.code) + 1) % len(codes)]]
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"##### {rooms.named(exercise)}", width="content")
        st.caption(plain(about(exercise)), width="stretch")
        if not still_posed(exercise):
            st.button(_("Set it up again"), key="pose", on_click=rooms.enter, args=(exercise,))
        st.button(
            C_("exercise", "Next"),
            key="next exercise",
            on_click=rooms.enter,
            args=(following,),
            icon=":material/skip_next:",
        )
        if not session.current().home:
            st.button(_("Close"), key="close exercise", on_click=close, icon=":material/close:")


def about(exercise: Exercise) -> str:
    """Where it is in its text, and what is asked for."""
    where = told(exercise.place)
    if not isinstance(exercise, FormulaExercise):
        return where
    name, _bracket, layer = exercise.target.rstrip("]").partition("[")
    wanted = target_text(Symbol(name, int(layer)), session.current().notation)
    return _("{where}; wanted is {target}").format(where=where, target=wanted)


def close() -> None:
    session.leave()


def mend(exercise: Mended, put: Put) -> None:
    """The text's line as the checker reads it, or a listing, to be mended in the box."""
    own_line(exercise)
    if isinstance(exercise, ProgramExercise):
        mend_listing(exercise, put)
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(_("In our letters the text's line reads"), width="content")
        with st.container(width="stretch"):
            st.code(exercise.formula, language=None, wrap_lines=True)
        st.button(_("Put it into the box"), key="put wrong", on_click=put, args=(exercise.formula,))
    if not progress_of(exercise.code).count:
        st.caption(_("Something in it is wrong. Type what it should be; then the debugger says what it thinks."))


def mend_listing(exercise: ProgramExercise, put: Put) -> None:
    """A listing is in the box from the beginning."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(_("Some lines of the listing in the box are wrong: mend them, and check it."), width="stretch")
        st.button(_("Begin again"), key="put wrong", on_click=put, args=(exercise.formula,), icon=":material/undo:")


# Cause, hint, answer


def ending(exercise: Exercise, check: Check) -> None:
    """What comes after tries: a hint, then on request what is right, and why."""
    progress = progress_of(exercise.code)
    if progress.done:
        answer(exercise, progress)
        if isinstance(exercise, Mended):
            diagnosis(check(exercise.formula))
        return
    if progress.count:
        help_after(exercise, progress)


def help_after(exercise: Exercise, progress: Progress) -> None:
    """The number of tries, the hint, and the way to what is right."""
    if progress.hinted or progress.count >= HINTED:
        st.text(_("Hint: {hint}").format(hint=_(exercise.hint)))
    with st.container(horizontal=True, vertical_alignment="center"):
        so_far = counted("{count} try so far.", "{count} tries so far.", progress.count)
        st.caption(told(so_far), width="content")
        if not progress.hinted and progress.count < HINTED:
            st.button(_("Give me a hint"), key="hint", icon=":material/lightbulb:", on_click=hint)
        if progress.count >= ENOUGH:
            st.button(_("Show what is right"), key="reveal", icon=":material/visibility:", on_click=reveal)


def hint() -> None:
    exercise = current()
    if exercise is not None:
        progress_of(exercise.code).hinted = True


def reveal() -> None:
    exercise = current()
    if exercise is not None:
        progress_of(exercise.code).revealed = True


def answer(exercise: Exercise, progress: Progress) -> None:
    """What is right, and why, once the learner has it or has asked for it."""
    if progress.solved:
        found = counted("Found at the first try.", "Found at try {count}.", progress.count)
        st.markdown(f"{sign('check_circle')} {told(found)}")
    if isinstance(exercise, Mended):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(_("It should be"), width="content")
            with st.container(width="stretch"):
                st.code(exercise.answer, language=None, wrap_lines=True)
    st.text(_(exercise.why))


def diagnosis(wrong: Checked | CheckedProgram) -> None:
    """The debugger's verdict on the text's version."""
    with st.expander(_("What the debugger says of the text's version"), icon=":material/bug_report:"):
        styles()
        if isinstance(wrong, CheckedProgram):
            listed(wrong)
        else:
            box(wrong, wrong.verdict, "wrong")
            parse(wrong, wrong.verdict, "wrong")
