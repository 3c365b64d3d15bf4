"""Many small pictures beside each other: digits, a unit's weights, or what a unit answers at every point of a plane."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from mlpviz.drawing.figure import FINE, diverging, figure, nice, plain_axes, rising


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
    """How many pictures stand beside each other."""
    return min(count, max(4, math.ceil(math.sqrt(2 * count))))


def tiles(
    pictures: np.ndarray,
    titles: Sequence[str],
    limit: float,
    signed: bool = True,
    dark: bool = False,
    height: int = 300,
) -> Any:
    """A figure of pictures with a title above each: from −limit to limit, or from 0 to limit."""
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
        "hovertemplate": "%{z:.3g}<extra></extra>",
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
    """A round limit that holds all values, whatever their sign."""
    finite = np.abs(values[np.isfinite(values)])
    return nice(float(finite.max()), FINE) if finite.size else 1.0
