"""One sentence for every step: what happens there, and why."""

from __future__ import annotations

from ...maths.architecture import Architecture
from ...maths.equations import Step
from ...maths.messages import Message
from ..shell.translation import _, told
from .descent_texts import said


def sentence(step: Step, architecture: Architecture) -> str:
    activation = architecture.activation(step.layer)
    if own := said(step):
        return told(Message(own.sentence, activation=Message(activation.title)))
    if step.equation.name == "output error" and activation.name in architecture.loss_entry.pairings:
        paired = Message(
            "Backwards now. δ says how fast the cost rises when a z of the output rises. "
            "{activation!c} and this loss were made for each other: f′ cancels.",
            activation=Message(activation.title),
        )
        return told(paired)
    texts = {
        "affine map": _("Each unit adds up its inputs, each times the weight on its wire, and its bias."),
        "activation": _("Each unit answers its z with {activation}."),
        "loss": _("How far the output is from the target, sample by sample."),
        "cost": _("One number for the whole batch: this is what training makes smaller."),
        "output error": _("Backwards now. δ says how fast the cost rises when a z of the output rises."),
        "hidden error": _("δ runs back along the same wires, and each unit multiplies by its own {activation}′."),
        "weight gradient": _("A wire's gradient is the δ at its end times the activation at its start."),
        "bias gradient": _("A bias is a wire whose input is always 1, so its gradient is δ, summed over the samples."),
        "weight update": _("One step downhill: old minus learning rate times gradient."),
        "bias update": _("The biases take the same step downhill."),
    }
    return texts[step.equation.name].format(activation=_(activation.title))


def title(step: Step) -> str:
    if own := said(step):
        return _(own.title)
    return {
        "affine map": _("Weighted sums"),
        "activation": _("Activation"),
        "loss": _("Loss of each sample"),
        "cost": _("Cost"),
        "output error": _("Error at the output"),
        "hidden error": _("Error one layer down"),
        "weight gradient": _("Gradient of the weights"),
        "bias gradient": _("Gradient of the biases"),
        "weight update": _("New weights"),
        "bias update": _("New biases"),
    }[step.equation.name]
