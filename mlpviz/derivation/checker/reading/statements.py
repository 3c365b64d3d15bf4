"""From a program's text to its statements: assignments, loops, functions, branches; what cannot be read is named.

Blocks are by indentation, by ``end`` or in braces, as the dialect has them. Expressions are read by the one parser.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from ....maths.wide import narrow
from . import syntax as sx
from .dialects import Language
from .heads import HEADS, Head, head_of
from .lines import LogicalLine, language_of, logical_lines, parted
from .phrases import Phrases
from .refusals import Unread

MOST_LINES, MOST_STATEMENTS, MOST_LETTERS = 100, 300, 20_000
DEEPEST_BLOCK = 20


@dataclass(frozen=True)
class Listing:
    """A program as read: its statements, its lines as typed, and its dialect."""

    statements: tuple[sx.Statement, ...]
    lines: tuple[LogicalLine, ...]
    language: Language


def read_program(text: str, knows: Callable[[str], bool] = lambda _: False) -> Listing:
    """Read a program; ``knows`` says of a word whether it names an array, which before a bracket is a product in maths.

    Raises Unread if it is too long, or empty.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > MOST_LETTERS:
        raise Unread("long program", limit=MOST_LETTERS, count=len(text))
    language = language_of(narrow(text))
    lines = tuple(logical_lines(text, language))
    if len(lines) > MOST_LINES:
        raise Unread("many lines", limit=MOST_LINES, count=len(lines))
    if not lines:
        raise Unread("empty", span=(0, len(text)))
    pieces = list(islice((piece for line in lines for piece in parted(line, language)), MOST_STATEMENTS + 1))
    if len(pieces) > MOST_STATEMENTS:
        raise Unread("many statements", limit=MOST_STATEMENTS)
    statements = Blocks(pieces, language, Phrases(language, knows)).program()
    return Listing(tuple(statements), lines, language)


class Blocks:
    """Puts lines together into blocks."""

    def __init__(self, lines: Sequence[LogicalLine], language: Language, phrases: Phrases) -> None:
        self.lines, self.language, self.phrases, self.place = list(lines), language, phrases, 0
        self.ended = language.name in ("matlab", "julia")
        self.braced = language.name == "r"

    def program(self) -> list[sx.Statement]:
        found: list[sx.Statement] = []
        while self.place < len(self.lines):
            found += self.block(-1, 0)
            if self.place < len(self.lines):  # an end or a brace too many
                self.place += 1
        return found

    def block(self, indent: int, depth: int) -> list[sx.Statement]:
        """The statements of a block, up to a line that is out of it."""
        found: list[sx.Statement] = []
        while self.place < len(self.lines):
            line = self.lines[self.place]
            if self.closes(line, indent):
                break
            self.place += 1
            found += self.statement(line, depth)
        return found

    def closes(self, line: LogicalLine, indent: int) -> bool:
        word = line.text.strip()
        if self.ended:
            return bool(re.match(r"(?:end\w*\b(?!\s*[=+(*])|else\b|elseif\b)", word))
        if self.braced:
            return word.startswith("}")
        return line.indent <= indent

    def statement(self, line: LogicalLine, depth: int) -> list[sx.Statement]:
        try:
            if depth > DEEPEST_BLOCK:
                raise Unread("deep program", limit=DEEPEST_BLOCK)
            head = head_of(line.text, self.language)
            if head is None:
                return self.phrases.simple(line)
            return self.compound(line, head, depth)
        except Unread as reason:
            return [sx.Unreadable(line.text.strip(), reason, line=line.number)]

    def compound(self, line: LogicalLine, head: Head, depth: int) -> list[sx.Statement]:
        """A line that opens a block, with the block."""
        try:
            made = HEADS[head.kind](self.phrases, line, head)
        except Unread as reason:
            return [sx.Unreadable(line.text.strip(), reason, line=line.number), *self.body(line, head, depth)]
        body = self.body(line, head, depth)
        lost = [sx.Unreadable(line.text.strip(), Unread("colon"), line=line.number)] if head.unclosed else []
        return [*lost, *self.with_block(made, body, head, line, depth)]

    def with_block(
        self, made: sx.Statement, body: list[sx.Statement], head: Head, line: LogicalLine, depth: int
    ) -> list[sx.Statement]:
        """What opens a block, with its block."""
        match made:
            case sx.Branch():
                return [replace(made, body=tuple(body), otherwise=tuple(self.otherwise(line, depth)))]
            case sx.Definition():
                return [replace(made, body=self.with_result(body, head, line))]
            case sx.Loop() | sx.While():
                return [replace(made, body=tuple(body))]
        return [made, *body]

    def body(self, line: LogicalLine, head: Head, depth: int) -> list[sx.Statement]:
        """What stands in the block of a line: beside it, or below it."""
        if head.rest.strip() and not self.braced_open(head):
            place = line.text.index(head.rest) if head.rest in line.text else 0
            beside = replace(line, text=" " * place + head.rest)
            found = self.statement(beside, depth + 1)
            if self.ended:
                self.skip_end()
            return found
        if not self.ended and not self.braced and not head.opens:
            return []
        if self.braced and not head.opens:
            return self.one_line(depth)
        found = self.block(line.indent, depth + 1)
        if head.kind != "if":
            self.end_block()
        return found

    def braced_open(self, head: Head) -> bool:
        return self.braced and not head.rest.strip()

    def one_line(self, depth: int) -> list[sx.Statement]:
        if self.place >= len(self.lines):
            return []
        self.place += 1
        return self.statement(self.lines[self.place - 1], depth + 1)

    def skip_end(self) -> None:
        if self.place < len(self.lines) and re.match(r"\s*(?:end\w*|\})", self.lines[self.place].text):
            self.place += 1

    def end_block(self) -> None:
        if self.ended or self.braced:
            self.skip_end()

    def otherwise(self, opened: LogicalLine, depth: int) -> list[sx.Statement]:
        """The branches after the first."""
        if self.place >= len(self.lines):
            return []
        line = self.lines[self.place]
        word = line.text.strip().lstrip("} ")
        nested = not self.ended and not self.braced and line.indent != opened.indent
        if nested or not re.match(r"(?:else|elif|elseif)\b", word):
            self.end_block()
            return []
        self.place += 1
        text = re.sub(r"^(?:elif|elseif|else\s+if)\b", "if", word)
        if text.startswith("if"):
            return self.statement(replace(line, text=" " * line.indent + text), depth + 1)
        rest = re.sub(r"^else\s*[:{]?", "", word).strip()
        if rest and not rest.startswith("}"):
            return self.statement(replace(line, text=rest), depth + 1)
        found = self.block(line.indent, depth + 1)
        self.end_block()
        return found

    def with_result(self, body: list[sx.Statement], head: Head, line: LogicalLine) -> tuple[sx.Statement, ...]:
        """The body of a function; what it gives is its output's name, or the last expression where that is the rule."""
        if head.results:
            words = tuple(sx.Word(name) for name in head.results)
            value: sx.Syntax = words[0] if len(words) == 1 else sx.Sequence(words)
            return (*body, sx.Return(value, line=line.number))
        if body and isinstance(body[-1], sx.Expressed) and self.language.name in ("r", "julia"):
            last = body[-1]
            return (*body[:-1], sx.Return(last.value, line=last.line, span=last.span))
        if body and isinstance(body[-1], sx.Assignment) and self.language.name in ("r", "julia"):
            return (*body, sx.Return(body[-1].targets[0] if body[-1].targets else None, line=line.number))
        return tuple(body)
