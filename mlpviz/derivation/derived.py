"""The arrays that derivations name beside those of a pass, one row each: Jacobians, gradients, one sample's row …

Stored as everything is: samples are rows, so ∂u/∂v of one sample is (entries of u, entries of v), and a row vector of
slopes v is carried back by v @ ∂u/∂v. Shown, they turn with the gradients: columns in denominator layout give
(∂u/∂v)ᵀ v, as texts S0 and S4 write it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..engine.evaluate import evaluate
from ..maths.architecture import Architecture
from ..maths.equations import carried_back
from ..maths.expressions import Expression, Symbol, at
from ..maths.losses import REDUCTIONS
from ..maths.messages import N_
from ..maths.shapes import symbol_shape
from ..maths.symbols import Dimension, Shape
from .indices import Index
from .notation import Notation
from .printing.latex import LatexPrinter
from .printing.naming import FunctionName, function_name
from .printing.text import gradient_text
from .view import View

Stored = Callable[[Symbol], Any]
"""The stored array, or the number, of a symbol of the pass."""

Naming = Callable[[Symbol], str]
"""How a symbol is called in plain text."""


@dataclass(frozen=True)
class Derived(Symbol):
    """An array that derivations name: its ``name`` is that of a kind, which makes it of its operands."""

    operands: tuple[Symbol, ...] = ()
    index: int | None = None

    def __str__(self) -> str:
        return " ".join([self.name, *map(str, self.operands), *([] if self.index is None else [str(self.index)])])

    @property
    def kind(self) -> Kind:
        return KINDS[self.name]


Side = int | str
"""What numbers an entry: 0 for the row as shown, 1 for the column, or a number that is fixed."""


FLAT = "flat"
"""W as one long vector, unit by unit; it is not vec W, which stacks columns."""


@dataclass(frozen=True)
class Named:
    """A symbol in the name of an entry, and the sides of the array that number it.

    With ``flat`` W is one long vector, unit by unit.
    """

    symbol: Symbol
    sides: tuple[Side, ...] = ()
    flat: bool = False


@dataclass(frozen=True)
class Kind:
    """One kind of derived array; called with operands it makes one of them.

    It is shown transposed where the symbol ``turns_like`` is ("": never, "own": as its operand). ``entry`` is how an
    entry is called: one symbol, two as ∂ over ∂, or none. ``text`` is its name, given how symbols are called;
    ``latex`` is how it is written, whole or as an entry, where that is not by what ``entry`` says.
    """

    name: str
    turns_like: str
    shape: Callable[[Derived, Architecture], Shape]
    value: Callable[[Derived, Stored, Architecture], np.ndarray]
    entry: Callable[[Derived, View], tuple[Named, ...]]
    text: Callable[[Derived, View, Naming], str]
    latex: Callable[[Derived, LatexPrinter, Index, Index], str] | None = None
    letter: str = ""
    phase: str = "backward"
    """Which way the network is read where this is derived; "" as for its operand."""

    meaning: str = ""

    def __call__(self, *operands: Symbol, index: int | None = None) -> Derived:
        return Derived(self.name, operands[0].layer, operands, index)


# What all kinds have


def stored_shape(symbol: Symbol, architecture: Architecture) -> Shape:
    """The stored shape of a symbol, derived or not."""
    if isinstance(symbol, Derived):
        return symbol.kind.shape(symbol, architecture)
    return symbol_shape(symbol, architecture)


def stored_value(symbol: Symbol, stored: Stored, architecture: Architecture) -> Any:
    """The stored array of a symbol, derived or not."""
    return symbol.kind.value(symbol, stored, architecture) if isinstance(symbol, Derived) else stored(symbol)


def is_turned(symbol: Symbol, notation: Notation) -> bool:
    """Whether a symbol is shown transposed from how it is stored."""
    if not isinstance(symbol, Derived):
        return symbol.name in notation.transposed
    like = symbol.kind.turns_like
    return is_turned(symbol.operands[0], notation) if like == "own" else like in notation.transposed


def layer_of(symbol: Symbol) -> int:
    """A symbol's absolute layer."""
    assert isinstance(symbol.layer, int), f"{symbol} has no absolute layer"
    return symbol.layer


def derived_latex(node: Derived, printer: LatexPrinter, row: Index = None, column: Index = None) -> str:
    """A derived array as LaTeX, or its entry at a shown row and column."""
    own = node.kind.latex or by_entry
    return own(node, printer, row, column)


def by_entry(node: Derived, printer: LatexPrinter, row: Index, column: Index) -> str:
    """A derived array as its entry is called."""
    return named(node.kind.entry(node, printer.view), printer, row, column)


