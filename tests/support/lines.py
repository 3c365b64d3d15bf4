"""How far the lines of a derivation are from the array they claim to be."""

import numpy as np

import mlpviz
from mlpviz.derivation.scene import DerivationView, Scene
from mlpviz.engine.descent import Update
from tests.support.networks import LEARNING_RATE, case


def errors(scene, chain):
    """How far each line is from the array the pass computed, relative to its largest entry; NaN and ±inf agree."""
    right = np.atleast_2d(scene.shown(chain.target))
    finite = np.abs(right[np.isfinite(right)])
    scale = float(finite.max(initial=0.0)) or 1.0
    return [distance(scene.value(line.value), right) / scale for line in chain.lines]


def distance(found, right):
    """The largest difference of two arrays; infinite if they are not of one shape or differ in what is not finite."""
    if found.shape != right.shape or not np.array_equal(np.isfinite(found), np.isfinite(right)):
        return float("inf")
    finite = np.isfinite(right)
    return float(np.abs(found[finite] - right[finite]).max(initial=0.0))


def update_of(name, batch):
    """The pass of a case: its batch, or its first sample."""
    whole = case(name)
    if batch or whole.trace.batch_size == 1:
        return whole
    trace = whole.trace
    return Update(mlpviz.backpropagate(trace.parameters, trace.A[0][:1], trace.Y[:1]), LEARNING_RATE)


def scenes(walkthrough, name, notation):
    """A walkthrough's scenes, one for each layer."""
    update = update_of(name, walkthrough.batch)
    architecture = update.trace.architecture
    for layer in walkthrough.layers(architecture):
        yield Scene(update, DerivationView.of(update.trace, notation), layer)
