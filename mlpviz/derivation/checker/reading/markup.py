"""Formulas as Typst, AsciiMath and Word's linear format have them, as the plain text that formulas are read in."""

from __future__ import annotations

import re

from .characters import Typed, joined, put

LAYER = r"(?:[lLi]|ℓ|[0-9]{1,2})(?:\s*[-+−–]\s*(?:[0-9]|l))?"
"""The number of a layer, as it stands in brackets above a letter."""

BRACKETED = r"\((?:[^()]|\([^()]*\))*\)"
FONTS = "bold|bb|bbb|upright|italic|cal|cc|sans|serif|mono|frak|vec|arrow|tilde|bar|op|text|limits"
ITEM = r"[^(),]*(?:\([^()]*\)[^(),]*)*"
SCRIPTS = r"(?:\s*[_^]\s*(?:\{[^{}]*\}|\([^()]*\)|[A-Za-z0-9]+))*"

MARKUP: dict[re.Pattern[str], str] = {
    re.compile(r"^\s*`+|`+\s*$"): "",
    re.compile("▒"): " ",
    re.compile(r"^\s*grad(?:ient)?\s+(?:of\s+\w+\s+)?(?:(?:w\.?r\.?t\.?|by|for)\s+)?(?=[WwbZzAa][_\d]*\s*=)"): "∂J/∂",
    re.compile(rf"\b(?:{FONTS})\(\s*\"?([\w']+)\"?\s*\)"): "\\1",
    re.compile(r"\bhat\(\s*y\s*\)|\bhat\s+y\b|\bhaty\b"): "ŷ",
    re.compile(r"\b(?:partial|dif)(?![A-Za-z])\s*|\bdel(?!ta)\s*(?=[A-Za-z](?![a-z]))"): "∂",
    re.compile(r"\bnabla(?![A-Za-z])|\bgrad(?=_[({])"): "∇",
    re.compile(r"\bdot\.(?:o|circle)\b|(?<=\s)o\.(?=\s)|(?<=\s)(?:compose|circ|odot)(?=\s)"): "⊙",
    re.compile(r"\btimes\.(?:o|circle)\b|(?<=\s)ox(?=\s)"): "⊗",
    re.compile(r"(?<=\s)(?:xx|times)(?=\s)"): "×",
    re.compile(r"(?<=\s)dot(?=\s)"): "·",
    re.compile(r"\^\s*\(?\s*(?:top|TT)\b\s*\)?"): "ᵀ",
    re.compile(r"\^\s*'"): "'",
    re.compile(rf"\^\(\s*\(\s*({LAYER})\s*\)\s*\(\s*([a-z])\s*\)\s*\)"): "^{(\\1)}^{(\\2)}",
    re.compile(rf"\^\(\s*\(\s*({LAYER})\s*\)\s*\)"): "^{(\\1)}",
    re.compile(rf"\^\(\s*(\[\s*{LAYER}\s*\])\s*\)"): "^{\\1}",
    re.compile(rf"\bfrac\(({ITEM}),({ITEM})\)"): "(\\1)/(\\2)",
    re.compile(rf"\(\s*∂\s*([JLCEℒ])\s*\)\s*/\s*\(\s*∂\s*([^\W\d_]{SCRIPTS})\s*\)"): "∂\\1/∂\\2",
    re.compile(rf"\(\s*d([JLCEℒ])\s*\)\s*/\s*\(\s*d([^\W\d_]{SCRIPTS})\s*\)"): "∂\\1/∂\\2",
    re.compile(rf"∂\s*([JLCEℒ])\s*/\s*\(\s*∂\s*([^\W\d_]{SCRIPTS})\s*\)"): "∂\\1/∂\\2",
    re.compile(r"([Σ∑∇∂]|\bsum)_\(([^()]*)\)"): "\\1_{\\2}",
}
"""Words and signs of other ways to type mathematics, and what stands for them."""

MATHEMATICA = {
    "Transpose": "transpose",
    "Dot": "dot",
    "Outer": "outer",
    "Tanh": "tanh",
    "Exp": "exp",
    "Log": "log",
    "Total": "sum",
    "LogisticSigmoid": "sigmoid",
    "Ramp": "relu",
    "DiagonalMatrix": "diag",
    "UnitStep": "heaviside",
    "Sech": "sech",
    "Max": "max",
}
"""Functions of Mathematica, whose arguments stand in square brackets."""

OPENED = re.compile(rf"\b(?:{'|'.join(MATHEMATICA)})\[")
DOT = re.compile(r"(?<=[A-Za-z0-9)\]])\s*\.\s*(?=[A-Za-z(])")


def from_mathematica(typed: Typed) -> Typed:
    """A formula of Mathematica's: f[x] as f(x), and a dot as the matrix product."""
    if not OPENED.search(typed.text):
        return typed
    pieces, place, waiting = [], 0, []
    while place < len(typed):
        match, character = OPENED.match(typed.text, place), typed.text[place]
        if match:
            pieces.append(put(f"{MATHEMATICA[match[0][:-1]]}(", typed.place(*match.span())))
            place = match.end()
            waiting.append(")")
            continue
        closing = character == "]" and waiting and waiting.pop()
        waiting += ["]"] if character == "[" else []
        pieces.append(put(closing, typed.spans[place]) if closing else typed.part(place, place + 1))
        place += 1
    return joined(pieces).replaced(DOT, lambda before, match: put(" @ ", before.place(*match.span())))
