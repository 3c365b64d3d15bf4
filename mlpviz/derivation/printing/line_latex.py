"""Lines of derivations as LaTeX: the printer of equations, with the vocabulary of ``calculus`` added."""

from __future__ import annotations

from ...maths import expressions as ex
from ...maths.expressions import Expression, Symbol
from ...maths.printer import Written
from ..calculus import Assembled, Indicator, Partial
from ..derived import Derived, derived_latex
from ..indices import Entry, entry
from ..plain import plain
from ..view import View
from .latex import ODOT, LatexPrinter, raised


def line_latex(
    target: Symbol, value: Expression, view: View, shapes: bool = False, called: Symbol | None = None
) -> str:
    """A line for a target, also called otherwise; with ``shapes`` the shape stands under every factor."""
    printer = LinePrinter(view, shapes)
    return " = ".join(printer.write(each) for each in (target, called, plain(value, view)) if each is not None)


def line_entry_latex(target: Symbol, value: Expression, view: View) -> str:
    """The Σ form of one entry of a line."""
    printer = LinePrinter(view)
    return f"{printer.write(entry(target, view))} = {printer.write(entry(plain(value, view), view))}"


class LinePrinter(LatexPrinter):
    def bare(self, node: Expression) -> Expression:
        match node:
            case ex.Multiply(left, ex.Multiply(middle, right)) if self.sign(node) == r"\,":
                return self.bare(ex.Multiply(ex.Multiply(left, middle), right))
            case ex.MatMul(left, ex.MatMul(middle, right)):
                return self.bare(ex.MatMul(ex.MatMul(left, middle), right))
        return super().bare(node)

    def written(self, node: Expression) -> Written:
        match node:
            case Entry(Assembled(body=body)):
                return self.bound(body)
        return super().written(node)

    def atom(self, node: Expression) -> str | None:
        match node:
            case Indicator(left, right):
                return rf"\mathbf{{1}}_{{{left}{right}}}"
            case Partial(of, by, _):
                return self.derivative(self.cost if of is None else self.write(of), self.write(by))
            case Entry(Derived() as symbol, row, column):
                return derived_latex(symbol, self, row, column)
            case Assembled(body=body, row=row, column=column):
                frame = "".join(filter(None, (row, column)))
                return self.shaped(rf"\left[{LinePrinter(self.view).write(body)}\right]_{{{frame}}}", node)
            case Derived():
                return self.shaped(derived_latex(node, self), node)
            case ex.Transpose(Derived() as symbol):
                return self.shaped(raised(derived_latex(symbol, self), r"\top"), node)
        return super().atom(node)

    def times(self, node: ex.Multiply) -> str:
        if isinstance(node.left, Assembled) or isinstance(node.right, Assembled):
            return ODOT if (1, 1) not in (self.view.shape(node.left), self.view.shape(node.right)) else r"\,"
        if any(isinstance(part, Indicator | Partial) for part in ex.walk(node)):
            return r"\,"
        return super().times(node)
