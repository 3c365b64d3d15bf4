"""How often a network gives each class for each class that is right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from mlpviz.drawing.figure import figure, rising


def counts(right: np.ndarray, given: np.ndarray, classes: int) -> np.ndarray:
    """The matrix (classes, classes): a row for the class that is right, a column for the one given."""
    return np.bincount(right * classes + given, minlength=classes * classes).reshape(classes, classes)


def confusion(
    matrix: np.ndarray, names: Sequence[str], across: str, up: str, dark: bool = False, height: int = 380
) -> Any:
    """A figure of such a matrix, coloured by each row's shares, so that its scale is always 0 to 1."""
    shares = matrix / np.maximum(matrix.sum(1, keepdims=True), 1)
    heat = {
        "type": "heatmap",
        "z": shares.astype("float32"),
        "x": list(names),
        "y": list(names),
        "text": matrix,
        "texttemplate": "%{text}",
        "zmin": 0,
        "zmax": 1,
        "colorscale": rising(dark),
        "showscale": False,
        "xgap": 2,
        "ygap": 2,
        "hovertemplate": f"{up} %{{y}}, {across} %{{x}}: %{{text}}<extra></extra>",
    }
    return figure(
        [heat],
        height,
        xaxis={"title": across, "type": "category", "fixedrange": True, "constrain": "domain"},
        yaxis={"title": up, "type": "category", "autorange": "reversed", "fixedrange": True, "scaleanchor": "x"},
    )
