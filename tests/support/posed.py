"""The networks of the source texts that formulas are posed on, and others that bring out one mistake."""

import numpy as np

import mlpviz

S0 = mlpviz.Architecture((2, 5, 4, 1), ("sigmoid", "sigmoid", "sigmoid"), "binary_cross_entropy", "sum")
S2 = mlpviz.Architecture((2, 6, 5, 3), ("tanh", "tanh", "softmax"), "cross_entropy", "mean_samples", bias=False)
S4 = mlpviz.Architecture((2, 3, 2), ("relu", "sigmoid"), "half_squared_error", "sum")
DECAY = mlpviz.Architecture((2, 3, 2), ("tanh", "identity"), "squared_error", "mean_samples", l2=0.1)
SQUARE = mlpviz.Architecture((2, 3, 3, 2), ("tanh", "tanh", "sigmoid"), "half_squared_error", "sum")
ELEMENTS = mlpviz.Architecture((2, 3, 2), ("tanh", "sigmoid"), "binary_cross_entropy", "mean_elements")
SQUARED = mlpviz.Architecture((2, 3, 2), ("tanh", "sigmoid"), "squared_error", "mean_elements")
ONE_OUTPUT = mlpviz.Architecture((2, 3, 1), ("tanh", "sigmoid"), "half_squared_error", "mean_elements")


def own(architecture, m, seed=0):
    """A network with data of its own, whose labels add up to no number in particular."""
    chance = np.random.default_rng(seed)
    parameters = mlpviz.initialize(architecture, "xavier_normal", seed)
    return parameters, chance.normal(size=(m, architecture.widths[0])), chance.random((m, architecture.widths[-1]))


def scaled(architecture, m, factor):
    """The same with parameters and labels so extreme that units saturate."""
    parameters, X, Y = own(architecture, m)
    parameters.flat[...] *= factor
    return parameters, X, np.round(Y)


def symmetric(architecture, m):
    """The same with a symmetric W[2]."""
    parameters, X, Y = own(architecture, m)
    parameters.W[2] = parameters.W[2] + parameters.W[2].T
    return parameters, X, Y


def distributed(architecture, m):
    """The same with labels that add up to 1."""
    parameters, X, Y = own(architecture, m)
    return parameters, X, Y / Y.sum(1, keepdims=True)
