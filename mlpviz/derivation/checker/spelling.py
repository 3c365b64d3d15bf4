"""Trees back to text, spelled as the learner spells."""

from __future__ import annotations

from dataclasses import dataclass, field

from ...maths.expressions import (
    Add,
    Divide,
    Expression,
    MatMul,
    Multiply,
    Negate,
    Number,
    Subtract,
    Sum,
    Symbol,
    Transpose,
)
from ..notation import Notation
from .names import Scope
from .nodes import Diagonal, Product, SampleSum, Slope, is_scalar

SUM, PRODUCT, SIGN, FACTOR = range(4)
"""How tightly written text binds."""

RAISED = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
LATEX = {r"\delta": "δ", r"\Delta": "Δ", r"\lambda": "λ", r"\ell": "ℓ", "Delta": "Delta"}
DEFAULT = {"l2": "l2", "A0": "X"}


@dataclass(frozen=True)
class Spelling:
    """How a learner writes: letters, layer numbers, ⊙ or *, @ or nothing, .T or ᵀ."""

    notation: Notation
    letters: dict[str, str] = field(default_factory=dict)
    form: str = "index"
    times: str = "*"
    product: str = "@"
    transpose: str = ".T"

    def text(self, node: Expression, least: int = SUM) -> str:
        """A tree as text that reads as the same tree."""
        text, binding = self.bound(node)
        return text if binding >= least else f"({text})"

    def bound(self, node: Expression) -> tuple[str, int]:
        """A tree as text, with how tightly it binds."""
        match node:
            case Symbol():
                return self.symbol(node), FACTOR
            case Number(value):
                return f"{value:g}" if abs(value) < 1e6 else str(value), FACTOR if value >= 0 else SIGN
            case Transpose(operand):
                return self.text(operand, FACTOR) + self.transpose, FACTOR
            case Negate(operand):
                return f"-{self.text(operand, SIGN)}", SIGN
            case Add(left, right) | Subtract(left, right):
                sign = "+" if isinstance(node, Add) else "-"
                return f"{self.text(left)} {sign} {self.text(right, PRODUCT)}", SUM
            case MatMul(left, right) | Multiply(left, right) | Divide(left, right) | Product(left, right):
                return self.product_of(node, left, right), PRODUCT
            case Slope(argument, _):
                return f"f'({self.text(argument)})", FACTOR
            case Diagonal(operand):
                return f"diag({self.text(operand)})", FACTOR
            case SampleSum(operand) | Sum(operand, _):
                return f"sum({self.text(operand)})", FACTOR
        raise TypeError(f"{type(node).__name__} cannot be written")

    def product_of(self, node: Expression, left: Expression, right: Expression) -> str:
        """A product or quotient; brackets keep the kinds apart."""
        sign = self.sign(node)
        mixed = isinstance(left, MatMul | Multiply | Divide | Product) and self.kind(left) != self.kind(node)
        return f"{self.text(left, FACTOR if mixed else SIGN - 1)} {sign} {self.text(right, FACTOR)}"

    def kind(self, node: Expression) -> str:
        """Which product a node is, numbers aside."""
        return "number" if any(map(is_scalar, (node.left, node.right))) else self.sign(node)  # type: ignore[attr-defined]

    def sign(self, node: Expression) -> str:
        """The sign of a product."""
        if isinstance(node, Divide):
            return "/"
        if isinstance(node, MatMul):
            return self.product
        scalar = any(map(is_scalar, (node.left, node.right)))  # type: ignore[attr-defined]
        if isinstance(node, Product):
            return "*" if scalar else self.product
        return "*" if scalar else self.times

    def symbol(self, symbol: Symbol) -> str:
        """A symbol with its layer."""
        if str(symbol) in self.letters:
            return LATEX.get(self.letters[str(symbol)], self.letters[str(symbol)])
        if symbol == Symbol("A", 0) and "A" not in self.letters:
            return "x" if "a" in self.letters.values() or "z" in self.letters.values() else "X"
        letter = self.letters.get(symbol.name, self.default(symbol.name))
        return LATEX.get(letter, letter) + (self.layer(symbol) if symbol.layer is not None else "")

    def default(self, name: str) -> str:
        """The letter of a symbol that the learner has not used."""
        small = {"A": "a", "Z": "z", "Y": "y", "delta": "δ"}
        lower = set(self.letters.values()) & {"a", "z", "y", "x", "δ", r"\delta"} and not set(self.letters.values()) & {
            "A",
            "Z",
            "Y",
            "X",
        }
        return small.get(name, name) if lower else name

    def layer(self, symbol: Symbol) -> str:
        """A layer number as it is written after a letter."""
        assert isinstance(symbol.layer, int)
        number = str(symbol.layer + self.notation.first_layer)
        if symbol.name == "n":
            return number.translate(LOWERED)
        if self.form == "digits":
            return number
        return f"⁽{number.translate(RAISED)}⁾" if self.form == "raised" else f"[{number}]"


def spelling(formula: str, scope: Scope) -> Spelling:
    """The way a formula is spelled, for printing others like it."""
    forms = scope.forms
    form = "raised" if "raised" in forms else "digits" if "digits" in forms and "index" not in forms else "index"
    times = "⊙" if any(sign in formula for sign in ("⊙", "∘", r"\odot", r"\circ")) else "*"
    transpose = ".T" if ".T" in formula or (form == "index" and "ᵀ" not in formula and "\\" not in formula) else "ᵀ"
    if form == "digits" and "ᵀ" not in formula and "^" not in formula:
        transpose = ".T"
    return Spelling(scope.notation, dict(scope.letters), form, times, "@", transpose)


def target_text(symbol: Symbol, notation: Notation) -> str:
    """What is asked for, as a notation writes it: ∂J/∂W⁽²⁾."""
    left, right = ("⁽", "⁾") if notation.brackets == "round" else ("[", "]")
    number = "" if symbol.layer is None else str(int(symbol.layer) + notation.first_layer)  # type: ignore[arg-type]
    layer = "" if not number else f"{left}{number.translate(RAISED) if left == '⁽' else number}{right}"
    letter = {"dW": "∂J/∂W", "db": "∂J/∂b", "delta": "δ", "losses": "ℓ", "cost": "J"}.get(symbol.name, symbol.name)
    return letter.replace("J", notation.cost) + layer
