"""The parts of the Network page that say what the network is and what it starts from."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from ...engine.initializers import INITIALIZERS
from ...examples.presets import PRESETS
from ...maths.activations import ACTIVATIONS
from ...maths.losses import LOSSES
from ...maths.messages import Message, alternatives, counted
from ...setup import limits
from ...setup.checks import architecture_of, parameter_count
from ...setup.setup import EDITS, Setup
from ..shell import session
from ..shell.assist import aloud
from ..shell.controls import chosen, layer_name, picked, reduction, shown, typed
from ..shell.teaching import numbers_fixed
from ..shell.toolbar import plain
from ..shell.translation import C_, _, told, told_together
from ..stepper import wall


def message(text: str) -> Message:
    return text if isinstance(text, Message) else Message(text)


CSS = """<style>
@media (min-width: 641px) {
  [data-testid=stLayoutWrapper]:has(> .st-key-network-seen) { position: sticky; top: 3.5rem; } }
.st-key-network-seen { padding-top: 0.75rem; }
[data-testid=stElementToolbar] { top: calc(100% + 0.15rem); }
[data-testid=stElementContainer]:has([data-testid=stElementToolbar]) { margin-bottom: 1.5rem; }
@media (min-width: 800px) {
  .mlp-projecting [data-testid=stHorizontalBlock]:has(.st-key-network-seen) { flex-direction: column-reverse; }
  .mlp-projecting [data-testid=stHorizontalBlock]:has(.st-key-network-seen) > [data-testid=stColumn] {
    flex: none; width: 100%; }
  .mlp-projecting [data-testid=stLayoutWrapper]:has(> .st-key-network-seen) { position: static; }
  .mlp-projecting .st-key-network-seen svg { max-width: none !important; height: 55vh; }
  .mlp-projecting .st-key-network-seen svg text { font-size: 10.5px; } }
