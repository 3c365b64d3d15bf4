"""The room that a session is in: its code is in the address; the key, where it is a teacher's, in the session."""

from __future__ import annotations

import time
from contextlib import suppress

import streamlit as st

from ...maths.messages import Message, Refusal, message_of
from ...rooms import bounds
from ...rooms.allowance import Allowance
from ...setup.codes import LENGTH, read_code
from . import owner, session
from .translation import _

KEY = "mlpviz.room key"
OPENED = Allowance(most=bounds.OPENED, rate=bounds.OPENED / 3_600)


def code() -> str:
    """The code of the room that this session is in, or nothing."""
    return session.beside("room") or ""


def key() -> str:
    """The teacher's key of that room, if this session has opened it or has been told it."""
    opened, own = st.session_state.get(KEY, ("", ""))
    return str(own) if opened == code() else ""


def open_room() -> None:
    """Open a room, and be its teacher; if there can be none, the page says why."""
    from ...rooms.classrooms import open_classroom  # loads the database's library

    try:
        if not OPENED.take(owner.owner()):
            raise Refusal("This browser has opened many rooms within an hour: use one of them, or wait a while.")
        st.session_state[KEY] = open_classroom(time.time())
    except Refusal as refusal:
        session.refuse(message_of(refusal))
        return
    session.put_beside(room=st.session_state[KEY][0])


def take_key(text: str) -> None:
    """Lead the room that this session is in, on a second device or after a reload; what is not its key is nothing."""
    from ...rooms.classrooms import found

    with suppress(Refusal):
        room = found([code()]).get(code())
        if room and room.is_led_by(text):
            st.session_state[KEY] = code(), text


def join(text: str) -> None:
    """Go into the room whose code was typed."""
    if typed := read_code(text):
        session.put_beside(room=typed)
    else:
        session.refuse(Message("A room has four letters or digits, as on the wall; none is I, L, O, 0 or 1."))


def leave() -> None:
    session.put_beside(room=None)


CODE_WIDTH = 260  # pixels, so that the two stand side by side


def offer() -> None:
    """To open a room, or to go into one; to who is in one, which it is."""
    if code():
        st.caption(_("You are in room {code}: the line above the page is the room’s.").format(code=code()))
        return
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="into-room"):
        st.button(_("Open a room"), key="open_room", icon=":material/co_present:", on_click=open_room)
        letters = _("Or go into a room: its four letters")
        st.text_input(letters, key="room_code", max_chars=LENGTH + 2, on_change=_join, width=CODE_WIDTH)
    st.caption(_("Screens follow yours, and you ask one question at a time. No names; nothing personal is kept."))


def _join() -> None:
    """Go into the room, and out of the panel, which would lie over what the class looks at."""
    join(st.session_state["room_code"])
    st.session_state["share"] = not code()
