"""From text to tokens: words, numbers, strings and signs, each with its place; signs mean what the dialect says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from ....maths.messages import in_quotes
from .characters import Typed, unknown
from .dialects import NAME, Language, dialect_of
from .refusals import Unread
from .rendered import readable
from .syntax import Span

MOST_CHARACTERS, MOST_BRACKETS, MOST_OPERANDS = 2000, 50, 100
MOST_NESTED = MOST_BRACKETS + 2
"""An index may stand inside the deepest bracket."""


@dataclass(frozen=True)
class Token:
    """One word of a text: its kind (a sign is its own), how it was typed, where, and whether no blank is before it."""

    kind: str
    text: str
    span: Span
    glued: bool = False


SIGNS = {
    **{sign: sign for sign in "+-@/=()[]{},;:.^_ᵀ∂∇<>%~&|!".split("\n")[0]},
    **dict.fromkeys("*⊙∘", "*"),
    **{sign: sign for sign in ("**", "//", "<=", ">=", "==", "!=", "+=", "-=", "*=", "/=", "·", "'")},
    "⊤": "ᵀ",
    **dict.fromkeys("×·", "×"),
    "⊗": "outer",
    ":=": "=",
    "Σ": "Σ",
    "⇒": "⇒",
}
"""What each sign means everywhere; a dot is the same product as two factors side by side."""

KEYWORDS = frozenset("and or not in is if else elif for while def return import from class pass with".split())

OPENING = {"(": ")", "[": "]", "{": "}"}
CLOSING = frozenset(OPENING.values())
ENDS_OPERAND = frozenset({"word", "number", ")", "]", "}", "'", "ᵀ"})
"""After these a quotation mark is a prime or a transpose."""

NUMBER = r"(?:[0-9]+(?:\.(?![A-Za-z_])[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?"
LETTER = "[α-ψΓΔΘΛΞΠΦΨΩℓℒŷŶ𝟏][0-9]*|…"
BLANKS = r"[ \t\r\n]+"
SKIPPED = r"[ \t\r\n$]+|\{\s*\}"
"""What is no sign: in maths $ and empty braces too."""
COMMAND = r"\\(?:[A-Za-z]+|.|$)"
STRING = r"'[^'\n]*'|\"[^\"\n]*\""


@lru_cache(maxsize=16)
def pattern(signs: tuple[str, ...], word: str, comment: str) -> re.Pattern[str]:
    """What is read at a place: the first alternative that fits; the longest of the signs."""
    ordered = sorted({*SIGNS, *signs}, key=len, reverse=True)
    kinds = {
        "space": rf"{BLANKS if word == NAME else SKIPPED}|{comment}[^\n]*",
        "command": COMMAND,
        "number": NUMBER,
        "word": rf"{word}|{LETTER}",
        "sign": "|".join(map(re.escape, ordered)),
        "other": ".",
    }
    return re.compile("|".join(f"(?P<{kind}>{each})" for kind, each in kinds.items()), re.DOTALL)


QUOTED = re.compile(STRING)
FORMATTED = re.compile(r"[fF](?:'(?:\w*\{[^'{}]*\})+\w*'|\"(?:\w*\{[^\"{}]*\})+\w*\")")
"""A text with a layer in it: f"W{l}"."""


def tokens(text: str, dialect: Language | None = None) -> list[Token]:
    """The tokens of a formula, in the dialect that it is written in unless another is given.

    Raises Unread for what is not in the lists above, or if there is too much of it.
    """
    if len(text) > MOST_CHARACTERS:
        raise Unread("long", limit=MOST_CHARACTERS, count=len(text))
    limited("operands", MOST_OPERANDS, beyond(len(RUNS.findall(text))))
    dialect = dialect or dialect_of(text)
    words = broadcast(list(scanned(readable(text, not dialect.is_code), dialect)))
    pairs = list(zip(words, [None, *words], strict=False))
    limited("brackets", MOST_BRACKETS, sum(groups(word, before) for word, before in pairs))
    limited("operands", MOST_OPERANDS, sum(counts(word, before) for word, before in pairs))
    if not words:
        raise Unread("empty", span=(0, len(text)))
    return [*words, Token("end", "", (len(text), len(text)))]


BROADCAST = "@."
"""Julia's macro that makes every sign after it one entry by entry, in a bracket or up to its end."""


