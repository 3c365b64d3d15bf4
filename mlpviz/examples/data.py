"""Data to train on: rows of inputs and targets, and what they mean."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

TWO, CLASSES, VALUES = "two", "classes", "values"
"""What the targets are: one of two classes (one column of 0 and 1), one of several (one-hot), or numbers."""

SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")

DIGITS = 5
"""Digits after the point that made-up data are rounded to, so that every number can be read and stands in a link."""


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
        """The number of every sample's class; None if the targets are numbers."""
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
    """Samples with a class each: a column of 0 and 1 for two classes, one-hot rows for more."""
    X = standard(X) if standardised else X
    kind = TWO if len(outputs) == 2 else CLASSES
    Y = labels[:, None].astype(float) if kind == TWO else np.eye(len(outputs))[labels]
    return Data(X, Y, kind, inputs or numbered(X.shape[1]), outputs, image, standardised)


def valued(X: np.ndarray, Y: np.ndarray) -> Data:
    """Samples with a number each as target."""
    return Data(X, Y, VALUES, numbered(X.shape[1]), ("y",))


def numbered(count: int) -> tuple[str, ...]:
    """x₁, x₂ …"""
    return ("x",) if count == 1 else tuple("x" + str(k).translate(SUBSCRIPTS) for k in range(1, count + 1))


def standard(X: np.ndarray) -> np.ndarray:
    """Every column with mean 0 and standard deviation 1; a column that does not vary becomes 0."""
    varies = X.max(0) > X.min(0)  # its deviation may be rounded to more than 0 all the same
    spread = np.where(varies, X.std(0), 1.0)
    return np.where(varies, (X - X.mean(0)) / np.where(spread > 0, spread, 1.0), 0.0)
