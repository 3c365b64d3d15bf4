"""The menu of presets."""

from __future__ import annotations

import streamlit as st

from ...examples.presets import PRESETS
from . import session
from .controls import shown
from .translation import _


def presets(**options: object) -> None:
    """A choice among the presets by title."""
    titles = {name: _(preset.title) for name, preset in PRESETS.items()}
    preset = session.current().preset
    shown(
        st.selectbox,
        "setup.preset",
        preset,
        _("Preset"),
        session.open_preset,
        options=list(titles),
        format_func=titles.__getitem__,
        **options,
    )
