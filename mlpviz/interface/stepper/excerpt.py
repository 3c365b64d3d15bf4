"""Which samples and units of a large network travel to the browser; what stays behind is summed up for it."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Iterable

import numpy as np

from ...maths.architecture import Architecture
from ...maths.equations import Equation, Step, steps
from ...maths.expressions import MatMul, Symbol, walk
from ...maths.shapes import size, symbol_shape
from ...maths.symbols import SCALARS, Dimension, Shape
from ...setup import limits


class Excerpt:
    """For each dimension the indices that travel, or None for all."""

    def __init__(self, architecture: Architecture, batch_size: int, passed: Iterable[Step] | None = None) -> None:
        self.architecture, self.batch_size = architecture, batch_size
        self.arrays = arrays(step.equation for step in passed or steps(architecture))
        self.samples = list(range(min(batch_size, limits.SAMPLES_SENT)))
        most = max(architecture.widths)
        while self._count(most) > limits.NUMBERS_SENT and most > 1:
            most = -(-most // 2)
        self.units = [list(range(min(n, most))) for n in architecture.widths]

    def _count(self, most: int) -> int:
        """The numbers that travel if no layer sends more than ``most`` units, sums of the others included."""
        architecture, total = self.architecture, 0
        partial = most < max(architecture.widths) or len(self.samples) < self.batch_size
        for symbol, is_product in self.arrays.items():
            shape = symbol_shape(symbol, architecture)
            rows, columns = (min(size(d, architecture, len(self.samples)), most) for d in shape)
            total += rows * columns * (2 if partial and is_product else 1)
        return total

    @property
    def whole(self) -> bool:
        """Whether every number travels."""
        units = all(len(kept) == n for kept, n in zip(self.units, self.architecture.widths, strict=True))
        return units and len(self.samples) == self.batch_size

    def of(self, dimension: Dimension) -> list[int] | None:
        match dimension:
            case Symbol("m") if len(self.samples) < self.batch_size:
                return self.samples
            case Symbol("n", int(layer)) if len(self.units[layer]) < self.architecture.widths[layer]:
                return self.units[layer]
        return None

    def left_behind(self, dimension: Dimension) -> list[int]:
        indices = self.of(dimension)
        whole = size(dimension, self.architecture, self.batch_size)
        return [] if indices is None else sorted(set(range(whole)) - set(indices))

    def slice(
        self, values: np.ndarray, shape: Shape, free: Shape | None = None, inner: Dimension | None = None
    ) -> np.ndarray:
        """The entries that travel along the dimensions ``free`` (all of them), and the others along ``inner``."""
        for axis, dimension in enumerate(shape):
            if dimension == inner:
                values = values.take(self.left_behind(dimension), axis)
            elif (free is None or dimension in free) and (indices := self.of(dimension)) is not None:
                values = values.take(indices, axis)
        return values


def arrays(equations: Iterable[Equation]) -> dict[Symbol, bool]:
    """The arrays of a pass, and whether each is a sum over units or samples.

    The terms of such a sum that do not travel are sent as one number an entry.
    """
    found: dict[Symbol, bool] = {}
    for each in equations:
        nodes = list(walk(each.value))
        read = {node: False for node in nodes if isinstance(node, Symbol) and node.name not in SCALARS}
        found = {**read, **found, each.target: any(isinstance(node, MatMul) for node in nodes)}
    return found


def packed(values: np.ndarray) -> str:
    """Values as base64 of little-endian float64, row by row: NaN and ±inf travel too."""
    return b64encode(np.ascontiguousarray(values, "<f8").tobytes()).decode()


def unpacked(text: str) -> np.ndarray:
    return np.frombuffer(b64decode(text), "<f8")
