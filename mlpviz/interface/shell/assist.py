"""What Streamlit leaves to do for who works by keyboard or by ear: the focus, the menu's name, what is said aloud."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from ...setup.pages import PAGES
from .translation import _

LETTERS_JS = """
export default function ({ data: [label], parentElement }) {
  const box = parentElement.querySelector("input")
  parentElement.querySelector("span").textContent = label
  box.checked = !window.mlpvizLetterless
  box.onchange = () => {
    window.mlpvizLetterless = !box.checked
    try { localStorage.setItem("mlpviz.letterless", box.checked ? "" : "yes") } catch { /* blocked */ }
  }
}
"""
LETTERS_CSS = """
.mlpviz-letters { display: flex; gap: 0.5em; align-items: center; min-height: 1.75rem; font-size: 0.9rem; }
.mlpviz-letters input { width: 1.1rem; height: 1.1rem; flex: none; accent-color: var(--st-primary-color); }
"""
LETTERS_HTML = '<label class="mlpviz-letters"><input type="checkbox"><span></span></label>\n'

ALOUD_JS = """
const last = new WeakMap()

export default function ({ data: [about, sentences], parentElement }) {  // of what a page opens with nothing is said
  const region = parentElement.querySelector("[role=status]"), before = last.get(region)
  last.set(region, about)
  if (before === undefined || before === about) return
  const lines = sentences.map(text => Object.assign(document.createElement("p"), { textContent: text }))
  region.replaceChildren(...lines)
}
"""
ALOUD_CSS = """
[data-testid=stLayoutWrapper]:has(> .st-key-aloud) { position: absolute; width: 1px; height: 1px; overflow: hidden;
  clip-path: inset(50%); }
"""

_component = st.components.v2.component(
    "mlpviz.assist",
    html="<span hidden></span>\n",
    js=Path(__file__).with_name("assist.js").read_text(encoding="utf-8"),
)
_letters = st.components.v2.component(
    "mlpviz.letters", html=LETTERS_HTML, css=LETTERS_CSS, js=LETTERS_JS, isolate_styles=False
)
_aloud = st.components.v2.component(
    "mlpviz.aloud", html='<div role="status"></div>\n', css=ALOUD_CSS, js=ALOUD_JS, isolate_styles=False
)


def assist(page: str) -> None:
    """Mount what takes care of the focus and names the menu, in the menu of a page."""
    _component(
        key="mlpviz.assist",
        data=[{"at": list(PAGES).index(page), "label": _("Pages")}],
        height="content",
        width="content",
    )


def letters_switch() -> None:
    """Whether letters are keys: a choice of the browser, which keeps it."""
    label = _("Letters typed on the page are keys, such as U for Undo")
    _letters(key="mlpviz.letters", data=[label], height="content")


def aloud(about: int, sentences: Sequence[str]) -> None:
    """Have a screen reader say sentences if what they are ``about``, by its number, is another than in the last run."""
    with st.container(key="aloud"):
        _aloud(key="mlpviz.aloud", data=[about, list(sentences)], height="content")
