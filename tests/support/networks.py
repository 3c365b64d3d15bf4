"""The passes that the writers are tested on: small networks with everything in them, and the presets."""

import itertools
import os
from functools import cache
from zlib import crc32

import numpy as np

import mlpviz
from mlpviz.derivation.notation import CHOICES, Notation
from mlpviz.derivation.scene import DerivationView, Scene
from mlpviz.derivation.view import View
from mlpviz.engine.descent import Update
from mlpviz.engine.training.optimizers import OPTIMIZERS
from mlpviz.examples.presets import PRESETS
from mlpviz.maths.equations import steps
from tests.support.oracle import problem

NOTATIONS = [
    Notation(*choice)
    for choice in itertools.product(("rows", "columns"), ("denominator", "numerator"), ("out_in", "in_out"))
]

ALL = "MLPVIZ_ALL_NOTATIONS"
"""The environment's variable with which nothing is left out."""


def notations_of(*names: str) -> list[Notation]:
    """The notations to test something in: one of the eight, drawn by its names, and the opposite of that in all three.

    Each is so met in both ways of each switch, and all of them together in all eight; each in all eight takes
    ``python -m tests.measure.notations``.
    """
    if os.environ.get(ALL):
        return NOTATIONS
    drawn = crc32(" ".join(names).encode()) % len(NOTATIONS)
    return [NOTATIONS[drawn], NOTATIONS[-1 - drawn]]


SWITCHES = [
    {"numbered": numbered, "division": division}
    for numbered, division in itertools.product(CHOICES["numbered"], CHOICES["division"])
]
"""Which layer's number weights carry, and where 1/m stands."""

NETWORKS = {
    "everything": ((2, 3, 4, 5), ("tanh", "softmax", "softmax"), "cross_entropy", "mean_elements", True, 0.3, 6),
    "one sample": ((2, 3, 4, 5), ("tanh", "softmax", "softmax"), "cross_entropy", "mean_elements", True, 0.3, 1),
    "no bias": ((3, 4, 2), ("sigmoid", "sigmoid"), "binary_cross_entropy", "mean_samples", False, 0.2, 5),
    "no bias, one sample": ((3, 4, 2), ("gelu", "sigmoid"), "cross_entropy", "mean_samples", False, 0.0, 1),
    "unpaired softmax": ((2, 4, 3), ("elu", "softmax"), "half_squared_error", "sum", True, 0.0, 5),
    "one layer": ((3, 2), ("silu",), "squared_error", "mean_elements", True, 0.1, 4),
    "one unit everywhere": ((1, 1, 1), ("softplus", "softmax"), "squared_error", "mean_samples", True, 0.5, 3),
    "kinks": ((2, 5, 3, 4), ("relu", "leaky_relu", "identity"), "half_squared_error", "mean_samples", True, 0.0, 6),
    "more kinks, one sample": ((2, 5, 3), ("elu", "leaky_relu"), "squared_error", "sum", True, 0.0, 1),
}
"""Widths, activations, loss, reduction, bias, l2 and the number of samples."""

CASES = (*NETWORKS, *PRESETS)

LEARNING_RATE = 0.5

T = 7
"""The number of the update that an optimiser with a state makes."""


@cache
def case(name: str) -> Update:
    """The pass and the update of a network or a preset."""
    if name in NETWORKS:
        *fields, m = NETWORKS[name]
        parameters, X, Y = problem(mlpviz.Architecture(*fields), m, seed=1)
        return Update(mlpviz.backpropagate(parameters, X, Y), LEARNING_RATE)
    preset = PRESETS[name]
    return Update(mlpviz.backpropagate(preset.parameters(), preset.X, preset.Y), preset.learning_rate)


@cache
def optimised(name: str) -> Update:
    """An update by an optimiser whose state is that after some updates."""
    *fields, m = NETWORKS["everything"]
    parameters, X, Y = problem(mlpviz.Architecture(*fields), m, seed=1)
    entry, generator = OPTIMIZERS[name], np.random.default_rng(0)
    state = {each: generator.uniform(0.01, 1, parameters.flat.size) for each in entry.state}
    return Update(mlpviz.backpropagate(parameters, X, Y), 0.01, entry.stand(T, state))


def view_of(update: Update, notation: Notation) -> View:
    """The network and batch of a pass in a notation."""
    return View.of(update.trace, notation)


def shown(update, notation):
    """The value of each symbol as the notation shows it: numbers as they are, arrays transposed or not, errors m times
    as large where the gradients divide by m."""
    view = view_of(update, notation)

    def value(symbol):
        stored = update.value(symbol)
        if np.ndim(stored) == 0:
            return stored
        return view.times(symbol) * (stored.T if symbol.name in notation.transposed else stored)

    return value


@cache
def passes(name):
    """The steps of a case."""
    return steps(case(name).trace.architecture)


def cells(shape, most, seed=0):
    """All places of a matrix, or ``most`` of them if it has more, the corners among them."""
    rows, columns = shape
    if rows * columns <= most:
        return list(itertools.product(range(rows), range(columns)))
    generator = np.random.default_rng(seed)
    drawn = zip(generator.integers(0, rows, most - 2), generator.integers(0, columns, most - 2), strict=True)
    return [(0, 0), (rows - 1, columns - 1), *((int(r), int(c)) for r, c in drawn)]


def same(found, right):
    """Whether two results differ by rounding only; NaN and ±inf agree with themselves."""
    scale = np.max(np.abs(right), initial=0, where=np.isfinite(right)) if np.size(right) else 0
    return np.allclose(found, right, rtol=1e-9, atol=1e-12 * (1 + scale), equal_nan=True)


def scene(output="softmax", hidden="tanh", layer=2, notation=Notation(), m=1, **options):  # noqa: B008
    """A pass of one sample through a network of distinct widths."""
    loss = options.pop("loss", "squared_error")
    architecture = mlpviz.Architecture((2, 5, 4, 3), (hidden, hidden, output), loss, "mean_elements", **options)
    parameters, X, Y = problem(architecture, m, seed=4)
    update = Update(mlpviz.backpropagate(parameters, X, Y), 0.5)
    return Scene(update, DerivationView.of(update.trace, notation), layer)
