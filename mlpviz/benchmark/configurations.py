"""What is timed: networks, batches and optimisers from a handful of numbers to a hundred billion operations a step."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np

from mlpviz.engine.initializers import initialize
from mlpviz.engine.parameters import Parameters
from mlpviz.maths.architecture import Architecture


class NotComparable(ValueError):
    """A library cannot train a configuration; the message says what it lacks."""


@dataclass(frozen=True)
class Configuration:
    """A network, a batch size, an optimiser and the steps of an epoch; every cost is a mean over samples."""

    name: str
    widths: tuple[int, ...]
    output: str
    loss: str
    batch_size: int
    optimizer: str
    learning_rate: float
    steps: int

    @property
    def architecture(self) -> Architecture:
        """The network, with ReLU in its hidden layers."""
        hidden = ("relu",) * (len(self.widths) - 2)
        return Architecture(self.widths, (*hidden, self.output), self.loss, "mean_samples")

    def parameters(self) -> Parameters:
        """The initial parameters, the same for all contestants."""
        return initialize(self.architecture, "he_normal", 0, "float32")

    def data(self) -> tuple[np.ndarray, np.ndarray]:
        """Normal inputs, and labels from a random linear map with noise, so that no cost goes to 0."""
        generator, m = np.random.default_rng(1), self.steps * self.batch_size
        X = generator.standard_normal((m, self.widths[0]), np.float32)
        scores = X @ generator.standard_normal((self.widths[0], self.widths[-1]), np.float32)
        scores += scores.std() * generator.standard_normal(scores.shape, np.float32)
        if self.output == "softmax":
            return X, np.eye(self.widths[-1], dtype=np.float32)[scores.argmax(1)]
        return X, (scores > 0).astype(np.float32)


CONFIGURATIONS = {
    entry.name: entry
    for entry in (
        Configuration("a", (2, 3, 2), "sigmoid", "half_squared_error", 1, "sgd", 0.1, 1000),
        Configuration("b", (2, 8, 8, 2), "sigmoid", "binary_cross_entropy", 32, "momentum", 0.01, 500),
        Configuration("c", (64, 128, 10), "softmax", "cross_entropy", 128, "adam", 1e-3, 100),
        Configuration("d", (256, 128, 64, 10), "softmax", "cross_entropy", 256, "momentum", 0.01, 50),
        Configuration("e", (784, 512, 512, 10), "softmax", "cross_entropy", 1024, "adam", 1e-3, 16),
        Configuration("f", (784, 2048, 2048, 10), "softmax", "cross_entropy", 4096, "adam", 1e-4, 4),
    )
}


@contextmanager
def one_thread(limited: bool) -> Iterator[None]:
    """Limit every library that allows it to one thread inside the block."""
    if not limited:
        yield
        return
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1):
        yield
