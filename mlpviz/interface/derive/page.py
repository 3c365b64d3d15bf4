"""The Derive page: a walkthrough of the present network, line by line in the stepper."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import streamlit as st

from ...derivation.chain import Chain
from ...derivation.errata import ERRATA
from ...derivation.scene import DerivationView, Scene
from ...derivation.walkthroughs import WALKTHROUGHS, Walkthrough
from ...engine.descent import Update
from ...engine.gradient_check import gradient_check
from ...engine.passes import backpropagate
from ...maths.messages import Message
from ...setup.arrays import data_of, parameters_of
from ...setup.resize import resized
from ...setup.setup import Setup
from ..shell import controls, session
from ..shell.toolbar import history_buttons, opening, share
from ..shell.translation import _, told
from ..stepper.component import stepper
from ..stepper.messages import messages
from ..widgets.tables import table
from . import demonstrations, shapes
from .payload import LinesPayload

UNITS, SAMPLES, NUMBERS = 256, 8, 60_000
"""Most units of a layer and samples of a walkthrough, and most numbers of its largest matrix."""

KEY, PROOF = "mlpviz.derive", "mlpviz.derive.proof"


@dataclass(frozen=True)
class Shown:
    """The walkthrough and its scene, and messages on what was cut off to show it."""

    walkthrough: Walkthrough
    scene: Scene
    chains: tuple[Chain, ...]
    cut: tuple[Message, ...]


PANELS: dict[str, Callable[[Scene], None]] = {
    "nudge": demonstrations.nudge,
    "both layouts": shapes.both_layouts,
    "bias and loop": demonstrations.batch,
    "modules": shapes.modules,
    "collapse": demonstrations.outputs,
    "shapes": shapes.layout_shapes,
    "costs": demonstrations.ways,
}
"""The demonstrations by the names that walkthroughs use."""


def toolbar() -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", key="toolbar"):
        with st.container(width=300):
            titles = {
                name: f"{number} · {_(each.title)}" for number, (name, each) in enumerate(WALKTHROUGHS.items(), 1)
            }
            controls.chosen(
                st.selectbox,
                "walkthrough",
                _("Walkthrough"),
                lambda name: session.edit(walkthrough=name, layer=0, line=0),
                options=list(titles),
                format_func=titles.__getitem__,
                label_visibility="collapsed",
            )
        layers()
        with st.container(width=230):
            controls.preset(label_visibility="collapsed")
        with opening(_("Notation"), "notation", ":material/tune:") as is_open:
            if is_open:
                controls.switchboard()
        history_buttons()
        share()
    st.caption(_(WALKTHROUGHS[session.current().walkthrough].about))


def layers() -> None:
    setup = session.current()
    walkthrough = WALKTHROUGHS[setup.walkthrough]
    choice = list(walkthrough.layers(session.parameters_and_data(setup)[0].architecture))
    if len(choice) < 2:
        return
    titles = {layer: _("layer {layer}").format(layer=controls.layer_name(layer)) for layer in choice}
    with st.container(width=110):
        controls.shown(
            st.selectbox,
            "setup.layer",
            layer_of(setup, choice),
            _("Layer"),
            lambda layer: session.edit(layer=layer, line=0),
            options=choice,
            format_func=titles.__getitem__,
            label_visibility="collapsed",
        )


def layer_of(setup: Setup, choice: list[int]) -> int:
    """The layer chosen, or the last that the walkthrough takes."""
    return setup.layer if setup.layer in choice else choice[-1]


def walkthrough() -> None:
    shown = shown_walkthrough(session.current())
    if shown.cut:
        st.info(" ".join(map(told, shown.cut)), icon=":material/content_cut:")
    panel(shown.walkthrough.above, shown.scene)
    lines(shown)
    panel(shown.walkthrough.below, shown.scene)
    errata(shown.walkthrough)
    shapes.glossary(shown.scene)


def panel(name: str, scene: Scene) -> None:
    if name:
        PANELS[name](scene)


def lines(shown: Shown) -> None:
    setup = session.current()
    payload = LinesPayload(shown.scene, shown.chains)
    data = payload.data(
        digits=setup.digits,
        start=setup.line,
        grain=setup.grain,
        focus=True,
        sample=setup.sample,
        parameter="line",
        folded=True,
        sequence=f"{shown.walkthrough.name} {shown.scene.layer}",
        messages=messages() | words(),
    )
    stepper(data, list(payload.formulas), key="walkthrough", on_grain=take_grain)
    proofs(payload, shown)


def take_grain() -> None:
    grain = st.session_state["walkthrough"].get("grain")
    if grain:
        session.edit(grain=grain)


def proofs(payload: LinesPayload, shown: Shown) -> None:
    """Send the gradient checks of these lines for the badges, computed after the lines themselves."""
    trace = shown.scene.update.trace
    kept = st.session_state.get(PROOF)
    if kept is None or kept[0] != id(trace):
        kept = st.session_state[PROOF] = (id(trace), gradient_check(trace.parameters, trace.A[0], trace.Y), trace)
    checks = {place.key: kept[1].get(str(place.chain.target)) for place in payload.lines}
    proven = {
        key: {"error": c.error, "passed": c.passed, "checked": c.checked, "of": c.of, "skipped": c.skipped}
        for key, c in checks.items()
        if c is not None
    }
    with st.container(key="proofs"):
        st.text(json.dumps({"identity": payload.identity, "proofs": proven}))


def words() -> dict[str, str]:
    """The stepper's sentences that are different on this page."""
    return {
        "stepper": _("Go through the lines: → next, ← back, Space plays, Home and End jump"),
        "scrubber": _("Line"),
        "position": _("line {step} of {steps}"),
        "crumb": _("line {step}"),
        "given": _("{name} comes from the pass: the Step page shows how it is computed."),
        "given_editable": _("{name} is given: the Step and Network pages change it."),
        "not_yet": _("Line {step}, {name}, comes to it."),
        "ledger": _("Every matrix in these lines"),
        "nothing_coded": _("— (single entries, or a matrix that is never stored)"),
    }


