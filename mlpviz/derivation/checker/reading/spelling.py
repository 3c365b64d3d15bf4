"""Trees back to text, spelled as the learner spells."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from ....maths import expressions as ex
from ....maths.digits import LOWERED, RAISED
from ....maths.expressions import Symbol
from ....maths.printer import Printer, Written, factor, whole
from ....maths.symbols import COMMANDS, INPUT, Quantity, Role
from ...notation import Notation
from ...printing.naming import NABLA, in_brackets, slope_kind
from ...printing.text import gradient_in_line
from ..nodes import (
    Activated,
    AxisSum,
    ChainProduct,
    Count,
    Filled,
    Flat,
    Juxtaposition,
    Link,
    NamedSlope,
    Power,
    SampleSum,
    Total,
    is_scalar,
)
from .dialects import dialects_of
from .manners import EVERYWHERE, MANNERS, Form, Manner, manner_of
from .names import Namespace

LETTERS = {command: letter for letter, command in COMMANDS.items()}
PRODUCTS = (ex.MatMul, ex.Multiply, ex.Divide, Juxtaposition)


def written_out(number: str, size: tuple[int, int]) -> str:
    """A column as (1, 1, 1), which ᵀ makes plain, and a matrix row by row."""
    if size[1] == 1:
        return f"({', '.join([number] * size[0])})"
    row = f"[{', '.join([number] * size[1])}]"
    return f"[{', '.join([row] * size[0])}]"


def has_scalar(node: ex.Binary) -> bool:
    return is_scalar(node.left) or is_scalar(node.right)


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
        if isinstance(node, Juxtaposition):
            return (ex.Multiply if has_scalar(node) else ex.MatMul)(node.left, node.right)
        return node

    def line(self, node: ex.Expression) -> str:
        """A whole line, with a semicolon where nothing else would say that * is a matrix product."""
        text = self.write(node)
        said = self.manner.product != "*" or dialects_of(text)[0].name == self.dialect
        return text if said else f"{text};"

    def number(self, value: float) -> str:
        return f"{value:g}" if abs(value) < 1e6 else str(value)

    def atom(self, node: ex.Expression) -> str | None:
        if isinstance(node, Filled) and node.size is not None:
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
            case ex.Multiply() | ex.Divide() if has_scalar(node) and type(node) in self.manner.forms:
                return super().written(node) if isinstance(node, ex.Divide) else self.product(node)
            case SampleSum(operand, over) if self.manner.added and over != "first":
                return whole(self.summed(operand, over))
            case AxisSum(operand, axis) if self.manner.added:
                return whole(self.along(operand, axis))
            case Flat(Filled(rows, _, value)):
                return whole(f"{self.equal_numbers(value).partition('(')[0]}({self.write(rows)})")
            case Flat(operand):
                return self.bound(operand)._replace(text=KEPT.sub(")", self.write(operand)))
            case Filled(_, _, 0):
                return whole(self.filled(self.equal_numbers(0), node))
            case Power(operand, exponent):
                return factor(f"{self.base(operand)}**{self.number(exponent)}")
            case Activated(function, argument):
                return whole(f"{function}({self.write(argument)})")
            case NamedSlope("relu", argument):
                return whole(f"({self.write(argument)} > 0)")
            case NamedSlope(function, argument):
                return whole(f"{function}_prime({self.write(argument)})")
            case Count(operand, None):
                return whole(f"{self.base(operand)}.size")
            case Count(operand, axis):
                return whole(f"{self.base(operand)}.shape[{axis}]")
        return super().written(node)

    def equal_numbers(self, value: float) -> str:
        """The form of an array of equal numbers."""
        return self.forms[Filled].replace("ones", "zeros") if value == 0 else self.forms[Filled]

    def product(self, node: ex.Binary) -> Written:
        """A product by a number, whose sign is the same where that of two arrays is a call."""
        plain = replace(self, manner=replace(self.manner, forms=without(self.manner.forms, ex.Multiply)))
        return plain.written(node)

    def summed(self, operand: ex.Expression, over: str) -> str:
        """A sum over the samples, or what else it was read as, along the axis that is that here."""
        if over == "everything":
            return self.filled(self.forms[Total], Total(operand))
        axis = samples_axis(operand, self.notation)
        return self.along(operand, axis if over == "samples" else 1 - axis)

    def along(self, operand: ex.Expression, axis: int) -> str:
        added = self.manner.added
        form = added if isinstance(added, str) else added[axis]
        return self.filled(form, AxisSum(operand, axis + self.manner.first_axis))

    def sign(self, node: ex.Binary) -> str:
        return f" {self.operator(node)} ".replace("  ", " ")

    def apart(self, left: ex.Expression, node: ex.Binary) -> bool:
        kinds = {self.kind(left), self.kind(node)} if isinstance(left, PRODUCTS) else set()
        return len(kinds) > 1 and "number" not in kinds

    def kind(self, node: ex.Binary) -> str:
        return "number" if has_scalar(node) else self.operator(node)

    def operator(self, node: ex.Binary) -> str:
        match self.bare(node):
            case ex.MatMul():
                return self.manner.product
            case ex.Multiply():
                return self.manner.scaled if has_scalar(node) else self.manner.times
            case ex.Divide():
                return "/" if is_scalar(node.right) else self.manner.over
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

SCRIPTS = {
    re.compile(r"\^\s*\{?\s*\["): "^{{[{}]}}",
    re.compile(r"\^\s*\{?\s*\("): "^{{({})}}",
    re.compile(r"_\s*\{?\s*[0-9lL]"): "_{{{}}}",
    re.compile(r"\^\s*\{?\s*[0-9lL]"): "^{{{}}}",
}
"""How LaTeX raises or lowers the number of a layer."""


def spelling(formula: str, scope: Namespace) -> Spelling:
    """The spelling of a formula, to print others like it."""
    dialect = dialects_of(formula)[0].name
    form = form_of(formula, dialect, scope.forms)
    manner = manner_of(formula, dialect)
    if any(sign in formula for sign in ("⊙", "∘")):
        manner = replace(manner, times="⊙")
    elif dialect == "written" and ".*" in formula:
        manner = replace(manner, times=".*")
    if dialect in ("plain", "unicode") and not turns_by_dot(formula, form):
        manner = replace(manner, transpose="{:base}ᵀ")
    return Spelling(scope.notation, dict(scope.letters), form, manner, scope.single, dialect)


def form_of(formula: str, dialect: str, forms: set[str]) -> str:
    """How layers are numbered: in an index, by digits, raised, or in a form of LaTeX's."""
    if dialect == "latex":
        return next((form for pattern, form in SCRIPTS.items() if pattern.search(formula)), "^{{({})}}")
    return "raised" if "raised" in forms else "digits" if "digits" in forms and "index" not in forms else "index"


