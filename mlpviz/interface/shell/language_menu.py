"""The choice of the language, and what the browser is told of it: how to set it, how to read it aloud, what to keep."""

from __future__ import annotations

import streamlit as st

from . import session
from .languages import BY_TAG, LANGUAGES
from .translation import PARAMETER, language, speak

COOKIE, CHOSEN = "mlpviz_language", "mlpviz.chosen"
ICON = ":material/translate:"

JS = """
export default function ({ data: [{ lang, kept }] }) {
  document.documentElement.lang = lang
  if (kept) document.cookie = `COOKIE=${kept}; path=/; max-age=31536000; SameSite=Lax`
}
""".replace("COOKIE", COOKIE)

_component = st.components.v2.component("mlpviz.language", html="<span hidden></span>\n", js=JS)


def settle() -> None:
    """Speak the language of the link, or else the one that was chosen in this browser before."""
    kept = st.context.cookies.get(COOKIE)
    speak(session.beside(PARAMETER) or (kept if isinstance(kept, str) else ""))


def menu() -> None:
    """The languages, each in its own words."""
    here = BY_TAG[language()]
    with st.popover(here.title, icon=ICON, type="tertiary", key="languages", on_change="rerun") as panel:
        if panel.open:
            for each in LANGUAGES:
                mark = "✓ " if each == here else ""
                key = f"language {each.tag}"
                st.button(mark + each.title, key=key, type="tertiary", on_click=choose, args=(each.tag,))


def tell() -> None:
    """Tell the browser in which language the page is, and which one was chosen."""
    with st.container(key="language"):
        _component(key="mlpviz.language", data=[{"lang": language(), "kept": st.session_state.get(CHOSEN, "")}])


def choose(tag: str) -> None:
    """Speak a language from now on, in the link and in this browser; what is on screen stays."""
    session.put_beside(lang=tag)
    speak(tag)
    st.session_state[CHOSEN] = tag
    st.session_state["languages"] = False
