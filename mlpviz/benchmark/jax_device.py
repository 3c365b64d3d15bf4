"""The steps of JAX on a GPU, where the host reads nothing before the end of an epoch."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import numpy as np

from mlpviz.benchmark.configurations import Configuration, NotComparable

os.environ.setdefault("XLA_PYTHON_CLIENT_PREALLOCATE", "false")  # else JAX takes most of the memory when it is loaded

import jax
import jax.numpy as jnp

from mlpviz.benchmark.jax_steps import Batches, one_step, start

Epoch = Callable[[], list[float]]

PLATFORMS = {"cpu": "cpu", "cuda": "gpu"}
"""JAX's names of the devices."""


def per_step(configuration: Configuration, data: Any, batches: Batches, device: str) -> Epoch:
    """One jitted call a step; the step's number and cost stay on the device."""
    step, run = one_step(configuration), JaxRun(configuration, data, batches, device)

    def advance(carried: Any, X: Any, Y: Any, order: Any) -> Any:
        state, i, costs = carried
        state, cost = step(state, X[order[i]], Y[order[i]])
        return state, i + 1, costs.at[i].set(cost)

    jitted = jax.jit(advance, donate_argnums=0)

    def epoch() -> list[float]:
        order = run.order()
        carried = run.state, jnp.zeros((), jnp.int32), jnp.zeros(configuration.steps, jnp.float32)
        for _ in range(configuration.steps):
            carried = jitted(carried, run.X, run.Y, order)
        run.state, _, costs = carried
        return np.asarray(costs).tolist()

    return run.there(epoch)


def per_epoch(configuration: Configuration, data: Any, batches: Batches, device: str) -> Epoch:
    """One jitted scan an epoch."""
    step, run = one_step(configuration), JaxRun(configuration, data, batches, device)

    def advance(state: Any, X: Any, Y: Any, order: Any) -> Any:
        return jax.lax.scan(lambda state, rows: step(state, X[rows], Y[rows]), state, order)

    jitted = jax.jit(advance, donate_argnums=0)

    def epoch() -> list[float]:
        run.state, costs = jitted(run.state, run.X, run.Y, run.order())
        return np.asarray(costs).tolist()

    return run.there(epoch)


class JaxRun:
    """The data and order of an epoch on one device.

    Raises NotComparable if JAX does not have that device.
    """

    def __init__(self, configuration: Configuration, data: Any, batches: Batches, device: str) -> None:
        try:
            self.device = jax.devices(PLATFORMS[device])[0]
        except RuntimeError:
            raise NotComparable("the JAX that is installed finds no GPU") from None
        self.batches = batches
        with jax.default_device(self.device):
            self.X, self.Y = map(jnp.asarray, data)
            self.state = start(configuration)

    def order(self) -> Any:
        """The rows of every step, on the device."""
        return jnp.asarray(np.stack(list(self.batches())).astype(np.int32))

    def there(self, epoch: Epoch) -> Epoch:
        """Run an epoch with all its new arrays on the device."""

        def placed() -> list[float]:
            with jax.default_device(self.device):
                return epoch()

        return placed


def set_precision(tf32: bool) -> None:
    """Multiply float32 numbers in full or with TensorFloat-32, which is JAX's default on a GPU."""
    jax.config.update("jax_default_matmul_precision", "tensorfloat32" if tf32 else "highest")
