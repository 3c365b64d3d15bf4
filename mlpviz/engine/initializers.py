"""The initialisers of the weights, as PyTorch defines them; biases start at zero."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..maths.architecture import Architecture, one_of
from ..maths.messages import N_, Refusal
from .parameters import Parameters


@dataclass(frozen=True)
class Initializer:
    """A distribution of weights: ``spread`` is its standard deviation (normal) or half-width (uniform)."""

    name: str
    title: str
    draw: Callable[[np.random.Generator, tuple[int, int]], np.ndarray] | None
    spread: Callable[[int, int], float]


def normal(generator: np.random.Generator, shape: tuple[int, int]) -> np.ndarray:
    return generator.standard_normal(shape)


def uniform(generator: np.random.Generator, shape: tuple[int, int]) -> np.ndarray:
    """Draw uniformly from −1 to 1."""
    return generator.uniform(-1.0, 1.0, shape)


INITIALIZERS = {
    entry.name: entry
    for entry in (
        Initializer("zeros", N_("all zero"), None, lambda n_in, n_out: 0.0),
        Initializer("normal", N_("standard normal"), normal, lambda n_in, n_out: 1.0),
        Initializer(
            "xavier_uniform", N_("Xavier, uniform"), uniform, lambda n_in, n_out: math.sqrt(6 / (n_in + n_out))
        ),
        Initializer("xavier_normal", N_("Xavier, normal"), normal, lambda n_in, n_out: math.sqrt(2 / (n_in + n_out))),
        Initializer("he_uniform", N_("He, uniform"), uniform, lambda n_in, n_out: math.sqrt(6 / n_in)),
        Initializer("he_normal", N_("He, normal"), normal, lambda n_in, n_out: math.sqrt(2 / n_in)),
    )
}


def initialize(
    architecture: Architecture, initializer: str, seed: int = 0, dtype: Any = "float32", device: str = "cpu"
) -> Parameters:
    """New parameters drawn layer by layer; the same seed gives the same numbers in both types and on every device.

    Raises ValueError for an unknown initialiser, or a seed that is not a whole number from 0 up.
    """
    one_of("initializer", initializer, INITIALIZERS)
    entry, generator = INITIALIZERS[initializer], np.random.default_rng(checked_seed(seed))
    parameters = Parameters(architecture, dtype, device)
    for W in parameters.W[1:]:
        if entry.draw is not None:
            n_out, n_in = W.shape
            drawn = entry.spread(n_in, n_out) * entry.draw(generator, (n_out, n_in))
            W[...] = parameters.arrays.asarray(drawn, parameters.dtype)
    return parameters


def checked_seed(seed: Any) -> int:
    try:
        value = -1 if isinstance(seed, bool) else operator.index(seed)
    except TypeError:
        value = -1
    if value < 0:
        raise Refusal("seed must be a whole number from 0 up, got {seed}", seed=repr(seed))
    return value
