"""The numbers of a learner's formula on their own network, beside the engine's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from ..engine.parameters import Parameters
from ..maths.expressions import Symbol
from .checker.networks import MOST_SAMPLES, Own
from .checker.question import OWN_TOLERANCE
from .checker.values import Evaluator
from .checker.verdict import Verdict
from .notation import Notation


@dataclass(frozen=True)
class Comparison:
    """What a formula gives and what the engine has, both as the notation shows them.

    ``value`` is None if the formula does not multiply here; ``differs`` marks the entries that are not the engine's,
    and is None where the shapes differ. ``samples`` is how many samples were taken, of a very large batch the first.
    """

    target: Symbol
    goal: Any
    value: Any
    differs: Any
    samples: int


def compared(verdict: Verdict, notation: Notation, parameters: Parameters, X: Any, Y: Any) -> Comparison:
    """The comparison for a formula that has been read; samples are rows of X and Y."""
    own = Own(parameters.architecture, parameters, X, Y)
    most = 1 if verdict.single else MOST_SAMPLES
    network = own.network(most)
    evaluator = Evaluator(network, notation.transposed)
    with np.errstate(all="ignore"):
        goal = np.atleast_2d(evaluator.value(verdict.target))
        value = None if verdict.expression is None else evaluator.value(verdict.expression)
        value = None if value is None else np.atleast_2d(value)
        differs = None if value is None or value.shape != goal.shape else different(value, goal)
    return Comparison(verdict.target, goal, value, differs, network.batch_size)


def different(value: Any, goal: Any) -> Any:
    """Where two arrays of one shape differ by more than rounding; two infinities of one sign, or two NaN, are alike."""
    close = np.abs(value - goal) <= OWN_TOLERANCE * max(float(np.nanmax(np.abs(goal))), 1e-30)
    alike = (value == goal) | (np.isnan(value) & np.isnan(goal))
    return ~(close | alike)
