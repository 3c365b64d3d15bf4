"""Who is timed. Each is made from a configuration and its data, and is called once an epoch; it returns the costs.

Every step gathers its samples, computes the cost and its gradient, and updates; the cost of every step is read.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np

from mlpviz.benchmark.configurations import Configuration
from mlpviz.engine.parameters import pairs
from mlpviz.engine.training.training import train

Epoch = Callable[[], list[float]]
"""Trains one more epoch and returns the cost of each step or, for scikit-learn, only their mean."""

Data = tuple[np.ndarray, np.ndarray]
FOREVER = 1_000_000


def mlpviz(
    configuration: Configuration, data: Data, threads: int | None, shuffle: bool, compiled: bool = False
) -> Epoch:
    records = train(
        configuration.parameters(), *data, configuration.optimizer, configuration.learning_rate,
        configuration.batch_size, FOREVER, shuffle, threads=threads, compiled=compiled,
    )  # fmt: skip

    def epoch() -> list[float]:
        costs: list[float] = next(records).costs.tolist()
        return costs

    return epoch


def batches(configuration: Configuration, shuffle: bool) -> Iterator[np.ndarray]:
    """The samples of every step of one epoch, shuffled anew for each."""
    m = configuration.steps * configuration.batch_size
    order = np.random.default_rng(2).permutation(m) if shuffle else np.arange(m)
    return iter(order.reshape(configuration.steps, configuration.batch_size))


def weights(configuration: Configuration) -> list[np.ndarray]:
    """The initial W[1], b[1], W[2], …; every b is a row."""
    start = configuration.parameters()
    return [array.copy() for l in range(1, len(start.W)) for array in (start.W[l], start.b[l])]


def products(configuration: Configuration, _data: Data, _threads: int | None, _shuffle: bool) -> Epoch:
    """Only the matrix products of a step: the lower bound of any implementation on this BLAS."""
    m, one = configuration.batch_size, np.float32
    calls: list[Callable[[], Any]] = []
    for layer, (below, n) in enumerate(pairs(configuration.widths)):
        A, Z, W = np.ones((m, below), one), np.ones((m, n), one), np.ones((n, below), one)
        calls += [partial(A.dot, W.T, Z.copy()), partial(Z.T.dot, A, W.copy())]
        calls += [partial(Z.dot, W, A.copy())] if layer else []

    def epoch() -> list[float]:
        for _ in range(configuration.steps):
            for call in calls:
                call()
        return []

    return epoch


def torch_eager(configuration: Configuration, data: Data, threads: int | None, shuffle: bool) -> Epoch:
    """PyTorch as it is usually written: a Sequential, a loss, torch.optim."""
    from mlpviz.benchmark import torch_steps

    return torch_steps.eager(configuration, data, threads, partial(batches, configuration, shuffle))


def torch_compiled(configuration: Configuration, data: Data, threads: int | None, shuffle: bool) -> Epoch:
    """PyTorch with gradient and update in one compiled graph."""
    from mlpviz.benchmark import torch_steps

    return torch_steps.compiled(configuration, data, threads, partial(batches, configuration, shuffle))


def jax_jit(configuration: Configuration, data: Data, _threads: int | None, shuffle: bool) -> Epoch:
    """JAX with gradient and update in one jitted step."""
    from mlpviz.benchmark import jax_steps

    return jax_steps.per_step(configuration, data, partial(batches, configuration, shuffle))


def jax_scan(configuration: Configuration, data: Data, _threads: int | None, shuffle: bool) -> Epoch:
    """JAX with a whole epoch in one jitted scan."""
    from mlpviz.benchmark import jax_steps

    return jax_steps.per_epoch(configuration, data, partial(batches, configuration, shuffle))


def sklearn(configuration: Configuration, data: Data, _threads: int | None, shuffle: bool) -> Epoch:
    """scikit-learn's MLPClassifier, one pass of ``fit`` an epoch."""
    from mlpviz.benchmark import sklearn_steps

    return sklearn_steps.epochs(configuration, data, shuffle)


CONTESTANTS: dict[str, tuple[Callable[..., Epoch], str | None]] = {
    "mlpviz": (mlpviz, None),
    "mlpviz compiled": (partial(mlpviz, compiled=True), "numba"),
    "products alone": (products, None),
    "PyTorch eager": (torch_eager, "torch"),
    "PyTorch compiled": (torch_compiled, "torch"),
    "JAX step": (jax_jit, "jax"),
    "JAX scan": (jax_scan, "jax"),
    "scikit-learn": (sklearn, "sklearn"),
}
"""Each contestant with the package that it needs."""


def available(name: str) -> bool:
    package = CONTESTANTS[name][1]
    return package is None or importlib.util.find_spec(package) is not None
