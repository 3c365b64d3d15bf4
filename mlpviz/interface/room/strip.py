"""The line above a page that says in which room one is: where the class is, what is asked, what was answered.

It is drawn by the browser, which asks the room itself (``routes.py``), so that neither a step of the teacher's nor an
answer is a run of anybody's page. Only where the class goes to other numbers or to another page is there a run.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from ...maths.messages import N_
from ...setup.beside import written_beside
from ...setup.link import query_of
from ...setup.pages import PAGES
from ..shell import joined, session
from ..shell.translation import _, language
from ..shell.url import MOVING, open_query
from ..stepper.assets import joined as in_one_scope
from ..stepper.assets import modules
from ..stepper.typesetting import katex

HERE = Path(__file__).parent
KEY = "mlpviz.class"
STAYS = ("lang", "room")
"""What of the address is the student's own, wherever the class goes."""

TEXTS = {
    "following": N_("following"),
    "roaming": N_("everyone for themselves"),
    "alone": N_("on your own"),
    "leave": N_("leave"),
    "in_room": N_("in room {code}"),
    "step": N_("You are on step {own} · the class is on step {other}"),
    "numbers": N_("You have other numbers than the class"),
    "elsewhere": N_("You are elsewhere · the class is on {page}"),
    "back": N_("go back"),
    "lost": N_("The room cannot be reached: you go on alone until it is back."),
    "woken": N_("This screen was asleep: it is where the class is again."),
    "sent": N_("sent · you can change it until it is closed"),
    "closed": N_("closed"),
    "write": N_("Write a formula"),
    "send": N_("Send"),
    "yours": N_("yours"),
    "right": N_("right"),
    "lead": N_("Screens follow"),
    "ask": N_("Ask …"),
    "nothing": N_("Nothing can be asked of what is on screen."),
    "close": N_("Close the question"),
    "reopen": N_("Open it again"),
    "show": N_("Show the answers"),
    "peek": N_("Look at the answers on this screen"),
    "done": N_("Done with it"),
    "end": N_("End the room"),
    "sure": N_("End the room for everybody?"),
    "code": N_("QR code"),
    "own": N_("Copy the link for your own second device"),
    "copied": N_("Copied: whoever opens it leads this room. Do not show it on the wall."),
}
"""What the line says, in the learner's language."""


@cache
def script() -> str:
    shared = modules()
    own = {name: shared[name] for name in ("dom", "typesetter")} | modules(HERE)
    return in_one_scope(own)


_component = st.components.v2.component(
    KEY,
    html='<div class="mlp-class"></div>\n',
    css=(HERE / "room.css").read_text(encoding="utf-8"),
    js=script(),
    isolate_styles=False,
)


def strip() -> None:
    """The line, for who is in a room; for all others nothing."""
    with st.container(key="classroom"):
        if code := joined.code():
            _component(
                key=KEY,
                data=[told(code)],
                on_go_change=_go,
                on_key_change=_take_key,
                on_leave_change=_leave,
                height="content",
            )


def told(code: str) -> dict[str, Any]:
    return {
        "code": code,
        "key": joined.key(),
        "language": language(),
        "texts": {name: _(text) for name, text in TEXTS.items()},
        "pages": {name: _(page.title) for name, page in PAGES.items()},
        "moving": MOVING,
        "katex": katex(),
    }


def _go() -> None:
    """Go to where the class is, if that is not only another step."""
    place = st.session_state[KEY].get("go")
    if not isinstance(place, Mapping) or place.get("page") not in PAGES or not isinstance(place.get("query"), str):
        return
    state = session.state()
    try:
        query = query_of(place["query"]) if place["query"] else {}
    except ValueError as error:
        session.refuse(error)
        return
    own = {name: state.beside[name] for name in STAYS if name in state.beside}
    open_query(state, {**query, **written_beside(own)})
    if place["page"] != state.page:
        st.switch_page(PAGES[place["page"]].script, query_params=session.whole_query())


def _take_key() -> None:
    """The browser has a key that this session has not: from a teacher's own link, or from before a reload."""
    if isinstance(key := st.session_state[KEY].get("key"), str):
        joined.take_key(key)


def _leave() -> None:
    joined.leave()
