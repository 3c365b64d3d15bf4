"""What is chosen for a run: the network, how its weights are moved, for how long, and what is measured on the way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from ...engine.initializers import INITIALIZERS
from ...engine.training.schedules import SCHEDULES
from ...maths.activations import ACTIVATIONS
from ...maths.messages import N_, Message
from ...setup import limits
from ...setup.codecs import FLAG, LEAST, MOST, ZERO, options_of, options_text, refusal, wholes, written
from ...setup.setup import BY_NAME, Setup
from ...setup.training import CHOICES, LENGTH, RULE, SWITCHES, Choice
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
POSITIVE, POSITIVE_OR_ZERO = N_("is a number from {low} to {high}"), N_("is 0 or a number from {low} to {high}")


def settings() -> None:
    """Every choice as a field, related ones beside each other."""
    with row():
        group(RULE)
        schedule_options()
    with row():
        group(LENGTH)
    group(SWITCHES)
    device.choice()


def group(name: str) -> None:
    for each, entry in CHOICES.items():
        if entry.group == name and (each != "freeze_biases" or session.current().bias):
            choice(each, entry)


def choice(name: str, entry: Choice) -> None:
    """One choice: from a table, on or off, or as text."""
    if entry.table is not None:
        with narrow(name):
            picked(name, _(entry.title), titles_of(entry.table), st.selectbox, help=_(entry.about))
    elif entry.codec is FLAG:
        chosen(st.toggle, name, _(entry.title), lambda on: session.edit(**{name: on}), help=_(entry.about))
    else:
        field(name, _(entry.title), about=_(entry.about))


# the network; the Network page has the rest of it


def network() -> None:
    """The hidden layers, and the initial weights."""
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
    """Set the hidden layers; an empty text is none."""
    try:
        hidden = HIDDEN.read(text.replace(" ", "")) if text.strip() else ()
    except ValueError:
        session.refuse(Message("Hidden units: found {text!r}; accepted {rest}.", text=text, rest=HIDDEN.accepted))
        return
    widths = session.current().widths
    session.resize((widths[0], *hidden, widths[-1]))


def activation(setup: Setup) -> None:
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
    picked("initializer", _("Initializer"), titles_of(INITIALIZERS), st.selectbox, session.redraw)


# fields


def row() -> Any:
    """Fields beside each other, as many as fit."""
    return st.container(horizontal=True, vertical_alignment="bottom")


def narrow(name: str) -> Any:
    return st.container(width=FIELD, key=f"field-{name}")


def field(name: str, label: str, take: Callable[..., Any] | None = None, about: str | None = None) -> None:
    with narrow(name):
        typed(name, label, (lambda value: take(**{name: value})) if take else None, help=about)


def schedule_options() -> None:
    """The options of the present schedule."""
    setup = session.current()
    entry, given = SCHEDULES[setup.schedule], options_of(setup.schedule_options)
    for name, own in entry.options.items():
        with narrow(name):
            label = _(OPTION_TITLES[name]) if name in OPTION_TITLES else name
            shown(st.text_input, f"setup.option {name}", written(given.get(name, own)), label, taker(name))


def taker(name: str) -> Callable[[str], None]:
    """A function that sets an option of a schedule; an empty field restores the default."""

    def take(text: str) -> None:
        others = {key: value for key, value in options_of(session.current().schedule_options).items() if key != name}
        try:
            read = options_of(BY_NAME["schedule_options"].read(f"{name}:{text}")) if text.strip() else {}
        except ValueError:
            session.refuse(refusal(Message(OPTION_TITLES[name]), text, accepted(name)))
            return
        session.edit(schedule_options=options_text({**others, **read}))

    return take


def accepted(name: str) -> Message:
    """What an option of a schedule may be."""
    return Message(POSITIVE_OR_ZERO if name in ZERO else POSITIVE, low=written(LEAST), high=written(MOST))


def titles_of(table: Any) -> dict[str, str]:
    return {name: _(entry.title) for name, entry in table.items()}
