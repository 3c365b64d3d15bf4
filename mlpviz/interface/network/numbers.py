"""The part of the Network page with every number: inputs, targets, weights and biases, to be typed or pasted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import streamlit as st

from ...maths.expressions import Symbol
from ...setup import limits
from ...setup.checks import shape_of
from ...setup.codecs import Rows
from ...setup.matrix_text import matrix_for
from ...setup.setup import Setup
from ..shell import session
from ..shell.controls import MANY_SAMPLES, index_labels, layer_name, shown
from ..shell.presets import rows as rows_of
from ..shell.teaching import numbers_fixed
from ..shell.translation import _
from ..widgets.matrix_editor import Matrix, line_number, matrix_editor

DATA = 0  # in place of a layer


def parts() -> range:
    """What numbers there are: the data, and every layer's."""
    return range(DATA, len(session.current().widths))


def chosen_part() -> int:
    """Whose numbers are edited: those of a layer which a smaller network lacks are not."""
    part = session.current().part
    return part if part in parts() else DATA


def numbers() -> None:

    def title(part: int) -> str:
        return _("Data X, Y") if part == DATA else f"{own_name('W', part)}, {own_name('b', part)}"

    def take(part: int) -> None:
        session.edit(part=part)

    options = {"options": parts(), "format_func": title, "required": True}
    shown(st.segmented_control, "setup.part", chosen_part(), _("Numbers of"), take, **options)
    if part := chosen_part():
        parameters(part)
    else:
        data()


def data() -> None:
    setup = session.current()
    left, right = st.columns(2)
    with left:
        meaning(f"**X** {len(setup.X)}×{setup.widths[0]}", _("one row a sample, one column an input"))
        matrix_editor(Matrix("X", setup_shape(setup, "X"), lambda: setup.X, put_inputs))
    with right:
        meaning(f"**Y** {len(setup.Y)}×{setup.widths[-1]}", _("one row a sample, one column an output"))
        matrix_editor(Matrix("Y", setup_shape(setup, "Y"), lambda: setup.Y, put_targets))
    sample_buttons(index_labels(len(setup.X)))


def meaning(array: str, words: str) -> None:
    st.markdown(f"{array} · {words}")


def put_inputs(setup: Setup, rows: Rows) -> Setup:
    """Replace the inputs: new samples repeat the last target, and surplus targets go."""
    count, width = len(rows), setup.widths[0]
    matrix_for(rows, (len(rows[0]) if count == width else count, width), "X")
    targets = (setup.Y + setup.Y[-1:] * count)[:count]
    gone = setup.sample is not None and setup.sample >= count
    return replace(setup, X=rows, Y=targets, sample=None if gone else setup.sample)


def put_targets(setup: Setup, rows: Rows) -> Setup:
    """Replace the targets, one row for each sample."""
    return replace(setup, Y=matrix_for(rows, setup_shape(setup, "Y"), "Y"))


def setup_shape(setup: Setup, name: str) -> tuple[int, int]:
    rows: Rows = getattr(setup, name)
    return len(rows), len(rows[0])


def sample_buttons(samples: Sequence[str]) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        held = numbers_fixed()
        full = held or len(samples) >= limits.BATCH
        st.button(_("Add a sample"), key="add sample", icon=":material/add:", on_click=add_sample, disabled=full)
        if len(samples) > 1:
            which = sample_number(samples)
            st.button(
                _("Remove it"),
                key="remove sample",
                icon=":material/remove:",
                on_click=remove_sample,
                args=(which,),
                disabled=held,
            )
    st.caption(_("Up to {most} samples.").format(most=f"{limits.BATCH:,}"))


def sample_number(samples: Sequence[str]) -> int:
    """The index of one sample, chosen from a list or, among many, typed."""
    if len(samples) <= MANY_SAMPLES:
        return st.selectbox(_("Sample"), range(len(samples)), format_func=samples.__getitem__, width=110)
    first, last = int(samples[0]), int(samples[-1])
    return line_number("sample to remove", _("Sample"), first, last) - first


def add_sample() -> None:
    """Add a copy of the last sample."""
    session.change(lambda setup: replace(setup, X=setup.X + setup.X[-1:], Y=setup.Y + setup.Y[-1:]))


def remove_sample(k: int) -> None:

    def without(setup: Setup) -> Setup:
        X, Y = (rows[:k] + rows[k + 1 :] for rows in (setup.X, setup.Y))
        return replace(setup, X=X, Y=Y, sample=None)

    session.change(without)


def own_name(name: str, l: int) -> str:
    """What the weights or biases of a layer are called, with the number that they carry."""
    return f"{name}[{session.current().notation.number(Symbol(name, l))}]"


def parameters(l: int) -> None:
    setup = session.current()
    arrays = session.parameters_and_data(setup)[0]
    here, below, W, b = layer_name(l), layer_name(l - 1), own_name("W", l), own_name("b", l)
    left, right = st.columns(2)
    with left:
        units = _("one row a unit of layer {here}, one column a unit of layer {below}")
        meaning(f"**{W}** {setup.widths[l]}×{setup.widths[l - 1]}", units.format(here=here, below=below))
        parameter_editor("W", l, W, arrays.W[l])
    with right:
        if setup.bias:
            meaning(f"**{b}** 1×{setup.widths[l]}", _("one column a unit of layer {here}").format(here=here))
            parameter_editor("b", l, b, arrays.b[l])
        else:
            st.caption(_("This network has no biases."))


def parameter_editor(letter: str, l: int, name: str, array: np.ndarray) -> None:
    """One parameter array; only entries that change become given ones."""

    def put(setup: Setup, rows: Rows) -> Setup:
        new = np.array(matrix_for(rows, shape_of(setup.widths, letter, l), name))
        changed = {(letter, l, r, c): float(new[r, c]) for r, c in np.argwhere(new != array).tolist()}
        return replace(setup, entries={**setup.entries, **changed})

    matrix_editor(Matrix(name, shape_of(session.current().widths, letter, l), lambda: rows_of(array), put))