def broadcast(words: list[Token]) -> list[Token]:
    """The tokens with products entry by entry for all that stand behind @. ."""
    if not any(word.kind == BROADCAST for word in words):
        return words
    found, depth, begun = [], 0, None
    for word, after in zip(words, [*words[1:], None], strict=True):
        depth += (word.kind in OPENING) - (word.kind in CLOSING)
        if word.kind == BROADCAST:
            begun = depth + (after is not None and after.kind == "(" and after.glued)
            continue
        found.append(replace(word, kind="*") if begun is not None and word.kind == "·" else word)
        begun = None if begun is not None and depth < begun and word.kind in CLOSING else begun
    return found


RUNS = re.compile(r"(?<![A-Za-z0-9.])[A-Za-z0-9]+")
MOST_RUNS = 450
"""More words and numbers than this, commands of LaTeX among them, no formula has: it is refused before it is read."""


def beyond(runs: int) -> int:
    return runs if runs > MOST_RUNS else 0


def groups(word: Token, before: Token | None) -> bool:
    """Whether a token opens a bracket that is no index."""
    follows = before.kind if before else ""
    return word.text in OPENING and follows not in ("^", "_", "{") and (word.text != "[" or follows not in ENDS_OPERAND)


def counts(word: Token, before: Token | None) -> bool:
    """Whether a token is an operand, and not a transpose or a layer."""
    follows = before.kind if before else ""
    if word.kind == "number":
        return follows not in ("[", "{", "^", "_")
    return word.kind in ("word", "string", "Σ") and not (follows == "." and word.text == "T")


def limited(key: str, limit: int, count: int) -> None:
    if count > limit:
        raise Unread(key, limit=limit, count=count)


def scanned(typed: Typed, dialect: Language) -> Iterator[Token]:
    """The tokens of a text in plain characters."""
    text = typed.text
    reads = pattern(tuple(dialect.signs), dialect.word, dialect.comment)
    place, glued, before = 0, False, ""
    while place < len(text):
        quoted = before not in ENDS_OPERAND and (QUOTED.match(text, place) or FORMATTED.match(text, place))
        match = quoted or reads.match(text, place)
        assert match
        kind = "string" if quoted else str(match.lastgroup)
        span = typed.place(place, match.end())
        token = made(kind, match[0], span, dialect, followed(text, match.end()))
        place = match.end()
        if token is not None:
            yield replace(token, glued=glued)
            before = token.kind
        glued = token is not None


def followed(text: str, place: int) -> str:
    """The bracket at a place, with the dot before it that Julia has."""
    return "(" if text[place : place + 1] == "(" else text[place : place + 2]


def made(kind: str, word: str, span: Span, dialect: Language, follows: str = "") -> Token | None:
    """The token of a word; None for a blank. A mark right before a bracket is a prime in every dialect."""
    if kind == "command":
        raise Unread("command", text=word, span=span) if word.isprintable() else unknown(word[-1]).at(span)
    if kind == "space":
        return None
    if kind == "other":
        plain = word.isascii() and word.isprintable()
        raise Unread("unexpected", text=in_quotes(word), span=span) if plain else unknown(word).at(span)
    if kind == "sign" and word == "'" and follows in ("(", ".("):
        return Token("'", word, span)
    if kind == "sign":
        kind = dialect.signs.get(word, SIGNS.get(word, word))
        return Token(kind, word, span) if kind else None
    return Token(word if word in KEYWORDS and not dialect.is_typeset else kind, word, span)
