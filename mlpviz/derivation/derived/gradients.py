"""Derivatives of the cost: by an array, by all weights in a row, by one weight, and what a module carries back."""

from __future__ import annotations

import numpy as np

from ...engine.evaluate import evaluate
from ...maths.architecture import Architecture
from ...maths.equations import carried_back
from ...maths.expressions import Expression, Symbol
from ...maths.messages import N_
from ..indices import Index
from ..printing.latex import LatexPrinter
from ..printing.naming import function_name
from ..slopes import into_activation, without_scale
from ..view import View
from .jacobians import by_weights, jacobian, jacobian_value
from .kind import (
    COST,
    FLAT,
    LOSS,
    Derived,
    Kind,
    Named,
    Stored,
    called,
    gradient_by,
    layer_of,
    length,
    one_row,
    operand_shape,
    sides,
)


def slope_of_loss(architecture: Architecture) -> Expression:
    """∂J/∂A at the output: ∂ℓ/∂A over what the cost divides by."""
    return carried_back(architecture, architecture.depth).value


def gradient_value(node: Derived, stored: Stored, architecture: Architecture) -> np.ndarray:
    """∂J/∂v for v = Z (which is δ), A, or the entries of A at the output."""
    (by,) = node.operands
    layer = layer_of(by)
    if by.name == "Z":
        return stored(Symbol("delta", layer))
    return np.asarray(evaluate(into_activation(architecture, layer), stored))


def outer(node: Derived, stored: Stored, _architecture: Architecture) -> np.ndarray:
    """The sum over samples of δ_i a_j, without the l2 term."""
    layer = layer_of(node.operands[0])
    return stored(Symbol("delta", layer)).T @ stored(Symbol("A", layer - 1))


gradient = Kind(
    "gradient",
    turns_like="delta",
    shape=operand_shape,
    value=gradient_value,
    entry=lambda node, view: (COST, Named(node.operands[0], sides(node, view))),
    text=gradient_by("{0}"),
    meaning=N_("the derivative of the cost with respect to each entry"),
)
"""∂J/∂v, stored in the shape of v."""

flat_gradient = Kind(
    "flat gradient",
    turns_like="delta",
    shape=one_row,
    value=lambda node, stored, architecture: outer(node, stored, architecture).reshape(1, -1),
    entry=lambda node, view: (COST, Named(node.operands[0], sides(node, view), flat=True)),
    text=gradient_by(FLAT + " {0}"),
    meaning=N_("the gradient of the weights, all of them in one long vector"),
)
"""∂J/∂W as one long row, unit by unit."""


def v_latex(_node: Derived, _printer: LatexPrinter, row: Index, column: Index) -> str:
    index = row or column
    return f"v_{{{index}}}" if index else "v"


upstream = Kind(
    "upstream",
    turns_like="delta",
    shape=operand_shape,
    value=gradient_value,
    entry=lambda node, view: (Named(node, sides(node, view)),),
    text=lambda node, view, name: "v",
    latex=v_latex,
    letter="v",
    meaning=N_("the vector that comes back into a module: the derivative of the cost with respect to its output"),
)
"""v, what comes back into a module: ∂J/∂ of its output, for Z or A."""


def carried_value(node: Derived, stored: Stored, architecture: Architecture) -> np.ndarray:
    """v times the module's Jacobian; of the loss, which starts with 1, δ of the output."""
    of, by = node.operands
    if of.name == "losses":
        return stored(Symbol("delta", by.layer))
    return gradient_value(gradient(of), stored, architecture) @ jacobian_value(jacobian(of, by), stored, architecture)


def module_latex(of: Symbol, printer: LatexPrinter) -> str:
    """What computes a symbol, as a module: MM, an activation or ℓ."""
    if of.name == "losses":
        return printer.symbol(of)
    if of.name == "Z":
        return r"\mathsf{MM}"
    layer = layer_of(of)
    return function_name(printer.view.architecture.activations[layer - 1], printer.view, Symbol("Z", layer)).latex


def carried_latex(node: Derived, printer: LatexPrinter, row: Index, column: Index) -> str:
    of, by = node.operands
    v = "1" if of.name == "losses" else "v"
    text = rf"\mathcal{{B}}\left[{module_latex(of, printer)},\,{printer.symbol(by)}\right]\left({v}\right)"
    index = row or column
    return rf"{text}_{{{index}}}" if index else text


carried = Kind(
    "carried back",
    turns_like="delta",
    shape=lambda node, architecture: (1, length(node.operands[1], architecture)),
    value=carried_value,
    entry=lambda node, view: (),
    text=called("𝓑[{0}, {1}](v)"),
    latex=carried_latex,
    meaning=N_(
        "the backward function of a module: it takes the derivative of the cost with respect to "
        "the output and gives that with respect to the input"
    ),
)
"""𝓑[module, by](v) of the module that computes Z, A or the losses: what it carries back to ``by``."""


def unscaled_value(node: Derived, stored: Stored, architecture: Architecture) -> np.ndarray:
    """δ times what the cost divides by."""
    return np.asarray(evaluate(without_scale(architecture, node.operands[0]), stored))


unscaled = Kind(
    "unscaled",
    turns_like="delta",
    shape=operand_shape,
    value=unscaled_value,
    entry=lambda node, view: (LOSS, Named(Symbol("Z", node.layer), sides(node, view))),
    text=lambda node, view, name: f"∂ℓ/∂{name(Symbol('Z', node.layer))}",
    meaning=N_("the derivative of each example’s own loss, before the cost divides"),
)
"""∂ℓ/∂Z of δ: before the cost's division."""


def weight(node: Derived, view: View) -> Named:
    """The one weight that a derived array is about: W_11."""
    W = node.operands[-1]
    place = divmod(node.index or 0, view.architecture.widths[layer_of(W) - 1])
    shown = place[::-1] if "W" in view.notation.transposed else place
    return Named(W, tuple(str(k + view.notation.first_index) for k in shown))


one_slope = Kind(
    "one slope",
    turns_like="delta",
    shape=lambda node, architecture: (length(node.operands[0], architecture), 1),
    value=lambda node, stored, architecture: by_weights(node.operands[0], stored)[:, [node.index or 0]],
    entry=lambda node, view: (Named(node.operands[0], sides(node, view)), weight(node, view)),
    text=called("∂{0}/∂w"),
    phase="forward",
    meaning=N_("the derivative of the weighted sums with respect to one weight"),
)
"""∂z/∂W_ij of one weight, by its index, stored as a column."""

one_gradient = Kind(
    "one gradient",
    turns_like="delta",
    shape=lambda node, architecture: (1, 1),
    value=lambda node, stored, architecture: outer(node, stored, architecture).reshape(-1, 1)[[node.index or 0]],
    entry=lambda node, view: (COST, weight(node, view)),
    text=called("∂{cost}/∂w"),
    meaning=N_("the derivative of the cost with respect to one weight"),
)
"""∂J/∂W_ij of one weight, by its index."""
