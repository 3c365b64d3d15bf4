"""Lines as each language writes them: read, and judged right on networks whose sizes all differ."""

import pytest

import mlpviz
from mlpviz.derivation.checker.reading.dialects import DIALECTS, dialect_of
from mlpviz.derivation.notation import Notation

RELU = mlpviz.Architecture((2, 3, 2), ("relu", "sigmoid"), "half_squared_error", "sum")
SIGMOID = mlpviz.Architecture((2, 3, 2), ("sigmoid", "sigmoid"), "half_squared_error", "sum")
TANH = mlpviz.Architecture((2, 3, 3), ("tanh", "softmax"), "cross_entropy", "mean_samples", l2=0.1)
ELEMENTS = mlpviz.Architecture((2, 3, 2), ("relu", "identity"), "squared_error", "mean_elements")
BINARY = mlpviz.Architecture((2, 3, 1), ("tanh", "sigmoid"), "binary_cross_entropy", "mean_samples")
ROWS, COLUMNS, IN_OUT = Notation(), Notation("columns"), Notation(weights="in_out")

LINES = {
    "numpy": [
        (SIGMOID, ROWS, "dW[2]", "dW2 = np.dot(dZ2.T, A1)"),
        (SIGMOID, ROWS, "dW[2]", "dW2 = np.matmul(np.transpose(dZ2), A1)  # weights"),
        (SIGMOID, ROWS, "dW[2]", "dW2: np.ndarray = dZ2.T.dot(A1)"),
        (SIGMOID, ROWS, "dW[2]", "dW2 += np.einsum('mi,mj->ij', dZ2, A1);"),
        (SIGMOID, ROWS, "dW[2]", "grads['W2'] = np.einsum('mi,mj->ji', cache['A1'], dZ2)"),
        (SIGMOID, ROWS, "dW[2]", 'grads["dW" + str(l)] = np.dot(grads[f"dZ{l}"].T, cache[f"A{l-1}"])'),
        (SIGMOID, ROWS, "dW[2]", "self.dW2 = self.dz2.T @ self.a1"),
        (SIGMOID, ROWS, "dW[2]", "dW = np.dot(dZ.T, A_prev)"),
        (SIGMOID, COLUMNS, "dW[2]", "nabla_w[-1] = np.dot(deltas[-1], activations[-2].transpose())"),
        (SIGMOID, COLUMNS, "dA[1]", "dA_prev = np.dot(W.T, dZ)"),
        (SIGMOID, ROWS, "db[2]", "return np.sum(dZ2, axis=0, keepdims=True)"),
        (SIGMOID, ROWS, "db[2]", "db2 = dZ2.sum(0)"),
        (SIGMOID, ROWS, "db[2]", "db2 = np.ones((1, m)) @ dZ2"),
        (SIGMOID, COLUMNS, "db[2]", "db2 = np.sum(dZ2, axis=1)[:, np.newaxis]"),
        (SIGMOID, COLUMNS, "db[2]", "db2 = np.sum(dZ2, axis=-1).reshape(-1, 1)"),
        (RELU, ROWS, "delta[1]", "dZ1 = np.dot(dZ2, W2) * (Z1 > 0)"),
        (RELU, ROWS, "delta[1]", "dZ1 = dZ2 @ W2 * (A1 > 0).astype(float)"),
        (RELU, ROWS, "delta[1]", "dZ1 = np.where(Z1 <= 0, 0, dZ2 @ W2)"),
        (RELU, ROWS, "delta[1]", "dZ1 = np.multiply(dZ2 @ W2, np.where(Z1 > 0, 1, 0))"),
        (RELU, ROWS, "delta[1]", "dZ1 = dZ2 @ W2 * relu(Z1, derivative=True)"),
        (RELU, ROWS, "delta[1]", "dZ1 = relu_backward(dZ2 @ W2, Z1)"),
        (SIGMOID, ROWS, "delta[1]", "dZ1 = dZ2 @ W2 * nonlin(A1, deriv=True)"),
        (SIGMOID, ROWS, "delta[2]", "dZ2 = (A2 - Y) * np.exp(-Z2) / np.power(1 + np.exp(-Z2), 2)"),
        (TANH, ROWS, "delta[1]", "dZ1 = dZ2 @ W2 * (1 - np.square(np.tanh(Z1)))"),
        (TANH, ROWS, "delta[2]", "dZ2 = np.subtract(A2, Y) / X.shape[0]"),
        (TANH, ROWS, "delta[2]", "dZ2 = 1./len(X) * (probs - one_hot_Y)"),
        (TANH, ROWS, "dW[2]", "dW2 = np.dot(dZ2.T, A1) + lambd * W2"),
        (TANH, ROWS, "A[2]", "A2 = np.exp(Z2 - np.max(Z2, axis=1, keepdims=True)) / np.exp(Z2 - np.max(Z2, axis=1, "
         "keepdims=True)).sum(axis=1, keepdims=True)"),
        (RELU, ROWS, "A[1]", "A1 = np.maximum(0, np.add(X.dot(W1.T), b1))"),
        (ELEMENTS, ROWS, "delta[2]", "dZ2 = 2 * (A2 - Y) / Y.size"),
        (BINARY, ROWS, "cost", "cost = -np.mean(Y * np.log(A2) + (1 - Y) * np.log(1 - A2))"),
        (BINARY, COLUMNS, "cost", "cost = -(np.dot(Y, np.log(A2).T) + np.dot(1 - Y, np.log(1 - A2).T)) / m"),
    ],
    "torch": [
        (SIGMOID, ROWS, "dW[2]", "W2.grad = dZ2.t().mm(A1)"),
        (SIGMOID, ROWS, "db[2]", "db2 = dZ2.sum(dim=0, keepdim=True)"),
        (RELU, ROWS, "delta[1]", "dZ1 = dZ2.mm(W2) * (Z1 > 0).float()"),
        (RELU, ROWS, "delta[1]", "dZ1 = torch.where(Z1 > 0, dZ2 @ W2, torch.zeros_like(Z1))"),
        (RELU, ROWS, "A[1]", "A1 = F.linear(X, W1, b1).clamp(min=0)"),
        (RELU, ROWS, "A[1]", "A1 = torch.addmm(b1, X, W1.t()).relu()"),
        (TANH, ROWS, "A[2]", "A2 = F.softmax(Z2, dim=-1)"),
        (SIGMOID, ROWS, "cost", "loss = (A2 - Y).pow(2).sum() / 2"),
        (ELEMENTS, ROWS, "cost", "loss = F.mse_loss(A2, Y)"),
        (BINARY, ROWS, "cost", "loss = nn.BCELoss()(A2, Y)"),
    ],
    "tensorflow": [
        (SIGMOID, ROWS, "dW[2]", "dW2 = tf.matmul(dZ2, A1, transpose_a=True)"),
        (SIGMOID, ROWS, "db[2]", "db2 = tf.reduce_sum(dZ2, axis=0)"),
        (RELU, IN_OUT, "delta[1]", "dZ1 = tf.multiply(tf.matmul(dZ2, tf.transpose(W2)), tf.cast(Z1 > 0, tf.float32))"),
        (RELU, IN_OUT, "A[1]", "A1 = tf.nn.relu(tf.add(tf.matmul(X, W1), b1))"),
        (TANH, ROWS, "delta[1]", "dZ1 = dZ2 @ W2 * (1 - tf.square(tf.math.tanh(Z1)))"),
    ],
    "jax": [
        (SIGMOID, ROWS, "dW[2]", "dW2 = jnp.dot(dZ2.T, A1)"),
        (RELU, IN_OUT, "A[1]", "A1 = jax.nn.relu(X @ W1 + b1)"),
        (TANH, ROWS, "delta[1]", "dZ1 = jnp.dot(dZ2, W2) * (1 - jnp.tanh(Z1)**2)"),
    ],
    "matlab": [
        (SIGMOID, COLUMNS, "delta[1]", "delta1 = (W2' * delta2) .* sigmoidGradient(z1);"),
        (SIGMOID, COLUMNS, "delta[1]", "delta1 = bsxfun(@times, W2.' * delta2, a1 .* (1 - a1));  % hidden"),
        (SIGMOID, COLUMNS, "dW[2]", "dW{2} = delta{2} * a{1}';"),
        (SIGMOID, COLUMNS, "db[2]", "db2 = sum(delta2, 2);"),
        (SIGMOID, ROWS, "db[2]", "db2 = sum(delta2, 1)"),
        (SIGMOID, COLUMNS, "Z[1]", "z1 = W1 * X + repmat(b1, 1, size(X, 2));"),
        (SIGMOID, COLUMNS, "Z[2]", "z2 = W2 * a1 + b2;"),
        (RELU, COLUMNS, "delta[1]", "delta1 = (W2' * delta2) .* (z1 > 0);"),
        (SIGMOID, COLUMNS, "cost", "J = 0.5 * sum((a2(:) - y(:)).^2)"),
        (SIGMOID, COLUMNS, "cost", "J = sum(sum((a2 - y).^2)) / 2;"),
        (TANH, COLUMNS, "A[2]", "a2 = exp(z2) ./ sum(exp(z2), 1);"),
    ],
    "julia": [
        (SIGMOID, COLUMNS, "delta[2]", "δ₂ = (a₂ .- y) .* a₂ .* (1 .- a₂)"),
        (SIGMOID, COLUMNS, "delta[1]", "δ1 = (W2' * δ2) .* σ′.(z1)"),
        (RELU, COLUMNS, "delta[1]", "δ1 .= (W2' * δ2) .* (z1 .> 0)"),
        (SIGMOID, COLUMNS, "A[1]", "a1 = σ.(W1 * x .+ b1)"),
        (SIGMOID, COLUMNS, "db[2]", "db2 = sum(δ2, dims=2)"),
        (SIGMOID, COLUMNS, "delta[2]", "@. δ2 = (a2 - y) * a2 * (1 - a2)"),
    ],
    "r": [
        (SIGMOID, ROWS, "dW[2]", "dW2 <- t(dZ2) %*% A1"),
        (SIGMOID, ROWS, "dW[2]", "dW2 <- crossprod(dZ2, A1)"),
        (SIGMOID, ROWS, "db[2]", "db2 <- colSums(dZ2)"),
        (SIGMOID, ROWS, "Z[1]", 'Z1 <- sweep(X %*% t(W1), 2, b1, "+")'),
        (RELU, ROWS, "delta[1]", "dZ1 <- (dZ2 %*% W2) * ifelse(Z1 > 0, 1, 0)"),
        (TANH, ROWS, "delta[2]", "dZ2 <- (A2 - Y) / nrow(X)"),
    ],
    "plain": [
        (SIGMOID, ROWS, "Z[2]", "A_1W_2^T + b_2"),
        (SIGMOID, COLUMNS, "delta[2]", "(a2 - y) * (a2 - a2^2)"),
        (SIGMOID, COLUMNS, "A[1]", "a1 = 1 / (1 + e^(-z1))"),
        (SIGMOID, COLUMNS, "dW[2]", "dJ/dW = delta_2 a_1^T"),
    ],
}  # fmt: skip
"""By dialect: a network, a notation, what it should be, and a line that is right."""

