"""What derived arrays are computed by, as trees in the arrays of the pass: slopes through a layer, and what comes back.

``rows(l)`` stands for the identity matrix of a layer's units: carried back through the layer, its row i is what unit i
passes on.
"""

from __future__ import annotations

from ..maths.architecture import Architecture
from ..maths.equations import carried_back
from ..maths.expressions import Expression, Symbol, Transpose, at
from ..maths.losses import REDUCTIONS

ROWS = "rows"


def rows(layer: int) -> Symbol:
    return Symbol(ROWS, layer)


def through_activation(architecture: Architecture, layer: int) -> Expression:
    """∂a/∂z of one sample: diag(f′(z)), or of softmax a_i(1_ij − a_j)."""
    A, Z = Symbol("A", layer), Symbol("Z", layer)
    return architecture.activation(layer).pull_back(rows(layer), Z, A)


def through_layer(architecture: Architecture, layer: int) -> Expression:
    """∂z/∂z of the layer below, through a: the product of two Jacobians."""
    return Symbol("W", layer) @ through_activation(architecture, layer - 1)


def into_activation(architecture: Architecture, layer: int) -> Expression:
    """∂J/∂A."""
    return carried_back(architecture, layer).value


def without_scale(architecture: Architecture, error: Symbol) -> Expression:
    """An error times what the cost divides by."""
    scale = REDUCTIONS[architecture.reduction].scale
    return error if scale is None else error * at(scale, architecture.depth)


def outer(layer: int) -> Expression:
    """The sum over samples of δ_i a_j, without the l2 term."""
    return Transpose(Symbol("delta", layer)) @ Symbol("A", layer - 1)
