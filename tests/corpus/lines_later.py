"""Lines by hand, added after the first rates were taken: attributes, caches, layers from 1, rarer spellings."""

from __future__ import annotations

from dataclasses import replace

from tests.corpus.blocks import block
from tests.corpus.line import Line

HIDDEN = "(W2.T @ delta2) * slope1"
WEIGHTS = "delta2 @ A1.T"
FROM_ONE = {"orientation": "columns", "first_layer": 1}

NUMPY = [
    *block(
        "numpy",
        "sse",
        right=[
            ("delta2 = (A2 - Y) * (A2 - A2**2)", "=delta[2]"),
            ("delta2 = (A2 - Y) * np.exp(-Z2) / (1 + np.exp(-Z2))**2", "=delta[2]"),
            ("delta2 = np.subtract(A2, Y) * sigmoid(Z2) * (1.0 - sigmoid(Z2))", "=delta[2]"),
            ("self.dW2 = np.dot(self.delta2.T, self.A1)", "dW[2]"),
            ("dW2 = delta2.T @ cache['A1']", "=dW[2]"),
            ('grads["dW2"] = np.dot(delta2.T, cache["A1"])', "dW[2]"),
            ('dA1 = np.matmul(delta2, parameters["W2"])', "=dA[1]"),
            ("dW1 = (((A2 - Y) * A2 * (1 - A2)) @ W2 * A1 * (1 - A1)).T @ X", "=dW[1]"),
            ("db1 = np.einsum('mi->i', delta1)", "=db[1]"),
            ("db2 = delta2.sum(axis=0, keepdims=True).copy()", "=db[2]"),
            ("dW2 = delta2.T.dot(A1)  # (n2, m) times (m, n1)", "=dW[2]"),
        ],
        wrong=[
            ("delta2 = (A2 - Y) * (A2**2 - A2)", "=delta[2]", "sign"),
            ("self.dW2 = np.dot(self.A1.T, self.delta2)", "dW[2]", "transposed"),
            ("db1 = np.einsum('mi->', delta1)", "=db[1]", "one number"),
            ("dA1 = delta2 @ W2.T", "=dA[1]", "transposed"),
            ("dW1 = (((Y - A2) * A2 * (1 - A2)) @ W2 * A1 * (1 - A1)).T @ X", "=dW[1]", "sign"),
        ],
    ),
    *block(
        "numpy",
        "classes",
        right=[
            ("db2 = np.mean(A2 - Y, axis=0, keepdims=True)", "=db[2]"),
            ("dZ2 = np.divide(A2 - Y, m)", "=delta[2]"),
            ("dW2 = np.dot((A2 - Y).T, A1) * (1.0 / X.shape[0])", "=dW[2]"),
            ("dZ2 = (A2 - Y) / float(len(X))", "=delta[2]"),
            ("dZ1 = dZ2 @ W2 / np.cosh(Z1)**2", "=delta[1]"),
        ],
        wrong=[("db2 = np.mean(dZ2, axis=0, keepdims=True)", "=db[2]", "extra 1/m")],
    ),
    *block(
        "numpy",
        "binary_sum",
        right=[
            ("dA2 = (1 - Y) / (1 - A2) - Y / A2", "=dA[2]"),
            ("dA2 = -np.divide(Y, A2) + np.divide(1 - Y, 1 - A2)", "=dA[2]"),
        ],
        wrong=[("dA2 = Y / A2 - (1 - Y) / (1 - A2)", "=dA[2]", "sign")],
    ),
    *block(
        "numpy",
        "sse",
        "columns",
        single=True,
        right=[
            ("dW2 = np.dot(dz2, a1.T)", "=dW[2]"),
            ("db2 = dz2", "=db[2]"),
            ("dW1 = np.outer(dz1, x)", "=dW[1]"),
        ],
    ),
    *block(
        "numpy",
        "sse",
        FROM_ONE,
        right=[
            ("delta2 = np.dot(W3.T, delta3) * a2 * (1 - a2)", "=delta[1]", "(W2.T @ delta2) * A1 * (1 - A1)"),
            ("dW3 = np.dot(delta3, a2.T)", "=dW[2]", WEIGHTS),
        ],
        wrong=[("dW3 = np.dot(delta3, a3.T)", "=dW[2]", "layer", "delta2 @ A2.T")],
    ),
]

