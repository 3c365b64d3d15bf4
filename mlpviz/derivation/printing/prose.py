"""Symbols and short formulas inside sentences, as the notation calls them: text with x_{i} below and x^{(2)} above.

The marks are for whoever shows the sentence: the stepper sets them as sub- and superscripts.
"""

from __future__ import annotations

import re
from typing import Any

from ...maths import expressions as ex
from ...maths.digits import minuses
from ...maths.expressions import Expression, Symbol
from ...maths.messages import Message
from ...maths.printer import Printer, Written, product
from ..calculus import Indicator, Partial
from ..derived import FLAT, Derived, Named
from ..indices import Entry, Index, SumOver
from ..view import View
from .latex import LatexPrinter
from .line_text import line_label, small
from .naming import function_name
from .text import Run, label

SCRIPTS = {"sup": "^", "sub": "_"}
MARK = re.compile(r"([_^])\{([^{}]*)\}")
"""What stands below or above in a sentence."""

FORMULA = "\N{FIRST STRONG ISOLATE}{}\N{POP DIRECTIONAL ISOLATE}"
"""A formula in a sentence: as Unicode sets off what is put into a text."""

ISOLATES = dict.fromkeys(map(ord, FORMULA.format("")))


def prose(node: Expression, view: View) -> str:
    """An expression in a sentence."""
    return minuses(ProsePrinter(view).write(node))


def letter(symbol: Symbol, view: View) -> str:
    """The letter of one entry of an array, without layer and index."""
    return "".join(text for text, kind in label(symbol, view, small=True) if not kind)


def say(template: str, view: View, /, **details: Any) -> Message:
    """A sentence: its details are formulas, and expressions among them are written as the notation writes them."""
    return Message(template, **{name: detail(each, view) for name, each in details.items()})


def detail(value: Any, view: View) -> Any:
    """What stands in a place of a sentence: a formula, or a message or a count as it is."""
    if isinstance(value, Expression):
        return FORMULA.format(prose(value, view))
    return FORMULA.format(value) if isinstance(value, str) and not isinstance(value, Message) else value


def unmarked(sentence: str) -> str:
    """A sentence in one line of plain text."""
    return MARK.sub(r"\2", sentence).translate(ISOLATES)


def marked(runs: list[Run], index: str = "") -> str:
    """Runs of text with their marks, and an index below."""
    *before, (text, kind) = runs
    last = [(f"{text}, {index}", kind)] if kind == "sub" else [(text, kind), (index, "sub")]
    every = [*before, *last] if index else runs
    return "".join(f"{SCRIPTS[kind]}{{{text}}}" if kind else text for text, kind in every)


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
                return self.named(symbol, (row, column))
            case Derived() if node.kind.latex is None or node.index is not None:
                return self.named(node, (None, None))
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

    def function(self, node: ex.Apply) -> str:
        argument = node.arguments[0]
        return f"{function_name(node.name, self.view, argument).text}({self.write(argument)})"

    def named(self, symbol: Derived, indices: tuple[Index, Index]) -> str:
        """A derived array, or an entry of it, as its entry is called: one symbol, or ∂ over ∂."""
        names = [
            self.numbered(name, indices, symbol.index is not None) for name in symbol.kind.entry(symbol, self.view)
        ]
        return names[0] if len(names) == 1 else "/".join(f"∂{name}" for name in names)

    def numbered(self, name: Named, indices: tuple[Index, Index], sliced: bool) -> str:
        """A symbol in the name of an entry, with its index; of a slice, all along a side without one."""
        given = [side if isinstance(side, str) else indices[side] or (":" if sliced else None) for side in name.sides]
        index = ("," if sliced else "").join(filter(None, given))
        flat = f"{FLAT} " if name.flat and name.symbol.name == "W" else ""
        return flat + marked(self.runs(name.symbol, bool(index)), index)

    def runs(self, symbol: Symbol, one: bool) -> list[Run]:
        """The name of a symbol, or of one entry of it."""
        return small(symbol, self.view) if one or isinstance(symbol, Derived) else label(symbol, self.view)

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
