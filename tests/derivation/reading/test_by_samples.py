"""Sums over the samples that a generator writes out, and entries of an array that are chosen by a comparison."""

import mlpviz

RELU = mlpviz.Architecture((2, 3, 2), ("relu", "sigmoid"), "half_squared_error", "sum")

LINES = (
    ("dW2 = sum(np.outer(dZ2[i], A1[i]) for i in range(m))", "rows", "right"),
    ("dW2 = sum(np.outer(dZ2[i, :], A1[i, :]) for i in range(X.shape[0]))", "rows", "right"),
    ("dW2 = sum(np.outer(d, a) for d, a in zip(dZ2, A1))", "rows", "right"),
    ("dW2 = sum(np.outer(dZ2[:, i], A1[:, i]) for i in range(m))", "columns", "right"),
    ("db2 = sum(dZ2[i] for i in range(len(X)))", "rows", "right"),
    ("db2 = sum(d for d in dZ2)", "rows", "right"),
    ("dW2 = sum(np.outer(A1[i], dZ2[i]) for i in range(m))", "rows", "wrong"),
    ("dW2 = sum(np.outer(dZ2[i], X[i]) for i in range(m))", "rows", "wrong"),
    ("dW2 = sum(np.outer(dZ2[i], A1[i]) for i in range(3))", "rows", "refused"),
    ("dZ1 = dZ2 @ W2\ndZ1[A1 == 0] = 0", "rows", "right"),
    ("dZ1 = dZ2 @ W2\ndZ1[A1 != 0] = 0", "rows", "wrong"),
    ("dZ1 = dZ2 @ W2\ndZ1[Z1 == 0] = 0", "rows", "wrong"),
    (r"\nabla_{W_2} J = \sum_{i=1}^m \delta_2^{(i)} \otimes a_1^{(i)}", "columns", "right"),
    (r"\nabla_{W_2} J = \frac{1}{m} \sum_{i=1}^m \delta_2^{(i)} \otimes a_1^{(i)}", "columns", "wrong"),
    (r"\nabla_{W_2} J = \delta_2 \otimes a_1", "columns", "shape"),
    (r"\delta_j^{(1)} = \sum_{k \in \text{outputs}} w_{kj}^{(2)} \delta_k^{(2)} f'(z_j^{(1)})", "columns", "right"),
    (r"\delta_1 = (\Theta_2)^T \delta_2 \odot f'(z_1)", "columns", "right"),
    ("squares = (A2 - Y)**2\ncost = 0.5 * np.sum(squares)", "rows", "right"),
    ("squares = (A2 - Y)**2\ncost = np.sum(squares)", "rows", "wrong"),
)
"""A line, how its samples lie, and the kind of verdict that it deserves."""


def test_what_each_sample_gives_is_added_up_as_whole_arrays():
    for text, notation, kind in LINES:
        verdict = mlpviz.check_formula(text, None, RELU, notation)
        assert verdict.kind == kind, (text, verdict.message)
