"""LaTeX by hand; the meaning of each line is NumPy over the arrays as its notation shows them."""

from __future__ import annotations

from tests.corpus.blocks import block
from tests.corpus.line import Line

HIDDEN = "(W2.T @ delta2) * slope1"
OUTPUT = "(A2 - Y) * slope2"
WEIGHTS = "delta2 @ A1.T"

COLUMNS = block(
    "latex",
    "sse",
    "columns",
    right=[
        (r"\delta^{(2)} = (a^{(2)} - y) \odot \sigma'(z^{(2)})", "=delta[2]", OUTPUT),
        (r"\delta^{(1)} = \left( (W^{(2)})^\top \delta^{(2)} \right) \odot \sigma'(z^{(1)})", "=delta[1]", HIDDEN),
        (r"\delta^l = ((w^{l+1})^T \delta^{l+1}) \odot \sigma'(z^l)", "delta[1]", HIDDEN),
        (r"\delta^L = \nabla_a C \odot \sigma'(z^L)", "delta[2]", "dA2 * slope2"),
        (r"\delta^L = (a^L - y) \odot \sigma'(z^L)", "delta[2]", OUTPUT),
        (r"\frac{\partial C}{\partial W^{(2)}} = \delta^{(2)} a^{(1)T}", "dW[2]", WEIGHTS),
        (r"\frac{\partial J}{\partial W^{(2)}} = \delta^{(2)} (a^{(1)})^\intercal", "=dW[2]", WEIGHTS),
        (
            r"\frac{\partial J}{\partial \mathbf{W}^{(1)}} = \boldsymbol\delta^{(1)} \mathbf{x}^\top",
            "=dW[1]",
            "delta1 @ X.T",
        ),
        (r"\nabla_{W^{(2)}} J = \delta^{(2)} (a^{(1)})^T", "=dW[2]", WEIGHTS),
        (r"\nabla_{W_2} \mathcal{L} = \delta_2 A_1^\top", "dW[2]", WEIGHTS),
        (
            r"\frac{\partial J}{\partial W^{(2)}} = \frac{\partial J}{\partial z^{(2)}}"
            r" \frac{\partial z^{(2)}}{\partial W^{(2)}} = \delta^{(2)} a^{(1)T}",
            "=dW[2]",
            f"{WEIGHTS}, {WEIGHTS}",
        ),
        (
            r"\delta^{(2)} = \frac{\partial J}{\partial a^{(2)}} \odot \sigma'(z^{(2)})"
            r" = (a^{(2)} - y) \odot a^{(2)} \odot (1 - a^{(2)})",
            "=delta[2]",
            "dA2 * slope2, (A2 - Y) * A2 * (1 - A2)",
        ),
        (r"\frac{\partial J}{\partial b^{(1)}} = \delta^{(1)} \mathbf{1}", "=db[1]", "delta1 @ np.ones((m, 1))"),
        (
            r"\frac{\partial J}{\partial b^{(2)}} = \sum_{i=1}^m \delta^{(2)}_i",
            "=db[2]",
            "np.sum(delta2, axis=1, keepdims=True)",
        ),
        (r"\delta^{[1]} = W^{[2]\top} \delta^{[2]} \circ g^{[1]\prime}(z^{[1]})", "delta[1]", HIDDEN),
        (r"\delta^{[1]} = W^{[2]T} \delta^{[2]} * g'(Z^{[1]})", "=delta[1]", HIDDEN),
        (r"dZ^{[1]} = W^{[2]T} dZ^{[2]} * g^{[1]\prime}(Z^{[1]})", "=delta[1]", HIDDEN),
        (r"dW^{[2]} = dZ^{[2]} A^{[1]T}", "=dW[2]", WEIGHTS),
        (r"Z^{[1]} = W^{[1]} X + b^{[1]}", "=Z[1]", "W1 @ X + b1"),
        (r"A^{[1]} = g^{[1]}(Z^{[1]})", "=A[1]", "sigmoid(Z1)"),
        (r"a^{(2)} = \sigma(z^{(2)})", "=A[2]", "sigmoid(Z2)"),
        (r"a^{(1)} = \frac{1}{1 + e^{-z^{(1)}}}", "=A[1]", "1 / (1 + np.exp(-Z1))"),
        (r"J = \frac{1}{2} \lVert A^{(2)} - Y \rVert^2", "cost", "np.sum((A2 - Y)**2) / 2"),
        (r"\begin{align} \delta^{(2)} &= (a^{(2)} - y) \odot \sigma'(z^{(2)}) \end{align}", "=delta[2]", OUTPUT),
        (
            r"\begin{aligned} \frac{\partial J}{\partial W^{(2)}} &= \delta^{(2)} (a^{(1)})^T \\"
            r" &= \left((a^{(2)} - y) \odot \sigma'(z^{(2)})\right) (a^{(1)})^T \end{aligned}",
            "=dW[2]",
            f"{WEIGHTS}, ({OUTPUT}) @ A1.T",
        ),
        (
            r"\frac{\partial J}{\partial W^{(2)}} = \underbrace{(a^{(2)} - y) \odot \sigma'(z^{(2)})}_{\delta^{(2)}} \,"
            r" (a^{(1)})^\top",
            "=dW[2]",
            f"({OUTPUT}) @ A1.T",
        ),
        (
            r"\frac{\partial J}{\partial W^{(1)}} = \left[ (W^{(2)})^T \delta^{(2)} \odot \sigma'(z^{(1)}) \right] x^T",
            "=dW[1]",
            f"({HIDDEN}) @ X.T",
        ),
        (r"\frac{\partial J}{\partial W^{(2)}} = \delta^{(2)} \times (a^{(1)})^T", "=dW[2]", WEIGHTS),
        (r"\delta^{(2)} = (a^{(2)} - y) \bullet \sigma'(z^{(2)})", "=delta[2]", OUTPUT),
        (
            r"\frac{\partial J}{\partial A^{(1)}} = \left( W^{(2)} \right)^{\intercal} \delta^{(2)}",
            "=dA[1]",
            "W2.T @ delta2",
        ),
    ],
    wrong=[
        (
            r"\delta^{(1)} = (W^{(2)} \delta^{(2)}) \odot \sigma'(z^{(1)})",
            "=delta[1]",
            "transposed",
            "(W2 @ delta2) * slope1",
        ),
        (
            r"\delta^{(1)} = (\delta^{(2)} (W^{(2)})^T) \odot \sigma'(z^{(1)})",
            "=delta[1]",
            "order",
            "(delta2 @ W2.T) * slope1",
        ),
        (
            r"\delta^{(1)} = ((W^{(2)})^T \odot \delta^{(2)}) \odot \sigma'(z^{(1)})",
            "=delta[1]",
            "elementwise",
            "(W2.T * delta2) * slope1",
        ),
        (
            r"\delta^{(1)} = ((W^{(1)})^T \delta^{(2)}) \odot \sigma'(z^{(1)})",
            "=delta[1]",
            "layer",
            "(W1.T @ delta2) * slope1",
        ),
        (
            r"\delta^{(1)} = ((W^{(2)})^T \delta^{(2)}) \odot \sigma(z^{(1)})",
            "=delta[1]",
            "missing slope",
            "(W2.T @ delta2) * A1",
        ),
        (r"\delta^{(2)} = (y - a^{(2)}) \odot \sigma'(z^{(2)})", "=delta[2]", "sign", "(Y - A2) * slope2"),
        (r"\delta^{(2)} = (a^{(2)} - y) \odot (1 - a^{(2)})", "=delta[2]", "other slope", "(A2 - Y) * (1 - A2)"),
        (r"\delta^{(2)} = a^{(2)} \odot \sigma'(z^{(2)})", "=delta[2]", "missing error", "A2 * slope2"),
        (r"\frac{\partial J}{\partial W^{(2)}} = a^{(1)} (\delta^{(2)})^T", "=dW[2]", "transposed", "A1 @ delta2.T"),
        (r"\frac{\partial J}{\partial W^{(2)}} = \delta^{(2)} a^{(2)T}", "=dW[2]", "layer", "delta2 @ A2.T"),
        (r"\frac{\partial J}{\partial W^{(2)}} = (\delta^{(2)})^T a^{(1)}", "=dW[2]", "transposed", "delta2.T @ A1"),
        (r"\frac{\partial J}{\partial W^{(2)}} = \delta^{(2)} \odot a^{(1)}", "=dW[2]", "elementwise", "delta2 * A1"),
        (r"\frac{\partial J}{\partial b^{(2)}} = A^{(2)} - Y", "=db[2]", "missing slope + missing sum", "A2 - Y"),
        (
            r"\delta^{[1]} = W^{[2]T} (\delta^{[2]} \odot g'(z^{[1]}))",
            "=delta[1]",
            "brackets",
            "W2.T @ (delta2 * slope1)",
        ),
        (
            r"\frac{\partial J}{\partial W^{(2)}} = \delta^{(2)} a^{(1)T} = a^{(1)} (\delta^{(2)})^T",
            "=dW[2]",
            "transposed",
            f"{WEIGHTS}, A1 @ delta2.T",
        ),
        (r"\nabla_{W^{(2)}} J = \delta^{(2)} (z^{(1)})^T", "=dW[2]", "z for a", "delta2 @ Z1.T"),
        (r"J = \lVert a^{(2)} - y \rVert^2", "cost", "half", "np.sum((A2 - Y)**2)"),
        (r"\delta^{(2)} = (a^{(2)} - y) \odot (1 - (a^{(2)})^2)", "=delta[2]", "tanh slope", "(A2 - Y) * (1 - A2**2)"),
    ],
)

