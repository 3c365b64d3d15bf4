"""PyTorch, TensorFlow, JAX, MATLAB and Octave, Julia and R by hand."""

from __future__ import annotations

from tests.corpus.blocks import block
from tests.corpus.line import Line

IN_OUT = {"weights": "in_out"}

TWO_LAYERS = {
    "h": "Z[1]",
    "h_relu": "A[1]",
    "y_pred": "A[2]",
    "x": "X",
    "w1": "W[1]",
    "w2": "W[2]",
    "grad_y_pred": "delta[2]",
    "grad_w2": "dW[2]",
    "grad_h_relu": "dA[1]",
    "grad_h": "delta[1]",
    "grad_w1": "dW[1]",
}

TORCH = [
    *block(
        "torch",
        "relu_linear",
        IN_OUT,
        given=TWO_LAYERS,
        right=[
            ("grad_y_pred = 2 * (y_pred - y)", "=delta[2]"),
            ("grad_w2 = h_relu.t().mm(grad_y_pred)", "=dW[2]"),
            ("grad_h_relu = grad_y_pred.mm(w2.t())", "=dA[1]"),
            ("grad_h = grad_h_relu * (h > 0).float()", "=delta[1]"),
            ("grad_w1 = x.t().mm(grad_h)", "=dW[1]"),
            ("h_relu = h.clamp(min=0)", "=A[1]"),
            ("loss = (y_pred - y).pow(2).sum()", "cost"),
            ("grad_h = torch.where(h > 0, grad_y_pred.mm(w2.t()), 0.)", "=delta[1]"),
            ("h_relu = F.relu(h)", "=A[1]"),
            ("h_relu = torch.relu(h)", "=A[1]"),
        ],
        wrong=[
            ("grad_y_pred = (y_pred - y)", "=delta[2]", "two"),
            ("grad_w2 = h_relu.mm(grad_y_pred.t())", "=dW[2]", "transposed"),
            ("grad_h_relu = grad_y_pred.mm(w2)", "=dA[1]", "transposed"),
            ("grad_h = grad_h_relu * h.clamp(min=0)", "=delta[1]", "other slope"),
            ("grad_w1 = x.t().mm(grad_h_relu)", "=dW[1]", "missing slope"),
            ("grad_w2 = h_relu.t() * grad_y_pred", "=dW[2]", "elementwise"),
        ],
    ),
    *block(
        "torch",
        "classes",
        right=[
            ("delta2 = (F.softmax(Z2, dim=1) - Y) / X.size(0)", "=delta[2]"),
            ("delta1 = torch.matmul(delta2, W2) * (1 - torch.tanh(Z1)**2)", "=delta[1]"),
            ("dW2 = torch.einsum('mi,mj->ij', delta2, A1)", "=dW[2]"),
            ("db1 = torch.sum(delta1, dim=0, keepdim=True)", "=db[1]"),
            ("Z1 = F.linear(X, W1, b1)", "=Z[1]"),
            ("cost = -(Y * torch.log(A2)).sum() / X.shape[0]", "cost"),
            ("Z2 = torch.addmm(b2, A1, W2.t())", "=Z[2]"),
        ],
        wrong=[
            ("delta1 = torch.matmul(delta2, W2) * A1 * (1 - A1)", "=delta[1]", "sigmoid slope"),
            ("db1 = torch.sum(delta1)", "=db[1]", "one number"),
            ("delta2 = F.softmax(Z2, dim=1) - Y", "=delta[2]", "missing 1/m"),
        ],
    ),
    *block(
        "torch",
        "elements",
        right=[
            ("loss = F.mse_loss(A2, Y)", "cost"),
            ("delta2 = 2 * (A2 - Y) / (Y.shape[0] * Y.shape[1])", "=delta[2]"),
        ],
        wrong=[("delta2 = 2 * (A2 - Y) / Y.shape[0]", "=delta[2]", "1/n")],
    ),
]

TENSORFLOW = [
    *block(
        "tensorflow",
        "relu_classes",
        IN_OUT,
        given={"hidden": "A[1]", "logits": "Z[2]", "d_logits": "delta[2]", "d_hidden": "dA[1]"},
        right=[
            ("dW2 = tf.matmul(hidden, d_logits, transpose_a=True)", "=dW[2]"),
            ("d_hidden = tf.matmul(d_logits, W2, transpose_b=True)", "=dA[1]"),
            ("d_logits = (tf.nn.softmax(logits) - Y) / m", "=delta[2]"),
            ("delta1 = tf.multiply(d_hidden, tf.cast(Z1 > 0, tf.float32))", "=delta[1]"),
            ("db2 = tf.reduce_sum(d_logits, axis=0)", "=db[2]"),
            ("hidden = tf.nn.relu(tf.add(tf.matmul(X, W1), b1))", "=A[1]"),
        ],
        wrong=[
            ("dW2 = tf.matmul(hidden, d_logits, transpose_b=True)", "=dW[2]", "transposed"),
            ("db2 = tf.reduce_sum(d_logits)", "=db[2]", "one number"),
        ],
    ),
    *block(
        "tensorflow",
        "sse",
        right=[
            ("delta2 = tf.subtract(A2, Y) * tf.sigmoid(Z2) * (1 - tf.sigmoid(Z2))", "=delta[2]"),
            ("cost = 0.5 * tf.reduce_sum(tf.square(A2 - Y))", "cost"),
        ],
        wrong=[("delta2 = tf.subtract(Y, A2) * A2 * (1 - A2)", "=delta[2]", "sign")],
    ),
]

