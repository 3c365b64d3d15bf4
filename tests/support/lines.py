"""How far the lines of a derivation are from the array they claim to be."""

import numpy as np


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