ONE_SAMPLE = block(
    "latex",
    "sse",
    "columns",
    single=True,
    right=[
        (r"\delta^{(1)} = \operatorname{diag}(\sigma'(z^{(1)})) (W^{(2)})^T \delta^{(2)}", "=delta[1]", HIDDEN),
        (r"\delta^l_j = \sum_k w^{l+1}_{kj} \delta^{l+1}_k \sigma'(z^l_j)", "delta[1]", HIDDEN),
        (r"\delta^{(1)}_j = \sigma'(z^{(1)}_j) \sum_k w^{(2)}_{kj} \delta^{(2)}_k", "=delta[1]", HIDDEN),
        (r"z^{(2)}_j = \sum_k w^{(2)}_{jk} a^{(1)}_k + b^{(2)}_j", "=Z[2]", "W2 @ A1 + b2"),
        (r"\frac{\partial C}{\partial w^{l}_{jk}} = a^{l-1}_k \delta^l_j", "dW[2]", WEIGHTS),
        (r"\frac{\partial C}{\partial b^l_j} = \delta^l_j", "db[2]", "delta2"),
        (r"\frac{\partial J}{\partial W^{(2)}} = \delta^{(2)} \otimes a^{(1)}", "=dW[2]", WEIGHTS),
        (r"\frac{\partial J}{\partial b^{(2)}} = \delta^{(2)}", "=db[2]", "delta2"),
        (r"J = \frac{1}{2} \sum_j (a^{(2)}_j - y_j)^2", "cost", "np.sum((A2 - Y)**2) / 2"),
    ],
    wrong=[
        (
            r"\delta^l_j = \sum_k w^{l+1}_{jk} \delta^{l+1}_k \sigma'(z^l_j)",
            "delta[1]",
            "transposed",
            "(W2 @ delta2) * slope1",
        ),
        (r"\frac{\partial C}{\partial w^l_{jk}} = a^l_k \delta^l_j", "dW[2]", "layer", "delta2 @ A2.T"),
    ],
)

