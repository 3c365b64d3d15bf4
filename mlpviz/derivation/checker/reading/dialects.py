"""The dialects in which formulas and programs are written: one row each, what betrays it and what its signs mean.

A sign has the same meaning everywhere (``lexer.SIGNS``) but where a row says otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

WORD = r"[A-Za-z]+(?:_?[A-Za-z0-9]+)*(?:_(?=\s*(?:[-+*/@)\]=,;.]|$)))?"
"""A name as a mathematical text has it: an index may follow its underscore."""

FORMULA_LETTERS = r"[A-Za-z]+[0-9]*"
NAME = r"(?!_\{)[A-Za-z_](?:[A-Za-z0-9]|_(?!\{))*"


@dataclass(frozen=True)
class Language:
    """How people write in one language.

    ``betrayed`` is a pattern of what is written only there. ``adds`` says what a sum that is no
    library's adds up without an axis: the samples, everything, the rows, or along the first axis that has several;
    ``first_axis`` is the number of the first axis.
    """

    name: str
    betrayed: str
    signs: Mapping[str, str] = field(default_factory=dict)
    comment: str = "#"
    word: str = NAME
    adds: str = "samples"
    first_axis: int = 0

    @property
    def is_typeset(self) -> bool:
        """Whether this is mathematics as it is printed, which has no words of a program."""
        return self.name in ("latex", "unicode", "written")

    @property
    def is_code(self) -> bool:
        """Whether two operands side by side are no product."""
        return self.word not in (WORD, FORMULA_LETTERS)


BARE_AXIS = r"(?<![.\w])(?:sum|mean|size|ones|zeros)\((?:[^()]|\([^()]*\))*,\s*[12]\s*\)"
"""An axis without its name, counted from 1."""

MATRIX_SIGNS = {"*": "·", ".*": "*", "./": "/", ".^": "**", "^": "**", ".'": "ᵀ", "'": "ᵀ", "~=": "!=", "...": ""}
"""Where * is the product of linear algebra and a dot before a sign says: entry by entry."""

TYPESET_SIGNS = {".*": "*", "./": "/", ".^": "**"}
WRITTEN_SIGNS = {**TYPESET_SIGNS, "*": "×"}
"""In mathematics as it is typed without a keyboard for it, with ^T, a star is whatever product the shapes allow."""

DIALECTS = {
    row.name: row
    for row in (
        Language(
            "r",
            r"<-|%\*%|%o%|\b(?:col|row)(?:Sums|Means)\b|\b(?:nrow|ncol|crossprod|tcrossprod|sweep|dim)\(",
            {"%*%": "@", "%o%": "outer", "<-": "=", "<<-": "=", "^": "**"},
            word=r"[A-Za-z][A-Za-z0-9_.]*",
            adds="everything",
            first_axis=1,
        ),
        Language(
            "julia",
            r"@\.|\.[+\-](?![0-9])|\w'?\.\(|\bdims\s*=|\.[<>=]|\babs2\b|\beach(?:col|row)\b|\bin\s+1:",
            {
                **MATRIX_SIGNS,
                "@.": "@.",
                **{f".{sign}": sign for sign in ("+", "-", "=", "<", "<=", ">", ">=", "==")},
                "÷": "//",
            },
            adds="everything",
            first_axis=1,
        ),
        Language("tensorflow", r"\b(?:tf|keras)\.", adds="rows"),
        Language("jax", r"\b(?:jnp|jax)\.", adds="rows"),
        Language(
            "torch",
            r"\b(?:torch|F|nn)\.|\.(?:mm|matmul|t|mul|size|clamp|relu)\(|\b(?:dim|keepdim)\s*=|\.\w+_\(",
            adds="rows",
        ),
        Language("numpy", r"\b(?:np|numpy|math|scipy)\.|\.dot\(|\b(?:axis|keepdims)\s*=|\*\*", adds="rows"),
        Language("latex", r"\\[A-Za-z]|[\^_]\s*\{", TYPESET_SIGNS, comment="%", word=FORMULA_LETTERS),
        Language("written", r"\^\s*\(?\s*(?:T|TT|top)(?![A-Za-z0-9])", WRITTEN_SIGNS, word=WORD),
        Language(
            "matlab",
            rf"(?<![0-9])\.[*/^]|(?<![\\\w])[A-Za-z]\w*\{{\s*(?:[0-9]|l\b)|\.'|[\w)\]}}]'(?![\w'(\]])(?!\s*\()|\b(?:bsxfun|repmat|numel)\b|(?<![.\w])transpose\(|(?:^|[;\s])%|{BARE_AXIS}",
            MATRIX_SIGNS,
            comment="%",
            adds="first",
            first_axis=1,
        ),
        Language("unicode", r"[^\x00-\x7f]|[\w)\]]'", TYPESET_SIGNS, word=WORD),
        Language("plain", "", word=WORD),
    )
}
"""Every dialect by name, those first that are told by signs of their own."""

BETRAYED = {name: re.compile(row.betrayed, re.MULTILINE) for name, row in DIALECTS.items()}

QUOTED = re.compile(r"(?<![\w)\]}'.])'[^'\n]*'|\"[^\"\n]*\"|\[\s*'[^'\n]*'\s*\]")
"""A text in quotation marks, which betrays nothing."""


OPEN = frozenset({"plain", "unicode"})
"""The dialects of a text that has no sign of a language's own."""

