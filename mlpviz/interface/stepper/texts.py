"""One sentence for every step: what happens there, and why, in the letters of the notation."""

from __future__ import annotations

from collections.abc import Callable

from ...derivation import gradients
from ...derivation.plain import M
from ...derivation.printing.prose import letter, say
from ...derivation.view import View
from ...maths.equations import Step
from ...maths.expressions import Symbol
from ...maths.messages import N_, Message
from ..shell.translation import _, told
from .descent_texts import said, sentence_of, title_of


def sentence(step: Step, view: View) -> str:
    """What happens in a step."""
    if own := said(step):
        return told(sentence_of(own, step, view))
    return told(SENTENCES[step.equation.name](step, view))


def title(step: Step) -> str:
    own = said(step)
    return _(title_of(own, step) if own else TITLES[step.equation.name])


TITLES = {
    "affine map": N_("Weighted sums"),
    "activation": N_("Activation"),
    "loss": N_("Loss of each sample"),
    "cost": N_("Cost"),
    "output error": N_("Error at the output"),
    "hidden error": N_("Error one layer down"),
    "weight gradient": N_("Gradient of the weights"),
    "bias gradient": N_("Gradient of the biases"),
    "weight update": N_("New weights"),
    "bias update": N_("New biases"),
}


def activation_of(step: Step, view: View) -> Message:
    return Message(view.architecture.activation(step.layer).title)


def of(name: str, step: Step, view: View) -> str:
    """The letter of one entry of an array of the step's layer."""
    return letter(Symbol(name, step.layer), view)


def also(sentence: Message, remark: Message | None) -> Message:
    return Message("{sentence} {remark}", sentence=sentence, remark=remark) if remark else sentence


# Forwards


def affine_map(_step: Step, view: View) -> Message:
    if view.architecture.bias:
        return Message("Each unit adds up its inputs, each times the weight on its wire, and its bias.")
    return Message("Each unit adds up its inputs, each times the weight on its wire.")


def activation(step: Step, view: View) -> Message:
    z, a = of("Z", step, view), of("A", step, view)
    if not view.architecture.activation(step.layer).elementwise:
        return say("Softmax turns the {z} of all units together into positive numbers that add up to 1.", view, z=z)
    if view.architecture.activation(step.layer).name == "identity":
        return say("The identity: each {a} is its {z}, as it stands.", view, a=a, z=z)
    return say(
        "Each unit applies its activation function, {activation}, to its own {z}.",
        view,
        activation=activation_of(step, view),
        z=z,
    )


def loss(_step: Step, view: View) -> Message:
    if view.single:
        return Message("How far the output is from the target.")
    return Message("How far the output is from the target, sample by sample.")


COSTS = {
    "sum": N_("One number for the whole batch, the sum of the losses: training makes it smaller."),
    "mean_samples": N_("One number for the whole batch, the mean of the losses: training makes it smaller."),
    "mean_elements": N_(
        "One number for the whole batch, the losses divided by the number of samples and outputs: training makes it "
        "smaller."
    ),
}
ITSELF = N_("With one sample its loss is the cost: training makes it smaller.")
COSTS_OF_ONE = {
    "sum": ITSELF,
    "mean_samples": ITSELF,
    "mean_elements": N_("One number, the loss divided by the number of outputs: training makes it smaller."),
}
"""By the reduction, of a batch and of one sample."""


def cost(_step: Step, view: View) -> Message:
    l2 = (
        say("The term with {rate} makes large weights dear.", view, rate=Symbol("l2")) if view.architecture.l2 else None
    )
    return also(Message((COSTS_OF_ONE if view.single else COSTS)[view.architecture.reduction]), l2)


# Backwards

BACKWARDS = N_("Backwards now. {delta} says how fast the cost rises when a {z} of the output rises.")
TIMES_M = N_(
    "Backwards now. {delta} is {m} times how fast the cost rises when a {z} of the output rises: here the gradients "
    "divide by {m}."
)


def output_error(step: Step, view: View) -> Message:
    here = say(
        TIMES_M if view.divides_gradients else BACKWARDS,
        view,
        delta=of("delta", step, view),
        z=of("Z", step, view),
        m=M,
    )
    if view.architecture.activation(step.layer).name not in view.architecture.loss_entry.pairings:
        return here
    cancels = Message(
        "{activation!c} and this loss were made for each other: their derivatives cancel.",
        activation=activation_of(step, view),
    )
    return also(here, cancels)


def hidden_error(step: Step, view: View) -> Message:
    told = {"delta": of("delta", step, view), "z": of("Z", step, view), "a": of("A", step, view)}
    if not view.architecture.activation(step.layer).elementwise:
        return say(
            "{delta} runs back along the same wires, and through softmax, where every {a} depends on every {z}.",
            view,
            **told,
        )
    return say(
        "{delta} runs back along the same wires; each unit multiplies what comes in by the derivative of its own "
        "{activation}, the factor in its triangle.",
        view,
        activation=activation_of(step, view),
        **told,
    )


def weight_gradient(step: Step, view: View) -> Message:
    l2 = say("The l2 term adds {rate} times the weight.", view, rate=Symbol("l2")) if view.architecture.l2 else None
    return also(gradients.of_weights(view, of("delta", step, view)), l2)


def bias_gradient(step: Step, view: View) -> Message:
    return gradients.of_biases(view, of("delta", step, view))


# The update


def weight_update(_step: Step, _view: View) -> Message:
    return Message("One step downhill: old minus learning rate times gradient.")


def bias_update(_step: Step, _view: View) -> Message:
    return Message("The biases take the same step downhill.")


SENTENCES: dict[str, Callable[[Step, View], Message]] = {
    "affine map": affine_map,
    "activation": activation,
    "loss": loss,
    "cost": cost,
    "output error": output_error,
    "hidden error": hidden_error,
    "weight gradient": weight_gradient,
    "bias gradient": bias_gradient,
    "weight update": weight_update,
    "bias update": bias_update,
}
"""By the name of the equation."""
