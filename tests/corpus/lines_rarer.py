"""Lines by hand, added last: arrays of one axis, rarer functions, other ways to type mathematics, defined names."""

from __future__ import annotations

from dataclasses import replace

from tests.corpus.blocks import block
from tests.corpus.line import Line

HIDDEN, SLOPED = "(W2.T @ delta2) * slope1", "(A2 - Y) * slope2"
WEIGHTS, FIRST = "delta2 @ A1.T", "delta1 @ X.T"
MEAN, SHIFTED = "np.sum((A2 - Y)**2) / (2 * m)", "np.exp(Z2 - np.max(Z2, axis=1{}))"

NUMPY = [
    *block(
        "numpy",
        "classes",
        right=[
            ("A2 = (np.exp(Z2).T / np.exp(Z2).sum(axis=1)).T", "=A[2]"),
            ("A2 = np.exp(Z2) / np.exp(Z2).sum(axis=1)[:, None]", "=A[2]"),
            ("A2 = np.exp(Z2) / np.exp(Z2).sum(axis=1).reshape(-1, 1)", "=A[2]"),
            ("A2 = np.exp(Z2 - np.max(Z2)) / np.sum(np.exp(Z2 - np.max(Z2)), axis=1, keepdims=True)", "=A[2]"),
            ("A2 = np.exp(Z2 - np.log(np.sum(np.exp(Z2), axis=1, keepdims=True)))", "=A[2]"),
            ("J = np.sum(np.log(np.sum(np.exp(Z2), axis=1)) - np.sum(Y * Z2, axis=1)) / m", "cost"),
            ("J = -np.vdot(Y, np.log(A2)) / m", "cost"),
            ("db2 = np.ones(m) @ delta2", "=db[2]"),
            ("db2 = np.add.reduce(delta2, axis=0)", "=db[2]"),
            ("db2 = np.apply_along_axis(np.sum, 0, delta2)", "=db[2]"),
            ("dW2 = np.tensordot(delta2, A1, axes=([0], [0]))", "=dW[2]"),
            ("dW2 = np.inner(delta2.T, A1.T)", "=dW[2]"),
            ("dW2 = np.linalg.multi_dot([delta2.T, A1])", "=dW[2]"),
            ("dW2 = np.einsum('bi,bj', delta2, A1)", "=dW[2]"),
            ("dW2 = np.sum(delta2[:, :, None] * A1[:, None, :], axis=0)", "=dW[2]"),
        ],
        wrong=[
            ("A2 = np.exp(Z2) / np.sum(np.exp(Z2), axis=1)", "=A[2]", "axis"),
            (
                f"A2 = {SHIFTED.format('')} / np.sum({SHIFTED.format(', keepdims=True')}, axis=1, keepdims=True)",
                "=A[2]",
                "axis",
            ),
            ("A2 = np.exp(Z2) / np.exp(Z2).sum(axis=1).reshape(1, -1)", "=A[2]", "axis"),
            ("dW2 = np.tensordot(A1, delta2, axes=(0, 0))", "=dW[2]", "transposed"),
            ("delta1 = (delta2 @ W2) * (1 - A1)**2", "=delta[1]", "square"),
        ],
    ),
    *block(
        "numpy",
        "sse",
        "columns",
        single=True,
        right=[("dW1 = delta1[:, None] * x[None, :]", "=dW[1]", "delta1 @ X.T")],
        wrong=[("dW1 = x[:, None] * delta1[None, :]", "=dW[1]", "transposed", "X @ delta1.T")],
    ),
    *block(
        "numpy",
        "half_linear",
        right=[
            ("delta1 = (delta2 @ W2) * np.logical_not(Z1 <= 0)", "=delta[1]"),
            ("delta1 = (delta2 @ W2) * np.sign(A1)", "=delta[1]"),
            ("A1 = (np.abs(Z1) + Z1) / 2", "=A[1]"),
            ("A1 = np.clip(Z1, 0, np.inf)", "=A[1]"),
            ("J = np.trace((A2 - Y) @ (A2 - Y).T) / (2 * m)", "cost"),
        ],
        wrong=[("delta1 = (delta2 @ W2) * np.logical_not(Z1 > 0)", "=delta[1]", "other slope")],
    ),
]

