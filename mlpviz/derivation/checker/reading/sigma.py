"""Σ before what it adds up, with its index below it and where that begins and ends: one row of the grammar."""

from __future__ import annotations

from collections.abc import Callable

from . import syntax as sx
from .lexer import Token
from .parser import Level, Parser


def summed(parser: Parser, token: Token) -> sx.Syntax:
    """Σ_{k=1}^{n} and all factors after it."""
    index, start, stop = "", None, None
    while parser.at("_", "^"):
        if parser.take().kind == "_":
            index, start = below(parser)
        else:
            stop = limit(parser)
    body = parser.expression(Level.PRODUCT)
    return sx.Summed(body, index, start, stop, span=parser.spanned(token))


def below(parser: Parser) -> tuple[str, sx.Syntax | None]:
    """The index, and the number it begins with if there is one."""
    braced = parser.taken("{")
    index, start = parser.expect("word").text, None
    if parser.taken("="):
        start = parser.expression(Level.SUM)
    while braced and not parser.taken("}"):
        parser.take() if not parser.at("end") else parser.expect("}")
    return index, start


def limit(parser: Parser) -> sx.Syntax:
    if not parser.taken("{"):
        token = parser.take()
        return sx.Numeral(int(token.text)) if token.text.isdigit() else sx.Word(token.text, span=token.span)
    inside = parser.free()
    parser.expect("}")
    return inside


PREFIXES: dict[str, Callable[[Parser, Token], sx.Syntax]] = {"Σ": summed}
