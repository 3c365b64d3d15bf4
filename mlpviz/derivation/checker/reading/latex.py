r"""LaTeX as the plain text that formulas are read in, by the tables of commands.

``\frac{\partial L}{\partial W^{(2)}}`` is ``(∂L/∂W^{(2)})``, ``\mathbf W\odot\hat y`` is ``W⊙ŷ``; every character
remembers its place in the text as it was typed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from .characters import EMPTY, Typed, joined, put, unknown
from .commands import BLANK, PLAIN
from .refusals import Unread
from .syntax import Span

MOST_DEPTH = 60
"""Most groups and commands inside one another."""

COMMAND = re.compile(r"\\([A-Za-z]+)\*?|\\(.)|\\", re.DOTALL)
LINE_END = re.compile(r"\s*\*?(?:\[[^\]\n]*(?:pt|em|ex|mm|cm|baselineskip)\s*\])?")
SPACE = re.compile(r"\s*")


class Command(NamedTuple):
    """A command that takes arguments, and where it starts."""

    name: str
    start: int


Reader = Callable[["Rewriter", Command], Typed]


class Rewriter:
    """Reads LaTeX from left to right; ``place`` is the next character, ``matrices`` how many are open.

    ``readers`` are the commands that take arguments.
    """

    def __init__(self, typed: Typed, readers: Mapping[str, Reader]) -> None:
        self.typed, self.readers, self.place, self.depth, self.matrices = typed, readers, 0, 0, 0
        self.is_adjoint = BARRED.match(typed.text) is not None

    @property
    def next(self) -> str:
        return self.typed.text[self.place : self.place + 1]

    def whole(self, closing: str = "") -> Typed:
        """All up to the end, or to a closing brace, which is taken."""
        pieces: list[Typed] = []
        apart = False
        while self.next and self.next != closing:
            if over := OVER.match(self.typed.text, self.place):
                return self.over(joined(pieces), over.end(), closing)
            upright = DIFFERENTIAL_D.match(self.typed.text, self.place)
            before, apart = apart, self.next in "\\{" and not upright
            glue(pieces, self.piece(), before or apart)
            if upright:
                self.skip()
        self.place += bool(closing)
        return joined(pieces)

    def over(self, above: Typed, place: int, closing: str) -> Typed:
        r"""above \over below"""
        start, self.place = self.place, place
        return self.divided(stripped(above), stripped(self.whole(closing)), self.since(start))

    def piece(self) -> Typed:
        """The next character, group or command with its arguments."""
        self.depth += 1
        if self.depth > MOST_DEPTH:
            raise Unread("brackets", limit=MOST_DEPTH, count=self.depth)
        found = self.read()
        self.depth -= 1
        return found

    def read(self) -> Typed:
        start, character = self.place, self.next
        match character:
            case "\\":
                return self.command()
            case "{":
                return self.braces()
            case "^" | "_":
                return self.script()
            case "$":
                self.place += 2 if self.typed.text.startswith("$$", start) else 1
                return put("\n" if self.place > start + 1 else " ", self.typed.place(start, self.place))
        self.place += 1
        plain = {"&": "," if self.matrices else " ", "~": " ", "}": ""}.get(character, character)
        return put(plain, self.typed.spans[start])

    def since(self, start: int) -> Span:
        return self.typed.place(start, self.place)

    def skip(self, pattern: re.Pattern[str] = SPACE) -> None:
        match = pattern.match(self.typed.text, self.place)
        self.place = match.end() if match else self.place

    def argument(self) -> Typed:
        """A group in braces, without them, or the next sign alone."""
        self.skip()
        if self.next == "{":
            self.place += 1
            return stripped(self.whole("}"))
        return stripped(self.piece()) if self.next else put("", (0, 0))

    def raw(self) -> str:
        """The text of a group in braces as it stands."""
        self.skip()
        if self.next != "{":
            self.place += 1
            return self.typed.text[self.place - 1 : self.place]
        start, depth = self.place, 0
        while self.next:
            depth += {"{": 1, "}": -1}.get(self.next, 0)
            self.place += 1
            if not depth:
                break
        return self.typed.text[start + 1 : self.place - 1]

    def braces(self) -> Typed:
        """A group in the middle of a formula; it is bracketed where something is attached to it."""
        start = self.place
        inside = self.argument()
        attached = re.match(r"\s*[\^_']", self.typed.text[self.place :])
        if not inside and attached:
            return put(EMPTY, self.since(start))
        if not inside or not (attached or re.search(r"[-+=]", inside.text)):
            return inside
        return bracketed(inside, self.since(start))

    def script(self) -> Typed:
        """^ or _ with what it raises or lowers, in braces; primes stand before the braces."""
        start, sign = self.place, self.next
        self.place += 1
        inside, here = self.argument(), self.since(start)
        primes = inside.text.count("'") if sign == "^" else 0
        if primes:
            inside = stripped(inside.replaced(re.compile("'"), lambda _typed, _match: put("", here)))
        before = put("'" * primes, here)
        return before + (put(f"{sign}{{", here) + inside + put("}", here) if inside else put("", here))

    def command(self) -> Typed:
        start = self.place
        match = COMMAND.match(self.typed.text, start)
        assert match is not None
        self.place = match.end()
        name, here = match[1] or match[2] or "", self.since(start)
        if name in ("\\", "newline", "cr"):
            self.skip(LINE_END)
            return put("],[" if self.matrices else "\n", here)
        if name in PLAIN:
            return put(PLAIN[name], here)
        if name in BLANK:
            self.place += name in DELIMITING and self.next == "."
            return put(" ", here)
        if (reader := self.readers.get(name)) is not None:
            return reader(self, Command(name, start))
        raise Unread("command", text=f"\\{name}", span=here) if name.isprintable() else unknown(name).at(here)

    def divided(self, above: Typed, below: Typed, here: Span) -> Typed:
        slope = [DIFFERENTIAL.match(side.text) for side in (above, below)]
        if all(slope) and above.text[:1] == below.text[:1]:
            above, below = (derived(side) for side in (above, below))
            if len(above) == 1:
                above += self.operand()
            return put("(", here) + above + put("/", here) + below + put(")", here)
        sides = [side if re.fullmatch(r"[^\W\d_]|\d+", side.text) else bracketed(side, here) for side in (above, below)]
        return put("(", here) + sides[0] + put("/", here) + sides[1] + put(")", here)

    def operand(self) -> Typed:
        """What a ∂/∂W stands before: the next letter with its scripts."""
        self.skip()
        pieces = [self.piece()] if self.next else []
        while re.match(r"\s*[_^]", self.typed.text[self.place :]):
            self.skip()
            pieces.append(self.script())
        if match := re.match(r"\s*\([^()]*\)", self.typed.text[self.place :]):
            self.place += match.end()
        return joined(pieces)


BARRED = re.compile(r"[\s$]*(?:\\begin\{\w+\*?\})?\s*\\(?:bar|overline)(?![A-Za-z])")

OVER = re.compile(r"\\over(?![A-Za-z])")
DIFFERENTIAL_D = re.compile(r"\\(?:mathrm|text|textrm|operatorname|rm|mathit)\s*(?:\{\s*d\s*\}|\s+d(?![A-Za-z]))")
"""The d of a derivative set upright, which belongs to the letter after it."""

DELIMITING = frozenset("left right middle".split())
DIFFERENTIAL = re.compile(r"∂|d\s*[A-Za-zℓℒ](?![A-Za-z])")


def glue(pieces: list[Typed], piece: Typed, apart: bool) -> None:
    """Add a piece, ``apart`` from the one before it where two words would run into one."""
    before = next((each.text[-1] for each in reversed(pieces) if each), "")
    if apart and piece and WORDLIKE.match(before) and WORDLIKE.match(piece.text[0]):
        pieces.append(put(" ", piece.spans[0]))
    pieces.append(piece)


WORDLIKE = re.compile(r"[^\W_]")


def stripped(typed: Typed) -> Typed:
    start = len(typed.text) - len(typed.text.lstrip())
    return typed.part(start, len(typed.text.rstrip())) if typed.text.strip() else typed.part(0, 0)


def bracketed(typed: Typed, place: Span) -> Typed:
    """A text in brackets, unless it stands in its own."""
    if re.fullmatch(r"\([^()]*(?:\([^()]*\)[^()]*)*\)", typed.text):
        return typed
    return put("(", (place[0], place[0] + 1)) + typed + put(")", (place[1] - 1, place[1]))


def derived(side: Typed) -> Typed:
    """∂L for ∂ L and for d L."""
    return put("∂", side.spans[0]) + stripped(side.part(1, len(side)))