LIST_OF_LAYERS = re.compile(r"(?<!\w)(?:[WwbzZaA]|[dD]elta|d[WwbzZaA])\([0-9]\)")
SUM_ALONE = re.compile(r"\b(?:sum|mean)\(")
"""A sum that says not along which axis: in code it is as its language has it, and none over the samples."""

SEMICOLON = re.compile(r";\s*(?:#.*)?$")


TYPESET = re.compile(
    r"\\(?:[a-z]*frac|[a-z]*partial|nabla|delta|Delta|odot|mathbf|sum|sigma|left|gets|cdot|boldsymbol)"
)
"""Commands that only LaTeX has, whatever else stands beside them."""

RAISED_LAYER = re.compile(r"(?<![.\w])[^\W\d_]\w*\s*\^\s*[(\[]\s*(?:[lL]|[0-9]{1,2})\s*(?:[+-]\s*1\s*)?[)\]]")
"""A layer raised in brackets, a^(2), which no code has."""


RING = re.compile(r"(?<=[\w)\]'ᵀ}])\s+o\s+(?=[\w(∂])")
"""A small o between two factors, as mails have it for the product entry by entry."""

SMALL_O = re.compile(r"(?<!\w)o(?![^\W_])")


def has_ring(text: str) -> bool:
    """Whether a small o stands between factors, and nowhere as a name, such as that of an output."""
    rings = RING.findall(text)
    return bool(rings) and len(rings) == len(SMALL_O.findall(text))


def dialect_of(text: str) -> Language:
    """The dialect that a text is written in."""
    bare = QUOTED.sub(" ", text)
    if TYPESET.search(bare):
        return DIALECTS["latex"]
    if RAISED_LAYER.search(bare) or has_ring(bare):
        return DIALECTS["written" if BETRAYED["written"].search(bare) else "unicode"]
    return next(DIALECTS[name] for name, pattern in BETRAYED.items() if pattern.search(bare))


def dialects_of(text: str) -> tuple[Language, ...]:
    """The dialects that a line may be written in: several where only a semicolon at its end says that it is code."""
    dialect = dialect_of(text)
    ended = SEMICOLON.search(text) or (LIST_OF_LAYERS.search(text) and "*" in text)
    in_code = dialect.name in OPEN and ended and not re.search(r"\[", text)
    if in_code and SUM_ALONE.search(text):
        return (DIALECTS["matlab"],)
    return (dialect, DIALECTS["matlab"]) if in_code else (dialect,)
