"""Many curves as bands, and many numbers as a histogram."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from .curves import LOWEST, Curve, drawn, log_range, over_epochs, trace
from .figure import WITH_LEGEND, figure
from .theme import POSITIVE

BINS = 24
"""Bars of a histogram."""

SHADES = (0.15, 0.35)
"""How dark the outer and the inner band are."""


def shaded(share: float) -> str:
    """The bands' colour, so much of it."""
    return f"{POSITIVE}{round(255 * share):02x}"


def bands(
    at: Sequence[float],
    quantiles: Sequence[Sequence[float]],
    names: tuple[str, str, str],
    epochs: float,
    across: str,
    up: str,
    log: bool,
    height: int,
) -> Any:
    """The quantiles of many curves, of an odd number, as bands around the middle one.

    ``quantiles`` has those of each point in ``at``; ``names`` are those of the outer and the inner band and the middle.
    """
    columns = [drawn(column, log) for column in zip(*quantiles, strict=True)]
    middle = len(columns) // 2
    traces: list[dict[str, Any]] = []
    for low, share, name in zip(range(middle), SHADES, names, strict=False):
        edges = {"type": "scatter", "mode": "lines", "x": list(at), "line": {"width": 0, "color": POSITIVE}}
        traces.append({**edges, "y": columns[low], "hoverinfo": "skip", "showlegend": False})
        traces.append(
            {**edges, "y": columns[-1 - low], "fill": "tonexty", "fillcolor": shaded(share), "name": name,
             "hoverinfo": "skip"}
        )  # fmt: skip
    traces.append(trace(Curve(names[-1], at, columns[middle] if columns else [], 1), log))
    values = [value for column in columns for value in column]
    return over_epochs(traces, values, epochs, across, up, log, None, height)


def histogram(values: Sequence[float], across: str, up: str, height: int) -> Any:
    """How many of some positive numbers lie in each part of a logarithmic axis."""
    exponents = np.log10(np.maximum(np.asarray(values, float), LOWEST))
    low, high = log_range([10.0**exponent for exponent in exponents]) if len(exponents) else (-1.0, 0.0)
    counts, edges = np.histogram(exponents, BINS, (low, high))
    bars = {
        "type": "bar", "x": (10 ** ((edges[:-1] + edges[1:]) / 2)).tolist(), "y": counts.tolist(),
        "width": (10 ** edges[1:] - 10 ** edges[:-1]).tolist(), "marker": {"color": POSITIVE},
        "hovertemplate": "%{y} · %{x:.2g}<extra></extra>",
    }  # fmt: skip
    return figure(
        [bars],
        height,
        xaxis={"title": across, "type": "log", "range": [low, high], "exponentformat": "power"},
        yaxis={"title": up, "rangemode": "tozero"},
        bargap=0.02,
        uirevision=f"{across} {low} {high}",
        margin=WITH_LEGEND,
    )
