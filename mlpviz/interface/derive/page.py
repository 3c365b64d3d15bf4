"""The Derive page: a walkthrough of the present network, line by line in the stepper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import streamlit as st

from ...derivation.errata import ERRATA, Erratum, Exercise
from ...derivation.scene import DerivationView, Scene
from ...derivation.walkthroughs import WALKTHROUGHS, Walkthrough
from ...engine.descent import Update
from ...engine.gradient_check import ArrayCheck, gradient_check
from ...engine.passes import backpropagate
from ...maths.architecture import Architecture
from ...maths.messages import Message, counted
from ...setup.arrays import data_of, parameters_of
from ...setup.checks import architecture_of
from ...setup.resize import resized
from ...setup.setup import Setup
from ..exports.document import Document
from ..exports.offers import offers
from ..exports.web import LINES, page_of
from ..shell import controls, session
from ..shell.addresses import way_back
from ..shell.browser import Does
from ..shell.toolbar import bar, preset_and_notation
from ..shell.translation import C_, _, told, told_together
from ..stepper.component import Sent, stepper
from ..stepper.edits import edited
from ..stepper.frame import Frame
from ..stepper.messages import messages
from ..stepper.proofs import proofs
from ..widgets import exercises
from . import algorithm, demonstrations, rooms, shapes
from .payload import LinesPayload

UNITS, SAMPLES, NUMBERS = 256, 8, 60_000
"""Most units of a layer and samples of a walkthrough, and most numbers of its largest matrix."""

CSS = """<style>
.st-key-about { min-height: 2.85rem; margin-bottom: -0.5rem; }
.st-key-about button { min-height: 0; padding: 0; max-width: 18rem; text-align: left; }
@media (min-width: 641px) {
  .st-key-about { flex-wrap: nowrap; }
  .st-key-about > :has([data-testid=stCaptionContainer]) { flex: 1 1 0; min-width: 0; }
  .st-key-about > :has(button) { flex: none; width: auto; max-width: 18rem; }
}
[data-testid=stMarkdownContainer]:has(> table) { overflow-x: auto; }
</style>"""  # the stepper begins at the same place, whatever is said above it

KEY, PROOF = "mlpviz.derive", "mlpviz.derive.proof"


@dataclass(frozen=True)
class Shown:
    """The walkthrough and its scene, and messages on what was cut off to show it."""

    walkthrough: Walkthrough
    scene: Scene
    cut: tuple[Message, ...]


PANELS: dict[str, Callable[[Scene], None]] = {
    "nudge": demonstrations.nudge,
    "bias and loop": demonstrations.batch,
    "modules": shapes.modules,
    "collapse": demonstrations.outputs,
    "both layouts": shapes.both_layouts,
    "shapes": shapes.layout_shapes,
    "algorithm": algorithm.algorithm,
    "costs": demonstrations.ways,
}
"""The demonstrations by the names that walkthroughs use."""


def toolbar() -> None:
    with bar(take_away):
        with st.container(width=250):
            titles = {
                name: f"{number} · {_(each.title)}" for number, (name, each) in enumerate(WALKTHROUGHS.items(), 1)
            }
            controls.chosen(
                st.selectbox,
                "walkthrough",
                _("Walkthrough"),
                rooms.go_to,
                options=list(titles),
                format_func=titles.__getitem__,
                label_visibility="collapsed",
            )
        layers()
        preset_and_notation(width=220)
    about(WALKTHROUGHS[session.current().walkthrough])


def about(chosen: Walkthrough) -> None:
    """What is to be shown, a network that can show it, and the other way to the same."""
    st.html(CSS)
    with st.container(key="about", horizontal=True, gap="small"):
        st.caption(_(chosen.about), width="stretch")
        if rooms.is_inside(session.current()):
            rooms.way_back()
        elif not rooms.is_shown_by(chosen, session.current()):
            rooms.offer(chosen)
        elif chosen.other:
            rooms.other_way(WALKTHROUGHS[chosen.other])


def layers() -> None:
    setup = session.current()
    chosen, architecture = WALKTHROUGHS[setup.walkthrough], architecture_of(setup)
    choice = list(chosen.layers(architecture))
    if len(choice) < 2:
        return
    titles = {layer: _("layer {layer}").format(layer=controls.layer_name(layer)) for layer in choice}
    with st.container(width=100):
        controls.shown(
            st.selectbox,
            "setup.layer",
            layer_of(setup, chosen, architecture),
            _("Layer"),
            lambda layer: session.edit(layer=layer, line=0),
            options=choice,
            format_func=titles.__getitem__,
            label_visibility="collapsed",
        )


def layer_of(setup: Setup, chosen: Walkthrough, architecture: Architecture) -> int:
    """The layer chosen, or the one that the walkthrough opens with."""
    return setup.layer if setup.layer in chosen.layers(architecture) else chosen.opens(architecture)


def walkthrough() -> None:
    shown = shown_walkthrough(session.current())
    if shown.cut:
        st.info(told_together(shown.cut), icon=":material/content_cut:")
    lines(shown)
    for name in shown.walkthrough.below:
        PANELS[name](shown.scene)
    errata(shown.walkthrough)
    shapes.glossary(shown.scene)


def lines(shown: Shown) -> None:
    setup = session.current()
    payload, sequence = LinesPayload(shown.scene, shown.walkthrough.chains, setup.hand), sequence_of(shown)
    about_lines = fixed(sequence)
    sent = Sent.of(
        payload, (sequence, setup.hand), shown.scene.update.steps, lambda: about_lines | {"messages": words()}
    )
    smaller = shown.scene.architecture.widths != tuple(setup.widths)
    stepper(
        sent,
        key="walkthrough",
        digits=setup.digits,
        start=setup.line,
        grain=setup.grain,
        predict=setup.predict,
        focus=True,
        sample=setup.sample,
        **({"still": _("the network shown is a smaller one than yours")} if smaller else {}),
        does=None if smaller else what_is_done(shown.walkthrough.batch),
    )
    proofs(sent.numbers["identity"], checks(sent.frame, shown))


def take_away() -> None:
    """The walkthrough as a page of its own and as documents."""
    setup, back = session.current(), way_back()
    shown = shown_walkthrough(setup)
    chosen, sequence = shown.walkthrough, sequence_of(shown)
    payload = LinesPayload(shown.scene, chosen.chains, setup.hand)
    look = {
        "digits": setup.digits,
        "start": setup.line,
        "grain": setup.grain,
        "predict": setup.predict,
        "sample": setup.sample,
    }

    def page() -> str:
        frame = payload.frame(messages=words(), **fixed(sequence))
        return page_of(payload, frame, _(chosen.title), _(chosen.about), _(LINES), back, **look)

    def document() -> Document:
        return Document(_(chosen.title), _(chosen.about), back, payload, setup.digits, derives=True)

    offers(chosen.name, page, document, whole=True)


def fixed(sequence: str) -> dict[str, Any]:
    """What the stepper is told of every walkthrough, whatever its numbers are."""
    return {"parameter": "line", "folded": True, "sequence": sequence}


def what_is_done(batch: bool) -> Does:
    """What is done among the lines that changes the setup; a ``batch`` has all samples, whichever is chosen."""
    return {"edit": partial(take_edit, batch), "undo": lambda _: session.undo(), "redo": lambda _: session.redo()}


def take_edit(batch: bool, event: Any) -> None:
    """Turn what was typed or dragged into an edit."""
    if batch:
        session.change(lambda setup: replace(edited(replace(setup, sample=None), event), sample=setup.sample))
    else:
        session.change(lambda setup: edited(setup, event))


def sequence_of(shown: Shown) -> str:
    """What says whether the lines are the same as before."""
    return f"{shown.walkthrough.name} {shown.scene.layer}"


def checks(frame: Frame, shown: Shown) -> dict[str, ArrayCheck]:
    """The gradients among these lines against finite differences, by the keys of their lines."""
    trace = shown.scene.update.trace
    proof = session.cached(PROOF, trace, lambda: gradient_check(trace.parameters, trace.A[0], trace.Y))
    return {key: proof[target] for key, target in frame.checked_as.items() if target in proof}


def words() -> dict[str, Any]:
    """The stepper's sentences, some of which are different on this page."""
    return messages() | {
        "stepper": _("Go through the lines: → next, ← back, Space plays, Home and End jump"),
        "scrubber": C_("derivation", "Line"),
        "position": _("line {step} of {steps}"),
        "crumb": _("line {step}"),
        "given": _("{name} comes from the pass: the Step page shows how it is computed."),
        "given_editable": _("{name} is given: Enter or a double click changes it."),
        "not_yet": _("Line {step}, {name}, comes to it."),
        "ledger": _("Every matrix in these lines"),
    }


