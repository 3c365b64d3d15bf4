"""Trees back to text, spelled as the learner spells."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from ....maths import expressions as ex
from ....maths.digits import LOWERED, RAISED
from ....maths.expressions import Symbol
from ....maths.printer import Printer, Written, factor, whole
from ....maths.symbols import COMMANDS, INPUT, Role
from ...notation import Notation
from .. import nodes as nd
from ..links import ChainProduct, Link
from .dialects import dialects_of
from .manners import EVERYWHERE, MANNERS, Form, Manner

LETTERS = {command: letter for letter, command in COMMANDS.items()}
PRODUCTS = (ex.MatMul, ex.Multiply, ex.Divide, nd.Juxtaposition)


def written_out(number: str, size: tuple[int, int]) -> str:
    """A column as (1, 1, 1), which ᵀ makes plain, and a matrix row by row."""
    if size[1] == 1:
        return f"({', '.join([number] * size[0])})"
    row = f"[{', '.join([number] * size[1])}]"
    return f"[{', '.join([row] * size[0])}]"


@dataclass(frozen=True)
class Spelling(Printer):
    """A learner's way to write: letters, layer numbers, ⊙ or *, @ or nothing, .T or ᵀ; the text reads as that tree."""

    notation: Notation
    letters: dict[str, str] = field(default_factory=dict)
    form: str = "index"
    manner: Manner = field(default_factory=Manner)
    single: bool = False
    dialect: str = "plain"

    signed_factors = False

    @property
    def forms(self) -> Form:  # type: ignore[override]
        return EVERYWHERE | self.manner.forms

    @property
    def transposed(self) -> str:  # type: ignore[override]
        return self.manner.transpose

    @property
    def squared(self) -> str:  # type: ignore[override]
        return self.manner.square

    def bare(self, node: ex.Expression) -> ex.Expression:
        """Two factors side by side as one product or the other; a product by a number is no call."""
        if isinstance(node, nd.Juxtaposition):
            return (ex.Multiply if nd.has_scalar(node) else ex.MatMul)(node.left, node.right)
        return node

    def line(self, node: ex.Expression) -> str:
        """A whole line, with a semicolon where nothing else would say that * is a matrix product."""
        text = self.write(node)
        said = self.manner.product != "*" or dialects_of(text)[0].name == self.dialect
        return text if said else f"{text};"

    def number(self, value: float) -> str:
        return f"{value:g}" if abs(value) < 1e6 else str(value)

    def atom(self, node: ex.Expression) -> str | None:
        if isinstance(node, nd.Filled) and node.size is not None:
            return written_out(self.number(node.value), node.size) + ("ᵀ" if node.size[1] == 1 else "")
        if isinstance(node, ChainProduct):
            return " ".join(map(self.link, node.links))
        if isinstance(node, ex.Transpose) and isinstance(node.operand, Symbol) and self.in_latex:
            text = self.symbol(node.operand)
            return text.removesuffix("}") + r"\top}" if "^{" in text else text + r"^\top"
        return self.symbol(node) if isinstance(node, Symbol) else None

    def link(self, link: Link) -> str:
        above = self.notation.cost if link.above.name == "cost" else self.symbol(link.above)
        return f"∂{above}/∂{self.symbol(link.below)}"

    def written(self, node: ex.Expression) -> Written:
        match node:
            case ex.Multiply() | ex.Divide() if nd.has_scalar(node) and type(node) in self.manner.forms:
                return super().written(node) if isinstance(node, ex.Divide) else self.product(node)
            case nd.SampleSum(operand, over) if self.manner.added and over != "first":
                return whole(self.summed(operand, over))
            case nd.AxisSum(operand, axis) if self.manner.added:
                return whole(self.along(operand, axis))
            case nd.Flat(nd.Filled(rows, _, value)):
                return whole(f"{self.equal_numbers(value).partition('(')[0]}({self.write(rows)})")
            case nd.Flat(operand):
                return self.bound(operand)._replace(text=KEPT.sub(")", self.write(operand)))
            case nd.Filled(_, _, 0):
                return whole(self.filled(self.equal_numbers(0), node))
            case nd.Power(operand, exponent):
                return factor(f"{self.base(operand)}**{self.number(exponent)}")
            case nd.Activated(function, argument):
                return whole(f"{function}({self.write(argument)})")
            case nd.NamedSlope("relu", argument):
                return whole(f"({self.write(argument)} > 0)")
            case nd.NamedSlope(function, argument):
                return whole(f"{function}_prime({self.write(argument)})")
            case nd.Count(operand, None):
                return whole(f"{self.base(operand)}.size")
            case nd.Count(operand, axis):
                return whole(f"{self.base(operand)}.shape[{axis}]")
        return super().written(node)

    def equal_numbers(self, value: float) -> str:
        """The form of an array of equal numbers."""
        return self.forms[nd.Filled].replace("ones", "zeros") if value == 0 else self.forms[nd.Filled]

    def product(self, node: ex.Binary) -> Written:
        """A product by a number, whose sign is the same where that of two arrays is a call."""
        plain = replace(self, manner=replace(self.manner, forms=without(self.manner.forms, ex.Multiply)))
        return plain.written(node)

    def summed(self, operand: ex.Expression, over: str) -> str:
        """A sum over the samples, or what else it was read as, along the axis that is that here."""
        if over == "everything":
            return self.filled(self.forms[nd.Total], nd.Total(operand))
        axis = samples_axis(operand, self.notation)
        return self.along(operand, axis if over == "samples" else 1 - axis)

    def along(self, operand: ex.Expression, axis: int) -> str:
        added = self.manner.added
        form = added if isinstance(added, str) else added[axis]
        return self.filled(form, nd.AxisSum(operand, axis + self.manner.first_axis))

    def sign(self, node: ex.Binary) -> str:
        return f" {self.operator(node)} ".replace("  ", " ")

    def apart(self, left: ex.Expression, node: ex.Binary) -> bool:
        kinds = {self.kind(left), self.kind(node)} if isinstance(left, PRODUCTS) else set()
        return len(kinds) > 1 and "number" not in kinds

    def kind(self, node: ex.Binary) -> str:
        return "number" if nd.has_scalar(node) else self.operator(node)

    def operator(self, node: ex.Binary) -> str:
        match self.bare(node):
            case ex.MatMul():
                return self.manner.product
            case ex.Multiply():
                return self.manner.scaled if nd.has_scalar(node) else self.manner.times
            case ex.Divide():
                return "/" if nd.is_scalar(node.right) else self.manner.over
        return self.signs[type(node)].strip()

    def symbol(self, symbol: Symbol) -> str:
        if str(symbol) in self.letters:
            return self.letter(self.letters[str(symbol)])
        if symbol == Symbol("A", 0) and "A" not in self.letters and INPUT.name in self.notation.quantities:
            return INPUT.spellings[self.letters.get("Z", "").islower()]
        letter = self.letters.get(symbol.name) or self.default(symbol.name)
        return self.letter(letter) + (self.layer(symbol) if symbol.layer is not None else "")

    def letter(self, letter: str) -> str:
        """A letter, as a command in LaTeX."""
        plain = LETTERS.get(letter, letter)
        return COMMANDS.get(plain, plain) if self.in_latex else plain

    @property
    def in_latex(self) -> bool:
        return self.manner.times == MANNERS["latex"].times

    def default(self, name: str) -> str:
        """The letter of a symbol that the learner has not used."""
        quantity = self.notation.quantities[name]
        if quantity.role is Role.ERROR and self.notation.error != "delta":
            by = self.letters.get(quantity.of) or self.default(quantity.of)
            return f"d{by}" if self.notation.error == "d" else f"∂{self.notation.cost}/∂{by}"
        letters = quantity.letters if self.single else None
        return letters[1] if letters and letters[0] != letters[1] else quantity.code or name

    def layer(self, symbol: Symbol) -> str:
        """A layer number in the learner's form, after a letter."""
        assert isinstance(symbol.layer, int)
        number = str(self.notation.number(symbol))
        if symbol.name == "n":
            return number.translate(LOWERED)
        if "{}" in self.form:
            return self.form.format(number)
        if self.form == "digits":
            return number
        return f"⁽{number.translate(RAISED)}⁾" if self.form == "raised" else f"[{number}]"


KEPT = re.compile(r", keepdims?=True\)$")
"""What at the end of a call says that the axis stays."""


def samples_axis(node: ex.Expression, notation: Notation) -> int:
    """The axis of an array along which its samples are."""
    match node:
        case Symbol(name):
            return int(name in notation.transposed)
        case ex.Transpose(operand):
            return 1 - samples_axis(operand, notation)
        case ex.MatMul(left, right) if not nd.has_scalar(node):
            rows = samples_axis(left, notation)
            return 0 if rows == 0 and not is_weight(left) else samples_axis(right, notation)
        case ex.Binary(left, right):
            return samples_axis(right if nd.is_scalar(left) else left, notation)
    below = ex.children(node)
    return samples_axis(below[0], notation) if below else int("A" in notation.transposed)


def is_weight(node: ex.Expression) -> bool:
    node = node.operand if isinstance(node, ex.Transpose) else node
    return isinstance(node, Symbol) and node.name == "W"


def without(forms: Form, kind: type[ex.Expression]) -> Form:
    return {name: form for name, form in forms.items() if name is not kind}
