"""Whose a learner's runs are: a browser's, in whatever tab and after whatever reload.

The browser keeps a secret of 128 bits and tells it by a cookie, or if it takes no cookie by the page's own component.
The server keeps only a hash of it. It is in no link, and it is shown nowhere.
"""

from __future__ import annotations

import re
import secrets
from hashlib import sha256
from typing import Any

import streamlit as st

COOKIE = "mlpviz_browser"
SECRET = re.compile(r"[0-9a-f]{32}")
TOLD, FOR_NOW = "mlpviz.owner", "mlpviz.owner for now"


def owner() -> str:
    """The name of this learner's browser, 64 hexadecimal digits; until it is known, one of this session alone."""
    if is_known():
        return str(st.session_state[TOLD])
    return str(st.session_state.setdefault(FOR_NOW, secrets.token_hex(32)))


def names() -> tuple[str, ...]:
    """The names by which this browser's runs are known: its own, and the one that this session had before."""
    return (owner(), *filter(None, [st.session_state.get(FOR_NOW)]))


def is_known() -> bool:
    """Whether the browser has said who it is."""
    if TOLD not in st.session_state:
        take(st.context.cookies.get(COOKIE))
    return TOLD in st.session_state


def take(secret: Any) -> None:
    """Remember the hash of a browser's secret; anything else is no secret."""
    if isinstance(secret, str) and SECRET.fullmatch(secret):
        st.session_state[TOLD] = sha256(secret.encode()).hexdigest()
