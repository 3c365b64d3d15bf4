r"""A formula as it is typed or copied, in LaTeX, in Unicode or from what a page shows, as the one text that is lexed.

What is copied from a rendered formula has lost its ups and downs: δ(2) for δ⁽²⁾, ∂J∂W(2) for ∂J/∂W⁽²⁾, a line for each
index. It is read where it can mean one thing only.
"""

from __future__ import annotations

import re

from .characters import EMPTY, PREDICTION, Typed, as_typed, joined, plain, put, unknown
from .dialects import RING, has_ring
from .latex_commands import unlatexed
from .markup import BRACKETED, LAYER, MARKUP, from_mathematica
from .several import apart, cut, merged, statements_apart
from .syntax import Span

IN_LATEX = re.compile(r"\\|\$|[\^_]\s*\{")
"""What tells LaTeX."""

TURN = r"(?:T(?![A-Za-z0-9_])|ᵀ|⊤)"
"""A transpose."""

SCRIPTED = r"(?:\s*[\^_]\{[^{}]*\})*"
PART = rf"∂\s*[^\W\d_][0-9]*{SCRIPTED}(?:\s*[(\[]{LAYER}[)\]])?"
"""One half of a derivative, ∂W⁽²⁾."""


def readable(text: Typed | str, formula: bool = True) -> Typed:
    """A text in plain characters; a ``formula``, rather than code, also without LaTeX and the traces of printing.

    Raises Unread for a LaTeX command that is not in the tables.
    """
    typed = as_typed(text) if isinstance(text, str) else text
    if not formula:
        return statements_apart(plain(typed))
    if EMPTY in typed.text:
        raise unknown(EMPTY)
    latex = IN_LATEX.search(typed.text)
    typed = plain(unbroken(typed))
    typed = unlatexed(typed) if latex else from_mathematica(typed)
    if latex or not typed.text.isascii():
        typed = typed.replaced(TWO_NAMES, lambda before, match: formed(before, match, "\\1 "))
    if not OF_TIME.search(typed.text):
        typed = typed.replaced(SMALL_TURN, lambda before, match: formed(before, match, "ᵀ"))
    if has_ring(typed.text):
        typed = typed.replaced(RING, lambda before, match: formed(before, match, " ⊙ "))
    for pattern, form in (FORMS if latex else MARKUP | FORMS).items():
        typed = typed.replaced(pattern, lambda before, match, form=form: formed(before, match, form))  # type: ignore
    return apart(typed.replaced(NAMED_OUTPUT, predicted))


LETTER = rf"[^\W\d_][0-9]*{SCRIPTED}"

CONDITION = r"(?:[^()<>\[\]{}]|\([^()]*\)|\{[^{}]*\})*[<>]"
LABEL = r"\s+\((?:BP|Eq|eq)\.?\s*\w*\)|\s+\([A-Z]{2,4}\.?\d*[a-z]?\)|\s{2,}\(\d{1,2}(?:\.\d+)?[a-z]?\)|\s+\(\*+\)"
"""What stands behind a formula to refer to it: (BP1), (3.2)."""

NUMBERING = r"(?:\((?:\d{1,2}[a-z]?|[ivx]{1,4})\)|\d{1,2}[.)]|[ivx]{1,4}\))"
"""What stands before a formula in a list: (1), 2., iv)."""

GRADIENT_BY = r"[WwbZzAa](?:[0-9]|\s*[_^]\{[^{}]*\}|\^[0-9])+"
"""An array with its layer, which stands below the letter of a gradient."""

OPERAND = rf"(?:[^\W\d_][0-9]*(?:[_^]\{{[^{{}}]*\}}|_[0-9])*|{BRACKETED})"
"""An array with its scripts, or a bracket."""

