"""The parts of the Network page: what the network is, what it starts from, and every number of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import streamlit as st

from ..engine.initializers import INITIALIZERS
from ..examples.presets import PRESETS
from ..maths.activations import ACTIVATIONS
from ..maths.losses import LOSSES
from ..sharing import limits
from ..sharing.checks import architecture_of, counted, parameter_count, shape_of
from ..sharing.kinds import Rows
from ..sharing.matrix_text import matrix_for
from ..sharing.setup import Setup
from . import cells, panels, session
from .bases import rows as rows_of
from .controls import MANY_SAMPLES, chosen, index_labels, layer_name, picked, reduction, shown, typed
from .text import _


def heading(text: str) -> None:
    """The heading of one part."""
    st.markdown(f"#### {text}")


def about() -> None:
    """What the chosen preset shows, and where it is from."""
    preset = PRESETS[session.current().preset]
    st.caption(f"{panels.plain(_(preset.description))} *{panels.plain(_(preset.source))}*")


def reset_button() -> None:
    """The way back to the preset's own numbers."""
    st.button(
        _("Reset"),
        key="preset again",
        help=_("Back to the preset's own network and numbers"),
        icon=":material/replay:",
        on_click=reopen,
        disabled=session.unchanged(),
    )


def reopen() -> None:
    """The present preset once more, as it was made."""
    session.open_preset(session.current().preset)


def layers() -> None:
    """The widths, and the activation of every layer."""
    limit = _("{layers} layers at most, {units} units each, {parameters} parameters in all").format(
        layers=limits.DEPTH, units=f"{limits.WIDTH:,}", parameters=f"{limits.PARAMETERS:,}"
    )
    typed("widths", _("Units of each layer, the input first"), session.resize)
    st.caption(limit)
    with st.container(horizontal=True):
        for l in range(1, len(session.current().widths)):
            activation(l)


def activation(l: int) -> None:
    """The activation of one layer; the output offers those that the loss takes."""
    setup = session.current()
    outputs = LOSSES[setup.loss].outputs if l == len(setup.activations) else None
    names = [name for name in ACTIVATIONS if outputs is None or name in outputs]

    def take(name: str) -> None:
        session.edit(activations=(*setup.activations[: l - 1], name, *setup.activations[l:]))

    def title(name: str) -> str:
        return _(ACTIVATIONS[name].title)

    label = _("Layer {number}").format(number=layer_name(l))
    key, value = f"setup.activation {l}", setup.activations[l - 1]
    shown(st.selectbox, key, value, label, take, options=names, format_func=title, width=160)


def loss() -> None:
    """The loss, how it is reduced, the weight decay and the learning rate; losses not offered are named with why."""
    setup = session.current()
    output = setup.activations[-1]
    fitting = {
        name: _(entry.title) for name, entry in LOSSES.items() if entry.outputs is None or output in entry.outputs
    }
    with st.container(horizontal=True, vertical_alignment="bottom"):
        with st.container(width=230):
            picked("loss", _("Loss of one sample"), fitting, st.selectbox)
        with st.container(width=230):
            reduction()
        with st.container(width=130):
            typed("l2", _("l2 (½·l2·ΣW²)"))
        with st.container(width=130):
            typed("learning_rate", _("Learning rate η"))
        chosen(st.toggle, "bias", _("Biases"), lambda on: session.edit(bias=on))
    for name in LOSSES.keys() - fitting.keys():
        why = _("{loss} is not offered: it needs {outputs} in the output layer.")
        outputs = _(" or ").join(LOSSES[name].outputs or ())
        st.caption(why.format(loss=_(LOSSES[name].title).capitalize(), outputs=outputs))


