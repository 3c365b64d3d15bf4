"""A line's tokens cut into its sides, without what a program writes around a formula: a type, return, a semicolon."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from .lexer import CLOSING, MOST_NESTED, OPENING, Token, limited
from .refusals import Unread

ENDING = frozenset({";", ",", "."})
"""What ends a line and means nothing."""

BEFORE = frozenset({"return", "let", "const", "local", "global", "double", "float", "auto", "val", "var"})
"""Words before a formula that mean nothing for it."""

CHANGING = {"+=": "+", "-=": "-", "*=": "*", "/=": "/"}
"""The signs that change an array in place."""

MOST_SIDES = 12
"""Most equal parts of a line, each of which is judged."""


def sides(words: list[Token]) -> tuple[list[list[Token]], str]:
    """The tokens of each side of a line, each with an end, and the sign before the equals sign, if any.

    Raises Unread if a bracket is not closed, or nothing is before an equals sign.
    """
    balanced(words)
    line = trimmed(words[:-1])
    places = giving(line)
    parts = between(line, places)
    parts[0] = untyped(parts[0]) if any(word.kind == "=" for word in line) else parts[0]
    limited("sides", MOST_SIDES, len(parts))
    if len(parts) > 1 and not parts[0]:
        raise Unread("equals", span=words[0].span)
    signs = [CHANGING[line[place].kind] for place in places if line[place].kind in CHANGING]
    return [ended(part, words[-1]) for part in parts], signs[-1] if signs else ""


def balanced(words: list[Token]) -> None:
    """Refuse brackets that do not match, or stand too deep in one another."""
    waiting: list[Token] = []
    for word in words:
        if word.kind in OPENING:
            waiting.append(word)
            limited("brackets", MOST_NESTED, len(waiting))
        elif word.kind in CLOSING and (not waiting or OPENING[waiting.pop().kind] != word.kind):
            raise Unread("closed", span=word.span)
    if waiting:
        raise Unread("open", span=waiting[-1].span)


def trimmed(words: list[Token]) -> list[Token]:
    """A line without what stands before and after its formula."""
    start, end = 0, len(words)
    while end > 1 and words[end - 1].kind in ENDING:
        end -= 1
    while (
        start < end - 1 and words[start].text in BEFORE and words[start + 1].kind in ("word", "(", "[", "-", "number")
    ):
        start += 1
    return words[start:end]


def giving(words: list[Token]) -> list[int]:
    """The places of the signs, in no bracket, by which a line gives something to what stands before them."""
    return [
        place
        for place, (word, outside) in enumerate(outsides(words))
        if outside and (word.kind == "=" or word.kind in CHANGING)
    ]


def between(words: list[Token], places: Iterable[int]) -> list[list[Token]]:
    """The tokens before, between and after those at some places."""
    return [words[start + 1 : end] for start, end in pairwise((-1, *places, len(words)))]


def untyped(part: list[Token]) -> list[Token]:
    """A left side without the type that stands after a colon."""
    end = next((place for place, (word, outside) in enumerate(outsides(part)) if outside and word.kind == ":"), None)
    return part[:end]


def outsides(words: list[Token]) -> Iterator[tuple[Token, bool]]:
    """Each token with whether it stands in no bracket."""
    depth = 0
    for word in words:
        depth -= word.kind in CLOSING
        yield word, not depth
        depth += word.kind in OPENING


def ended(part: list[Token], last: Token) -> list[Token]:
    """The tokens of a side and an end right after them."""
    place = part[-1].span[1] if part else last.span[0]
    return [*part, replace(last, span=(place, place))]
