"""Keeps the browser's address in step with the session, without adding to its history, and has the browser keep more.

Streamlit's own ``st.query_params`` adds an entry for every change, and Back would then go through edits one by one.
"""

from __future__ import annotations

import streamlit as st

from ...setup.link import END, as_text
from . import session, waking
from .keeping import copy_of, kept
from .url import MOVING

KEY = "mlpviz.address"

JS = """
export default function ({ data: [data], setTriggerValue }) {
  const shell = window.mlpvizShell ??= {}
  if (shell.NAME) shell.NAME(data, setTriggerValue)
  else (shell.waiting ??= []).push(["NAME", data, setTriggerValue])
}
"""

_address, _copy = (
    st.components.v2.component(f"mlpviz.{name}", html="<span hidden></span>\n", js=JS.replace("NAME", called))
    for name, called in (("address", "show"), ("copy", "copy"))
)
"""The two say what changed to the functions of ``browser.js``; they are apart since a copy is large and seldom new."""


def show() -> None:
    """Put the present setup's link into the address; a damaged link stays until something is changed.

    Streamlit tells the server of the address a page was opened with, not of where the stepper has gone since: while the
    link to copy is on screen the browser is asked for that.
    """
    state = session.state()
    query = session.whole_query()
    at = {name: query.pop(name, "") for name in MOVING}
    end = f"&{END}={query.pop(END)}"
    with st.container(key="address", height="content"):
        if copy := copy_of(state):
            _copy(key="mlpviz.copy", data=[copy])
        _address(
            key=KEY,
            data=[  # in a list, as the stepper's
                {
                    "query": "" if state.damaged else as_text(query),
                    "places": at,
                    "placed": state.placed,
                    "ask": bool(st.session_state.get("share")),
                    "end": end,
                    "kept": kept(state),
                    "unheard": state.unheard,
                    "heard": state.heard,
                }
            ],
            on_move_change=_take_places,
            on_back_change=_take_back,
            on_copy_change=_take_copy,
        )
    state.came_back &= waking.is_waking()  # else it is said by now: this run has come to its end
    if not state.unheard:
        caught_up = session.catch_up()
        if not waking.replay() and caught_up:
            st.rerun()


def _take_places() -> None:
    places = st.session_state[KEY].get("move")
    if isinstance(places, dict):
        session.move_to({name: text for name, text in places.items() if name in MOVING and isinstance(text, str)})


def _take_back() -> None:
    session.take_back(st.session_state[KEY].get("back"))


def _take_copy() -> None:
    session.take_copy(st.session_state[KEY].get("copy"))
