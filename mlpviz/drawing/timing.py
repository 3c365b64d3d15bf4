"""Times a sample against the batch size, on logarithmic axes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mlpviz.drawing.curves import Curve, log_range, trace
from mlpviz.drawing.figure import figure


def times(sizes: Sequence[int], ways: Mapping[str, Sequence[float]], across: str, up: str, height: int = 320) -> Any:
    """A line for every way: microseconds a sample over whole decades."""
    micro = {name: [1e6 * time for time in values] for name, values in ways.items()}
    traces = [trace(Curve(name, sizes, values, k, k), True) for k, (name, values) in enumerate(micro.items())]
    values = [value for line in micro.values() for value in line]
    return figure(
        [{**line, "mode": "lines+markers"} for line in traces],
        height,
        xaxis={"title": across, "type": "log", "tickvals": list(sizes), "fixedrange": True},
        yaxis={"title": up, "type": "log", "range": log_range(values), "fixedrange": True, "exponentformat": "power"},
        showlegend=True,
        legend={"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom"},
        margin={"l": 8, "r": 8, "t": 36, "b": 8},
    )
