"""Trees as text: what binds how tightly, and where brackets are needed, said once for every language.

A dialect is a table: its ``signs``, its ``brackets``, its ``forms``. Where a table is not enough it overrides ``atom``
(parts with a text of their own), ``function``, ``number``, ``sign``, or ``bare`` (parts written as something else).
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from typing import ClassVar, NamedTuple

from . import expressions as ex


class Binding(IntEnum):
    SUM, PRODUCT, SIGN, POWER, ATOM = range(5)


class Written(NamedTuple):
    text: str
    binding: Binding


def product(text: str) -> Written:
    return Written(text, Binding.PRODUCT)


def whole(text: str) -> Written:
    return Written(text, Binding.ATOM)


def factor(text: str) -> Written:
    """A text that has brackets before an exponent or where two kinds are kept apart, and none in other products."""
    return Written(text, Binding.SIGN)


class Printer:
    """Writes trees; the base class writes listings for people."""

    signs: ClassVar[Mapping[type[ex.Expression], str]] = {
        ex.Add: " + ",
        ex.Subtract: " - ",
        ex.Multiply: " * ",
        ex.Divide: " / ",
        ex.MatMul: " @ ",
    }
    forms: Mapping[type[ex.Expression] | str, str] = {ex.Sum: "sum({}, {axis})", ex.Max: "max({}, {axis})"}
    """How a node or a function is written: ``{}`` is an operand that stands free, ``{:base}`` one that has a suffix."""

    brackets: ClassVar[str] = "({})"
    transposed: str = "{:base}.T"
    squared: ClassVar[str] = ""
    """The form of x · x; if empty it is written out."""

    flat_sums: ClassVar[bool] = False
    """Whether a + (b + c) is written a + b + c."""

    minus_of_sums: ClassVar[bool] = False
    """Whether −a is a sum without its first term, as in mathematics: −a b is −(a b). In programs it is (−a) b."""

    signed_factors: ClassVar[bool] = True
    """Whether a product's second factor may be −b without brackets."""

    # What a dialect says

    def bare(self, node: ex.Expression) -> ex.Expression:
        """The node to write in place of ``node``."""
        return node

    def atom(self, node: ex.Expression) -> str | None:
        """The text of a part that has its own and never needs brackets, or None."""
        return str(node) if isinstance(node, ex.Symbol) else None

    def number(self, value: float) -> str:
        return f"{value:g}"

    def function(self, node: ex.Apply) -> str:
        """The text of a function without a form."""
        return f"{node.name}({', '.join(map(self.write, node.arguments))})"

    def sign(self, node: ex.Binary) -> str:
        return self.signs[type(node)]

    def apart(self, _left: ex.Expression, _node: ex.Binary) -> bool:
        """Whether the first factor of a product has brackets though it is a product, to keep two kinds apart."""
        return False

    # Where a part stands

    def write(self, node: ex.Expression) -> str:
        """The text of a whole tree."""
        return self._at_least(Binding.SUM, node)

    def term(self, node: ex.Expression) -> str:
        """The text of a tree behind a minus or a Σ that applies to all of it."""
        return self._at_least(Binding.PRODUCT, node)

    def base(self, node: ex.Expression) -> str:
        """The text of a tree that takes an exponent, an index or a method."""
        return self._at_least(Binding.ATOM, node)

    def second(self, node: ex.Binary) -> str:
        return self._at_least(Binding.SIGN if self.signed_factors else Binding.POWER, node.right)

    def _at_least(self, least: Binding, node: ex.Expression) -> str:
        text, binding = self.bound(node)
        return text if binding >= least else self.brackets.format(text)

    # How tightly it binds

    def bound(self, node: ex.Expression) -> Written:
        """The text of a tree, and how tightly it holds together."""
        return self.written(self.bare(node))

    def written(self, node: ex.Expression) -> Written:
        """The text of a bare node, and how tightly it holds together."""
        if (text := self.atom(node)) is not None:
            return whole(text)
        if (form := self.forms.get(node.name if isinstance(node, ex.Apply) else type(node))) is not None:
            return whole(self.filled(form, node))
        minus = Binding.SUM if self.minus_of_sums else Binding.SIGN
        match node:
            case ex.Number(value):
                return Written(self.number(value), minus if value < 0 else Binding.ATOM)
            case ex.Negate(operand):
                return Written("-" + self._at_least(Binding(minus + 1), operand), minus)
            case ex.Add(left, right):
                second = self.write(right) if self.flat_sums else self.term(right)
                return Written(self.write(left) + self.sign(node) + second, Binding.SUM)
            case ex.Subtract(left, right):
                return Written(self.write(left) + self.sign(node) + self.term(right), Binding.SUM)
            case ex.Multiply(left, right) if self.squared and left == right:
                return Written(self.filled(self.squared, node), Binding.POWER)
            case ex.Binary(left, _):
                first = self.base(left) if self.apart(left, node) else self.term(left)
                return product(first + self.sign(node) + self.second(node))
            case ex.Transpose():
                return whole(self.filled(self.transposed, node))
            case ex.Apply():
                return whole(self.function(node))
        raise TypeError(f"{type(node).__name__} cannot be written")

    def filled(self, form: str, node: ex.Expression) -> str:
        """A form filled with a node's operands; ``{axis}`` is the axis along which it works."""
        operands = [_Operand(self, child) for child in ex.children(node)]
        return form.format(*operands, axis=getattr(node, "axis", 0 if getattr(node, "flipped", False) else 1))


class _Operand(NamedTuple):
    """An operand for a form, which chooses one of the printer's methods by its format."""

    printer: Printer
    node: ex.Expression

    def __format__(self, place: str) -> str:
        text: str = getattr(self.printer, place or "write")(self.node)
        return text