def named(names: tuple[Named, ...], printer: LatexPrinter, row: Index, column: Index, separator: str = "") -> str:
    """One symbol with its indices, or ∂ over ∂."""
    texts = []
    for name in names:
        places = [side if isinstance(side, str) else (row, column)[side] for side in name.sides]
        texts.append(numbered(name, printer, separator.join(filter(None, places))))
    if len(texts) == 1:
        return texts[0]
    if names[0] == COST:
        return printer.gradient(texts[0], texts[1], small=bool(row or column))
    return printer.derivative(texts[0], texts[1])


def numbered(name: Named, printer: LatexPrinter, index: str) -> str:
    """A symbol in the name of an entry, with its index."""
    symbol = name.symbol
    if isinstance(symbol, Derived):
        return derived_latex(symbol, printer, index)
    if not (name.flat and symbol.name == "W"):
        return printer.symbol(symbol, index, small=bool(index))
    text = rf"\operatorname{{{FLAT}}} {printer.symbol(symbol)}"
    return rf"(\,{text})_{{{index}}}" if index else text


def called(template: str) -> Callable[[Derived, View, Naming], str]:
    """A name that says the operands' names and the cost's."""
    return lambda node, view, name: template.format(*map(name, node.operands), cost=view.notation.cost)


def gradient_by(template: str, around: str = "{}") -> Callable[[Derived, View, Naming], str]:
    """The name of the cost's gradient by an array, as the notation writes gradients, perhaps with a word around it."""
    return lambda node, view, name: around.format(gradient_text(template.format(*map(name, node.operands)), view))


COST, LOSS = Named(Symbol("cost")), Named(Symbol("losses"))


def both_sides(view: View) -> tuple[int, int]:
    """Row and column as shown; those of ∂J/∂v are v's own, so numerator layout swaps them."""
    return (1, 0) if view.notation.layout == "numerator" else (0, 1)


def sides(node: Symbol, view: View) -> tuple[int, ...]:
    """The sides of a shown array that are longer than 1."""
    shape = view.symbol_shape(node)
    return tuple(side for side in both_sides(view) if shape[side] != 1)


def operand_shape(node: Derived, architecture: Architecture) -> Shape:
    return stored_shape(node.operands[0], architecture)


def one_row(node: Derived, architecture: Architecture) -> Shape:
    return (1, length(node.operands[0], architecture))


def length(symbol: Symbol, architecture: Architecture) -> Dimension:
    """How many entries of a symbol one sample has; W counts as one long vector."""
    if symbol.name != "W":
        return stored_shape(symbol, architecture)[1]
    layer = layer_of(symbol)
    return architecture.widths[layer] * architecture.widths[layer - 1]


# Jacobians of one sample


Rule = Callable[[Symbol, Stored, Architecture], np.ndarray]


def by_weights(of: Symbol, stored: Stored) -> np.ndarray:
    """∂z/∂W: z_k depends on the weights into unit k alone, and there the slope is the input: a staircase of rows a."""
    return np.kron(np.eye(stored(of).shape[1]), stored(Symbol("A", layer_of(of) - 1)))


def by_sums(of: Symbol, stored: Stored, architecture: Architecture) -> np.ndarray:
    """∂a/∂z: its row i carries e_i back through the activation, so diag(f′(z)), or of softmax a_i(1_ij − a_j)."""
    A, Z, row = Symbol("A", of.layer), Symbol("Z", of.layer), Symbol("row")
    n = stored(Z).shape[1]
    pulled = architecture.activation(layer_of(of)).pull_back(row, Z, A)
    value = evaluate(pulled, lambda symbol: np.eye(n) if symbol == row else stored(symbol))
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


# Gradients


def slope_of_loss(architecture: Architecture) -> Expression:
    """∂J/∂A at the output: ∂ℓ/∂A over what the cost divides by."""
    return carried_back(architecture, architecture.depth).value


def gradient_value(node: Derived, stored: Stored, architecture: Architecture) -> np.ndarray:
    """∂J/∂v for v = Z (which is δ), A, or the entries of A at the output."""
    (by,) = node.operands
    layer = layer_of(by)
    if by.name == "Z":
        return stored(Symbol("delta", layer))
    return np.asarray(evaluate(carried_back(architecture, layer).value, stored))


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
    scale = REDUCTIONS[architecture.reduction].scale
    factor = 1 if scale is None else evaluate(at(scale, architecture.depth), stored)
    return stored(node.operands[0]) * factor


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


# The slopes of one layer's activation


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


# One sample of a batch


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


# ∂a/∂W, each unit by its own weights


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


# All parameters as one row


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
    text=lambda node, view, name: "new θ" if is_new(node) else "θ",
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


# One weight


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


KINDS: Mapping[str, Kind] = {
    each.name: each
    for each in (
        jacobian,
        gradient,
        flat_gradient,
        upstream,
        carried,
        unscaled,
        diagonal,
        sample_row,
        path,
        all_parameters,
        all_gradients,
        one_slope,
        one_gradient,
    )
}
"""Every kind of derived array by name."""
