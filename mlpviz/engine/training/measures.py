"""What can be told of a network after an epoch beside its cost, one row each; computed only if it is asked for."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from ...maths.activations import a, z
from ...maths.messages import N_
from ..arrays import Array
from ..evaluate import evaluate
from ..parameters import Parameters
from ..passes import forward
from ..trace import Trace
from .evaluation import Evaluation, gathering

LOOKED_AT = 1000
"""The number of training samples, from the first, on which units are watched."""

SATURATED = 0.05
"""A unit is saturated by a sample if |f′(z)| is at most this share of f′(0)."""


@dataclass(frozen=True, eq=False)
class Probe:
    """What a measure looks at: the network, all samples X (m, n_0) and Y (m, n_L), the numbers of those that are
    trained on, and the ``trace`` of the epoch's last step.
    """

    parameters: Parameters
    X: Array
    Y: Array
    order: np.ndarray
    trace: Trace

    def on_host(self, values: Array) -> np.ndarray:
        return self.parameters.arrays.to_host(values)

    @cached_property
    def training_data(self) -> Evaluation:
        """The training data, to be looked at without training."""
        return Evaluation(self.parameters, self.X, self.Y, np.sort(self.order))

    @cached_property
    def first_samples(self) -> Trace:
        rows = np.sort(self.order)[:LOOKED_AT]
        trace = Trace(self.parameters, len(rows))
        gathering(trace, self.X, self.Y)(self.parameters.arrays.asarray(rows, "int64"))
        return trace

    def slopes(self) -> list[tuple[np.ndarray, float]]:
        """f′(Z[l]) on the first samples, and f′(0), for l = 1…L; softmax, which has no such f′, counts as 1."""
        trace = self.first_samples
        forward(trace)
        layers = range(1, len(trace.A))
        return [slope(trace.architecture.activation(l), *map(self.on_host, (trace.Z[l], trace.A[l]))) for l in layers]


def accuracy(probe: Probe) -> float | None:
    """The share of the training samples that are answered right; None if Y holds no classes."""
    return probe.training_data.cost_and_accuracy()[1]


def gradient_norms(probe: Probe) -> tuple[float, ...]:
    layers = zip(probe.trace.dW[1:], probe.trace.db[1:], strict=True)
    return tuple(
        math.hypot(*(float(np.linalg.norm(probe.on_host(x))) for x in pair if x is not None)) for pair in layers
    )


def dead_units(probe: Probe) -> tuple[int, ...]:
    """For l = 1…L, the number of units with f′(z) = 0 at every watched sample, through which no gradient flows."""
    return tuple(int((slope == 0).all(0).sum()) for slope, _ in probe.slopes())


def saturation(probe: Probe) -> tuple[float, ...]:
    """For l = 1…L, the share of units and samples with f′(z) near 0 although f′(0) is not, as far out on a sigmoid."""
    return tuple(
        float((np.abs(slope) <= SATURATED * middle).mean()) if middle > 0 else 0.0 for slope, middle in probe.slopes()
    )


def slope(activation: Any, Z: np.ndarray, A: np.ndarray) -> tuple[np.ndarray, float]:
    """f′ of one layer, and at 0."""
    if activation.slope is None:
        return np.ones_like(Z), 0.0
    zero = np.zeros((1, 1))
    at_zero = {z: zero, a: np.asarray(evaluate(activation.formula, lambda symbol: zero))}
    values = evaluate(activation.slope, lambda symbol: {z: Z, a: A}[symbol])
    return np.broadcast_to(values, Z.shape), float(np.max(evaluate(activation.slope, lambda symbol: at_zero[symbol])))


@dataclass(frozen=True)
class Series:
    """A quantity followed over the epochs, and how it is drawn: as one curve or, if ``per_layer``, one for each layer.

    ``axis`` says what is drawn up to ``top``, and ``log`` whether decades help. ``curve`` is its name in links, if
    that is not its own.
    """

    name: str
    title: str
    axis: str
    per_layer: bool = False
    top: float | None = None
    log: bool = True
    curve: str = ""


@dataclass(frozen=True, kw_only=True)
class Metric(Series):
    """``compute`` measures a network after an epoch: a number, or one for each l = 1…L.

    ``classes``: only where Y holds classes; ``costly``: an epoch of a small network takes about twice as long.
    """

    compute: Callable[[Probe], Any]
    classes: bool = False
    costly: bool = False


COST = Series("cost", N_("Cost"), N_("cost"))

MEASURES = {
    measure.name: measure
    for measure in (
        Metric("accuracy", N_("Accuracy"), N_("share of right answers"), top=1.0, log=False,
               compute=accuracy, classes=True),
        Metric("gradient_norms", N_("Gradients"), N_("norm of the gradient"), per_layer=True,
               compute=gradient_norms, curve="gradients"),
        Metric("dead_units", N_("Dead units"), N_("units that no sample reaches"), per_layer=True, log=False,
               compute=dead_units, costly=True, curve="dead"),
        Metric("saturation", N_("Saturation"), N_("share with f′(z) near 0"), per_layer=True, top=1.0, log=False,
               compute=saturation, costly=True),
    )
}  # fmt: skip

SPREAD = Series("spread", N_("Costs"), N_("cost"), per_layer=True)
"""What is told of the costs of many networks at once: their quantiles."""

CURVES: dict[str, Series] = {each.curve or each.name: each for each in (COST, *MEASURES.values())}
"""The curves over the epochs, by their names in links."""
