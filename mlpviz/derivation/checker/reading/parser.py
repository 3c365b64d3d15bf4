"""From tokens to syntax: the engine that reads by the tables of a grammar, the tightest sign first."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import IntEnum

from ....maths.messages import in_quotes
from . import syntax as sx
from .dialects import Language
from .lexer import CLOSING, MOST_BRACKETS, Token, limited
from .refusals import Unread

PIECES = re.compile(r"[0-9]+(?:\.[0-9]*)?|[^0-9]+")
"""What is left of a word after its first character, numbers and letters apart."""


class Level(IntEnum):
    """How tightly a sign binds."""

    ANY, CHOICE, COMPARISON, SUM, PRODUCT, BESIDE, SIGN, POWER = range(8)


class Parser:
    """Reads expressions; ``tight``: a product without a sign binds before one with a sign.

    ``calls`` says of an operand before a bracket whether it is a function; otherwise the two are a product.
    """

    def __init__(
        self,
        words: list[Token],
        dialect: Language,
        grammar: Grammar,
        calls: Callable[[sx.Syntax], bool] = lambda _: True,
        tight: bool = False,
    ) -> None:
        self.words, self.dialect, self.grammar, self.calls, self.tight = list(words), dialect, grammar, calls, tight
        self.place, self.beside = 0, True

    # Tokens

    @property
    def next(self) -> Token:
        return self.words[self.place]

    def peek(self, ahead: int) -> Token:
        return self.words[min(self.place + ahead, len(self.words) - 1)]

    @property
    def end(self) -> int:
        """The place after the last token that was taken."""
        return self.words[self.place - 1].span[1] if self.place else 0

    def take(self) -> Token:
        word = self.next
        self.place += word.kind != "end"
        return word

    def at(self, *kinds: str) -> bool:
        return self.next.kind in kinds

    def taken(self, kind: str) -> bool:
        """Whether the next token is of a kind; it is taken if so."""
        there = self.next.kind == kind
        self.place += there
        return there

    def expect(self, kind: str) -> Token:
        if self.next.kind != kind:
            raise Unread("closed" if kind in CLOSING else "unexpected", text=quoted(self.next), span=self.next.span)
        return self.take()

    def spanned(self, start: sx.Syntax | Token) -> sx.Span:
        return start.span[0], self.end

    # Expressions

    def expression(self, least: Level = Level.ANY) -> sx.Syntax:
        """Operands and the signs between them that bind at least so tightly."""
        node, over = self.operand(), False
        while (infix := self.infix()) is not None and self.level(infix) >= least:
            node = infix.read(self, node, Divided(self.take() if infix.sign else self.next, over))
            over = infix.sign == "/"
        return node

    def infix(self) -> Infix | None:
        """What the next token is between two operands; None if it ends the expression."""
        infix = self.grammar.infixes.get(self.next.kind)
        return BESIDE if infix is None and self.beside and self.next.kind in self.grammar.prefixes else infix

    def level(self, infix: Infix) -> Level:
        if infix is BESIDE and self.is_coefficient:
            return Level.POWER
        return Level.PRODUCT if infix is BESIDE and not self.tight else infix.level

    @property
    def is_coefficient(self) -> bool:
        """Whether a number stands right before what it multiplies: 2m binds tighter than a division."""
        glued = self.words[self.place - 1].kind == "number" and self.next.glued
        return glued and (self.dialect.name == "julia" or self.next.text in ("m", "n", "N"))

    def operand(self) -> sx.Syntax:
        """What begins with the next token, and what follows it without a sign."""
        token = self.take()
        if token.kind == "end":
            raise Unread("missing", "at the end", span=token.span)
        if token.kind not in self.grammar.prefixes:
            raise Unread("missing", "before", sign=token.text, span=token.span)
        return self.followed(self.begun(token))

    def begun(self, token: Token) -> sx.Syntax:
        """What begins with a token, without what follows it."""
        return self.grammar.prefixes[token.kind](self, token)

    def followed(self, node: sx.Syntax) -> sx.Syntax:
        """An operand with its layer, transposes, arguments and the like."""
        indices = 0
        while (suffix := self.grammar.suffixes.get(self.next.kind)) is not None:
            longer = suffix(self, node)
            if longer is None:
                break
            indices += isinstance(longer, sx.Index) and longer.object is node
            limited("brackets", MOST_BRACKETS, indices)
            node = longer
        return node

    def named(self) -> sx.Syntax:
        """A name with its layer: what a derivative is taken of, or by."""
        braced = self.at("{") and self.take()
        node = self.operand_of_name()
        if braced:
            self.expect("}")
        return node

    def operand_of_name(self) -> sx.Syntax:
        if not self.at("word", *self.grammar.letters):
            raise Unread("missing", "after", sign="∂", span=self.next.span)
        token = self.take()
        node: sx.Syntax = sx.Word(token.text, span=token.span) if token.kind == "word" else self.begun(token)
        while self.at("^", "_", "[") and (longer := self.grammar.suffixes[self.next.kind](self, node)) is not None:
            node = longer
        return node

    # Lists

    def items(self, closing: str, item: Callable[[], sx.Syntax], *first: sx.Syntax) -> tuple[sx.Syntax, ...]:
        """What stands between commas or semicolons, up to a closing bracket; ``first`` is read already."""
        found = list(first)
        while not self.taken(closing):
            if found and not (self.taken(",") or self.taken(";")):
                self.expect(closing)
            elif not self.at(closing):
                found.append(item())
        return tuple(found)

    def free(self) -> sx.Syntax:
        """An expression inside brackets, where two factors may stand side by side again."""
        before, self.beside = self.beside, True
        node = self.expression()
        self.beside = before
        return node

    def slice(self) -> sx.Syntax:
        """An index: an expression, or start:stop:step."""
        start, parts = self.next, [self.bound()]
        while len(parts) < 3 and self.taken(":"):
            parts.append(self.bound())
        if len(parts) == 1:
            if parts[0] is None:
                raise Unread("index", text=quoted(self.next), span=self.next.span)
            return parts[0]
        return sx.Slice(*parts, span=self.spanned(start))

    def bound(self) -> sx.Syntax | None:
        return None if self.at(":", ",", "]", ")", "}", "end") else self.free()

    def split(self) -> None:
        """Leave only its first character in the next token: a^12 is a¹2, \\frac12 a half."""
        token = self.next
        if token.kind in ("word", "number") and len(token.text) > 1:
            pieces = [token.text[0], *PIECES.findall(token.text[1:])]
            place, end, parts = token.span[0], token.span[1], []
            for piece in pieces:
                span = (min(place, end), min(place + len(piece), end))
                parts.append(replace(token, kind="number" if piece[0].isdigit() else "word", text=piece, span=span))
                place += len(piece)
            self.words[self.place : self.place + 1] = parts


@dataclass(frozen=True)
class Divided:
    """The sign between two operands, and whether a division by a single factor is before it."""

    token: Token
    over: bool


@dataclass(frozen=True)
class Infix:
    """What stands between two operands: how tightly it binds, and how the second one is read."""

    sign: str
    level: Level
    read: Callable[[Parser, sx.Syntax, Divided], sx.Syntax]


@dataclass(frozen=True)
class Grammar:
    """What may begin an operand, stand between two, and follow one, by the kind of a token.

    ``letters`` are the kinds with which a name may begin.
    """

    prefixes: Mapping[str, Callable[[Parser, Token], sx.Syntax]]
    infixes: Mapping[str, Infix]
    suffixes: Mapping[str, Callable[[Parser, sx.Syntax], sx.Syntax | None]]
    letters: frozenset[str]


def quoted(token: Token) -> str:
    return in_quotes(token.text)


def beside(parser: Parser, left: sx.Syntax, divided: Divided) -> sx.Syntax:
    """The product with the factor that follows without a sign."""
    before = parser.words[parser.place - 1]
    if divided.token.kind == before.kind == "number":
        raise Unread("numbers", left=before.text, right=divided.token.text, span=divided.token.span)
    right = parser.expression(Level.BESIDE if divided.over and parser.tight else Level.SIGN)
    return sx.Operation(" ", left, right, span=(left.span[0], parser.end))


BESIDE = Infix("", Level.BESIDE, beside)
