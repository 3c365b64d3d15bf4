"""The numbers of a learner's formula on their own network, beside the engine's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..engine.parameters import Parameters
from ..maths.architecture import Architecture
from ..maths.expressions import Expression, Symbol
from .checker.networks import MOST_SAMPLES, Network, Own, random_network, random_networks, smoothed
from .checker.question import OWN_TOLERANCE
from .checker.room import Room
from .checker.values import Evaluator
from .checker.verdict import Verdict
from .notation import Notation


@dataclass(frozen=True)
class Comparison:
    """What a formula gives and what the engine has, both as the notation shows them.

    ``value`` is None if the formula does not multiply here, or would take more numbers than one may; ``differs`` marks
    the entries that are not the engine's, and is None where the shapes differ. ``samples`` is how many samples were
    taken, of a very large batch the first.
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
    return on(own.network(most), verdict.target, verdict.expression, notation)


def on(network: Network, target: Symbol, tree: Expression | None, notation: Notation) -> Comparison:
    """What a tree gives on one network, beside the target there."""
    evaluator = Evaluator(network, notation.transposed, notation.multiplied, Room())
    with np.errstate(all="ignore"):
        goal = np.atleast_2d(evaluator.value(target))
        value = None if tree is None else evaluator.value(tree)
        value = None if value is None else np.atleast_2d(value)
        differs = None if value is None or value.shape != goal.shape else different(value, goal)
    return Comparison(target, goal, value, differs, network.batch_size)


def compared_elsewhere(verdict: Verdict, notation: Notation, architecture: Architecture, m: int) -> Comparison | None:
    """The comparison on a second network, for a formula that is right by accident on one with ``m`` samples.

    It has the same widths, one sample more and smooth activations; where the formula is right there, too, other widths.
    It is None where all of them agree.
    """
    if "accident" not in verdict.causes or not verdict.factors:
        return None
    for network in others(architecture, m, verdict.single):
        comparison = on(network, verdict.target, verdict.factors[0].node, notation)
        if comparison.differs is None or comparison.differs.any():
            return comparison
    return None


def others(architecture: Architecture, m: int, single: bool) -> Iterator[Network]:
    """Random networks to hold a formula against, the most alike first."""
    yield random_network(smoothed(architecture), 0, m=1 if single else min(m, MOST_ALIKE) + 1)
    yield from random_networks(architecture, single)


MOST_ALIKE = 4
"""Most samples that a second network has besides one more: its numbers are to be looked at."""


def different(value: Any, goal: Any) -> Any:
    """Where two arrays of one shape differ by more than rounding; two infinities of one sign, or two NaN, are alike."""
    close = np.abs(value - goal) <= OWN_TOLERANCE * max(float(np.nanmax(np.abs(goal))), 1e-30)
    alike = (value == goal) | (np.isnan(value) & np.isnan(goal))
    return ~(close | alike)