ROWS = block(
    "latex",
    "sse",
    right=[
        (
            r"\frac{\partial J}{\partial \mathbf{b}_2} = \mathbf{1}^\top \boldsymbol{\delta}_2",
            "=db[2]",
            "np.ones((1, m)) @ delta2",
        ),
        (
            r"\boldsymbol\delta_1 = \boldsymbol\delta_2 \mathbf W_2 \odot f'(\mathbf Z_1)",
            "=delta[1]",
            "(delta2 @ W2) * slope1",
        ),
        (
            r"\boldsymbol{\delta}_1 = (\boldsymbol{\delta}_2 \mathbf{W}_2) \odot \mathbf{A}_1 \odot (1 - \mathbf{A}_1)",
            "=delta[1]",
            "(delta2 @ W2) * A1 * (1 - A1)",
        ),
        (
            r"\mathbf{Z}_1 = \mathbf{X} \mathbf{W}_1^\top + \mathbf{1} \mathbf{b}_1",
            "=Z[1]",
            "X @ W1.T + np.ones((m, 1)) @ b1",
        ),
        (
            r"\frac{\partial J}{\partial W^{(2)}} = \left((A^{(2)} - Y) \odot f'(Z^{(2)})\right)^T A^{(1)}",
            "=dW[2]",
            f"({OUTPUT}).T @ A1",
        ),
        (r"J = \frac12 \sum_{i,k} \left(A^{(2)}_{ik} - Y_{ik}\right)^2", "cost", "np.sum((A2 - Y)**2) / 2"),
    ],
    wrong=[
        (r"\frac{\partial J}{\partial W_2} = A_1^\top \delta_2", "=dW[2]", "transposed", "A1.T @ delta2"),
        (r"\frac{\partial J}{\partial W_2} = \delta_2 A_1^\top", "=dW[2]", "transposed", "delta2 @ A1.T"),
    ],
)

