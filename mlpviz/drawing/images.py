"""Numbers as pictures: digits, a unit's weights or answers, and how often each class is given for the right one."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from .figure import FINE, Marked, diverging, figure, nice, plain_axes, rising
from .theme import ground, mixed, readable


def montage(pictures: np.ndarray, across: int) -> np.ndarray:
    """Pictures (count, h, w) as one (rows · (h + 1) − 1, across · (w + 1) − 1), with empty lines between them."""
    count, h, w = pictures.shape
    rows = -(-count // across)
    whole = np.full((rows * (h + 1), across * (w + 1)), np.nan, "float32")
    for k, picture in enumerate(pictures):
        top, left = k // across * (h + 1), k % across * (w + 1)
        whole[top : top + h, left : left + w] = picture
    return whole[:-1, :-1]


def columns_for(count: int) -> int:
    return min(count, max(4, math.ceil(math.sqrt(2 * count))))


def tiles(
    pictures: np.ndarray,
    titles: Sequence[str],
    limit: float,
    signed: bool = True,
    dark: bool = False,
    height: int = 300,
) -> Any:
    """A figure of pictures with titles, coloured from −limit to limit or from 0 to limit."""
    across = columns_for(len(pictures))
    h, w = pictures.shape[1] + max(2, round(0.4 * pictures.shape[1])), pictures.shape[2] + 1
    roomy = np.full((len(pictures), h - 1, w - 1), np.nan, "float32")
    roomy[:, h - 1 - pictures.shape[1] :] = pictures
    heat = {
        "type": "heatmap",
        "z": montage(roomy, across),
        "zmin": -limit if signed else 0,
        "zmax": limit,
        "colorscale": diverging(dark) if signed else rising(dark),
        "hovertemplate": Marked("%{z:.3g}<extra></extra>"),
        "hoverongaps": False,
        "colorbar": {"thickness": 10, "tickvals": [-limit, 0, limit] if signed else [0, limit], "tickformat": ".3~g"},
    }
    notes = [
        {
            "text": title,
            "x": k % across * w + (w - 2) / 2,
            "y": k // across * h + (h - 1 - pictures.shape[1]) - 0.5,
            "yanchor": "bottom",
            "showarrow": False,
            "font": {"size": 10},
        }
        for k, title in enumerate(titles)
    ]
    return figure([heat], height, annotations=notes, **plain_axes())


def limit_of(values: np.ndarray) -> float:
    """A round limit for all values, whatever their sign."""
    finite = np.abs(values[np.isfinite(values)])
    return nice(float(finite.max()), FINE) if finite.size else 1.0


def counts(right: np.ndarray, given: np.ndarray, classes: int) -> np.ndarray:
    """The confusion matrix (classes, classes): a row for each right class, a column for each given one."""
    return np.bincount(right * classes + given, minlength=classes * classes).reshape(classes, classes)


def confusion(
    matrix: np.ndarray, names: Sequence[str], across: str, up: str, dark: bool = False, height: int = 380
) -> Any:
    """A figure of a confusion matrix, coloured by each row's shares from 0 to 1."""
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
        "hovertemplate": Marked(f"{up} %{{y}}, {across} %{{x}}: %{{text}}<extra></extra>"),
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
    """The counts as text in readable colours."""
    here = ground(dark)
    cells = [mixed(here.zero, here.positive, share) for share in shares.ravel().tolist()]
    return {
        "type": "scatter",
        "mode": "text",
        "x": [name for _row in names for name in names],
        "y": [name for name in names for _column in names],
        "text": [f"{count:,}" for count in matrix.ravel().tolist()],
        "textfont": {"color": [readable(cell) for cell in cells], "size": 14},
        "hoverinfo": "skip",
    }