def starting_values() -> None:
    """The initializer and its seed; drawing anew replaces every given number."""
    titles = {name: _(entry.title) for name, entry in INITIALIZERS.items()}

    def redraw(name: str) -> None:
        session.redraw(initializer=name)

    def title(name: str) -> str:
        return titles[name]

    with st.container(horizontal=True, vertical_alignment="bottom"):
        with st.container(width=200):
            chosen(st.selectbox, "initializer", _("Initializer"), redraw, options=list(titles), format_func=title)
        with st.container(width=150):
            typed("seed", _("Seed"), lambda seed: session.redraw(seed=seed))
        st.button(_("Draw all weights anew"), key="draw", icon=":material/casino:", on_click=draw)


def draw() -> None:
    """The next seed's weights."""
    session.redraw(seed=(session.current().seed + 1) % (limits.SEED + 1))


TABLE_CSS = """<style>
.st-key-shapes th, .st-key-shapes td { padding: 0.2rem 0.45rem; }
.st-key-shapes table { font-variant-numeric: tabular-nums; }
@media (max-width: 640px) { .st-key-shapes th, .st-key-shapes td { font-size: 0.8rem; padding: 0.15rem 0.3rem; } }
</style>"""


def summary() -> None:
    """What the network looks like: a row for every layer, with shapes and counts."""
    setup = session.current()
    head = [_("layer"), _("units"), _("activation"), "W", "b", _("count")]
    lines = [head, ["---"] * len(head), [layer_name(0), f"{setup.widths[0]:,}", _("input"), "", "", ""]]
    for l in range(1, len(setup.widths)):
        n, below = setup.widths[l], setup.widths[l - 1]
        b = f"1×{n}" if setup.bias else "–"
        count = parameter_count((below, n), setup.bias)
        title = _(ACTIVATIONS[setup.activations[l - 1]].title)
        lines.append([layer_name(l), f"{n:,}", title, f"{n}×{below}", b, f"{count:,}"])
    st.html(TABLE_CSS)
    with st.container(key="shapes"):
        st.markdown("\n".join(f"| {' | '.join(line)} |" for line in lines))
    total = counted(architecture_of(setup).parameter_count, "parameter")
    st.caption(f"{total}, {counted(len(setup.X), 'sample')}. {drawn()}")


def drawn() -> str:
    """What of this network the Step page draws in full."""
    setup = session.current()
    if max(setup.widths) <= limits.CELLS_DRAWN and len(setup.X) <= limits.SAMPLES_SENT:
        return _("All of it is drawn.")
    sentence = _("All of it is computed; drawn are {cells}×{cells} cells of a matrix at once and {samples} samples.")
    return sentence.format(cells=limits.CELLS_DRAWN, samples=limits.SAMPLES_SENT)


def numbers() -> None:
    """The data or one layer's parameters, to be typed or pasted."""
    setup = session.current()
    parts = ["data", *range(1, len(setup.widths))]

    def title(part: str | int) -> str:
        return _("Data X, Y") if isinstance(part, str) else f"W[{layer_name(part)}], b[{layer_name(part)}]"

    key = "network part"
    if st.session_state.get(key) not in parts:
        st.session_state[key] = parts[0]
    part = st.segmented_control(
        _("Numbers of"), parts, key=key, format_func=title, required=True, persist_state="session"
    )
    if isinstance(part, int):
        parameters(part)
    else:
        data()


def data() -> None:
    """X and Y, one row a sample, and how many samples there are."""
    setup = session.current()
    left, right = st.columns(2)
    with left:
        st.markdown(f"**X** {len(setup.X)}×{setup.widths[0]} · {_('one row a sample, one column an input')}")
        cells.matrix_editor(cells.Matrix("X", setup_shape(setup, "X"), lambda: setup.X, put_inputs))
    with right:
        st.markdown(f"**Y** {len(setup.Y)}×{setup.widths[-1]} · {_('one row a sample, one column an output')}")
        cells.matrix_editor(cells.Matrix("Y", setup_shape(setup, "Y"), lambda: setup.Y, put_targets))
    sample_buttons(index_labels(len(setup.X)))


