"""An equation as the line of NumPy or PyTorch that computes it, in a view's notation."""

from __future__ import annotations

from ...maths import expressions as ex
from ...maths.equations import Equation
from ...maths.functions import FUNCTIONS, definition
from ...maths.printer import Printer
from ...maths.symbols import Role
from ..plain import displayed
from ..view import View

PLAIN = {"ℒ": "L"}
"""Letters that no variable has."""

DIALECTS: dict[str, dict[type[ex.Expression] | str, str]] = {
    "numpy": {
        "mask": "({0:base} > {1:base})",
        ex.Sum: "{:base}.sum(axis={axis}, keepdims=True)",
        ex.Max: "{:base}.max(axis={axis}, keepdims=True)",
    },
    "torch": {
        "mask": "({0:base} > {1:base})",
        ex.Sum: "{:base}.sum(dim={axis}, keepdim=True)",
        ex.Max: "{:base}.amax(dim={axis}, keepdim=True)",
    },
}
"""The signs and forms of each dialect; functions have their own."""


def code(equation: Equation, view: View, dialect: str) -> str:
    """The line that computes it: lists count layers as the notation does, arrays are as the view shows them."""
    shown = displayed(equation, view, opened=False)
    return CodePrinter(view, dialect).assignment(shown.target, shown.value)


def is_mask(node: ex.Expression) -> bool:
    return isinstance(node, ex.Apply) and node.name == "mask"


class CodePrinter(Printer):
    """Writes the expressions of a view; a function that the dialect lacks is written as its kernel or formula."""

    squared = "{:base}**2"
    flat_sums = True

    def __init__(self, view: View, dialect: str) -> None:
        functions = ((name, getattr(each, dialect)) for name, each in FUNCTIONS.items())
        self.view, self.forms = view, DIALECTS[dialect] | {name: form for name, form in functions if form}

    def assignment(self, target: ex.Symbol, value: ex.Expression) -> str:
        return f"{self.symbol(target)} = {self.write(value)}"

    def bare(self, node: ex.Expression) -> ex.Expression:
        match node:
            case ex.Apply(name) if name in self.forms:
                return node
            case ex.Apply("weighted", (weight, value)):
                return ex.Multiply(weight, value)
            case ex.Apply():
                body = definition(node, kernel=True)
                assert body is not None, f"{node.name} has no formula"
                return self.bare(body)
            case ex.Multiply(ex.Divide(ex.Number(1), under), right):
                return ex.Divide(right, under)
            case ex.Multiply(left, right) if left != right:
                other = self.as_factor(right)
                return ex.Multiply(left if is_mask(other) else self.as_factor(left), other)
        return node

    def as_factor(self, node: ex.Expression) -> ex.Expression:
        """A comparison as a mask: True counts as 1 in a product, so nothing has to be converted."""
        match self.bare(node):
            case ex.Apply("greater", arguments):
                return ex.Apply("mask", arguments)
        return node

    def atom(self, node: ex.Expression) -> str | None:
        match node:
            case ex.Symbol():
                return self.symbol(node)
            case ex.Sum(ex.Sum(operand, axis) as inner, other) if type(node) is type(inner) is ex.Sum and axis != other:
                return f"{self.base(operand)}.sum()"
        return None

    def number(self, value: float) -> str:
        return repr(value)

    def apart(self, left: ex.Expression, node: ex.Binary) -> bool:
        return isinstance(left, ex.MatMul) and not isinstance(node, ex.MatMul)

    def symbol(self, symbol: ex.Symbol) -> str:
        """A variable, or an item of a list, whose layers are counted as the notation counts them."""
        notation = self.view.notation
        if symbol.name == "n":
            return self.units(symbol)
        if symbol == ex.Symbol("A", 0) and "input" in notation.quantities:
            return notation.quantities["input"].code
        name = self.variable(symbol.name)
        return name if symbol.layer is None else f"{name}[{self.view.layer_number(symbol)}]"

    def units(self, symbol: ex.Symbol) -> str:
        """How many units a layer has; of the output, that of the targets, so that the line holds for any network."""
        assert isinstance(symbol.layer, int), f"{symbol} has no absolute layer"
        if symbol.layer != self.view.architecture.depth:
            return str(self.view.architecture.widths[symbol.layer])
        return f"{self.variable('Y')}.shape[{0 if 'Y' in self.view.notation.transposed else 1}]"

    def variable(self, name: str) -> str:
        """The name of a variable, or of the list that has one array for each layer."""
        quantity, cost = self.view.notation.quantities.get(name), self.view.notation.cost
        if quantity and quantity.role is Role.UPDATED:
            return f"{self.variable(quantity.of)}_new"
        code = quantity.code if quantity and quantity.code else name
        return code.format(cost=PLAIN.get(cost, cost))
