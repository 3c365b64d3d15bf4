"""The curves of a run over its epochs."""

from __future__ import annotations

from functools import reduce
from typing import Any

import streamlit as st

from ...drawing.curves import Curve, curves
from ...engine.training.measures import CURVES, Series
from ...jobs.progress import ProgressReader
from ...jobs.run import Run
from ...maths.messages import N_, Message
from ..shell import session
from ..shell.controls import layer_name
from ..shell.toolbar import plain
from ..shell.translation import _, told
from ..widgets.figure import draw
from .live import HEIGHT, Live, choice, steady

PARTS = (N_("{measure} in training"), N_("{measure} in validation"))
"""A measure of the training samples and of the validation samples, by the colours of their curves."""


def pair(history: ProgressReader, name: str) -> list[Curve]:
    """A curve of the training samples and one of the validation samples."""
    named = ((name, _("training")), (f"validation_{name}", _("validation")))
    return [Curve(title, *points, k, k) for k, (key, title) in enumerate(named) if (points := history.column(key))[0]]


def layers(history: ProgressReader, name: str) -> list[Curve]:
    at, values = history.column(name)
    names = [_("layer {number}").format(number=layer_name(k + 1)) for k in range(len(values[0]) if values else 0)]
    return [Curve(name, at, [each[k] or 0.0 for each in values], k, k) for k, name in enumerate(names)]


def views_of(run: Run) -> list[str]:
    """The curves of what a run measures."""
    measured = ("cost", *run.spec.settings.get("measure", ()))
    return [curve for curve, series in CURVES.items() if series.name in measured]


def shown_of(run: Run) -> str:
    """The chosen curves, or the cost if the run does not have them."""
    curve = session.current().curve
    return curve if curve in views_of(run) else "cost"


SCORE = ("cost", "accuracy")
"""The measures whose last values are told as numbers before a class."""

SCORE_CSS = """<style>
.st-key-score { display: none; flex-wrap: wrap; font-variant-numeric: tabular-nums; }
.mlp-projecting .st-key-score { display: flex; }
.st-key-score p { font-size: 1.3rem; }
</style>"""


def score(run: Run, history: ProgressReader) -> None:
    """The last cost and accuracy as numbers, seen in the large view."""
    st.html(SCORE_CSS)
    with st.container(key="score", horizontal=True):
        for series in (CURVES[view] for view in views_of(run) if CURVES[view].name in SCORE):
            for each in pair(history, series.name):
                last = _("{place}: {title}").format(
                    place=plain(named(series, each)), title=f"**{each.values[-1]:.4g}**"
                )
                st.markdown(last, width="content")


def named(series: Series, curve: Curve) -> str:
    """A curve by what it shows and of which samples."""
    return told(Message(PARTS[curve.colour], measure=Message(series.title)))


def last_values(history: ProgressReader, series: Series) -> list[str]:
    """Where the curves have come to, for whoever does not see them."""
    last = {named(series, each): f"{each.values[-1]:.4g}" for each in pair(history, series.name)}
    return [_("{place}: {title}").format(place=name, title=value) for name, value in last.items()]


def curve_choice(run: Run) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        choice("curve", {curve: _(series.title) for curve, series in CURVES.items()}, views_of(run))
        decades = CURVES[shown_of(run)].log
        on = session.current().log
        steady(st.toggle, "setup.log", on, _("log"), lambda on: session.edit(log=on), disabled=not decades)


def curve_figure(live: Live) -> None:
    series, log = CURVES[shown_of(live.run)], session.current().log

    def made() -> Any:
        lines = (layers if series.per_layer else pair)(live.history, series.name)
        return figure_of(series, lines, live.run.spec.epochs, log)

    parts = [_("Curves over the epochs"), *([] if series.per_layer else last_values(live.history, series))]
    alt = reduce(lambda first, second: _("{first}; {second}").format(first=first, second=second), parts)
    draw(live.figure(("curves", series.name, log), made), "train.curves", alt)


def figure_of(series: Series, lines: list[Curve], epochs: float, log: bool) -> Any:
    return curves(lines, epochs, _("epoch"), _(series.axis), log and series.log, series.top, HEIGHT)
