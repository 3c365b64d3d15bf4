"""Characters as an East Asian keyboard types them, as wide as a Chinese one, and the plain ones that they stand for."""

from __future__ import annotations

import re

WIDE = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | {"\u3000": " ", "。": ".", "、": ","}
"""Digits, letters, brackets, operators and ；：，, and the blank; 。 is the point of a number, 、 is a comma."""

IN_NUMBERS = {wide: plain for wide, plain in WIDE.items() if plain in "+-.0123456789eE "}
"""Those that a single number is written in."""

_PLAIN = str.maketrans(WIDE)
_STOP = re.compile(r"。(?=\s*$)", re.MULTILINE)


def narrow(text: str) -> str:
    """A text with plain characters for wide ones, one for one; what is raised or lowered stays, as does all else.

    A 。 at the end of a line is its full stop and says nothing.
    """
    return text if text.isascii() else _STOP.sub(" ", text).translate(_PLAIN)
