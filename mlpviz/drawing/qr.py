"""A link as a QR code, for phones that look at a wall."""

from __future__ import annotations

from io import BytesIO

from .theme import DARK, LIGHT

MOST = 1_200
"""Bytes of a text that a phone still reads off a wall."""

QUIET = 4  # modules around the code, as its standard asks for


def qr_svg(text: str) -> str:
    """A text as a QR code on a light ground, whatever the page's colours are."""
    import segno

    out = BytesIO()
    segno.make(text, error="m", micro=False).save(
        out,
        kind="svg",
        dark=DARK.background,
        light=LIGHT.background,
        border=QUIET,
        scale=4,
        xmldecl=False,
        svgclass=None,
        lineclass=None,
    )
    return out.getvalue().decode()