TYPED = [
    *block(
        "plain",
        "sse",
        "columns",
        right=[
            ("dW2 = delta2 * a1^T", "=dW[2]", WEIGHTS),
            ("delta1 = (W2^T delta2) .* sigma'(z1)", "=delta[1]", HIDDEN),
            ("delta(2) = -(y - a(2)) .* a(2) .* (1 - a(2))", "=delta[2]", SLOPED),
            ("(partial J)/(partial W_2) = delta_2 a_1^top", "=dW[2]", WEIGHTS),
            ("delta^((1)) = (W^((2)) )^T delta^((2)) dot.o sigma'(z^((1)))", "=delta[1]", HIDDEN),
            ("delta_1 = (bold(W)_2^top bold(delta)_2) dot.circle sigma'(bold(z)_1)", "=delta[1]", HIDDEN),
            ("delta^((2)) = (a^((2)) - y) o. sigma'(z^((2)))", "=delta[2]", SLOPED),
            ("(del J)/(del W_1) = delta_1 x^T", "=dW[1]", FIRST),
            ("grad_(W_2) J = delta_2 a_1^T", "=dW[2]", WEIGHTS),
            ("delta2 = e * f'(z2), e = a2 - y", "=delta[2]", SLOPED),
            ("delta2 = (a2 - y) * s'(z2)", "=delta[2]", SLOPED),
            ("L = 1/2 sum (a2 - y)^2", "=cost", "np.sum((A2 - Y)**2) / 2"),
            ("grad W2 = delta2 a1^T", "=dW[2]", WEIGHTS),
            ("delta1 = (Transpose[W2].delta2) * a1 * (1 - a1)", "=delta[1]", HIDDEN),
            ("dS/dW2 = delta2 a1^T", "=dW[2]", WEIGHTS),
        ],
        wrong=[
            ("dW2 = a1 * delta2^T", "=dW[2]", "transposed", "A1 @ delta2.T"),
            ("(partial J)/(partial W_2) = a_1 delta_2^top", "=dW[2]", "transposed", "A1 @ delta2.T"),
            ("delta2 = e * f'(z2), e = y - a2", "=delta[2]", "sign", "(Y - A2) * slope2"),
            ("delta(2) = (y - a(2)) .* a(2) .* (1 - a(2))", "=delta[2]", "sign", "(Y - A2) * slope2"),
        ],
    ),
    *block(
        "unicode",
        "sse",
        "columns",
        right=[
            ("∂J/(∂W^((2) ) )=δ^((2) ) (a^((1) ) )^T", "=dW[2]", WEIGHTS),
            ("𝜹⁽ˡ⁾ = (𝑾⁽ˡ⁺¹⁾)ᵀ𝜹⁽ˡ⁺¹⁾ ⊙ 𝑓′(𝒛⁽ˡ⁾)", "=delta[1]", HIDDEN),
            ("∂Q/∂W₂ = δ₂ a₁ᵀ", "=dW[2]", WEIGHTS),
            ("δ^((1) )=((W^((2) ) )^T δ^((2) ) )⊙σ^' (z^((1) ) )", "=delta[1]", HIDDEN),
            ("δ₁ = ᵗW₂ δ₂ ⊙ f′(z₁)", "=delta[1]", HIDDEN),
            ("δ₂ = e ⊙ σ'(z₂), e = a₂ − y", "=delta[2]", SLOPED),
            ("δᴸ = ∇ₐC ⊙ σ'(zᴸ)", "=delta[2]", SLOPED),
        ],
        wrong=[
            ("δ1 = W2ᵀδ1 ⊙ σ'(z1)", "=delta[1]", "layer", "(W2.T @ delta1) * slope1"),
            ("∂Q/∂W₂ = a₁ δ₂ᵀ", "=dW[2]", "transposed", "A1 @ delta2.T"),
            ("δ₁ = ᵗ(W₂ δ₂) ⊙ f′(z₁)", "=delta[1]", "transposed", "(W2 @ delta2).T * slope1"),
        ],
    ),
    *block(
        "latex",
        "sse",
        "columns",
        right=[
            (r"\delta^{(1)} = D_1 W_2^\top \delta_2, \qquad D_1 = \mathrm{diag}(\sigma'(z_1))", "=delta[1]", HIDDEN),
            (r"\delta^2 = e \odot \sigma'(z^2), \quad e = a^2 - y", "=delta[2]", SLOPED),
            (r"dW_2 = \delta_2 h^T \quad (h = \sigma(z_1))", "=dW[2]", WEIGHTS),
            (r"\delta_1 = (W_2^\top \delta_2) \odot \dot{\sigma}(z_1)", "=delta[1]", HIDDEN),
            (r"\delta_1 = f'_1 \odot (W_2^\top \delta_2)", "=delta[1]", HIDDEN),
            (r"\mathbf{g}_{W_2} = \boldsymbol\delta_2 \mathbf{a}_1^\top", "=dW[2]", WEIGHTS),
            (r"\bar{W}_2 = \bar{z}_2 a_1^\top", "=dW[2]", WEIGHTS),
            (r"\bar{z}_1 = \bar{a}_1 \odot \sigma'(z_1)", "=delta[1]", HIDDEN),
            (r"\nabla_{W_1} E = \delta_1\, {}^t x", "=dW[1]", FIRST),
            (r"\delta_1 = ({}^{t}W_2 \delta_2) \circ f'(z_1)", "=delta[1]", HIDDEN),
            (r"\delta_1 = (W_2^{\mathrm{tr}} \delta_2) \odot f'(z_1)", "=delta[1]", HIDDEN),
        ],
        wrong=[
            (
                r"\delta^{(1)} = D_1 W_2 \delta_2, \qquad D_1 = \mathrm{diag}(\sigma'(z_1))",
                "=delta[1]",
                "transposed",
                "slope1 * (W2 @ delta2)",
            ),
            (r"\bar{W}_2 = a_1 \bar{z}_2^\top", "=dW[2]", "transposed", "A1 @ delta2.T"),
            (r"\nabla_{W_1} E = {}^t\delta_1\, x", "=dW[1]", "transposed", "delta1.T @ X"),
            (r"\delta^2 = e \odot \sigma'(z^2), \quad e = y - a^2", "=delta[2]", "sign", "(Y - A2) * slope2"),
        ],
    ),
    *block(
        "latex",
        "binary",
        "columns",
        right=[
            (
                r"J = -\frac{1}{m}\sum_{i=1}^m \left[ y^{(i)} \log a^{[2](i)} + (1-y^{(i)})\log(1-a^{[2](i)})\right]",
                "cost",
                "-np.sum(Y * np.log(A2) + (1 - Y) * np.log(1 - A2)) / m",
            ),
        ],
        wrong=[
            (
                r"J = \frac{1}{m}\sum_{i=1}^m \left[ y^{(i)} \log a^{[2](i)} + (1-y^{(i)})\log(1-a^{[2](i)})\right]",
                "cost",
                "sign",
                "np.sum(Y * np.log(A2) + (1 - Y) * np.log(1 - A2)) / m",
            )
        ],
    ),
]