FORMS: dict[re.Pattern[str], str] = {
    re.compile(rf"(?<=[\w}})\]]){EMPTY}(?=\^\{{\s*[T⊤]\s*\}})"): "",
    re.compile(rf"(?:{EMPTY}\s*|(?<=[\s=(])|^)\^\{{\s*(?:t|T|⊤)\s*\}}\s*({OPERAND})"): "\\1ᵀ",
    re.compile(r"\^\s*(?:\{\s*(?:tr|Tr|TR|H|†|\*)\s*\}|†|\*(?=\s*[^\s*\d]))"): "ᵀ",
    re.compile(EMPTY): "",
    re.compile(
        rf"(?<![\w\\])[gGDJLCEℒ]_(?:\{{\s*({GRADIENT_BY})\s*\}}|([WwbZzAa][0-9]))(?:\s*[JLCEℒ](?!\w))?"
    ): "∂J/∂\\1\\2",
    re.compile(r"^\s*(?:[Ll]et|[Ww]ith|[Ww]here)\s+(?=\S+\s*=)"): "",
    re.compile(r"\s\(\s*([^\W\d][\w']*(?:[_^]\{[^{}]*\})*\s*:?=(?!=)[^=]*)\)\s*$"): " ⇒ \\1",
    re.compile(rf"(?:{LABEL})\s*[.,;]?\s*$"): "",
    re.compile(rf"^\s*{NUMBERING}\s+(?=[^\W\d][^=]*=)"): "",
    re.compile(r"\|\|"): "‖",
    re.compile(r"(?<!\w)d([A-Za-z]\w*)\s*/\s*d([A-Za-z]\w*)(?!\w|\s*\()"): "∂\\1/∂\\2",
    re.compile(r"\bgrad_(\w+)\s+([JLCEℒ])(?!\w)"): "∇_{\\1} \\2",
    re.compile(r"∂(?=\s*_)"): "∇",
    re.compile(r"(?<![\w.)\]}])1(?=\s*(?:ᵀ|\^\s*(?:T|\{\s*T\s*\})))"): "𝟏",
    re.compile(r"∇_\(([^()]*)\)"): "∇_{\\1}",
    re.compile(r"(∇_?(?:\{(?:[^{}]|\{[^{}]*\})*\}|\w+)\s*[JLCEℒ])\s*\([^()=]*\)"): "\\1",
    re.compile(r"\bsum over (?:the |all )?\w+ of\s+"): "Σ ",
    re.compile(rf"\bsum\s+({BRACKETED})\s*\^\s*(?:\{{\s*2\s*\}}|2)"): "sum((\\1)^{2})",
    re.compile(r"[,;]?\s+(?:where|with)\s+(?=\S+\s*=)"): " ⇒ ",
    re.compile(r"[,;]\s*⇒"): " ⇒",
    re.compile(r"⇒\s*$"): "",
    re.compile(rf"(?<![⊙*]\s)[ΣF]'(?:_\{{\w\}})?\s*({BRACKETED})(?!\s*[⊙*])"): "diag(f'\\1)",
    re.compile(r"\bsum_(?:\{([a-z])(?:=[^{}]*)?\}|([a-z])(?:=\d)?(?![A-Za-z]))(?:\^\w)?"): "Σ_{\\1\\2} ",
    re.compile(rf"(?<![\w.)\]}}])(?:I|1)(?=\s*(?:\[|\(|_\{{?){CONDITION})"): "𝟏",
    re.compile(r"\be\s*\^\s*(-?)\s*([^\W\d_]\w*)(?![({\w])"): "e^{\\1\\2}",
    re.compile(rf"\^\s*\{{\s*{TURN}\s*\}}|\^\s*{TURN}"): "ᵀ",
    re.compile(rf"\^\s*\{{([^{{}}]*?)\s*,?\s*{TURN}\s*\}}"): "^\\{1\\}ᵀ",
    re.compile(rf"\^\s*\{{\s*{TURN}\s*,?\s*([^{{}}]+?)\s*\}}"): "^\\{1\\}ᵀ",
    re.compile(rf"(?<![^\Wᵀ])([^\W\d_fghσφϕΣ])\(\s*({LAYER})\s*\)\s*{TURN}"): "\\1^{(\\2)}ᵀ",
    re.compile(rf"(?<![^\Wᵀ])([^\W\d_fghσφϕΣ])\(\s*({LAYER})\s*\)"): "\\1^{(\\2)}",
    re.compile(rf"\b([dD]elta|d[WwbzZaA])\(\s*({LAYER})\s*\)"): "\\1^{(\\2)}",
    re.compile(rf"(?<=\w)(\[\s*{LAYER}\s*\])\s*{TURN}"): "\\1ᵀ",
    re.compile(rf"(?<!/)(?<!/ )({PART})\s*({PART})(?!\s*[/0-9])"): "(\\1/\\2)",
    re.compile(r"‖([^‖]*)‖(?:_\{?[2F]\}?)?\s*\^\s*(?:\{\s*2\s*\}|2)"): "sum((\\1)^{2})",
    re.compile(rf"\b(log|ln|exp|tanh)\s+({LETTER})(?!\s*\()"): "\\1(\\2)",
    re.compile(rf"\b(log|ln|exp|tanh)\s+({LETTER}'?\([^()]*\))"): "\\1(\\2)",
    re.compile(r"(Σ\s*_\s*\{\s*[a-zA-Z])\s*∈[^{}]*(?:\{[^{}]*\}[^{}]*)*\}"): "\\1}",
    re.compile(r"\A((?:[^{}∈]|\{(?:[^{}]|\{[^{}]*\})*\})*?)\s*∈.*", re.DOTALL): "\\1",
    re.compile(r"^\s*[⇒∴∵]\s*"): "",
    re.compile(r"[.,;]\s*$"): "",
    re.compile(r"∂\s*([JLCEℒ])\s*\^\s*(?:\{[^{}]*\}|[a-zA-Z0-9])"): "∂\\1",
    re.compile(rf"\b(tanh|log|exp|sech|σ)\s*\^\s*\{{?\s*2\s*\}}?\s*({BRACKETED})"): "(\\1\\2)^{2}",
    re.compile(r"∂\s*([JLCEℒ])\s*\([^()=]*\)"): "∂\\1",
    re.compile(r"^(\s*[JLCEℒ])\s*\([^()=]*\)(?=\s*:?=)", re.MULTILINE): "\\1",
}
"""What has one meaning in a formula, and how it is written then: ^{(l)T} as ^{(l)}ᵀ, J(W, b) as J."""

