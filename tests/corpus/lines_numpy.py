"""NumPy by hand."""

from __future__ import annotations

from tests.corpus.blocks import block
from tests.corpus.line import Line

IN_OUT = {"weights": "in_out"}

SIGMOID_ROWS = block(
    "numpy",
    "sse",
    right=[
        ("delta2 = (A2 - Y) * A2 * (1 - A2)", "=delta[2]"),
        ("dZ2 = (A2 - Y) * sigmoid(Z2) * (1 - sigmoid(Z2))", "=delta[2]"),
        ("delta1 = np.dot(delta2, W2) * A1 * (1 - A1)", "=delta[1]"),
        ("delta1 = ((A2 - Y) * A2 * (1 - A2)) @ W2 * A1 * (1. - A1);", "delta[1]"),
        ("dW2 = ((A2 - Y) * A2 * (1 - A2)).T @ A1", "=dW[2]"),
        ("dW2 = -((Y - A2) * A2 * (1 - A2)).T.dot(A1)", "=dW[2]"),
        ("dW2 += np.dot(delta2.T, A1)", "dW[2]"),
        ("dW1 = np.einsum('mi,mj->ij', delta1, X)", "=dW[1]"),
        ("db2 = delta2.sum(axis=0).reshape(1, -1)", "=db[2]"),
        ("db1 = np.ones((1, len(X))) @ delta1", "=db[1]"),
        ("db1 += np.sum(delta1, axis=0)", "db[1]"),
        ("cost = 0.5 * np.sum((A2 - Y)**2)", "cost"),
        ("J = np.sum(np.square(Y - A2)) / 2", "cost"),
        ("0.5 * ((A2 - Y) ** 2).sum()", "cost"),
        ("losses = 0.5 * np.sum((A2 - Y)**2, axis=1, keepdims=True)", "losses"),
        ("A1 = 1 / (1 + np.exp(-Z1))", "=A[1]"),
        ("A2 = sigmoid(Z2)", "=A[2]"),
        ("Z2 = np.dot(A1, W2.T) + b2  # scores of the output layer", "=Z[2]"),
    ],
    wrong=[
        ("delta2 = (A2 - Y) * (1 - A2**2)", "=delta[2]", "tanh slope"),
        ("delta2 = (A2 - Y) * Z2 * (1 - Z2)", "delta[2]", "z for a"),
        ("delta2 = (A2 - Y) * A2 * (A2 - 1)", "=delta[2]", "sign"),
        ("delta2 = A2 - Y * A2 * (1 - A2)", "delta[2]", "brackets"),
        ("delta2 = (A2 - Y) * A2 * 1 - A2", "delta[2]", "brackets"),
        ("dW1 = np.dot(X.T, delta1)", "=dW[1]", "transposed"),
        ("dW2 = np.dot(A1, delta2)", "dW[2]", "transposed"),
        ("db2 = delta2.sum(axis=1)", "=db[2]", "axis"),
        ("db2 = np.mean(delta2, axis=0)", "db[2]", "extra 1/m"),
        ("cost = np.sum((A2 - Y)**2)", "cost", "half"),
        ("cost = 0.5 * np.sum(A2 - Y)**2", "cost", "square"),
        ("dW2 = (A2 - Y).T @ A1", "=dW[2]", "missing slope"),
        ("delta1 = (delta2 @ W2.T) * A1 * (1 + A1)", "delta[1]", "transposed + sign"),
        ("A1 = 1 / (1 + np.exp(Z1))", "A[1]", "sign"),
    ],
)

SIGMOID_COLUMNS = block(
    "numpy",
    "sse",
    "columns",
    right=[
        ("delta2 = (A2 - Y) * sigmoid_prime(Z2)", "=delta[2]"),
        ("delta1 = np.dot(W2.T, delta2) * sigmoid_prime(Z1)", "=delta[1]"),
        ("delta1 = np.dot(W2.transpose(), delta2) * sigmoid_prime(Z1)", "=delta[1]"),
        ("dW2 = np.dot(delta2, A1.transpose())", "=dW[2]"),
        ("dW1 = np.matmul(delta1, X.transpose())", "=dW[1]"),
        ("db1 = np.sum(delta1, axis=1).reshape(-1, 1)", "=db[1]"),
        ("Z1 = np.dot(W1, X) + b1", "=Z[1]"),
    ],
    wrong=[
        ("dW2 = np.dot(A1.T, delta2)", "=dW[2]", "order"),
        ("delta1 = np.dot(W2.T, delta2) * sigmoid_prime(A1)", "delta[1]", "a for z"),
        ("delta1 = np.dot(W2.T, delta2 * sigmoid_prime(Z1))", "delta[1]", "brackets"),
    ],
)

