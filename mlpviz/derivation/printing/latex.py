"""Expressions and Σ forms as LaTeX, in a view's notation."""

from __future__ import annotations

import re

from ...maths.equations import Equation
from ...maths.expressions import (
    Add,
    Apply,
    Divide,
    Expression,
    MatMul,
    Max,
    Multiply,
    Negate,
    Number,
    Subtract,
    Sum,
    Symbol,
    Transpose,
    walk,
)
from ...maths.functions import FUNCTIONS, definition
from ...maths.symbols import COMMANDS, SCALARS, Dimension, Role
from ..indices import Entry, Index, SumOver, entry
from ..notation import written
from ..view import View

SUM, PRODUCT, FACTOR = range(3)
"""How tightly a written expression binds."""

BRACKETS = {"round": ("(", ")"), "square": ("[", "]")}
"""What stands around a layer's number."""


def equation_latex(equation: Equation, view: View, shapes: bool = False) -> str:
    """An equation in a view's notation, with the shape under every factor if asked."""
    shown = written(equation, view.notation)
    writer = Writer(view, shapes)
    return f"{writer.write(shown.target)} = {writer.write(shown.value)}"


def entry_latex(equation: Equation, view: View) -> str:
    """The Σ form of one entry of an equation in a view's notation."""
    shown = written(equation, view.notation)
    writer = Writer(view)
    return f"{writer.write(entry(shown.target, view))} = {writer.write(entry(shown.value, view))}"


class Writer:
    """Writes the expressions of one view; with ``shapes`` the shape stands under every factor."""

    def __init__(self, view: View, shapes: bool = False) -> None:
        self.view, self.shapes = view, shapes

    def write(self, node: Expression, least: int = SUM) -> str:
        """The expression as LaTeX, in brackets if it binds less tightly than ``least``."""
        text, binding = self.bound(node)
        return text if binding >= least else rf"\left({text}\right)"

    def bound(self, node: Expression) -> tuple[str, int]:
        """The expression as LaTeX, with how tightly it binds."""
        write, node = self.write, self.bare(node)
        match node:
            case Symbol() | Transpose(Symbol()) | Entry():
                return self.factor(node), FACTOR
            case Number(value):
                return number(value)
            case Negate(operand):
                return "-" + write(operand, PRODUCT), SUM
            case Add(left, right):
                return f"{write(left)} + {write(right)}", SUM
            case Subtract(left, right):
                return f"{write(left)} - {write(right, PRODUCT)}", SUM
            case Multiply(left, right) if left == right:
                return raised(write(left, FACTOR), r"\odot 2" if "odot" in self.times(node) else "2"), FACTOR
            case Multiply(left, right):
                return f"{write(left, self.least(left, node))}{self.times(node)}{write(right, FACTOR)}", PRODUCT
            case MatMul(left, right):
                return rf"{write(left, self.least(left, node))}\,{write(right, FACTOR)}", PRODUCT
            case Divide(left, right):
                return rf"\frac{{{write(left)}}}{{{write(right)}}}", FACTOR
            case SumOver(index, dimension, body):
                return rf"{self.sigma(index, dimension)} {write(body, PRODUCT)}", PRODUCT
            case Max(operand, _):
                return rf"\max\left({write(operand)}\right)", FACTOR
            case Sum(operand, axis):
                return self.product_with_ones(operand, axis)
            case Apply():
                return self.function(node)
        raise TypeError(f"{type(node).__name__} cannot be written")

    def factor(self, node: Expression) -> str:
        """A symbol, transposed or not, or an entry; a symbol with its shape below if shapes are asked for."""
        match node:
            case Entry(symbol, row, column):
                return self.symbol(symbol, self.subscript(symbol, row, column), small=True)
            case Transpose(Symbol() as symbol):
                turned = self.view.shape(symbol) != (1, 1)
                text = raised(self.symbol(symbol), r"\top") if turned else self.symbol(symbol)
            case Symbol():
                text = self.symbol(node)
        return self.over_shape(text, node) if self.shapes and not self.is_scalar(node) else text

    def over_shape(self, text: str, node: Expression) -> str:
        """A factor with its shape below."""
        rows, columns = self.view.size(node)
        return rf"\underbrace{{{text}}}_{{{rows}\times {columns}}}"

    def symbol(self, symbol: Symbol, index: str = "", small: bool = False) -> str:
        """A symbol with its layer and, if it is one entry, its indices."""
        quantity, layer, cost = self.view.quantity(symbol), symbol.layer, self.view.notation.cost
        small = small or self.view.single
        match quantity.role:
            case Role.COST:
                return cost + (f"_{{{index}}}" if index else "")
            case Role.CHANGE:
                return rf"\Delta {cost}"
            case Role.GRADIENT:
                return rf"\frac{{\partial {cost}}}{{\partial {self.symbol(Symbol(quantity.of, layer), index, small)}}}"
            case Role.UPDATED:
                below = r"\text{new}" + (", " + index if index else "")
                return self.symbol(Symbol(quantity.of, layer), below, small)
        if symbol.name == "n":
            return f"n_{{{self.layer_number(symbol)}}}"
        return self.letter(symbol, small) + (f"_{{{index}}}" if index else "")

    def letter(self, symbol: Symbol, small: bool) -> str:
        """A symbol's letter and layer: x for the input, ŷ for the prediction where the notation has it."""
        quantity = self.view.quantity(symbol)
        assert quantity.letters is not None, f"{symbol} has no letter"
        text = quantity.letters[small]
        left, right = BRACKETS[self.view.notation.brackets]
        raised = quantity.layered and symbol.layer is not None
        return COMMANDS.get(text, text) + (f"^{{{left}{self.layer_number(symbol)}{right}}}" if raised else "")

    def layer_number(self, symbol: Symbol) -> int:
        """A symbol's layer as the notation counts it."""
        assert isinstance(symbol.layer, int), f"{symbol} has no absolute layer"
        return symbol.layer + self.view.notation.first_layer

    def subscript(self, symbol: Symbol, row: Index, column: Index) -> str:
        """The indices of an entry; those of ∂J/∂W are W's own, so numerator layout swaps them."""
        swapped = self.view.quantity(symbol).role is Role.GRADIENT and self.view.notation.layout == "numerator"
        return "".join(filter(None, (column, row) if swapped else (row, column)))

    def times(self, node: Multiply) -> str:
        """⊙ between two arrays, a thin space otherwise, a dot before a number."""
        if isinstance(node.right, Number):
            return r" \cdot "
        if any(isinstance(each, Entry | SumOver) for each in walk(node)):
            return r"\,"
        return r"\," if (1, 1) in (self.view.shape(node.left), self.view.shape(node.right)) else r" \odot "

    def least(self, left: Expression, node: Expression) -> int:
        """How tightly a product's first factor must bind: brackets keep ⊙ and the matrix product apart."""
        left = self.bare(left)
        if isinstance(left, SumOver):
            return FACTOR
        if isinstance(node, MatMul):
            return FACTOR if self.is_hadamard(left) else PRODUCT
        return FACTOR if isinstance(left, MatMul | Sum) and self.is_hadamard(node) else PRODUCT

    def is_hadamard(self, node: Expression) -> bool:
        """Whether a node is written with ⊙."""
        node = self.bare(node)
        return isinstance(node, Multiply) and node.left != node.right and "odot" in self.times(node)

    def sigma(self, index: str, dimension: Dimension) -> str:
        """The sign of a sum, its bounds counted as the notation counts."""
        first = self.view.notation.first_index
        last = self.symbol(dimension) if isinstance(dimension, Symbol) else str(dimension)
        return rf"\sum_{{{index}={first}}}^{{{last if first else last + '-1'}}}"

    def product_with_ones(self, operand: Expression, axis: int) -> tuple[str, int]:
        """A sum along an axis as a product with a vector of ones."""
        count = self.view.size(operand)[axis]
        ones = r"\mathbf{1}^{\top}" if axis == 0 else r"\mathbf{1}"
        if self.shapes:
            rows, columns = (1, count) if axis == 0 else (count, 1)
            ones = rf"\underbrace{{{ones}}}_{{{rows}\times {columns}}}"
        least = FACTOR if self.is_hadamard(operand) else PRODUCT
        pair = (ones, self.write(operand, least)) if axis == 0 else (self.write(operand, least), ones)
        return r"\,".join(pair), PRODUCT

    def function(self, node: Apply) -> tuple[str, int]:
        """A function of its first argument, or the way a primitive is usually written."""
        arguments = [self.write(argument) for argument in node.arguments]
        if node.name in FORMS:
            return FORMS[node.name].format(*arguments), FACTOR
        return rf"{FUNCTIONS[node.name].latex}\left({arguments[0]}\right)", FACTOR

    def bare(self, node: Expression) -> Expression:
        """The node that is written in a node's place: a loss as its formula, a sum of one term as the term."""
        match node:
            case Apply(name) if FUNCTIONS[name].transparent and (body := definition(node)) is not None:
                return self.bare(body)
            case Apply("weighted", (weight, value)):
                return Multiply(weight, value)
            case Sum(operand, axis) if self.view.shape(operand)[axis] == 1:
                return self.bare(operand)
        return node

    def is_scalar(self, node: Expression) -> bool:
        """Whether a leaf is a single number."""
        return isinstance(node, Symbol) and node.name in SCALARS


