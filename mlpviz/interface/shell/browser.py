"""What a page asks of its browser, as the first thing of every run: who it is, and what was on screen before."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import streamlit as st

from . import owner

KEY = "mlpviz.browser"

_component = st.components.v2.component(
    KEY, html="<span hidden></span>\n", js=Path(__file__).with_name("browser.js").read_text(encoding="utf-8")
)


def listen() -> Any:
    """Mount what speaks with the browser; return what that says was on screen, if its connection has just come back."""
    with st.container(key="browser"):
        said = _component(
            key=KEY, data=[{"known": owner.is_known()}], on_secret_change=_take_secret, on_back_change=_nothing
        )
    return said.get("back") if said else None


def _take_secret() -> None:
    owner.take(st.session_state[KEY].get("secret"))


def _nothing() -> None:
    """A session that is still there has nothing to be told."""
