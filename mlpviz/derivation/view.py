"""What is being written about: a network, how many samples, and the notation."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, Self

from ..maths.architecture import Architecture
from ..maths.expressions import Expression, Symbol
from ..maths.messages import N_
from ..maths.shapes import numbers, shape, size, symbol_shape
from ..maths.symbols import Dimension, Quantity, Shape
from .notation import Notation

ROUNDING = 1e-12
"""How far the sum of a sample's targets may be from 1 and still count as 1."""


TIMES_M = N_(
    "the error: m times the derivative of the cost with respect to the weighted sums; the gradients divide by m"
)
"""What an error is where the gradients divide by m."""


@dataclass(frozen=True)
class View:
    """A network and a batch size seen through a notation; the writers ask it for shapes.

    ``whole_targets`` says that the targets of every sample add up to 1, as those of classes do.
    """

    architecture: Architecture
    batch_size: int
    notation: Notation = field(default_factory=Notation)
    whole_targets: bool = False

    @classmethod
    def of(cls, trace: Any, notation: Notation) -> Self:
        """A pass seen through a notation."""
        sums = trace.parameters.arrays.to_host(trace.Y).sum(axis=1)
        return cls(trace.architecture, trace.batch_size, notation, bool(abs(sums - 1).max() <= ROUNDING))

    @property
    def single(self) -> bool:
        """Whether there is one sample, which is then written as vectors."""
        return self.batch_size == 1

    @property
    def divides_gradients(self) -> bool:
        """Whether 1/m stands in the gradients, so that errors are shown m times as large as they are stored."""
        moved = self.notation.division == "gradients" and self.architecture.scale is not None
        return moved and not self.single

    def times(self, symbol: Symbol) -> int:
        """How many times as large as it is stored an array is shown."""
        return self.batch_size if self.divides_gradients and symbol.name in self.notation.multiplied else 1

    def quantity(self, symbol: Symbol) -> Quantity:
        """What a symbol is called where it stands: A of the first and the last layer has its own name in some."""
        names = self.notation.quantities
        ends: dict[tuple[str, object], str] = {("A", 0): "input", ("A", self.architecture.depth): "output"}
        own = names.get(ends.get((symbol.name, symbol.layer), ""))
        own = own or names[symbol.name]
        return own if self.times(symbol) == 1 else replace(own, meaning=TIMES_M)

    def layer_number(self, symbol: Symbol) -> int:
        """The number that a symbol of a layer carries, as the notation counts."""
        assert isinstance(symbol.layer, int), f"{symbol} has no absolute layer"
        return self.notation.number(symbol)

    def layer_text(self, symbol: Symbol) -> str:
        """What says in a symbol's name which layer it is of."""
        return str(self.layer_number(symbol))

    def symbol_shape(self, symbol: Symbol) -> Shape:
        """The shape of a shown array as a formula; with one sample its m is 1."""
        rows, columns = symbol_shape(symbol, self.architecture)
        if self.single:
            rows = 1 if rows == Symbol("m") else rows
        return (columns, rows) if symbol.name in self.notation.transposed else (rows, columns)

    def shape(self, node: Expression) -> Shape:
        """The shape of a written expression as a formula.

        Raises ShapeError where it does not multiply.
        """
        return shape(node, self.symbol_shape)

    def length(self, dimension: Dimension) -> int:
        """How long an axis is."""
        return size(dimension, self.architecture, self.batch_size)

    def size(self, node: Expression) -> tuple[int, int]:
        return numbers(self.shape(node), self.architecture, self.batch_size)
