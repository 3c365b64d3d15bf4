"""A teacher's link on a page: what it holds fast, and what it shows of the stepper."""

from __future__ import annotations

from typing import Any

import streamlit as st

from ...maths.messages import Message, listed
from ...setup.fixing import FIXES, is_fixed
from ...setup.pages import PAGES
from . import session
from .markdown import plain
from .translation import _, told

FIXED_NUMBERS = "numbers"


def fixed(name: str) -> bool:
    """Whether the link fixes a property: its field is shown and takes nothing."""
    return is_fixed(name, session.beside("fix") or ())


def numbers_fixed() -> bool:
    return FIXED_NUMBERS in (session.beside("fix") or ())


def notice() -> None:
    """What the link fixes, and the way out of it."""
    if not (fix := session.beside("fix")):
        return
    what = listed([Message(FIXES[word][0]) for word in fix])
    st.caption(told(Message("Fixed by the link: {what}", what=what)), width="content")
    st.button(_("Undo the fixing"), key="unfix", icon=":material/lock_open:", type="tertiary", on_click=unfix)


def unfix() -> None:
    session.put_beside(fix=None)


def keeps_back(sentence: str) -> bool:
    """Whether the link keeps results back; then a sentence says what there is not, for that."""
    if not session.beside("veil"):
        return False
    st.info(plain(sentence), icon=":material/visibility_off:")
    return True


def whole_page() -> bool:
    """Whether a page may be shown that computes what a link keeps back."""
    if not keeps_back(_("This link keeps some results back, and this page would show them.")):
        return True
    st.page_link(PAGES["step"].script, label=_("To the Step page"), query_params=session.whole_query())
    return False


def options() -> dict[str, Any]:
    """What the stepper is told of a teacher's link."""
    told_of = {"faces": session.beside("faces"), "until": session.beside("until")}
    return {name: value for name, value in told_of.items() if value is not None} | (
        {"fixed": True} if numbers_fixed() else {}
    )
