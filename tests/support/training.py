"""Random runs of training, and loops run by Python itself."""

import re

import numpy as np

import mlpviz
from mlpviz.engine.training.optimizers import OPTIMIZERS
from mlpviz.maths.activations import ACTIVATIONS
from mlpviz.maths.architecture import REDUCTIONS
from mlpviz.maths.losses import LOSSES

HIDDEN = [name for name in ACTIVATIONS if name != "softmax"]


def run_by_python(text):
    """The function of a text for the compiler as Python runs it, which takes the same text."""
    known = {}
    exec(re.sub(r"(?m)^from numba import njit$", "njit = lambda **_: lambda f: f", text), known)
    return known["steps"]


def network(chance, dtype="float64"):
    """A random network, data for it and settings of a run."""
    depth = int(chance.integers(1, 4))
    widths = tuple(int(n) for n in chance.integers(1, 5, depth + 1))
    loss = str(chance.choice(list(LOSSES)))
    output = {"cross_entropy": "softmax", "binary_cross_entropy": "sigmoid", "kl_divergence": "softmax"}.get(
        loss, str(chance.choice(HIDDEN))
    )
    functions = (*(str(name) for name in chance.choice(HIDDEN, depth - 1)), output)
    architecture = mlpviz.Architecture(
        widths, functions, loss, str(chance.choice(list(REDUCTIONS))),
        bias=bool(chance.random() < 0.8), l2=float(chance.choice([0.0, 0.01])),
    )  # fmt: skip
    samples = int(chance.integers(1, 30))
    X = chance.standard_normal((samples, widths[0]))
    Y = chance.dirichlet(np.ones(widths[-1]), samples) if widths[-1] > 1 else chance.random((samples, 1))
    freeze = ("W[1]",) if chance.random() < 0.3 else ()
    settings = {
        "optimizer": str(chance.choice(list(OPTIMIZERS))), "learning_rate": 0.01, "freeze": freeze, "epochs": 3,
        "batch_size": int(chance.integers(1, samples + 1)), "schedule": str(chance.choice(["constant", "cosine"])),
    }  # fmt: skip
    return mlpviz.initialize(architecture, "xavier_normal", int(chance.integers(99)), dtype), X, Y, settings