JAX = [
    *block(
        "jax",
        "tanh",
        right=[
            ("delta2 = (A2 - Y) * (1 - jnp.square(A2))", "=delta[2]"),
            ("delta1 = (delta2 @ W2) * (1 - jnp.tanh(Z1) ** 2)", "=delta[1]"),
            ("dW1 = jnp.einsum('mi,mj->ij', delta1, X)", "=dW[1]"),
            ("A1 = jnp.tanh(X @ W1.T + b1)", "=A[1]"),
        ],
        wrong=[
            ("delta2 = (A2 - Y) * jnp.multiply(A2, 1 - A2)", "=delta[2]", "sigmoid slope"),
            ("dW1 = jnp.einsum('mi,mj->ij', X, delta1)", "=dW[1]", "transposed"),
        ],
    ),
    *block(
        "jax",
        "relu_linear",
        IN_OUT,
        right=[
            ("A1 = jax.nn.relu(Z1)", "=A[1]"),
            ("delta1 = jnp.where(Z1 > 0, delta2 @ W2.T, 0.0)", "=delta[1]"),
        ],
    ),
]

THETA = {"Theta1": "W[1]", "Theta2": "W[2]", "Theta1_grad": "dW[1]", "Theta2_grad": "dW[2]", "h": "A[2]"}
CAPITALS = {"D1": "delta[1]", "D2": "delta[2]"}

MATLAB = [
    *block(
        "matlab",
        "sse",
        "columns",
        given=CAPITALS,
        right=[
            ("delta2 = (A2 - Y) .* A2 .* (1 - A2);", "=delta[2]", "(A2 - Y) * A2 * (1 - A2)"),
            ("delta1 = (W2' * delta2) .* A1 .* (1 - A1);", "=delta[1]", "(W2.T @ delta2) * A1 * (1 - A1)"),
            ("dW2 = delta2 * A1';", "=dW[2]", "delta2 @ A1.T"),
            ("db2 = sum(delta2, 2);  % over the samples", "=db[2]", "np.sum(delta2, axis=1, keepdims=True)"),
            ("Z1 = W1 * X + repmat(b1, 1, m);", "=Z[1]", "W1 @ X + b1"),
            ("Z2 = bsxfun(@plus, W2 * A1, b2);", "=Z[2]", "W2 @ A1 + b2"),
            ("A1 = 1 ./ (1 + exp(-Z1));", "=A[1]", "1 / (1 + np.exp(-Z1))"),
            ("D1 = (W2' * D2) .* sigmoidGradient(Z1);", "=delta[1]", "(W2.T @ delta2) * slope1"),
            ("J = sum(sum((A2 - Y).^2)) / 2;", "cost", "np.sum((A2 - Y)**2) / 2"),
            ("J = 0.5 * sum((A2(:) - Y(:)).^2)", "cost", "np.sum((A2 - Y)**2) / 2"),
            ("db1 = delta1 * ones(m, 1)", "=db[1]", "delta1 @ np.ones((m, 1))"),
        ],
        wrong=[
            ("delta1 = (W2 * delta2) .* A1 .* (1 - A1);", "=delta[1]", "transposed", "(W2 @ delta2) * A1 * (1 - A1)"),
            (
                "delta2 = (A2 - Y) * A2 * (1 - A2);  % output layer",
                "=delta[2]",
                "matrix product",
                "(A2 - Y) @ A2 @ (1 - A2)",
            ),
            ("dW2 = delta2 .* A1';", "=dW[2]", "elementwise", "delta2 * A1.T"),
            ("db2 = sum(delta2);  % biases of the output", "=db[2]", "axis", "np.sum(delta2, axis=0, keepdims=True)"),
            ("delta2 = (Y - A2) .* A2 .* (1 - A2);", "=delta[2]", "sign", "(Y - A2) * A2 * (1 - A2)"),
        ],
    ),
    *block(
        "matlab",
        "binary",
        given=THETA,
        right=[
            ("Theta2_grad = (h - Y)' * A1 / m;", "=dW[2]", "(A2 - Y).T @ A1 / m"),
            ("Theta1_grad = delta1' * X;", "=dW[1]", "delta1.T @ X"),
            ("delta1 = (h - Y) * Theta2 .* (1 - A1.^2) / m;", "=delta[1]", "(A2 - Y) @ W2 * (1 - A1**2) / m"),
            (
                "J = -sum(sum(Y .* log(h) + (1 - Y) .* log(1 - h))) / m;",
                "cost",
                "-np.sum(Y * np.log(A2) + (1 - Y) * np.log(1 - A2)) / m",
            ),
            ("A1 = tanh(X * Theta1' + b1);", "=A[1]", "np.tanh(X @ W1.T + b1)"),
        ],
        wrong=[
            ("Theta2_grad = (h - Y)' * A1;", "=dW[2]", "missing 1/m", "(A2 - Y).T @ A1"),
            ("Theta2_grad = A1' * (h - Y) / m;", "=dW[2]", "transposed", "A1.T @ (A2 - Y) / m"),
            (
                "delta1 = (h - Y) * Theta2 .* A1 .* (1 - A1) / m;",
                "=delta[1]",
                "sigmoid slope",
                "(A2 - Y) @ W2 * A1 * (1 - A1) / m",
            ),
        ],
    ),
]

