"""Buttons that open a panel."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st


@contextmanager
def opening(label: str, key: str, icon: str) -> Iterator[bool]:
    """A button that opens a panel; yields whether it is open, so that its content is only computed then."""
    panel = st.popover(label, icon=icon, key=key, on_change="rerun")
    with panel:
        yield bool(panel.open)
