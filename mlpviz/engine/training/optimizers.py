"""The optimisers, one entry each: their update as equations in the flat vectors, with PyTorch's constants.

Each has its definition in the field's terms (Kingma and Ba 2015, algorithm 1, for Adam), which is what is shown, and
beside it the equations that a run computes it by; a test holds the two together.

``theta`` is θ and ``g`` is ∇J; any other vector that an equation writes is state, zero before the first update. Each
equation is carried out in place, in the order in which it stands, so that a later one reads what an earlier one wrote.
Numbers that change from update to update are symbols too: ``numbers(η, t)`` gives them for the update t = 1, 2, …, and
in a definition they are expressions in t.
"""

from __future__ import annotations

import math
import sys

from ...maths.equations import Equation, learning_rate, new_theta, theta
from ...maths.equations import gradient as g
from ...maths.expressions import Expression, Symbol, apply
from ...maths.messages import N_
from ..descent import t
from ..updates import Optimizer

velocity, mean, square = (Symbol(name) for name in ("velocity", "mean", "square"))
eta, epsilon = Symbol("eta"), Symbol("epsilon")

MOMENTUM = 0.9
BETA_1, BETA_2, ALPHA, EPSILON = 0.9, 0.999, 0.99, 1e-8


SETTLED = math.ceil(math.log(sys.float_info.epsilon / 4) / math.log(max(BETA_1, BETA_2)))
"""The updates after which 1 − βᵗ is exactly 1 for both β."""


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


mu, alpha, beta_1, beta_2 = Symbol("mu"), Symbol("alpha"), Symbol("beta_1"), Symbol("beta_2")
new_velocity, new_mean, new_square = (Symbol(f"new {each.name}") for each in (velocity, mean, square))
corrected_mean, corrected_square = (Symbol(f"corrected {each.name}") for each in (mean, square))


def moved(name: str, direction: Expression) -> Equation:
    """new θ = θ − η · direction."""
    return Equation(name, new_theta, theta - learning_rate * direction)


def moving(name: str, vector: Symbol, decay: Symbol, value: Expression) -> Equation:
    """new vector = decay · vector + (1 − decay) · value: a moving mean."""
    return Equation(name, Symbol(f"new {vector.name}"), decay * vector + (1 - decay) * value)


def corrected(name: str, vector: Symbol, decay: Symbol) -> Equation:
    """The moving mean without its bias towards the 0 from which it started: divided by 1 − decayᵗ."""
    corrected_vector, kept = Symbol(f"corrected {vector.name}"), Symbol(f"new {vector.name}")
    return Equation(name, corrected_vector, kept / (1 - power(decay).target))


def power(base: Symbol) -> Equation:
    """baseᵗ = e to the power of t · log base, t being the number of the update."""
    return Equation("power", Symbol(f"{base.name}^t"), apply("exp", t * apply("log", base)))


def root(vector: Symbol) -> Expression:
    return apply("sqrt", vector) + epsilon


RULE_OF_VELOCITY = Equation("velocity", new_velocity, mu * velocity + g)

VELOCITY = fading("velocity", velocity, MOMENTUM, g)
ROOT = apply("sqrt", square) + epsilon

OPTIMIZERS = {
    entry.name: entry
    for entry in (
        Optimizer("sgd", N_("gradient descent"), (move(g),)),
        Optimizer(
            "momentum",
            N_("momentum"),
            (VELOCITY, move(velocity)),
            rule=(RULE_OF_VELOCITY, moved("momentum update", new_velocity)),
            constants={mu.name: MOMENTUM},
        ),
        Optimizer(
            "nesterov",
            N_("Nesterov momentum"),
            (VELOCITY, move(g + MOMENTUM * velocity)),
            rule=(RULE_OF_VELOCITY, moved("Nesterov update", g + mu * new_velocity)),
            constants={mu.name: MOMENTUM},
        ),
        Optimizer(
            "adam",
            N_("Adam"),
            (fading("mean", mean, BETA_1, g), fading("mean square", square, BETA_2, g * g), move(mean / ROOT)),
            adam_numbers,
            settled=SETTLED,
            rule=(
                moving("moving mean", mean, beta_1, g),
                moving("moving mean square", square, beta_2, g * g),
                corrected("corrected mean", mean, beta_1),
                corrected("corrected mean square", square, beta_2),
                moved("Adam update", corrected_mean / root(corrected_square)),
            ),
            constants={beta_1.name: BETA_1, beta_2.name: BETA_2, epsilon.name: EPSILON},
            varying=(power(beta_1), power(beta_2)),
            factors={"mean": 1 - BETA_1, "square": 1 - BETA_2},
        ),
        Optimizer(
            "rmsprop",
            N_("RMSprop"),
            (fading("mean square", square, ALPHA, g * g), move(g / ROOT)),
            rmsprop_numbers,
            rule=(moving("moving mean square", square, alpha, g * g), moved("RMSprop update", g / root(new_square))),
            constants={alpha.name: ALPHA, epsilon.name: EPSILON},
            factors={"square": 1 - ALPHA},
        ),
    )
}