LATEX = [
    *block(
        "latex",
        "sse",
        "columns",
        right=[
            (r"\frac{\partial C_0}{\partial W^{(L)}} = \delta^{(L)} a^{(L-1)T}", "dW[2]", WEIGHTS),
            (r"\dfrac{\partial J}{\partial W^{[2]}} = \delta^{[2]} {a^{[1]}}^{\top}", "=dW[2]", WEIGHTS),
            (r"\mathrm{d}W^{[2]} = \mathrm{d}Z^{[2]} A^{[1]\top}", "=dW[2]", WEIGHTS),
            (
                r"\delta^{(1)} := \left\{ (W^{(2)})^T \delta^{(2)} \right\} \odot \sigma'\left(z^{(1)}\right)",
                "=delta[1]",
                HIDDEN,
            ),
            (r"\delta^{(1)} = \sigma'(z^{(1)}) \odot \left( (W^{(2)})^T \delta^{(2)} \right)", "=delta[1]", HIDDEN),
            (
                r"\delta_1 = \mathbf{W}_2^\mathsf{T} \, \delta_2 \circ \sigma^{\prime}(\mathbf{z}_1)",
                "=delta[1]",
                HIDDEN,
            ),
            (r"\nabla_{b^{(2)}} J = \delta^{(2)} \mathbf{1}_m", "=db[2]", "delta2 @ np.ones((m, 1))"),
        ],
        wrong=[
            (
                r"\frac{\partial C_0}{\partial W^{(L)}} = a^{(L-1)} (\delta^{(L)})^T",
                "dW[2]",
                "transposed",
                "A1 @ delta2.T",
            ),
            (
                r"\delta_1 = \mathbf{W}_2 \, \delta_2 \circ \sigma^{\prime}(\mathbf{z}_1)",
                "=delta[1]",
                "transposed",
                "(W2 @ delta2) * slope1",
            ),
        ],
    ),
    *block(
        "latex",
        "sse",
        FROM_ONE,
        right=[
            (r"\delta^{(3)} = (a^{(3)} - y) \odot g'(z^{(3)})", "=delta[2]", "(A2 - Y) * slope2"),
            (r"\delta^{(2)} = (W^{(3)})^T \delta^{(3)} \odot g'(z^{(2)})", "=delta[1]", HIDDEN),
            (r"\frac{\partial J}{\partial W^{(3)}} = \delta^{(3)} (a^{(2)})^T", "=dW[2]", WEIGHTS),
            (r"z^{(2)} = W^{(2)} x + b^{(2)}", "=Z[1]", "W1 @ X + b1"),
        ],
        wrong=[
            (
                r"\delta^{(2)} = (W^{(2)})^T \delta^{(3)} \odot g'(z^{(2)})",
                "=delta[1]",
                "layer",
                "(W1.T @ delta2) * slope1",
            ),
        ],
    ),
]

OTHERS = [
    *block(
        "unicode",
        "sse",
        "columns",
        right=[
            ("δ^(1) = (W^(2))^T δ^(2) ⊙ σ'(z^(1))", "=delta[1]", HIDDEN),
            ("𝜹₂𝑨₁ᵀ", "dW[2]", WEIGHTS),
            ("∂L/∂W₂ = ∂L/∂Z₂ · A₁ᵀ", "dW[2]", WEIGHTS),
            ("δ₁ = σ′(z₁) ⊙ (W₂ᵀ δ₂)", "=delta[1]", HIDDEN),
        ],
        wrong=[("δ^(1) = W^(2) δ^(2) ⊙ σ'(z^(1))", "=delta[1]", "transposed", "(W2 @ delta2) * slope1")],
    ),
    *block(
        "plain",
        "sse",
        right=[
            ("dW2 = delta2.T A1", "=dW[2]", "delta2.T @ A1"),
            ("delta1 = delta2 W2 ∘ f'(Z1)", "=delta[1]", "(delta2 @ W2) * slope1"),
            ("dJ/db2 = sum(delta2)", "=db[2]", "np.sum(delta2, axis=0, keepdims=True)"),
        ],
    ),
    *block(
        "matlab",
        "classes",
        "columns",
        right=[
            ("db2 = mean(A2 - Y, 2);  % over the samples", "=db[2]", "np.mean(A2 - Y, axis=1, keepdims=True)"),
            ("dW1 = delta1 * transpose(X);  % weights", "=dW[1]", "delta1 @ X.T"),
            ("A2 = exp(Z2) ./ sum(exp(Z2), 1);", "=A[2]", "softmax(Z2)"),
        ],
        wrong=[
            (
                "A2 = exp(Z2) ./ sum(exp(Z2), 2);",
                "=A[2]",
                "axis",
                "np.exp(Z2) / np.sum(np.exp(Z2), axis=1, keepdims=True)",
            )
        ],
    ),
    *block(
        "torch",
        "relu_linear",
        right=[
            ("delta2 = (A2 - Y).mul(2)", "=delta[2]"),
            ("dW2 = delta2.transpose(0, 1) @ A1", "=dW[2]"),
            ("delta1 = delta2.matmul(W2) * Z1.gt(0).float()", "=delta[1]"),
        ],
        wrong=[("dW2 = A1.transpose(0, 1) @ delta2", "=dW[2]", "transposed")],
    ),
    *block("tensorflow", "classes", right=[("A1 = tf.math.tanh(Z1)", "=A[1]")]),
    *block(
        "julia",
        "tanh",
        "columns",
        right=[
            ("δ1 = (transpose(W2) * δ2) .* (1 .- A1 .^ 2)", "=delta[1]", "(W2.T @ delta2) * (1 - A1**2)"),
            ("@. δ2 = (A2 - Y) * (1 - A2^2)", "delta[2]", "(A2 - Y) * (1 - A2**2)"),
        ],
    ),
    *block(
        "r",
        "tanh",
        right=[("delta1 <- (delta2 %*% W2) * (1 - tanh(Z1)^2)", "=delta[1]", "(delta2 @ W2) * (1 - np.tanh(Z1)**2)")],
    ),
]