def number(value: float) -> tuple[str, int]:
    """A number in six digits at most, with how tightly it binds."""
    digits, _, exponent = f"{value:.6g}".partition("e")
    text = rf"{digits} \cdot 10^{{{int(exponent)}}}" if exponent else digits.replace("inf", r"\infty")
    return text, SUM if value < 0 else PRODUCT if exponent else FACTOR


FORMS = {
    "exp": "e^{{{0}}}",
    "abs": r"\left|{0}\right|",
    "sqrt": r"\sqrt{{{0}}}",
    "greater": r"\mathbf{{1}}\left[{0} > {1}\right]",
    "maximum": r"\max\left({0},\, {1}\right)",
    "minimum": r"\min\left({0},\, {1}\right)",
}
"""How primitives with a sign of their own are written."""


NAMED = re.compile(
    r"(?P<letter>\\?[A-Za-z]+|[\d.]+|\\hat\{[Yy]\})(\^\{(?P<layer>[(\[]\d+[)\]])\})?(?P<label>_\{\\text\{\w+\}\})?"
)
"""A symbol, perhaps with its layer and a word below, that takes one more superscript."""


def raised(text: str, exponent: str) -> str:
    """A symbol with one more superscript."""
    if found := NAMED.fullmatch(text):
        return f"{found['letter']}^{{{found['layer'] or ''}{exponent}}}{found['label'] or ''}"
    return f"{text}^{{{exponent}}}" if text.endswith(r"\right)") else rf"\left({text}\right)^{{{exponent}}}"