IN_OUT = block(
    "latex",
    "relu",
    {"weights": "in_out"},
    right=[
        (r"\frac{\partial L}{\partial W_2} = A_1^T \delta_2", "dW[2]", "A1.T @ delta2"),
        (r"Z_1 = X W_1 + b_1", "=Z[1]", "X @ W1 + b1"),
        (r"\frac{\partial J}{\partial A_1} = \delta_2 W_2^{\mathrm T}", "=dA[1]", "delta2 @ W2.T"),
    ],
)

RELU = block(
    "latex",
    "relu",
    right=[
        (
            r"\delta^{(1)} = (\delta^{(2)} W^{(2)}) \odot \text{ReLU}'(Z^{(1)})",
            "=delta[1]",
            "(delta2 @ W2) * slope1",
        ),
        (
            r"\delta^{(1)} = (\delta^{(2)} W^{(2)}) \odot \mathbb{1}[Z^{(1)} > 0]",
            "=delta[1]",
            "(delta2 @ W2) * (Z1 > 0)",
        ),
        (r"\delta^{(1)} = \delta^{(2)} W^{(2)} \odot (Z^{(1)} > 0)", "=delta[1]", "(delta2 @ W2) * (Z1 > 0)"),
        (r"A^{(1)} = \max(0, Z^{(1)})", "=A[1]", "np.maximum(0, Z1)"),
        (r"A^{(1)} = \operatorname{ReLU}\!\left(Z^{(1)}\right)", "=A[1]", "relu(Z1)"),
    ],
    wrong=[
        (
            r"\delta^{(1)} = (\delta^{(2)} W^{(2)}) \odot \text{ReLU}(Z^{(1)})",
            "=delta[1]",
            "other slope",
            "(delta2 @ W2) * A1",
        )
    ],
)

