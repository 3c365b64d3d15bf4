"""Expressions and Σ forms as LaTeX, in a view's notation."""

from __future__ import annotations

import re

from ...maths import expressions as ex
from ...maths.equations import Equation
from ...maths.expressions import Symbol
from ...maths.functions import FUNCTIONS, definition
from ...maths.printer import Printer, Written, factor, product, whole
from ...maths.symbols import COMMANDS, SCALARS, Dimension, Role
from ..indices import Entry, Index, SumOver, entry
from ..plain import displayed, is_constant
from ..view import View
from .naming import NABLA, NEW, PARTIAL, D, function_name, name_of, slope_kind, subscript, swaps


def equation_latex(equation: Equation, view: View, shapes: bool = False) -> str:
    """An equation in a view's notation; with ``shapes`` the shape stands under every factor."""
    shown, printer = displayed(equation, view), LatexPrinter(view, shapes)
    if view.quantity(shown.target).role is Role.LOSS and not shapes:
        return entry_latex(equation, view)  # each sample has one of its own, so no matrix of ones is needed
    return f"{printer.write(shown.target)} = {printer.write(shown.value)}"


def entry_latex(equation: Equation, view: View) -> str:
    """The Σ form of one entry of an equation in a view's notation."""
    shown, printer = displayed(equation, view), LatexPrinter(view)
    return f"{printer.write(entry(shown.target, view))} = {printer.write(entry(shown.value, view))}"


