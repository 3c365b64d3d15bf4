"""The optimisers, one entry each: their update as equations in the flat vectors, with PyTorch's constants.

``theta`` is θ and ``g`` is ∇J; any other vector that an equation writes is state, zero before the first update. Each
equation is carried out in place, in the order in which it stands, so that a later one reads what an earlier one wrote.
Numbers that change from update to update are symbols too: ``numbers(η, t)`` gives them for the update t = 1, 2, …
"""

from __future__ import annotations

import math

from ...maths.equations import Equation
from ...maths.expressions import Expression, Symbol, apply
from ...maths.messages import N_
from ..updates import Optimizer, g, theta

velocity, mean, square = (Symbol(name) for name in ("velocity", "mean", "square"))
eta, epsilon = Symbol("eta"), Symbol("epsilon")

MOMENTUM = 0.9
BETA_1, BETA_2, ALPHA, EPSILON = 0.9, 0.999, 0.99, 1e-8


def adam_numbers(learning_rate: float, t: int) -> dict[str, float]:
    """Adam's factors 1 − β and its bias corrections, computed outside the vectors, which saves two passes over them."""
    corrected = math.sqrt((1 - BETA_2**t) / (1 - BETA_2))
    return {"eta": learning_rate * corrected * (1 - BETA_1) / (1 - BETA_1**t), "epsilon": EPSILON * corrected}


def rmsprop_numbers(learning_rate: float, _t: int) -> dict[str, float]:
    """The factor 1 − α of the mean square, computed outside the vectors likewise."""
    factor = 1 / math.sqrt(1 - ALPHA)
    return {"eta": learning_rate * factor, "epsilon": EPSILON * factor}


def move(direction: Expression) -> Equation:
    """θ ← θ − η · direction."""
    return Equation("update", theta, theta - eta * direction)


def fading(name: str, vector: Symbol, decay: float, new: Expression) -> Equation:
    """vector ← decay · vector + new: a fading sum, which is 1 / (1 − decay) times a moving mean."""
    return Equation(name, vector, vector * decay + new)


VELOCITY = fading("velocity", velocity, MOMENTUM, g)
ROOT = apply("sqrt", square) + epsilon

OPTIMIZERS = {
    entry.name: entry
    for entry in (
        Optimizer("sgd", N_("gradient descent"), (move(g),)),
        Optimizer("momentum", N_("momentum"), (VELOCITY, move(velocity))),
        Optimizer("nesterov", N_("Nesterov momentum"), (VELOCITY, move(g + MOMENTUM * velocity))),
        Optimizer(
            "adam",
            N_("Adam"),
            (fading("mean", mean, BETA_1, g), fading("mean square", square, BETA_2, g * g), move(mean / ROOT)),
            adam_numbers,
            steady=False,
        ),
        Optimizer(
            "rmsprop", N_("RMSprop"), (fading("mean square", square, ALPHA, g * g), move(g / ROOT)), rmsprop_numbers
        ),
    )
}
