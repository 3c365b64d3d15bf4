"""The Step page: one pass through the present network in the stepper, and the proof of its gradients."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from math import inf
from typing import Any

import streamlit as st

from ...derivation.view import View
from ...engine.descent import Update
from ...engine.devices import devices
from ...engine.difference import brought_home, differences
from ...engine.gradient_check import ArrayCheck, gradient_check
from ...engine.passes import backpropagate
from ...maths.messages import N_, Message, Refusal, message_of
from ...setup.setup import COMPUTED, Setup, replaced
from ..shell import controls, session
from ..shell.toolbar import history_buttons, opening, share
from ..shell.translation import _, told
from ..stepper.component import stepper
from ..stepper.messages import messages
from ..stepper.payload import Payload

KEY = "mlpviz.pass"
CPU = "cpu"
TITLES = {CPU: N_("CPU"), "cuda": N_("GPU, float64"), "cuda32": N_("GPU, float32")}
"""The names of the devices that compute the numbers."""


@dataclass
class Pass:
    """One pass with its update, and its proof once it has been computed.

    ``reference`` is the pass of the CPU in float64, and the same object unless another device has computed the update;
    ``fault`` says why one that was asked for has not.
    """

    update: Update
    reference: Update
    fault: Message | None
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
    with st.container(horizontal=True, vertical_alignment="bottom", key="toolbar"):
        with st.container(width=260):
            controls.preset(label_visibility="collapsed")
        with opening(_("Notation"), "notation", ":material/tune:") as is_open:
            if is_open:
                controls.switchboard()
                device_choice()
        history_buttons()
        share()


def picture() -> None:
    """The stepper and, once it is on screen, the check of every gradient."""
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
        device=device_note(shown, device_of(setup)),
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
    """The pass of a setup's batch or single sample, cached while its numbers do not change."""
    parameters, X, Y = session.parameters_and_data(setup)
    where = device_of(setup)
    key = (id(parameters), setup.sample, setup.learning_rate, where)
    kept = st.session_state.get(KEY)
    if kept is None or kept[0] != key:
        chosen = slice(None) if setup.sample is None else [setup.sample]
        X, Y = X[chosen], Y[chosen]
        reference = Update(backpropagate(parameters, X, Y), setup.learning_rate)
        update, fault = computed(reference, X, Y, where)
        kept = st.session_state[KEY] = (key, Pass(update, reference, fault, X, Y), parameters)
    return kept[1]


def device_choice() -> None:
    if not devices()["cuda"].missing:
        controls.picked("computed", _("Computed on"), {name: _(title) for name, title in TITLES.items()})


def device_of(setup: Setup) -> str:
    """The device that computes a setup's numbers; the CPU if there is no GPU."""
    return setup.computed if setup.computed != CPU and not devices()["cuda"].missing else CPU


def computed(reference: Update, X: Any, Y: Any, where: str) -> tuple[Update, Message | None]:
    """The pass ``reference`` or, for another device, the same pass made there, whose memory is then freed.

    If that device cannot make it, the CPU's pass and why.
    """
    parameters, (device, dtype) = reference.trace.parameters, COMPUTED[where]
    if (device, dtype) == (parameters.device, parameters.dtype):
        return reference, None
    try:
        there = Update(backpropagate(parameters.astype(dtype, device), X, Y), reference.learning_rate)
        return brought_home(there), None
    except (ValueError, MemoryError) as error:
        return reference, message_of(error) if str(error) else Message("the GPU has not enough memory")


def device_note(shown: Pass, where: str) -> dict[str, Any]:
    """The device's name, and how far each of its arrays is from the CPU's."""
    if shown.update is shown.reference:
        return {"name": ": ".join([_(TITLES[CPU]), *([told(shown.fault)] if shown.fault else [])]), "differences": {}}
    name = _(TITLES[where]) + f" ({devices()['cuda'].title})"
    away = differences(shown.update, shown.reference)
    return {"name": name, "differences": {key: difference_text(value) for key, value in away.items()}}


def difference_text(difference: float) -> str:
    if difference == 0:
        return _("as on the CPU")
    if difference == inf:
        return _("not finite, other than on the CPU")
    return _("{difference} from the CPU").format(difference=f"{difference:.1g}".replace("e-0", "e-"))


def proofs(identity: str, shown: Pass) -> None:
    """Send the gradient checks for the badges, computed after the picture has been sent."""
    if not shown.proof:
        shown.proof = gradient_check(shown.reference.trace.parameters, shown.X, shown.Y)
    checks = {
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
        st.text(json.dumps({"identity": identity, "proofs": checks}))


def take_edit() -> None:
    """Turn a number typed into the stepper into an edit of the setup."""
    event = st.session_state["stepper"].get("edit")
    if event:
        session.change(lambda setup: edited(setup, event))


def take_grain() -> None:
    grain = st.session_state["stepper"].get("grain")
    if grain:
        session.edit(grain=grain)


def edited(setup: Setup, event: dict[str, Any]) -> Setup:
    """The setup with one number replaced: a weight, a bias, or an entry of X or Y.

    Raises Refusal if there is no such number.
    """
    symbol, row, column = event["symbol"], int(event["row"]), int(event["column"])
    value = float(event["value"])
    if symbol in ("W", "b"):
        return replace(setup, entries={**setup.entries, (symbol, int(event["layer"]), row, column): value})
    name = {"A": "X", "Y": "Y"}.get(symbol)
    if name is None:
        raise Refusal("{symbol} is computed; only W, b, X and Y can be edited", symbol=symbol)
    rows = [list(each) for each in getattr(setup, name)]
    rows[row + (setup.sample or 0)][column] = value
    return replaced(setup, {name: tuple(map(tuple, rows))})