def errata(walkthrough: Walkthrough) -> None:
    """What the source texts have wrong here, beside what is right."""
    mistakes = [ERRATA[code] for code in walkthrough.errata]
    if mistakes:
        with st.expander(_("Where the texts slip, and what is right"), icon=":material/rule:"):
            for each in mistakes:
                slip(each)


def slip(mistake: Erratum) -> None:
    """A mistake beside what is right, and the exercise in which it is to be found."""
    sentence = _("The text has {wrong}; right is {right}. {why}").format(
        wrong=f"${told(mistake.wrong)}$", right=f"${told(mistake.right)}$", why=_(mistake.why)
    )
    st.markdown(f"**{told(mistake.place)}**  \n{sentence}")
    if isinstance(mistake, Exercise):
        exercises.button(mistake, "derive")


# What is shown


def shown_walkthrough(setup: Setup) -> Shown:
    """The walkthrough of a setup; its pass is cached while the numbers do not change."""
    chosen = WALKTHROUGHS[setup.walkthrough]
    update, cut = shown_pass(setup, chosen.batch)
    architecture, view = update.trace.architecture, DerivationView.of(update.trace, chosen.notation(setup.notation))
    scene = Scene(update, view, layer_of(setup, chosen, architecture))
    return Shown(chosen, scene, cut)


def shown_pass(setup: Setup, batch: bool) -> tuple[Update, tuple[Message, ...]]:
    """The pass of the batch or of one sample; of a very large network, that of its first units and samples."""
    parameters, X, Y = session.parameters_and_data(setup)
    key = (parameters, setup.sample, setup.learning_rate, batch)
    return session.cached(KEY, key, lambda: computed_pass(setup, parameters, X, Y, batch))


def computed_pass(setup: Setup, parameters: Any, X: Any, Y: Any, batch: bool) -> tuple[Update, tuple[Message, ...]]:
    cut = []
    if max(setup.widths) > UNITS or sum(n * k for n, k in zip(setup.widths, setup.widths[1:], strict=False)) > NUMBERS:
        small = resized(setup, tuple(min(n, 16) for n in setup.widths))
        parameters, (X, Y) = parameters_of(small), data_of(small)
        cut.append(Message("This network is wide: shown is a smaller one, with 16 units a layer at most."))
    if not batch:
        k = setup.sample or 0
        X, Y = X[[k]], Y[[k]]
    elif len(X) > SAMPLES:
        X, Y = X[:SAMPLES], Y[:SAMPLES]
        cut.append(
            counted(
                "Shown is the first {count} sample, as a batch of its own.",
                "Shown are the first {count} samples, as a batch of their own.",
                SAMPLES,
            )
        )
    return Update(backpropagate(parameters, X, Y), setup.learning_rate), tuple(cut)
