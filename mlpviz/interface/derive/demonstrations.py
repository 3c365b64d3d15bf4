"""What a learner tries out beside the lines: a nudge, a bias of the wrong shape, a loop, other losses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import streamlit as st

from ...derivation import beside, demonstrations
from ...derivation.printing.line_latex import LinePrinter
from ...derivation.scene import Scene
from ...maths.activations import ACTIVATIONS
from ...maths.expressions import Symbol
from ...maths.losses import LOSSES
from ..shell import session
from ..shell.controls import shown
from ..shell.toolbar import plain
from ..shell.translation import C_, _
from ..widgets.tables import CELLS, math, matrix, number, table

SHOWN = 4
"""Most samples that are written out one by one."""

MOST_PUSHED = 1.0
"""By how much a weight is pushed at most."""

# The chain rule: a nudge


def nudge(scene: Scene) -> None:
    """One weight is changed: how the numbers above it move, and what their slopes predict."""
    rows, columns = scene.stored(Symbol("W", scene.layer)).shape
    with st.container(horizontal=True, vertical_alignment="center", key="nudge"):
        with st.container(width=300):
            bounds = {"min_value": -MOST_PUSHED, "max_value": MOST_PUSHED, "step": 0.01}
            step = chosen_push("push", _("Push one weight by Δw"), MOST_PUSHED, st.slider, **bounds)
        with st.container(width=110):
            out = unit("push_into", _("into unit"), rows)
        with st.container(width=110):
            into = unit("push_from", _("from unit"), columns)
        with st.container(width="stretch", key="nudge-moves"):
            moves(scene, out, into, step)


def unit(name: str, label: str, count: int) -> int:
    """One of so many units."""
    first = session.current().notation.first_index
    number_of: dict[str, Any] = {"options": range(count), "format_func": lambda k: str(k + first)}
    return int(chosen_push(name, label, count - 1, st.selectbox, **number_of))


def chosen_push(name: str, label: str, most: float, widget: Callable[..., Any], **options: Any) -> float:
    """What of the push is chosen in a widget; a unit that a smaller network lacks is its last one."""
    value: float = min(getattr(session.current(), name), most)
    shown(widget, f"setup.{name}", value, label, lambda new: session.edit(**{name: new}), **options)
    return value


def moves(scene: Scene, out: int, into: int, step: float) -> None:
    """Δw → Δz → Δa → ΔJ, as computed and as predicted by the slopes."""
    first = scene.view.notation.first_index
    pushed = demonstrations.nudge(scene, out, into, step)
    moved = [each for each in pushed if each.moved or each.predicted or each.unit < 0]
    shown = [*moved[: CELLS - 1], *moved[-1:]] if len(moved) > CELLS else moved
    index = str(out + first) + str(into + first)
    weight = math(
        scene, Symbol("W", scene.layer), index if scene.view.notation.weights == "out_in" else index[::-1], True
    )
    names = [math(scene, each.symbol, "" if each.unit < 0 else str(each.unit + first), True) for each in shown]
    head = ["Δ", weight, *names]
    table(
        head,
        [
            [C_("of a nudge", "moved"), number(step), *(number(each.moved) for each in shown)],
            [_("slope · Δw"), number(step), *(number(each.predicted) for each in shown)],
        ],
    )


# From one sample to a batch


def batch(scene: Scene) -> None:
    """Sample by sample, the broadcasting trap, and the loop against the product."""
    if not scene.single:
        st.subheader(_("Sample by sample, and all at once"))
        for column, rows in zip(st.columns(2, gap="large"), beside.side_by_side(scene, SHOWN), strict=True):
            column.latex(beside.aligned(rows))
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader(_("What NumPy does with the bias"))
        if scene.architecture.bias:
            trap(scene)
        else:
            st.write(_("This network has no biases."))
    with right:
        st.subheader(_("Loop or matrix product"))
        measure(scene)


def trap(scene: Scene) -> None:
    """Samples as columns, with the bias as a plain list and as a column, as NumPy computes them now."""
    n, m = scene.architecture.widths[scene.layer], scene.view.batch_size
    st.caption(_("Samples as columns: W @ X is {n}×{m}.").format(n=n, m=m))
    for tried in demonstrations.broadcasts(scene):
        st.code(tried.code, language="python")
        if tried.error:
            st.error(_("NumPy refuses: {error}").format(error=plain(tried.error.strip())), icon=":material/block:")
        elif tried.right:
            st.success(_("Right: every unit's bias is added to its own row."), icon=":material/check:")
        else:
            st.warning(_("No error, and wrong: each sample gets a bias, not each unit."), icon=":material/warning:")
        if tried.value is not None:
            matrix(tried.value)


def measure(scene: Scene) -> None:
    """A measurement on request: the present layer, and a layer of ordinary size."""
    st.caption(
        _("The gradient of one weight matrix, by a loop over its entries in Python and as one product in NumPy.")
    )
    if st.button(_("Measure on this machine"), icon=":material/timer:", key="measure"):
        widths, l = scene.architecture.widths, scene.layer
        sizes = [(min(widths[l], 64), min(widths[l - 1], 64), scene.view.batch_size), (64, 64, 32)]
        st.session_state["mlpviz.timings"] = [demonstrations.timing(*size) for size in sizes]
    timings = st.session_state.get("mlpviz.timings", [])
    if timings:
        head = [_("units × inputs, samples"), _("loop"), _("product"), _("times faster")]
        table(
            head,
            [
                [
                    f"{each.units} × {each.inputs}, {each.samples}",
                    f"{each.loop * 1e6:,.1f} µs",
                    f"{each.product * 1e6:,.1f} µs",
                    f"{each.loop / each.product:,.0f}",
                ]
                for each in timings
            ],
        )


# Softmax and cross-entropy


def outputs(scene: Scene) -> None:
    """The same z and targets with each output and loss: where δ is a − y."""
    output, error = Symbol("A", scene.architecture.depth), Symbol("delta", scene.architecture.depth)
    difference = f"${LinePrinter(scene.view).write(output - Symbol('Y'))}$"
    st.subheader(_("When does it collapse to {difference}?").format(difference=difference))
    total = float(scene.stored(Symbol("Y")).sum())
    st.caption(
        _("The present z and targets with other outputs and losses; the targets add up to {total}.").format(
            total=number(total)
        )
    )
    rows = []
    for each in demonstrations.collapses(scene):
        verdict = _("yes") if each.collapses else _("no")
        rows.append(
            [
                _(ACTIVATIONS[each.output].title) + " + " + _(LOSSES[each.loss].title),
                listed(each.delta),
                listed(each.difference),
                verdict,
            ]
        )
    table([_("output + loss"), math(scene, error), difference, _("the same?")], rows)


def listed(values: np.ndarray) -> str:
    flat = np.ravel(values)
    return ", ".join(map(number, flat[:CELLS])) + (" …" if flat.size > CELLS else "")


# Three ways


def ways(scene: Scene) -> None:
    names = {
        "whole": _("1 · whole Jacobians"),
        "differential": _("2 · the differential, weight by weight"),
        "entries": _("3 · entries, assembled"),
    }
    st.subheader(_("What each costs here"))
    rows = [
        [names[each.way], f"{each.stored:,}", f"{each.nonzero:,}", f"{each.products:,}"]
        for each in demonstrations.costs(scene)
    ]
    table(
        [C_("of computing", "way"), _("extra numbers stored"), _("those that can differ from 0"), _("multiplications")],
        rows,
    )
    measure(scene)
