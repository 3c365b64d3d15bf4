"""The curves of a run over its epochs."""

from __future__ import annotations

from typing import Any

import streamlit as st

from ..drawing.curves import Curve, curves
from ..jobs.progress import History
from ..sharing.setup import Setup
from ..sharing.training import CURVES
from . import session
from .controls import chosen, layer_name
from .text import _
from .train_live import Live
from .train_views import HEIGHT, choice, draw


def curve_choice(setup: Setup) -> None:
    """Which curves, and on which axis."""
    titles = {"cost": _("Cost"), "accuracy": _("Accuracy"), "gradients": _("Gradients")}
    with st.container(horizontal=True, vertical_alignment="center"):
        choice("curve", titles, list(CURVES))
        chosen(st.toggle, "log", _("log"), lambda on: session.edit(log=on))


def curve_figure(live: Live, setup: Setup) -> None:
    """The chosen curves so far."""
    history, epochs = live.history, live.run.spec.settings["epochs"]
    lines = gradient_lines(history) if setup.curve == "gradients" else pair(history, setup.curve)
    draw(figure_of(lines, epochs, setup), "train.curves", _("Curves over the epochs"))


def figure_of(lines: list[Curve], epochs: float, setup: Setup) -> Any:
    """A figure of some curves of the chosen kind."""
    ups = {"cost": _("cost"), "accuracy": _("share of right answers"), "gradients": _("norm of the gradient")}
    accuracy = setup.curve == "accuracy"
    log, top = setup.log and not accuracy, 1.0 if accuracy else None
    return curves(lines, epochs, _("epoch"), ups[setup.curve], log, top, HEIGHT)


def pair(history: History, name: str) -> list[Curve]:
    """A curve of the training samples and one of those kept apart for validation."""
    named = ((name, _("training")), (f"validation_{name}", _("validation")))
    return [Curve(title, *found, k, k) for k, (key, title) in enumerate(named) if (found := history.column(key))[0]]


def gradient_lines(history: History) -> list[Curve]:
    """The norm of every layer's gradient."""
    at, norms = history.column("gradient_norms")
    names = [_("layer {number}").format(number=layer_name(k + 1)) for k in range(len(norms[0]) if norms else 0)]
    return [Curve(name, at, [each[k] or 0.0 for each in norms], k, k) for k, name in enumerate(names)]
