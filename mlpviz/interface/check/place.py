"""The place at fault in a text, marked."""

from __future__ import annotations

from html import escape

import streamlit as st

from ...derivation.checker.reading.syntax import Span
from ..shell.translation import _
from .checked import COLOURS

AROUND = 160
"""Characters before and after the place at fault that are shown of a long line."""

CSS = f"""<style>
.mlp-torn {{ font: 1rem/1.7 "Source Code Pro", ui-monospace, monospace; white-space: pre-wrap;
  overflow-wrap: anywhere; margin: 0; padding: 0.1rem 0; }}
.mlp-torn mark {{ color: inherit; font-weight: 700; border-radius: 2px; padding: 0.1em 0.15em;
  background: color-mix(in srgb, {COLOURS["wrong"]} 30%, transparent); box-shadow: 0 2px 0 {COLOURS["wrong"]}; }}
</style>"""


def torn(text: str, place: Span) -> None:
    """The line at fault, with the place marked."""
    label = escape(_("What was typed"))
    st.html(CSS + f'<pre class="mlp-torn" aria-label="{label}">{marked(text, place)}</pre>')


def marked(text: str, place: Span) -> str:
    """The line of a place as HTML, the place marked; where nothing stands, a sign for what is missing."""
    start, stop = max(place[0], 0), min(place[1], len(text))
    before, after = text[:start].rpartition("\n")[2], text[stop:].partition("\n")[0]
    before = before if len(before) <= AROUND else "…" + before[-AROUND:]
    after = after if len(after) <= AROUND else after[:AROUND] + "…"
    fault = text[start:stop]
    fault = fault if len(fault) <= AROUND else fault[:AROUND] + "…"
    return f"{escape(before)}<mark>{escape(fault) if fault.strip() else '␣'}</mark>{escape(after)}"
