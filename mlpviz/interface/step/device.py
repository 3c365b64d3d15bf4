"""Where the numbers of the Step page are computed: on the CPU, or on a GPU beside it, with the difference told."""

from __future__ import annotations

from math import inf
from typing import Any

from ...engine.descent import Update
from ...engine.devices import devices
from ...engine.difference import brought_home, differences
from ...engine.passes import backpropagate
from ...maths.messages import N_
from ...setup.setup import COMPUTED, Setup
from ..shell.controls import picked
from ..shell.translation import _

TITLES = {"cpu": N_("CPU"), "cuda": N_("GPU, float64"), "cuda32": N_("GPU, float32")}
CPU = "cpu"


def choice() -> None:
    """The device of the numbers, where there is a choice."""
    if not devices()["cuda"].missing:
        picked("computed", _("Computed on"), {name: _(title) for name, title in TITLES.items()})


def place(setup: Setup) -> str:
    """Where a setup's numbers are computed: on the CPU if there is no GPU."""
    return setup.computed if setup.computed != CPU and not devices()["cuda"].missing else CPU


def computed(reference: Update, X: Any, Y: Any, where: str) -> tuple[Update, str]:
    """The pass of the CPU in float64, or the same one made on another device, whose memory is given back.

    If that device cannot make it, the CPU's pass and a sentence that says why.
    """
    parameters, (device, dtype) = reference.trace.parameters, COMPUTED[where]
    if (device, dtype) == (parameters.device, parameters.dtype):
        return reference, ""
    try:
        there = Update(backpropagate(parameters.astype(dtype, device), X, Y), reference.learning_rate)
        return brought_home(there), ""
    except (ValueError, MemoryError) as error:
        return reference, str(error) or _("the GPU has not enough memory")


def told(found: Update, reference: Update, where: str, fault: str) -> dict[str, Any]:
    """What the stepper says of the device: its name, and for every array how far it is from the CPU's."""
    if found is reference:
        return {"name": ": ".join(filter(None, (_(TITLES[CPU]), fault))), "differences": {}}
    name = f"{_(TITLES[where])} ({devices()['cuda'].title})"
    return {"name": name, "differences": {key: text(value) for key, value in differences(found, reference).items()}}


def text(difference: float) -> str:
    """One array's difference, in a few words."""
    if difference == 0:
        return _("as on the CPU")
    if difference == inf:
        return _("not finite, other than on the CPU")
    return _("{difference} from the CPU").format(difference=f"{difference:.1g}".replace("e-0", "e-"))
