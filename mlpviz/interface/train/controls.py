"""The controls of the Train page: what is trained on, and behind buttons the network and the settings."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from ...engine.training.optimizers import OPTIMIZERS
from ...examples.datasets import DATASETS
from ...examples.trainings import TRAININGS
from ...maths.activations import ACTIVATIONS
from ...maths.messages import Message, counted
from ...setup.setup import BATCH
from ..shell import session
from ..shell.controls import chosen
from ..shell.toolbar import bar, plain
from ..shell.translation import C_, _, told
from ..stepper import wall
from . import data, runs, settings, table

PANEL, WIDE = 420, 620  # pixels, where the screen has them

STYLE = """<style>
@media (max-width: 40em) {
  .st-key-toolbar, .st-key-transport { gap: 0.35rem; }
  :is(.st-key-toolbar, .st-key-transport) button { padding: 0.2rem 0.4rem; min-height: 2.25rem; }
  :is(.st-key-toolbar, .st-key-transport) button p { font-size: 0.8rem; }
  :is(.st-key-toolbar, .st-key-transport) button :is(kbd, div[aria-hidden=true]) { display: none; }
  :is(.st-key-undo, .st-key-redo, .st-key-share, .st-key-train-pause, .st-key-train-stop, .st-key-train-many,
    .st-key-train-sweeping) button p,
  .st-key-train-go-on + .st-key-train-start button p,
  .st-key-train-go-on + .st-key-train-start ~ :is(.st-key-train-batch, .st-key-train-epoch) button p {
    position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  [data-testid=stLayoutWrapper]:has(> [class*=st-key-field-]) { width: auto; flex-basis: calc(50% - 0.6rem); }
  .st-key-compared { overflow-x: auto; }
  .st-key-compared :is(th, td) { font-size: 0.8rem; padding: 0.2rem 0.35rem; }
  [data-testid=stPopoverBody] { padding: 1rem 0.75rem; }
  [data-testid=stButtonGroup] button { padding: 0.2rem 0.4rem; }
  [data-testid=stButtonGroup] button p { font-size: 0.8rem; }
}
[data-testid=stProgress] * { transition: none; }
.st-key-suggestions button, .st-key-suggestions button p { text-align: left; justify-content: flex-start; }
</style>"""


def toolbar() -> None:
    st.html(STYLE)
    with bar():
        with st.container(width=240):
            dataset()
        panel(C_("settings", "Data"), ":material/scatter_plot:", samples)
        panel(C_("settings", "Network"), ":material/hub:", settings.network)
        panel(_("Settings"), ":material/tune:", settings.settings, WIDE)
        wall.large_view()


def panel(label: str, icon: str, content: Callable[[], None], width: int = PANEL) -> None:
    with st.popover(label, icon=icon), st.container(width=width):
        content()


def dataset() -> None:
    setup = session.current()
    titles = {BATCH: _("The batch on the Step page"), **{name: _(entry.title) for name, entry in DATASETS.items()}}
    if setup.dataset not in titles:
        titles[setup.dataset] = _("Your table")
    chosen(
        st.selectbox,
        "dataset",
        C_("settings", "Data"),
        take_dataset,
        options=list(titles),
        format_func=titles.__getitem__,
        label_visibility="collapsed",
    )


def take_dataset(name: str) -> None:
    """Train on another data set; a run on the present one goes on, and undo leads back to it."""
    run = runs.current()
    if name != session.current().dataset and data.choose(name) and run is not None and run.status.active:
        session.remark(
            Message("The run on the data before goes on: it is among the kept runs, and Undo shows it again.")
        )


def samples() -> None:
    """The number of samples, their noise and seed; and a learner's own table."""
    setup = session.current()
    entry = DATASETS.get(setup.dataset)
    if entry is not None:
        st.caption(_(entry.about))
        with settings.row():
            most = _("Samples (up to {most})").format(most=f"{entry.most:,}")
            settings.field("samples", most, data.resample)
            if entry.noise is not None:
                settings.field("noise", _("Noise"), data.resample)
            settings.field("data_seed", _("Seed of the data"), data.resample)
    elif setup.dataset == BATCH:
        text = counted(
            "X and Y of the Step page: {count:,} sample. They are edited on the Network page.",
            "X and Y of the Step page: {count:,} samples. They are edited on the Network page.",
            len(setup.X),
        )
        st.caption(told(text))
    table.opener()


def summary() -> None:
    """What Start would do, in one line."""
    setup = session.current()
    activations = [_(ACTIVATIONS[name].title) for name in setup.activations]
    above = [f"{n} {activation}" for n, activation in zip(setup.widths[1:], activations, strict=True)]
    batches = Message("batches of {size}", size=setup.batch_size)
    text = counted(
        "{layers} · {optimizer}, η {rate:g}, {size}, {count:,} epoch",
        "{layers} · {optimizer}, η {rate:g}, {size}, {count:,} epochs",
        setup.epochs,
        layers=" → ".join([str(setup.widths[0]), *above]),
        optimizer=_(OPTIMIZERS[setup.optimizer].title),
        rate=setup.learning_rate,
        size=batches if setup.batch_size else Message("all samples at once"),
    )
    if setup.starts > 1:
        text = Message("{count:,} networks, each {network}", count=setup.starts, network=text)
    st.caption(plain(told(text)))


CSS = "<style>.st-key-suggestions :is(button, button *) { justify-content: start; text-align: start; }</style>"


def suggestions() -> None:
    with st.container(key="suggestions", gap="xsmall"):
        st.html(CSS)
        st.markdown(_("**Something to begin with**"))
        for name, entry in TRAININGS.items():
            label = f"**{plain(_(entry.title))}** · {plain(_(entry.about))}"
            st.button(label, key=f"train.try {name}", on_click=data.suggest, args=(name,), width="stretch")
