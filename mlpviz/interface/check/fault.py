"""What is wrong with one of several formulas: a line of a program, a side of a derivation."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from ...derivation.checker import Verdict
from ...maths.messages import Message
from ..shell.translation import _, told
from .checked import Tried
from .parts import factors, offered, parse
from .place import torn
from .switches import switch


def fault(
    tried: Tried, text: str, found: Verdict, sentences: Sequence[Message], take: Callable[[str], None] | None, name: str
) -> None:
    """Its sentences, its place or its shapes, and what to ``take`` instead, if that is to be said."""
    for sentence in sentences:
        st.text(told(sentence))
    if found.kind == "refused" and found.place:
        torn(text, found.place)
    parse(tried, found, name.strip())
    if take is not None:
        caption = _("What would multiply") if found.kind == "shape" else _("What to try instead")
        offered(found.suggestions or found.rewritten, caption, take, name)
        switch(found.switches, f"switch{name}")
    factors(found.factors, name)
