"""Trees back to text, spelled as the learner spells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

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
    Diagonal,
    Filled,
    Juxtaposition,
    Link,
    NamedSlope,
    Outer,
    Power,
    Reshaped,
    SampleSum,
    Selected,
    Slope,
    Total,
    is_scalar,
)
from .names import Namespace

LATEX = {command: letter for letter, command in COMMANDS.items()}
PRODUCTS = (ex.MatMul, ex.Multiply, ex.Divide, Juxtaposition)

Form = dict[type[ex.Expression] | str, str]
EVERYWHERE: Form = {
    Slope: "f'({})",
    Diagonal: "diag({})",
    SampleSum: "sum({})",
    ex.Sum: "sum({})",
    AxisSum: "sum({}, axis={axis})",
    Total: "np.sum({})",
    ex.Max: "max({}, axis={axis})",
    Outer: "outer({}, {})",
    Filled: "ones(({}, {}))",
    Selected: "where({} > {}, {}, {})",
    Reshaped: "{:base}.reshape({}, {})",
    "exp": "exp({})",
    "log": "log({})",
    "sqrt": "sqrt({})",
    "abs": "abs({})",
    "tanh": "tanh({})",
    "maximum": "maximum({}, {})",
    "minimum": "minimum({}, {})",
}


def of_library(prefix: str, axis: str) -> Form:
    """The forms of a library: its functions behind a prefix, and the sum along an axis."""
    names: tuple[type[ex.Expression] | str, ...] = (
        Diagonal,
        Outer,
        Filled,
        Selected,
        "exp",
        "log",
        "sqrt",
        "abs",
        "tanh",
        "maximum",
        "minimum",
    )
    return {name: prefix + EVERYWHERE[name] for name in names} | {AxisSum: axis}


FORMS: Mapping[str, Form] = {
    "numpy": of_library("np.", "np.sum({}, axis={axis}, keepdims=True)"),
    "jax": of_library("jnp.", "jnp.sum({}, axis={axis}, keepdims=True)") | {Total: "jnp.sum({})"},
    "torch": of_library("torch.", "{:base}.sum({axis}, keepdim=True)") | {Total: "{:base}.sum()"},
    "tensorflow": of_library("tf.", "tf.reduce_sum({}, axis={axis}, keepdims=True)")
    | {Total: "tf.reduce_sum({})", Diagonal: "tf.linalg.diag({})", "log": "tf.math.log({})"},
    "matlab": {AxisSum: "sum({}, {axis})", Total: "sum(sum({}))", Filled: "ones({}, {})", "maximum": "max({}, {})"},
    "julia": {AxisSum: "sum({}, dims={axis})", Total: "sum({})", Filled: "ones({}, {})"},
    "r": {AxisSum: "{axis}({})", Total: "sum({})", "maximum": "pmax({}, {})", "minimum": "pmin({}, {})"},
}
"""How each dialect writes what is not written alike everywhere."""


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
    times: str = "*"
    product: str = "@"
    transpose: str = ".T"
    single: bool = False
    dialect: str = "plain"

    signed_factors = False

    @property
    def forms(self) -> Form:  # type: ignore[override]
        return EVERYWHERE | FORMS.get(self.dialect, {})

    @property
    def transposed(self) -> str:  # type: ignore[override]
        return "{:base}" + self.transpose

    def number(self, value: float) -> str:
        return f"{value:g}" if abs(value) < 1e6 else str(value)

    def atom(self, node: ex.Expression) -> str | None:
        if isinstance(node, Filled) and node.size is not None:
            return written_out(self.number(node.value), node.size) + ("ᵀ" if node.size[1] == 1 else "")
        if isinstance(node, ChainProduct):
            return " ".join(map(self.link, node.links))
        return self.symbol(node) if isinstance(node, Symbol) else None

    def link(self, link: Link) -> str:
        above = self.notation.cost if link.above.name == "cost" else self.symbol(link.above)
        return f"∂{above}/∂{self.symbol(link.below)}"

    def written(self, node: ex.Expression) -> Written:
        match node:
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

    def sign(self, node: ex.Binary) -> str:
        return f" {self.operator(node)} "

    def apart(self, left: ex.Expression, node: ex.Binary) -> bool:
        kinds = {self.kind(left), self.kind(node)} if isinstance(left, PRODUCTS) else set()
        return len(kinds) > 1 and "number" not in kinds

    def kind(self, node: ex.Binary) -> str:
        return "number" if has_scalar(node) else self.operator(node)

    def operator(self, node: ex.Binary) -> str:
        match node:
            case ex.MatMul():
                return self.product
            case Juxtaposition():
                return "*" if has_scalar(node) else self.product
            case ex.Multiply():
                return "*" if has_scalar(node) else self.times
        return self.signs[type(node)].strip()

    def symbol(self, symbol: Symbol) -> str:
        if str(symbol) in self.letters:
            return LATEX.get(self.letters[str(symbol)], self.letters[str(symbol)])
        if symbol == Symbol("A", 0) and "A" not in self.letters and INPUT.name in self.notation.quantities:
            return INPUT.spellings[self.letters.get("Z", "").islower()]
        letter = self.letters.get(symbol.name) or self.default(symbol.name)
        return LATEX.get(letter, letter) + (self.layer(symbol) if symbol.layer is not None else "")

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
        if self.form == "digits":
            return number
        return f"⁽{number.translate(RAISED)}⁾" if self.form == "raised" else f"[{number}]"


def spelling(formula: str, scope: Namespace) -> Spelling:
    """The spelling of a formula, to print others like it."""
    forms = scope.forms
    form = "raised" if "raised" in forms else "digits" if "digits" in forms and "index" not in forms else "index"
    times = "⊙" if any(sign in formula for sign in ("⊙", "∘", r"\odot", r"\circ")) else "*"
    transpose = ".T" if ".T" in formula or (form == "index" and "ᵀ" not in formula and "\\" not in formula) else "ᵀ"
    if form == "digits" and "ᵀ" not in formula and "^" not in formula:
        transpose = ".T"
    return Spelling(scope.notation, dict(scope.letters), form, times, "@", transpose, scope.single)


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
