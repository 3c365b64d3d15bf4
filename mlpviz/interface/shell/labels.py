"""What the properties of a setup are called in the learner's language: in a table of runs, and where one is refused."""

from __future__ import annotations

from ...maths.messages import N_, Message
from ...setup.training import CHOICES

COMPARED = {
    "dataset": N_("dataset"),
    "samples": N_("number of samples"),
    "noise": N_("noise"),
    "data_seed": N_("data seed"),
    "widths": N_("widths"),
    "activations": N_("activations"),
    "loss": N_("loss"),
    "reduction": N_("reduction"),
    "bias": N_("bias"),
    "l2": N_("l2"),
    "initializer": N_("initializer"),
    "seed": N_("seed"),
    **{name: choice.short for name, choice in CHOICES.items() if choice.short},
}
"""The properties of a setup that a run stores for comparison, and their titles."""

LABELS = COMPARED | {
    "activation": N_("activation of the hidden layers"),
    "pace": N_("epochs a second"),
    "formula": N_("formula"),
}
"""What is called otherwise in links and in Python than on a page."""


def labelled(message: str) -> str:
    """A message in which the property that it names is called as on a page."""
    if not isinstance(message, Message):
        return message
    details = {name: labelled(value) for name, value in message.details.items()}
    if message.template.startswith("{name}: ") and details["name"] in LABELS:
        details["name"] = Message(LABELS[details["name"]])
    return message.with_details(details)
