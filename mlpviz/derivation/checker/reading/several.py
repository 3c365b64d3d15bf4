"""Several formulas in one text: where one ends and the next begins, in mathematics and in code."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .characters import Typed, joined, put
from .markup import BRACKETED
from .syntax import Span

NAME = rf"[^\W\d][\w']*(?:\s*[_^]\s*(?:\{{[^{{}}]*\}}|\w+))*(?:{BRACKETED})?"
NAMED = rf"(?:{NAME}(?:\s*\[[^\[\]\n]*\])?|\(?\s*(?:[∂∇]|d\w+/)[^=,;\n]{{0,80}})\s*[:+\-*/]?=(?!=)"
BARE = re.compile(rf"{NAME}(?:\s*,\s*{NAME})*\s*")
"""Names with commas between them, to all of which something is given at once."""

NEXT = re.compile(rf"(?:[,;\n]|\.(?=\s))\s*(?:(?:and|then|Then|so|hence|thus)\s+)?(?={NAMED})")
"""What stands between two formulas."""


def apart(typed: Typed) -> Typed:
    """A text of several formulas with ⇒ between them."""
    depth, found = 0, []
    for place, character in enumerate(typed.text):
        depth += (character in "([{") - (character in ")]}")
        before = typed.text[:place].strip() if character in ",;\n." and not depth else ""
        if before and not BARE.fullmatch(before) and (match := NEXT.match(typed.text, place)):
            found.append(match)
    return with_arrows(typed, found)


def with_arrows(typed: Typed, between: Sequence[re.Match[str]]) -> Typed:
    """A text with ⇒ for each of some matches."""
    pieces, start = [], 0
    for match in between:
        pieces += [typed.part(start, match.start()), put(" ⇒ ", typed.place(*match.span()))]
        start = match.end()
    return joined([*pieces, typed.part(start, len(typed))]) if pieces else typed


GIVES = r"\s*[^\W\d][\w.]*(?:\s*[\[({][^\n]*?[\])}])?\s*(?:[-+*/]?=(?!=)|<<?-)"
STATEMENT = re.compile(rf"(?:[ \t\r]*(?:[#%][^\n]*)?[\n;])+(?={GIVES})")
"""What stands between two lines of code, the second of which gives something to a name."""


def statements_apart(typed: Typed) -> Typed:
    """Lines of code with ⇒ between them; none begins within a bracket, or within a comment."""
    if STATEMENT.search(typed.text) is None:
        return typed
    depth, start, found, commented = 0, 0, [], False
    for place, character in enumerate(typed.text):
        depth += 0 if commented else (character in "([{") - (character in ")]}")
        commented = character != "\n" and (commented or character == "#")
        is_end = not depth and not commented and typed.text[start:place].strip()
        if is_end and (match := STATEMENT.match(typed.text, place)):
            found.append(match)
            start = match.end()
    return with_arrows(typed, found)


SPLIT = re.compile(r"[\n⇒]")
RANGE = re.compile(r"[…\s]*|\s*[a-zA-Z]\s*=\s*[L0-9\s+\-]*")
"""Where an index runs, l = 1, …, and dots alone."""

CONTINUES, UNFINISHED = re.compile(r"\s*(?::?=|[-+*/@·×⊙⊗)\]}ᵀ])"), re.compile(r"(?:=|[-+*/@·×⊙⊗(\[{])\s*$")


def cut(text: str) -> Iterator[Span]:
    """The pieces of a text between line ends, and between the commas that are outside brackets."""
    start = depth = 0
    for place, character in enumerate(text):
        depth += {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}.get(character, 0)
        if (SPLIT.match(character) and depth <= 0) or (character in ",;" and depth <= 0):
            yield trimmed(text, start, place)
            start = place + 1
    yield trimmed(text, start, len(text))


def without_set(piece: str) -> str:
    """A piece without ∈ and what follows, unless that is below a sum."""
    before = piece.split("∈")[0]
    return before if before.count("{") == before.count("}") else piece


def trimmed(text: str, start: int, end: int) -> Span:
    """A piece without blanks and full stops around it, and without ∈ and what follows."""
    piece = without_set(text[start:end]).rstrip(" \t\r\n.,;…")
    return start + len(piece) - len(piece.lstrip()), start + len(piece)


def merged(typed: Typed, pieces: list[Span]) -> list[Span]:
    """The pieces that are formulas; a piece that goes on with the one before it is joined to it."""
    kept: list[Span] = []
    for start, end in pieces:
        piece = typed.text[start:end]
        if not piece or RANGE.fullmatch(piece):
            continue
        if kept and (CONTINUES.match(piece) or UNFINISHED.search(typed.text[: kept[-1][1]])):
            kept[-1] = (kept[-1][0], end)
        else:
            kept.append((start, end))
    sided = [(start, end) for start, end in kept if "=" in typed.text[start:end]]
    return sided or kept
