"""Curves over the epochs of one or several runs, in ranges that do not jump."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from .figure import DASHES, LEGEND, WITH_LEGEND, figure, nice
from .theme import CLASSES

LOWEST = 1e-12
"""What a logarithmic axis shows instead of 0."""


@dataclass(frozen=True)
class Curve:
    """One line: its points, name, colour number and, as a second cue, dash number."""

    name: str
    at: Sequence[float]
    values: Sequence[float]
    colour: int = 0
    dash: int = 0


def curves(
    lines: Sequence[Curve],
    epochs: float,
    across: str,
    up: str,
    log: bool = False,
    top: float | None = None,
    height: int = 300,
) -> Any:
    """A figure of curves; the horizontal axis reaches to ``epochs`` from the start, the vertical to ``top``."""
    values = [value for line in lines for value in line.values]
    traces = [trace(line, log) for line in lines]
    return over_epochs(traces, values, epochs, across, up, log, top, height, hovermode="x unified")


def over_epochs(
    traces: Sequence[dict[str, Any]],
    values: Sequence[float],
    epochs: float,
    across: str,
    up: str,
    log: bool,
    top: float | None,
    height: int,
    **layout: Any,
) -> Any:
    """A figure of traces over the epochs of a run, with a vertical axis for ``values`` that rarely changes."""
    y = {"range": log_range(values) if log else [0, top or upper(values)], "type": "log" if log else "linear"}
    return figure(
        traces,
        height,
        xaxis={"title": across, "range": [0, epochs]},
        yaxis={"title": up, "exponentformat": "power", **y},
        showlegend=True,
        legend=LEGEND,
        uirevision=f"{up} {y['type']} {epochs}",
        margin=WITH_LEGEND,
        **layout,
    )


def trace(line: Curve, log: bool) -> dict[str, Any]:
    """One curve as SVG; a single point is a dot."""
    values = drawn(line.values, log)
    return {
        "type": "scatter",
        "mode": "lines" if len(values) > 1 else "markers",
        "name": line.name,
        "x": list(line.at),
        "y": values,
        "line": {
            "color": CLASSES[line.colour % len(CLASSES)],
            "dash": DASHES[line.dash % len(DASHES)],
            "width": 2,
        },
        "hovertemplate": "%{y:.4g}",
    }


def drawn(values: Iterable[float], log: bool) -> list[float]:
    """Values as an axis shows them."""
    return [max(value, LOWEST) if log else value for value in values]


def upper(values: Iterable[float]) -> float:
    return nice(1.02 * max((value for value in values if math.isfinite(value)), default=0.0))


def log_range(values: Iterable[float]) -> list[float]:
    """Whole decades that hold all values so far, as exponents."""
    exponents = [math.log10(max(value, LOWEST)) for value in values if math.isfinite(value)]
    low, high = (min(exponents), max(exponents)) if exponents else (-1.0, 0.0)
    return [math.floor(low) - 0.0, max(math.ceil(high + 1e-9), math.floor(low) + 1) - 0.0]