</style>"""
# The picture stays beside what is edited; a grid's buttons leave free what is above and below. Before a class the
# picture comes first, as large as the screen allows: its height of 190 is there 55 of 100 of the screen's, so 10.5 is
# 3 of 100.


@contextmanager
def beside() -> Iterator[None]:
    """What stays in sight beside the settings."""
    st.html(CSS)
    with st.container(key="network-seen"):
        yield


def heading(text: str) -> None:
    st.markdown(f"#### {text}")


def about() -> None:
    """What the chosen preset shows, and its source."""
    preset = PRESETS[session.current().preset]
    st.caption(told_together([plain(_(preset.description)), f"*{plain(told(message(preset.source)))}*"]))


def large_button() -> None:
    wall.large_view()


def layers() -> None:
    limit = _("{layers} layers at most, {units} units each, {parameters} parameters in all").format(
        layers=limits.DEPTH, units=f"{limits.WIDTH:,}", parameters=f"{limits.PARAMETERS:,}"
    )
    typed("widths", _("Units of each layer, the input first"), session.resize)
    st.caption(limit)
    with st.container(horizontal=True):
        for l in range(1, len(session.current().widths)):
            activation(l)
    if (outputs := outputs_of(session.current())) is not None:
        few = Message(
            "{loss!c} takes only {outputs} in the last layer, so its menu is short: another loss takes more.",
            loss=Message(LOSSES[session.current().loss].title),
            outputs=alternatives(_(ACTIVATIONS[name].title) for name in outputs),
        )
        st.caption(told(few))


def outputs_of(setup: Setup) -> tuple[str, ...] | None:
    """The activations that the loss takes in the last layer, or None for all."""
    return LOSSES[setup.loss].outputs


def activation(l: int) -> None:
    """The activation of one layer; the output offers those that the loss accepts."""
    setup = session.current()
    outputs = outputs_of(setup) if l == len(setup.activations) else None
    names = [name for name in ACTIVATIONS if outputs is None or name in outputs]

    def take(name: str) -> None:
        session.edit(activations=(*setup.activations[: l - 1], name, *setup.activations[l:]))

    def title(name: str) -> str:
        return _(ACTIVATIONS[name].title)

    label = _("Layer {number}").format(number=layer_name(l))
    key, value = f"setup.activations {l}", setup.activations[l - 1]
    shown(st.selectbox, key, value, label, take, options=names, format_func=title, width=160)


def loss() -> None:
    """The loss, its reduction, the weight decay and the learning rate, and why some losses are not offered."""
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
        why = Message(
            "{loss!c} is not offered: it needs {outputs} in the output layer.",
            loss=Message(LOSSES[name].title),
            outputs=alternatives(LOSSES[name].outputs or ()),
        )
        st.caption(told(why))


def starting_values() -> None:
    """The initializer and its seed; a new draw replaces every given number."""
    titles = {name: _(entry.title) for name, entry in INITIALIZERS.items()}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        with st.container(width=200):
            picked("initializer", _("Initializer"), titles, st.selectbox, session.redraw)
        with st.container(width=150):
            typed("seed", _("Seed"), lambda seed: session.redraw(seed=seed))
        st.button(
            _("Draw all weights anew"),
            key="draw",
            icon=":material/casino:",
            on_click=draw_anew,
            disabled=numbers_fixed(),
        )


def draw_anew() -> None:
    session.redraw(seed=(session.current().seed + 1) % (limits.SEED + 1))


TABLE_CSS = """<style>
.st-key-shapes th, .st-key-shapes td { padding: 0.2rem 0.45rem; }
.st-key-shapes [data-testid=stMarkdownContainer] { overflow-x: auto; }
.st-key-shapes table { font-variant-numeric: tabular-nums; }
@media (max-width: 640px) { .st-key-shapes th, .st-key-shapes td { font-size: 0.8rem; padding: 0.15rem 0.3rem; } }
</style>"""


def summary() -> None:
    """A table of the layers with shapes and counts."""
    setup = session.current()
    head = [_("layer"), _("units"), _("activation"), "W", "b", C_("of numbers", "count")]
    lines = [head, ["---"] * len(head), [layer_name(0), f"{setup.widths[0]:,}", C_("layer", "input"), "", "", ""]]
    for l in range(1, len(setup.widths)):
        n, below = setup.widths[l], setup.widths[l - 1]
        b = f"1×{n}" if setup.bias else "–"
        count = parameter_count((below, n), setup.bias)
        title = _(ACTIVATIONS[setup.activations[l - 1]].title)
        lines.append([layer_name(l), f"{n:,}", title, f"{n}×{below}", b, f"{count:,}"])
    st.html(TABLE_CSS)
    with st.container(key="shapes"):
        st.markdown("\n".join(f"| {' | '.join(line)} |" for line in lines))
    st.caption(told_together([size(), drawn()]))


def say_change() -> None:
    """Have an edit of the network or its numbers said once, by how large the network is now."""
    setup = session.current()
    edits = [
        value if name != "entries" else frozenset(value.items())
        for name, value in ((name, getattr(setup, name)) for name in EDITS)
    ]
    aloud(hash(tuple(edits)) % 2**32, [size()])


def size() -> str:
    setup = session.current()
    parameters = architecture_of(setup).parameter_count
    return told(
        Message(
            "{parameters}, {samples}.",
            parameters=counted("{count:,} parameter", "{count:,} parameters", parameters),
            samples=counted("{count:,} sample", "{count:,} samples", len(setup.X)),
        )
    )


def drawn() -> str:
    setup = session.current()
    if max(setup.widths) <= limits.CELLS_DRAWN and len(setup.X) <= limits.SAMPLES_SENT:
        return _("All of it is drawn.")
    sentence = _("All of it is computed; drawn are {cells}×{cells} cells of a matrix at once and {samples} samples.")
    return sentence.format(cells=limits.CELLS_DRAWN, samples=limits.SAMPLES_SENT)
