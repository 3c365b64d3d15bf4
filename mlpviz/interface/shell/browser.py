"""What a page asks of its browser, as the first thing of every run: who it is, and what was on screen before."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import streamlit as st

from . import owner

KEY, DOES, WHERE = "mlpviz.browser", "mlpviz.does", "mlpviz.done in"

UNDO, REDO = "undo", "redo"
"""The buttons that take back what was done, and do it again."""

Does = Mapping[str, Callable[[Any], None]]
"""What a page does when something is done on it, by the name of that."""

_component = st.components.v2.component(
    KEY, html="<span hidden></span>\n", js=Path(__file__).with_name("browser.js").read_text(encoding="utf-8")
)


def listen(take: Callable[[Any], None]) -> Any:
    """Mount what speaks with the browser; return what that says was on screen, if its connection has just come back.

    A session that is still there is told as well, and takes what it may not have heard.
    """
    with st.container(key="browser"):
        told = {"known": owner.is_known(), "offered": owner.offered()}
        said = _component(key=KEY, data=[told], on_secret_change=_take_secret, on_back_change=partial(_told, take))
    return said.get("back") if said else None


def _take_secret() -> None:
    owner.take(st.session_state[KEY].get("secret"))


def _told(take: Callable[[Any], None]) -> None:
    take(st.session_state[KEY].get("back"))


def heed(does: Does, key: str) -> None:
    """Do these things, which are done in a component, where a browser tells that they were and perhaps not heard."""
    st.session_state[DOES], st.session_state[WHERE] = does, key


def acting() -> bool:
    """Whether this run was asked for by what was done in the component that is heeded, or by undo or redo."""
    where = st.session_state.get(WHERE)
    done = (where and st.session_state.get(where)) or {}
    return any(done.get(name) for name in st.session_state.get(DOES, {})) or any(
        st.session_state.get(button) for button in (UNDO, REDO)
    )


def do(name: str, value: Any) -> None:
    """Do what was done on the page, if that does anything."""
    act = st.session_state.get(DOES, {}).get(name)
    if act is not None:
        act(value)