def put_inputs(setup: Setup, rows: Rows) -> Setup:
    """Other inputs, of any number of samples: the targets of new ones repeat the last, those of missing ones go."""
    count, width = len(rows), setup.widths[0]
    matrix_for(rows, (len(rows[0]) if count == width else count, width), "X")
    targets = (setup.Y + setup.Y[-1:] * count)[:count]
    gone = setup.sample is not None and setup.sample >= count
    return replace(setup, X=rows, Y=targets, sample=None if gone else setup.sample)


def put_targets(setup: Setup, rows: Rows) -> Setup:
    """Other targets, as many rows as there are samples."""
    return replace(setup, Y=matrix_for(rows, setup_shape(setup, "Y"), "Y"))


def setup_shape(setup: Setup, name: str) -> tuple[int, int]:
    """The shape of X or Y."""
    rows: Rows = getattr(setup, name)
    return len(rows), len(rows[0])


def sample_buttons(samples: Sequence[str]) -> None:
    """Add a sample at the end, or remove one."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        full = len(samples) >= limits.BATCH
        st.button(_("Add a sample"), key="add sample", icon=":material/add:", on_click=add_sample, disabled=full)
        if len(samples) > 1:
            which = sample_number(samples)
            st.button(
                _("Remove it"), key="remove sample", icon=":material/remove:", on_click=remove_sample, args=(which,)
            )
    st.caption(_("Up to {most} samples.").format(most=f"{limits.BATCH:,}"))


def sample_number(samples: Sequence[str]) -> int:
    """The index of one sample, chosen or, among many, typed."""
    if len(samples) <= MANY_SAMPLES:
        return st.selectbox(_("Sample"), range(len(samples)), format_func=samples.__getitem__, width=110)
    first, last = int(samples[0]), int(samples[-1])
    return cells.line_of("sample to remove", _("Sample"), first, last) - first


def add_sample() -> None:
    """One more sample, a copy of the last."""
    session.change(lambda setup: replace(setup, X=setup.X + setup.X[-1:], Y=setup.Y + setup.Y[-1:]))


def remove_sample(k: int) -> None:
    """All samples but one."""

    def without(setup: Setup) -> Setup:
        X, Y = (rows[:k] + rows[k + 1 :] for rows in (setup.X, setup.Y))
        return replace(setup, X=X, Y=Y, sample=None)

    session.change(without)


def parameters(l: int) -> None:
    """W and b of one layer."""
    setup = session.current()
    arrays = session.parameters_and_data(setup)[0]
    name, below, here = layer_name(l), layer_name(l - 1), layer_name(l)
    meaning = _("one row a unit of layer {here}, one column a unit of layer {below}").format(here=here, below=below)
    left, right = st.columns(2)
    with left:
        st.markdown(f"**W[{name}]** {setup.widths[l]}×{setup.widths[l - 1]} · {meaning}")
        parameter_editor("W", l, f"W[{name}]", arrays.W[l])
    with right:
        if setup.bias:
            st.markdown(
                f"**b[{name}]** 1×{setup.widths[l]} · " + _("one column a unit of layer {here}").format(here=here)
            )
            parameter_editor("b", l, f"b[{name}]", arrays.b[l])
        else:
            st.caption(_("This network has no biases."))


def parameter_editor(letter: str, l: int, name: str, array: np.ndarray) -> None:
    """One parameter array; only the entries that change become given ones."""

    def put(setup: Setup, rows: Rows) -> Setup:
        new = np.array(matrix_for(rows, shape_of(setup.widths, letter, l), name))
        changed = {(letter, l, r, c): float(new[r, c]) for r, c in np.argwhere(new != array).tolist()}
        return replace(setup, entries={**setup.entries, **changed})

    cells.matrix_editor(cells.Matrix(name, shape_of(session.current().widths, letter, l), lambda: rows_of(array), put))
