"""What is said of the steps after the gradients: of the second pass, through the new network."""

from __future__ import annotations

from typing import NamedTuple

from ...maths.equations import SECOND, Step
from ...maths.messages import N_


class Said(NamedTuple):
    """A step's title and its sentence, which may name the layer's {activation}."""

    title: str
    sentence: str


SAID = {
    (SECOND, "affine map"): Said(
        N_("New weighted sums"), N_("The same inputs once more, on wires that carry the new weights.")
    ),
    (SECOND, "activation"): Said(
        N_("New activations"), N_("The same function, {activation}, of the new weighted sums.")
    ),
    (SECOND, "loss"): Said(
        N_("New loss of each sample"), N_("How far the new output is from the same target, sample by sample.")
    ),
    (SECOND, "cost"): Said(N_("New cost"), N_("One number for the same batch, now of the new network.")),
    (SECOND, "change of the cost"): Said(
        N_("Did it help?"), N_("The new cost minus the old: below 0, the update has made the network better.")
    ),
}
"""By phase and equation."""


def said(step: Step) -> Said | None:
    """What is said of a step, if it stands here."""
    return SAID.get((step.phase, step.equation.name))
