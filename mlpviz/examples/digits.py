"""Handwritten digits from scikit-learn, brought to 16×16 pixels."""

from __future__ import annotations

from functools import cache

import numpy as np

from mlpviz.examples.preset import Batch

DIGIT_ONE = 1
"""The index of a handwritten 1 among scikit-learn's digits: text S1 draws its label vector for the digit 1."""


@cache
def one_digit(index: int = DIGIT_ONE) -> Batch:
    """One digit as a batch: X (1, 256), grey values from 0 to 1, and its one-hot label Y (1, 10).

    The 8×8 image becomes 16×16 by doubling every pixel, so that each number is one that was scanned.
    """
    from sklearn.datasets import load_digits

    digits = load_digits()
    image = np.kron(digits.images[index] / 16, np.ones((2, 2)))
    label = np.eye(10)[digits.target[index]]
    return (tuple(image.ravel().tolist()),), (tuple(label.tolist()),)
