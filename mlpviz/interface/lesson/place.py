"""Where on a page a lesson is: above everything else of it; who is in none loads nothing of all that."""

from __future__ import annotations

import streamlit as st

from ...setup.arriving import is_setups
from ...setup.pages import PAGES
from ..shell import session
from ..shell.toolbar import plain
from ..shell.translation import told

BEGUN = "mlpviz.lesson.begun"


def lesson() -> None:
    """The line of the lesson that the session is in, if it is in one."""
    with st.container(key="lesson"):
        if session.beside("lesson"):
            shown()


def shown() -> None:
    from ..shell import lessons
    from .line import line

    page, found = session.state().page, lessons.present()
    if found is None:
        st.warning(plain(told(lessons.unknown() or "")), icon=":material/school:")
        return
    begun = st.session_state.get(BEGUN)
    st.session_state[BEGUN] = found.lesson.name
    own = lessons.page_of(found.scene)
    if begun is None and page != own and not any(is_setups(name) for name in st.query_params):
        st.switch_page(PAGES[own].script, query_params=session.whole_query())
    line(found, page)