LANGUAGES = [
    *block(
        "matlab",
        "half_linear",
        "columns",
        right=[
            ("delta(2) = (a(2) - y) / m;", "=delta[2]", "(A2 - Y) / m"),
            ("z{2} = W{2}*a{1} + b{2};", "=Z[2]", "W2 @ A1 + b2"),
            ("delta1 = (W2' * delta2) .* ~(Z1 <= 0);", "=delta[1]", "(W2.T @ delta2) * (Z1 > 0)"),
            ("J = sum((A2 - Y).^2, 'all') / (2*m);", "cost", MEAN),
            ("J = mean(0.5*sum((A2 - Y).^2));", "cost", MEAN),
            ("J = dot(A2(:) - Y(:), A2(:) - Y(:)) / (2*m);", "cost", MEAN),
            ("J = trace((A2 - Y)*(A2 - Y)') / (2*m);", "cost", MEAN),
            ("delta2 = (A2 - Y) ./ columns(X);", "=delta[2]", "(A2 - Y) / m"),
        ],
        wrong=[
            ("db2 = sum(delta2);", "=db[2]", "axis", "np.sum(delta2, axis=0, keepdims=True)"),
            ("J = sum((A2 - Y).^2) / (2*m);", "cost", "missing sum", "np.sum((A2 - Y)**2, axis=0) / (2 * m)"),
        ],
    ),
    *block(
        "julia",
        "half_linear",
        "columns",
        right=[
            ("J = sum(abs2, A2 - Y) / 2m", "cost", MEAN),
            ("J = 1/2m * sum((A2 .- Y) .^ 2)", "cost", MEAN),
            ("J = sum(@. (A2 - Y)^2) / 2m", "cost", MEAN),
            ("db2 = sum(eachcol(δ2))", "=db[2]", "np.sum(delta2, axis=1, keepdims=True)"),
        ],
        wrong=[("J = sum(abs2, A2 .- Y) / 2 * m", "cost", "brackets", "np.sum((A2 - Y)**2) / 2 * m")],
    ),
    *block(
        "r",
        "classes",
        right=[
            ("A2 <- exp(Z2) / rowSums(exp(Z2))", "=A[2]", "softmax(Z2)"),
            ("A2 <- t(apply(Z2, 1, softmax))", "=A[2]", "softmax(Z2)"),
            ("A2 <- sweep(exp(Z2), 1, rowSums(exp(Z2)), '/')", "=A[2]", "softmax(Z2)"),
            ("Z1 <- X %*% t(W1) + rep(b1, each = m)", "=Z[1]", "X @ W1.T + b1"),
        ],
        wrong=[
            ("A2 <- exp(Z2) / colSums(exp(Z2))", "=A[2]", "axis", "np.exp(Z2) / np.sum(np.exp(Z2), axis=0)[:, None]"),
        ],
    ),
]

LINES: list[Line] = [replace(line, later=True) for line in (*NUMPY, *TYPED, *LANGUAGES)]
