"""Find the bug: an exercise as a room, and the way into it from any page."""

from __future__ import annotations

import streamlit as st

from ...derivation.errata import Exercise
from ...maths.messages import counted
from ...setup.pages import PAGES
from ..shell import session
from ..shell.posing import changes_of
from ..shell.translation import _, told
from .progress import icon_of, progress_of

PAGE = "check"


def enter(exercise: Exercise) -> None:
    """Put the learner's own setup aside and open an exercise, with an empty box."""
    session.enter(exercise.preset, **changes_of(exercise))


def named(exercise: Exercise) -> str:
    return f"{exercise.code} · {_(exercise.title)}"


def button(exercise: Exercise, place: str) -> None:
    """A button that opens an exercise, with how far the learner has come; ``place`` tells it from others on a page."""
    progress = progress_of(exercise.code)
    found = " · " + told(counted("first try", "try {count}", progress.count)) if progress.solved else ""
    st.button(
        named(exercise) + found,
        key=f"{place} {exercise.code}",
        icon=icon_of(progress),
        type="tertiary",
        on_click=_go,
        args=(exercise,),
    )


def _go(exercise: Exercise) -> None:
    elsewhere = session.current().page != PAGE
    enter(exercise)
    if elsewhere:
        session.edit(page=PAGE)
        st.switch_page(PAGES[PAGE].script, query_params=session.whole_query())
