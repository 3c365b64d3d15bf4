"""The network as a small still picture: neurons, and edges in the colour of their weights."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import streamlit as st

from ...drawing.diagram import Column, diagram
from ...drawing.theme import NEGATIVE, NEUTRAL, POSITIVE, ground
from ..shell import session
from ..shell.page import dark
from ..shell.translation import _
from ..widgets.tables import number as digits

WIDTH, HEIGHT, MARGIN = 400, 190, 22
CROWD = 6
"""Units of two layers up to which the weights between them are written on their edges."""

Place = tuple[float, float]


def picture(part: int) -> None:
    """The present network with the numbers of a ``part``: a layer's weights and biases or, for 0, the data.

    Negative weights are dashed, so that colour is not the only cue.
    """
    setup = session.current()
    parameters, X, Y = session.parameters_and_data(setup)
    columns = diagram(setup.widths)
    name = _("The network {widths}").format(widths="-".join(map(str, setup.widths)))
    parts = [*edges(columns, parameters.W), *neurons(columns), *counts(columns)]
    if part:
        parts += layer_numbers(columns[part - 1], columns[part], parameters.W[part], parameters.b[part])
    else:
        sample = setup.sample or 0
        parts += beside(columns[0], X[sample]) + beside(columns[-1], Y[sample])
    style = "width:100%;max-width:34rem;display:block"
    svg = f'<svg role="img" aria-label="{name}" viewBox="0 0 {WIDTH} {HEIGHT}" style="{style}">{"".join(parts)}</svg>'
    st.markdown(svg, unsafe_allow_html=True)  # numbers and a fixed sentence: nothing that a learner typed
    if any(len(column.shown) < column.total for column in columns):
        st.caption(_("Layers of many units are drawn by their first and last ones."))


def layer_numbers(below: Column, here: Column, W: Any, b: Any) -> list[str]:
    """The weights of a layer on their edges and its biases above its neurons, where there is room."""
    biases = beside(here, b[0]) if b is not None else []
    return biases if max(len(below.shown), len(here.shown)) > CROWD else on_edges(below, here, W) + biases


def on_edges(below: Column, here: Column, W: Any) -> list[str]:
    """The weights between two layers, near the end at which the edges are apart."""
    share = 0.7 if len(here.shown) > len(below.shown) else 0.3
    texts = []
    for j in here.shown:
        for k in below.shown:
            (x1, y1), (x2, y2) = place(below, k), place(here, j)
            texts.append(value(x1 + share * (x2 - x1), y1 + share * (y2 - y1) + 3, W[j, k]))
    return texts


def beside(column: Column, values: Any) -> list[str]:
    """A number above each neuron, unless these are a crowd."""
    if len(column.shown) > CROWD:
        return []
    places = [(place(column, at), k) for at, k in enumerate(column.shown)]
    return [value(x, y - 8, values[k]) for (x, y), k in places]


def value(x: float, y: float, number: float) -> str:
    """A number with the digits of the setup, readable over edges."""
    halo = f'stroke="{ground(dark()).background}" stroke-width="2.5" paint-order="stroke"'
    look = f'font-size="9" text-anchor="middle" fill="currentColor" {halo}'
    return f'<text x="{x:.1f}" y="{y:.1f}" {look}>{digits(float(number))}</text>'


def place(column: Column, k: int) -> Place:
    """The centre of a layer's k-th shown neuron."""
    return MARGIN + column.x * (WIDTH - 2 * MARGIN), column.y[k] * (HEIGHT - MARGIN)


def edges(columns: tuple[Column, ...], W: list[Any]) -> list[str]:
    """A line for every weight between shown neurons; its width is the weight relative to its layer's largest."""
    lines = []
    for below, here in pairwise(columns):
        weights = W[here.layer][here.shown, :][:, below.shown]
        largest = float(abs(weights).max()) or 1.0
        for j in range(len(here.shown)):
            for k in range(len(below.shown)):
                lines.append(edge(place(below, k), place(here, j), float(weights[j, k]), largest))
    return lines


def edge(start: Place, end: Place, weight: float, largest: float) -> str:
    (x1, y1), (x2, y2) = start, end
    look = f'stroke="{NEGATIVE}" stroke-dasharray="4 2"' if weight < 0 else f'stroke="{POSITIVE}"'
    width, opacity = 0.4 + 1.8 * abs(weight) / largest, 0.25 + 0.65 * abs(weight) / largest
    ends = f'x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"'
    return f'<line {ends} {look} stroke-width="{width:.2f}" opacity="{opacity:.2f}"/>'


def neurons(columns: tuple[Column, ...]) -> list[str]:
    look = f'r="5" fill="{NEUTRAL}" stroke="currentColor" stroke-width="0.6"'
    places = [place(column, k) for column in columns for k in range(len(column.shown))]
    return [f'<circle cx="{x:.1f}" cy="{y:.1f}" {look}/>' for x, y in places]


def counts(columns: tuple[Column, ...]) -> list[str]:
    """The number of units under every layer, and dots where some are left out."""
    texts = []
    for column in columns:
        x = place(column, 0)[0]
        texts.append(text(x, HEIGHT - 5, str(column.total)))
        if len(column.shown) < column.total:
            texts.append(text(x, (HEIGHT - MARGIN) / 2 + 4, "⋮"))
    return texts


def text(x: float, y: float, words: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="12" text-anchor="middle" fill="currentColor">{words}</text>'
