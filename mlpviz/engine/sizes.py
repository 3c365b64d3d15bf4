"""The sizes of a network's arrays for one batch size, and the fixed numbers that its equations name."""

from __future__ import annotations

from dataclasses import dataclass

from mlpviz.maths import shapes
from mlpviz.maths.architecture import Architecture
from mlpviz.maths.expressions import Symbol


@dataclass(frozen=True)
class Sizes:
    """What the symbols of a pass are in numbers; it knows of no array."""

    architecture: Architecture
    batch_size: int

    def shape(self, symbol: Symbol) -> tuple[int, int]:
        """The shape of an equation's symbol."""
        return shapes.numbers(shapes.symbol_shape(symbol, self.architecture), self.architecture, self.batch_size)

    def scalar(self, symbol: Symbol) -> float | None:
        """The number that a scalar symbol stands for, or None if it stands for an array."""
        match symbol:
            case Symbol("m"):
                return self.batch_size
            case Symbol("n", int(layer)):
                return self.architecture.widths[layer]
            case Symbol("l2"):
                return self.architecture.l2
        return None
