"""The pictures of the Train page: the data, and what a network makes of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import streamlit as st

from ...derivation.printing.naming import layer_mark
from ...drawing import images, regions
from ...drawing.curves import Curve, curves
from ...drawing.figure import Marked
from ...examples.data import CLASSES, TWO, VALUES, Data
from ...maths.messages import N_, NC_, Message, counted
from ...setup.setup import Setup
from ..shell import session
from ..shell.controls import layer_name
from ..shell.page import dark
from ..shell.translation import C_, _, told
from ..widgets.figure import draw
from .live import HEIGHT, Live, choice

TILES = 24  # pictures of units


def plane(data: Data) -> bool:
    """Whether the samples have two inputs and classes."""
    return data.X.shape[1] == 2 and data.kind in (TWO, CLASSES)


def line(data: Data) -> bool:
    """Whether the samples have one input and one target."""
    return data.X.shape[1] == 1 and data.kind == VALUES and data.Y.shape[1] == 1


def data_picture(data: Data, live: Live | None) -> None:
    """The data and, where that can be drawn, the network's answer at every point around them."""

    def made() -> Any:
        return data_figure(data, live)

    draw(made() if live is None else live.figure("data", made), "train.data", _("The data"))
    if len(data.X) > regions.POINTS and not data.image:
        st.caption(_("Drawn are {count} of {all} samples.").format(count=regions.POINTS, all=f"{len(data.X):,}"))


def data_figure(data: Data, live: Live | None) -> Any:
    outputs = None
    if live is not None and (plane(data) or line(data)):
        outputs = live.outputs("grid", regions.grid(data.X)).A[-1]
    if plane(data):
        return regions.plane(data.X, classes(data), data.outputs, data.inputs, outputs, dark(), HEIGHT)
    if line(data):
        return regions.line(data.X, data.Y, data.inputs, (C_("curve", "data"), C_("curve", "network")), outputs, HEIGHT)
    return digits(data) if data.image else directions(data)


def classes(data: Data) -> np.ndarray:
    """The samples' classes; all the same if there are none."""
    return np.zeros(len(data.X), int) if data.classes is None else data.classes


def digits(data: Data) -> Any:
    """The first samples as images."""
    assert data.image is not None
    shown = data.X[:TILES].reshape(-1, *data.image)
    labels = [data.outputs[k] for k in classes(data)[:TILES]]
    return images.tiles(shown, labels, images.limit_of(shown), False, dark(), HEIGHT)


def directions(data: Data) -> Any:
    """Samples with many inputs, projected on the two directions in which they vary most."""
    X = data.X[: regions.POINTS]
    if X.shape[1] == 1:
        flat = np.stack([X[:, 0], data.Y[: regions.POINTS, 0]], 1)
        names = (data.inputs[0], data.outputs[0])
    elif X.shape[1] == 2:
        flat, names = X, (data.inputs[0], data.inputs[1])
    else:
        centred = X - X.mean(0)
        flat = centred @ np.linalg.svd(centred, full_matrices=False)[2][:2].T
        names = (_("first principal direction"), _("second principal direction"))
    outputs = data.outputs if data.kind != VALUES else (C_("curve", "samples"),)
    return regions.plane(flat, classes(data)[: len(flat)], outputs, names, None, dark(), HEIGHT)


def unit_pictures(live: Live) -> None:
    """The output of each unit of the last, or of the chosen, hidden layer at every point."""
    layer = layer_choice(live.run.spec.architecture.depth)
    figure = live.figure(("units", layer), lambda: unit_figure(live, layer))
    draw(figure, "train.units", _("The activation of each hidden unit at every point"))


