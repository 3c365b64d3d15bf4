"""Many networks at once, timed per network and step, beside JAX's vmap of a scan; equal costs first."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from dataclasses import replace
from statistics import median
from time import process_time
from typing import Any

import numpy as np

from mlpviz.benchmark.configurations import CONFIGURATIONS, Configuration, one_thread
from mlpviz.engine.initializers import initialize
from mlpviz.engine.training.settings import Settings
from mlpviz.engine.training.starts import Starts
from mlpviz.engine.training.training import Training

LETTERS, COUNTS = ("a", "b"), (256, 4096)
"""The networks, and how many of them at once."""

TOLERANCE = 1e-3
"""The accepted relative difference of the costs of the first epoch, in float32."""

EPOCHS = 1_000_000

Epoch = Callable[[], np.ndarray]
"""Trains all networks for one more epoch; returns their mean costs."""


def first_weights(configuration: Configuration, count: int) -> np.ndarray:
    each = (initialize(configuration.architecture, "he_normal", seed, "float32").flat for seed in range(count))
    return np.array(list(each))


def mlpviz(configuration: Configuration, count: int, compiled: bool) -> Epoch:
    settings = Settings(
        configuration.optimizer, configuration.learning_rate, configuration.batch_size, EPOCHS, False,
        compiled=compiled,
    )  # fmt: skip
    rates = np.full(count, configuration.learning_rate)
    theta = first_weights(configuration, count)
    starts = Starts(configuration.architecture, theta, *configuration.data(), settings, rates, "float32")

    def epoch() -> np.ndarray:
        while not starts.advance(steps=configuration.steps - starts.position) and starts.position:
            pass
        return starts.sums.copy()

    return epoch


def one_after_another(configuration: Configuration, _count: int) -> Epoch:
    """A single run, as machine code: what each of the networks takes alone."""
    settings = Settings(
        configuration.optimizer, configuration.learning_rate, configuration.batch_size, EPOCHS, False, compiled=True
    )
    parameters = initialize(configuration.architecture, "he_normal", 0, "float32")
    training = Training(parameters, *configuration.data(), settings)

    def epoch() -> np.ndarray:
        record = training.advance()
        assert record is not None
        return np.array([record.cost])

    return epoch


def jax(configuration: Configuration, count: int) -> Epoch:
    from mlpviz.benchmark import jax_steps

    return jax_steps.many(configuration, first_weights(configuration, count))


CONTESTANTS: dict[str, tuple[Callable[[Configuration, int], Epoch], str]] = {
    "NumPy": (lambda configuration, count: mlpviz(configuration, count, False), "numpy"),
    "machine code": (lambda configuration, count: mlpviz(configuration, count, True), "numba"),
    "one after another": (one_after_another, "numba"),
    "JAX vmap, scan": (jax, "jax"),
}
"""Each contestant with the package that it needs."""


def compare(letter: str, count: int, rounds: int) -> dict[str, float]:
    """Microseconds of the processor's for each network and step.

    Raises ValueError if somebody's costs are others than ours.
    """
    configuration = replace(CONFIGURATIONS[letter], steps=100)
    with one_thread(True):
        epochs = {
            name: make(configuration, count)
            for name, (make, package) in CONTESTANTS.items()
            if importlib.util.find_spec(package)
        }
        costs = {name: epoch() for name, epoch in epochs.items()}
        check(costs)
        seconds: dict[str, list[float]] = {name: [] for name in epochs}
        for _ in range(rounds):
            for name, epoch in epochs.items():
                begun, made = process_time(), 0
                while made == 0 or process_time() - begun < 0.1:
                    epoch()
                    made += 1
                networks = 1 if name == "one after another" else count
                seconds[name].append((process_time() - begun) / (made * configuration.steps * networks))
    return {name: 1e6 * median(times) for name, times in seconds.items()}


def check(costs: dict[str, Any]) -> None:
    """Raises ValueError if somebody's costs are others than ours."""
    for name, found in costs.items():
        ours = costs["NumPy"][: len(found)]
        if not np.allclose(found, ours, rtol=TOLERANCE, atol=0):
            worst = float(np.max(np.abs(np.array(found) / ours - 1)))
            raise ValueError(f"the costs of {name} differ from ours by a factor of up to {1 + worst:.9f}")


def table(rounds: int) -> str:
    """Microseconds for each network and step as a Markdown table."""
    names = [name for name, (_make, package) in CONTESTANTS.items() if importlib.util.find_spec(package)]
    head = ["", "network", "batch", "optimiser", "networks", *names]
    lines = [f"| {' | '.join(head)} |", "|" + "---|" * len(head)]
    for letter in LETTERS:
        given = CONFIGURATIONS[letter]
        for count in COUNTS:
            found = compare(letter, count, rounds)
            cells = [letter, "-".join(map(str, given.widths)), str(given.batch_size), given.optimizer, f"{count:,}"]
            lines.append(f"| {' | '.join([*cells, *(f'{found[name]:.3g}' for name in names)])} |")
            print(lines[-1], flush=True)
    return "\n".join(lines)
