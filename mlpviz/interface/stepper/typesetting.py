"""Who typesets the stepper's formulas: the KaTeX that Streamlit has for those of its own.

The browser sets each formula when it is first needed, so that none stands in the page unseen.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path


@cache
def katex() -> str:
    """The name of Streamlit's script that sets formulas, beside its other scripts; empty if this version has none.

    It is looked up without loading Streamlit, which a page of its own does without.
    """
    found = find_spec("streamlit")
    if found is None or found.origin is None:
        return ""
    scripts = Path(found.origin).parent / "static" / "static" / "js"
    return next((file.name for file in sorted(scripts.glob("rehype-katex.*.js"))), "")
