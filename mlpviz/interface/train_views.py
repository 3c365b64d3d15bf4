"""What the figures of the Train page share: their height, their theme, and the choice among them."""

from __future__ import annotations

from typing import Any

import streamlit as st

from ..drawing.figure import CONFIG
from . import session
from .controls import shown

HEIGHT = 400


def dark() -> bool:
    """Whether the learner's theme is dark."""
    return st.context.theme.type == "dark"


def draw(figure: Any, key: str, alt: str) -> None:
    """A figure, as wide as its column."""
    st.plotly_chart(figure, key=key, config=CONFIG, alt=alt)


def choice(name: str, titles: dict[str, str], options: list[str]) -> None:
    """A choice among a few views, kept in the setup."""
    value = getattr(session.current(), name)
    shown(
        st.segmented_control,
        f"setup.{name}",
        value if value in options else options[0],
        titles[options[0]],
        lambda taken: session.edit(**{name: taken or value}),
        options=options,
        format_func=titles.__getitem__,
        label_visibility="collapsed",
    )
