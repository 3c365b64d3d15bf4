"""Listings of plain mathematics in several lines, in Unicode and in LaTeX, each with a twin in NumPy."""

from ..oracle import Network
from ..program import program

TWO = Network((2, 3, 2), ("tanh", "sigmoid"), "half_squared_error", "sum")
ROWS = Network((4, 3, 2), ("sigmoid", "softmax"), "cross_entropy", "mean_samples")
THREE = Network((3, 4, 5, 2), ("sigmoid",) * 3, "half_squared_error", "sum")
GIVEN = "X=X Y=Y W1=W[1] W2=W[2] b1=b[1] b2=b[2] Z1=Z[1] Z2=Z[2] A1=A[1] A2=A[2]"
LATEX = "A=A Z=Z W=W Y=Y"

WRITTEN = (
    program(
        "columns in Unicode",
        "unicode",
        TWO,
        "columns",
        """
        Z₁ = W₁ X + b₁                                          ‖ Z[1]
        A₁ = tanh(Z₁)                                           ‖ A[1]
        Z₂ = W₂ A₁ + b₂                                         ‖ Z[2]
        A₂ = σ(Z₂)                                              ‖ A[2]
        δ₂ = (A₂ − Y) ⊙ A₂ ⊙ (1 − A₂)                           ‖ delta[2]
        ∂J/∂W₂ = δ₂ A₁ᵀ                                         ‖ dW[2]
        δ₁ = (W₂ᵀ δ₂) ⊙ (1 − A₁ ⊙ A₁)                           ‖ delta[1]
        ∂J/∂W₁ = δ₁ Xᵀ                                          ‖ dW[1]
        """,
        binds=GIVEN,
        twin="""
        Z1 = W1 @ X + b1
        A1 = np.tanh(Z1)
        Z2 = W2 @ A1 + b2
        A2 = 1 / (1 + np.exp(-Z2))
        d2 = (A2 - Y) * A2 * (1 - A2)
        dW2 = d2 @ A1.T
        d1 = (W2.T @ d2) * (1 - A1 * A1)
        dW1 = d1 @ X.T
        """,
    ),
    program(
        "rows in Unicode, the label taken from the logits",
        "unicode",
        ROWS,
        "rows",
        """
        Z⁽¹⁾ = X W⁽¹⁾ᵀ + b⁽¹⁾                                   ‖ Z[1]
        A⁽¹⁾ = σ(Z⁽¹⁾)                                          ‖ A[1]
        Z⁽²⁾ = A⁽¹⁾ W⁽²⁾ᵀ + b⁽²⁾                                ‖ Z[2]
        A⁽²⁾ = softmax(Z⁽²⁾)                                    ‖ A[2]
        δ⁽²⁾ = (Z⁽²⁾ − Y) / m                                   ‖ !z for a: delta[2]
        dW⁽²⁾ = δ⁽²⁾ᵀ A⁽¹⁾                                      ‖ dW[2]
        δ⁽¹⁾ = δ⁽²⁾ W⁽²⁾ ⊙ A⁽¹⁾ ⊙ (1 − A⁽¹⁾)                    ‖ delta[1]
        dW⁽¹⁾ = δ⁽¹⁾ X                                          ‖ !transposed: dW[1]
        """,
        binds=f"{GIVEN} m=m",
        twin="""
        Z1 = X @ W1.T + b1
        A1 = 1 / (1 + np.exp(-Z1))
        Z2 = A1 @ W2.T + b2
        A2 = np.exp(Z2) / np.exp(Z2).sum(axis=1, keepdims=True)
        d2 = (Z2 - Y) / m
        dW2 = d2.T @ A1
        d1 = d2 @ W2 * A1 * (1 - A1)
        dW1 = d1 @ X
        """,
    ),
    program(
        "four equations aligned",
        "latex",
        THREE,
        "columns",
        r"""
        \begin{align}
        \delta^{[3]} &= (a^{[3]} - y) \odot a^{[3]} \odot (1 - a^{[3]}) \\      ‖ delta[3]
        \delta^{[2]} &= \left(W^{[3]}\right)^T \delta^{[3]} \odot \sigma'(z^{[2]}) \\  ‖ delta[2]
        \frac{\partial C}{\partial W^{[2]}} &= \delta^{[2]} \left(a^{[1]}\right)^\top \\     ‖ dW[2]
        \frac{\partial C}{\partial b^{[2]}} &= \delta^{[2]}                   ‖ db[2]
        \end{align}
        """,
        binds=LATEX,
        twin="""

        d3 = (A[3] - Y) * A[3] * (1 - A[3])
        d2 = W[3].T @ d3 * A[2] * (1 - A[2])
        dW2 = d2 @ A[1].T
        db2 = d2

        """,
        m=1,
    ),
    program(
        "equations aligned, the layer's own activation",
        "latex",
        THREE,
        "columns",
        r"""
        \begin{aligned}
        \bm{\delta}^{(3)} &= (\mathbf{a}^{(3)} - \mathbf{y}) \odot \sigma'(\mathbf{z}^{(3)}) \\    ‖ delta[3]
        \bm{\delta}^{(2)} &= \mathbf{W}^{(3)\top} \bm{\delta}^{(3)} \odot \sigma'(\mathbf{z}^{(2)}) \\ ‖ delta[2]
        \nabla_{\mathbf{W}^{(2)}} J &= \bm{\delta}^{(2)} \mathbf{a}^{(2)\top} \\    ‖ !layer: dW[2]
        \bm{\delta}^{(1)} &= \mathbf{W}^{(2)\top} \bm{\delta}^{(2)} \\      ‖ !missing slope: delta[1]
        \nabla_{\mathbf{W}^{(1)}} J &= \bm{\delta}^{(1)} \mathbf{x}^{\top}          ‖ dW[1]
        \end{aligned}
        """,
        binds=LATEX,
        twin="""

        d3 = (A[3] - Y) * A[3] * (1 - A[3])
        d2 = W[3].T @ d3 * A[2] * (1 - A[2])
        dW2 = d2 @ A[2].T
        d1 = W[2].T @ d2
        dW1 = d1 @ A[0].T

        """,
        m=1,
    ),
)
