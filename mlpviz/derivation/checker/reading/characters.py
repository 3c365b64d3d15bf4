"""Characters as they are typed or copied, as the plain ones that the lexer knows; each remembers its place."""

from __future__ import annotations

import unicodedata
from itertools import groupby

from ....maths.digits import PLAIN
from ....maths.messages import Message, verbatim
from .refusals import Unread

KNOWN = frozenset(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 \t\r\n"
    "+-*/@=()[]{}.,'\"^_\\$~<>!;:&|%#⊙∘·−′’ᵀ⊤∂∇δΔλσφϕℓŷŶℒ½"
)
"""Every character that a formula may have besides raised and lowered ones."""

RAISED = {character: plain for character, plain in PLAIN.items() if chr(character) not in "₀₁₂₃₄₅₆₇₈₉"}
RAISED |= str.maketrans("⁺ˡᴸ", "+lL")
LOWERED = {character: plain for character, plain in PLAIN.items() if character not in RAISED}
SCRIPTS = {"^": RAISED, "_": LOWERED}
"""Raised and lowered characters as plain ones, by the sign that raises or lowers a text."""

SAME = str.maketrans("−′’", "-''")
"""Characters that mean what a plain one does."""

LOOK_ALIKES = dict(zip("аАВеЕТХхуУоОсСрРМНКаωΑΒΖΧΥΤΜ×∗•⋅", "aABeETXxyYoOcCpPMHKawABZXYTM**··", strict=False))
"""Letters of other alphabets that look like Latin ones, and similar signs."""


class Plain(str):
    """A text in plain characters; ``places`` has for each the place where it was typed, and where the text ends."""

    places: tuple[int, ...]

    def __new__(cls, pieces: list[tuple[str, int]], end: int) -> Plain:
        text = super().__new__(cls, "".join(piece for piece, _ in pieces))
        text.places = (*(place for piece, place in pieces for _ in piece), end)
        return text


def plain(text: str) -> Plain:
    """A text in plain characters: W⁽²⁾ as W^{(2)}.

    Raises Unread for a character that formulas are not written in.
    """
    pieces: list[tuple[str, int]] = []
    for script, group in groupby(enumerate(text), lambda each: script_of(each[1])):
        run = list(group)
        if script:
            inside = [(character.translate(SCRIPTS[script]), place) for place, character in run]
            pieces += [(script + "{", run[0][0]), *inside, ("}", run[-1][0])]
        else:
            pieces += [(known(character, place), place) for place, character in run]
    return combined(Plain(pieces, len(text)))


def script_of(character: str) -> str:
    return next((script for script, table in SCRIPTS.items() if ord(character) in table), "")


def known(character: str, place: int) -> str:
    plain = character.translate(SAME)
    if plain not in KNOWN and plain != "\u0302":
        raise unknown(character).at((place, place + 1))
    return plain


def combined(text: Plain) -> Plain:
    """A text in which y and a hat are one character."""
    if "\u0302" not in text:
        return text
    pieces = list(zip(text, text.places, strict=False))
    for k in range(len(pieces) - 1, -1, -1):
        if pieces[k][0] == "\u0302":
            letter = unicodedata.normalize("NFC", pieces[k - 1][0] + "\u0302") if k else ""
            if letter not in ("ŷ", "Ŷ"):
                raise unknown("\u0302").at((text.places[k], text.places[k] + 1))
            pieces[k - 1 : k + 1] = [(letter, pieces[k - 1][1])]
    return Plain(pieces, text.places[-1])


def unknown(character: str) -> Unread:
    """The refusal of a character that is not in the list, with the one that it looks like."""
    code, name = f"U+{ord(character):04X}", unicodedata.name(character, "").lower()
    title = verbatim(name) if name else Message("a control character")
    bare = Message("({code}, {title})", code=code, title=title)
    called = Message("“{character}” {bare}", character=character, bare=bare) if character.isprintable() else bare
    twin = unicodedata.normalize("NFKC", character)
    twin = twin if twin != character and len(twin) == 1 and twin in KNOWN else LOOK_ALIKES.get(character, "")
    if twin:
        return Unread("look-alike", character=called, twin=f"“{twin}”")
    return Unread("character", character=called)
