"""The arrays that a setup describes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from ..engine.initializers import initialize
from ..engine.parameters import Parameters
from . import limits
from .checks import architecture_of
from .fit import matched_layers
from .setup import Setup


def drawn_parameters(setup: Setup, dtype: str = "float64") -> Parameters:
    """The parameters as the initializer draws them, before any entry is given."""
    return initialize(architecture_of(setup), setup.initializer, seed=setup.seed, dtype=dtype)


def parameters_of(setup: Setup, dtype: str = "float64") -> Parameters:
    """The parameters of a setup: drawn, then the given entries put in; entries of absent biases wait."""
    parameters = drawn_parameters(setup, dtype)
    for (letter, l, row, column), value in setup.entries.items():
        array = (parameters.W if letter == "W" else parameters.b)[l]
        if array is not None:
            array[row, column] = value
    return parameters


def data_of(setup: Setup, dtype: str = "float64") -> tuple[Any, Any]:
    """X and Y as arrays, one row a sample."""
    return np.array(setup.X, dtype=dtype), np.array(setup.Y, dtype=dtype)


def with_draws_kept(old: Setup, new: Setup) -> Setup:
    """The new setup with the old numbers in every array that has the same shape as before, where they were drawn.

    The draws of a seed follow each other through the layers, so without this a change of one width would move them all.
    Arrays of more than ``limits.KEPT`` numbers are left to be drawn anew.
    """
    before, after = parameters_of(old), drawn_parameters(new)
    entries = dict(new.entries)
    for l, old_l in matched_layers(old.widths, new.widths).items():
        was, now = before.W[old_l], after.W[l]
        if was.shape != now.shape or was.size > limits.KEPT:
            continue
        for row, column in np.argwhere(was != now).tolist():
            entries.setdefault(("W", l, row, column), float(was[row, column]))
    return replace(new, entries=entries)