def errata(walkthrough: Walkthrough) -> None:
    """What the source texts have wrong here, beside what is right."""
    mistakes = [ERRATA[code] for code in walkthrough.errata]
    if not mistakes:
        return
    with st.expander(_("Where the texts slip, and what is right"), icon=":material/rule:"):
        rows = [(told(each.place), f"${told(each.wrong)}$", f"${told(each.right)}$") for each in mistakes]
        table([_("where"), _("the text has"), _("right is")], rows)


# What is shown


def shown_walkthrough(setup: Setup) -> Shown:
    """The walkthrough of a setup; its pass is cached while the numbers do not change."""
    chosen = WALKTHROUGHS[setup.walkthrough]
    update, cut = shown_pass(setup, chosen.batch)
    architecture = update.trace.architecture
    view = DerivationView(architecture, update.trace.batch_size, setup.notation)
    scene = Scene(update, view, layer_of(setup, list(chosen.layers(architecture))))
    return Shown(chosen, scene, chosen.chains(scene), cut)


def shown_pass(setup: Setup, batch: bool) -> tuple[Update, tuple[Message, ...]]:
    """The pass of the batch or of one sample; of a very large network, that of its first units and samples."""
    parameters, X, Y = session.parameters_and_data(setup)
    key = (id(parameters), setup.sample, setup.learning_rate, batch)
    kept = st.session_state.get(KEY)
    if kept is None or kept[0] != key:
        kept = st.session_state[KEY] = (key, computed_pass(setup, parameters, X, Y, batch), parameters)
    return kept[1]


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
        cut.append(Message("Shown are the first {count} samples, as a batch of their own.", count=SAMPLES))
    return Update(backpropagate(parameters, X, Y), setup.learning_rate), tuple(cut)
