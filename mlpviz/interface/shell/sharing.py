"""Share: the link to exactly what is on screen, one for a class, what else can be taken, and the setup as a file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from ...maths.messages import Refusal
from ...setup import limits
from ...setup.file import NAME, check_bytes, encode_file
from ...setup.pages import PAGES
from . import for_class, joined, session
from .addresses import address, shareable
from .markdown import plain
from .panels import opening
from .translation import _

TAB = "share tab"


def share(more: Callable[[], None] | None = None) -> None:
    """A button that opens a panel with the link to copy, what else can be taken, and the file to save or open."""
    with opening(_("Share"), "share", ":material/share:") as is_open:
        if is_open:
            exact, classes = st.tabs([_("Exactly this"), _("For a class")], key=TAB, on_change="rerun")
            with exact:
                exactly(more)
            with classes:
                if classes.open:
                    joined.offer()
                    for_class.panel()


def exactly(more: Callable[[], None] | None) -> None:
    link_to_copy()
    if more:
        more()
    file_to_save()
    file_to_open()


def link_to_copy() -> None:
    """The link with a copy button, or what of it is too long."""
    query, without_text = shareable()
    if query is None:
        sentence = _("This setup is too long for a link of {most} characters; the file below holds all of it.")
        st.warning(plain(sentence.format(most=f"{limits.LINK_LENGTH:,}")))
        return
    if without_text:
        st.caption(_("The text on Check is too long for a link: this one is without it, and the file below has it."))
    else:
        st.caption(_("Link to exactly what is on screen"))
    st.code(address(session.as_seen(query)), language=None, wrap_lines=True)


def file_to_save() -> None:
    setup = session.current()
    st.download_button(
        _("Save as a file"),
        lambda: encode_file(setup),
        file_name=NAME,
        mime="application/json",
        on_click="ignore",
        icon=":material/download:",
        key="setup_file_save",
    )


def file_to_open() -> None:
    version = st.session_state.setdefault("setup_file_version", 0)
    key = f"setup_file_{version}"
    most = f"{limits.FILE_BYTES // 1_000_000} MB"
    label = _("Open a setup file (up to {most})").format(most=most)
    with st.container(key="setup-file"):
        st.file_uploader(label, key=key, on_change=_open, args=(key,))


def _open(key: str) -> None:
    uploaded: Any = st.session_state[key]
    if uploaded is None:
        return
    st.session_state["setup_file_version"] += 1  # the next run's uploader is empty again
    try:
        check_bytes(uploaded.size)
    except Refusal as refusal:
        session.refuse(refusal)
        return
    here = session.current().page
    if session.open_file(uploaded.getvalue()) and session.current().page != here:
        st.switch_page(PAGES[session.current().page].script, query_params=session.whole_query())