CLASSES = [
    *block(
        "latex",
        "classes",
        "columns",
        right=[
            (r"\delta^{(2)} = \frac{1}{m} \left( a^{(2)} - y \right)", "=delta[2]", "(A2 - Y) / m"),
            (
                r"\delta^{(1)} = (W^{(2)})^T \delta^{(2)} \odot (1 - \tanh^2(z^{(1)}))",
                "=delta[1]",
                "(W2.T @ delta2) * (1 - np.tanh(Z1)**2)",
            ),
            (
                r"\frac{\partial J}{\partial W^{(2)}} = \frac{1}{m} (A^{(2)} - Y) A^{(1)T}",
                "=dW[2]",
                "(A2 - Y) @ A1.T / m",
            ),
            (r"a^{(2)} = \text{softmax}(z^{(2)})", "=A[2]", "softmax(Z2)"),
        ],
        wrong=[
            (
                r"\delta^{(2)} = \frac{1}{m} (a^{(2)} - y) \odot a^{(2)} \odot (1 - a^{(2)})",
                "=delta[2]",
                "extra slope",
                "(A2 - Y) / m * A2 * (1 - A2)",
            ),
            (
                r"\frac{\partial J}{\partial W^{(2)}} = \frac{1}{m} \delta^{(2)} a^{(1)T}",
                "=dW[2]",
                "extra 1/m",
                "delta2 @ A1.T / m",
            ),
        ],
    ),
    *block(
        "latex",
        "classes",
        {"orientation": "columns", "output": "yhat"},
        right=[(r"\delta^{(2)} = \frac{1}{m} (\hat{y} - y)", "=delta[2]", "(A2 - Y) / m")],
    ),
    *block(
        "latex",
        "classes",
        right=[
            (
                r"J = -\frac{1}{m} \sum_{i=1}^{m} \sum_{k} Y_{ik} \log A^{(2)}_{ik}",
                "cost",
                "-np.sum(Y * np.log(A2)) / m",
            )
        ],
        wrong=[
            (
                r"J = \frac{1}{m} \sum_{i=1}^{m} \sum_{k} Y_{ik} \log A^{(2)}_{ik}",
                "cost",
                "sign",
                "np.sum(Y * np.log(A2)) / m",
            )
        ],
    ),
    *block(
        "latex",
        "binary",
        "columns",
        right=[
            (
                r"J = -\frac{1}{m} \sum_{i=1}^{m} \left[ y_i \log a^{(2)}_i + (1 - y_i) \log(1 - a^{(2)}_i) \right]",
                "cost",
                "-np.sum(Y * np.log(A2) + (1 - Y) * np.log(1 - A2)) / m",
            ),
        ],
    ),
]

OTHERS = [
    *block(
        "latex",
        "decay",
        "columns",
        right=[
            (
                r"\nabla_{W^{(2)}} J = \delta^{(2)} (a^{(1)})^T + \lambda W^{(2)}",
                "=dW[2]",
                "delta2 @ A1.T + lam * W2",
            )
        ],
        wrong=[
            (
                r"\nabla_{W^{(2)}} J = \delta^{(2)} (a^{(1)})^T + \frac{\lambda}{2} W^{(2)}",
                "=dW[2]",
                "half",
                "delta2 @ A1.T + lam / 2 * W2",
            ),
            (
                r"\nabla_{W^{(2)}} J = \delta^{(2)} (a^{(1)})^T - \lambda W^{(2)}",
                "=dW[2]",
                "sign",
                "delta2 @ A1.T - lam * W2",
            ),
        ],
    ),
    *block(
        "latex",
        "elements",
        right=[(r"\delta^{(2)} = \frac{2}{m \, n_2} (A^{(2)} - Y)", "=delta[2]", "2 / (m * n2) * (A2 - Y)")],
        wrong=[(r"\delta^{(2)} = \frac{2}{n_2} (A^{(2)} - Y)", "=delta[2]", "missing 1/m", "2 / n2 * (A2 - Y)")],
    ),
    *block(
        "latex",
        "deep",
        "columns",
        right=[
            (
                r"\delta^{[3]} = \left(W^{[4]}\right)^{T} \delta^{[4]} \odot \sigma'\!\left(z^{[3]}\right)",
                "=delta[3]",
                "(W4.T @ delta4) * slope3",
            ),
            (r"\frac{\partial C}{\partial W^{l}} = \delta^{l} (a^{l-1})^{T}", "dW[3]", "delta3 @ A2.T"),
        ],
        wrong=[
            (
                r"\delta^{[3]} = (W^{[3]})^T \delta^{[4]} \odot \sigma'(z^{[3]})",
                "=delta[3]",
                "layer",
                "(W3.T @ delta4) * slope3",
            )
        ],
    ),
]

LINES: list[Line] = [*COLUMNS, *ONE_SAMPLE, *ROWS, *IN_OUT, *RELU, *CLASSES, *OTHERS]
