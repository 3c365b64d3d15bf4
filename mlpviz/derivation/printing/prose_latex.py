"""Sentences for documents: their formulas as LaTeX between dollar signs, and everything else escaped."""

from __future__ import annotations

import re
from collections.abc import Callable

from ...maths.digits import LOWERED, RAISED
from ...maths.symbols import COMMANDS
from .naming import GENERIC
from .prose import FORMULA

Escape = Callable[[str], str]
"""How a text without formulas is written."""

ISOLATED = re.compile(FORMULA.format("([^\N{POP DIRECTIONAL ISOLATE}]*)"))
MARKED = re.compile(r"((?:[^\s()\[\],.;:“”]*[_^]\{[^{}]*\})+)")
"""A symbol with something below or above it that stands in a sentence by itself."""

BEYOND = re.compile(r"([^\x00-\xff‘’“”–—…\u3000-\u9fff\uff00-\uffef]+)")
"""Signs that a font for text may lack."""

SCRIPTS = str.maketrans(
    {chr(moved): f"^{{{chr(plain)}}}" for plain, moved in RAISED.items()}
    | {chr(moved): f"_{{{chr(plain)}}}" for plain, moved in LOWERED.items()}
    | {"ᵢ": "_{i}", "ⱼ": "_{j}", "ₖ": "_{k}", "ₙ": "_{n}", "ᵀ": "^{⊤}", "ⁿ": "^{n}"}
)
"""Signs that stand above or below by themselves, as marks."""

ADJACENT = re.compile(r"([_^])\{([^{}]*)\}((?!\1)[_^]\{[^{}]*\})?\1\{([^{}]*)\}")
"""Two marks of one kind, perhaps with one of the other between: TeX wants them as one."""

TOKEN = re.compile(r"[_^]\{[^{}]*\}|[A-Za-z]{2,}|.", re.DOTALL)

LETTERS = {
    **{letter: command for letter, command in COMMANDS.items() if len(letter) == 1},
    **{letter: command for command, letter in GENERIC.values() if command.startswith("\\")},
    "∂": r"\partial",
    "∇": r"\nabla",
    "Σ": r"\sum",
    "⊙": r"\odot",
    "⊗": r"\otimes",
    "⊤": r"\top",
    "·": r"\cdot",
    "×": r"\times",
    "→": r"\rightarrow",
    "←": r"\leftarrow",
    "≥": r"\ge",
    "≤": r"\le",
    "≠": r"\ne",
    "∞": r"\infty",
    "½": r"\tfrac{1}{2}",
    "…": r"\ldots",
    "⋯": r"\cdots",
    "Φ": r"\Phi",
    "θ": r"\theta",
    "∈": r"\in",
    "∘": r"\circ",
    "ℝ": r"\mathbb{R}",
    "√": r"\surd",
    "𝓑": r"\mathcal{B}",
    "𝟏": r"\mathbf{1}",
    "\\": r"\backslash",
    **{sign: f"\\{sign}" for sign in "%&#$"},
    "−": "-",
    "′": "'",
}
"""Signs in formulas of sentences, as LaTeX."""


def with_formulas(sentence: str, escape: Escape) -> str:
    """A sentence whose formulas stand between dollar signs."""
    parts = ISOLATED.split(sentence)
    return "".join(f"${math_of(part)}$" if at % 2 else around(part, escape) for at, part in enumerate(parts))


def around(text: str, escape: Escape) -> str:
    """What is set off as no formula: words, and now and then a symbol or a sign."""
    for pattern in (MARKED, BEYOND):
        if len(parts := pattern.split(text)) > 1:
            return "".join(f"${math_of(part)}$" if at % 2 else around(part, escape) for at, part in enumerate(parts))
    return escape(text)


def math_of(text: str) -> str:
    """A formula of a sentence as LaTeX."""
    text = text.translate(SCRIPTS).replace("}′", "}^{′}")
    while (merged := ADJACENT.sub(r"\1{\2\4}\3", text)) != text:
        text = merged
    return "".join(map(token_latex, TOKEN.findall(text))).strip()


def token_latex(token: str) -> str:
    if token[:2] in ("_{", "^{"):
        inside = "".join(map(token_latex, token[2:-1])).replace("'", r"\prime ").strip()
        return f"{token[0]}{{{inside}}}"
    if len(token) > 1:
        return rf"\mathrm{{{token}}}"
    letter = LETTERS.get(token, token)
    return f"{letter} " if letter[-1:].isalpha() and len(letter) > 1 else letter
