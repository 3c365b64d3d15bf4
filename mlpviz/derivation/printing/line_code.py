"""Lines of derivations as NumPy or PyTorch: formulas in entries as ``einsum``, derived arrays as what makes them."""

from __future__ import annotations

import re

from ...maths import expressions as ex
from ...maths.expressions import Expression, Symbol, substitute
from ...maths.functions import transposed
from ..calculus import Assembled
from ..derived import Derived, is_turned
from ..notation import in_notation, pushed
from ..plain import plain
from ..view import View
from .code import CodePrinter
from .derived_code import CALLS, METHODS, PROGRAMS, SYMMETRIC, Program
from .entry_code import EntryArrays


def line_code(target: Symbol, value: Expression, view: View, dialect: str) -> str:
    """The line that computes a target by an expression, both as the view shows them."""
    return LineCoder(view, dialect).line(target, value)


TARGETS = {
    "gradient": "d{0}",
    "jacobian": "d{0}_d{1}",
    "flat gradient": "d{0}_flat",
    "path": "d{0}_d{1}",
    "one slope": "d{0}_dw",
    "one gradient": "dw",
    "parameters": "theta",
}
"""What a derived array is called where it is the target; others by their kind."""


class LineCoder(CodePrinter):
    """Writes the lines of derivations, too."""

    def __init__(self, view: View, dialect: str) -> None:
        super().__init__(view, dialect)
        self.calls = {**CALLS[dialect], **METHODS}

    def line(self, target: Symbol, value: Expression) -> str:
        shown = plain(value, self.view, opened=False)
        return f"{self.target(target)} = {self.write(pushed(substitute(shown, self.made)))}"

    def target(self, target: Symbol) -> str:
        if not isinstance(target, Derived):
            return self.symbol(target)
        names = [self.variable(each.name) for each in target.operands]
        name = TARGETS.get(target.name, re.sub(r"\W+", "_", target.name)).format(*names)
        new = "_new" if target.operands[0].name.startswith("new") else ""
        layer = f"[{self.view.layer_number(target)}]" if isinstance(target.layer, int) else ""
        return name + new + layer

    # Derived arrays

    def made(self, symbol: Symbol) -> Expression:
        """What makes a derived array, as it is shown; any other symbol as it is."""
        if not isinstance(symbol, Derived):
            return symbol
        tree = self.shown(symbol)
        return transposed(tree) if is_turned(symbol, self.view.notation) else tree

    def shown(self, stored: Expression) -> Expression:
        """A tree in stored arrays, derived ones among them, as a tree in shown arrays."""
        architecture = self.view.architecture

        def opened(symbol: Symbol) -> Expression:
            if not isinstance(symbol, Derived):
                return symbol
            return substitute(PROGRAMS[symbol.name](symbol, architecture), opened)

        tree = substitute(stored, opened)
        return plain(in_notation(tree, self.view.notation), self.view, opened=False)

    def bare(self, node: Expression) -> Expression:
        match node:
            case ex.Transpose(Program() as made) if made.call in SYMMETRIC:
                return made
            case Assembled():
                return self.bare(EntryArrays(self.view, self.made, node).array())
            case ex.Transpose(Assembled() as made):
                return ex.Transpose(EntryArrays(self.view, self.made, made).array())
        return super().bare(node)

    def atom(self, node: Expression) -> str | None:
        return self.called(node) if isinstance(node, Program) else super().atom(node)

    def called(self, node: Program) -> str:
        """The call that makes an array; a diagonal asks for no row or column, and einsum has its operands as shown."""
        given = list(node.arguments)
        if node.call not in ("diagonal", "einsum"):
            given = [self.shown(each) for each in given]
        numbers = dict(zip("abcd", node.numbers, strict=False))
        texts = [self.write(each) for each in given]
        spec = node.name if node.call == "einsum" else ""
        operands = [Argument(self, each) for each in given]
        return self.calls[node.call].format(*operands, list=", ".join(texts), spec=spec, **numbers)


class Argument:
    """An operand for a form, with the brackets that its place asks for."""

    def __init__(self, printer: LineCoder, node: Expression) -> None:
        self.printer, self.node = printer, node

    def __format__(self, way: str) -> str:
        return self.printer.base(self.node) if way == "base" else self.printer.write(self.node)
