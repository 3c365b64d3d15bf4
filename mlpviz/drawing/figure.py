"""What all figures share: scales that do not jump, and the one place where Plotly is met.

Traces and layouts are plain dictionaries, drawn as SVG. Plotly is imported when the first figure is made, so that a
page decides when.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from .theme import ground

SYMBOLS = ("circle", "square", "diamond", "triangle-up", "cross", "x", "star", "pentagon", "hexagon", "triangle-down")
DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot")

CONFIG = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False}
MARGINS = {"l": 8, "r": 8, "t": 8, "b": 8}
WITH_LEGEND = {"l": 8, "r": 20, "t": 36, "b": 20}
LEGEND = {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom"}


def diverging(dark: bool) -> list[list[Any]]:
    """The colour scale of signed numbers: orange, grey at zero, blue."""
    here = ground(dark)
    return [[k / 2, colour] for k, colour in enumerate((here.negative, here.zero, here.positive))]


def rising(dark: bool) -> list[list[Any]]:
    """The colour scale of shares from 0 to 1: grey to blue."""
    return [[0, ground(dark).zero], [1, ground(dark).positive]]


ROUND = (1, 2, 5, 10)
FINE = (1, 1.5, 2, 3, 5, 7, 10)


def nice(value: float, steps: Sequence[float] = ROUND) -> float:
    """The smallest number of … 0.5, 1, 2, 5, 10 … that is not below ``value``: such limits rarely change."""
    if not (0 < value < math.inf):
        return 1.0
    power = 10.0 ** math.floor(math.log10(value))
    return next(step * power for step in steps if step * power >= value * (1 - 1e-12))


class Marked(str):
    """A text of this program's own with Plotly's marks in it; any other is shown as it is."""

    __slots__ = ()


def escaped(value: Any) -> Any:
    """A trace or a layout with all its texts escaped for Plotly, which would read HTML in them, links too."""
    match value:
        case Marked():
            return value
        case str():
            return value.replace("&", "&amp;").replace("<", "&lt;")
        case Mapping():
            return {name: escaped(each) for name, each in value.items()}
        case list() | tuple():
            return [escaped(each) for each in value]
        case np.ndarray() if value.dtype.kind not in "biuf":
            return escaped(value.tolist())
    return value


def figure(traces: Sequence[Mapping[str, Any]], height: int, **layout: Any) -> Any:
    """A Plotly figure without a theme of its own, whose texts, whoever wrote them, are shown as they are.

    What a learner has zoomed to or left out is kept while it is drawn again and its ``uirevision`` is the same.
    """
    import plotly.graph_objects as go

    options = {
        "height": height,
        "margin": MARGINS,
        "uirevision": "kept",
        "showlegend": False,
        "dragmode": "zoom",
        "template": {},
        **layout,
    }
    return go.Figure({"data": escaped(list(traces)), "layout": escaped(options)})


def plain_axes(**options: Any) -> dict[str, Any]:
    hidden = {"visible": False, "fixedrange": True, "constrain": "domain"}
    return {"xaxis": hidden, "yaxis": {**hidden, "autorange": "reversed", "scaleanchor": "x", **options}}
