"""A kind of derived array: what makes it, what it is called, how it is written and which way it is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from ...maths.architecture import Architecture
from ...maths.expressions import Symbol
from ...maths.shapes import symbol_shape
from ...maths.symbols import Dimension, Shape
from ..indices import Index
from ..notation import Notation
from ..printing.latex import LatexPrinter
from ..printing.text import gradient_text
from ..view import View

Stored = Callable[[Symbol], Any]
"""The stored array, or the number, of a symbol of the pass."""

Naming = Callable[[Symbol], str]
"""How a symbol is called in plain text."""


@dataclass(frozen=True)
class Derived(Symbol):
    """An array that derivations name: its ``name`` is that of a kind, which makes it of its operands."""

    operands: tuple[Symbol, ...] = ()
    index: int | None = None

    def __str__(self) -> str:
        return " ".join([self.name, *map(str, self.operands), *([] if self.index is None else [str(self.index)])])

    @property
    def kind(self) -> Kind:
        return KINDS[self.name]


Side = int | str
"""What numbers an entry: 0 for the row as shown, 1 for the column, or a number that is fixed."""


FLAT = "flat"
"""W as one long vector, unit by unit; it is not vec W, which stacks columns."""


@dataclass(frozen=True)
class Named:
    """A symbol in the name of an entry, and the sides of the array that number it.

    With ``flat`` W is one long vector, unit by unit.
    """

    symbol: Symbol
    sides: tuple[Side, ...] = ()
    flat: bool = False


@dataclass(frozen=True)
class Kind:
    """One kind of derived array; called with operands it makes one of them.

    It is shown transposed where the symbol ``turns_like`` is ("": never, "own": as its operand). ``entry`` is how an
    entry is called: one symbol, two as ∂ over ∂, or none. ``text`` is its name, given how symbols are called;
    ``latex`` is how it is written, whole or as an entry, where that is not by what ``entry`` says.
    """

    name: str
    turns_like: str
    shape: Callable[[Derived, Architecture], Shape]
    value: Callable[[Derived, Stored, Architecture], np.ndarray]
    entry: Callable[[Derived, View], tuple[Named, ...]]
    text: Callable[[Derived, View, Naming], str]
    latex: Callable[[Derived, LatexPrinter, Index, Index], str] | None = None
    letter: str = ""
    phase: str = "backward"
    """Which way the network is read where this is derived; "" as for its operand."""

    meaning: str = ""

    def __post_init__(self) -> None:
        KINDS[self.name] = self

    def __call__(self, *operands: Symbol, index: int | None = None) -> Derived:
        return Derived(self.name, operands[0].layer, operands, index)


KINDS: dict[str, Kind] = {}
"""Every kind of derived array by name; each enters itself when it is made."""


def stored_shape(symbol: Symbol, architecture: Architecture) -> Shape:
    """The stored shape of a symbol, derived or not."""
    if isinstance(symbol, Derived):
        return symbol.kind.shape(symbol, architecture)
    return symbol_shape(symbol, architecture)


def stored_value(symbol: Symbol, stored: Stored, architecture: Architecture) -> Any:
    """The stored array of a symbol, derived or not."""
    return symbol.kind.value(symbol, stored, architecture) if isinstance(symbol, Derived) else stored(symbol)


def is_turned(symbol: Symbol, notation: Notation) -> bool:
    """Whether a symbol is shown transposed from how it is stored."""
    if not isinstance(symbol, Derived):
        return symbol.name in notation.transposed
    like = symbol.kind.turns_like
    return is_turned(symbol.operands[0], notation) if like == "own" else like in notation.transposed


def layer_of(symbol: Symbol) -> int:
    """A symbol's absolute layer."""
    assert isinstance(symbol.layer, int), f"{symbol} has no absolute layer"
    return symbol.layer


def called(template: str) -> Callable[[Derived, View, Naming], str]:
    """A name that says the operands' names and the cost's."""
    return lambda node, view, name: template.format(*map(name, node.operands), cost=view.notation.cost)


def gradient_by(template: str, around: str = "{}") -> Callable[[Derived, View, Naming], str]:
    """The name of the cost's gradient by an array, as the notation writes gradients, perhaps with a word around it."""
    return lambda node, view, name: around.format(gradient_text(template.format(*map(name, node.operands)), view))


COST, LOSS = Named(Symbol("cost")), Named(Symbol("losses"))


def both_sides(view: View) -> tuple[int, int]:
    """Row and column as shown; those of ∂J/∂v are v's own, so numerator layout swaps them."""
    return (1, 0) if view.notation.layout == "numerator" else (0, 1)


def sides(node: Symbol, view: View) -> tuple[int, ...]:
    """The sides of a shown array that are longer than 1."""
    shape = view.symbol_shape(node)
    return tuple(side for side in both_sides(view) if shape[side] != 1)


def operand_shape(node: Derived, architecture: Architecture) -> Shape:
    return stored_shape(node.operands[0], architecture)


def one_row(node: Derived, architecture: Architecture) -> Shape:
    return (1, length(node.operands[0], architecture))


def length(symbol: Symbol, architecture: Architecture) -> Dimension:
    """How many entries of a symbol one sample has; W counts as one long vector."""
    if symbol.name != "W":
        return stored_shape(symbol, architecture)[1]
    layer = layer_of(symbol)
    return architecture.widths[layer] * architecture.widths[layer - 1]