SYNAPSES = {
    "l0": "A[0]",
    "l1": "A[1]",
    "l2": "A[2]",
    "syn0": "W[1]",
    "syn1": "W[2]",
    "l2_delta": "delta[2]",
    "l1_delta": "delta[1]",
    "l1_error": "dA[1]",
}

SIGMOID_IN_OUT = block(
    "numpy",
    "sse",
    IN_OUT,
    given=SYNAPSES,
    right=[
        ("l2_delta = (l2 - y) * (l2 * (1 - l2))", "=delta[2]"),
        ("l1_error = l2_delta.dot(syn1.T)", "=dA[1]"),
        ("l1_delta = l1_error * dsigmoid(l1)", "=delta[1]"),
        ("np.dot(l1.T, l2_delta)", "dW[2]"),
        ("l0.T.dot(l1_delta)", "dW[1]"),
    ],
    wrong=[
        ("l2_delta = (y - l2) * (l2 * (1 - l2))", "=delta[2]", "sign"),
        ("l1_error = l2_delta.dot(syn1)", "dA[1]", "transposed"),
        ("l1_delta = l1_error * (1 - l1**2)", "=delta[1]", "tanh slope"),
        ("l1_delta = (y - l2).dot(syn1.T) * l1 * (1 - l1)", "delta[1]", "sign + missing slope"),
    ],
)

RELU_ROWS = block(
    "numpy",
    "relu",
    right=[
        ("A1 = np.maximum(0, Z1)", "=A[1]"),
        ("A1 = Z1 * (Z1 > 0)", "A[1]"),
        ("delta1 = (delta2 @ W2) * (Z1 > 0)", "=delta[1]"),
        ("delta1 = delta2.dot(W2) * (A1 > 0)", "delta[1]"),
        ("delta1 = np.where(Z1 > 0, delta2 @ W2, 0)", "delta[1]"),
        ("dZ1 = np.multiply(np.dot(dZ2, W2), np.int64(Z1 > 0))", "=delta[1]"),
        ("delta1 = (delta2 @ W2) * (Z1 > 0).astype(np.float64)", "delta[1]"),
        ("(delta2 @ W2) * np.heaviside(Z1, 0)", "delta[1]"),
        ("delta1 = (delta2 @ W2) * drelu(Z1)", "=delta[1]"),
    ],
    wrong=[
        ("delta1 = (delta2 @ W2) * (Z1 < 0)", "=delta[1]", "other slope"),
        ("delta1 = (delta2 @ W2) * np.maximum(0, Z1)", "delta[1]", "other slope"),
        ("dZ1 = (dZ2 @ W2) * (dZ2 @ W2 > 0)", "delta[1]", "other slope"),
        ("delta1 = (delta2 @ W2) * (Z2 > 0)", "delta[1]", "layer"),
        ("A1 = np.minimum(0, Z1)", "A[1]", "activation"),
    ],
)

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

RELU_LINEAR = block(
    "numpy",
    "relu_linear",
    IN_OUT,
    given=TWO_LAYERS,
    right=[
        ("grad_y_pred = 2.0 * (y_pred - y)", "=delta[2]"),
        ("grad_w2 = h_relu.T.dot(grad_y_pred)", "=dW[2]"),
        ("grad_h_relu = grad_y_pred.dot(w2.T)", "=dA[1]"),
        ("grad_h = grad_h_relu * (h > 0)", "=delta[1]"),
        ("grad_w1 = x.T.dot(grad_h)", "=dW[1]"),
        ("loss = np.square(y_pred - y).sum()", "cost"),
        ("h_relu = np.maximum(h, 0)", "=A[1]"),
    ],
    wrong=[
        ("grad_y_pred = y_pred - y", "=delta[2]", "two"),
        ("grad_w2 = grad_y_pred.T.dot(h_relu)", "=dW[2]", "transposed"),
        ("grad_h = grad_h_relu * h", "=delta[1]", "other slope"),
        ("grad_w1 = x.T.dot(grad_h_relu)", "=dW[1]", "missing slope"),
        ("loss = np.square(y_pred - y).mean()", "cost", "extra 1/m"),
    ],
)

