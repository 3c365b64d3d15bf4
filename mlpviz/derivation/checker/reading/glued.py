"""Arrays that are written side by side without a blank, as XW: told from names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from .activations import needs_argument
from .lexer import Token
from .names import Namespace
from .operations import BY_NAME

MOST_TOGETHER = 3
MATHEMATICAL = re.compile(r"[^a-z]")
"""What words of a program seldom have, and arrays side by side do: a capital letter, a number."""

LETTERS = re.compile(r"[^\W\d_](?:_?[0-9]+)?")
"""An array of one letter, with its layer."""


def separated(words: Sequence[Token], scope: Namespace) -> Iterator[Token]:
    """The tokens of a formula, in which XW is two arrays side by side if it is no name."""
    for word in words:
        pieces = LETTERS.findall(word.text) if word.kind == "word" else []
        several = 2 <= len(pieces) <= MOST_TOGETHER and "".join(pieces) == word.text and MATHEMATICAL.search(word.text)
        if not several or is_name(word.text, scope) or not all(map(scope.knows, pieces)):
            yield word
            continue
        place = word.span[0]
        for piece in pieces:
            yield replace(word, text=piece, span=(place, place + len(piece)), glued=False)
            place += len(piece)


def is_name(word: str, scope: Namespace) -> bool:
    return scope.knows(word) or word in BY_NAME or needs_argument(word)
