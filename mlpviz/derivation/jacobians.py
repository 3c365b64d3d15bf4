"""The arrays that derivations name, one entry each: their shape, how they are shown, and their value by rule.

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
from ..maths.equations import LossSlope, expand
from ..maths.expressions import Expression, Symbol, at
from ..maths.losses import REDUCTIONS
from ..maths.shapes import symbol_shape
from ..maths.symbols import Dimension, Shape
from .calculus import Derived
from .notation import Notation

Stored = Callable[[Symbol], Any]
"""The stored array, or the number, of a symbol of the pass."""


@dataclass(frozen=True)
class Kind:
    """One kind of derived array; shown transposed where the symbol ``like`` is ("": never, "own": as its operand)."""

    like: str
    shape: Callable[[Derived, Architecture], Shape]
    value: Callable[[Derived, Stored, Architecture], np.ndarray]


# Jacobians of one sample


def length(symbol: Symbol, architecture: Architecture) -> Dimension:
    """How many entries of a symbol one sample has; W counts as one long vector."""
    _rows, columns = derived_shape(symbol, architecture)
    if symbol.name != "W":
        return columns
    layer = symbol.layer
    assert isinstance(layer, int)
    return architecture.widths[layer] * architecture.widths[layer - 1]


def by_weights(of: Symbol, by: Symbol, stored: Stored, architecture: Architecture) -> np.ndarray:
    """∂z/∂W: z_k depends on the weights into unit k alone, and there the slope is the input: a staircase of rows a."""
    return np.kron(np.eye(stored(of).shape[1]), stored(Symbol("A", layer_of(of) - 1)))


def by_bias(of: Symbol, by: Symbol, stored: Stored, architecture: Architecture) -> np.ndarray:
    """∂z/∂b is the identity."""
    return np.eye(stored(of).shape[1])


def by_inputs(of: Symbol, by: Symbol, stored: Stored, architecture: Architecture) -> np.ndarray:
    """∂z/∂a of the layer below is W."""
    return stored(Symbol("W", of.layer))


def by_sums(of: Symbol, by: Symbol, stored: Stored, architecture: Architecture) -> np.ndarray:
    """∂a/∂z: its row i carries e_i back through the activation, so diag(f′(z)), or of softmax a_i(1_ij − a_j)."""
    A, Z, row = Symbol("A", of.layer), Symbol("Z", of.layer), Symbol("row")
    n = stored(Z).shape[1]
    pulled = architecture.activation(layer_of(of)).pull_back(row, Z, A)
    value = evaluate(pulled, lambda symbol: np.eye(n) if symbol == row else stored(symbol))
    return np.broadcast_to(np.asarray(value, float), (n, n)).copy()


def by_sums_below(of: Symbol, by: Symbol, stored: Stored, architecture: Architecture) -> np.ndarray:
    """∂z/∂z of the layer below, through a: the product of two Jacobians."""
    A = Symbol("A", by.layer)
    return by_inputs(of, A, stored, architecture) @ by_sums(A, by, stored, architecture)


Rule = Callable[[Symbol, Symbol, Stored, Architecture], np.ndarray]

RULES: Mapping[tuple[str, str], Rule] = {
    ("Z", "W"): by_weights,
    ("Z", "b"): by_bias,
    ("Z", "A"): by_inputs,
    ("A", "Z"): by_sums,
    ("Z", "Z"): by_sums_below,
}
"""Each Jacobian's rule, by what is differentiated and by what."""


def layer_of(symbol: Symbol) -> int:
    """A symbol's absolute layer."""
    assert isinstance(symbol.layer, int), f"{symbol} has no absolute layer"
    return symbol.layer


def jacobian_value(node: Derived, stored: Stored, architecture: Architecture) -> np.ndarray:
    """The explicit matrix ∂u/∂v of one sample.

    Raises ValueError for more than one sample, and where no rule is known.
    """
    of, by = node.operands
    if stored(Symbol("m")) != 1:
        raise ValueError(f"{node} is the Jacobian of one sample, and the pass has {stored(Symbol('m'))}")
    if (of.name, by.name) not in RULES:
        raise ValueError(f"there is no rule for {node}")
    return RULES[of.name, by.name](of, by, stored, architecture)


# Gradients and other arrays


def slope_of_loss(architecture: Architecture) -> Expression:
    """∂J/∂A at the output: ∂ℓ/∂A over what the cost divides by."""
    L = architecture.depth
    A, Y = Symbol("A", L), Symbol("Y")
    slope = expand(LossSlope(A, Y), architecture, L)
    scale = REDUCTIONS[architecture.reduction].scale
    return slope if scale is None else slope / at(scale, L)


def gradient_value(node: Derived, stored: Stored, architecture: Architecture) -> np.ndarray:
    """∂J/∂v for v = Z (which is δ), A, or the entries of A at the output."""
    (by,) = node.operands
    layer = layer_of(by)
    if by.name == "Z":
        return stored(Symbol("delta", layer))
    if layer == architecture.depth:
        return np.asarray(evaluate(slope_of_loss(architecture), stored))
    return stored(Symbol("delta", layer + 1)) @ stored(Symbol("W", layer + 1))


def outer(node: Derived, stored: Stored, architecture: Architecture) -> np.ndarray:
    """The sum over samples of δ_i a_j, without the l2 term."""
    layer = layer_of(node.operands[0])
    return stored(Symbol("delta", layer)).T @ stored(Symbol("A", layer - 1))


