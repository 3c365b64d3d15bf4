"""A preset: a network, its numbers and its data, with what there is to see in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from ..engine.initializers import initialize
from ..engine.parameters import Parameters
from ..maths.architecture import Architecture

Row = tuple[float, ...]
Rows = tuple[Row, ...]
Batch = tuple[Rows, Rows]
EntryKey = tuple[str, int, int, int]


@dataclass(frozen=True)
class Preset:
    """A network ready to be stepped through.

    ``entries`` are the parameters given one by one, ("W" or "b", l, row, column) in canonical storage; all others are
    drawn by the initializer from the seed. ``data`` is the batch (X, Y), one row a sample, or a function that makes it.
    """

    name: str
    title: str
    description: str
    source: str
    architecture: Architecture
    initializer: str
    learning_rate: float
    data: Batch | Callable[[], Batch] = field(repr=False)
    entries: Mapping[EntryKey, float] = field(default_factory=dict, hash=False, repr=False)
    seed: int = 0

    @property
    def batch(self) -> Batch:
        return self.data() if callable(self.data) else self.data

    @property
    def X(self) -> Rows:
        return self.batch[0]

    @property
    def Y(self) -> Rows:
        return self.batch[1]

    def parameters(self, dtype: str = "float64", device: str = "cpu") -> Parameters:
        """New parameters with the preset's numbers: drawn, then overwritten by the given entries."""
        parameters = initialize(self.architecture, self.initializer, self.seed, dtype, device)
        for (letter, l, row, column), value in self.entries.items():
            (parameters.W if letter == "W" else parameters.b)[l][row, column] = value
        return parameters


def entries(*layers: tuple[Rows, Row]) -> dict[EntryKey, float]:
    """The entries of W[l] and b[l] for l = 1…L, each layer given as its rows of weights and its row of biases."""
    return {
        (letter, l, i, j): value
        for l, (W, b) in enumerate(layers, start=1)
        for letter, matrix in (("W", W), ("b", (b,)))
        for i, row in enumerate(matrix)
        for j, value in enumerate(row)
    }
