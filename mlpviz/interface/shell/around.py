"""The part of a page that edits change, and what stands around it, which is drawn anew only where it would be another.

Another weight so costs the stepper's own rerun, and not that of the menu and the toolbar.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import streamlit as st

from ...setup.link import DEFAULT
from ...setup.setup import BY_NAME
from . import session
from .presets import PRESET_SETUPS
from .url import MOVING

KEY = "mlpviz.around"
WHERE = {name: BY_NAME[name].get(PRESET_SETUPS[DEFAULT]) for name in MOVING}
"""Where the stepper stands, and how it is looked at there: no more than it shows itself."""

PANELS = ("share", "help")
"""What shows the whole setup while it is open, as a lesson does, whose questions are about the numbers."""


def living(show: Callable[[], None]) -> None:
    """Show the part of a page that edits change: what is done in it reruns ``show`` alone, if all around it stays."""
    state = session.state()
    state.drawn = session.drawn()
    st.session_state[KEY] = around()
    _living(show)


@st.fragment
def _living(show: Callable[[], None]) -> None:
    if st.session_state[KEY] != around():
        st.rerun()
    show()


def around() -> tuple[Any, ...]:
    """What the rest of a page is drawn from: all but the numbers of the network and the place in it."""
    state = session.state()
    history, setup = state.history, state.history.present
    said = state.refusal, state.remarks, state.damaged, state.came_back, state.unheard
    shows = state.beside.get("lesson") or any(st.session_state.get(panel) for panel in PANELS)
    shown_whole = setup if shows else None
    buttons = session.unchanged(), bool(history.past), bool(history.future)
    here = replace(setup, entries={}, **WHERE)
    return here, tuple(state.beside.items()), buttons, said, shown_whole
