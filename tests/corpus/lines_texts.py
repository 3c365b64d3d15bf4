"""Plain Unicode and the tool's own spelling by hand."""

from __future__ import annotations

from tests.corpus.blocks import block
from tests.corpus.line import Line

HIDDEN = "(W2.T @ delta2) * slope1"

UNICODE = [
    *block(
        "unicode",
        "sse",
        "columns",
        right=[
            ("δᴸ = (aᴸ − y) ⊙ σ′(zᴸ)", "delta[2]", "(A2 - Y) * slope2"),
            ("δ[1] = (W[2]ᵀ · δ[2]) ⊙ σ'(z[1])", "=delta[1]", HIDDEN),
            ("𝛿₁ = 𝑊₂ᵀ 𝛿₂ ⊙ 𝜎′(𝑍₁)", "=delta[1]", HIDDEN),
            ("∂C/∂w = δ⁽²⁾ (a⁽¹⁾)ᵀ", "dW[2]", "delta2 @ A1.T"),
            ("∂J/∂W⁽²⁾ = δ⁽²⁾ × A⁽¹⁾ᵀ", "=dW[2]", "delta2 @ A1.T"),
            ("𝐖₁𝐗 + 𝐛₁", "Z[1]", "W1 @ X + b1"),
            ("∇W₂ J = δ₂ a₁ᵀ", "dW[2]", "delta2 @ A1.T"),
            ("δ⁽²⁾ = (ａ⁽²⁾ － ｙ) ⊙ ａ⁽²⁾ ⊙ (1 － ａ⁽²⁾)", "=delta[2]", "(A2 - Y) * A2 * (1 - A2)"),
            ("dW₂ = dZ₂·A₁ᵀ", "=dW[2]", "delta2 @ A1.T"),
            ("a₂ = σ(z₂)", "=A[2]", "sigmoid(Z2)"),
            ("∂J/∂b₂ = Σ δ₂", "=db[2]", "np.sum(delta2, axis=1, keepdims=True)"),
            ("∂J/∂b⁽²⁾ = Σᵢ δ⁽²⁾ᵢ", "=db[2]", "np.sum(delta2, axis=1, keepdims=True)"),
            ("J = ½ ‖A₂ − Y‖²", "cost", "np.sum((A2 - Y)**2) / 2"),
        ],
        wrong=[
            ("δ[1] = (W[2] · δ[2]) ⊙ σ'(z[1])", "=delta[1]", "transposed", "(W2 @ delta2) * slope1"),
            ("δ₂ = (y – a₂) ⊙ σ′(z₂)", "=delta[2]", "sign", "(Y - A2) * slope2"),
            ("∂J/∂W₂ = A₁ δ₂ᵀ", "=dW[2]", "transposed", "A1 @ delta2.T"),
            ("𝛿₁ = 𝑊₂ᵀ 𝛿₂ ⊙ 𝜎(𝑍₁)", "=delta[1]", "missing slope", "(W2.T @ delta2) * A1"),
            ("δ₁ = W₂ᵀ δ₂ ⊙ σ′(z₂)", "=delta[1]", "layer", "(W2.T @ delta2) * slope2"),
        ],
    ),
    *block(
        "unicode",
        "sse",
        right=[
            ("∂J/∂W₂ = δ₂ᵀA₁", "=dW[2]", "delta2.T @ A1"),
            ("𝛿₂ᵀ 𝐴₁", "dW[2]", "delta2.T @ A1"),
            ("δ₁ = (δ₂W₂) ∘ f′(Z₁)", "=delta[1]", "(delta2 @ W2) * slope1"),
            ("δ₁ = δ₂ ＠ W₂ ⊙ A₁ ⊙ (１ − A₁)", "=delta[1]", "(delta2 @ W2) * A1 * (1 - A1)"),
            ("Z₁ = XW₁ᵀ + b₁", "=Z[1]", "X @ W1.T + b1"),
        ],
        wrong=[("δ₁ = (δ₂W₂ᵀ) ∘ f′(Z₁)", "=delta[1]", "transposed", "(delta2 @ W2.T) * slope1")],
    ),
    *block(
        "unicode",
        "relu",
        "columns",
        right=[
            ("δ₁ = W₂ᵀδ₂ ⊙ ReLU′(Z₁)", "=delta[1]", "(W2.T @ delta2) * slope1"),
            ("δ₁ = W₂ᵀδ₂ ⊙ (Z₁ > 0)", "=delta[1]", "(W2.T @ delta2) * (Z1 > 0)"),
            ("A₁ = max(0, Z₁)", "=A[1]", "np.maximum(0, Z1)"),
        ],
        wrong=[("δ₁ = W₂ᵀδ₂ ⊙ A₁ ⊙ (1 − A₁)", "=delta[1]", "sigmoid slope", "(W2.T @ delta2) * A1 * (1 - A1)")],
    ),
    *block(
        "unicode",
        "sse",
        "columns",
        single=True,
        right=[
            ("∂J/∂W₂ = δ₂ ⊗ a₁", "=dW[2]", "delta2 @ A1.T"),
            ("δˡⱼ = Σₖ wˡ⁺¹ₖⱼ δˡ⁺¹ₖ σ′(zˡⱼ)", "delta[1]", HIDDEN),
        ],
    ),
    *block(
        "unicode",
        "classes",
        "columns",
        right=[
            ("δ₂ = ¹⁄ₘ (A₂ − Y)", "=delta[2]", "(A2 - Y) / m"),
            ("∂J/∂W₂ = (1/m)(A₂ − Y)A₁ᵀ", "=dW[2]", "(A2 - Y) @ A1.T / m"),
        ],
        wrong=[("∂J/∂W₂ = (1/m) δ₂ A₁ᵀ", "=dW[2]", "extra 1/m", "delta2 @ A1.T / m")],
    ),
]

