"""The Step page: one pass through the present network in the stepper, and the proof of its gradients."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import Any

import streamlit as st

from ...derivation.view import View
from ...engine.descent import Update
from ...engine.gradient_check import ArrayCheck, gradient_check
from ...engine.passes import backpropagate
from ...setup.setup import Setup, replaced
from ..shell import controls, session
from ..shell import toolbar as panels
from ..shell.preset_menu import presets
from ..shell.translation import _
from ..stepper.component import stepper
from ..stepper.messages import messages
from ..stepper.payload import Payload
from . import device as step_device

KEY = "mlpviz.pass"


@dataclass
class Pass:
    """One pass with its update, and its proof once it has been computed.

    ``reference`` is the pass of the CPU in float64, and the same object unless another device has computed the update;
    ``fault`` says why one that was asked for has not.
    """

    update: Update
    reference: Update
    fault: str
    X: Any
    Y: Any
    proof: dict[str, ArrayCheck] = field(default_factory=dict)


def page() -> None:
    """The toolbar above the stepper; the stepper is sent first, so that an edit is on screen at once."""
    above = st.container(key="above")
    picture()
    with above:
        toolbar()


def toolbar() -> None:
    """Preset, notation, sample, undo and redo, and the link."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="toolbar"):
        with st.container(width=260):
            presets(label_visibility="collapsed")
        with panels.opening(_("Notation"), "notation", ":material/tune:") as is_open:
            if is_open:
                controls.switchboard()
                step_device.choice()
        panels.history_buttons()
        panels.share()


def picture() -> None:
    """The stepper, and below it, once it is on screen, the proof of every gradient."""
    setup = session.current()
    shown = shown_pass(setup)
    view = View(shown.update.trace.architecture, shown.update.trace.batch_size, setup.notation)
    payload = Payload(shown.update, view)
    data = payload.data(
        digits=setup.digits,
        start=setup.step,
        grain=setup.grain,
        focus=True,
        messages=messages(),
        device=step_device.told(shown.update, shown.reference, step_device.place(setup), shown.fault),
    )
    stepper(
        data,
        list(payload.formulas),
        on_edit=take_edit,
        on_undo=session.undo,
        on_redo=session.redo,
        on_grain=take_grain,
    )
    proofs(payload.identity, shown)


def shown_pass(setup: Setup) -> Pass:
    """The pass of a setup's batch, or of its one sample, kept while its numbers do not change."""
    parameters, X, Y = session.parameters_and_data(setup)
    where = step_device.place(setup)
    key = (id(parameters), setup.sample, setup.learning_rate, where)
    kept = st.session_state.get(KEY)
    if kept is None or kept[0] != key:
        chosen = slice(None) if setup.sample is None else [setup.sample]
        X, Y = X[chosen], Y[chosen]
        reference = Update(backpropagate(parameters, X, Y), setup.learning_rate)
        update, fault = step_device.computed(reference, X, Y, where)
        kept = st.session_state[KEY] = (key, Pass(update, reference, fault, X, Y), parameters)
    return kept[1]


def proofs(identity: str, shown: Pass) -> None:
    """Every gradient against finite differences, for the badges: computed after the picture has been sent."""
    if not shown.proof:
        shown.proof = gradient_check(shown.reference.trace.parameters, shown.X, shown.Y)
    found = {
        name: {
            "error": check.error,
            "passed": bool(check.passed),
            "checked": check.checked,
            "of": check.of,
            "skipped": check.skipped,
        }
        for name, check in shown.proof.items()
    }
    with st.container(key="proofs"):
        st.text(json.dumps({"identity": identity, "proofs": found}))


def take_edit() -> None:
    """A number typed into the stepper becomes an edit of the setup."""
    event = st.session_state["stepper"].get("edit")
    if event:
        session.change(lambda setup: edited(setup, event))


def take_grain() -> None:
    """The grain chosen in the stepper's own bar becomes the setup's."""
    grain = st.session_state["stepper"].get("grain")
    if grain:
        session.edit(grain=grain)


def edited(setup: Setup, event: dict[str, Any]) -> Setup:
    """The setup with one number replaced: a weight, a bias, or an entry of X or Y.

    Raises ValueError if there is no such number.
    """
    symbol, row, column = event["symbol"], int(event["row"]), int(event["column"])
    value = float(event["value"])
    if symbol in ("W", "b"):
        return replace(setup, entries={**setup.entries, (symbol, int(event["layer"]), row, column): value})
    name = {"A": "X", "Y": "Y"}.get(symbol)
    if name is None:
        raise ValueError(f"{symbol} is computed; only W, b, X and Y can be edited")
    rows = [list(each) for each in getattr(setup, name)]
    rows[row + (setup.sample or 0)][column] = value
    return replaced(setup, {name: tuple(map(tuple, rows))})
