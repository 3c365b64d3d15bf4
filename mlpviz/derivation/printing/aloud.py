"""Formulas as they are read aloud: arrays by what they are called in words, all else as in a sentence."""

from __future__ import annotations

import re

from ...maths import expressions as ex
from ...maths.digits import minuses
from ...maths.expressions import Expression, Symbol
from ...maths.messages import N_, Message
from ..view import View
from .latex import ODOT, LatexPrinter
from .prose import ProsePrinter, unmarked
from .text import spoken

TURNED = N_("{name} transposed")
ADDED = (N_("Σ rows"), N_("Σ columns"))
"""What is said of the entries of an array, or of its rows or columns, that are added up."""

PLACE = "\ue000{}\ue001"
"""Where a name stands while a formula is put together."""


def aloud(formula: Expression, view: View) -> Message:
    """A formula, which need not be right, in words: (δ layer 2 · W layer 2) ⊙ ReLU′(z layer 1)."""
    printer = AloudPrinter(view)
    written = re.sub(r"[{}]", r"\g<0>\g<0>", minuses(unmarked(printer.write(formula))))
    template = written.translate(dict(zip(map(ord, PLACE.format("")), ("{name", "}"), strict=True)))
    return Message(template, **{f"name{k}": name for k, name in enumerate(printer.names)})


class AloudPrinter(ProsePrinter):
    """Writes one formula, and keeps the names in it."""

    signs = {**ProsePrinter.signs, ex.MatMul: " · ", ex.Multiply: " · "}

    def __init__(self, view: View) -> None:
        super().__init__(view)
        self.latex = LatexPrinter(view)
        self.names: list[Message] = []

    def place(self, name: Message) -> str:
        self.names.append(name)
        return PLACE.format(len(self.names) - 1)

    def bare(self, node: Expression) -> Expression:
        return self.latex.bare(node)

    def atom(self, node: Expression) -> str | None:
        match node:
            case ex.Transpose(operand) if type(operand) is Symbol:
                return self.place(Message(TURNED, name=spoken(operand, self.view)))
            case ex.Sum(operand, axis) if not isinstance(node, ex.Max):
                return f"{self.place(Message(ADDED[axis]))} ({self.write(operand)})"
        return self.place(spoken(node, self.view)) if type(node) is Symbol else super().atom(node)

    def sign(self, node: ex.Binary) -> str:
        entrywise = isinstance(node, ex.Multiply) and self.latex.sign(node) == ODOT
        return " ⊙ " if entrywise else self.signs[type(node)]

    def apart(self, left: Expression, node: ex.Binary) -> bool:
        return self.latex.apart(left, node)
