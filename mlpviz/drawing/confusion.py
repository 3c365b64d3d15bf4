"""How often a network gives each class for each class that is right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from mlpviz.drawing.figure import figure, rising, text

LIGHTEST, DARKEST = "#ffffff", "#14171b"


def counts(right: np.ndarray, given: np.ndarray, classes: int) -> np.ndarray:
    """The matrix (classes, classes): a row for the class that is right, a column for the one given."""
    return np.bincount(right * classes + given, minlength=classes * classes).reshape(classes, classes)


def confusion(
    matrix: np.ndarray, names: Sequence[str], across: str, up: str, dark: bool = False, height: int = 380
) -> Any:
    """A figure of such a matrix, coloured by each row's shares, so that its scale is always 0 to 1."""
    names = [text(name) for name in names]
    shares = matrix / np.maximum(matrix.sum(1, keepdims=True), 1)
    heat = {
        "type": "heatmap",
        "z": shares.astype("float32"),
        "x": names,
        "y": names,
        "text": matrix,
        "zmin": 0,
        "zmax": 1,
        "colorscale": rising(dark),
        "showscale": False,
        "xgap": 2,
        "ygap": 2,
        "hovertemplate": f"{up} %{{y}}, {across} %{{x}}: %{{text}}<extra></extra>",
    }
    return figure(
        [heat, numbers(matrix, shares, names, dark)],
        height,
        xaxis={"title": across, "type": "category", "fixedrange": True, "constrain": "domain"},
        yaxis={
            "title": up,
            "type": "category",
            "autorange": "reversed",
            "fixedrange": True,
            "scaleanchor": "x",
            "showgrid": False,
        },
    )


def numbers(matrix: np.ndarray, shares: np.ndarray, names: Sequence[str], dark: bool) -> dict[str, Any]:
    """The counts as text on the cells, light on a dark one and dark on a light one."""
    ink = [DARKEST, LIGHTEST] if dark else [LIGHTEST, DARKEST]
    return {
        "type": "scatter",
        "mode": "text",
        "x": [name for _row in names for name in names],
        "y": [name for name in names for _column in names],
        "text": [f"{count:,}" for count in matrix.ravel().tolist()],
        "textfont": {"color": [ink[0] if share > 0.5 else ink[1] for share in shares.ravel().tolist()], "size": 14},
        "hoverinfo": "skip",
    }
