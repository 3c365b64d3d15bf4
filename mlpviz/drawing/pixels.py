"""Inputs that are an image, as the image: one grey value for each pixel."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

LEAST = 6
"""The fewest pixels along a side of what is taken for an image."""


def side_of(inputs: Sequence[float]) -> int:
    """Pixels along a side of the square image that the inputs are; 0 if they are none: values lie between 0 and 1."""
    side = math.isqrt(len(inputs))
    is_image = side * side == len(inputs) and side >= LEAST and all(0 <= value <= 1 for value in inputs)
    return side if is_image else 0


def enlarged(inputs: Sequence[float], size: int) -> np.ndarray:
    """The image of some inputs as grey values from 0 to 255, each pixel a square, about ``size`` wide; 1 is white."""
    side = side_of(inputs)
    grey = np.rint(np.reshape(inputs, (side, side)) * 255).astype(np.uint8)
    return np.kron(grey, np.ones((max(size // side, 1),) * 2, np.uint8))
