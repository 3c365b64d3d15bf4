"""A text that is too long for a link, kept by the learner's own browser as well, so that a reload brings it back.

The server that made a link has it, too, for as long as it runs. The browser keeps one text, under the name that the
link has for what it left out; one that keeps nothing does no harm.
"""

from __future__ import annotations

import streamlit as st

from ...setup.link import KEPT
from ..shell import session
from ..shell.url import TEXT
from .writing import kept

COMPONENT = "mlpviz.text"

JS = """
const NAME = "mlpviz.text"

function kept() {  // null: there is nothing, or the browser keeps nothing
  try {
    const there = JSON.parse(window.localStorage.getItem(NAME))
    return typeof there?.name === "string" && typeof there?.text === "string" ? there : null
  } catch {
    return null
  }
}

function keep({ name, text }) {
  try {
    window.localStorage.setItem(NAME, JSON.stringify({ name, text }))
  } catch {
    // blocked or full: the server still knows
  }
}

export default function ({ data: [data], setTriggerValue }) {
  const there = kept()
  if (data.wanted && there?.name === data.wanted) setTriggerValue("kept", there.text)
  else if (data.name && (there?.name !== data.name || there.text !== data.text)) keep(data)
}
"""

_component = st.components.v2.component(COMPONENT, html="<span hidden></span>\n", js=JS)


def keep() -> None:
    """Have the browser keep the text that the link leaves out, or give back the one that the address asks for."""
    query, left_out = session.link()
    data = {"name": "", "text": "", "wanted": session.state().wanted}
    if TEXT in left_out:
        data |= {"name": query[KEPT], "text": session.current().formula}
    with st.container(key="kept", height="content"):
        _component(key=COMPONENT, data=[data], on_kept_change=_take)


def _take() -> None:
    text = st.session_state[COMPONENT].get("kept")
    if isinstance(text, str) and session.state().wanted and kept(text):
        session.state().wanted = ""
        session.edit(formula=text)
