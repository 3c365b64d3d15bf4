r"""Formulas that may be broken over lines where their box is narrow.

TeX breaks a formula behind a relation or an operation, and only outside of braces and of ``\left … \right``. Long
brackets get delimiters of a fixed size, so that they may be broken inside, and products may be broken between factors.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

TOKEN = re.compile(r"\\[A-Za-z]+|\\.|[^\\]")

ALLOWED = r"\allowbreak"

SHORT = 13
"""Brackets around so many glyphs, or fewer, are kept together."""

SILENT = frozenset({"{", "}", "^", "_", " ", r"\left", r"\right", r"\underbrace", r"\frac", r"\,", r"\text"})
"""What is not a glyph."""

SIZES = ((r"\begin", "Bigg"), (r"\sum", "Bigg"), (r"\frac", "bigg"), (r"\underbrace", "Big"))
"""How large delimiters are around tall things, the tallest first."""


def breakable(latex: str) -> str:
    """The formula with places where it may be broken."""
    return "".join(opened(TOKEN.findall(latex)))


def opened(tokens: list[str]) -> Iterator[str]:
    """The tokens of a part that stands outside of all groups, as it may be broken."""
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if token == "{":
            end = closing(tokens, at, "{", "}")
            yield from tokens[at : end + 1]
        elif token == r"\left":
            end = closing(tokens, at, r"\left", r"\right")
            yield from bracketed(tokens[at + 1], tokens[at + 2 : end], tokens[end + 1])
            end += 1
        else:
            end = at
            yield f"{token}{ALLOWED} " if token in (r"\,", r"\;") else token
        at = end + 1


def closing(tokens: list[str], at: int, left: str, right: str) -> int:
    """Where the group that begins at a token ends."""
    depth = 0
    for end in range(at, len(tokens)):
        depth += (tokens[end] == left) - (tokens[end] == right)
        if depth == 0:
            return end
    raise ValueError(f"{left} without {right}")


def bracketed(left: str, inside: list[str], right: str) -> Iterator[str]:
    """A part in brackets: a short one as it is, a long one with brackets of a fixed size."""
    if glyphs(inside) <= SHORT:
        yield from (r"\left", left, *inside, r"\right", right)
        return
    size = next((size for tall, size in SIZES if tall in inside), "big")
    yield from (rf"\{size}l", left, *opened(inside), rf"\{size}r", right)


def glyphs(tokens: list[str]) -> int:
    """About how many glyphs stand side by side: of a fraction the halves stand one above the other."""
    count, at = 0.0, 0
    while at < len(tokens):
        if tokens[at] == r"\frac":
            middle = closing(tokens, at + 1, "{", "}")
            end = closing(tokens, middle + 1, "{", "}")
            count += max(glyphs(tokens[at + 2 : middle]), glyphs(tokens[middle + 2 : end]))
            at = end
        elif tokens[at] in ("^", "_") and tokens[at + 1 : at + 2] == ["{"]:
            end = closing(tokens, at + 1, "{", "}")
            count += 0.7 * glyphs(tokens[at + 2 : end])
            at = end
        else:
            count += tokens[at] not in SILENT
        at += 1
    return round(count)


def unbroken(latex: str) -> str:
    """The formula without the places where it may be broken, for whoever has no use for them."""
    return latex.replace(rf"{ALLOWED} ", "")