def turns_by_dot(formula: str, form: str) -> bool:
    """Whether transposes are written .T: as in the formula, or as suits its layers."""
    if ".T" in formula or (form == "index" and "ᵀ" not in formula):
        return True
    return form == "digits" and "ᵀ" not in formula and "^" not in formula


def samples_axis(node: ex.Expression, notation: Notation) -> int:
    """The axis of an array along which its samples are."""
    match node:
        case Symbol(name):
            return int(name in notation.transposed)
        case ex.Transpose(operand):
            return 1 - samples_axis(operand, notation)
        case ex.MatMul(left, right) if not has_scalar(node):
            rows = samples_axis(left, notation)
            return 0 if rows == 0 and not is_weight(left) else samples_axis(right, notation)
        case ex.Binary(left, right):
            return samples_axis(right if is_scalar(left) else left, notation)
    below = ex.children(node)
    return samples_axis(below[0], notation) if below else int("A" in notation.transposed)


def is_weight(node: ex.Expression) -> bool:
    node = node.operand if isinstance(node, ex.Transpose) else node
    return isinstance(node, Symbol) and node.name == "W"


def without(forms: Form, kind: type[ex.Expression]) -> Form:
    return {name: form for name, form in forms.items() if name is not kind}


def small(quantity: Quantity) -> str:
    """The letter of one sample, as δ is."""
    return quantity.letters[1] if quantity.letters else quantity.letter


def target_text(symbol: Symbol, notation: Notation) -> str:
    """The target as a notation writes it: ∂J/∂W⁽²⁾."""
    layer = "" if symbol.layer is None else in_brackets(str(notation.number(symbol)), notation)
    layer = layer if notation.brackets == "square" else layer.translate(RAISED)
    quantity = notation.quantities[symbol.name]
    by = small(notation.quantities[quantity.of]) if quantity.is_gradient else ""
    if slope_kind(notation) == NABLA and by:
        return f"∇_{by}{layer} {notation.cost}"
    slope = gradient_in_line(slope_kind(notation), by, notation.cost)
    error = quantity.letter if notation.error == "delta" else slope
    names = {Role.COST: notation.cost, Role.ERROR: error, Role.CONSTANT: symbol.name}
    names |= dict.fromkeys((Role.GRADIENT, Role.CARRIED), slope)
    return names.get(quantity.role, quantity.letter) + layer
