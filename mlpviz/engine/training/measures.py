"""What can be told of a network after an epoch beside its cost; each is computed only if it is asked for."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from mlpviz.engine.backend import backend
from mlpviz.engine.evaluate import evaluate
from mlpviz.engine.passes import forward
from mlpviz.engine.trace import Trace
from mlpviz.engine.training.evaluation import Evaluation, gathering
from mlpviz.maths.activations import a, z

if TYPE_CHECKING:
    from mlpviz.engine.training.training import Training

LOOKED_AT = 1000
"""Samples of the training data, the first ones, on which the units are watched."""

SATURATED = 0.05
"""A unit is saturated by a sample if |f′(z)| is at most this share of f′(0)."""


def accuracy(training: Training) -> float | None:
    """The share of the training samples that are answered right; None if Y holds no classes."""
    return training.prepared("accuracy", lambda: all_samples(training)).cost_and_accuracy()[1]


def all_samples(training: Training) -> Evaluation:
    """The training data, to be looked at without training."""
    return Evaluation(training.parameters, training.X, training.Y, np.sort(training.order))


def gradient_norms(training: Training) -> tuple[float, ...]:
    """‖∂J/∂(W[l], b[l])‖ for l = 1…L, of the epoch's last step."""
    trace, host = training.last.trace, backend(training.parameters.device).arrays.to_host
    layers = zip(trace.dW[1:], trace.db[1:], strict=True)
    return tuple(math.hypot(*(float(np.linalg.norm(host(x))) for x in pair if x is not None)) for pair in layers)


def dead_units(training: Training) -> tuple[int, ...]:
    """For l = 1…L, how many units have f′(z) = 0 at every sample looked at, so that nothing can reach them."""
    return tuple(int((slope == 0).all(0).sum()) for slope, _ in slopes(training))


def saturation(training: Training) -> tuple[float, ...]:
    """For l = 1…L, the share of units and samples with f′(z) near 0 where f′(0) is not: far out on a sigmoid, say."""
    return tuple(
        float((np.abs(slope) <= SATURATED * middle).mean()) if middle > 0 else 0.0 for slope, middle in slopes(training)
    )


def slopes(training: Training) -> list[tuple[np.ndarray, float]]:
    """f′(Z[l]) on the samples looked at, and f′(0), for l = 1…L; softmax, which has no such f′, counts as 1."""
    trace = training.prepared("probe", lambda: probe(training))
    forward(trace)
    host = backend(training.parameters.device).arrays.to_host
    return [slope(trace.architecture.activation(l), host(trace.Z[l]), host(trace.A[l])) for l in range(1, len(trace.A))]


def slope(activation: Any, Z: np.ndarray, A: np.ndarray) -> tuple[np.ndarray, float]:
    """f′ of one layer, and at 0."""
    if activation.slope is None:
        return np.ones_like(Z), 0.0
    zero = np.zeros((1, 1))
    at_zero = {z: zero, a: np.asarray(evaluate(activation.formula, lambda symbol: zero))}
    found = evaluate(activation.slope, lambda symbol: {z: Z, a: A}[symbol])
    return np.broadcast_to(found, Z.shape), float(np.max(evaluate(activation.slope, lambda symbol: at_zero[symbol])))


def probe(training: Training) -> Trace:
    """A trace that holds the samples looked at."""
    rows = np.sort(training.order)[:LOOKED_AT]
    trace = Trace(training.parameters, len(rows))
    gathering(trace, training.X, training.Y)(backend(training.parameters.device).arrays.asarray(rows, "int64"))
    return trace


MEASURES: dict[str, Callable[[Training], Any]] = {
    function.__name__: function for function in (accuracy, gradient_norms, dead_units, saturation)
}
