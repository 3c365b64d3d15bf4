"""What a page asks of its browser, as the first thing of every run: who it is."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from . import owner

KEY = "mlpviz.browser"

_component = st.components.v2.component(
    KEY, html="<span hidden></span>\n", js=Path(__file__).with_name("browser.js").read_text(encoding="utf-8")
)


def listen() -> None:
    """Mount what speaks with the browser; it takes no room."""
    with st.container(key="browser"):
        _component(key=KEY, data=[{"known": owner.is_known()}], on_secret_change=_take_secret)


def _take_secret() -> None:
    owner.take(st.session_state[KEY].get("secret"))
