"""How long a training step takes on a device against the batch size, and where one device overtakes another."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from ...maths.architecture import Architecture
from ..initializers import initialize
from ..timing import seconds_each
from .settings import Settings
from .training import Training

ROWS, STEPS = 8192, 4
"""The fewest samples and steps of an epoch, so that the work done once per epoch weighs little."""

DRAWN = 4096
"""Samples that are drawn and then repeated: the speed of a step does not depend on their values."""

STILL = 1e-9
"""A learning rate at which nothing diverges, however the losses are added up; an update takes equally long at any."""

ENDLESS = 10**9


def samples(architecture: Architecture, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Normal inputs, and targets of 0 and 1, which every loss accepts."""
    generator, drawn = np.random.default_rng(0), min(count, DRAWN)
    X = generator.standard_normal((drawn, architecture.widths[0]), np.float32)
    Y = (generator.random((drawn, architecture.widths[-1])) < 0.5).astype(np.float32)
    return np.resize(X, (count, X.shape[1])), np.resize(Y, (count, Y.shape[1]))


def endless_training(architecture: Architecture, batch_size: int, device: str = "cpu") -> Training:
    """A float32 run by gradient descent without a practical end."""
    data = samples(architecture, batch_size * max(STEPS, ROWS // batch_size))
    parameters = initialize(architecture, "xavier_normal", 0, "float32", device)
    return Training(parameters, *data, Settings("sgd", STILL, batch_size, ENDLESS, False, compiled=False))


def seconds_a_step(training: Training, seconds: float) -> float:
    """The shortest mean time of a step, of rounds of about ``seconds`` each; costs are read at the end of an epoch."""

    def advance(left: float) -> int:
        before = training.step
        training.advance(seconds=left)
        return training.step - before

    return seconds_each(advance, seconds)


def crossover(sizes: Sequence[float], times: Sequence[float], others: Sequence[float]) -> float:
    """The size from which ``others`` are shorter than ``times``: of several crossings the last.

    It is interpolated between two sizes on logarithmic axes. 0 if ``others`` are shorter at every size, infinite if
    they are not at the largest.
    """
    gains = [math.log(time / other) for time, other in zip(times, others, strict=True)]
    points = list(zip(map(math.log, sizes), gains, strict=True))
    if gains[-1] <= 0:
        return math.inf
    behind = [(low, high) for low, high in pairwise(points) if low[1] <= 0 < high[1]]
    if not behind:
        return 0.0
    (x, gain), (next_x, next_gain) = behind[-1]
    return math.exp(x - gain * (next_x - x) / (next_gain - gain))
