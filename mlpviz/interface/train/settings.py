"""What is chosen for a run: the network, how its weights are moved, for how long, and what is measured on the way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from ...engine.initializers import INITIALIZERS
from ...engine.training.optimizers import OPTIMIZERS
from ...engine.training.schedules import SCHEDULES
from ...maths.activations import ACTIVATIONS
from ...maths.messages import N_, Message
from ...setup import limits
from ...setup.codecs import options_of, options_text, wholes, written
from ...setup.setup import BY_NAME, Setup
from ..shell import session
from ..shell.controls import chosen, picked, reduction, shown, typed
from ..shell.translation import _
from . import device

FIELD = 185  # pixels: two beside each other

HIDDEN = wholes(1, limits.WIDTH, 1, limits.DEPTH - 1)

OPTION_TITLES = {
    "every": N_("Epochs between steps"),
    "gamma": N_("Factor at each step"),
    "lowest": N_("Factor at the end"),
    "over": N_("Epochs of warm-up"),
}

HELP = {
    "optimizer": N_("How a gradient becomes a change of the weights; all five are as PyTorch defines and sets them."),
    "learning_rate": N_("How far one update goes."),
    "batch_size": N_("Samples whose gradient is taken together for one update; the last batch may be shorter."),
    "epochs": N_("How often all samples are gone through, unless the run ends earlier."),
    "schedule": N_("What the learning rate is multiplied by as the epochs pass."),
    "validation": N_("This share of the samples is not trained on: cost and accuracy are told for it apart."),
    "patience": N_("The run ends if the cost (of validation, if there is one) has not come down for so many epochs."),
    "target_cost": N_("The run ends once the cost (of validation, if there is one) is not above this."),
    "order_seed": N_("The same seed gives the same split and the same order of the samples."),
    "pace": N_("A run that keeps to a pace can be watched; at full speed an epoch may take a millisecond."),
    "freeze_biases": N_("Only the weights are moved, as in Mazur's published example."),
    "unit_counts": N_("Two more curves for each layer; with small networks an epoch takes about twice as long."),
}


def settings() -> None:
    """Every setting as a field, those that belong together beside each other."""
    with row():
        with narrow("optimizer"):
            picked("optimizer", _("Optimiser"), titles_of(OPTIMIZERS), st.selectbox, help=_(HELP["optimizer"]))
        field("learning_rate", _("Learning rate η"))
        with narrow("schedule"):
            picked("schedule", _("Learning rate is"), titles_of(SCHEDULES), st.selectbox, help=_(HELP["schedule"]))
        schedule_options()
    with row():
        field("batch_size", _("Batch size (0: all)"))
        field("epochs", _("Epochs"))
        field("validation", _("Share for validation"))
        field("patience", _("Patience (0: no end)"))
        field("target_cost", _("Target cost (0: none)"))
        field("pace", _("Epochs a second (0: all)"))
        field("order_seed", _("Seed of order and split"))
    switch("unit_counts", _("Count dead and saturated units"))
    if session.current().bias:
        switch("freeze_biases", _("Biases stay as they are"))
    device.choice()


# the network; the Network page has the rest of it


def network() -> None:
    """The hidden layers, and the weights that a run begins with."""
    setup = session.current()
    with row():
        with narrow("hidden"):
            text = ", ".join(map(str, setup.widths[1:-1]))
            shown(st.text_input, "train.hidden", text, _("Units of the hidden layers"), take_hidden)
        if len(setup.widths) > 2:
            with narrow("activation"):
                activation(setup)
    with row():
        with narrow("initializer"):
            initializer()
        field("seed", _("Seed of the weights"), session.redraw)
        with narrow("reduction"):
            reduction()
        field("l2", _("l2 (½·l2·ΣW²)"))
    st.toggle(_("New weights at every start"), key="train.fresh", persist_state="session")
    st.caption(_("Off: every start has the same initial weights, so that runs can be compared."))


def take_hidden(text: str) -> None:
    """Other hidden layers; an empty text is none."""
    try:
        hidden = HIDDEN.read(text.replace(" ", "")) if text.strip() else ()
    except ValueError:
        session.refuse(Message("Hidden units: found {text!r}; accepted {rest}.", text=text, rest=HIDDEN.accepted))
        return
    widths = session.current().widths
    session.resize((widths[0], *hidden, widths[-1]))


def activation(setup: Setup) -> None:
    """One activation for all hidden layers."""

    def take(name: str) -> None:
        session.edit(activations=(*[name] * (len(setup.widths) - 2), setup.activations[-1]))

    titles = titles_of(ACTIVATIONS)
    shown(
        st.selectbox,
        "train.activation",
        setup.activations[0],
        _("Their activation"),
        take,
        options=list(titles),
        format_func=titles.__getitem__,
    )


def initializer() -> None:
    """How the initial weights are drawn."""
    titles = titles_of(INITIALIZERS)
    chosen(
        st.selectbox,
        "initializer",
        _("Initializer"),
        lambda name: session.redraw(initializer=name),
        options=list(titles),
        format_func=titles.__getitem__,
    )


# fields


def row() -> Any:
    """Fields beside each other, as many as there is room for."""
    return st.container(horizontal=True, vertical_alignment="bottom")


def narrow(name: str) -> Any:
    """Where a narrow field stands."""
    return st.container(width=FIELD, key=f"field-{name}")


def field(name: str, label: str, take: Callable[..., Any] | None = None) -> None:
    """One property as text, in a narrow field."""
    with narrow(name):
        about = _(HELP[name]) if name in HELP else None
        typed(name, label, (lambda value: take(**{name: value})) if take else None, help=about)


def switch(name: str, label: str) -> None:
    """One property that is on or off."""
    chosen(st.toggle, name, label, lambda on: session.edit(**{name: on}), help=_(HELP[name]))


def schedule_options() -> None:
    """What there is to choose for the present schedule."""
    setup = session.current()
    entry, given = SCHEDULES[setup.schedule], options_of(setup.schedule_options)
    for name, own in entry.options.items():
        with narrow(name):
            label = _(OPTION_TITLES[name]) if name in OPTION_TITLES else name
            shown(st.text_input, f"setup.option {name}", written(given.get(name, own)), label, taker(name))


def taker(name: str) -> Callable[[str], None]:
    """What takes another value of an option of a schedule; an empty field gives its own back."""

    def take(text: str) -> None:
        others = {key: value for key, value in options_of(session.current().schedule_options).items() if key != name}
        try:
            read = options_of(BY_NAME["schedule_options"].read(f"{name}:{text}")) if text.strip() else {}
        except ValueError as error:
            session.refuse(error)
            return
        session.edit(schedule_options=options_text({**others, **read}))

    return take


def titles_of(table: Any) -> dict[str, str]:
    """The titles of a table's entries by name."""
    return {name: _(entry.title) for name, entry in table.items()}
