r"""LaTeX as the plain text that formulas are read in, by the tables of commands.

``\frac{\partial L}{\partial W^{(2)}}`` is ``(∂L/∂W^{(2)})``, ``\mathbf W\odot\hat y`` is ``W⊙ŷ``; every character
remembers its place in the text as it was typed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from .characters import EMPTY, PREDICTION, Typed, as_typed, joined, put, unknown
from .commands import (
    BLANK,
    BRACES,
    CALLIGRAPHIC,
    CONNECTIVES,
    FONTS,
    FRACTIONS,
    FUNCTIONS,
    HIDDEN,
    LETTERS,
    LINES,
    MATRICES,
    ONE,
    SIGNS,
    TEXTS,
)
from .refusals import Unread
from .syntax import Span

MOST_DEPTH = 60
"""Most groups and commands inside one another."""

COMMAND = re.compile(r"\\([A-Za-z]+)\*?|\\(.)|\\", re.DOTALL)
LINE_END = re.compile(r"\s*\*?(?:\[[^\]\n]*(?:pt|em|ex|mm|cm|baselineskip)\s*\])?")
SPACE = re.compile(r"\s*")


def unlatexed(text: Typed | str) -> Typed:
    """A text with LaTeX as plain text.

    Raises Unread for a command that is not in the tables, with its place.
    """
    return Rewriter(as_typed(text) if isinstance(text, str) else text).whole()


class Command(NamedTuple):
    """A command that takes arguments, and where it starts."""

    name: str
    start: int


class Rewriter:
    """Reads LaTeX from left to right; ``place`` is the next character, ``matrices`` how many are open."""

    def __init__(self, typed: Typed) -> None:
        self.typed, self.place, self.depth, self.matrices = typed, 0, 0, 0
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
        for names, plain in ((LETTERS, LETTERS.get(name)), (SIGNS, SIGNS.get(name))):
            if name in names:
                return put(plain or "", here)
        if name in FUNCTIONS:
            return put(name, here)
        if name in ("quad", "qquad"):
            return put("   ", here)
        if name in BLANK:
            self.place += name in DELIMITING and self.next == "."
            return put(" ", here)
        if (reader := READERS.get(name)) is not None:
            return reader(self, Command(name, start))
        raise Unread("command", text=f"\\{name}", span=here) if name.isprintable() else unknown(name).at(here)

    def font(self, command: Command) -> Typed:
        inside = self.argument()
        if command.name in ONE and inside.text == "1":
            return put("𝟏", self.since(command.start))
        if command.name in CALLIGRAPHIC and inside.text == "L":
            return put("ℒ", self.since(command.start))
        return bracketed(inside, self.since(command.start)) if re.search("[-+=]", inside.text) else inside

    def words(self, command: Command) -> Typed:
        """A text: the command.name of a function, or words between formulas."""
        inside = self.raw()
        if "\\" in inside:
            self.place = command.start + len(command.name) + 1
            return self.font(command)
        words = re.sub(r"[{}$~]", " ", inside).split()
        here = self.since(command.start)
        bare = words[0].strip(".,:;") if words else ""
        if len(words) != 1 or bare.lower() in CONNECTIVES or not re.fullmatch(r"[A-Za-z_]\w*'?", words[0]):
            return put(" ⇒ " if words else " ", here)
        return put(words[0], here)

    def hat(self, command: Command) -> Typed:
        inside = self.argument()
        return put(PREDICTION[inside.text], self.since(command.start)) if inside.text in PREDICTION else inside

    def bar(self, command: Command) -> Typed:
        """A bar above an array, which means the gradient by it where it stands on the left, too."""
        inside, here = self.argument(), self.since(command.start)
        if self.is_adjoint and re.fullmatch(r"[WwbZzAa](?:[_^]\{[^{}]*\})*", inside.text):
            return put("∂J/∂", here) + inside
        return bracketed(inside, here) if re.search("[-+=]", inside.text) else inside

    def dot(self, command: Command) -> Typed:
        """A function with a dot above it, its derivative; a dot above an array says nothing."""
        inside = self.argument()
        return inside + put("'", self.since(command.start)) if inside.text in FUNCTION_LETTERS else inside

    def hidden(self, command: Command) -> Typed:
        for _ in range(HIDDEN[command.name]):
            self.raw()
        return put(" ", self.since(command.start))

    def second(self, _: Command) -> Typed:
        """The second argument, without the first."""
        self.raw()
        return self.argument()

    def underbrace(self, command: Command) -> Typed:
        """What stands over or under a brace, without the text at its other side."""
        if command.name in ("underset", "overset", "stackrel"):
            return self.second(command)
        inside = self.argument()
        while attached := re.match(r"\s*[_^]", self.typed.text[self.place :]):
            self.place += attached.end()
            self.raw()
        return put(" ", self.since(command.start)) + bracketed(inside, self.since(command.start))

    def fraction(self, command: Command) -> Typed:
        above, below = self.argument(), self.argument()
        return self.divided(above, below, self.since(command.start))

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

    def begin(self, command: Command) -> Typed:
        environment = self.raw().strip().rstrip("*")
        if environment in MATRICES:
            self.matrices += 1
            if environment == "array":
                self.raw()
            return put("[[", self.since(command.start))
        if environment not in LINES:
            raise Unread("command", text=f"\\begin{{{environment}}}", span=self.since(command.start))
        if environment.startswith("aligned") or environment == "alignat":
            self.skip(re.compile(r"\s*(?:\[[a-z]\])?(?:\{\d+\})?"))
        return put("\n", self.since(command.start))

    def end(self, command: Command) -> Typed:
        matrix = self.raw().strip().rstrip("*") in MATRICES
        self.matrices -= matrix
        return put("]]" if matrix else "\n", self.since(command.start))


BARRED = re.compile(r"[\s$]*(?:\\begin\{\w+\*?\})?\s*\\(?:bar|overline)(?![A-Za-z])")
FUNCTION_LETTERS = frozenset("fghsFGσφϕψθρΣΦ")

OVER = re.compile(r"\\over(?![A-Za-z])")
DIFFERENTIAL_D = re.compile(r"\\(?:mathrm|text|textrm|operatorname|rm|mathit)\s*(?:\{\s*d\s*\}|\s+d(?![A-Za-z]))")
"""The d of a derivative set upright, which belongs to the letter after it."""

DELIMITING = frozenset("left right middle".split())
DIFFERENTIAL = re.compile(r"∂|d\s*[A-Za-zℓℒ](?![A-Za-z])")

READERS: dict[str, Callable[[Rewriter, Command], Typed]] = {
    **dict.fromkeys(FONTS, Rewriter.font),
    **dict.fromkeys(TEXTS, Rewriter.words),
    **dict.fromkeys(("hat", "widehat"), Rewriter.hat),
    "dot": Rewriter.dot,
    **dict.fromkeys(("bar", "overline"), Rewriter.bar),
    **dict.fromkeys(HIDDEN, Rewriter.hidden),
    **dict.fromkeys(("textcolor", "colorbox", "mathcolor"), Rewriter.second),
    **dict.fromkeys(BRACES, Rewriter.underbrace),
    **dict.fromkeys(FRACTIONS, Rewriter.fraction),
    "begin": Rewriter.begin,
    "end": Rewriter.end,
}
"""The commands that take arguments."""


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
