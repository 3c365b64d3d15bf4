"""The lines that open no block: assignments, returns, calls, what computes nothing; expressions are the parser's."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from ....maths.messages import in_quotes
from . import syntax as sx
from .dialects import Language
from .grammar import GRAMMAR
from .lexer import Token, tokens
from .lines import LogicalLine
from .parser import Parser
from .refusals import Unread
from .sides import CHANGING, balanced, between, ended, giving

IGNORED = re.compile(
    r"\s*(?:(?:import|from|using|library|require|pass|global|nonlocal|assert|raise|del|print\w*|disp|fprintf|printf|cat|"
    r"message|clear|clc|close|figure|hold|plot|rng|source|end|else|set\.seed|np\.random\.seed|random\.seed|sys\.\w+|"
    r"torch\.manual_seed|tf\.random\.set_seed|plt\.\w+|logging\.\w+|warnings\.\w+)\b(?!\s*(?:=(?!=)|\+=|-=|<-|\[))"
    r"|@\w|\\begin|\\end|\\\]|\\\[|\}\s*$)"
)
LAMBDA = re.compile(
    r"\s*(?:self\.)?(?P<name>[^\W\d]\w*)\s*(?:=|<-)\s*"
    r"(?:lambda\s*(?P<one>[^:]*):|@\((?P<two>[^)]*)\)|function\s*\((?P<four>[^)]*)\))(?P<body>.*)",
    re.DOTALL,
)
SHORT = re.compile(r"\s*(?P<name>[^\W\d][\w!]*)\((?P<parameters>[\w\s,:]*)\)\s*=(?!=)(?P<body>.*)", re.DOTALL)
ANNOTATED = re.compile(r"^(\s*[\w.]+)(\s*:\s*[A-Za-z][\w.\[\], |]*?)(\s*=)(?!=)")
DECLARED = re.compile(r"\s*[A-Za-z_]\w*\s*:\s*['\"]?[A-Za-z][\w.\[\], |]*['\"]?\s*")


class Phrases:
    """Reads the parts of a program's lines in one dialect."""

    def __init__(self, language: Language, knows: Callable[[str], bool]) -> None:
        self.language, self.knows = language, knows

    # lines

    def simple(self, line: LogicalLine) -> list[sx.Statement]:
        """The statement of a line that opens no block.

        Raises Unread if it cannot be read.
        """
        text, number = line.text, line.number
        if self.is_declaration(text) or IGNORED.match(text) or re.fullmatch(r"\s*(?:'[^']*'|\"[^\"]*\")\s*", text):
            return [sx.Ignored(text.strip(), line=number)]
        if (function := self.function(text, number)) is not None:
            return [function]
        if found := re.match(r"\s*return\b", text):
            rest = text[found.end() :]
            value = self.expression(" " * found.end() + rest) if rest.strip(" ;()") else None
            return [sx.Return(value, line=number)]
        if text.strip() in ("break", "continue"):
            return [sx.Expressed(sx.Word(text.strip()), line=number)]
        text = ANNOTATED.sub(lambda found: found[1] + " " * len(found[2]) + found[3], text)
        return [self.assignment(self.words(text), number)]

    def is_declaration(self, text: str) -> bool:
        """Whether a line only says of which type a name is."""
        return self.language.is_code and self.language.first_axis == 0 and bool(DECLARED.fullmatch(text))

    def function(self, text: str, number: int) -> sx.Statement | None:
        """A function written in one line: a lambda, MATLAB's @(z), Julia's f(z) = …"""
        found = LAMBDA.fullmatch(text)
        if found is None and self.language.name == "julia":
            found = SHORT.fullmatch(text)
        if found is None:
            return None
        listed = next(
            (value for name, value in found.groupdict().items() if name not in ("name", "body") and value), ""
        )
        names = tuple((name, None) for name in re.findall(r"[^\W\d]\w*", re.sub(r"::\w+|=[^,]*", "", listed)))
        body = sx.Return(self.expression(" " * found.start("body") + found["body"]), line=number)
        return sx.Definition(found["name"], names, (body,), line=number)

    def assignment(self, words: list[Token], number: int) -> sx.Statement:
        sides = split(words)
        if len(sides) == 1:
            return sx.Expressed(self.whole(sides[0][0]), line=number)
        signs = [sign for _side, sign in sides[:-1]]
        targets = tuple(self.whole(side) for side, _sign in sides[:-1])
        value = self.whole(sides[-1][0])
        return sx.Assignment(targets, value, CHANGING.get(signs[0], ""), line=number, span=value.span)

    # expressions

    def words(self, text: str) -> list[Token]:
        words = formatted(tokens(text, self.language))
        balanced(words)
        return words

    def expression(self, text: str) -> sx.Syntax:
        return self.whole(self.words(text))

    def slice(self, text: str) -> sx.Syntax:
        """What a loop goes through: an expression, or 1:n."""
        parser = self.parser(self.words(text))
        node = parser.slice()
        if parser.at(","):
            node = sx.Sequence((node, *self.after_comma(parser)))
        self.ended(parser)
        return node

    def whole(self, words: Sequence[Token]) -> sx.Syntax:
        """An expression, or several between commas."""
        parser = self.parser(words)
        first = parser.expression()
        more = self.after_comma(parser)
        self.ended(parser)
        return sx.Sequence((first, *more), span=(first.span[0], parser.end)) if more else first

    def after_comma(self, parser: Parser) -> list[sx.Syntax]:
        more = []
        while parser.taken(","):
            if not parser.at("end"):
                more.append(parser.expression())
        return more

    def ended(self, parser: Parser) -> None:
        if parser.at(";"):
            parser.take()
        if not parser.at("end"):
            raise Unread("unexpected", text=in_quotes(parser.next.text), span=parser.next.span)

    def parser(self, words: Sequence[Token]) -> Parser:
        return Parser(list(words), self.language, GRAMMAR, self.calls)

    def calls(self, node: sx.Syntax) -> bool:
        """Whether an operand before a bracket is called; in maths an array and a bracket are a product."""
        if self.language.is_code:
            return True
        match node:
            case sx.Word(text):
                return not self.knows(text)
            case sx.Scripted(base):
                return self.calls(base)
            case sx.Primed():
                return True
        return isinstance(node, sx.Attribute | sx.Call)


