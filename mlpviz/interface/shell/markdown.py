"""Texts of anybody in Markdown: nothing in them is a sign of it."""

from __future__ import annotations

import re


def plain(text: str) -> str:
    """A text escaped for Markdown; no address in it becomes a link."""
    text = re.sub(r"(?<=:)(?=//)|(?<=www)(?=\.)|(?<=@)", "\N{WORD JOINER}", text, flags=re.IGNORECASE)
    return re.sub(r"([\\`*_{}\[\]()<>#+\-.!|~$:&@/])", r"\\\1", text).replace("\n", " ")