SEVERAL = [
    *block(
        "numpy",
        "sse",
        right=[
            ("err = (A2 - Y) * A2 * (1 - A2)\ndW2 = np.dot(err.T, A1)", "=dW[2]", "delta2.T @ A1"),
            (
                "err = A2 - Y  # the error; b = 3\nd = err * A2 * (1 - A2)\n\n# b = 1\ndW2 = np.dot(\n  d.T,\n  A1)",
                "=dW[2]",
                "delta2.T @ A1",
            ),
            ("err = (A2 - Y) * A2 * (1 - A2); dW2 = np.dot(err.T, A1);", "=dW[2]", "delta2.T @ A1"),
            ("e = np.exp(-Z2)\nA2 = 1 / (1 + e)", "=A[2]", "A2"),
            ("delta2 = np.subtract(A2, Y)\ndelta2 *= A2 * (1 - A2)", "=delta[2]", "delta2"),
        ],
        wrong=[
            ("err = (Y - A2) * A2 * (1 - A2)\ndW2 = np.dot(err.T, A1)", "=dW[2]", "sign", "-delta2.T @ A1"),
            ("err = A2 - Y\ndW2 = np.dot(err.T, A1)", "=dW[2]", "missing slope", "(A2 - Y).T @ A1"),
        ],
    ),
    *block(
        "numpy",
        "relu_classes",
        right=[
            ("h = np.maximum(0, X.dot(W1.T) + b1)\ndW2 = np.dot(delta2.T, h)", "=dW[2]", "delta2.T @ A1"),
            (
                "exps = np.exp(Z2 - Z2.max(axis=1, keepdims=True))\nA2 = exps / exps.sum(axis=1, keepdims=True)",
                "=A[2]",
                "A2",
            ),
            ("dZ1 = np.dot(delta2, W2)\ndZ1[Z1 <= 0] = 0", "=delta[1]", "delta1"),
            ("dh = delta2 @ W2\ndh[Z1 <= 0] = 0\ndW1 = np.dot(dh.T, X)", "=dW[1]", "delta1.T @ X"),
        ],
        wrong=[
            ("dZ1 = np.dot(delta2, W2)\ndZ1[Z1 > 0] = 0", "=delta[1]", "other slope", "(delta2 @ W2) * (Z1 <= 0)"),
        ],
    ),
    *block(
        "plain",
        "relu_classes",
        right=[
            ("dZ1 = delta2 @ W2\ndZ1[Z1 <= 0] = 0", "=delta[1]", "delta1"),
            ("dZ1 = delta2 @ W2; dZ1 *= (Z1 > 0)", "=delta[1]", "delta1"),
            ("h = np.maximum(0, Z1); dW2 = delta2.T @ h", "=dW[2]", "delta2.T @ A1"),
        ],
        wrong=[("dZ1 = delta2 @ W2.T\ndZ1[Z1 <= 0] = 0", "=delta[1]", "transposed", "(delta2 @ W2.T) * (Z1 > 0)")],
    ),
]

LINES: list[Line] = [replace(line, later=True) for line in (*NUMPY, *LATEX, *OTHERS, *SEVERAL)]
