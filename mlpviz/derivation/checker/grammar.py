"""From text to tokens: the list of characters and words that formulas are written in, and nothing else."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from ...maths.digits import PLAIN
from ...maths.messages import Message, verbatim
from .findings import Unread

MOST_CHARACTERS, MOST_BRACKETS, MOST_OPERANDS = 2000, 50, 100

CHARACTERS = frozenset(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 \t\r\n"
    "+-*/@=()[]{}.,'^_\\$~⊙∘·−′’ᵀ⊤∂∇δΔλσφϕℓŷŶℒ½⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾⁺⁻ˡᴸ₀₁₂₃₄₅₆₇₈₉!;:"
)
"""Every character that a formula may have."""

PLAIN_INDEX = PLAIN | str.maketrans("⁺ˡᴸ−", "+lL-")
"""Raised and lowered characters as plain ones."""


@dataclass(frozen=True)
class Token:
    """One word of a formula; ``name`` is an operand's base, ``layer`` the text of its layer number."""

    kind: str
    text: str
    name: str = ""
    layer: str | None = None
    form: str = ""


OPERATORS = {
    "*": "*", "⊙": "*", "∘": "*", r"\odot": "*", r"\circ": "*", "@": "@", "·": " ", r"\cdot": " ",
    "/": "/", "+": "+", "-": "-", "−": "-", "=": "=",
}  # fmt: skip
"""Every operator; a dot is the same product as two factors side by side."""

TRANSPOSED = r"(?:T(?![A-Za-z0-9_])|\\top(?![A-Za-z])|\\intercal(?![A-Za-z])|⊤)"
NUMBERED = r"[lL0-9+\- ]+"
PATTERNS = {
    "space": r"[ \t\r\n$~]+|\{\s*\}|\\[,;:! ()\[\]]|\\q?quad(?![A-Za-z])|\\(?:left|right|[bB]igg?[lr]?)(?![A-Za-z])",
    "power": r"\*\*",
    "frac": r"\\[td]?frac(?![A-Za-z])",
    "nabla": r"(?:∇|\\nabla(?![A-Za-z]))\s*_?",
    "partial": r"∂|\\partial(?![A-Za-z])",
    "slope": r"(?:\\(?:sigma|varphi|phi|tanh)|[A-Za-z][A-Za-z_]*|[σφϕ])\s*(?:['′’]|\^\s*\{?\s*\\prime\s*\}?)"
    r"|d_f(?=\s*\()",
    "number": r"[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|\.[0-9]+|½",
    "transpose": rf"\.\s*T(?![A-Za-z0-9_])|ᵀ|⊤|\^\s*(?:{TRANSPOSED}|\{{\s*{TRANSPOSED}\s*\}})",
    "hat": r"\\(?:wide)?hat\s*(?:\{\s*[yY]\s*\}|[yY])",
    "name": r"[A-Za-z]+(?:_?[A-Za-z0-9]+)*|[δΔλσφϕℓℒŷŶ]|\\(?:delta|Delta|lambda|ell|sigma|varphi|phi)(?![A-Za-z])",
    "command": r"\\[A-Za-z]*",
    "operator": r"[*⊙∘·@/+\-−=]",
    "open": r"[(\[{]",
    "close": r"[)\]}]",
    "other": r".",
}
TOKEN = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in PATTERNS.items()), re.DOTALL)

FONTS = re.compile(
    r"\\(?:mathbf|boldsymbol|mathrm|mathit|mathsf|mathcal|bm|text|operatorname)\s*(?:\{([^{}]*)\}|([A-Za-z]))"
)

HALVES = re.compile(r"\\[td]?frac([0-9])([0-9A-Za-z])")
"""A fraction of two single characters, which need no braces: \\frac12."""

SUFFIXES = {
    "index": re.compile(r"\[([^\[\]]*)\]"),
    "digits": re.compile(r"(?<=[δΔ])([0-9]+)"),
    "raised": re.compile(r"([⁽⁰¹²³⁴⁵⁶⁷⁸⁹ˡᴸ⁺⁻][⁽⁾⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ˡᴸ ]*)"),
    "lowered": re.compile(r"([₀₁₂₃₄₅₆₇₈₉]+)"),
    "braced": re.compile(rf"\s*\^\s*\{{\s*[(\[]?({NUMBERED})[)\]]?\s*(?:\\,)?\s*({TRANSPOSED})?\s*\}}"),
    "bracketed": re.compile(rf"\s*\^\s*[(\[]({NUMBERED})[)\]]"),
    "caret": re.compile(r"\s*\^\s*([lL0-9])"),
    "under": re.compile(r"\s*_\s*(?:\{\s*[(\[]?([lL0-9+\- ]+)[)\]]?\s*\}|([0-9]+))"),
}
"""The ways in which a layer number follows a name."""

FORMS = {"index": "index", "digits": "digits"}
"""How a layer number is printed back after each suffix; the others are raised."""


