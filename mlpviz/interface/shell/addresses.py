"""Addresses of what is on screen, as far as a link holds it."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from ...setup.link import KEPT, LEFT_OUT, as_text
from . import session
from .lacking import TEXT


def here() -> str:
    """The address of this page, without a query."""
    page = (st.context.url or "").partition("?")[0]
    return page + ("/" if page.count("/") == 2 else "")  # the first page's own address ends after the host


def address(query: Mapping[str, str]) -> str:
    """This page's address with a link's query."""
    return f"{here()}?{as_text(query)}"


def way_back() -> str:
    """The address that leads to what is on screen; none where the server has none."""
    return address(session.whole_query()) if st.context.url else ""


def shareable() -> tuple[dict[str, str] | None, bool]:
    """The query of a link to what is on screen, or None if that is too long; and whether a text was left out alone."""
    query, left_out = session.link()
    if set(left_out) - {TEXT}:
        return None, False
    if left_out:
        query = {name: text for name, text in query.items() if name not in (KEPT, LEFT_OUT)}
    return dict(query), bool(left_out)
