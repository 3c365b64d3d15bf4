"""A small run to train on a device."""

import mlpviz
from mlpviz.engine.training.settings import Settings
from mlpviz.engine.training.training import Training
from tests.support.oracle import problem

ARCHITECTURE = mlpviz.Architecture((4, 6, 5, 3), ("tanh", "silu", "softmax"), "cross_entropy", "mean_samples", l2=0.01)


def training(device="cuda", samples=23, architecture=ARCHITECTURE, dtype="float64", **settings):
    parameters, X, Y = problem(architecture, samples, 0, dtype)
    chosen = Settings(**{"batch_size": 5, "epochs": 3, "learning_rate": 0.05} | settings)
    return Training(parameters.astype(dtype, device), X, Y, chosen)
