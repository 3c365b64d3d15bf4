"""The characters that people type, paste or copy from a rendered formula, as the plain ones that formulas are read in.

Not NFKC over the whole text, which would turn aᵀ into aT and x² into x2: characters fold one by one, and what is raised
or lowered becomes ``^{…}`` or ``_{…}``. Every character remembers its place in the text as it was typed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from ....maths.messages import Message, in_quotes, verbatim
from ....maths.wide import WIDE
from .refusals import Unread
from .syntax import Span


@dataclass(frozen=True)
class Typed:
    """A text to be read, and for each of its characters the place in what was typed that it comes from."""

    text: str
    spans: tuple[Span, ...]

    def __len__(self) -> int:
        return len(self.text)

    def __add__(self, other: Typed) -> Typed:
        return Typed(self.text + other.text, self.spans + other.spans)

    def part(self, start: int, end: int) -> Typed:
        return Typed(self.text[start:end], self.spans[start:end])

    def place(self, start: int, end: int) -> Span:
        """Where the characters from ``start`` to before ``end`` were typed."""
        if not self.spans:
            return (0, 0)
        if start >= len(self.spans):
            return (self.spans[-1][1], self.spans[-1][1])
        if end <= start + 1:
            return self.spans[start]
        covered = self.spans[start : max(end, start + 1)]
        return min(first for first, _ in covered), max(last for _, last in covered)

    def replaced(self, pattern: re.Pattern[str], change: Callable[[Typed, re.Match[str]], Typed]) -> Typed:
        """The text with every match of a pattern changed."""
        pieces, place = [], 0
        for match in pattern.finditer(self.text):
            pieces += [self.part(place, match.start()), change(self, match)]
            place = match.end()
        return joined([*pieces, self.part(place, len(self))]) if pieces else self


def as_typed(text: str, offset: int = 0) -> Typed:
    return Typed(text, tuple((place, place + 1) for place in range(offset, offset + len(text))))


def put(text: str, place: Span) -> Typed:
    """Text that stands for a place in what was typed."""
    return Typed(text, (place,) * len(text))


def joined(pieces: Iterable[Typed]) -> Typed:
    pieces = list(pieces)
    return Typed("".join(piece.text for piece in pieces), tuple(span for piece in pieces for span in piece.spans))


DIGITS = "0123456789"
RAISED = dict(
    zip(
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵁⱽᵂ",
        f"{DIGITS}+-=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRUVW",
        strict=True,
    )
)
LOWERED = dict(zip("₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", f"{DIGITS}+-=()aehijklmnoprstuvx", strict=True))
"""Raised and lowered characters and the plain ones; ᵀ is a sign of its own."""

SAME = {
    "-": "−–—‐‑‒―⁃﹣─",
    "*": "∗﹡✱",
    "⊙": "∘◦⊛⨀ʘ•●",
    "·": "⋅∙‧・·",
    "×": "✕✖⨯",
    "⊗": "⨂",
    "/": "÷⁄∕⊘",
    "+": "⊕",
    "ᵀ": "ᐪ",
    "⊤": "⊺",
    "'": "′’‘ʹʼ´‵",
    '"': "“”„",
    "∂": "ꝺ",
    "Δ": "∆",
    "μ": "µ",
    "Σ": "∑",
    "ε": "ϵ",
    "φ": "ϕ",
    "(": "〔❨",
    ")": "〕❩",
    "[": "【⟦",
    "]": "】⟧",
    "|": "∣｜❘",
    "‖": "∥",
    "…": "⋯",
    " ": "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u2062\u2800",
    "\n": "\v\f\x85\u2028\u2029",
    "": "\u00ad\u200b\u200c\u200d\u2060\u2061\u2063\u2064\ufeff\ufe0e\ufe0f",
}
"""Signs that are the same as the one before them, as people type them; the last row is invisible."""

LONGER = {
    "½": " 0.5 ",
    "¼": " 0.25 ",
    "¾": " 0.75 ",
    "⅓": " (1/3) ",
    "≥": ">=",
    "≤": "<=",
    "⩾": ">=",
    "⩽": "<=",
    "≠": "!=",
    "≔": ":=",
    "≝": "=",
    "≜": "=",
    "≡": "=",
    "←": ":=",
    "⟵": ":=",
    "¯": "",
    "ā": "a\u0304",
}
"""Single characters that stand for several."""

LOOK_ALIKES = dict(
    zip("аеорсухіјѕһԁԛԝАВЕКМНОРСТХУІЈЅΑΒΕΖΗΙΚΜΝΟΡΤΥΧωɑ", "aeopcyxijshdqwABEKMHOPCTXYIJSABEZHIKMNOPTYXwa", strict=True)
)
"""Letters of other alphabets that look like Latin ones: not read, but named."""

KEPT = frozenset("ℓℒ∂∇ŷŶᵀ⊤⊙⊗·×Σ‖…𝟏")
"""Characters that have a meaning of their own here, whatever they decompose into."""

EMPTY = "\x01"
"""An empty group of LaTeX, {}, with something above or below it."""

ONES = frozenset("𝟏𝟙𝟭𝟣")
"""A number one in a mathematical alphabet: a vector of ones, or a mask such as 𝟙[z > 0]."""

HATS, STROKES = "\u0302", "\u0304\u0305\u0303\u20d7"
"""Combining marks: a hat makes a prediction of y; a bar, a tilde or an arrow above a letter says nothing new."""


def folds() -> Iterator[tuple[str, str]]:
    """Every character with a plain form, and that form."""
    yield from WIDE.items()
    for code in (*range(0x1D400, 0x1D800), *range(0xFE50, 0xFE6C), *range(0x2100, 0x2150)):
        plain = unicodedata.normalize("NFKC", chr(code))
        if plain != chr(code) and len(plain) == 1:
            yield chr(code), {"ϵ": "ε", "ϕ": "φ"}.get(plain, plain)
    yield from ((each, "ℒ") for each in "𝓛𝔏")
    yield from ((each, plain) for plain, same in SAME.items() for each in same)
    yield from LONGER.items()
    yield from ((each, "𝟏") for each in ONES)


@lru_cache(maxsize=1)
def table() -> dict[str, str]:
    return {character: plain for character, plain in folds() if character not in KEPT}


def plain(text: Typed | str) -> Typed:
    """A text with plain characters for all that have one; whoever reads it refuses what it does not know."""
    typed = as_typed(text) if isinstance(text, str) else text
    if not typed.text.isascii():
        typed = folded(typed)
        if BARRED.match(typed.text):
            typed = typed.replaced(BAR, adjoint)
        typed = typed.replaced(HATTED, hatted).replaced(SMALL_FRACTION, fraction).replaced(SCRIPTS, script)
    return typed.replaced(RENDERED_HAT, rendered_hat)


def folded(typed: Typed) -> Typed:
    forms = table()
    return joined(
        put(forms[character], span) if character in forms else Typed(character, (span,))
        for character, span in zip(typed.text, typed.spans, strict=True)
    )


BARRED, BAR = re.compile("\\s*[WwbZzAa]\u0304"), re.compile("([WwbZzAa])\u0304")
"""A letter with a bar on the left of a formula: the bar means the gradient by it there."""

HATTED = re.compile(rf"([A-Za-z])[{STROKES}]*[{HATS}ˆ]|ˆ([yY])|([^\W\d_])[{STROKES}]+")
SMALL_FRACTION = re.compile(f"([{''.join(RAISED)}]+)/([{''.join(LOWERED)}]+)")
SCRIPTS = re.compile(f"[{''.join(RAISED)}](?:[ ]*[{''.join(RAISED)}])*|[{''.join(LOWERED)}]+")
RENDERED_HAT = re.compile(r"(?<![A-Za-z0-9_])([yY])\^(?=\s*(?:[-+=)*⊙,;·]|$))")
"""A ŷ as it is copied from a rendered formula: a hat with nothing under it, y^."""

PREDICTION = {"y": "ŷ", "Y": "Ŷ"}


def hatted(typed: Typed, match: re.Match[str]) -> Typed:
    letter = match[1] or match[2] or match[3]
    return put(letter if match[3] else PREDICTION.get(letter, letter), typed.place(match.start(), match.end()))


def adjoint(typed: Typed, match: re.Match[str]) -> Typed:
    place = typed.place(match.start(), match.end())
    return put(f"∂J/∂{match[1]}", place)


def rendered_hat(typed: Typed, match: re.Match[str]) -> Typed:
    return put(PREDICTION[match[1]], typed.place(match.start(), match.end()))


def fraction(typed: Typed, match: re.Match[str]) -> Typed:
    """¹⁄ₘ as (1/m)."""
    plain = "".join({**RAISED, **LOWERED}.get(character, character) for character in match[0])
    return put(f"({plain})", typed.place(match.start(), match.end()))


def script(typed: Typed, match: re.Match[str]) -> Typed:
    """⁽²⁾ as ^{(2)}, ₁ as _{1}."""
    start, end = match.span()
    forms, sign = (RAISED, "^") if match[0][0] in RAISED else (LOWERED, "_")
    inside = joined(
        put(forms.get(character, character), span)
        for character, span in zip(match[0], typed.spans[start:end], strict=True)
    )
    return put(f"{sign}{{", typed.spans[start]) + inside + put("}", typed.spans[end - 1])


def unknown(character: str) -> Unread:
    """The refusal of a character that no formula is written in."""
    code, name = f"U+{ord(character):04X}", unicodedata.name(character, "").lower()
    title = verbatim(name) if name else Message("a control character")
    bare = Message("({code}, {title})", code=code, title=title)
    called = Message("“{character}” {bare}", character=character, bare=bare) if character.isprintable() else bare
    if name.endswith(f"-{ord(character):x}"):  # such as a Chinese one, whose name is but the number again
        called = in_quotes(character)
    if character in LOOK_ALIKES:
        return Unread("look-alike", character=called, twin=in_quotes(LOOK_ALIKES[character]))
    return Unread("character", character=called)
