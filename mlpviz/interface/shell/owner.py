"""Whose a learner's runs are: a browser's, in whatever tab and after whatever reload.

The browser keeps a secret of 128 bits and tells it by a cookie, or if it takes no cookie by the page's own component.
Who comes for the first time is offered one, and so has nothing to answer: an answer would be a run of the page, and
take what is typed meanwhile out of its field. Of one that was told the server keeps only a hash. It is in no link, and
it is shown nowhere.
"""

from __future__ import annotations

import re
import secrets
from hashlib import sha256
from typing import Any

import streamlit as st

COOKIE = "mlpviz_browser"
SECRET = re.compile(r"[0-9a-f]{32}")
TOLD, OFFERED = "mlpviz.owner", "mlpviz.owner offered"


def owner() -> str:
    """The name of this learner's browser, 64 hexadecimal digits: by the secret that it told or else was offered."""
    return str(st.session_state[TOLD]) if is_known() else hash_of(offered())


def offered() -> str:
    """The secret that this session offers to a browser that has told none."""
    if is_known() and OFFERED not in st.session_state:
        return ""
    return str(st.session_state.setdefault(OFFERED, secrets.token_hex(16)))


def names() -> tuple[str, ...]:
    """The names by which this browser's runs are known: its own, and the one that this session had before."""
    return tuple(dict.fromkeys([owner(), *(hash_of(each) for each in [offered()] if each)]))


def is_known() -> bool:
    """Whether the browser has said who it is."""
    if TOLD not in st.session_state:
        take(st.context.cookies.get(COOKIE))
    return TOLD in st.session_state


def take(secret: Any) -> None:
    """Remember the hash of a browser's secret; anything else is no secret."""
    if isinstance(secret, str) and SECRET.fullmatch(secret):
        st.session_state[TOLD] = hash_of(secret)


def hash_of(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