def unit_figure(live: Live, layer: int) -> Any:
    data = live.data
    answers = live.outputs("grid", regions.grid(data.X)).A[layer]
    count = min(TILES, answers.shape[1])
    limit = images.limit_of(answers[:, :count])
    names = [unit_name(layer, k) for k in range(count)]
    if line(data):
        at = regions.grid(data.X)[:, 0].tolist()
        lines = [Curve(name, at, answers[:, k].tolist(), k, k // 10) for k, name in enumerate(names)]
        figure = curves(lines, 1.0, data.inputs[0], C_("axis", "answer"), False, limit, HEIGHT)
        figure.update_layout(xaxis_range=list(regions.bounds(data.X)[0]), yaxis_range=[-limit, limit])
        return figure
    side = regions.GRID
    shown = answers[:, :count].T.reshape(count, side, side)[:, ::-2, ::2]
    return images.tiles(shown, names, limit, True, dark(), HEIGHT - 30)


def layer_choice(depth: int) -> int:
    titles = {l: _("layer {number}").format(number=layer_name(l)) for l in range(1, depth)}
    if len(titles) == 1:
        return 1
    taken = st.segmented_control(
        _("Layer"),
        list(titles),
        format_func=titles.__getitem__,
        default=depth - 1,
        key="train.layer",
        label_visibility="collapsed",
    )
    return taken or depth - 1


def unit_name(layer: int, unit: int) -> str:
    """A unit as the notation writes and counts it."""
    notation = session.current().notation
    letter = notation.letters[1]  # of an activation
    return Marked(f"{letter}<sup>{layer_mark(layer, notation)}</sup><sub>{unit + notation.first_index}</sub>")


def confusion_picture(live: Live) -> None:
    """How often each class is answered for each right class."""
    draw(live.figure("confusion", lambda: confusion_figure(live)), "train.confusion", _("Confusion matrix"))
    st.caption(told(how_many(len(live.samples()), live.validated)))


def confusion_figure(live: Live) -> Any:
    data, chosen = live.data, live.samples()
    A = live.outputs("samples", data.X[chosen]).A[-1]
    given = (A[:, 0] > 0.5).astype(int) if data.kind == TWO else A.argmax(1)
    matrix = images.counts(classes(data)[chosen], given, len(data.outputs))
    return images.confusion(matrix, data.outputs, C_("picture", "given"), C_("picture", "right"), dark(), HEIGHT - 30)


def how_many(count: int, validated: bool) -> Message:
    if validated:
        return counted(
            "{count} sample that is kept apart for validation",
            "{count} samples that are kept apart for validation",
            count,
        )
    return counted("{count} sample", "{count} samples", count)


def weight_pictures(live: Live) -> None:
    """The weights of the first layer's units as images, in the format of the inputs."""
    draw(live.figure("weights", lambda: weight_figure(live)), "train.weights", _("Weights as images"))


def weight_figure(live: Live) -> Any:
    assert live.data.image is not None
    W = live.parameters.W[1][:TILES].reshape(-1, *live.data.image)
    names = [unit_name(1, k) for k in range(len(W))]
    return images.tiles(W, names, images.limit_of(W), True, dark(), HEIGHT - 30)


@dataclass(frozen=True)
class Picture:
    """What a picture is called, how a run is drawn, and for which data and widths that is offered."""

    title: str
    draw: Callable[[Live], None]
    offered: Callable[[Data, tuple[int, ...]], bool]


PICTURES = {
    "data": Picture(NC_("picture", "Data"), lambda live: data_picture(live.data, live), lambda data, widths: True),
    "units": Picture(
        N_("Hidden units"), unit_pictures, lambda data, widths: len(widths) > 2 and (plane(data) or line(data))
    ),
    "confusion": Picture(N_("Confusion"), confusion_picture, lambda data, widths: data.kind != VALUES),
    "weights": Picture(N_("Weights"), weight_pictures, lambda data, widths: bool(data.image)),
}
"""The pictures of a run by their names in a link, one row each."""


def pictures_of(data: Data, widths: tuple[int, ...]) -> list[str]:
    """The names of the pictures that there are for some data and a network."""
    return [name for name, picture in PICTURES.items() if picture.offered(data, widths)]


def picture_choice(live: Live, setup: Setup) -> None:
    options = pictures_of(live.data, setup.widths)
    if len(options) > 1:
        choice("picture", {name: _(picture.title) for name, picture in PICTURES.items()}, options)


def picture_figure(live: Live, setup: Setup) -> None:
    """The chosen picture, or the data if there is none of these."""
    offered = setup.picture in pictures_of(live.data, setup.widths)
    PICTURES[setup.picture if offered else "data"].draw(live)
