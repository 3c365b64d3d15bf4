"""The door: one line on the first screen for who comes for the first time, and the same in a menu for everyone."""

from __future__ import annotations

import streamlit as st

from ...setup.link import DEFAULT
from ...setup.pages import PAGES
from . import controls, session
from .assist import letters_switch
from .sheets import sheet
from .translation import _
from .ways import NOBODYS, WAYS, way

OPEN = "mlpviz.door"
COOKIE, USED = "mlpviz_door", "used"

CSS = sheet("door")

JS = """
function used() {
  document.cookie = "COOKIE=USED; path=/; max-age=31536000; SameSite=Lax"
}

function next() {  // as the key does, wherever the focus was
  document.activeElement?.blur()
  document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true, cancelable: true }))
}

export default function () {
  const door = document.querySelector(".st-key-door")
  const onClick = event => {
    if (!event.target.closest?.("a, button, [role=combobox]")) return
    used()
    if (event.target.closest(".st-key-door_step")) next()
  }
  const onKey = event => { if (event.key === "ArrowRight") used() }
  door?.addEventListener("click", onClick)
  document.addEventListener("keydown", onKey, true)
  return () => {
    door?.removeEventListener("click", onClick)
    document.removeEventListener("keydown", onKey, true)
  }
}
""".replace("COOKIE", COOKIE).replace("USED", USED)

_component = st.components.v2.component("mlpviz.door", html="<span hidden></span>\n", js=JS)


def door() -> None:
    """What this is, and the ways in, for who opens the program's own address for the first time."""
    if not is_open() or session.beside("bare"):
        return
    st.html(CSS)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="door"):
        st.markdown(_("A small neural network, worked out to the last number."), width="content")
        for name in WAYS:
            if name == "step":
                st.button(_(WAYS[name][0]), key="door_step", type="tertiary")
            else:
                link(name)
        st.page_link(PAGES["texts"].script, label=_("Lessons"), query_params=session.whole_query())
        with st.container(horizontal=True, vertical_alignment="center", gap="small", width="content"):
            st.markdown(_("Write it like"), width="content")
            with st.container(width=190):
                controls.hand(key="door_hand", label_visibility="collapsed")
        _component(key="mlpviz.door", height="content")


def is_open() -> bool:
    """Whether the line is shown: to who came by the bare address and has not used it, until they have been elsewhere.

    It stays while they look around on the first page, since the picture below would jump.
    """
    setup = session.current()
    if OPEN not in st.session_state:
        bare = setup.step == 0 and not any(name not in NOBODYS for name in session.query())
        st.session_state[OPEN] = bare and st.context.cookies.get(COOKIE) != USED
    return bool(st.session_state[OPEN]) and setup.preset == DEFAULT and not session.beside("room")


def link(name: str) -> None:
    """A link to one of the ways."""
    page, query = way(name)
    st.page_link(PAGES[page].script, label=_(WAYS[name][0]), query_params=session.with_beside(query))


def menu() -> None:
    """The ways again, for who has been through the door."""
    if session.current().page != "step":
        st.session_state[OPEN] = False
    with st.popover(_("Begin"), type="tertiary", key="help", on_change="rerun") as panel:
        if panel.open:
            st.markdown(_("A small neural network, worked out to the last number."))
            for name in WAYS:
                link(name)
            lesson_links()
            controls.hand(key="help_hand")
            letters_switch()


def lesson_links() -> None:
    from . import lesson_list  # what only who looks for lessons needs

    st.markdown(_("Lessons"))
    lesson_list.links()
