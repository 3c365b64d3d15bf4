"""What every page says of the gradients of weights and biases: for one sample, for a batch, and if they divide by m."""

from __future__ import annotations

from enum import Enum

from ..maths.expressions import Expression
from ..maths.messages import N_, Message
from .plain import M
from .printing.prose import say
from .view import View


class Gathered(Enum):
    """How a gradient is made of the errors of samples."""

    ONE = "one sample"
    ADDED = "added up"
    DIVIDED = "added up and divided"


WEIGHTS = {
    Gathered.ONE: N_("A wire's gradient is the {delta} at its end times what comes in at its start."),
    Gathered.ADDED: N_(
        "A wire's gradient is the {delta} at its end times what comes in at its start, added up over the samples."
    ),
    Gathered.DIVIDED: N_(
        "A wire's gradient is the {delta} at its end times what comes in at its start, added up over the samples and "
        "divided by {m}."
    ),
}
BIASES = {
    Gathered.ONE: N_("A bias is a wire whose input is always 1: for one sample its gradient is {delta} itself."),
    Gathered.ADDED: N_(
        "A bias is a wire whose input is always 1, so its gradient is {delta}, added up over the samples."
    ),
    Gathered.DIVIDED: N_(
        "A bias is a wire whose input is always 1, so its gradient is {delta}, added up over the samples and divided "
        "by {m}."
    ),
}


def of_weights(view: View, delta: str | Expression) -> Message:
    """Of the gradient of the weights, with the error as it is to be called."""
    return say(WEIGHTS[way(view)], view, delta=delta, m=M)


def of_biases(view: View, delta: str | Expression) -> Message:
    return say(BIASES[way(view)], view, delta=delta, m=M)


def way(view: View) -> Gathered:
    return Gathered.ONE if view.single else Gathered.DIVIDED if view.divides_gradients else Gathered.ADDED
