"""The curves of a run over its epochs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import streamlit as st

from ...drawing.curves import Curve, curves
from ...jobs.progress import ProgressReader
from ...jobs.run import Run
from ...maths.messages import N_
from ..shell import session
from ..shell.controls import layer_name
from ..shell.translation import _
from ..widgets.figure import draw
from .live import HEIGHT, Live, choice, steady


def pair(history: ProgressReader, name: str) -> list[Curve]:
    """A curve of the training samples and one of those kept apart for validation."""
    named = ((name, _("training")), (f"validation_{name}", _("validation")))
    return [Curve(title, *found, k, k) for k, (key, title) in enumerate(named) if (found := history.column(key))[0]]


def layers(history: ProgressReader, name: str) -> list[Curve]:
    """A curve for every layer."""
    at, found = history.column(name)
    names = [_("layer {number}").format(number=layer_name(k + 1)) for k in range(len(found[0]) if found else 0)]
    return [Curve(name, at, [each[k] or 0.0 for each in found], k, k) for k, name in enumerate(names)]


@dataclass(frozen=True)
class View:
    """Curves of one kind: what they are of, what is said ``up`` the axis, its ``top``, and whether decades help."""

    title: str
    up: str
    measured: str
    lines: Callable[[ProgressReader, str], list[Curve]]
    top: float | None = None
    log: bool = True


VIEWS = {
    "cost": View(N_("Cost"), N_("cost"), "cost", pair),
    "accuracy": View(N_("Accuracy"), N_("share of right answers"), "accuracy", pair, 1.0, log=False),
    "gradients": View(N_("Gradients"), N_("norm of the gradient"), "gradient_norms", layers),
    "dead": View(N_("Dead units"), N_("units that no sample reaches"), "dead_units", layers, log=False),
    "saturation": View(N_("Saturation"), N_("share with f′(z) near 0"), "saturation", layers, 1.0, log=False),
}


def views_of(run: Run) -> list[str]:
    """The curves that a run has: those of what it measures."""
    measured = ("cost", *run.spec.settings.get("measure", ()))
    return [name for name, view in VIEWS.items() if view.measured in measured]


def shown_of(run: Run) -> str:
    """The curves that are chosen, or the cost if the run does not have them."""
    curve = session.current().curve
    return curve if curve in views_of(run) else "cost"


def curve_choice(run: Run) -> None:
    """Which curves, and on which axis."""
    with st.container(horizontal=True, vertical_alignment="center"):
        choice("curve", {name: _(view.title) for name, view in VIEWS.items()}, views_of(run))
        decades = VIEWS[shown_of(run)].log
        on = session.current().log
        steady(st.toggle, "setup.log", on, _("log"), lambda on: session.edit(log=on), disabled=not decades)


def curve_figure(live: Live) -> None:
    """The chosen curves so far."""
    name = shown_of(live.run)
    lines = VIEWS[name].lines(live.history, VIEWS[name].measured)
    made = figure_of(name, lines, live.run.spec.settings["epochs"], session.current().log)
    draw(made, "train.curves", _("Curves over the epochs"))


def figure_of(name: str, lines: list[Curve], epochs: float, log: bool) -> Any:
    """A figure of some curves of one kind."""
    view = VIEWS[name]
    return curves(lines, epochs, _("epoch"), _(view.up), log and view.log, view.top, HEIGHT)
