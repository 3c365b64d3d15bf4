"""Samples a second against the batch size, on logarithmic axes, with the place where one curve overtakes another."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from .curves import Curve, log_range, trace
from .figure import LEGEND, WITH_LEGEND, figure
from .theme import NEUTRAL

EVERY = 4
"""The factor between two batch sizes labelled on the axis."""

HEIGHT = 320


def throughput(
    ways: Mapping[str, Mapping[int, float]],
    sizes: Sequence[int],
    across: str,
    up: str,
    crossing: float = 0.0,
) -> Any:
    """A curve for every way, from its seconds per sample by batch size, and a mark at ``crossing`` if it is between.

    The horizontal axis reaches over all ``sizes`` from the start, whatever has been measured so far.
    """
    rates = {name: {size: 1 / time for size, time in times.items()} for name, times in ways.items()}
    lines = [Curve(name, list(line), list(line.values()), k, k) for k, (name, line) in enumerate(rates.items())]
    first, last = math.log10(sizes[0]), math.log10(sizes[-1])
    ticks = [sizes[0] * EVERY**k for k in range(1 + math.ceil(math.log(sizes[-1] / sizes[0], EVERY)))]
    marked = sizes[0] <= crossing <= sizes[-1]
    return figure(
        [{**trace(line, True), "mode": "lines+markers"} for line in lines],
        HEIGHT,
        xaxis={
            "title": across,
            "type": "log",
            "range": [first - 0.1, last + 0.1],
            "tickvals": ticks,
            "ticktext": [f"{tick:,}" for tick in ticks],
            "fixedrange": True,
        },
        yaxis={
            "title": up,
            "type": "log",
            "range": log_range(rate for line in rates.values() for rate in line.values()),
            "fixedrange": True,
            "exponentformat": "power",
        },
        showlegend=True,
        legend=LEGEND,
        margin=WITH_LEGEND,
        shapes=[mark(crossing)] if marked else [],
        annotations=[words(crossing)] if marked else [],
    )


def mark(crossing: float) -> dict[str, Any]:
    line = {"color": NEUTRAL, "width": 1, "dash": "dash"}
    return {"type": "line", "x0": crossing, "x1": crossing, "yref": "paper", "y0": 0, "y1": 1, "line": line}


def words(crossing: float) -> dict[str, Any]:
    """The batch size beside its line; on a logarithmic axis a position is an exponent."""
    place = {"x": math.log10(crossing), "yref": "paper", "y": 0, "xanchor": "left", "yanchor": "bottom"}
    return {"text": f"{crossing:,.0f}", "showarrow": False, "font": {"color": NEUTRAL}, **place}
