"""A QR code as a picture: dark on white whatever the page's colours, since cameras read nothing else as well."""

from __future__ import annotations

import io
from functools import lru_cache

import segno

from ...maths.messages import Refusal

LONGEST = 300
BORDER = 4
"""Modules of white around it, as the standard asks for."""


@lru_cache(maxsize=64)
def picture(code: str, at: str) -> bytes:
    """The picture of a room's address. Raises Refusal if the address is not one of that room."""
    if not code or not at.startswith(("http://", "https://")) or not at.endswith(f"room={code}") or len(at) > LONGEST:
        raise Refusal("This is not the address of room {code}.", code=code or "–")
    made = io.BytesIO()
    segno.make(at, error="m", micro=False).save(
        made, kind="svg", border=BORDER, light="white", omitsize=True, xmldecl=False
    )
    return made.getvalue()
