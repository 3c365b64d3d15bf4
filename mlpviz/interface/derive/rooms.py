"""The networks that walkthroughs bring: one that can show the point, while the learner's own is put aside."""

from __future__ import annotations

import streamlit as st

from ...derivation.walkthroughs import WALKTHROUGHS, Walkthrough
from ...examples.presets import PRESETS
from ...setup.checks import architecture_of
from ...setup.setup import Setup
from ..shell import session
from ..shell.rooms import taken_back
from ..shell.translation import _


def is_shown_by(chosen: Walkthrough, setup: Setup) -> bool:
    """Whether the network and the data of a setup can show a walkthrough's point."""
    return chosen.shown_by(architecture_of(setup), len(setup.X))


def go_to(name: str) -> None:
    """Go to a walkthrough, which brings a network where the learner's own cannot show its point."""
    chosen, setup = WALKTHROUGHS[name], session.current()
    if is_inside(setup) and is_shown_by(chosen, taken_back(setup.home)[0]):
        session.leave()
    elif not is_shown_by(chosen, setup):
        bring(chosen)
        return
    session.edit(walkthrough=name, layer=0, line=0)


def bring(chosen: Walkthrough) -> None:
    """Put the learner's own setup aside for a network that shows a walkthrough's point."""
    session.enter(chosen.preset, walkthrough=chosen.name, layer=0, line=0)


def is_inside(setup: Setup) -> bool:
    """Whether a walkthrough has brought the network of a setup."""
    return bool(setup.home) and not setup.exercise


def way_back() -> None:
    """A button that brings the learner's own setup back, in the place of the bar that says so on other pages."""
    st.html("<style>[data-testid=stLayoutWrapper]:has(> .st-key-room) { display: none; }</style>")
    st.button(
        _("Back to my own network"),
        key="way back",
        help=_("Your own network, notation and place are put aside."),
        icon=":material/undo:",
        type="tertiary",
        on_click=leave,
    )


def leave() -> None:
    session.leave()


def offer(chosen: Walkthrough) -> None:
    """A button that brings a network."""
    st.button(
        _("Bring a network that shows it"),
        key="bring",
        help=_(PRESETS[chosen.preset].title),
        icon=":material/move_to_inbox:",
        type="tertiary",
        on_click=bring,
        args=(chosen,),
    )


def other_way(other: Walkthrough) -> None:
    """A button that leads to the walkthrough of the other way."""
    st.button(
        _("The other way to the same"),
        key="other way",
        help=_(other.title),
        icon=":material/alt_route:",
        type="tertiary",
        on_click=go_to,
        args=(other.name,),
    )