WRONG = [
    (SIGMOID, ROWS, "db[2]", "db2 = np.sum(dZ2)"),
    (SIGMOID, ROWS, "db[2]", "db2 = np.sum(dZ2, axis=1)"),
    (SIGMOID, COLUMNS, "db[2]", "db2 = np.sum(dZ2, axis=0, keepdims=True)"),
    (SIGMOID, ROWS, "delta[1]", "dZ1 = dZ2 @ W2 * sigmoid_prime(A1)"),
    (SIGMOID, ROWS, "delta[1]", "dZ1 = dZ2 @ W2 * relu_deriv(Z1)"),
    (SIGMOID, ROWS, "delta[1]", "dZ1 = dZ2 @ W2 * (Z1 > 0)"),
    (RELU, ROWS, "delta[1]", "dZ1 = dZ2 @ W2 * (Z2 > 0)"),
    (RELU, ROWS, "delta[1]", "dZ1 = dZ2 @ W2 * (Z1 < 0)"),
    (SIGMOID, ROWS, "dW[2]", "dW2 = np.outer(dZ2.T, A1.T)"),
    (SIGMOID, ROWS, "dW[2]", "dW2 = np.einsum('mi,mj->ji', dZ2, A1)"),
    (TANH, ROWS, "A[2]", "A2 = softmax(Z2, axis=0)"),
    (TANH, ROWS, "delta[2]", "dZ2 = (A2 - Y) / X.shape[1]"),
    (SIGMOID, COLUMNS, "delta[2]", "delta2 = (a2 - y) .* a2 * (1 - a2);"),
    (SIGMOID, COLUMNS, "delta[1]", "delta1 = (W2 * delta2) .* sigmoidGradient(z1);"),
    (SIGMOID, ROWS, "db[2]", "db2 = sum(dZ2, 2);"),
    (SIGMOID, ROWS, "db[2]", "db2 <- rowSums(dZ2)"),
]  # fmt: skip


