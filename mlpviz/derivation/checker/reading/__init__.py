"""From a line of text to trees: tokens, syntax, and what it means in a network."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ....maths.expressions import Expression, Symbol
from ....maths.symbols import CONSTANTS
from ..nodes import turned
from . import activations
from .chains import is_local
from .claims import claims, own_names, spelled_out, with_cost
from .dialects import DIALECTS, Language, dialects_of
from .entries import has_dots, is_indexed
from .grammar import GRAMMAR
from .indexed import left_whole, whole
from .lexer import Token, tokens
from .lowering import Reader, unsaid
from .meanings import LINKED, MEANINGS, target
from .names import Namespace
from .operations import BY_NAME
from .parser import Parser
from .rebound import rebound
from .refusals import Unread
from .sides import balanced, sides
from .syntax import (
    Attribute,
    Derivative,
    Index,
    Numeral,
    Operation,
    Scripted,
    Span,
    Syntax,
    Transposed,
    Word,
    walked,
)
from .words import PLACED

__all__ = ["DIALECTS", "Reading", "Side", "Unread", "read", "read_target"]


@dataclass(frozen=True)
class Side:
    """One of the equal parts of a line: the array that it names, if it is but a name, and each way to read it."""

    symbol: Symbol | None
    trees: tuple[Expression, ...]
    span: Span


@dataclass(frozen=True)
class Reading:
    """A line as read: its parts between equals signs, the names in it, and its dialect.

    ``sign`` stands before the equals sign; ``unnamed`` is what the left side calls by a name of its own; ``is_open``
    that the dialect is not said; ``others`` are the places of further formulas, about other arrays, and ``meant`` those
    of the ones that say what names mean.
    """

    sides: tuple[Side, ...]
    names: Namespace
    dialect: Language
    sign: str = ""
    unnamed: tuple[str, ...] = ()
    is_open: bool = False
    others: tuple[Span, ...] = ()
    meant: tuple[Span, ...] = ()

    @property
    def left(self) -> Symbol | None:
        """The array that the line is about, if it says so."""
        return self.sides[0].symbol if len(self.sides) > 1 else None

    @property
    def trees(self) -> tuple[Expression, ...]:
        """Each way to read the right side."""
        return self.sides[-1].trees


def read(formula: str, scope: Namespace) -> Reading:
    """Read a line such as ``dW[2] = delta[2].T @ A[1]``, or its right side alone; between several signs all are sides.

    A side has several trees if it can be read in several ways: products without a sign may bind tighter.
    Raises Unread if it is not in the grammar.
    """
    readings = [read_in(dialect, formula, scope) for dialect in dialects_of(formula)]
    return merged(readings) if len(readings) > 1 else readings[0]


def merged(readings: list[Reading]) -> Reading:
    """A line that may be written in several dialects: every way to read it."""
    first = readings[0]
    sides = zip(*(reading.sides for reading in readings), strict=True)
    trees = [tuple(dict.fromkeys(tree for side in alike for tree in side.trees)) for alike in sides]
    both = tuple(replace(side, trees=ways) for side, ways in zip(first.sides, trees, strict=True))
    return replace(first, sides=both, is_open=True)


def read_in(dialect: Language, formula: str, scope: Namespace) -> Reading:
    """Read a line in a dialect."""
    told = claims(rebound(between(tokens(formula, dialect), "⇒")), scope)
    words = told.main
    scope = replace(scope, definitions=tuple(defined(told.meant, scope, dialect)))
    scope.line = frozenset(word.text for word in words if word.kind == "word")
    scope.implied = scope.layer is not None and (dialect.is_code or any(map(is_relative, scope.line)))
    words = list(separated(words, scope)) if not dialect.is_code else words
    (first, *others), sign = sides(words)
    elsewhere, meant = (tuple(map(place_of, each)) for each in (told.others, told.meant))
    if not others:
        return Reading((side(first, scope, dialect),), scope, dialect, others=elsewhere, meant=meant)
    node = parsed(first, scope, dialect)
    is_turned = isinstance(node, Transposed)
    node = node.operand if isinstance(node, Transposed) else node
    scope = below_left(shifted(node, scope), node)
    left = Side(named(in_arrays(node, node, scope), scope, dialect), (), node.span)
    unnamed = scope.unknown
    scope = fresh(scope)
    read_sides = [side(part, scope, dialect, node) for part in others]
    if is_turned:
        read_sides = [turned_side(each) for each in read_sides]
    return Reading((left, *read_sides), scope, dialect, sign, tuple(unnamed), others=elsewhere, meant=meant)


def place_of(part: Sequence[Token]) -> Span:
    return min(word.span[0] for word in part[:-1]), max(word.span[1] for word in part[:-1])


def is_relative(word: str) -> bool:
    """Whether a word names the array of a neighbouring layer, such as A_prev, so that those beside it have layer l."""
    return any(PLACED[place].fullmatch(word) for place in ("before", "after"))


def below_left(scope: Namespace, left: Syntax) -> Namespace:
    """The names of a line about dA_prev: what is asked for is then one layer below l."""
    is_below = isinstance(left, Word) and PLACED["before"].fullmatch(left.text)
    return replace(scope, layer=scope.layer + 1) if is_below and scope.layer is not None else scope


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
    return scope.knows(word) or word in BY_NAME or activations.needs_argument(word)


MOST_TOGETHER = 3
MATHEMATICAL = re.compile(r"[^a-z]")
"""What words of a program seldom have, and arrays side by side do: a capital letter, a number."""

LETTERS = re.compile(r"[^\W\d_](?:_?[0-9]+)?")
"""An array of one letter, with its layer."""


def between(words: list[Token], sign: str) -> list[list[Token]]:
    """The tokens between signs, each part with an end."""
    parts: list[list[Token]] = [[]]
    for word in words[:-1]:
        parts.append([]) if word.kind == sign else parts[-1].append(word)
    return [[*part, words[-1]] for part in parts]


def defined(meant: Sequence[list[Token]], scope: Namespace, dialect: Language) -> Iterator[tuple[Syntax, Syntax]]:
    """The names of the learner's own that a text defines, each with what it is there said to be."""
    for part in meant:
        (left, right, *_), _ = sides(part)
        yield parsed(left, scope, dialect), parsed(right, scope, dialect)


