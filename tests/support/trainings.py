"""The trainings to begin with, each trained as its table has it."""

import mlpviz
from mlpviz.examples.datasets import DATASETS
from mlpviz.examples.trainings import TRAININGS

SEEDS = range(5)
OUTPUTS = {1: ("sigmoid", "binary_cross_entropy"), 10: ("softmax", "cross_entropy")}
INITIALIZERS = {"relu": "he_normal", "tanh": "xavier_normal"}


def of(name):
    """The data set and the recipe of a training."""
    entry = DATASETS[TRAININGS[name].dataset]
    return entry.data(entry.samples, entry.noise or 0.0), entry.recipe


def trained(name, X, Y, seed, validation):
    """The network after the training's own settings, from a seed, and the last record."""
    recipe = of(name)[1]
    output, loss = OUTPUTS[Y.shape[1]]
    activations = (*[recipe.activation] * len(recipe.hidden), output)
    architecture = mlpviz.Architecture((X.shape[1], *recipe.hidden, Y.shape[1]), activations, loss, "mean_samples")
    parameters = mlpviz.initialize(architecture, INITIALIZERS[recipe.activation], seed)
    settings = {name: getattr(recipe, name) for name in ("optimizer", "learning_rate", "batch_size", "epochs")}
    *_, last = mlpviz.train(parameters, X, Y, **settings, seed=seed, validation=validation)
    return parameters, last
