"""What may follow an operand without a sign: a layer, a transpose, a prime, arguments, an attribute."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from . import syntax as sx
from .lexer import KEYWORDS, OPENING
from .operands import generated
from .parser import Level, Parser, quoted
from .refusals import Unread


def attribute(parser: Parser, node: sx.Syntax) -> sx.Syntax:
    """.T or .name; in Julia f.(x), which is f(x) for every entry."""
    dot = parser.take()
    name = parser.next
    if name.kind == "(" and parser.calls(node):
        return node
    if name.kind != "word" and name.text not in KEYWORDS:
        raise Unread("unexpected", text=quoted(dot), span=dot.span)
    parser.take()
    if name.text in ("T", "mT", "H"):
        return turned(parser, node)
    return sx.Attribute(node, name.text, span=parser.spanned(node))


def turned(parser: Parser, node: sx.Syntax) -> sx.Syntax:
    """The transpose; that of a transpose is the operand."""
    return node.operand if isinstance(node, sx.Transposed) else sx.Transposed(node, span=parser.spanned(node))


def transposed(parser: Parser, node: sx.Syntax) -> sx.Syntax:
    parser.take()
    return turned(parser, node)


def primed(parser: Parser, node: sx.Syntax) -> sx.Syntax:
    token = parser.take()
    if isinstance(node, sx.Primed):
        raise Unread("unexpected", text=quoted(token), span=token.span)
    return sx.Primed(node, span=parser.spanned(node))


def called(parser: Parser, node: sx.Syntax) -> sx.Syntax | None:
    if is_layer(parser, node):
        parser.take()
        return sx.Index(node, parser.items(")", parser.slice), span=parser.spanned(node))
    whole = parser.peek(1).kind == ":" and parser.peek(2).kind == ")"
    if isinstance(node, sx.Numeral | sx.Signed | sx.Operation | sx.Transposed | sx.Derivative) or not (
        whole or parser.calls(node)
    ):
        return None
    parser.take()
    if parser.at(":") and parser.peek(1).kind == ")":
        return flattened(parser, node)
    return sx.Call(node, *arguments(parser), span=parser.spanned(node))


def arguments(parser: Parser) -> tuple[tuple[sx.Syntax, ...], tuple[tuple[str, sx.Syntax], ...]]:
    """What stands in the brackets of a call: its arguments, and those with a name."""
    keywords: list[tuple[str, sx.Syntax]] = []

    def item() -> sx.Syntax:
        if parser.at("word") and parser.peek(1).kind == "=":
            name = parser.take().text
            parser.take()
            keywords.append((name, parser.free()))
            return KEYWORD
        found = parser.slice() if parser.dialect.name == "matlab" else parser.free()
        return generated(parser, found) if parser.taken("for") else found

    positional = tuple(each for each in parser.items(")", item) if each is not KEYWORD)
    return positional, tuple(keywords)


def is_layer(parser: Parser, node: sx.Syntax) -> bool:
    """Whether W(2) is an entry of a list by layer, as in MATLAB, and no product."""
    alone = parser.peek(1).kind == "number" and parser.peek(2).kind == ")"
    one_letter = isinstance(node, sx.Word) and not node.text[-1:].isdigit()
    return parser.dialect.name == "matlab" and alone and one_letter and not parser.calls(node)


def flattened(parser: Parser, node: sx.Syntax) -> sx.Syntax:
    """A(:), all entries of an array in MATLAB."""
    parser.take()
    parser.expect(")")
    return sx.Index(node, (sx.Slice(),), span=parser.spanned(node))


KEYWORD = sx.Syntax()
"""Stands for an argument with a name in a list of arguments."""


def indexed(parser: Parser, node: sx.Syntax) -> sx.Syntax | None:
    """[…] right after an operand."""
    if not parser.next.glued or isinstance(node, sx.Numeral | sx.Signed | sx.Operation | sx.Derivative):
        return None
    parser.take()
    return sx.Index(node, parser.items("]", parser.slice), span=parser.spanned(node))


def in_braces(parser: Parser, node: sx.Syntax) -> sx.Syntax | None:
    """{…}, the index of a cell in MATLAB."""
    if parser.dialect.name != "matlab" or not parser.next.glued:
        return None
    parser.take()
    return sx.Index(node, parser.items("}", parser.slice), span=parser.spanned(node))


def scripted(parser: Parser, node: sx.Syntax) -> sx.Syntax:
    """What is raised or lowered: a layer, a power, an index, a transpose or a prime."""
    bracketed = parser.words[parser.place - 1].kind == ")" and node.span[1] < parser.end
    above = parser.take().kind == "^"
    inside = script(parser)
    marks = [each for each in inside if isinstance(each, Mark)]
    plain = tuple(each for each in inside if not isinstance(each, Mark))
    if plain and bracketed and isinstance(node, sx.Scripted):
        node = sx.Scripted(node, plain if above else (), () if above else plain, span=parser.spanned(node))
    elif plain:
        node = with_script(parser, node, plain, above)
    for mark in marks:
        node = turned(parser, node) if mark.text == "ᵀ" else sx.Primed(node, span=parser.spanned(node))
    return node


def with_script(parser: Parser, node: sx.Syntax, items: tuple[sx.Syntax, ...], above: bool) -> sx.Syntax:
    span = parser.spanned(node)
    match node:
        case sx.Transposed(operand):
            return replace(node, operand=with_script(parser, operand, items, above), span=span)
        case sx.Primed(function):
            return replace(node, function=with_script(parser, function, items, above), span=span)
        case sx.Scripted(base, raised, lowered):
            return sx.Scripted(base, raised + items * above, lowered + items * (not above), span=span)
    return sx.Scripted(node, items if above else (), () if above else items, span=span)


class Mark(sx.Word):
    """A raised sign that is no number: a transpose or a prime."""


MARKS = {"T": "ᵀ", "⊤": "ᵀ", "ᵀ": "ᵀ", "'": "'"}


def script(parser: Parser) -> tuple[sx.Syntax, ...]:
    """A script: in braces, in brackets, or a single character."""
    if parser.taken("{"):
        before, parser.beside = parser.beside, False
        found = tuple(braced(parser))
        parser.beside = before
        return found
    if (single := mark(parser) or inside_brackets(parser)) is not None:
        return (single,)
    if not parser.at("word", "number"):
        raise Unread("power", span=parser.next.span)
    if parser.at("word") or parser.dialect.name == "latex":
        parser.split()
    token = parser.take()
    return (parser.begun(token),)


def braced(parser: Parser) -> Iterator[sx.Syntax]:
    """The parts of a script, up to its closing brace."""
    while not parser.taken("}"):
        if parser.taken(":"):  # a whole row or column
            yield sx.Word(":")
            parser.taken(",")
            continue
        yield mark(parser) or inside_brackets(parser) or parser.expression(Level.COMPARISON)
        if parser.taken("="):  # where an index begins says nothing
            parser.expression(Level.SUM)
        parser.taken(",")


def mark(parser: Parser) -> Mark | None:
    if parser.at("word", "ᵀ", "'") and parser.next.text in MARKS:
        token = parser.take()
        return Mark(MARKS[token.text], span=token.span)
    return None


def inside_brackets(parser: Parser) -> sx.Syntax | None:
    """(l) or [l], if nothing but a transpose follows it."""
    if not parser.at("(", "["):
        return None
    closing = OPENING[parser.take().kind]
    node = parser.free()
    parser.expect(closing)
    return node


SUFFIXES: dict[str, Callable[[Parser, sx.Syntax], sx.Syntax | None]] = {
    ".": attribute,
    "ᵀ": transposed,
    "'": primed,
    "(": called,
    "[": indexed,
    "{": in_braces,
    "^": scripted,
    "_": scripted,
}
"""How an operand is read on, by the kind of the next token; None where that token does not belong to it."""
