"""Data to train on: rows of inputs and targets, and what they mean."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from ..maths.digits import LOWERED

TWO, CLASSES, VALUES = "two", "classes", "values"
"""The kinds of targets: two classes (a column of 0 and 1), several classes (one-hot), or numbers."""


DIGITS = 5
"""Decimals of synthetic data, so that every number is readable and fits into a link."""


@dataclass(frozen=True, eq=False)
class Data:
    """X (m, n_0) and Y (m, n_L), one sample a row; ``outputs`` are the classes, or the names of the targets.

    ``image`` is the shape of the picture that a row of X is, if it is one. ``standardised`` says that every column of X
    was brought to mean 0 and standard deviation 1, over all samples.
    """

    X: np.ndarray = field(repr=False)
    Y: np.ndarray = field(repr=False)
    kind: str
    inputs: tuple[str, ...] = field(repr=False)
    outputs: tuple[str, ...]
    image: tuple[int, int] | None = None
    standardised: bool = False

    @property
    def classes(self) -> np.ndarray | None:
        """The index of every sample's class; None if the targets are numbers."""
        if self.kind == VALUES:
            return None
        return self.Y[:, 0].astype(int) if self.kind == TWO else self.Y.argmax(1)


def labelled(
    X: np.ndarray,
    labels: np.ndarray,
    outputs: tuple[str, ...],
    inputs: tuple[str, ...] = (),
    image: tuple[int, int] | None = None,
    standardised: bool = False,
) -> Data:
    """Samples with classes: a column of 0 and 1 for two, one-hot rows for more."""
    X = standard(X) if standardised else X
    kind = TWO if len(outputs) == 2 else CLASSES
    Y = labels[:, None].astype(float) if kind == TWO else np.eye(len(outputs))[labels]
    return Data(X, Y, kind, inputs or numbered(X.shape[1]), outputs, image, standardised)


def valued(X: np.ndarray, Y: np.ndarray) -> Data:
    """Samples with one number each as target."""
    return Data(X, Y, VALUES, numbered(X.shape[1]), ("y",))


def numbered(count: int) -> tuple[str, ...]:
    """x₁, x₂ …"""
    return ("x",) if count == 1 else tuple("x" + str(k).translate(LOWERED) for k in range(1, count + 1))


def standard(X: np.ndarray) -> np.ndarray:
    """The columns scaled to mean 0 and standard deviation 1; a constant column becomes 0."""
    varies = X.max(0) > X.min(0)  # its deviation may be rounded to more than 0 all the same
    spread = np.where(varies, X.std(0), 1.0)
    return np.where(varies, (X - X.mean(0)) / np.where(spread > 0, spread, 1.0), 0.0)
