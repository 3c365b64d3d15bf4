"""MATLAB, Octave, Julia and R, each with a twin in NumPy, line by line."""

from ..oracle import Network
from ..program import program

EX4 = Network((4, 5, 3), ("sigmoid", "sigmoid"), "binary_cross_entropy", "mean_samples")
COLUMNS = Network((3, 4, 2), ("tanh", "sigmoid"), "half_squared_error", "mean_samples")
RELU = Network((3, 5, 2), ("relu", "identity"), "half_squared_error", "sum")
R_NET = Network((2, 4, 3), ("sigmoid", "softmax"), "cross_entropy", "mean_samples")

SIGNS = (
    program(
        "Theta with its column of biases",
        "octave",
        EX4,
        "rows",
        """
        % forward, with a column of ones in front
        m = size(X, 1);                                         ‖ m
        a1 = [ones(m, 1) X];                                    ‖ ~
        z2 = a1 * Theta1';                                      ‖ Z[1]
        a2 = [ones(m, 1) 1 ./ (1 + exp(-z2))];                  ‖ ~
        z3 = a2 * Theta2';                                      ‖ Z[2]
        a3 = 1 ./ (1 + exp(-z3));                               ‖ A[2]
        J = -sum(sum(Y .* log(a3) + (1 - Y) .* log(1 - a3))) / m;   ‖ cost
        % backward
        d3 = a3 - Y;                                            ‖ m*delta[2]
        d2 = d3 * Theta2(:, 2:end) .* (a2(:, 2:end) .* (1 - a2(:, 2:end)));    ‖ m*delta[1]
        Delta_grad1 = d2' * a1;                                 ‖ m*np.hstack([db[1].T, dW[1]])
        Delta_grad2 = d3' * a2;                                 ‖ m*np.hstack([db[2].T, dW[2]])
        Theta1_grad = Delta_grad1 / m;                          ‖ np.hstack([db[1].T, dW[1]])
        Theta2_grad = Delta_grad2 / m;                          ‖ np.hstack([db[2].T, dW[2]])
        """,
        binds="X=X Y=Y Theta1=np.hstack([b[1].T,W[1]]) Theta2=np.hstack([b[2].T,W[2]])",
        twin="""
        # forward
        m = X.shape[0]
        a1 = np.hstack([np.ones((m, 1)), X])
        z2 = a1 @ Theta1.T
        a2 = np.hstack([np.ones((m, 1)), 1 / (1 + np.exp(-z2))])
        z3 = a2 @ Theta2.T
        a3 = 1 / (1 + np.exp(-z3))
        J = -np.sum(Y * np.log(a3) + (1 - Y) * np.log(1 - a3)) / m
        # backward
        d3 = a3 - Y
        d2 = d3 @ Theta2[:, 1:] * (a2[:, 1:] * (1 - a2[:, 1:]))
        Delta_grad1 = d2.T @ a1
        Delta_grad2 = d3.T @ a2
        Theta1_grad = Delta_grad1 / m
        Theta2_grad = Delta_grad2 / m
        """,
    ),
    program(
        "columns in MATLAB, two slips",
        "matlab",
        COLUMNS,
        "columns",
        """
        m = size(X, 2);                                         ‖ m
        Z1 = W1 * X + b1;                                       ‖ Z[1]
        A1 = tanh(Z1);                                          ‖ A[1]
        Z2 = W2 * A1 + b2;                                      ‖ Z[2]
        A2 = 1 ./ (1 + exp(-Z2));                               ‖ A[2]

        dZ2 = (A2 - Y) .* A2 .* (1 - A2) / m;                   ‖ delta[2]
        dW2 = dZ2 * A1';                                        ‖ dW[2]
        db2 = sum(dZ2, 1);                                      ‖ !axis: db[2]
        dZ1 = (W2 * dZ2) .* (1 - A1 .^ 2);                      ‖ !transposed: delta[1]
        dW1 = dZ1 * X';                                         ‖ dW[1]
        db1 = sum(dZ1, 2);                                      ‖ db[1]
        W1 = W1 - alpha * dW1;                                  ‖ W[1] - alpha*dW[1]
        W2 = W2 - alpha * dW2;                                  ‖ W[2] - alpha*dW[2]
        """,
        binds="X=X Y=Y W1=W[1] W2=W[2] b1=b[1] b2=b[2] alpha=0.1",
        twin="""
        m = X.shape[1]
        Z1 = W1 @ X + b1
        A1 = np.tanh(Z1)
        Z2 = W2 @ A1 + b2
        A2 = 1 / (1 + np.exp(-Z2))

        dZ2 = (A2 - Y) * A2 * (1 - A2) / m
        dW2 = dZ2 @ A1.T
        db2 = dZ2.sum(axis=0, keepdims=True)
        dZ1 = (W2 @ dZ2) * (1 - A1 ** 2)
        dW1 = dZ1 @ X.T
        db1 = dZ1.sum(axis=1, keepdims=True)
        W1 = W1 - alpha * dW1
        W2 = W2 - alpha * dW2
        """,
    ),
    program(
        "Octave, sample by sample",
        "octave",
        EX4,
        "columns",
        """
        Delta1 = zeros(size(W1)); Delta2 = zeros(size(W2));     ‖ ~ & ~
        for t = 1:m
          a0 = X(:, t);                                         ‖ X[:, i]
          a1 = 1 ./ (1 + exp(-(W1 * a0 + b1)));                 ‖ A[1][:, i]
          a2 = 1 ./ (1 + exp(-(W2 * a1 + b2)));                 ‖ A[2][:, i]
          d2 = a2 - Y(:, t);                                    ‖ m*delta[2][:, i]
          d1 = (W2' * d2);                                      ‖ !missing slope: m*delta[1][:, i]
          Delta2 = Delta2 + d2 * a1';                           ‖ ...; m*dW[2]
          Delta1 = Delta1 + d1 * a0';                           ‖ ...; m*dW[1]
        end
        W1_grad = Delta1 ./ m;                                  ‖ dW[1]
        W2_grad = Delta2 ./ m;                                  ‖ dW[2]
        """,
        binds="X=X Y=Y W1=W[1] W2=W[2] b1=b[1] b2=b[2] m=m",
        twin="""
        Delta1, Delta2 = np.zeros(W1.shape), np.zeros(W2.shape)
        for t in range(m):
            a0 = X[:, [t]]
            a1 = 1 / (1 + np.exp(-(W1 @ a0 + b1)))
            a2 = 1 / (1 + np.exp(-(W2 @ a1 + b2)))
            d2 = a2 - Y[:, [t]]
            d1 = (W2.T @ d2)
            Delta2 = Delta2 + d2 @ a1.T
            Delta1 = Delta1 + d1 @ a0.T

        W1_grad = Delta1 / m
        W2_grad = Delta2 / m
        """,
    ),
    program(
        "Julia with dots",
        "julia",
        RELU,
        "columns",
        """
        z1 = W1 * x .+ b1                                       ‖ Z[1]
        h = max.(z1, 0)                                         ‖ A[1]
        out = W2 * h .+ b2                                      ‖ Z[2]
        cost = 0.5 * sum((out .- y) .^ 2)                       ‖ cost
        # gradients
        d2 = out .- y                                           ‖ delta[2]
        gW2 = d2 * h'                                           ‖ dW[2]
        gb2 = sum(d2, dims=2)                                   ‖ db[2]
        d1 = (W2' * d2) .* (z1 .> 0)                            ‖ delta[1]
        gW1 = d1 * x'                                           ‖ dW[1]
        gb1 = sum(d1, dims=2)                                   ‖ db[1]
        W1 .-= lr .* gW1                                        ‖ W[1] - lr*dW[1]
        W2 .-= lr .* gW2                                        ‖ W[2] - lr*dW[2]
        """,
        binds="x=X y=Y W1=W[1] W2=W[2] b1=b[1] b2=b[2] lr=0.1",
        twin="""
        z1 = W1 @ x + b1
        h = np.maximum(z1, 0)
        out = W2 @ h + b2
        cost = 0.5 * np.sum((out - y) ** 2)
        # gradients
        d2 = out - y
        gW2 = d2 @ h.T
        gb2 = np.sum(d2, axis=1, keepdims=True)
        d1 = (W2.T @ d2) * (z1 > 0)
        gW1 = d1 @ x.T
        gb1 = np.sum(d1, axis=1, keepdims=True)
        W1 -= lr * gW1
        W2 -= lr * gW2
        """,
    ),
    program(
        "R with one number for the biases",
        "r",
        R_NET,
        "rows",
        """
        m <- nrow(X)                                            ‖ m
        z1 <- X %*% W1 + matrix(b1, m, 4, byrow = TRUE)         ‖ Z[1]
        a1 <- 1 / (1 + exp(-z1))                                ‖ A[1]
        z2 <- a1 %*% W2 + matrix(b2, m, 3, byrow = TRUE)        ‖ Z[2]
        ez <- exp(z2)                                           ‖ ~
        probs <- ez / rowSums(ez)                               ‖ A[2]
        # backward
        dz2 <- (probs - Y) / m                                  ‖ delta[2]
        dW2 <- t(a1) %*% dz2                                    ‖ dW[2].T
        db2 <- colSums(dz2)                                     ‖ db[2]
        dz1 <- (dz2 %*% t(W2)) * a1 * (1 - a1)                  ‖ delta[1]
        dW1 <- t(X) %*% dz1                                     ‖ dW[1].T
        db1 <- sum(dz1)                                         ‖ !one number: db[1]
        """,
        binds="X=X Y=Y W1=W[1].T W2=W[2].T b1=b[1][0] b2=b[2][0]",
        twin="""
        m = X.shape[0]
        z1 = X @ W1 + np.tile(b1, (m, 1))
        a1 = 1 / (1 + np.exp(-z1))
        z2 = a1 @ W2 + np.tile(b2, (m, 1))
        ez = np.exp(z2)
        probs = ez / ez.sum(axis=1, keepdims=True)
        # backward
        dz2 = (probs - Y) / m
        dW2 = a1.T @ dz2
        db2 = dz2.sum(axis=0)
        dz1 = (dz2 @ W2.T) * a1 * (1 - a1)
        dW1 = X.T @ dz1
        db1 = np.sum(dz1)
        """,
    ),
)
