"""Layers in cells and lists of MATLAB, Julia and R, and a MATLAB function; each with a twin in NumPy, line by line."""

from ..oracle import Network
from ..program import program

THREE = Network((3, 5, 4, 2), ("tanh", "tanh", "sigmoid"), "binary_cross_entropy", "mean_samples")
BINARY = Network((2, 4, 1), ("tanh", "sigmoid"), "binary_cross_entropy", "mean_samples")
LISTS = "X=X Y=Y W=list(W) b=list(b) L=3"

CELLS = (
    program(
        "cells from the top layer down",
        "matlab",
        THREE,
        "columns",
        """
        A = cell(1, L); A0 = X;                                 ‖ ~ & X
        prev = X;                                               ‖ X
        for l = 1:L
            Z = W{l} * prev + b{l};                             ‖ Z[1]; Z[2]; Z[3]
            if l < L
                A{l} = tanh(Z);                                 ‖ A[1]; A[2]
            else
                A{l} = 1 ./ (1 + exp(-Z));                      ‖ A[3]
            end
            prev = A{l};                                        ‖ A[1]; A[2]; A[3]
        end
        m = size(Y, 2);                                         ‖ m
        delta = (A{L} - Y) / m;                                 ‖ delta[3]
        for l = L:-1:2
            dW{l} = delta * A{l-1}';                            ‖ dW[3]; dW[2]
            db{l} = sum(delta, 2);                              ‖ db[3]; db[2]
            delta = (W{l}' * delta) .* (1 - A{l-1}.^2);         ‖ delta[2]; delta[1]
        end
        dW{1} = delta * A0';                                    ‖ dW[1]
        db{1} = sum(delta, 2);                                  ‖ db[1]
        """,
        binds=LISTS + " dW=[None]*4 db=[None]*4",
        twin="""
        A = [None] * (L + 1); A0 = X
        prev = X
        for l in range(1, L + 1):
            Z = W[l] @ prev + b[l]
            if l < L:
                A[l] = np.tanh(Z)
            else:
                A[l] = 1 / (1 + np.exp(-Z))

            prev = A[l]

        m = Y.shape[1]
        delta = (A[L] - Y) / m
        for l in range(L, 1, -1):
            dW[l] = delta @ A[l - 1].T
            db[l] = np.sum(delta, axis=1, keepdims=True)
            delta = (W[l].T @ delta) * (1 - A[l - 1] ** 2)

        dW[1] = delta @ A0.T
        db[1] = np.sum(delta, axis=1, keepdims=True)
        """,
    ),
    program(
        "Julia from the top layer down, the slope of the wrong layer",
        "julia",
        THREE,
        "columns",
        """
        # A[1] is the input here
        A = Any[X]                                              ‖ ~
        for l in 1:L-1
            push!(A, tanh.(W[l] * A[l] .+ b[l]))                ‖ A[1]; A[2]
        end
        push!(A, 1 ./ (1 .+ exp.(-(W[L] * A[L] .+ b[L]))))      ‖ A[3]
        m = size(X, 2)                                          ‖ m
        d3 = (A[4] - Y) ./ m                                    ‖ delta[3]
        gW3 = d3 * A[3]'                                        ‖ dW[3]
        d2 = (W[3]' * d3) .* (1 .- A[2] .^ 2)                   ‖ !layer: delta[2]
        gW2 = d2 * A[2]'                                        ‖ dW[2]
        d1 = (W[2]' * d2) .* (1 .- A[2] .^ 2)                   ‖ delta[1]
        gW1 = d1 * X'                                           ‖ dW[1]
        """,
        binds=LISTS,
        twin="""
        # one more in front, so that lists start at 1
        A = [None, X]
        for l in range(1, L):
            A.append(np.tanh(W[l] @ A[l] + b[l]))

        A.append(1 / (1 + np.exp(-(W[L] @ A[L] + b[L]))))
        m = X.shape[1]
        d3 = (A[4] - Y) / m
        gW3 = d3 @ A[3].T
        d2 = (W[3].T @ d3) * (1 - A[2] ** 2)
        gW2 = d2 @ A[2].T
        d1 = (W[2].T @ d2) * (1 - A[2] ** 2)
        gW1 = d1 @ X.T
        """,
    ),
    program(
        "lists of R, the mean of a bias taken over everything",
        "r",
        Network((3, 4, 2), ("sigmoid", "identity"), "half_squared_error", "mean_samples"),
        "rows",
        """
        sigmoid <- function(z) 1 / (1 + exp(-z))

        m <- nrow(X)                                            ‖ m
        cache <- list()                                         ‖ ~
        cache$Z1 <- X %*% t(params$W1) + rep(params$b1, each = m)   ‖ Z[1]
        cache$A1 <- sigmoid(cache$Z1)                           ‖ A[1]
        cache$Z2 <- cache$A1 %*% t(params$W2) + rep(params$b2, each = m)    ‖ Z[2]

        dZ2 <- cache$Z2 - Y                                     ‖ m*delta[2]
        dW2 <- crossprod(dZ2, cache$A1) / m                     ‖ dW[2]
        db2 <- mean(dZ2)                                        ‖ !one number: db[2]
        dZ1 <- (dZ2 %*% params$W2) * cache$A1 * (1 - cache$A1)  ‖ m*delta[1]
        dW1 <- crossprod(dZ1, X) / m                            ‖ dW[1]
        db1 <- colMeans(dZ1)                                    ‖ db[1]
        """,
        binds="X=X Y=Y params={'W1':W[1],'b1':b[1],'W2':W[2],'b2':b[2]}",
        twin="""


        m = X.shape[0]
        cache = {}
        cache["Z1"] = X @ params["W1"].T + params["b1"]
        cache["A1"] = 1 / (1 + np.exp(-cache["Z1"]))
        cache["Z2"] = cache["A1"] @ params["W2"].T + params["b2"]

        dZ2 = cache["Z2"] - Y
        dW2 = dZ2.T @ cache["A1"] / m
        db2 = np.mean(dZ2)
        dZ1 = (dZ2 @ params["W2"]) * cache["A1"] * (1 - cache["A1"])
        dW1 = dZ1.T @ X / m
        db1 = dZ1.mean(axis=0)
        """,
    ),
    program(
        "a MATLAB function with its cost",
        "matlab",
        BINARY,
        "rows",
        """
        function [J, gW1, gb1, gW2, gb2] = netCost(W1, b1, W2, b2, X, y)
        % one sample a row
        m = length(y);                                          ‖ m
        H = tanh(X * W1 + repmat(b1, m, 1));                    ‖ A[1]
        p = 1 ./ (1 + exp(-(H * W2 + b2)));                     ‖ A[2]
        J = (-1 / m) * (y' * log(p) + (1 - y)' * log(1 - p));   ‖ cost

        err = p - y;                                            ‖ m*delta[2]
        gW2 = (1 / m) * H' * err;                               ‖ dW[2].T
        gb2 = mean(err);                                        ‖ db[2]
        back = (err * W2') .* (1 - H .* H);                     ‖ m*delta[1]
        gW1 = (1 / m) * X' * back;                              ‖ dW[1].T
        gb1 = (1 / m) * sum(back, 1);                           ‖ db[1]
        end
        """,
        binds="w1=W[1].T c1=b[1] w2=W[2].T c2=b[2] x=X t=Y",
        twin="""
        def net_cost(W1, b1, W2, b2, X, y):
            # one sample a row
            m = len(y)
            H = np.tanh(X @ W1 + np.tile(b1, (m, 1)))
            p = 1 / (1 + np.exp(-(H @ W2 + b2)))
            J = (-1 / m) * (y.T @ np.log(p) + (1 - y).T @ np.log(1 - p))

            err = p - y
            gW2 = (1 / m) * H.T @ err
            gb2 = np.mean(err)
            back = (err @ W2.T) * (1 - H * H)
            gW1 = (1 / m) * X.T @ back
            gb1 = (1 / m) * np.sum(back, axis=0)
        """,
        driver="net_cost(w1, c1, w2, c2, x, t)",
    ),
)
