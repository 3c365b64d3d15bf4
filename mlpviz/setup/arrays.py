"""The arrays that a setup describes."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..engine.initializers import initialize
from ..engine.parameters import Parameters
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


def data_of(setup: Setup, dtype: str = "float64") -> tuple[Any, Any]:
    """X and Y as arrays, one row a sample."""
    return np.array(setup.X, dtype=dtype), np.array(setup.Y, dtype=dtype)