def named(left: Syntax, scope: Namespace, dialect: Language) -> Symbol | None:
    """The array on the left of a line; None for a name of the learner's own that nothing says what it is."""
    try:
        return target(left, scope, dialect)
    except Unread as refusal:
        if refusal.key == "layer" and scope.layer is not None and not scope.implied:
            return named(
                left, replace(scope, implied=True), dialect
            )  # ∂J/∂W = …, where it is said which one is asked for
        if not scope.unknown or not isinstance(left, Word | Index | Scripted | Attribute):
            raise
        return None


def side(words: list[Token], scope: Namespace, dialect: Language, left: Syntax | None = None) -> Side:
    """A side with its two readings, or one where they are the same."""
    written = parsed(words, scope, dialect)
    node = in_arrays(written, left, scope)
    meanings = LINKED if any(map(is_local, walked(node))) else MEANINGS
    loose = Reader(scope, dialect, meanings).tree(node)
    if scope.unknown:
        raise unsaid(scope, node)
    trees = [loose]
    if any(isinstance(each, Operation) and each.sign == " " for each in walked(written)):
        tighter = in_arrays(parsed(words, scope, dialect, tight=True), left, scope)
        trees.append(Reader(fresh(scope), dialect, meanings).tree(tighter))
    symbol = loose if isinstance(loose, Symbol) and loose.name not in CONSTANTS else None
    return Side(symbol, tuple(dict.fromkeys(trees)), node.span)


def turned_side(side: Side) -> Side:
    """A side of Xᵀ = …, as a side of X = …."""
    return replace(side, symbol=None, trees=tuple(map(turned, side.trees)))


def parsed(words: list[Token], scope: Namespace, dialect: Language, tight: bool = False) -> Syntax:
    parser = Parser(words, dialect, GRAMMAR, Reader(scope, dialect, MEANINGS).calls, tight)
    node = parser.expression()
    if not parser.at("end"):
        key = "comma" if parser.at(",") else "unexpected"
        raise Unread(key, text=f"“{parser.next.text}”", span=parser.next.span)
    node = with_cost(own_names(node, scope) if scope.given else node, scope)
    return spelled_out(node, scope.definitions)


def in_arrays(node: Syntax, left: Syntax | None, scope: Namespace) -> Syntax:
    """A side in whole arrays, where it is written in entries."""
    if node is left:
        return left_whole(node, scope) if is_indexed(node, scope) else node
    return whole(node, left, scope) if is_indexed(node, scope) or has_dots(node) else node


def read_target(text: str, scope: Namespace) -> Symbol:
    """The array that a target names.

    Raises Unread if it names none.
    """
    words = tokens(text, DIALECTS["plain"])
    balanced(words)
    return target(parsed(words, scope, DIALECTS["plain"]), scope, DIALECTS["plain"])


def fresh(scope: Namespace) -> Namespace:
    return replace(scope, letters={}, forms=set(), words=set(), unknown=[])


def shifted(left: Syntax, scope: Namespace) -> Namespace:
    """The names of a line whose left side, such as Z[0] or Z[L - 1] for the output, counts its lists from 0."""
    layer = layer_of(left)
    if layer is None or scope.layer is None or not (layer == Numeral(0) or Word("L") in walked(layer)):
        return scope
    first = scope.notation.first_layer
    return replace(scope, shift=max(0, min(1, scope.layer + first - scope.number(layer))))


def layer_of(left: Syntax) -> Syntax | None:
    """The layer that the left side of a line names; the index of the cost's own letter is none."""
    if isinstance(left, Derivative):
        return layer_of(left.below)
    for node in walked(left):
        match node:
            case Index(_, (item,)):
                return item
            case Scripted(_, above, below) if above or below:
                return (above or below)[0]
    return None
