"""Which lesson and scene a session is in, and the links of scenes; teachers' own lessons are kept by this server."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import urlsplit

import streamlit as st

from ...lessons.ask import posed_for
from ...lessons.file import decode_lesson
from ...lessons.lesson import Lesson, LessonScene
from ...lessons.shelf import OWN, Present, lesson_named, own_query, present_in
from ...maths.messages import Message, Refusal, as_given, message_of
from ...setup.arriving import arrived
from ...setup.beside import written_beside
from ...setup.pages import PAGES
from ...setup.setup import Setup
from . import session
from .large import LARGE, numbers_of
from .posing import posed_by
from .presets import PRESET_SETUPS, preset_setup
from .url import open_query


def present() -> Present | None:
    """The scene that this session is in, if its lesson is here."""
    return present_in({"lesson": session.beside("lesson") or "", "scene": str(session.beside("scene") or 1)})


def page_of(scene: LessonScene) -> str:
    """The page that a scene opens. Raises Refusal if there is none."""
    parts = urlsplit(scene.link)
    page = parts.path.strip("/") or "step"
    if parts.scheme or parts.netloc or page not in PAGES:
        raise Refusal("found no page {page}; accepted are {names}.", page=as_given(page), names=", ".join(PAGES))
    return page


def way_to(lesson: Lesson, number: int = 1) -> tuple[str, dict[str, str]]:
    """The page of a scene, and the query that opens it."""
    scene = lesson.scenes[number - 1]
    return page_of(scene), {**own_query(scene), "lesson": lesson.name, "scene": str(number)}


@lru_cache(maxsize=64)
def setup_of(scene: LessonScene) -> Setup:
    """The setup that a scene opens. Raises Refusal if its link cannot be read as a whole."""
    arrival = arrived(posed_by(own_query(scene), preset_setup(next(iter(PRESET_SETUPS)))), PRESET_SETUPS)
    if arrival.refusal or arrival.remarks:
        raise Refusal(arrival.refusal or arrival.remarks[0])
    if arrival.setup is None:
        raise Refusal("found nothing that can be opened.")
    return arrival.setup


def opened_file(content: bytes) -> Lesson:
    """The lesson of a file, kept for links from then on.

    Raises Refusal with the scene whose link cannot be opened, or whose question cannot be asked there.
    """
    lesson = decode_lesson(content)
    for number, scene in enumerate(lesson.scenes, start=1):
        part = "link"
        try:
            page_of(scene)
            setup = setup_of(scene)
            part = "ask"
            if scene.ask is not None:
                posed_within(scene, setup)
        except Refusal as refusal:
            why = message_of(refusal)
            raise Refusal("scene {number}, {part}: {why}", number=number, part=part, why=why) from None
    OWN.put(lesson, len(content))
    return lesson


def posed_within(scene: LessonScene, setup: Setup) -> None:
    """Ask a scene's question of a setup, if that is small."""
    assert scene.ask is not None
    if numbers_of(setup) > LARGE:
        raise Refusal("This network is too large to be asked about.")
    posed_for(scene.ask, setup)


def enter(lesson: Lesson, number: int = 1) -> None:
    """Open a scene of a lesson, on the page that it is about."""
    page, query = way_to(lesson, number)
    state = session.state()
    open_query(state, {**written_beside(state.beside, along=True), **query})
    if page != state.page:
        st.switch_page(PAGES[page].script, query_params=session.whole_query())


def leave() -> None:
    session.put_beside(lesson=None, scene=None)


def unknown() -> Message | None:
    """What is said where a link names a lesson that is not here."""
    name = session.beside("lesson")
    if not name or lesson_named(name):
        return None
    return Message("This lesson is not on this server (any more): open its file again on the page Texts.")
