"""What is written back in a learner's manner: it reads as what it is, in every dialect."""

import numpy as np
import pytest

import mlpviz
from mlpviz.derivation.checker.networks import random_networks
from mlpviz.derivation.checker.nodes import (
    Activated,
    AxisSum,
    Diagonal,
    Juxtaposition,
    NamedSlope,
    Power,
    SampleSum,
    Slope,
    Total,
)
from mlpviz.derivation.checker.reading import read
from mlpviz.derivation.checker.reading.names import Namespace
from mlpviz.derivation.checker.reading.own_spelling import spelling
from mlpviz.derivation.checker.values import Evaluator
from mlpviz.derivation.notation import Notation
from mlpviz.maths.expressions import Add, Divide, MatMul, Multiply, Negate, Number, Subtract, Symbol, Transpose, apply

NETWORK = mlpviz.Architecture((2, 3, 2), ("relu", "sigmoid"), "half_squared_error", "sum")
COLUMNS = Notation("columns")

A1, A2, Y, W2, D2, Z1 = (*(Symbol(name, layer) for name, layer in (("A", 1), ("A", 2))), Symbol("Y"),
                         Symbol("W", 2), Symbol("delta", 2), Symbol("Z", 1))  # fmt: skip
M = Symbol("m")
CARRIED = MatMul(Transpose(W2), D2)
TREES = [
    MatMul(D2, Transpose(A1)),
    Transpose(MatMul(A1, Transpose(D2))),
    Multiply(CARRIED, Slope(Z1, 1)),
    Multiply(Slope(Z1, 1), CARRIED),
    Multiply(CARRIED, NamedSlope("relu", Z1, "z", 1)),
    Multiply(Multiply(Subtract(A2, Y), A2), Subtract(Number(1), A2)),
    Multiply(Subtract(A2, Y), Subtract(Number(1), Multiply(A2, A2))),
    Multiply(Divide(Number(1), M), MatMul(D2, Transpose(A1))),
    Divide(Juxtaposition(D2, Transpose(A1)), M),
    Juxtaposition(Number(2), Subtract(A2, Y)),
    Negate(Subtract(Y, A2)),
    Subtract(A2, Subtract(Y, A2)),
    Add(MatMul(W2, A1), Symbol("b", 2)),
    SampleSum(D2),
    SampleSum(Transpose(D2)),
    Multiply(Number(0.5), Total(Multiply(Subtract(A2, Y), Subtract(A2, Y)))),
    AxisSum(D2, 1),
    Activated("sigmoid", Add(MatMul(W2, A1), Symbol("b", 2)), 2),
    apply("exp", Negate(Z1)),
    Divide(Number(1), Add(Number(1), apply("exp", Negate(Z1)))),
    Multiply(A1, MatMul(Transpose(W2), Multiply(D2, Subtract(A2, Y)))),
    MatMul(Diagonal(SampleSum(D2)), A2),
    Power(A1, 3),
]

AS_TYPED = [
    "W[2].T @ delta[2] * A[1]",
    "W2.T @ dZ2 * A1",
    "np.dot(W2.T, dZ2) * A1",
    "np.multiply(np.dot(W2.T, dZ2), A1)",
    "W2.T.dot(dZ2) * np.exp(A1)",
    "np.dot(np.transpose(W2), dZ2) * A1**2",
    "W2.t().mm(dZ2) * torch.exp(A1)",
    "tf.matmul(tf.transpose(W2), dZ2) * A1",
    "jnp.matmul(W2.T, dZ2) * A1",
    "(W2' * delta2) .* a1;",
    "(W2' * δ2) .* σ.(z1)",
    "t(W2) %*% dZ2 * A1",
    "W2ᵀ δ2 ⊙ a1",
    "W⁽²⁾ᵀ δ⁽²⁾ ⊙ a⁽¹⁾",
    r"W^{(2)\top} \delta^{(2)} \odot a^{(1)}",
    r"W^{[2]T} \delta^{[2]} \odot a^{[1]}",
    r"W_2^T \delta_2 \odot a_1",
]


@pytest.mark.parametrize("typed", AS_TYPED)
def test_what_is_written_reads_as_what_it_is(typed):
    (evaluator,) = (Evaluator(network, COLUMNS.transposed) for network in random_networks(NETWORK)[:1])
    manner = spelling(typed, read(typed, Namespace(NETWORK, COLUMNS, 1)).names)
    for tree in TREES:
        if isinstance(tree, AxisSum) and "\\" in typed:
            continue  # which LaTeX has no form of
        text = manner.line(tree)
        again = read(text, Namespace(NETWORK, COLUMNS, 1))
        values = [evaluator.value(each) for each in again.trees]
        expected = evaluator.value(tree)
        assert any(value is not None and np.allclose(value, expected) for value in values), (text, again.trees)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("np.dot(W2.T, dZ2) * A1", "np.dot(W2.T, dZ2) * (Z1 > 0)"),
        ("W2.T @ dZ2 * A1", "(W2.T @ dZ2) * (Z1 > 0)"),
        ("(W2' * delta2) .* a1;", "(W2' * delta2) .* (z1 > 0)"),
        ("t(W2) %*% dZ2 * A1", "(t(W2) %*% dZ2) * (Z1 > 0)"),
        (r"W^{(2)\top} \delta^{(2)} \odot a^{(1)}", r"(W^{(2)\top} \delta^{(2)}) \odot (z^{(1)} > 0)"),
    ],
)
def test_products_and_transposes_are_the_learner_s(typed, written):
    manner = spelling(typed, read(typed, Namespace(NETWORK, COLUMNS, 1)).names)
    assert manner.write(Multiply(CARRIED, NamedSlope("relu", Z1, "z", 1))) == written
