"""A session that an open page has woken: its browser knows what was on screen, and has sent what was done since.

Streamlit calls no callback for what wakes a session, since that has drawn no widget yet. So the page is first drawn as
it was, and what the browser sent is then handed over once more: what differs from it is what was done. For this, the
parts of Streamlit's script runner are used that ``st.rerun`` itself uses; without them a page still comes back.
"""

from __future__ import annotations

import time
from typing import Any

import streamlit as st
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.runtime.scriptrunner import RerunData, get_script_run_ctx
from streamlit.runtime.state.session_state import Serialized, WStates

SENT, HANDED = "mlpviz.sent", "mlpviz.handed over"
PATIENCE, PAUSE = 2.0, 0.02  # seconds


def hold(said: Any) -> Any:
    """What the browser of an open page that has woken this session ``said``.

    If that is not there yet it is waited for, and begins the run anew.
    """
    context = get_script_run_ctx(suppress_warning=True)
    if context is None or not note(context) or said:
        return said
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        context.yield_check()
        time.sleep(PAUSE)
    return said


def note(context: Any) -> bool:
    """Keep what the browser sent with the first runs of a session; return whether there was anything."""
    found: WStates | None = getattr(getattr(context.session_state, "_state", None), "_new_widget_state", None)
    states = found.states if found else {}
    sent = {name: each.value for name, each in states.items() if isinstance(each, Serialized)}
    if sent:
        st.session_state[SENT] = {**st.session_state.get(SENT, {}), **sent}
    return bool(sent)


def is_waking() -> bool:
    """Whether what the browser sent has still to be handed over."""
    return SENT in st.session_state


def is_handed_over() -> bool:
    """Whether this run has been handed what the browser sent: it has drawn the fields as they were meanwhile."""
    return bool(st.session_state.get(HANDED))


def replay() -> bool:
    """At the end of a run, if it was the first of a session that an open page has woken: hand over what was sent.

    Returns whether another run is coming.
    """
    context = get_script_run_ctx(suppress_warning=True)
    sent = st.session_state.pop(SENT, None)
    st.session_state[HANDED] = bool(sent)
    if not sent or context is None or context.script_requests is None:
        return False
    return context.script_requests.request_rerun(
        RerunData(
            query_string=context.query_string,
            widget_states=WidgetStates(widgets=list(sent.values())),
            page_script_hash=context.page_script_hash,
            cached_message_hashes=context.cached_message_hashes,
            context_info=context.context_info,
        )
    )
