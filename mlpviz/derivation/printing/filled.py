"""A line with its numbers: the formula, then the same with a matrix for every array, then what it comes to.

What stands for an array is for whoever has the numbers to fill in: Python does so for documents, the browser for what a
reader copies while the numbers move.
"""

from __future__ import annotations

import re

from ...maths.expressions import Expression, Multiply, Symbol, Transpose, walk
from ...maths.symbols import SCALARS
from ..calculus import Assembled, Indicator, Partial
from ..indices import Entry, SumOver
from ..plain import is_constant, plain
from ..view import View
from .line_latex import LinePrinter

PLACE = re.compile("⟦(?P<key>[^⟧]*?)(?P<turned> ⊤)?⟧")
"""Where numbers belong: those of the array with a key, perhaps turned."""

IN_ENTRIES = (Assembled, Entry, SumOver, Partial, Indicator)


def place(symbol: Symbol | str, turned: bool = False) -> str:
    return f"⟦{symbol}{' ⊤' if turned else ''}⟧"


def filled_latex(target: Symbol, value: Expression, view: View, result: str) -> str:
    """A line as LaTeX with places for numbers: its formula, the same in numbers, and the place of its ``result``.

    What is about single entries has no numbers in its middle.
    """
    value, printer = plain(value, view), LinePrinter(view)
    parts = [printer.write(target), printer.write(value)]
    numbers = FilledPrinter(view).write(value)
    if not PLACE.fullmatch(numbers) and not any(isinstance(node, IN_ENTRIES) for node in walk(value)):
        parts.append(numbers)
    return " = ".join([*parts, result])


class FilledPrinter(LinePrinter):
    """Writes places instead of arrays and numbers; sums are of whole arrays."""

    def __init__(self, view: View) -> None:
        super().__init__(view, shapes=True)

    def atom(self, node: Expression) -> str | None:
        if isinstance(node, Symbol) and node.name in SCALARS:
            return place(node)
        return super().atom(node)

    def times(self, node: Multiply) -> str:
        return r" \cdot " if self.are_numbers(node) else super().times(node)

    def are_numbers(self, node: Multiply) -> bool:
        return self.view.size(node.left) == self.view.size(node.right) == (1, 1) and is_constant(node)

    def over_shape(self, text: str, node: Expression) -> str:
        match node:
            case Symbol():
                return place(node)
            case Transpose(Symbol() as symbol):
                return place(symbol, turned=True)
        return text

    def sized(self, text: str, _rows: int, _columns: int) -> str:
        return text