def tokens(formula: str) -> list[Token]:
    """The tokens of a formula.

    Raises Unread for whatever is not in the lists above, or if there is too much of it.
    """
    text = checked(formula)
    plain = HALVES.sub(r"\\frac{\1}{\2}", FONTS.sub(unfonted, FONTS.sub(unfonted, text)))
    words = list(scanned(plain))
    for kind, key, limit in (("open", "brackets", MOST_BRACKETS), ("operand", "operands", MOST_OPERANDS)):
        count = sum(word.kind == kind or (kind == "operand" and word.kind in ("name", "number")) for word in words)
        if count > limit:
            raise Unread(key, limit=limit, count=count)
    if not words:
        raise Unread("empty")
    return [*words, Token("end", "the end")]


def unfonted(match: re.Match[str]) -> str:
    return f" {match[1] or match[2]} "


def checked(formula: str) -> str:
    """The text, if it is short enough and has only the characters of the list."""
    if len(formula) > MOST_CHARACTERS:
        raise Unread("long", limit=MOST_CHARACTERS, count=len(formula))
    text = formula.replace("y\u0302", "ŷ").replace("Y\u0302", "Ŷ")
    for character in text:
        if character not in CHARACTERS:
            refuse(character)
    return text


def refuse(character: str) -> None:
    """Refuse a character that is not in the list, and name the letter that it looks like."""
    code, name = f"U+{ord(character):04X}", unicodedata.name(character, "").lower()
    title = verbatim(name) if name else Message("a control character")
    bare = Message("({code}, {title})", code=code, title=title)
    called = Message("“{character}” {bare}", character=character, bare=bare) if character.isprintable() else bare
    twin = unicodedata.normalize("NFKC", character)
    twin = twin if twin != character and len(twin) == 1 and twin in CHARACTERS else LOOK_ALIKES.get(character, "")
    if twin:
        raise Unread("look-alike", character=called, twin=f"“{twin}”")
    raise Unread("character", character=called)


LOOK_ALIKES = dict(zip("аАВеЕТХхуУоОсСрРМНКаωΑΒΖΧΥΤΜ×∗•⋅", "aABeETXxyYoOcCpPMHKawABZXYTM**··", strict=False))
"""Letters of other alphabets that look like Latin ones, and similar signs."""


def scanned(text: str) -> Iterator[Token]:
    position = 0
    while position < len(text):
        match = TOKEN.match(text, position)
        assert match is not None
        kind, word, position = str(match.lastgroup), match[0], match.end()
        if kind in ("name", "hat"):
            token, position = suffixed(word, text, position)
            yield token
            if token.form.endswith("T"):
                yield Token("transpose", "ᵀ")
        elif kind != "space":
            yield simple(kind, word, text[position:])


def simple(kind: str, word: str, rest: str) -> Token:
    if kind == "power" or word in "^⁰¹²³⁴⁵⁶⁷⁸⁹⁽":
        raise Unread("power")
    if kind == "command" and word not in OPERATORS:
        raise Unread("command", text=word)
    if kind == "other":
        refuse_other(word, rest)
    if kind in ("operator", "command"):
        return Token("operator", word, OPERATORS[word])
    return Token(kind, word)


def refuse_other(word: str, rest: str) -> None:
    """Refuse a character of the list in a wrong place."""
    attribute = re.match(r"\s*([A-Za-z_]\w*)", rest)
    if word == "." and attribute:
        raise Unread("attribute", text=attribute[1])
    if word == ",":
        raise Unread("comma")
    raise Unread("unexpected", text=f"“{word}”")


def suffixed(word: str, text: str, position: int) -> tuple[Token, int]:
    """A name with its layer number and transpose; also the position after them."""
    name, layer, form = word, None, ""
    if word.startswith((r"\hat", r"\widehat")):
        name = "ŷ" if "y" in word.rstrip("}").split("hat")[-1] else "Ŷ"
    elif word != "l2" and (split := re.fullmatch(r"(.*?[A-Za-z])_?([0-9]+)", word)):
        (name, layer), form = split.groups(), "digits"
    while suffix := next(matches(text, position), None):
        kind, match = suffix
        number = next((group for group in match.groups() if group), "").translate(PLAIN_INDEX).strip().strip("()")
        if layer is not None:
            raise Unread("two layers", text=word)
        layer, position = number, match.end()
        form = FORMS.get(kind, "raised")
        if kind == "braced" and match[2]:
            return Token("name", word, name, layer, form + "T"), position
    if re.match(r"\s*_", text[position:]):
        raise Unread("entry", text=name)
    return Token("name", word, name, layer, form), position


def matches(text: str, position: int) -> Iterator[tuple[str, re.Match[str]]]:
    for kind, pattern in SUFFIXES.items():
        if match := pattern.match(text, position):
            yield kind, match