FROM_ONE = {"probs": "A[2]", "delta3": "delta[2]", "delta2": "delta[1]"}

CLASSES = block(
    "numpy",
    "classes",
    IN_OUT,
    given=FROM_ONE,
    right=[
        ("delta3 = (probs - Y) / m", "=delta[2]"),
        ("dW2 = (a1.T).dot(delta3)", "=dW[2]"),
        ("delta2 = delta3.dot(W2.T) * (1 - np.power(a1, 2))", "=delta[1]"),
        ("dW1 = np.dot(X.T, delta2)", "=dW[1]"),
        ("db1 = np.sum(delta2, axis=0)", "=db[1]"),
        ("probs = np.exp(z2) / np.sum(np.exp(z2), axis=1, keepdims=True)", "=A[2]"),
        ("cost = -np.mean(np.sum(Y * np.log(probs), axis=1))", "cost"),
        ("-np.sum(Y * np.log(A2)) / len(X)", "cost"),
        ("loss = -(Y * np.log(A2)).sum() / X.shape[0]", "cost"),
    ],
    wrong=[
        ("delta3 = probs - Y", "=delta[2]", "missing 1/m"),
        ("delta2 = delta3.dot(W2.T) * a1 * (1 - a1)", "=delta[1]", "sigmoid slope"),
        ("dW1 = np.dot(X.T, delta3)", "dW[1]", "layer"),
        ("cost = -np.mean(Y * np.log(probs))", "cost", "1/n"),
        ("cost = np.sum(Y * np.log(probs)) / m", "cost", "sign"),
        ("probs = np.exp(z2) / np.sum(np.exp(z2))", "A[2]", "axis"),
    ],
)

BINARY_COLUMNS = block(
    "numpy",
    "binary",
    "columns",
    right=[
        ("dZ2 = 1/m * (A2 - Y)", "=delta[2]"),
        ("dZ1 = np.multiply(np.dot(W2.T, dZ2), 1 - np.power(A1, 2))", "=delta[1]"),
        ("cost = -1/m * np.sum(Y * np.log(A2) + (1 - Y) * np.log(1 - A2))", "cost"),
        ("cost = -(np.multiply(np.log(A2), Y) + np.multiply(np.log(1 - A2), 1 - Y)).sum() / Y.shape[1]", "cost"),
        ("A1 = np.tanh(Z1)", "=A[1]"),
        ("dA2 = -(np.divide(Y, A2) - np.divide(1 - Y, 1 - A2)) / m", "=dA[2]"),
        ("dW2 = 1/m * np.dot(A2 - Y, A1.T)", "=dW[2]"),
        ("db2 = np.sum(A2 - Y, axis=1, keepdims=True) / X.shape[1]", "=db[2]"),
    ],
    wrong=[
        ("dW2 = 1/m * np.dot(dZ2, A1.T)", "=dW[2]", "extra 1/m"),
        ("db2 = 1/m * np.sum(dZ2)", "=db[2]", "one number + extra 1/m"),
        ("cost = -1/m * np.sum(Y * np.log(A2))", "cost", "missing complement"),
        ("cost = 1/m * np.sum(Y * np.log(A2) + (1 - Y) * np.log(1 - A2))", "cost", "sign"),
        ("dW1 = np.dot(dZ1, X)", "=dW[1]", "transposed"),
    ],
)

LOGISTIC = block(
    "numpy",
    "logistic",
    {"orientation": "columns", "weights": "in_out"},
    given={"A": "A[1]", "w": "W[1]", "dw": "dW[1]", "b": "b[1]"},
    right=[
        ("dw = 1/m * np.dot(X, (A - Y).T)", "=dW[1]"),
        ("A = sigmoid(np.dot(w.T, X) + b)", "=A[1]"),
    ],
    wrong=[("dw = 1/m * np.dot(X, A - Y)", "=dW[1]", "transposed")],
)

