"""Data in a plane or along a line, and what a network makes of every point around them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from .figure import LEGEND, SYMBOLS, WITH_LEGEND, diverging, figure
from .theme import CLASSES, NEUTRAL, POSITIVE, ground

GRID = 61
"""Grid points in each direction."""

POINTS = 1_000
"""Most samples that are drawn."""


STILL = {"fixedrange": True, "zeroline": False, "showgrid": False, "constrain": "domain"}


def bounds(X: np.ndarray) -> tuple[tuple[float, float], ...]:
    """The range of every column with a margin of an eighth; as only the data decide it, a picture keeps still."""
    low, high = X.min(0), X.max(0)
    margin = np.where(high > low, (high - low) / 8, 1.0)
    return tuple(zip((low - margin).tolist(), (high + margin).tolist(), strict=True))


def grid(X: np.ndarray, points: int = GRID) -> np.ndarray:
    """Grid points around data with two inputs, or points of a line around data with one: one a row."""
    axes = [np.linspace(*ends, points if X.shape[1] == 2 else 4 * points) for ends in bounds(X)]
    return np.stack([each.ravel() for each in np.meshgrid(*axes)], 1)


def samples(X: np.ndarray, labels: np.ndarray, names: Sequence[str], ring: str) -> list[dict[str, Any]]:
    """The samples in a plane, a colour and a symbol for each class."""
    X, labels = X[:POINTS], labels[:POINTS]
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "name": name,
            "x": X[labels == k, 0],
            "y": X[labels == k, 1],
            "marker": {
                "color": CLASSES[k % len(CLASSES)],
                "symbol": SYMBOLS[k % len(SYMBOLS)],
                "size": 7,
                "line": {"color": ring, "width": 0.7},
            },
            "hovertemplate": "%{x:.3g}, %{y:.3g}",
        }
        for k, name in enumerate(names)
    ]


def plane(
    X: np.ndarray,
    labels: np.ndarray,
    names: Sequence[str],
    inputs: Sequence[str],
    outputs: np.ndarray | None = None,
    dark: bool = False,
    height: int = 420,
) -> Any:
    """Samples with two inputs and, if ``outputs`` on the grid are given, the decision regions behind them."""
    traces = [] if outputs is None else [region(X, outputs, dark)]
    (left, right), (low, high) = bounds(X)
    return figure(
        [*traces, *samples(X, labels, names, ground(dark).background)],
        height,
        xaxis={"range": [left, right], "title": inputs[0], **STILL},
        yaxis={"range": [low, high], "title": inputs[1], **STILL, "scaleanchor": "x", "constraintoward": "top"},
        showlegend=True,
        legend=LEGEND,
        margin=WITH_LEGEND,
    )


def region(X: np.ndarray, outputs: np.ndarray, dark: bool) -> dict[str, Any]:
    """The network's answers on the grid: one output from 0 to 1, or the largest of several."""
    (left, right), (low, high) = bounds(X)
    common = {
        "type": "heatmap",
        "x": np.linspace(left, right, GRID),
        "y": np.linspace(low, high, GRID),
        "showscale": False,
        "hoverinfo": "skip",
    }
    if outputs.shape[1] == 1:
        z = outputs.reshape(GRID, GRID).astype("float32")
        return {
            **common,
            "z": z,
            "zmin": 0,
            "zmax": 1,
            "colorscale": diverging(dark),
            "opacity": 0.6,
            "zsmooth": "best",
        }
    count = outputs.shape[1]
    z = outputs.argmax(1).reshape(GRID, GRID).astype("uint8")
    return {**common, "z": z, "zmin": 0, "zmax": count - 1, "colorscale": steps(count), "opacity": 0.35}


def steps(count: int) -> list[list[Any]]:
    """A colour scale of whole numbers from 0, one class's colour each."""
    edges = [(k + end) / count for k in range(count) for end in (0, 1)]
    return [[edge, CLASSES[(i // 2) % len(CLASSES)]] for i, edge in enumerate(edges)]


def line(
    X: np.ndarray, Y: np.ndarray, inputs: Sequence[str], names: tuple[str, str], outputs: np.ndarray | None = None,
    height: int = 420,
) -> Any:  # fmt: skip
    """Samples with one input and one target and, if it is given, the network's output along the line."""
    ((left, right),), ((low, high),) = bounds(X), bounds(Y)
    traces: list[dict[str, Any]] = [
        {
            "type": "scatter",
            "mode": "markers",
            "name": names[0],
            "x": X[:POINTS, 0],
            "y": Y[:POINTS, 0],
            "marker": {"color": NEUTRAL, "size": 6},
        }
    ]
    if outputs is not None:
        at, up = grid(X)[:, 0], outputs[:, 0]
        width = {"color": POSITIVE, "width": 3}
        traces.append({"type": "scatter", "mode": "lines", "name": names[1], "x": at, "y": up, "line": width})
    return figure(
        traces,
        height,
        xaxis={"range": [left, right], "title": inputs[0], "fixedrange": True},
        yaxis={"range": [low, high], "fixedrange": True},
        showlegend=True,
        legend=LEGEND,
        margin=WITH_LEGEND,
    )