JULIA = [
    *block(
        "julia",
        "sse",
        "columns",
        right=[
            ("δ2 = (A2 .- Y) .* A2 .* (1 .- A2)", "=delta[2]", "(A2 - Y) * A2 * (1 - A2)"),
            ("δ1 = (W2' * δ2) .* σ′.(Z1)", "=delta[1]", "(W2.T @ delta2) * slope1"),
            ("dW2 = δ2 * A1'", "=dW[2]", "delta2 @ A1.T"),
            ("A1 = σ.(W1 * X .+ b1)", "=A[1]", "sigmoid(W1 @ X + b1)"),
            ("db1 = sum(δ1; dims=2)", "=db[1]", "np.sum(delta1, axis=1, keepdims=True)"),
            ("J = 0.5 * sum((A2 .- Y) .^ 2)", "cost", "np.sum((A2 - Y)**2) / 2"),
            ("dW1 = δ1 * transpose(X)", "=dW[1]", "delta1 @ X.T"),
        ],
        wrong=[
            ("δ1 = (W2 * δ2) .* A1 .* (1 .- A1)", "=delta[1]", "transposed", "(W2 @ delta2) * A1 * (1 - A1)"),
            ("db1 .= sum(δ1)", "db[1]", "one number", "np.sum(delta1)"),
        ],
    ),
    *block(
        "julia",
        "relu",
        "columns",
        right=[
            ("δ1 = (W2' * δ2) .* (Z1 .> 0)", "=delta[1]", "(W2.T @ delta2) * (Z1 > 0)"),
            ("A1 = max.(0, Z1)", "=A[1]", "np.maximum(0, Z1)"),
        ],
    ),
]

R = [
    *block(
        "r",
        "sse",
        IN_OUT,
        given={"hidden": "A[1]", "output": "A[2]", "d_weights2": "dW[2]", "delta_out": "delta[2]"},
        right=[
            ("delta_out <- (output - Y) * output * (1 - output)", "=delta[2]", "(A2 - Y) * A2 * (1 - A2)"),
            ("d_weights2 <- t(hidden) %*% delta_out", "=dW[2]", "A1.T @ delta2"),
            ("delta1 <- (delta_out %*% t(W2)) * hidden * (1 - hidden)", "=delta[1]", "(delta2 @ W2.T) * A1 * (1 - A1)"),
            ("db2 <- colSums(delta_out)", "=db[2]", "np.sum(delta2, axis=0, keepdims=True)"),
            ("hidden <- 1 / (1 + exp(-Z1))  # logistic", "=A[1]", "1 / (1 + np.exp(-Z1))"),
            ("dW1 <- crossprod(X, delta1)", "=dW[1]", "X.T @ delta1"),
            ("cost <- sum((output - Y)^2) / 2", "cost", "np.sum((A2 - Y)**2) / 2"),
        ],
        wrong=[
            ("d_weights2 <- t(hidden) * delta_out", "=dW[2]", "elementwise", "A1.T * delta2"),
            ("d_weights2 <- t(delta_out) %*% hidden", "=dW[2]", "transposed", "delta2.T @ A1"),
            ("delta_out <- (output - Y) * (1 - output^2)", "=delta[2]", "tanh slope", "(A2 - Y) * (1 - A2**2)"),
        ],
    ),
]

LINES: list[Line] = [*TORCH, *TENSORFLOW, *JAX, *MATLAB, *JULIA, *R]
