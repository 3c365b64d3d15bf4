"""The line of a lesson above a page: the scene, its question with the answers, and what is to be done in it.

It is drawn by the browser, which keeps what was done; a number that is edited changes the right answer, so the server
sends the question with every run of the page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from ...derivation.view import View
from ...lessons.ask import Posed, posed, update_of
from ...lessons.doing import task
from ...lessons.file import DOING
from ...lessons.lesson import Done, LessonScene
from ...maths.messages import N_, Message, Refusal, listed
from ...setup.checks import architecture_of
from ...setup.pages import PAGES
from ...setup.setup import Setup
from ..shell import joined, lessons, session
from ..shell.large import LARGE, numbers_of
from ..shell.lessons import Present
from ..shell.translation import _, told
from ..stepper.assets import joined as in_one_scope
from ..stepper.assets import modules
from ..stepper.typesetting import katex
from .doings import met

HERE = Path(__file__).parent
KEY, POSED = "mlpviz.lesson", "mlpviz.lesson.posed"
NAMES = {kind: name for name, kind in DOING.items()}

TEXTS = {
    "back": N_("back"),
    "on": N_("next scene"),
    "leave": N_("Leave the lesson"),
    "fold": N_("Fold the scene, and unfold it"),
    "right": N_("Right."),
    "typed": N_("Write it in the box below, and check it."),
    "notes": N_("Notes for the teacher"),
}


@cache
def script() -> str:
    shared = modules()
    return in_one_scope({name: shared[name] for name in ("dom", "typesetter")} | modules(HERE))


_component = st.components.v2.component(
    KEY,
    html='<section class="mlp-lesson"></section>\n',
    css=(HERE / "lesson.css").read_text(encoding="utf-8"),
    js=script(),
    isolate_styles=False,
)


def line(found: Present, page: str) -> None:
    """The line of the scene that the session is in."""
    _component(
        key=KEY,
        data=[content(found, page, session.current())],
        on_go_change=_go,
        on_leave_change=lessons.leave,
        height="content",
    )


def content(found: Present, page: str, setup: Setup) -> dict[str, Any]:
    """What the browser is told of the scene."""
    scene, here = found.scene, lessons.page_of(found.scene) == page
    own = lessons.setup_of(scene)
    view = View(architecture_of(setup), len(setup.X), setup.notation)
    tasks = [each for each in scene.done if not (in_room() and NAMES[type(each)] == "guessed")]
    return {
        "lesson": found.lesson.name,
        "title": _(found.lesson.title),
        "number": found.number,
        "count": len(found.lesson.scenes),
        "scene": _(scene.title),
        "scenes": [dot(each, number) for number, each in enumerate(found.lesson.scenes, start=1)],
        "say": _(scene.say),
        "notes": _(scene.notes) if is_teachers() else "",
        "here": here,
        "start": own.step if page == "step" else own.line,
        **(asked(scene, setup) if here and not in_room() else {"question": None, "refusal": ""}),
        "tasks": [content_of(each, view) for each in tasks],
        "met": [here and met(each, setup, own) for each in tasks],
        "texts": {name: _(text) for name, text in TEXTS.items()} | places(found),
        "katex": katex(),
    }


def places(found: Present) -> dict[str, str]:
    """Where one is in the lesson, and where its scene is."""
    place = Message("scene {number} of {count}: ", number=found.number, count=len(found.lesson.scenes))
    page = Message(PAGES[lessons.page_of(found.scene)].title)
    return {"place": told(place), "elsewhere": told(Message("This scene is on the page {page}: go there", page=page))}


def dot(scene: LessonScene, number: int) -> dict[str, Any]:
    label = Message("scene {number}: {title}", number=number, title=_(scene.title))
    return {"title": _(scene.title), "label": told(label), "tasks": len(scene.done)}


def content_of(done: Done, view: View) -> dict[str, Any]:
    """What is to be done, as the browser sees it."""
    return {"kind": NAMES[type(done)], "text": told(task(done, view)), **asdict(done)}


# The question


def asked(scene: LessonScene, setup: Setup) -> dict[str, Any]:
    """The scene's question on the numbers that are there now, or why it cannot be asked of them."""
    if scene.ask is None:
        return {"question": None, "refusal": ""}
    if veil := session.beside("veil"):  # answers tell what they are chosen from
        return {"question": None, "refusal": told(Message("This link keeps {name} back.", name=listed(veil)))}
    try:
        return {"question": question_content(question(scene, setup)), "refusal": ""}
    except Refusal as refusal:
        return {"question": None, "refusal": told(refusal)}


def question(scene: LessonScene, setup: Setup) -> Posed:
    if numbers_of(setup) > LARGE:
        raise Refusal("This network is too large to be asked about.")

    def made() -> Posed | Refusal:
        try:
            assert scene.ask is not None
            update = update_of(setup)
            return posed(scene.ask, update, View.of(update.trace, setup.notation), setup.digits)
        except Refusal as refusal:
            return refusal

    found = session.cached(POSED, (scene, setup), made, small=True)
    if isinstance(found, Refusal):
        raise found
    return found


def question_content(found: Posed) -> dict[str, Any]:
    options = [
        {
            "key": option.key,
            "text": told(option.text),
            "latex": option.latex,
            "right": option.right,
            "cause": told(option.cause) if option.cause else "",
        }
        for option in found.options
    ]
    return {
        "text": told(found.asked("{name}")),
        "name": told(found.name),
        "latex": found.latex,
        "options": options,
        "typed": found.judged is not None,
    }


# Who is there


def in_room() -> bool:
    """Whether a class is asked together: then the room has the question."""
    return bool(session.beside("room"))


def is_teachers() -> bool:
    """Whether this may be the teacher's own screen: in a class it is that of whoever leads it."""
    return not in_room() or bool(joined.key())


def _go() -> None:
    """Open another scene of the lesson."""
    asked_for, found = st.session_state[KEY].get("go"), lessons.present()
    if found is None or not isinstance(asked_for, Mapping):
        return
    number = asked_for.get("scene")
    if not isinstance(number, int) or not 1 <= number <= len(found.lesson.scenes):
        return
    lessons.enter(found.lesson, number)
