"""More of TensorFlow and JAX, and listings of mathematics with headings, chains and plain letters."""

from ..oracle import Network
from ..program import program

TANH = Network((3, 4, 2), ("tanh", "softmax"), "cross_entropy", "mean_samples")
RELU = Network((3, 5, 2), ("relu", "sigmoid"), "binary_cross_entropy", "sum")
TWO = Network((2, 3, 2), ("sigmoid", "sigmoid"), "half_squared_error", "sum")
LISTS = "x=A[0] z=Z a=A W=W y=Y"

CHAINS = (
    program(
        "a TensorFlow step",
        "tensorflow",
        TANH,
        "rows",
        """
        def step(x, y, w1, b1, w2, b2, lr):
            batch = tf.cast(tf.shape(x)[0], tf.float32)         ‖ m
            h = tf.nn.tanh(x @ w1 + b1)                         ‖ A[1]
            logits = h @ w2 + b2                                ‖ Z[2]
            p = tf.nn.softmax(logits)                           ‖ A[2]
            d_logits = (p - y) / batch                          ‖ delta[2]
            d_w2 = tf.matmul(h, d_logits, transpose_a=True)     ‖ dW[2].T
            d_b2 = tf.reduce_sum(d_logits, axis=0)              ‖ db[2]
            d_h = tf.matmul(d_logits, w2, transpose_b=True)     ‖ dA[1]
            d_pre = d_h * (1.0 - tf.square(h))                  ‖ delta[1]
            d_w1 = tf.matmul(x, d_pre, transpose_a=True)        ‖ dW[1].T
            d_b1 = tf.reduce_sum(d_pre, axis=0)                 ‖ db[1]
            for v, g in [(w1, d_w1), (b1, d_b1), (w2, d_w2), (b2, d_b2)]:
                v.assign_sub(lr * g)    ‖ (W[1] - dW[1]).T; b[1] - db[1]; (W[2] - dW[2]).T; b[2] - db[2]
        """,
        binds="x_=X y_=Y u1=W[1].T c1=b[1][0] u2=W[2].T c2=b[2][0]",
        driver="step(x_, y_, u1, c1, u2, c2, 1.0)",
    ),
    program(
        "a JAX function, a slope of the wrong argument",
        "jax",
        RELU,
        "rows",
        """
        import jax
        import jax.numpy as jnp

        def backward(W1, b1, W2, b2, X, Y):
            Z1 = X @ W1.T + b1                                  ‖ Z[1]
            A1 = jax.nn.relu(Z1)                                ‖ A[1]
            Z2 = A1 @ W2.T + b2                                 ‖ Z[2]
            A2 = jax.nn.sigmoid(Z2)                             ‖ A[2]
            dZ2 = A2 - Y                                        ‖ delta[2]
            dZ1 = jnp.where(X @ W1.T > 0, dZ2 @ W2, 0.0)        ‖ !missing bias: delta[1]
            dW2 = jnp.matmul(dZ2.T, A1)                         ‖ dW[2]
            dW1 = jnp.matmul(X.T, dZ1)                          ‖ !transposed: dW[1]
            db2 = jnp.sum(dZ2, 0)                               ‖ db[2]
            db1 = jnp.sum(dZ1, 0)                               ‖ db[1]
            return dW1, db1, dW2, db2
        """,
        binds="w1=W[1] c1=b[1][0] w2=W[2] c2=b[2][0] x=X y=Y",
        driver="backward(w1, c1, w2, c2, x, y)",
        m=6,
    ),
    program(
        "headings and letters",
        "unicode",
        TWO,
        "columns",
        """
        Forward:
        z¹ = W¹x + b¹                                           ‖ Z[1]
        a¹ = σ(z¹)                                              ‖ A[1]
        z² = W²a¹ + b²                                          ‖ Z[2]
        a² = σ(z²)                                              ‖ A[2]

        Backward:
        δ² = (a² - y) ⊙ σ'(z²)                                  ‖ delta[2]
        δ¹ = (W²)ᵀδ² ⊙ σ'(z¹)                                   ‖ delta[1]
        ∂C/∂W² = δ² (a¹)ᵀ                                       ‖ dW[2]
        ∂C/∂b² = δ²                                             ‖ db[2]
        ∂C/∂W¹ = δ¹ a²ᵀ                                         ‖ !layer: dW[1]
        ∂C/∂b¹ = δ¹                                             ‖ db[1]
        """,
        binds="x=X y=Y W1=W[1] W2=W[2] b1=b[1] b2=b[2]",
        twin="""

        z1 = W1 @ x + b1
        a1 = 1 / (1 + np.exp(-z1))
        z2 = W2 @ a1 + b2
        a2 = 1 / (1 + np.exp(-z2))


        d2 = (a2 - y) * a2 * (1 - a2)
        d1 = W2.T @ d2 * a1 * (1 - a1)
        gW2 = d2 @ a1.T
        gb2 = d2
        gW1 = d1 @ a2.T
        gb1 = d1
        """,
        m=1,
    ),
    program(
        "a chain and its outcome",
        "latex",
        TWO,
        "rows",
        r"""
        \begin{align*}
        \Delta_2 &= (A_2 - Y) \odot A_2 \odot (1 - A_2) \\[4pt]                ‖ delta[2]
        \frac{\partial J}{\partial W_2} &= \Delta_2^T A_1 \\[4pt]              ‖ dW[2]
        \frac{\partial J}{\partial A_1} &= \Delta_2 W_2 \\                     ‖ dA[1]
        \Delta_1 &= \frac{\partial J}{\partial A_1} \odot A_1 \odot (1 - A_1) \\   ‖ delta[1]
        \frac{\partial J}{\partial W_1} &= \Delta_1^T X                        ‖ dW[1]
        \end{align*}
        """,
        binds=LISTS,
        twin="""

        d2 = (a[2] - y) * a[2] * (1 - a[2])
        g2 = d2.T @ a[1]
        back = d2 @ W[2]
        d1 = back * a[1] * (1 - a[1])
        g1 = d1.T @ x

        """,
    ),
)
