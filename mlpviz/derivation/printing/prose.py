"""Symbols and short formulas inside sentences, as the notation calls them: text with x_{i} below and x^{(2)} above.

The marks are for whoever shows the sentence: the stepper sets them as sub- and superscripts.
"""

from __future__ import annotations

import re

from ...maths import expressions as ex
from ...maths.expressions import Expression, Symbol
from ...maths.printer import Printer, Written, product
from ..calculus import Indicator, Partial
from ..derived import Derived
from ..indices import Entry, Index, SumOver
from ..view import View
from .latex import LatexPrinter
from .line_text import entry_parts, line_label
from .text import Run, label

SCRIPTS = {"sup": "^", "sub": "_"}
MARK = re.compile(r"([_^])\{([^{}]*)\}")
"""What stands below or above in a sentence."""


def prose(node: Expression, view: View) -> str:
    """An expression in a sentence."""
    return ProsePrinter(view).write(node).replace("-", "−")


def unmarked(sentence: str) -> str:
    """A sentence in one line of plain text."""
    return MARK.sub(r"\2", sentence)


def marked(runs: list[Run], index: str = "") -> str:
    """Runs of text with their marks, and an index below."""
    parts = {kind: ", ".join(text for text, each in runs if each == kind) for kind in SCRIPTS}
    parts["sub"] = ", ".join(filter(None, (parts["sub"], index)))
    base = "".join(text for text, kind in runs if not kind)
    return base + "".join(f"{SCRIPTS[kind]}{{{text}}}" for kind, text in parts.items() if text)


class ProsePrinter(Printer):
    """Writes expressions in sentences."""

    signs = {**Printer.signs, ex.Multiply: " ", ex.MatMul: " ", ex.Divide: "/"}
    transposed = "{:base}ᵀ"
    flat_sums = True
    minus_of_sums = True

    def __init__(self, view: View) -> None:
        self.view = view

    def atom(self, node: Expression) -> str | None:
        match node:
            case Entry(Derived() as symbol, row, column):
                return self.derived(symbol, (row, column))
            case Entry(symbol, row, column):
                index = LatexPrinter(self.view).subscript(symbol, row, column)
                return marked(label(symbol, self.view, small=True), index)
            case Partial(of, by, _):
                above = self.view.notation.cost if of is None else self.write(of)
                return f"∂{above}/∂{self.write(by)}"
            case Indicator(left, right):
                return f"1_{{{left}{right}}}"
            case Symbol():
                return marked(line_label(node, self.view))
        return super().atom(node)

    def derived(self, symbol: Derived, indices: tuple[Index, Index]) -> str:
        """An entry of a derived array: one symbol, or ∂ over ∂."""
        parts = entry_parts(symbol, self.view)
        texts = [
            marked(runs, "".join(filter(None, (side if isinstance(side, str) else indices[side] for side in sides))))
            for runs, sides in parts
        ]
        return texts[0] if len(texts) == 1 else "/".join(f"∂{text}" for text in texts)

    def sign(self, node: ex.Binary) -> str:
        whole = not any(isinstance(part, Entry) for part in ex.walk(node))
        if isinstance(node, ex.Multiply) and whole and (1, 1) not in map(self.view.shape, (node.left, node.right)):
            return " ⊙ "
        return super().sign(node)

    def written(self, node: Expression) -> Written:
        match node:
            case SumOver(index, _, body):
                return product(f"Σ_{{{index}}} {self.term(body)}")
        return super().written(node)