class LatexPrinter(Printer):
    """Writes the expressions of one view; with ``shapes`` the shape stands under every factor."""

    signs = {**Printer.signs, ex.MatMul: r"\,"}
    forms = {
        ex.Divide: r"\frac{{{}}}{{{}}}",
        ex.Transpose: r"\left({}\right)^{{\top}}",
        ex.Max: r"\max\left({}\right)",
    }
    brackets = r"\left({}\right)"
    flat_sums = True
    minus_of_sums = True

    def __init__(self, view: View, shapes: bool = False) -> None:
        self.view, self.shapes = view, shapes

    # Parts

    def bare(self, node: ex.Expression) -> ex.Expression:
        """The node to write: a loss as its formula, a sum of one term as the term."""
        match node:
            case ex.Apply(name) if FUNCTIONS[name].transparent and (body := definition(node)) is not None:
                return self.bare(body)
            case ex.Apply("weighted", (weight, value)):
                return ex.Multiply(weight, value)
            case ex.Sum(operand, axis) if self.view.size(operand)[axis] == 1:
                return self.bare(operand)
        return node

    def atom(self, node: ex.Expression) -> str | None:
        match node:
            case Entry(symbol, row, column):
                return self.symbol(symbol, self.subscript(symbol, row, column), small=True)
            case ex.Transpose(Symbol() as symbol):
                turned = self.view.shape(symbol) != (1, 1)
                return self.shaped(raised(self.symbol(symbol), r"\top") if turned else self.symbol(symbol), node)
            case Symbol(name):
                return self.symbol(node) if name in SCALARS else self.shaped(self.symbol(node), node)
            case ex.Multiply(left, _) if self.is_square(node):
                return raised(self.base(left), r"\odot 2" if self.sign(node) == ODOT else "2")
        return None

    def number(self, value: float) -> str:
        digits, _, exponent = f"{value:.6g}".partition("e")
        return rf"{digits} \cdot 10^{{{int(exponent)}}}" if exponent else digits.replace("inf", r"\infty")

    def function(self, node: ex.Apply) -> str:
        """A function in its own form, or as its name with its first argument."""
        function = FUNCTIONS[node.name]
        if function.form:
            return self.filled(function.form, node)
        name = function_name(node.name, self.view, node.arguments[0])
        return rf"{name.latex}\left({self.write(node.arguments[0])}\right)"

    def written(self, node: ex.Expression) -> Written:
        match node:
            case ex.Number(value) if value >= 0 and r"\cdot" in self.number(value):
                return product(self.number(value))
            case SumOver(index, dimension, body):
                return product(f"{self.sigma(index, dimension)} {self.term(body)}")
            case ex.Sum(ex.Sum(ex.Multiply(left, right))) if left == right and not self.shapes:
                return whole(rf"\left\|{self.write(left)}\right\|^{{2}}")
            case ex.Sum(operand, axis) if not isinstance(node, ex.Max):
                form = self.summed(node)
                return product(self.product_with_ones(operand, axis)) if form is None else self.bound(form)
            case Symbol() if self.is_nabla(node):
                return factor(self.symbol(node))
        return super().written(node)

    # Products

    def sign(self, node: ex.Binary) -> str:
        return self.times(node) if isinstance(node, ex.Multiply) else super().sign(node)

    def times(self, node: ex.Multiply) -> str:
        """⊙ between two arrays, a thin space otherwise, a dot before a number."""
        if isinstance(node.right, ex.Number):
            return r" \cdot "
        if any(isinstance(each, Entry | SumOver) for each in ex.walk(node)):
            return r"\,"
        return r"\," if (1, 1) in (self.view.size(node.left), self.view.size(node.right)) else ODOT

    def apart(self, left: ex.Expression, node: ex.Binary) -> bool:
        """Brackets keep ⊙ and the matrix product apart, and what stands behind a Σ from what does not."""
        left = self.bare(left)
        if self.is_sum(left) or self.is_nabla(left):
            return True
        if isinstance(node, ex.MatMul):
            return self.is_hadamard(left)
        return isinstance(left, ex.MatMul | ex.Sum) and self.is_hadamard(node)

    def is_nabla(self, node: ex.Expression) -> bool:
        """Whether a part is written as ∇ of the cost, which must not seem to reach what follows it."""
        return type(node) is Symbol and not self.shapes and name_of(node, self.view).slope == NABLA

    def is_hadamard(self, node: ex.Expression) -> bool:
        return isinstance(node, ex.Multiply) and not self.is_square(node) and self.sign(node) == ODOT

    def is_sum(self, node: ex.Expression) -> bool:
        """Whether a Σ would apply to what stands behind the node."""
        if isinstance(node, ex.Multiply) and is_constant(node.left):
            return self.is_sum(self.bare(node.right))
        return isinstance(node, SumOver) or (isinstance(node, ex.Sum) and isinstance(self.summed(node), SumOver))

    def summed(self, node: ex.Sum) -> ex.Expression | None:
        """The Σ form of a sum that comes to one number; shapes stand under a product with ones instead."""
        return None if self.shapes or self.view.shape(node) != (1, 1) else entry(node, self.view)

    def second(self, node: ex.Binary) -> str:
        """Behind a number a product, or a Σ, needs no brackets."""
        if isinstance(node, ex.Multiply) and is_constant(node.left) and not isinstance(node.right, ex.Number):
            return self.term(node.right)
        return super().second(node)

    def is_square(self, node: ex.Multiply) -> bool:
        return node.left == node.right

    def product_with_ones(self, operand: ex.Expression, axis: int) -> str:
        """A sum along an axis as a product with a vector of ones."""
        count = self.view.size(operand)[axis]
        ones = r"\mathbf{1}^{\top}" if axis == 0 else r"\mathbf{1}"
        if self.shapes:
            ones = self.sized(ones, *((1, count) if axis == 0 else (count, 1)))
        text = self.base(operand) if self.is_hadamard(self.bare(operand)) else self.term(operand)
        return r"\,".join((ones, text) if axis == 0 else (text, ones))

    def sigma(self, index: str, dimension: Dimension) -> str:
        first = self.view.notation.first_index
        last = self.symbol(dimension) if isinstance(dimension, Symbol) else str(dimension)
        return rf"\sum_{{{index}={first}}}^{{{last if first else last + '-1'}}}"

    # Symbols

    def shaped(self, text: str, node: ex.Expression) -> str:
        return self.over_shape(text, node) if self.shapes else text

    def over_shape(self, text: str, node: ex.Expression) -> str:
        return self.sized(text, *self.view.size(node))

    def sized(self, text: str, rows: int, columns: int) -> str:
        return under(text, rows, columns)

    def symbol(self, symbol: Symbol, index: str = "", small: bool = False) -> str:
        name = name_of(symbol, self.view, small)
        letter, of = (COMMANDS.get(each, each) for each in (name.letter, name.above))
        below = ", ".join(filter(None, (name.of, rf"\text{{{NEW}}}" if name.below == NEW else name.below, index)))
        text = letter + (f"^{{{name.layer}}}" if name.layer else "") + (f"_{{{below}}}" if below else "")
        return SLOPES[name.slope].format(of=of, by=text)

    @property
    def cost(self) -> str:
        return COMMANDS.get(self.view.notation.cost, self.view.notation.cost)

    def gradient(self, of: str, by: str, small: bool = False) -> str:
        """The cost's slope by a whole array, or by an entry if ``small``, both as they are written."""
        return SLOPES[slope_kind(self.view.notation, small)].format(of=of, by=by)

    def derivative(self, of: str, by: str) -> str:
        """∂ over ∂ of what is written."""
        return SLOPES[PARTIAL].format(of=of, by=by)

    def entry(self, symbol: Symbol, row: int, column: int) -> str:
        """An entry of an array, its row and column counted as the notation does."""
        return self.symbol(symbol, subscript(symbol, self.view, row, column), small=True)

    def subscript(self, symbol: Symbol, row: Index, column: Index) -> str:
        """The indices of an entry; those of ∂J/∂W are W's own, so numerator layout swaps them."""
        return "".join(filter(None, (column, row) if swaps(symbol, self.view) else (row, column)))


def under(text: str, rows: int, columns: int) -> str:
    """A factor with its rows and columns below."""
    return rf"\underbrace{{{text}}}_{{{rows}\times {columns}}}"


SLOPES = {"": "{by}", PARTIAL: r"\frac{{\partial {of}}}{{\partial {by}}}", NABLA: r"\nabla_{{{by}}} {of}", D: "d{by}"}
"""How a slope is written; without one, the array itself."""

ODOT = r" \odot "

NAMED = re.compile(
    r"(?P<letter>\\?[A-Za-z]+|[\d.]+|\\hat\{[Yy]\})(\^\{(?P<layer>[(\[][\dlL+-]+[)\]])\})?(?P<label>_\{\\text\{\w+\}\})?"
)
"""A symbol, perhaps with its layer and a word below, that takes one more superscript."""


def raised(text: str, exponent: str) -> str:
    if found := NAMED.fullmatch(text):
        return f"{found['letter']}^{{{found['layer'] or ''}{exponent}}}{found['label'] or ''}"
    return f"{text}^{{{exponent}}}" if text.endswith(r"\right)") else rf"\left({text}\right)^{{{exponent}}}"