def split(words: list[Token]) -> list[tuple[list[Token], str]]:
    """The sides of a line with the sign after each: = or one that changes what stands there."""
    *line, end = words
    places = giving(line)
    parts = between(line, places)
    if not all(parts):
        raise Unread("equals", span=end.span)
    signs = [*(line[place].kind for place in places), ""]
    return [(ended(part, end), sign) for part, sign in zip(parts, signs, strict=True)]


FORMATTED = re.compile(r"\{\s*(\w+)\s*(?:([+-])\s*(\d+)\s*)?\}")
"""What is filled in, in a text with a layer in it."""


def formatted(words: list[Token]) -> list[Token]:
    """The words with f"W{l}" written as "W" + str(l)."""
    return [part for word in words for part in (joined(word) if is_formatted(word) else [word])]


def is_formatted(word: Token) -> bool:
    return word.kind == "string" and word.text[0] in "fF"


def joined(word: Token) -> list[Token]:
    text, place, span = word.text[2:-1], 0, word.span
    parts: list[Token] = [Token("(", "(", span)]
    for match in FORMATTED.finditer(text):
        parts += [Token("string", f"'{text[place : match.start()]}'", span), Token("+", "+", span)]
        parts += [Token("word", "str", span), Token("(", "(", span, glued=True), Token("word", match[1], span)]
        if match[2]:
            parts += [Token(match[2], match[2], span), Token("number", match[3], span)]
        parts += [Token(")", ")", span), Token("+", "+", span)]
        place = match.end()
    return [*parts, Token("string", f"'{text[place:]}'", span), Token(")", ")", span)]
