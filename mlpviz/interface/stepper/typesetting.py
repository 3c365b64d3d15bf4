"""Who typesets the stepper's formulas: the KaTeX that Streamlit has for those of its own.

The browser sets each formula when it is first needed, so that none stands in the page unseen.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import streamlit as st


@cache
def katex() -> str:
    """The name of Streamlit's script that sets formulas, beside its other scripts; empty if this version has none."""
    scripts = Path(st.__file__).parent / "static" / "static" / "js"
    return next((file.name for file in sorted(scripts.glob("rehype-katex.*.js"))), "")
