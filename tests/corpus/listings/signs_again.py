"""More of Octave, Julia and R, each with a twin in NumPy, line by line."""

from ..oracle import Network
from ..program import program

DECAY = Network((4, 5, 3), ("relu", "softmax"), "cross_entropy", "mean_samples", l2=0.2)
RELU = Network((3, 5, 2), ("relu", "identity"), "half_squared_error", "sum")
TANH = Network((3, 4, 2), ("tanh", "identity"), "squared_error", "mean_samples")

MORE_SIGNS = (
    program(
        "Octave with decay, the slope of one less",
        "octave",
        DECAY,
        "columns",
        """
        for iter = 1:200
          Z1 = bsxfun(@plus, W1 * X, b1);                       ‖ Z[1]
          A1 = max(Z1, 0);                                      ‖ A[1]
          Z2 = bsxfun(@plus, W2 * A1, b2);                      ‖ Z[2]
          E = exp(Z2);                                          ‖ ~
          A2 = E ./ sum(E, 1);                                  ‖ A[2]
          % gradients
          dZ2 = (A2 - Y) ./ m;                                  ‖ delta[2]
          gradW2 = dZ2 * A1' + lambda * W2;                     ‖ dW[2]
          gradb2 = sum(dZ2, 2);                                 ‖ db[2]
          dZ1 = (W2' * dZ2) .* (A2 > 0);                        ‖ !layer: delta[1]
          gradW1 = dZ1 * X';                                    ‖ !missing l2: dW[1]
          gradb1 = sum(dZ1, 2);                                 ‖ db[1]
          % descend
          W1 -= alpha * gradW1;  W2 -= alpha * gradW2;          ‖ W[1] - alpha*dW[1] & W[2] - alpha*dW[2]
          b1 -= alpha * gradb1;  b2 -= alpha * gradb2;          ‖ b[1] - alpha*db[1] & b[2] - alpha*db[2]
        end
        """,
        binds="X=X Y=Y W1=W[1] b1=b[1] W2=W[2] b2=b[2] m=m lambda_=0.2 alpha=0.1",
        twin="""
        for iteration in range(200):
            Z1 = W1 @ X + b1
            A1 = np.maximum(Z1, 0)
            Z2 = W2 @ A1 + b2
            E = np.exp(Z2)
            A2 = E / E.sum(axis=0, keepdims=True)
            # gradients
            dZ2 = (A2 - Y) / m
            gradW2 = dZ2 @ A1.T + lambda_ * W2
            gradb2 = dZ2.sum(axis=1, keepdims=True)
            dZ1 = (W2.T @ dZ2) * (A2 > 0)
            gradW1 = dZ1 @ X.T
            gradb1 = dZ1.sum(axis=1, keepdims=True)
            # descend
            W1, W2 = W1 - alpha * gradW1, W2 - alpha * gradW2
            b1, b2 = b1 - alpha * gradb1, b2 - alpha * gradb2
        """,
        once=("iteration",),
    ),
    program(
        "a Julia function that sums everything",
        "julia",
        RELU,
        "columns",
        """
        relu(z) = max.(0, z)

        function gradients(W1, b1, W2, b2, X, Y)
            Z1 = W1 * X .+ b1                                   ‖ Z[1]
            A1 = relu(Z1)                                       ‖ A[1]
            Z2 = W2 * A1 .+ b2                                  ‖ Z[2]
            dZ2 = Z2 - Y                                        ‖ delta[2]
            dW2 = dZ2 * transpose(A1)                           ‖ dW[2]
            db2 = sum(dZ2)                                      ‖ !one number: db[2]
            dZ1 = transpose(W2) * dZ2 .* (A1 .> 0)              ‖ delta[1]
            dW1 = dZ1 * transpose(X)                            ‖ dW[1]
            db1 = sum(dZ1, dims=2)                              ‖ db[1]
            return dW1, db1, dW2, db2
        end
        """,
        binds="w1=W[1] c1=b[1] w2=W[2] c2=b[2] x=X y=Y",
        twin="""


        def gradients(W1, b1, W2, b2, X, Y):
            Z1 = W1 @ X + b1
            A1 = np.maximum(0, Z1)
            Z2 = W2 @ A1 + b2
            dZ2 = Z2 - Y
            dW2 = dZ2 @ A1.T
            db2 = np.sum(dZ2)
            dZ1 = W2.T @ dZ2 * (A1 > 0)
            dW1 = dZ1 @ X.T
            db1 = np.sum(dZ1, axis=1, keepdims=True)
            return dW1, db1, dW2, db2

        """,
        driver="gradients(w1, c1, w2, c2, x, y)",
    ),
    program(
        "R functions",
        "r",
        TANH,
        "rows",
        """
        forward <- function(X, W1, b1, W2, b2) {
          Z1 <- sweep(X %*% W1, 2, b1, "+")                     ‖ Z[1]
          A1 <- tanh(Z1)                                        ‖ A[1]
          Z2 <- sweep(A1 %*% W2, 2, b2, "+")                    ‖ Z[2]
          list(A1 = A1, out = Z2)
        }

        backward <- function(X, Y, cache, W2) {
          m <- nrow(X)                                          ‖ m
          d2 <- 2 * (cache$out - Y) / m                         ‖ delta[2]
          d1 <- d2 %*% t(W2) * (1 - cache$A1^2)                 ‖ delta[1]
          list(dW2 = t(cache$A1) %*% d2, db2 = colSums(d2), dW1 = t(X) %*% d1, db1 = colSums(d1))
        }
        """,
        binds="w1=W[1].T c1=b[1][0] w2=W[2].T c2=b[2][0] x=X y=Y",
        twin="""
        def forward(X, W1, b1, W2, b2):
            Z1 = X @ W1 + b1
            A1 = np.tanh(Z1)
            Z2 = A1 @ W2 + b2
            return A1, Z2


        def backward(X, Y, cache, W2):
            m = X.shape[0]
            d2 = 2 * (cache[1] - Y) / m
            d1 = d2 @ W2.T * (1 - cache[0] ** 2)
            return d1, d2

        """,
        driver="backward(x, y, forward(x, w1, c1, w2, c2), w2)",
    ),
)
