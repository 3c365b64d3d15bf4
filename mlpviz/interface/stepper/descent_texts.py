"""What is said of the steps after the gradients: of an optimiser's rule, and of the second pass."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ...derivation.printing.prose import say
from ...derivation.view import View
from ...maths.equations import DESCENTS, SECOND, Step
from ...maths.expressions import Symbol
from ...maths.messages import N_, Message


@dataclass(frozen=True)
class Said:
    """A step's title and its sentence; ``of_biases`` is the title where it is about biases.

    The sentence may name the layer's {activation}, the parameters of the step with what is kept of them, and the
    optimisers' constants.
    """

    title: str
    sentence: str
    of_biases: str = ""


VELOCITY = Said(
    N_("Velocity of the weights"),
    N_("The velocity keeps {mu} times what it was, and the gradient is added: steps in one direction add up."),
    N_("Velocity of the biases"),
)
SQUARE = Said(
    N_("Mean square of the weights' gradient"),
    N_("How large the gradient of each number has been of late: a moving mean of its square."),
    N_("Mean square of the biases' gradient"),
)
NEW = (N_("New weights"), N_("New biases"))

SAID = {
    ("update", "velocity"): VELOCITY,
    ("update", "moving mean"): Said(
        N_("Mean of the weights' gradient"),
        N_("The gradient of this batch is only a part of it: the rest is what the gradients before have left."),
        N_("Mean of the biases' gradient"),
    ),
    ("update", "moving mean square"): SQUARE,
    ("update", "corrected mean"): Said(
        N_("The mean, corrected"),
        N_("The moving mean began at 0, so it is too small at first: the division makes up for that."),
    ),
    ("update", "corrected mean square"): Said(
        N_("The mean square, corrected"), N_("It began at 0 as well, and is corrected likewise.")
    ),
    ("update", "momentum update"): Said(
        NEW[0], N_("The step goes along the velocity instead of the gradient."), NEW[1]
    ),
    ("update", "Nesterov update"): Said(
        NEW[0], N_("The step goes along the gradient and, once more, along the velocity it leads to."), NEW[1]
    ),
    ("update", "Adam update"): Said(
        NEW[0],
        N_("Each number has a step of its own: its mean gradient over the root of its mean square."),
        NEW[1],
    ),
    ("update", "RMSprop update"): Said(
        NEW[0], N_("Each number has a step of its own: its gradient over the root of its mean square."), NEW[1]
    ),
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


RULE = Said("", N_("One line of the optimiser's rule."))
"""What is said of a line that has no words of its own: its title is its name."""


def said(step: Step) -> Said | None:
    """What is said of a step of an optimiser's rule or of the second pass."""
    own = SAID.get((step.phase, step.equation.name))
    if own is None and step.phase == "update" and step.equation.name not in DESCENTS.values():
        return replace(RULE, title=step.equation.name)
    return own


def title_of(own: Said, step: Step) -> str:
    return own.of_biases if own.of_biases and step.equation.target.name.endswith(" b") else own.title


def sentence_of(own: Said, step: Step, view: View) -> Message:
    activation = Message(view.architecture.activation(step.layer).title)
    return say(own.sentence, view, activation=activation, mu=Symbol("mu"))