@pytest.mark.parametrize("dialect", LINES)
def test_right_lines_are_right(dialect):
    for architecture, notation, target, line in LINES[dialect]:
        verdict = mlpviz.check_formula(line, target, architecture, notation)
        assert verdict.kind == "right", (line, verdict.message)


def test_wrong_lines_are_never_right():
    for architecture, notation, target, line in WRONG:
        verdict = mlpviz.check_formula(line, target, architecture, notation)
        assert verdict.kind in ("wrong", "shape"), (line, verdict.message)


def test_a_dialect_is_told_by_its_own_signs():
    told = {
        "dW2 = np.dot(a, b)": "numpy", "x.mm(w)": "torch", "tf.add(a, b)": "tensorflow", "jnp.exp(z)": "jax",
        "a .* b": "matlab", "W2' * d": "matlab", "f'(Z1)": "unicode", "params['W1']": "plain",
        "1./m * (A2 - Y)": "plain",
        "a .+ b": "julia", "σ.(z)": "julia", "x <- 1": "r", r"\delta": "latex", "δ": "unicode", "A1 @ W2.T": "plain",
    }  # fmt: skip
    assert {line: dialect_of(line).name for line in told} == told
    assert set(told.values()) <= DIALECTS.keys()


def test_what_only_a_semicolon_betrays_is_read_as_what_multiplies():
    """W1 * X; is a matrix product in MATLAB, A2 * (1 - A2); one entry by entry in NumPy."""
    for line, target in (("W1 * X + b1;", "Z[1]"), ("(A2 - Y) * A2 * (1 - A2);", "delta[2]")):
        assert mlpviz.check_formula(line, target, SIGMOID, COLUMNS).kind == "right"
    assert mlpviz.check_formula("W1 * X + b1", "Z[1]", SIGMOID, COLUMNS).kind == "shape"
