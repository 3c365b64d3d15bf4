"""Where lessons are found: as links, and as files that are saved and opened."""

from __future__ import annotations

from typing import Any

import streamlit as st

from ...lessons import bounds
from ...lessons.file import encode_lesson
from ...lessons.lesson import Lesson
from ...lessons.table import LESSONS
from ...maths.messages import Message, Refusal, counted
from ...setup.beside import written_beside
from ...setup.pages import PAGES
from . import lessons, session
from .translation import _, told

VERSION = "mlpviz.lesson_file"

CSS = """<style>
.st-key-lessons [data-testid=stPageLink] a { padding: 0.1rem 0; }
.st-key-lessons [data-testid=stPageLink] a p { font-weight: 600; white-space: normal; text-decoration: underline;
  text-decoration-color: var(--mlp-positive); text-underline-offset: 0.2em; }
.st-key-lessons [data-testid=stDownloadButton] button { padding: 0; min-height: 0; }
.st-key-lessons [data-testid=stFileUploaderDropzoneInstructions] { display: none; }
</style>"""


def links() -> None:
    """A link to each lesson."""
    for lesson in LESSONS.values():
        link(lesson)


def link(lesson: Lesson) -> None:
    """A link to the first scene of a lesson."""
    page, query = lessons.way_to(lesson)
    query = {**written_beside(session.state().beside, along=True), **query}
    st.page_link(PAGES[page].script, label=_(lesson.title), query_params=query, icon=":material/school:")


def shelf() -> None:
    """The lessons, and a teacher's own as a file."""
    st.html(CSS)
    with st.container(key="lessons", gap="xsmall"):
        st.markdown("### " + _("Lessons"))
        for lesson, column in zip(LESSONS.values(), st.columns(len(LESSONS), gap="medium"), strict=True):
            with column:
                card(lesson)
        with st.expander(_("A lesson of your own")):
            own()


def card(lesson: Lesson) -> None:
    link(lesson)
    st.caption(_(lesson.about))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(told(length_of(lesson)), width="content")
        st.download_button(
            _("Save as a file"),
            lambda: encode_lesson(lesson, _),
            file_name=f"{lesson.name}.json",
            mime="application/json",
            on_click="ignore",
            type="tertiary",
            key=f"lesson save {lesson.name}",
        )


def length_of(lesson: Lesson) -> Message:
    """How many scenes a lesson has, and how long it takes."""
    scenes = counted("{count} scene", "{count} scenes", len(lesson.scenes))
    minutes = counted("{count} minute", "{count} minutes", round(lesson.minutes))
    return Message("{scenes}, {minutes}", scenes=scenes, minutes=minutes)


def own() -> None:
    """What a file is, and the way to open one."""
    st.markdown(
        _(
            "A lesson is a text file: save one of these, change its scenes, texts and questions, and open it here. No "
            "answer stands in it: each is computed. Its link works as long as this server keeps it."
        )
    )
    version = st.session_state.setdefault(VERSION, 0)
    key = f"lesson_file_{version}"
    label = _("Open a lesson (up to {most} kB)").format(most=bounds.BYTES // 1000)
    st.file_uploader(label, key=key, on_change=_open, args=(key,))


def _open(key: str) -> None:
    """Go into the lesson of a file."""
    uploaded: Any = st.session_state[key]
    if uploaded is None:
        return
    st.session_state[VERSION] += 1  # the next run's uploader is empty again
    try:
        lesson = lessons.opened_file(uploaded.getvalue()[: bounds.BYTES + 1])
    except Refusal as refusal:
        session.refuse(refusal)
        return
    lessons.enter(lesson)