SMALL_TURN = re.compile(r"(?<=[\w})\]])\^(?:\{\s*t\s*\}|t(?!\w))")
OF_TIME = re.compile(r"[_(]\{?\s*t\b")
"""A small t above an array, which is a transpose unless some t counts something."""

TWO_NAMES = re.compile(r"(?<![^\Wᵀ])([XAHWahwxyz])(?=[WwXxAaHhyzb](?![A-Za-z]))")
"""The first of two arrays side by side, as in XW, which in formulas is no name."""

NAMED_OUTPUT = re.compile(r"(?<![A-Za-z0-9_])([yY])_\{?\s*(hat|pred|true|label|target)(?![A-Za-z])\s*\}?")
"""The output and the label with a word below, y_{hat} and y_{true}."""


def formed(typed: Typed, match: re.Match[str], form: str) -> Typed:
    """A match in another form, where \\1 is its first group, at the place where it was typed."""
    whole = typed.place(match.start(), match.end())
    pieces = re.split(r"\\([12])", form.replace("\\{1\\}", "{\\1}"))
    return joined(part_of(typed, match, int(piece)) if k % 2 else put(piece, whole) for k, piece in enumerate(pieces))


def part_of(typed: Typed, match: re.Match[str], group: int) -> Typed:
    return typed.part(*match.span(group)) if match[group] is not None else typed.part(0, 0)


def predicted(typed: Typed, match: re.Match[str]) -> Typed:
    letter = PREDICTION[match[1]] if match[2] in ("hat", "pred") else match[1]
    return put(letter, typed.place(match.start(), match.end()))


INVISIBLE = "[ \t\u200b]*"
BROKEN = re.compile(
    rf"(?<=[^\W_]|[)\]\u200bΣ∑]){INVISIBLE}\n[\s\u200b]*"
    rf"(?:([(\[]\s*{LAYER}\s*[)\]])\s*,?\s*([T⊤]?)|([T⊤])|([i-n]{{1,2}})|([0-9]))(?={INVISIBLE}(?:\n|$))"
)
"""A line that is nothing but what stood above or below the letter before it."""


def unbroken(typed: Typed) -> Typed:
    """A formula whose indices were copied each as a line of its own, in one line."""
    together = typed.replaced(BROKEN, attached)
    return (
        together
        if together is typed
        else together.replaced(re.compile("\n"), lambda t, m: put(" ", t.spans[m.start()]))
    )


def attached(typed: Typed, match: re.Match[str]) -> Typed:
    whole = typed.place(match.start(), match.end())
    layer, turned, alone, index, digit = (typed.part(*match.span(k)) for k in range(1, 6))
    turn = put("ᵀ" if turned or alone else "", whole)
    if layer:
        return put("^{", whole) + layer + put("}", whole) + turn
    if index:
        return put("_{", whole) + index + put("}", whole)
    raised = typed.text[match.start() - 1] in ")]"
    return (put("^{" if raised else "_{", whole) + digit + put("}", whole) if digit else digit) + turn


def equations(text: str) -> list[tuple[str, Span]]:
    """The formulas of a text in mathematical notation, such as the lines of an align, each with its place.

    A line that begins with = goes on with the formula before it.
    """
    typed = readable(text)
    places = [typed.place(start, end) for start, end in merged(typed, list(cut(typed.text)))]
    return [(text[start:end], (start, end)) for start, end in places]
