"""What an operand may begin with: a number, a word, a bracket, a sign, a derivative."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from . import syntax as sx
from .lexer import Token
from .parser import Level, Parser
from .refusals import Unread

NOT_ZERO = re.compile(r"[0.]*[1-9]")
"""The beginning of a number that is not 0, though Python may make 0 of it."""


def numeral(_: Parser, token: Token) -> sx.Syntax:
    value = float(token.text)
    if not value <= 1e12:
        raise Unread("number", text=token.text if len(token.text) <= 12 else token.text[:12] + "…", span=token.span)
    if value == 0 and NOT_ZERO.match(token.text):
        raise Unread("small number", text=token.text[:12], span=token.span)
    return sx.Numeral(int(value) if token.text.isdigit() else value, span=token.span)


def word(parser: Parser, token: Token) -> sx.Syntax:
    """A word, or the derivative that begins with it: dJ/dW[2]."""
    ahead = parser.peek(1)
    if token.text in DIFFERENTIALS and parser.at("/") and ahead.kind == "word" and ahead.text[:1] == "d":
        parser.take()
        first = parser.next
        parser.words[parser.place] = replace(first, text=first.text[1:], span=(first.span[0] + 1, first.span[1]))
        return hoisted(sx.Word(token.text[1:], span=token.span), parser.named(), parser.spanned(token))
    return sx.Word(token.text, span=token.span)


COSTS = frozenset(map(sx.Word, "JLCEℒ"))
DIFFERENTIALS = frozenset(f"d{cost.text}" for cost in COSTS)
"""What dJ/dW[2] begins with."""


def negated(parser: Parser, token: Token) -> sx.Syntax:
    """Signs before an operand; an even number of minus signs is none."""
    minus = token.kind == "-"
    while parser.at("+", "-"):
        minus ^= parser.take().kind == "-"
    operand = parser.expression(Level.BESIDE)
    return sx.Signed("-", operand, span=parser.spanned(token)) if minus else operand


def denied(parser: Parser, token: Token) -> sx.Syntax:
    denies = True
    while parser.next.text in ("not", "~"):
        parser.take()
        denies = not denies
    operand = parser.expression(Level.COMPARISON)
    return sx.Signed("not", operand, span=parser.spanned(token)) if denies else operand


def bracketed(parser: Parser, token: Token) -> sx.Syntax:
    """(a), which is a, or (a, b)."""
    if parser.at(")"):
        raise Unread("missing", "before", sign=")", span=parser.next.span)
    first = parser.free()
    if parser.taken(")"):
        return first
    if parser.dialect.is_code and parser.taken("for"):
        found = generated(parser, first)
        parser.expect(")")
        return replace(found, span=parser.spanned(token))
    return sx.Sequence(parser.items(")", parser.free, first), span=parser.spanned(token))


def listed(parser: Parser, token: Token) -> sx.Syntax:
    """[a, b], or [body for target in iterable]."""
    if parser.taken("]"):
        return sx.Sequence((), span=parser.spanned(token))
    first = parser.free()
    if parser.taken("for"):
        return comprehension(parser, token, first)
    return sx.Sequence(parser.items("]", parser.free, first), span=parser.spanned(token))


def comprehension(parser: Parser, token: Token, body: sx.Syntax) -> sx.Syntax:
    found = generated(parser, body)
    parser.expect("]")
    return replace(found, span=parser.spanned(token))


def generated(parser: Parser, body: sx.Syntax) -> sx.Comprehension:
    """What follows the first ``for``: target in iterable; several targets may stand between commas."""
    targets = [parser.expression(Level.SUM)]
    while parser.taken(","):
        targets.append(parser.expression(Level.SUM))
    parser.expect("in")
    iterable = parser.free()
    target = (
        targets[0] if len(targets) == 1 else sx.Sequence(tuple(targets), span=(targets[0].span[0], targets[-1].span[1]))
    )
    return sx.Comprehension(body, target, iterable, span=(body.span[0], parser.end))


def braced(parser: Parser, token: Token) -> sx.Syntax:
    """{a}, which is a, or {"key": a, …}."""
    if parser.dialect.is_code and parser.taken("}"):
        return sx.Pairs((), span=parser.spanned(token))
    keyed = parser.at("string") or (parser.at("number") and parser.peek(1).kind == ":")
    if not parser.dialect.is_code or not keyed:
        node = parser.free()
        parser.expect("}")
        return node
    pairs: list[tuple[sx.Syntax, sx.Syntax]] = []

    def pair() -> sx.Syntax:
        key = parser.free()
        parser.expect(":")
        pairs.append((key, parser.free()))
        return key

    parser.items("}", pair)
    return sx.Pairs(tuple(pairs), span=parser.spanned(token))


def partial(parser: Parser, token: Token) -> sx.Syntax:
    """∂J/∂W[2]."""
    above = parser.named()
    alone = parser.at("end") and above not in COSTS
    if alone or (parser.dialect.is_code and not parser.at("/")):  # ∂W2, a variable of Julia
        return hoisted(sx.Word("J"), above, parser.spanned(token))
    if not parser.taken("/") or not parser.taken("∂"):
        raise Unread("missing", "after", sign="∂J", span=parser.next.span)
    return hoisted(above, parser.named(), parser.spanned(token))


def nabla(parser: Parser, token: Token) -> sx.Syntax:
    """∇_W[2] J."""
    lowered = parser.taken("_")
    below = parser.named()
    if parser.at("end") or (not lowered and not parser.at("word", *parser.grammar.letters)):
        return hoisted(sx.Word("J"), below, parser.spanned(token))
    if not parser.at("word", *parser.grammar.letters):
        raise Unread("missing", "after", sign="∇", span=parser.next.span)
    return hoisted(parser.named(), below, parser.spanned(token))


def hoisted(above: sx.Syntax, below: sx.Syntax, span: sx.Span) -> sx.Syntax:
    """A derivative; a transpose at its end is that of the whole."""
    if isinstance(below, sx.Transposed):
        return sx.Transposed(sx.Derivative(above, below.operand, span=span), span=span)
    return sx.Derivative(above, below, span=span)


def handle(parser: Parser, token: Token) -> sx.Syntax:
    """@times, a function as MATLAB hands it on."""
    if parser.dialect.name != "matlab" or not parser.at("word"):
        raise Unread("missing", "before", sign=token.text, span=token.span)
    return sx.Word(parser.take().text, span=parser.spanned(token))


PREFIXES: dict[str, Callable[[Parser, Token], sx.Syntax]] = {
    "number": numeral,
    "word": word,
    "string": lambda _, token: sx.Quoted(token.text.lstrip("fF")[1:-1], span=token.span),
    "(": bracketed,
    "[": listed,
    "{": braced,
    **dict.fromkeys("+-", negated),
    **dict.fromkeys(("not", "~"), denied),
    "@": handle,
    "∂": partial,
    "∇": nabla,
}
"""How an operand is read on, by the kind of its first token."""