DECAY = block(
    "numpy",
    "decay",
    IN_OUT,
    given={"probs": "A[2]", "dscores": "delta[2]", "hidden_layer": "A[1]", "dhidden": "delta[1]"},
    right=[
        ("dscores = (probs - Y) / m", "=delta[2]"),
        ("dW2 = np.dot(hidden_layer.T, dscores) + l2 * W2", "=dW[2]"),
        ("dhidden = np.dot(dscores, W2.T) * (hidden_layer > 0)", "=delta[1]"),
        ("loss = -np.sum(Y * np.log(probs)) / m + 0.5 * l2 * (np.sum(W1**2) + np.sum(W2 * W2))", "cost"),
    ],
    wrong=[
        ("dW2 = np.dot(hidden_layer.T, dscores) + 2 * l2 * W2", "=dW[2]", "two"),
        ("loss = -np.sum(Y * np.log(probs)) / m + l2 * (np.sum(W1**2) + np.sum(W2**2))", "cost", "half"),
        ("db2 = np.sum(dscores, axis=0, keepdims=True) + l2 * b2", "=db[2]", "extra l2"),
    ],
)

ELEMENTS = block(
    "numpy",
    "elements",
    right=[
        ("dZ2 = 2 * (A2 - Y) / Y.size", "=delta[2]"),
        ("cost = np.mean((A2 - Y)**2)", "cost"),
        ("mse = np.mean(np.square(Y - A2))", "cost"),
    ],
    wrong=[
        ("dZ2 = (A2 - Y) / Y.size", "=delta[2]", "two"),
        ("cost = np.mean((A2 - Y)**2) / 2", "cost", "half"),
        ("cost = np.mean(A2 - Y)**2", "cost", "square"),
    ],
)

TANH = block(
    "numpy",
    "tanh",
    right=[
        ("delta2 = (A2 - Y) * (1 - A2 * A2)", "=delta[2]"),
        ("delta2 = (A2 - Y) * (1 - np.tanh(Z2)**2)", "delta[2]"),
        ("delta1 = delta2 @ W2 * (1 - A1) * (1 + A1)", "=delta[1]"),
    ],
    wrong=[
        ("delta2 = (A2 - Y) * A2 * (1 - A2)", "=delta[2]", "sigmoid slope"),
        ("delta2 = (A2 - Y) * (1 - Z2**2)", "delta[2]", "z for a"),
        ("delta2 = (A2 - Y) * 1 - A2**2", "delta[2]", "brackets"),
    ],
)

OTHERS = [
    *block(
        "numpy",
        "softplus",
        right=[
            ("A1 = np.log(1 + np.exp(Z1))", "=A[1]"),
            ("delta1 = (delta2 @ W2) * 1 / (1 + np.exp(-Z1))", "=delta[1]"),
        ],
    ),
    *block(
        "numpy",
        "leaky",
        right=[
            ("A1 = np.where(Z1 > 0, Z1, 0.01 * Z1)", "=A[1]"),
            ("delta1 = (delta2 @ W2) * np.where(Z1 > 0, 1, 0.01)", "=delta[1]"),
        ],
        wrong=[("delta1 = (delta2 @ W2) * (Z1 > 0)", "=delta[1]", "relu slope")],
    ),
    *block(
        "numpy",
        "deep",
        "columns",
        right=[("delta3 = np.dot(W4.T, delta4) * sigmoid_prime(Z3)", "=delta[3]")],
        wrong=[
            ("delta3 = np.dot(W3.T, delta4) * sigmoid_prime(Z3)", "=delta[3]", "layer"),
            ("delta2 = np.dot(W3.T, delta3) * sigmoid_prime(Z3)", "=delta[2]", "layer"),
        ],
    ),
    *block("numpy", "sse", right=[("dW2 = np.outer(delta2, A1)", "=dW[2]")], single=True),
]

LINES: list[Line] = [
    *SIGMOID_ROWS,
    *SIGMOID_COLUMNS,
    *SIGMOID_IN_OUT,
    *RELU_ROWS,
    *RELU_LINEAR,
    *CLASSES,
    *BINARY_COLUMNS,
    *LOGISTIC,
    *DECAY,
    *ELEMENTS,
    *TANH,
    *OTHERS,
]
