"""The arrays that a setup describes."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..engine.descent import Stand
from ..engine.initializers import initialize
from ..engine.parameters import Parameters
from ..engine.training.optimizers import OPTIMIZERS
from .checks import architecture_of
from .setup import Setup


def drawn_parameters(setup: Setup, dtype: str = "float64") -> Parameters:
    """The parameters as the initializer draws them, without the given entries."""
    return initialize(architecture_of(setup), setup.initializer, seed=setup.seed, dtype=dtype)


def parameters_of(setup: Setup, dtype: str = "float64") -> Parameters:
    """The setup's parameters: drawn, then overwritten by the given entries; entries of absent biases are skipped."""
    parameters = drawn_parameters(setup, dtype)
    for (letter, l, row, column), value in setup.entries.items():
        array = (parameters.W if letter == "W" else parameters.b)[l]
        if array is not None:
            array[row, column] = value
    return parameters


def stand_of(setup: Setup) -> Stand:
    """Where the setup's optimiser stands: as a run has left it, or before its first update."""
    optimizer, count = OPTIMIZERS[setup.optimizer], architecture_of(setup).parameter_count
    kept = dict(zip(optimizer.state, map(np.array, setup.optimizer_state), strict=False))
    fits = [len(vector) for vector in kept.values()] == [count] * len(optimizer.state)
    state = kept if fits else {name: np.zeros(count) for name in optimizer.state}
    return optimizer.stand(setup.updates + 1 if fits else 1, state, ["b"] if setup.freeze_biases else [])


def data_of(setup: Setup, dtype: str = "float64") -> tuple[Any, Any]:
    """X and Y as arrays, one row a sample."""
    return np.array(setup.X, dtype=dtype), np.array(setup.Y, dtype=dtype)
