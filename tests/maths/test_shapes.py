"""Shapes as formulas and in numbers, and the message where a product does not multiply."""

import re

import pytest

import mlpviz
from mlpviz.maths.activations import ACTIVATIONS
from mlpviz.maths.equations import steps
from mlpviz.maths.expressions import Apply, Here, Max, Number, Sum, Symbol
from mlpviz.maths.losses import LOSSES
from mlpviz.maths.shapes import ShapeError, numbers, shape, size, symbol_shape
from mlpviz.maths.symbols import QUANTITIES, SCALARS

ARCHITECTURE = mlpviz.Architecture((4, 3, 2), ("tanh", "softmax"), "cross_entropy", "mean_elements", l2=0.1)
A, W, b, Z, delta = (Symbol(name) for name in ("A", "W", "b", "Z", "delta"))
m, n = Symbol("m"), Symbol("n")
X, V, row, column, c = (Symbol(name) for name in ("X", "V", "row", "column", "c"))
NUMERIC = {X: (5, 3), V: (4, 2), row: (1, 3), column: (5, 1), c: (1, 1)}


def symbolic(node):
    return shape(node, lambda symbol: symbol_shape(symbol, ARCHITECTURE))


def numeric(node):
    return shape(node, NUMERIC.__getitem__)


@pytest.mark.parametrize(
    ("node", "right"),
    [
        (A[0], (m, n[0])),
        (W[2], (n[2], n[1])),
        (W[2].T, (n[1], n[2])),
        (b[1], (1, n[1])),
        (A[0] @ W[1].T + b[1], (m, n[1])),
        (delta[2].T @ A[1], (n[2], n[1])),
        (Sum(delta[2], 0), (1, n[2])),
        (Max(Z[2], 1), (m, 1)),
        (Sum(Symbol("losses"), 0) / Symbol("m"), (1, 1)),
        (Symbol("Y"), (m, n[2])),
        (Apply("softmax", (Z[2],)), (m, n[2])),
        (1 - Number(2) * A[1], (m, n[1])),
    ],
    ids=str,
)
def test_symbolic(node, right):
    assert symbolic(node) == right


@pytest.mark.parametrize(
    ("node", "right"),
    [
        (X @ row.T, (5, 1)),
        (X + row, (5, 3)),
        (row + X, (5, 3)),
        (column * X, (5, 3)),
        (column + row, (5, 3)),
        (c * V, (4, 2)),
        (-X / 2, (5, 3)),
        (X.T @ X, (3, 3)),
        (Apply("maximum", (X, Number(0))), (5, 3)),
        (Apply("maximum", (Number(0), X)), (5, 3)),
        (Apply("tanh'", (row, X)), (5, 3)),
    ],
    ids=str,
)
def test_numeric(node, right):
    assert numeric(node) == right


@pytest.mark.parametrize(
    ("node", "message"),
    [
        (X @ V, "X is (5, 3) and V is (4, 2): inner dimensions 3 and 4 differ"),
        (X @ V.T, "X is (5, 3) and V.T is (2, 4): inner dimensions 3 and 2 differ"),
        ((X + 1) @ V, "the expression before it is (5, 3) and V is (4, 2): inner dimensions 3 and 4 differ"),
        (Apply("tanh", (X,)) @ X, "tanh(…) is (5, 3) and X is (5, 3): inner dimensions 3 and 5 differ"),
        (X + V, "X is (5, 3) and V is (4, 2): 5 and 4 rows differ"),
        (X * row.T, "X is (5, 3) and row.T is (3, 1): 5 and 3 rows differ"),
        (V - row, "V is (4, 2) and row is (1, 3): 2 and 3 columns differ"),
        (Apply("maximum", (X, V)), "X is (5, 3) and V is (4, 2): 5 and 4 rows differ"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_does_not_multiply_says_which_axes(node, message):
    with pytest.raises(ShapeError, match=rf"^{re.escape(message)}$"):
        numeric(node)


def test_the_message_with_layers():
    sizes = {A[0]: (5, 3), W[1]: (2, 4)}
    message = "A[0] is (5, 3) and W[1] is (2, 4): inner dimensions 3 and 2 differ"
    with pytest.raises(ShapeError, match=rf"^{re.escape(message)}$"):
        shape(A[0] @ W[1], sizes.__getitem__)


def test_a_symbolic_mismatch_names_the_dimensions():
    with pytest.raises(ShapeError, match=re.escape("A[0] is (m, n[0]) and W[1] is (n[1], n[0]): inner dimensions")):
        symbolic(A[0] @ W[1])


def test_a_shape_error_is_a_value_error():
    assert issubclass(ShapeError, ValueError)


def test_numbers():
    assert numbers((m, n[2]), ARCHITECTURE, 7) == (7, 2)
    assert numbers((1, n[0]), ARCHITECTURE, 7) == (1, 4)


@pytest.mark.parametrize("dimension", [Symbol("n", -1), Symbol("n", 3), Symbol("n", Here()), Symbol("k")])
def test_a_layer_that_is_not_there_has_no_size(dimension):
    """In Python widths[-1] is the last width, silently."""
    with pytest.raises(ValueError, match="is no dimension of this network"):
        size(dimension, ARCHITECTURE, 7)


def test_every_symbol_of_every_step_has_a_shape():
    for step in steps(ARCHITECTURE):
        expected = symbol_shape(step.equation.target, ARCHITECTURE)
        assert symbolic(step.equation.value) == expected, step


@pytest.mark.parametrize("output", ACTIVATIONS)
@pytest.mark.parametrize("loss", LOSSES)
def test_a_loss_is_one_column(loss, output):
    node = LOSSES[loss].of(output, A[2], Symbol("Y"), Z[2])
    assert symbolic(node) == (m, 1)


def test_scalars_are_single_numbers():
    assert all((symbol_shape(Symbol(name, 1), ARCHITECTURE) == (1, 1)) == (name in SCALARS) for name in QUANTITIES)
