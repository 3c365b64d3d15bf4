"""The controls of the Train page: the data, the network, the settings, and the buttons of a run."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from ..engine.initializers import INITIALIZERS
from ..engine.optimizers import OPTIMIZERS
from ..engine.schedules import SCHEDULES
from ..examples.datasets import DATASETS
from ..examples.trainings import TRAININGS
from ..jobs.run import PAUSED, RUNNING, WAITING, Run
from ..maths.activations import ACTIVATIONS
from ..sharing import limits
from ..sharing.checks import counted
from ..sharing.kinds import wholes
from ..sharing.setup import Setup
from ..sharing.training import BATCH
from . import panels, session, train_compare, train_data, train_export, train_runs, train_table
from .controls import chosen, picked, reduction, shown, typed
from .text import _

PANEL = 420  # pixels, if there are so many
HIDDEN = ("setup.", "train.hidden", "train.activation")
OPEN = ("setup.dataset", "setup.curve", "setup.picture", "setup.log")  # controls that are always on screen


def toolbar() -> None:
    """Data, network, settings, undo and redo, and the link."""
    forget()
    st.html(STYLE)
    with st.container(horizontal=True, vertical_alignment="bottom", key="toolbar"):
        with st.container(width=240):
            dataset()
        panel(_("Data"), ":material/scatter_plot:", samples)
        panel(_("Network"), ":material/hub:", network)
        panel(_("Settings"), ":material/tune:", settings)
        panels.history_buttons()
        panels.share()


def forget() -> None:
    """Let the controls behind the buttons be told their values at every run: while closed, they would miss one."""
    for key in map(str, list(st.session_state)):
        if key.startswith(HIDDEN) and key not in OPEN:
            del st.session_state[key]


def panel(label: str, icon: str, content: Callable[[], None]) -> None:
    """Controls behind a button."""
    with st.popover(label, icon=icon), st.container(width=PANEL):
        content()


def dataset() -> None:
    """The choice of what to train on."""
    setup = session.current()
    titles = {BATCH: _("The batch on the Step page"), **{name: _(entry.title) for name, entry in DATASETS.items()}}
    if setup.dataset not in titles:
        titles[setup.dataset] = _("Your table")
    chosen(
        st.selectbox,
        "dataset",
        _("Data"),
        take_dataset,
        options=list(titles),
        format_func=titles.__getitem__,
        label_visibility="collapsed",
    )


def take_dataset(name: str) -> None:
    """Train on another data set; a run of the one before is stopped."""
    run = train_runs.current()
    if name != session.current().dataset and train_data.choose(name) and run is not None and run.status.active:
        train_runs.executor().stop(run)


def samples() -> None:
    """How many samples, how scattered, drawn from which seed; and a learner's own table."""
    setup = session.current()
    entry = DATASETS.get(setup.dataset)
    if entry is not None:
        st.caption(_(entry.about))
        with st.container(horizontal=True, vertical_alignment="bottom"):
            field("samples", _("Samples (up to {most})").format(most=f"{entry.most:,}"), train_data.resample)
            if entry.noise is not None:
                field("noise", _("Noise"), train_data.resample)
            field("data_seed", _("Seed of the data"), train_data.resample)
    elif setup.dataset == BATCH:
        text = _("X and Y of the Step page: {count}. They are edited on the Network page.")
        st.caption(text.format(count=counted(len(setup.X), "sample")))
    train_table.opener()


def field(name: str, label: str, take: Any = None) -> None:
    """One property as text, in a narrow field."""
    with st.container(width=185):
        typed(name, label, (lambda value: take(**{name: value})) if take else None)


def network() -> None:
    """The hidden layers and what they start from; the Network page has the rest."""
    setup = session.current()
    hidden_layers(setup)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        initializers = titles_of(INITIALIZERS)
        with st.container(width=185):
            chosen(
                st.selectbox,
                "initializer",
                _("Initializer"),
                lambda name: session.redraw(initializer=name),
                options=list(initializers),
                format_func=initializers.__getitem__,
            )
        with st.container(width=185):
            typed("seed", _("Seed of the weights"), lambda seed: session.redraw(seed=seed))
        with st.container(width=185):
            reduction()
        field("l2", _("l2 (½·l2·ΣW²)"))
    st.toggle(_("New weights at every start"), key="train.fresh", persist_state="session")
    st.caption(_("Off: every start has the same initial weights, so that runs can be compared."))


def hidden_layers(setup: Setup) -> None:
    """The units of the hidden layers, and their activation."""
    kind = wholes(1, limits.WIDTH, 1, limits.DEPTH - 1)

    def read(text: str) -> None:
        try:
            hidden = kind.read(text.replace(" ", "")) if text.strip() else ()
        except ValueError:
            refusal = _("Hidden units: found {text}; accepted {rest}.")
            session.refuse(refusal.format(text=repr(text), rest=kind.accepted))
            return
        session.resize((setup.widths[0], *hidden, setup.widths[-1]))

    def take(name: str) -> None:
        session.edit(activations=(*[name] * (len(setup.widths) - 2), setup.activations[-1]))

    with st.container(horizontal=True, vertical_alignment="bottom"):
        with st.container(width=185):
            text = ", ".join(map(str, setup.widths[1:-1]))
            shown(st.text_input, "train.hidden", text, _("Units of the hidden layers"), read)
        if len(setup.widths) > 2:
            titles = titles_of(ACTIVATIONS)
            with st.container(width=185):
                shown(
                    st.selectbox,
                    "train.activation",
                    setup.activations[0],
                    _("Their activation"),
                    take,
                    options=list(titles),
                    format_func=titles.__getitem__,
                )


