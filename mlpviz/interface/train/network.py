"""The network on the Train page: its hidden layers, and what they start from; the Network page has the rest."""

from __future__ import annotations

import streamlit as st

from ...engine.initializers import INITIALIZERS
from ...maths.activations import ACTIVATIONS
from ...setup import limits
from ...setup.codecs import wholes
from ...setup.setup import Setup
from ..shell import session
from ..shell.controls import chosen, reduction, shown
from ..shell.translation import _
from .settings import field, narrow, row, titles_of

HIDDEN = wholes(1, limits.WIDTH, 1, limits.DEPTH - 1)


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
        refusal = _("Hidden units: found {text}; accepted {rest}.")
        session.refuse(refusal.format(text=repr(text), rest=HIDDEN.accepted))
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
