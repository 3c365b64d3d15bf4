"""Short codes that are read aloud and typed on a phone: four signs of an alphabet in which none looks like another."""

from __future__ import annotations

import secrets

from ..maths.messages import Message
from .codecs import Codec, require

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""No I, L, O, 0 or 1."""
LENGTH = 4


def new_code() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def read_code(text: object) -> str:
    """The code that somebody has typed, in small letters or large; nothing if it cannot be one."""
    code = text.strip().upper() if isinstance(text, str) else ""
    return code if len(code) == LENGTH and set(code) <= set(LETTERS) else ""


def _read(text: str) -> str:
    code = read_code(text)
    require(code != "")
    return code


CODE = Codec(str, _read, Message("is a code of four letters and digits, none of them I, L, O, 0 or 1"))