TOOL = [
    *block(
        "plain",
        "sse",
        right=[
            ("delta[2] = (A[2] - Y) * A[2] * (1 - A[2])", "=delta[2]"),
            ("delta1 = (delta2 @ W2) * f'(Z1)", "=delta[1]", "(delta2 @ W2) * slope1"),
            ("δ[1] = (δ[2] @ W[2]) ⊙ A[1] ⊙ (1 - A[1])", "=delta[1]", "(delta2 @ W2) * A1 * (1 - A1)"),
            ("dL/dW2 = delta2.T @ A1", "dW[2]", "delta2.T @ A1"),
            ("dJ/dW1 = delta1^T X", "=dW[1]", "delta1.T @ X"),
            ("sum(delta2)", "db[2]", "np.sum(delta2, axis=0, keepdims=True)"),
            ("X W1^T + b1", "Z[1]", "X @ W1.T + b1"),
            ("(delta2 @ W2) * sigmoid'(Z1)", "delta[1]", "(delta2 @ W2) * slope1"),
            ("delta2 W2", "dA[1]", "delta2 @ W2"),
            ("(A2 - Y) ⊙ A2 ⊙ (1 - A2)", "delta[2]", "(A2 - Y) * A2 * (1 - A2)"),
        ],
        wrong=[
            ("(Y - A2) ⊙ f'(Z2)", "delta[2]", "sign", "(Y - A2) * slope2"),
            ("delta1 = (delta2 @ W1) * f'(Z1)", "=delta[1]", "layer", "(delta2 @ W1) * slope1"),
            ("dW2 = A1.T @ delta2", "=dW[2]", "transposed", "A1.T @ delta2"),
            ("(A2 - Y) * f'(A2)", "delta[2]", "a for z", "(A2 - Y) * sigmoid_prime(A2)"),
            ("A2 * f'(Z2)", "delta[2]", "missing error", "A2 * slope2"),
            ("(A2 - A1) * f'(Z2)", "delta[2]", "a for y", "(A2 - A1) * slope2"),
            ("2 * delta2.T @ A1", "dW[2]", "two", "2 * delta2.T @ A1"),
            ("delta2.T @ A1 * 3", "dW[2]", "extra factor", "delta2.T @ A1 * 3"),
        ],
    ),
    *block(
        "plain",
        "sse",
        "columns",
        right=[
            ("W2^T delta2 ⊙ f'(Z1)", "delta[1]", HIDDEN),
            ("dW2 = delta2 A1^T", "=dW[2]", "delta2 @ A1.T"),
            ("W1 X + b1", "Z[1]", "W1 @ X + b1"),
        ],
        wrong=[("delta2 W2^T ⊙ f'(Z1)", "delta[1]", "order", "(delta2 @ W2.T) * slope1")],
    ),
    *block(
        "plain",
        "decay",
        right=[("dW2 = delta2.T @ A1 + l2 * W2", "=dW[2]", "delta2.T @ A1 + l2 * W2")],
        wrong=[("dW2 = delta2.T @ A1 + l2 * W1", "=dW[2]", "layer", "delta2.T @ A1 + l2 * W1")],
    ),
]

LINES: list[Line] = [*UNICODE, *TOOL]
