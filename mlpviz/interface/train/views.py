"""What the figures of the Train page share: their height, their theme, and the choice among them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from ..shell import session

HEIGHT = 400


def dark() -> bool:
    """Whether the learner's theme is dark."""
    return st.context.theme.type == "dark"


def steady(
    widget: Callable[..., Any], key: str, value: Any, label: str, take: Callable[[Any], Any], **options: Any
) -> None:
    """As ``controls.shown``, for a widget in a fragment that runs again on its own: it is told its value if it differs.

    Told again at every look, it would go back to the value of a look that was under way when it was clicked, and the
    next look would report that as another click.
    """
    if key not in st.session_state or st.session_state[key] != value:
        st.session_state[key] = value
    widget(label, key=key, on_change=lambda: take(st.session_state[key]), **options)


def choice(name: str, titles: dict[str, str], options: list[str]) -> None:
    """A choice among a few views, kept in the setup."""
    value = getattr(session.current(), name)
    steady(
        st.segmented_control,
        f"setup.{name}",
        value if value in options else options[0],
        titles[options[0]],
        lambda taken: session.edit(**{name: taken or value}),
        options=options,
        format_func=titles.__getitem__,
        label_visibility="collapsed",
    )
