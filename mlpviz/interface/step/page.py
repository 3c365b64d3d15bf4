"""The Step page: one pass through the present network in the stepper, and the proof of its gradients."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from math import inf
from typing import Any

import streamlit as st

from ...derivation.view import View
from ...engine.descent import Update
from ...engine.devices import devices
from ...engine.difference import brought_home, differences
from ...engine.gradient_check import ArrayCheck, gradient_check
from ...engine.passes import backpropagate
from ...examples.presets import PRESETS
from ...maths.expressions import Symbol
from ...maths.messages import N_, Message, message_of
from ...setup.arrays import stand_of
from ...setup.setup import COMPUTED, Setup
from ..exports.document import Document
from ..exports.offers import offers
from ..exports.web import pass_page
from ..shell import address, controls, session, teaching
from ..shell.addresses import way_back
from ..shell.around import living
from ..shell.browser import Does
from ..shell.door import door
from ..shell.large import in_turn
from ..shell.toolbar import bar, preset_and_notation
from ..shell.translation import _, told
from ..stepper.component import Sent, stepper
from ..stepper.edits import edited
from ..stepper.messages import messages
from ..stepper.payload import Payload
from ..stepper.proofs import proofs
from ..widgets.tables import number

KEY = "mlpviz.pass"
ABOUT = N_("One pass through the network, forwards and backwards, one update, and the forward pass after it.")
CPU = "cpu"
TITLES = {CPU: N_("CPU"), "cuda": N_("GPU, float64"), "cuda32": N_("GPU, float32")}
"""The names of the devices that compute the numbers."""


@dataclass
class Pass:
    """One pass with its update, and its proof.

    ``reference`` is the pass of the CPU in float64, and the same object unless another device has computed the update;
    ``fault`` says why one that was asked for has not.
    """

    update: Update
    fault: Message | None
    reference: Update
    X: Any
    Y: Any

    @cached_property
    def proof(self) -> dict[str, ArrayCheck]:
        """Every gradient against finite differences."""
        return gradient_check(self.reference.trace.parameters, self.X, self.Y)


def page() -> None:
    """The toolbar, and the stepper, which what is done in it changes alone."""
    with st.container(key="above"):
        door()
        with bar(take_away):
            preset_and_notation(more=device_choice)
    living(stepped)


def stepped() -> None:
    """The stepper, and the address of what it shows."""
    in_turn(session.current(), picture)
    address.show()


def picture() -> None:
    """The stepper and, once it is on screen, the check of every gradient that the browser does not check itself."""
    setup = session.current()
    shown = shown_pass(setup)
    view = View.of(shown.update.trace, setup.notation)
    payload = Payload(shown.update, view, session.beside("veil") or ())
    sent = Sent.of(payload, "step", payload.steps, lambda: {"messages": messages()})
    unmoved = still(shown)
    stepper(
        sent,
        digits=setup.digits,
        start=setup.step,
        grain=setup.grain,
        predict=setup.predict,
        focus=True,
        device=device_note(shown, device_of(setup), sent.frame.hidden),
        updates=shown.update.stand.t - 1,
        **unmoved,
        does=DOES,
    )
    if unmoved or not sent.frame.content.get("proof"):  # else the browser proves them itself
        hidden = {str(symbol) for symbol in sent.frame.hidden}
        proofs(sent.numbers["identity"], {key: check for key, check in shown.proof.items() if key not in hidden})


def take_away() -> None:
    """The pass as a page of its own and as documents; nothing of a pass of which a link keeps something back."""
    if teaching.keeps_back(_("Files of this pass are not offered: this link keeps some of its results back.")):
        return
    setup, back = session.current(), way_back()
    update, title = shown_pass(setup).reference, _(PRESETS[setup.preset].title)
    payload = Payload(update, View.of(update.trace, setup.notation))
    look: dict[str, Any] = {"digits": setup.digits, "start": setup.step, "grain": setup.grain, "predict": setup.predict}
    offers(
        setup.preset,
        lambda: pass_page(update, setup.notation, title=title, address=back, **look),
        lambda: Document(title, _(ABOUT), back, payload, setup.digits),
        payload.excerpt.whole,
    )


def shown_pass(setup: Setup) -> Pass:
    """The pass of a setup's batch or single sample, cached while its numbers do not change."""
    parameters, X, Y = session.parameters_and_data(setup)
    where = device_of(setup)
    chosen = slice(None) if setup.sample is None else [setup.sample]

    def passed() -> Pass:
        trace = backpropagate(parameters, X[chosen], Y[chosen])
        reference = Update(trace, setup.learning_rate, stand_of(setup))
        return Pass(*computed(reference, X[chosen], Y[chosen], where), reference, X[chosen], Y[chosen])

    return session.cached(KEY, (parameters, setup.sample, setup.learning_rate, where), passed)


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
        trace = backpropagate(parameters.astype(dtype, device), X, Y)
        there = Update(trace, reference.learning_rate, reference.stand)
        return brought_home(there), None
    except (ValueError, MemoryError) as error:
        return reference, message_of(error) if str(error) else Message("the GPU has not enough memory")


def device_note(shown: Pass, where: str, hidden: Collection[Symbol] = ()) -> dict[str, Any]:
    """The device's name, and how far each of its arrays is from the CPU's."""
    if shown.update is shown.reference:
        cpu = Message(TITLES[CPU])
        name = Message("{device}: {reason}", device=cpu, reason=shown.fault) if shown.fault else cpu
        return {"name": told(name), "differences": {}}
    name = Message("{device} ({card})", device=Message(TITLES[where]), card=devices()["cuda"].title)
    kept = {str(symbol) for symbol in hidden}
    away = {key: far for key, far in differences(shown.update, shown.reference).items() if key not in kept}
    return {"name": told(name), "differences": {key: difference_text(value) for key, value in away.items()}}


def still(shown: Pass) -> dict[str, str]:
    """Why the numbers do not follow the hand: the browser would compute others than the device that has."""
    return {} if shown.update is shown.reference else {"still": _("a GPU computes these numbers")}


def difference_text(difference: float) -> str:
    if difference == 0:
        return _("as on the CPU")
    if difference == inf:
        return _("not finite, other than on the CPU")
    return _("{difference} from the CPU").format(difference=number(difference))


def take_edit(event: Any) -> None:
    """Turn what is done in the stepper, a number typed or updates made, into an edit of the setup.

    An update by the server would send what a link keeps back.
    """
    if session.beside("veil") and isinstance(event, dict) and "again" in event:
        return
    session.change(lambda setup: edited(setup, event, lambda: shown_pass(setup).update))


DOES: Does = {"edit": take_edit, "undo": lambda _: session.undo(), "redo": lambda _: session.redo()}
"""What is done in the stepper that changes the setup."""
