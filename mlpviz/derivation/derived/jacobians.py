"""Jacobians of one sample, the slopes of one activation, and the derivatives of a unit by its own weights."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from ...engine.evaluate import evaluate
from ...maths.architecture import Architecture
from ...maths.expressions import Symbol
from ...maths.messages import N_
from ..indices import Index
from ..printing.latex import LatexPrinter
from ..printing.naming import FunctionName, function_name
from ..slopes import rows, through_activation
from ..view import View
from .kind import (
    FLAT,
    Derived,
    Kind,
    Named,
    Naming,
    Stored,
    both_sides,
    called,
    is_turned,
    layer_of,
    length,
    sides,
    stored_shape,
)
from .written import named

Rule = Callable[[Symbol, Stored, Architecture], np.ndarray]


def by_weights(of: Symbol, stored: Stored) -> np.ndarray:
    """∂z/∂W: z_k depends on the weights into unit k alone, and there the slope is the input: a staircase of rows a."""
    return np.kron(np.eye(stored(of).shape[1]), stored(Symbol("A", layer_of(of) - 1)))


def by_sums(of: Symbol, stored: Stored, architecture: Architecture) -> np.ndarray:
    """∂a/∂z: its row i carries e_i back through the activation, so diag(f′(z)), or of softmax a_i(1_ij − a_j)."""
    layer = layer_of(of)
    n = stored(Symbol("Z", layer)).shape[1]
    known = {rows(layer): np.eye(n)}
    value = evaluate(
        through_activation(architecture, layer), lambda symbol: known[symbol] if symbol in known else stored(symbol)
    )
    return np.broadcast_to(np.asarray(value, float), (n, n)).copy()


def by_sums_below(of: Symbol, stored: Stored, architecture: Architecture) -> np.ndarray:
    """∂z/∂z of the layer below, through a: the product of two Jacobians."""
    return stored(Symbol("W", of.layer)) @ by_sums(Symbol("A", layer_of(of) - 1), stored, architecture)


RULES: Mapping[tuple[str, str], Rule] = {
    ("Z", "W"): lambda of, stored, architecture: by_weights(of, stored),
    ("Z", "b"): lambda of, stored, architecture: np.eye(stored(of).shape[1]),
    ("Z", "A"): lambda of, stored, architecture: stored(Symbol("W", of.layer)),
    ("A", "Z"): by_sums,
    ("Z", "Z"): by_sums_below,
}
"""The Jacobians of one layer, by what is differentiated and by what."""


def jacobian_value(node: Derived, stored: Stored, architecture: Architecture) -> np.ndarray:
    """The explicit matrix ∂u/∂v of one sample.

    Raises ValueError for more than one sample, and where no rule is known.
    """
    of, by = node.operands
    if stored(Symbol("m")) != 1:
        raise ValueError(f"{node} is the Jacobian of one sample, and the pass has {stored(Symbol('m'))}")
    if (of.name, by.name) not in RULES:
        raise ValueError(f"there is no rule for {node}")
    return RULES[of.name, by.name](of, stored, architecture)


def jacobian_entry(node: Derived, view: View) -> tuple[Named, ...]:
    out, into = (1, 0) if is_turned(node, view.notation) else (0, 1)
    of, by = node.operands
    return Named(of, (out,)), Named(by, (into,), flat=True)


jacobian = Kind(
    "jacobian",
    turns_like="delta",
    shape=lambda node, architecture: (length(node.operands[0], architecture), length(node.operands[1], architecture)),
    value=jacobian_value,
    entry=jacobian_entry,
    text=lambda node, view, name: "∂{}/∂{}{}".format(
        name(node.operands[0]), f"{FLAT} " * (node.operands[1].name == "W"), name(node.operands[1])
    ),
    phase="forward",
    meaning=N_("the Jacobian: how each entry of what stands above depends on each entry of what stands below"),
)
"""∂u/∂v of one sample, stored as (entries of u, entries of v); W counts as one vector, unit by unit."""


def slope_of(node: Derived, view: View) -> FunctionName:
    return function_name(view.architecture.activation(layer_of(node)).slope_name, view, node.operands[0])


def diagonal_text(node: Derived, view: View, name: Naming) -> str:
    return f"diag {slope_of(node, view).text}({name(node.operands[0])})"


def diagonal_latex(node: Derived, printer: LatexPrinter, row: Index, column: Index) -> str:
    (Z,) = node.operands
    slope = slope_of(node, printer.view).latex
    if row and column:
        return rf"\mathbf{{1}}_{{{row}{column}}}\,{slope}({printer.symbol(Z, column, small=True)})"
    return rf"\operatorname{{diag}}\left({slope}({printer.symbol(Z)})\right)"


diagonal = Kind(
    "diagonal",
    turns_like="delta",
    shape=lambda node, architecture: (length(node.operands[0], architecture),) * 2,
    value=by_sums,
    entry=lambda node, view: (),
    text=diagonal_text,
    latex=diagonal_latex,
    meaning=N_("the derivatives of the activation function on the diagonal of a square matrix, zeros elsewhere"),
)
"""diag(f′(z))."""


def path_value(node: Derived, stored: Stored, architecture: Architecture) -> np.ndarray:
    """∂a_i/∂W_ij: each unit's slope times its input, where a unit's a depends on its own z alone."""
    A, W = node.operands
    slopes = np.diag(by_sums(A, stored, architecture))
    return slopes[:, None] * stored(Symbol("A", layer_of(W) - 1))


def path_names(node: Derived, view: View, places: tuple[int, ...]) -> tuple[Named, ...]:
    A, W = node.operands
    unit = both_sides(view)[0 if view.notation.weights == "out_in" else 1]
    return Named(A, tuple(side for side in places if side == unit)), Named(W, places)


def path_latex(node: Derived, printer: LatexPrinter, row: Index, column: Index) -> str:
    names = path_names(node, printer.view, both_sides(printer.view))
    if row or column:
        return named(names, printer, row, column)
    return rf"\left[{named(names, printer, 'i', 'j')}\right]_{{ij}}"


path = Kind(
    "path",
    turns_like="dW",
    shape=lambda node, architecture: stored_shape(node.operands[1], architecture),
    value=path_value,
    entry=lambda node, view: path_names(node, view, sides(node, view)),
    text=called("∂{0}ᵢ/∂{1}ᵢⱼ"),
    latex=path_latex,
    phase="forward",
    meaning=N_("the derivative of each activation with respect to the weights into its own unit"),
)
"""∂a_i/∂W_ij, each unit by its own weights, stored as W."""
