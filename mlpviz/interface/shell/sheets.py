"""The style sheets of the pages, each a file beside this one."""

from __future__ import annotations

from pathlib import Path

from ...drawing import theme

OF_PAGES = ("page", "toolbar", "door")
"""Those that are there before a page is drawn, since its parts would jump where they came later."""


def sheet(*names: str) -> str:
    """Style sheets as an element."""
    return f"<style>{''.join(map(rules, names))}</style>"


def rules(name: str) -> str:
    """What a style sheet says; the one of all pages names the colours first."""
    text = Path(__file__).with_name(f"{name}.css").read_text(encoding="utf-8")
    return f"{theme.CSS}\n{text}" if name == "page" else text
