"""The functions of a network's units as programs of the browser, each with the slope that comes back through it.

The stepper draws f and f′ beside a unit: both are evaluated from the activations' own table (``maths/activations.py``).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from ...derivation.printing.naming import function_name
from ...derivation.view import View
from ...engine.trace import Sizes
from ...maths import shapes
from ...maths.activations import a, v, z
from ...maths.architecture import Architecture
from ...maths.expressions import Expression, Symbol
from .program import Operations

PARTIAL = "∂a/∂z"
"""How the slope of a unit is called whose activation mixes the units of its layer."""


@dataclass(frozen=True)
class RowSizes(Sizes):
    """The sizes of one sample's row of units: z, a and what comes back are each as long."""

    units: int

    def shape(self, node: Expression) -> tuple[int, int]:
        rows, columns = shapes.shape(node, lambda _symbol: (1, self.units))
        assert isinstance(rows, int)
        assert isinstance(columns, int)
        return rows, columns


def functions(view: View) -> dict[int, dict[str, Any]]:
    """By layer its activation: what it and its slope are called, its program, and whether it mixes its units."""
    return {layer: described(layer, view) for layer in range(1, view.architecture.depth + 1)}


def described(layer: int, view: View) -> dict[str, Any]:
    activation, Z = view.architecture.activation(layer), Symbol("Z", layer)
    mixes = not activation.elementwise
    slope = PARTIAL if activation.slope is None else function_name(activation.slope_name, view, Z).text
    name = function_name(activation.name, view, Z).text
    return {"name": name, "slope": slope, "mixes": mixes, "program": json.dumps(program_of(layer, view.architecture))}


def program_of(layer: int, architecture: Architecture) -> dict[str, Any]:
    """f and, carried back through it, ``v``: with 1 for a unit and 0 for the others that is its slope."""
    activation = architecture.activation(layer)
    written = Operations(RowSizes(architecture, 1, 1 if activation.elementwise else architecture.widths[layer]), ())
    for given in (z, v):
        written.row_of(given)
    written.arrays[a] = written.row_of(activation.activate(z))
    back = written.row_of(activation.pull_back(v, z, a))
    return {
        "rows": written.rows,
        "arrays": {str(symbol): row for symbol, row in written.arrays.items()} | {"back": back},
    }