def settings() -> None:
    """How the weights are moved, for how long, and what is kept apart for validation."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        with st.container(width=185):
            picked("optimizer", _("Optimiser"), titles_of(OPTIMIZERS), st.selectbox)
        field("learning_rate", _("Learning rate η"))
        field("batch_size", _("Batch size (0: all)"))
        field("epochs", _("Epochs"))
        field("validation", _("Share for validation"))
        with st.container(width=185):
            picked("schedule", _("Learning rate is"), titles_of(SCHEDULES), st.selectbox)
        field("patience", _("Stop after epochs without gain (0: never)"))
        field("order_seed", _("Seed of order and split"))
        field("pace", _("Epochs a second (0: full speed)"))
    if session.current().bias:
        chosen(st.toggle, "freeze_biases", _("Biases stay as they are"), lambda on: session.edit(freeze_biases=on))


def titles_of(table: Any) -> dict[str, str]:
    """The titles of a table's entries by name."""
    return {name: _(entry.title) for name, entry in table.items()}


def summary() -> None:
    """What Start would do, in one line."""
    setup = session.current()
    activations = [_(ACTIVATIONS[name].title) for name in setup.activations]
    above = [f"{n} {activation}" for n, activation in zip(setup.widths[1:], activations, strict=True)]
    layers = " → ".join([str(setup.widths[0]), *above])
    size = _("all samples at once") if setup.batch_size == 0 else _("batches of {size}").format(size=setup.batch_size)
    optimizer = _(OPTIMIZERS[setup.optimizer].title)
    text = _("{layers} · {optimizer}, η {rate:g}, {size}, {epochs} epochs")
    st.caption(
        panels.plain(
            text.format(
                layers=layers, optimizer=optimizer, rate=setup.learning_rate, size=size, epochs=f"{setup.epochs:,}"
            )
        )
    )


def transport(run: Run | None) -> None:
    """The buttons of the present run."""
    state = run.status.state if run else ""
    active = state in (WAITING, RUNNING, PAUSED)
    with st.container(horizontal=True, key="transport", vertical_alignment="center"):
        start_button(run, state)
        press(_("Pause"), "pause", ":material/pause:", train_runs.pause, state != RUNNING)
        steps_off = state in (WAITING, RUNNING)
        press(_("One batch"), "batch", ":material/skip_next:", train_runs.step, steps_off, "batch")
        press(_("One epoch"), "epoch", ":material/fast_forward:", train_runs.step, steps_off, "epoch")
        press(_("Stop"), "stop", ":material/stop:", train_runs.stop, not active)
        if run is not None:
            label = _("Step through this batch")
            if st.button(label, key="train.look", icon=":material/pageview:"):
                train_runs.open_batch()
                st.rerun()
            with st.popover(_("Save"), icon=":material/download:"):
                train_export.exports(run)
        with st.popover(_("Sweep"), icon=":material/stacked_line_chart:"):
            train_compare.sweep()


def start_button(run: Run | None, state: str) -> None:
    """Start, or Go on where there is a run that can."""
    if state in (WAITING, RUNNING):
        press(_("Start"), "start", ":material/play_arrow:", train_runs.start, True, primary=True)
    elif state == PAUSED or (run is not None and train_runs.resumable(run)):
        press(_("Go on"), "go on", ":material/play_arrow:", train_runs.go_on, False, primary=True)
        if state != PAUSED:
            press(_("Start anew"), "start", ":material/replay:", train_runs.start, False)
    else:
        label = _("Start") if run is None else _("Start anew")
        press(label, "start", ":material/play_arrow:", train_runs.start, False, primary=True)


def press(label: str, key: str, icon: str, take: Any, disabled: bool, *args: Any, primary: bool = False) -> None:
    """One button."""
    kind: Any = "primary" if primary else "secondary"
    st.button(label, key=f"train.{key}", icon=icon, on_click=take, args=args, disabled=disabled, type=kind)


STYLE = """<style>
@media (max-width: 640px) {
  .st-key-toolbar, .st-key-transport { gap: 0.35rem; }
  .st-key-toolbar button, .st-key-transport button { padding: 0.2rem 0.4rem; min-height: 2.25rem; }
}
.st-key-suggestions button, .st-key-suggestions button p { text-align: left; justify-content: flex-start; }
</style>"""


def suggestions() -> None:
    """Trainings to begin with."""
    with st.container(key="suggestions", gap="xsmall"):
        st.markdown(_("**Something to begin with**"))
        for name, entry in TRAININGS.items():
            label = f"**{panels.plain(_(entry.title))}** · {panels.plain(_(entry.about))}"
            st.button(label, key=f"train.try {name}", on_click=train_data.suggest, args=(name,), type="tertiary")
