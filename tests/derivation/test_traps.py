"""What people write that is easily taken for something else: each trap with what must be said, and what must not."""

import mlpviz
from mlpviz.derivation.notation import Notation

SIGMOID = mlpviz.Architecture((2, 3, 2), ("sigmoid", "sigmoid"), "half_squared_error", "sum")
RELU = mlpviz.Architecture((2, 3, 2), ("relu", "sigmoid"), "half_squared_error", "sum")
TANH = mlpviz.Architecture((2, 3, 2), ("tanh", "tanh"), "half_squared_error", "sum")
CLASSES = mlpviz.Architecture((2, 4, 3), ("tanh", "softmax"), "cross_entropy", "mean_samples")
ELEMENTS = mlpviz.Architecture((2, 3, 2), ("sigmoid", "sigmoid"), "squared_error", "mean_elements")
LEAVES = Notation("columns", numbered="leaves")
AI = Notation("columns", division="gradients")

TRAPS = (
    ("db2 = np.sum(dZ2)", SIGMOID, "rows", "!right", ""),
    ("db2 = 1/m * np.sum(dZ2)", CLASSES, AI, "!right", ""),
    ("db2 = np.sum(dZ2, axis=1, keepdims=True)", SIGMOID, "rows", "!right", ""),
    ("db2 = np.sum(dZ2, axis=0, keepdims=True)", SIGMOID, "columns", "!right", ""),
    ("db2 = dZ2.sum(axis=0)", SIGMOID, "rows", "right", ""),
    ("db2 = sum(dZ2)", SIGMOID, "rows", "right", ""),
    ("dW2 = np.outer(dZ2, A1)", SIGMOID, "columns", "!right", ""),
    (r"\frac{\partial C_0}{\partial W^{(L)}} = \delta^{(L)} a^{(L-1)T}", SIGMOID, "columns", "right", ""),
    ("dZ2 = (A2 - Y) * (1 - A2*A2)", SIGMOID, "rows", "wrong", "tanh"),
    ("dZ2 = (A2 - Y) * (1 - A2) * (1 + A2)", SIGMOID, "rows", "wrong", "tanh"),
    ("dZ2 = (A2 - Y) * A2 * (1 - A2)", TANH, "rows", "wrong", "sigmoid"),
    ("dZ1 = delta2 @ W2 * f'(Z1)", SIGMOID, "rows", "right", ""),
    ("dZ1 = delta2 @ W2 * (Z1 > 0)", RELU, "rows", "right", ""),
    ("dZ1 = delta2 @ W2 * (Z1 > 0)", SIGMOID, "rows", "!right", ""),
    ("dZ2 = A2 - Y", CLASSES, AI, "right", ""),
    ("dW2 = 1/m * dZ2 @ A1.T", CLASSES, AI, "right", ""),
    ("dZ2 = A2 - Y", CLASSES, "rows", "wrong", ""),
    ("dA1 = dZ2 @ W2", SIGMOID, "rows", "right", ""),
    ("dA1 = np.dot(W2.T, dZ2)", SIGMOID, "columns", "right", ""),
    (r"\delta^1 = (W^1)^T \delta^2 \odot f'(z^1)", SIGMOID, LEAVES, "right", ""),
    ("dW2 = dZ2.T @ A1 / X.shape[0] * m", CLASSES, "rows", "right", ""),
    ("A2 = sigmoid(Z2)", SIGMOID, "rows", "right", ""),
    ("A2 = sigmoid(Z2)", TANH, "rows", "!right", ""),
    ("J = -np.sum(Y * np.log(A2)) / m", CLASSES, "rows", "right", ""),
    ("dZ2 = (A2 – Y) * A2 * (1 – A2)", SIGMOID, "rows", "right", ""),
    ("𝛿₂ = (𝐴₂ − 𝑌) × 𝐴₂ × (1 − 𝐴₂)", SIGMOID, "rows", "right", ""),
    ("dW2 = dZ2 * A1'", SIGMOID, "columns", "right", ""),
    ("dW2 = dZ2 .* A1'", SIGMOID, "columns", "!right", ""),
    ("dW2 = 1/m * (delta[2].T @ A[1]) * 2", CLASSES, "rows", "wrong", "factor 2 too many"),
    ("delta2 = (A2 - Y) * A2 * (1 - A2) / m", ELEMENTS, "rows", "wrong", "only where there are 2 outputs"),
    ("delta2 = (A2 - Y) * A2 * (1 - A2) / (m * n[2])", ELEMENTS, "rows", "wrong", "2 of the square is missing"),
    ("delta2 = (y - l2) * (l2 * (1 - l2))", SIGMOID, "rows", "wrong", "if it is layer 2"),
    ("W2 -= lr * dZ2.T @ A1", SIGMOID, "rows", "right", ""),
    ("W2 += lr * dZ2.T @ A1", SIGMOID, "rows", "!right", ""),
)
"""A line, the network, the notation, the kind that it must have or must not have (!), and a word that is said."""


def test_each_trap_is_told_for_what_it_is():
    for text, network, notation, kind, word in TRAPS:
        verdict = mlpviz.check_formula(text, None, network, notation)
        fits = verdict.kind != kind[1:] if kind.startswith("!") else verdict.kind == kind
        assert fits, (text, verdict.kind, verdict.message)
        assert word in verdict.message, (text, verdict.message)


def test_code_that_says_nothing_of_a_batch_is_right_for_one_sample():
    for text, notation in (("db2 = dz2", "columns"), ("db2 = delta2", "rows"), ("dL_db1 = delta1", "rows")):
        verdict = mlpviz.check_formula(text, None, SIGMOID, notation, X=[[1.0, 2.0]], Y=[[0.0, 1.0]])
        assert (verdict.kind, verdict.one_sample) == ("right", True), text
        assert "accident" not in verdict.message, text
