"""The Check page: a formula of the learner's own, and what is right or wrong with it on the present network."""

from __future__ import annotations

from typing import Any

import streamlit as st

from ...derivation.checker import Verdict, check_formula
from ...derivation.checker.reading.spelling import target_text
from ...derivation.errata import ChoiceExercise
from ...maths.architecture import Architecture
from ...maths.expressions import Symbol
from ...maths.symbols import COMPUTED, QUANTITIES
from ...setup.codecs import FORMULA
from ...setup.setup import Setup
from ..shell import controls, session
from ..shell.toolbar import bar, preset_and_notation
from ..shell.translation import _
from ..widgets import progress
from . import exercises, spelling, verdict
from .checked import Checked

UNKEPT, VERDICTS = "mlpviz.check.unkept", "mlpviz.check.verdicts"
MOST_VERDICTS = 8

CSS = """<style>
.st-key-question [data-testid=stTextInput] input {
  font-family: "Source Code Pro", ui-monospace, monospace; font-size: 1.2rem; }
@media (max-width: 640px) {
  .st-key-question [data-testid=stLayoutWrapper]:has([data-testid=stTextInput]) {
    flex-basis: 100%; min-width: 100%; order: 2; }
}
</style>"""


def toolbar() -> None:
    with bar():
        preset_and_notation(side="right")
        exercises.menu()


def debugger() -> None:
    """The open exercise, the box for the formula, and the verdict."""
    st.html(CSS)
    setup = session.current()
    text = formula()
    result = checked(setup, text) if text.strip() else None
    exercises.panel(result, lambda wrong: checked(setup, wrong), put)
    if not isinstance(exercises.current(), ChoiceExercise):
        question(setup)
        below(setup, text, result)
    progress.remember()


def below(setup: Setup, text: str, result: Checked | None) -> None:
    """What stands below the box: what can be typed, or the verdict on what was."""
    if result is None:
        start(setup)
    elif exercises.is_its_own(text):
        st.info(_("This is the text's own line: change what is wrong in it, and press Enter."), icon=":material/edit:")
        start(setup)
    else:
        verdict.verdict(result, put, guarded=exercises.guarded())


def start(setup: Setup) -> None:
    """For an empty box: what can be typed, and the exercises unless one is open."""
    left, right = st.columns(2, gap="large")
    with left:
        spelling.table(target_of(setup))
    with right:
        if exercises.current() is None:
            exercises.listed("start")


def question(setup: Setup) -> None:
    """The target and the box for the formula."""
    architecture = session.parameters_and_data(setup)[0].architecture
    names = {target: target_text(target, setup.notation) for target in targets(architecture)}
    with st.container(horizontal=True, vertical_alignment="bottom", key="question"):
        with st.container(width=150):
            controls.shown(
                st.selectbox,
                "setup.target",
                target_of(setup),
                _("What it should be"),
                lambda target: session.edit(target=str(target)),
                options=list(names),
                format_func=names.__getitem__,
                disabled=exercises.is_posed(),
            )
        with st.container(width="stretch"):
            controls.shown(
                st.text_input,
                "setup.formula",
                formula(),
                _("Your formula or line of code"),
                put,
                placeholder=example(setup),
                autocomplete="off",
            )
        spelling.panel(target_of(setup), lambda part: put(f"{formula()} {part}".strip()))


def example(setup: Setup) -> str:
    number = len(setup.widths) - 1 + setup.notation.first_layer
    return _("such as {formula}").format(formula=f"(a{number} - y) * a{number} * (1 - a{number}) @ W{number}")


def formula() -> str:
    """The box's content; a text that no setup can hold stays until another is typed."""
    return st.session_state.get(UNKEPT) or session.current().formula


def put(text: str | None) -> None:
    text = text or ""
    try:
        FORMULA.read(text)
        unkept = ""
    except ValueError:
        unkept = text
    st.session_state[UNKEPT] = unkept
    session.edit(formula="" if unkept else text)


def targets(architecture: Architecture) -> list[Symbol]:
    """The possible targets: gradients, errors and affine maps, the output layer's first."""
    asked = [QUANTITIES[name] for name in COMPUTED if QUANTITIES[name].of not in architecture.absent]
    layers = [each for each in asked if each.layered and each.name != "A"]  # A = f(Z) says nothing new
    whole = [each for each in asked if not each.layered and architecture.loss_entry.labels is None]
    return [
        *(Symbol(each.name, l) for each in layers for l in range(architecture.depth, each.lowest - 1, -1)),
        *(Symbol(each.name) for each in whole),
    ]


def target_of(setup: Setup) -> Symbol:
    """The target; if the network does not have it, the gradient by its last weights."""
    offered = targets(session.parameters_and_data(setup)[0].architecture)
    return next((target for target in offered if str(target) == setup.target), offered[0])


def checked(setup: Setup, text: str) -> Checked:
    """A formula with its verdict, cached while neither it nor its network, data and notation change."""
    parameters, X, Y = session.parameters_and_data(setup)
    if setup.sample is not None:
        X, Y = X[[setup.sample]], Y[[setup.sample]]
    target = target_of(setup)
    key = (id(parameters), setup.sample, setup.notation, target, text)
    verdicts: dict[Any, Checked] = st.session_state.setdefault(VERDICTS, {})
    if key not in verdicts:
        while len(verdicts) >= MOST_VERDICTS:
            del verdicts[next(iter(verdicts))]
        verdicts[key] = Checked(text, judged(text, target, setup, parameters, X, Y), setup.notation, parameters, X, Y)
    return verdicts[key]


def judged(text: str, target: Symbol, setup: Setup, parameters: Any, X: Any, Y: Any) -> Verdict:
    shown = target if target.layer is None else target[setup.notation.number(target)]
    return check_formula(text, str(shown), parameters.architecture, setup.notation, parameters, X, Y)
