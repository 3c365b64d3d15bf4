"""One sample of a batch, and all parameters or their gradients, each as one row."""

from __future__ import annotations

import numpy as np

from ...maths.architecture import Architecture
from ...maths.expressions import Symbol
from ...maths.messages import N_
from ...maths.symbols import Shape
from ..indices import Index
from ..printing.latex import LatexPrinter
from ..view import View
from .kind import COST, LOSS, Derived, Kind, Named, Side, Stored, called, is_turned, one_row, sides, stored_value
from .written import by_entry, named


def sample_number(node: Derived, view: View) -> str:
    assert node.index is not None
    return str(node.index + view.notation.first_index)


def sample_entry(node: Derived, view: View) -> tuple[Named, ...]:
    (of,) = node.operands
    number = sample_number(node, view)
    places: tuple[Side, ...] = (0, number) if is_turned(node, view.notation) else (number, 1)
    return (LOSS, Named(Symbol("Z", of.layer), places)) if isinstance(of, Derived) else (Named(of, places),)


def sample_latex(node: Derived, printer: LatexPrinter, row: Index, column: Index) -> str:
    each = row or column or ":"
    return named(sample_entry(node, printer.view), printer, each, each, ",")


sample_row = Kind(
    "sample",
    turns_like="own",
    shape=one_row,
    value=lambda node, stored, architecture: stored_value(node.operands[0], stored, architecture)[[node.index or 0]],
    entry=sample_entry,
    text=lambda node, view, name: f"{name(node.operands[0])}, {sample_number(node, view)}",
    latex=sample_latex,
    phase="",
    meaning=N_("one example of the batch"),
)
"""One sample of a batch, by its index, as a row."""


def parameters_shape(_node: Derived, architecture: Architecture) -> Shape:
    return (1, architecture.parameter_count)


def parameters_value(node: Derived, stored: Stored, architecture: Architecture) -> np.ndarray:
    """Every array of parameters (or its gradient, or its new value) as one row, layer by layer."""
    W, b = node.operands
    arrays = [
        stored(Symbol(each.name, l))
        for l in range(1, architecture.depth + 1)
        for each in (W, b)[: 1 + architecture.bias]
    ]
    return np.concatenate([np.ravel(array) for array in arrays])[None, :]


def is_new(node: Derived) -> bool:
    """Whether parameters are those after the update."""
    return node.operands[0].name.startswith("new")


def theta_latex(node: Derived, _printer: LatexPrinter, row: Index, column: Index) -> str:
    below = ",".join(filter(None, (r"\text{new}" if is_new(node) else None, row or column)))
    return r"\theta" + (f"_{{{below}}}" if below else "")


def nabla_latex(node: Derived, printer: LatexPrinter, row: Index, column: Index) -> str:
    return by_entry(node, printer, row, column) if row or column else rf"\nabla {printer.symbol(COST.symbol)}"


all_parameters = Kind(
    "parameters",
    turns_like="b",
    shape=parameters_shape,
    value=parameters_value,
    entry=lambda node, view: (Named(node, sides(node, view)[:1]),),
    text=called("θ"),
    latex=theta_latex,
    letter="θ",
    phase="update",
    meaning=N_("all parameters, weights and biases, in one long vector"),
)
theta = Derived(all_parameters.name, None, (Symbol("W", 1), Symbol("b", 1)))
new_theta = Derived(all_parameters.name, None, (Symbol("new W", 1), Symbol("new b", 1)))
"""θ before and after the update: all W and b, layer by layer."""

all_gradients = Kind(
    "parameter gradient",
    turns_like="b",
    shape=parameters_shape,
    value=parameters_value,
    entry=lambda node, view: (COST, Named(theta, sides(node, view)[:1])),
    text=called("∇{cost}"),
    latex=nabla_latex,
    meaning=N_("the gradient: the derivative of the cost with respect to every parameter, in the same order"),
)
nabla = Derived(all_gradients.name, None, (Symbol("dW", 1), Symbol("db", 1)))
"""∇J, as θ."""
