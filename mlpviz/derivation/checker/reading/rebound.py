"""Lines that change what a line before has given, dz1[z1 <= 0] = 0 or dz1 *= mask, put together with that line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from .lexer import OPENING, Token
from .refusals import Unread
from .sides import CHANGING, giving

Part = list[Token]

OTHERWISE = {"<=": ">", "<": ">=", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}
"""What holds where a comparison does not."""

MOST_TOKENS = 600
"""Lines that grow longer than this are left apart."""


def rebound(parts: Sequence[Part]) -> list[Part]:
    """The formulas of a text, each name with all that its lines make of it.

    Raises Unread if one gives something to chosen entries of what no line before it has given.
    """
    found: list[Part] = []
    for part in parts:
        place = next((k for k, each in enumerate(found) if together(each, part)), None)
        made = None if place is None else together(found[place], part)
        if place is None or made is None or len(made) > MOST_TOKENS:
            found.append(part)
        else:
            found[place] = made
    lefts = [cut(part)[0] for part in found]
    for left in lefts:
        if any(
            chooses(left[len(other) :]) for other in (left[:1], *lefts) if texts(left[: len(other)]) == texts(other)
        ):
            raise Unread("chosen", span=(left[0].span[0], left[-1].span[1]))
    return found


def chooses(index: Part) -> bool:
    """Whether an index is no layer: a comparison, or one of several axes, [range(m), y]."""
    bracketed = len(index) > 2 and index[0].kind in "[(" and index[-1].kind == OPENING[index[0].kind]
    several = {",", ":"} if index[:1] and index[0].kind == "[" else set()  # J(W, b) is a function
    return bracketed and any(word.kind in several or word.kind in OTHERWISE for word in index)


def together(first: Part, second: Part) -> Part | None:
    """Two lines about the same name as one; None if the second does not go on with what the first gives."""
    (left, sign, right), (other, later, value) = cut(first), cut(second)
    if sign != "=" or not left or not right:
        return None
    if texts(other) == texts(left):
        if later in CHANGING:
            return [*first[: len(left) + 1], *product(right, later[:1], value), first[-1]]
        changed = list(with_value(value, left, right))
        return [*first[: len(left) + 1], *changed, first[-1]] if later == "=" and len(changed) > len(value) else None
    kept = unmasked(other[len(left) :]) if texts(other[: len(left)]) == texts(left) else []
    if later == "=" and kept and texts(value) in (["0"], ["0."], ["0.0"]):
        return [*first[: len(left) + 1], *product(right, "*", kept), first[-1]]
    return None


def cut(part: Part) -> tuple[Part, str, Part]:
    """What stands before the first equals sign, the sign, and what stands behind it, without the end."""
    place = next(iter(giving(part)), None)
    if place is None:
        return [], "", part
    return part[:place], part[place].kind, without_semicolon(part[place + 1 : -1])


def without_semicolon(words: Part) -> Part:
    return words[:-1] if words and words[-1].kind == ";" else words


def texts(words: Part) -> list[str]:
    return [word.text for word in words]


def product(right: Part, sign: str, value: Part) -> Part:
    """(right) sign (value)"""
    return [*bracketed(right), replace(value[0], kind=sign, text=sign, glued=False), *bracketed(value)] if value else []


def bracketed(words: Part) -> Part:
    opened = replace(words[0], kind="(", text="(", glued=False)
    return [opened, *words, replace(words[-1], kind=")", text=")", glued=True)]


def with_value(words: Part, name: Part, value: Part) -> Iterator[Token]:
    """A right side with what a name has been given in its place."""
    place = 0
    while place < len(words):
        if texts(words[place : place + len(name)]) == texts(name):
            yield from bracketed(value)
            place += len(name)
        else:
            yield words[place]
            place += 1


def unmasked(index: Part) -> Part:
    """Where an index, [z1 <= 0], does not choose; nothing if it is no comparison."""
    if len(index) < 3 or index[0].kind not in "[(" or index[-1].kind != OPENING.get(index[0].kind):
        return []
    inside = index[1:-1]
    compared = [word for word in inside if word.kind in OTHERWISE]
    if len(compared) != 1 or any(word.kind in ("&", "|", ",", ":") for word in inside):
        return []
    (sign,) = compared
    other = OTHERWISE[sign.kind]
    return [replace(word, kind=other, text=other) if word is sign else word for word in inside]
