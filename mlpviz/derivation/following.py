"""How a derived array follows when the numbers of its pass change: by a tree, or by taking entries of other arrays.

A Jacobian ∂z/∂W is a staircase of activations, θ all parameters in a row: what only takes entries is found by labels,
a different one for each entry of the pass.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from ..maths.architecture import Architecture
from ..maths.expressions import Expression, Symbol
from ..maths.symbols import SCALARS
from .derived import Derived, stored_value
from .derived.kind import Stored
from .slopes import into_activation, outer, through_activation, through_layer, without_scale

Entries = list[tuple[str, int] | float]
"""For each entry, row by row, the array and the place there that it is taken from, or a number that never changes."""

TREES: Mapping[tuple[str, ...], Callable[[Derived, Architecture], Expression]] = {
    ("jacobian", "A", "Z"): lambda node, architecture: through_activation(architecture, layer(node)),
    ("jacobian", "Z", "Z"): lambda node, architecture: through_layer(architecture, layer(node)),
    ("diagonal", "Z"): lambda node, architecture: through_activation(architecture, layer(node)),
    ("gradient", "A"): lambda node, architecture: into_activation(architecture, layer(node)),
    ("upstream", "A"): lambda node, architecture: into_activation(architecture, layer(node)),
    ("unscaled", "delta"): lambda node, architecture: without_scale(architecture, node.operands[0]),
}
"""What is computed, by the kind of the array and the names of its operands."""

OF_OUTER = ("flat gradient", "one gradient")
"""What takes entries of the sum of δ_i a_j over the samples, which stands by itself."""

FIRST = 2.0**20
"""The label of the first entry; labels are whole numbers, exact in float64."""


def layer(node: Derived) -> int:
    found = node.operands[0].layer
    assert isinstance(found, int), f"{node} has no layer"
    return found


def outer_of(node: Derived) -> Symbol:
    """What stands for the sum of δ_i a_j over the samples."""
    return Symbol("outer", layer(node))


def parts_of(node: Derived) -> dict[Symbol, Expression]:
    """What is computed so that a derived array can take entries of it."""
    return {outer_of(node): outer(layer(node))} if node.name in OF_OUTER else {}


def tree_of(node: Derived, architecture: Architecture) -> Expression | None:
    """A derived array as a tree in the arrays of the pass; None if it has none."""
    made = TREES.get((node.name, *(operand.name for operand in node.operands)))
    return None if made is None else made(node, architecture)


def entries_of(node: Derived, stored: Stored, architecture: Architecture) -> Entries | None:
    """A derived array as entries of other arrays; None if it computes with them."""
    if node.name in OF_OUTER:
        places = range(np.size(stored(node.operands[0])))
        return [(str(outer_of(node)), k) for k in (places if node.index is None else [node.index])]
    if node.name == "sample":
        (of,) = node.operands
        width = np.shape(stored(of))[1]
        return [(str(of), (node.index or 0) * width + k) for k in range(width)]
    labels = Labels(stored)
    return labels.taken(stored_value(node, labels, architecture))


class Labels:
    """The arrays of a pass with a label for each entry, in place of its number."""

    def __init__(self, stored: Stored) -> None:
        self.stored = stored
        self.places: list[tuple[str, int]] = []
        self.arrays: dict[Symbol, np.ndarray] = {}

    def __call__(self, symbol: Symbol) -> Any:
        value = self.stored(symbol)
        if symbol.name in SCALARS:
            return value
        if symbol not in self.arrays:
            first, size = FIRST + len(self.places), int(np.size(value))
            self.arrays[symbol] = (first + np.arange(size)).reshape(np.shape(value))
            self.places += [(str(symbol), k) for k in range(size)]
        return self.arrays[symbol]

    def taken(self, values: Any) -> Entries | None:
        """The places of the labels among some values; None if there are other values than labels, 0 and 1."""
        found = [self.place(float(value)) for value in np.ravel(values)]
        known = [each for each in found if each is not None]
        return known if len(known) == len(found) else None

    def place(self, value: float) -> tuple[str, int] | float | None:
        if value in (0.0, 1.0):
            return value
        at = value - FIRST
        return self.places[int(at)] if at.is_integer() and 0 <= at < len(self.places) else None