def diagonal_value(node: Derived, stored: Stored, architecture: Architecture) -> np.ndarray:
    """f′(z) on the diagonal, zeros elsewhere."""
    (Z,) = node.operands
    return by_sums(Symbol("A", Z.layer), Z, stored, architecture)


def sample_value(node: Derived, stored: Stored, architecture: Architecture) -> np.ndarray:
    """One row of a batch."""
    assert node.index is not None
    return stored_or_derived(node.operands[0], stored, architecture)[[node.index]]


def unscaled_value(node: Derived, stored: Stored, architecture: Architecture) -> np.ndarray:
    """δ times what the cost divides by."""
    scale = REDUCTIONS[architecture.reduction].scale
    factor = 1 if scale is None else evaluate(at(scale, architecture.depth), stored)
    return stored(node.operands[0]) * factor


def path_value(node: Derived, stored: Stored, architecture: Architecture) -> np.ndarray:
    """∂a_i/∂W_ij: each unit's slope times its input, where a unit's a depends on its own z alone."""
    A, W = node.operands
    slopes = np.diag(by_sums(A, Symbol("Z", A.layer), stored, architecture))
    return slopes[:, None] * stored(Symbol("A", layer_of(W) - 1))


def parameters_value(node: Derived, stored: Stored, architecture: Architecture) -> np.ndarray:
    """Every array of parameters (or its gradient, or its new value) as one row, layer by layer."""
    W, b = node.operands
    arrays = [
        stored(Symbol(each.name, l))
        for l in range(1, architecture.depth + 1)
        for each in (W, b)[: 1 + architecture.bias]
    ]
    return np.concatenate([np.ravel(array) for array in arrays])[None, :]


def one_slope_value(node: Derived, stored: Stored, architecture: Architecture) -> np.ndarray:
    """∂z/∂W_ij for one weight, a column."""
    Z, W = node.operands
    return by_weights(Z, W, stored, architecture)[:, [node.index or 0]]


def one_gradient_value(node: Derived, stored: Stored, architecture: Architecture) -> np.ndarray:
    """∂J/∂W_ij of one weight, without the l2 term."""
    return outer(node, stored, architecture).reshape(-1, 1)[[node.index or 0]]


def operand_shape(node: Derived, architecture: Architecture) -> Shape:
    """The shape of the operand."""
    return derived_shape(node.operands[0], architecture)


def square(node: Derived, architecture: Architecture) -> Shape:
    """Units by units."""
    n = length(node.operands[0], architecture)
    return (n, n)


KINDS: dict[str, Kind] = {
    "jacobian": Kind(
        "delta",
        lambda node, architecture: (length(node.operands[0], architecture), length(node.operands[1], architecture)),
        jacobian_value,
    ),
    "gradient": Kind("delta", operand_shape, gradient_value),
    "flat gradient": Kind(
        "delta",
        lambda node, architecture: (1, length(node.operands[0], architecture)),
        lambda node, stored, architecture: outer(node, stored, architecture).reshape(1, -1),
    ),
    "folded": Kind("dW", operand_shape, outer),
    "diagonal": Kind("", square, diagonal_value),
    "sample": Kind("own", lambda node, architecture: (1, length(node.operands[0], architecture)), sample_value),
    "unscaled": Kind("delta", operand_shape, unscaled_value),
    "path": Kind("dW", lambda node, architecture: derived_shape(node.operands[1], architecture), path_value),
    "parameters": Kind("b", lambda node, architecture: (1, architecture.parameter_count), parameters_value),
    "parameter gradient": Kind("b", lambda node, architecture: (1, architecture.parameter_count), parameters_value),
    "one slope": Kind("delta", lambda node, architecture: (length(node.operands[0], architecture), 1), one_slope_value),
    "one gradient": Kind("delta", lambda node, architecture: (1, 1), one_gradient_value),
}
"""Every kind of derived array by name."""


def derived_shape(symbol: Symbol, architecture: Architecture) -> Shape:
    """The stored shape of a symbol, derived or not."""
    if isinstance(symbol, Derived):
        return KINDS[symbol.name].shape(symbol, architecture)
    return symbol_shape(symbol, architecture)


def stored_or_derived(symbol: Symbol, stored: Stored, architecture: Architecture) -> Any:
    """The stored array of a symbol, derived or not."""
    if isinstance(symbol, Derived):
        return KINDS[symbol.name].value(symbol, stored, architecture)
    return stored(symbol)


def is_turned(symbol: Symbol, notation: Notation) -> bool:
    """Whether a symbol is shown transposed from how it is stored."""
    if not isinstance(symbol, Derived):
        return symbol.name in notation.transposed
    like = KINDS[symbol.name].like
    return is_turned(symbol.operands[0], notation) if like == "own" else like in notation.transposed


def counts(node: Derived, architecture: Architecture) -> tuple[int, int]:
    """How many numbers a Jacobian has, and how many of them can differ from 0."""
    of, by = node.operands
    n, k = (architecture.widths[layer_of(symbol)] for symbol in (of, by))
    if by.name == "W":
        below = architecture.widths[layer_of(by) - 1]
        return n * n * below, n * below
    if by.name == "b" or (of.name == "A" and architecture.activation(layer_of(of)).elementwise):
        return n * n, n
    return n * k, n * k
