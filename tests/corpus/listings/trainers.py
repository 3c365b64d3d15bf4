"""NumPy that trains: functions with batches, layers as objects, lists of weights that are updated together."""

from ..oracle import Network
from ..program import program

DIGITS = Network((16, 12, 10), ("relu", "softmax"), "cross_entropy", "mean_samples")
DENSE = Network((4, 6, 3), ("tanh", "identity"), "squared_error", "mean_elements")
LISTS = Network((3, 5, 2), ("sigmoid", "sigmoid"), "binary_cross_entropy", "mean_samples")

TRAINERS = (
    program(
        "a train function with batches",
        "numpy",
        DIGITS,
        "rows",
        """
        import numpy as np

        def softmax(z):
            z = z - z.max(axis=1, keepdims=True)                ‖ ~
            ez = np.exp(z)                                      ‖ ~
            return ez / ez.sum(axis=1, keepdims=True)

        def train(X, Y, hidden=12, epochs=20, batch_size=8, lr=0.1, seed=1):
            rng = np.random.default_rng(seed)                   ‖ ~
            n_in, n_out = X.shape[1], Y.shape[1]                ‖ ~ & n
            W1 = rng.normal(0, np.sqrt(2 / n_in), (n_in, hidden))       ‖ =W[1].T
            b1 = np.zeros((1, hidden))                          ‖ =b[1]
            W2 = rng.normal(0, np.sqrt(2 / hidden), (hidden, n_out))    ‖ =W[2].T
            b2 = np.zeros((1, n_out))                           ‖ =b[2]
            history = []                                        ‖ ~
            for epoch in range(epochs):
                for start in range(0, len(X), batch_size):
                    xb = X[start:start + batch_size]            ‖ X
                    yb = Y[start:start + batch_size]            ‖ Y
                    n = len(xb)                                 ‖ m
                    z1 = xb @ W1 + b1                           ‖ Z[1]
                    a1 = np.maximum(z1, 0)                      ‖ A[1]
                    z2 = a1 @ W2 + b2                           ‖ Z[2]
                    a2 = softmax(z2)                            ‖ A[2]
                    loss = -np.mean(np.sum(yb * np.log(a2 + 1e-12), axis=1))    ‖ ~
                    history.append(loss)                        ‖ ~
                    dz2 = (a2 - yb) / n                         ‖ delta[2]
                    dW2, db2 = a1.T @ dz2, dz2.sum(axis=0, keepdims=True)       ‖ dW[2].T & db[2]
                    dz1 = (dz2 @ W2.T) * (z1 > 0)               ‖ delta[1]
                    dW1, db1 = xb.T @ dz1, dz1.sum(axis=0, keepdims=True)       ‖ dW[1].T & db[1]
                    W1 -= lr * dW1                              ‖ (W[1] - 0.1*dW[1]).T
                    b1 -= lr * db1                              ‖ b[1] - 0.1*db[1]
                    W2 -= lr * dW2                              ‖ (W[2] - 0.1*dW[2]).T
                    b2 -= lr * db2                              ‖ b[2] - 0.1*db[2]
                print(f"epoch {epoch}: {history[-1]:.4f}")
            return W1, b1, W2, b2
        """,
        binds="x_=X y_=Y",
        driver="train(x_, y_)",
        once=("epoch",),
        m=8,
    ),
    program(
        "layers as objects",
        "numpy",
        DENSE,
        "rows",
        """
        class Dense:
            def __init__(self, W, b):
                self.W = W                                      ‖ W[1]; W[2]
                self.b = b                                      ‖ b[1]; b[2]

            def forward(self, x):
                self.x = x                                      ‖ X; A[1]
                return x @ self.W.T + self.b

            def backward(self, grad):
                self.dW = grad.T @ self.x                       ‖ dW[2]; dW[1]
                self.db = grad.sum(axis=0)                      ‖ db[2]; db[1]
                return grad @ self.W

        class Tanh:
            def forward(self, z):
                self.a = np.tanh(z)                             ‖ A[1]
                return self.a

            def backward(self, grad):
                return grad * (1 - self.a ** 2)

        hidden, act, output = Dense(W1, b1), Tanh(), Dense(W2, b2)      ‖ ~ & ~ & ~
        z1 = hidden.forward(X)                                  ‖ Z[1]
        a1 = act.forward(z1)                                    ‖ A[1]
        pred = output.forward(a1)                               ‖ Z[2]
        loss = np.mean((pred - Y) ** 2)                         ‖ cost
        grad = 2 * (pred - Y) / Y.size                          ‖ delta[2]
        grad = output.backward(grad)                            ‖ dA[1]
        grad = act.backward(grad)                               ‖ delta[1]
        grad = hidden.backward(grad)                            ‖ dA[0]
        """,
        binds="X=X Y=Y W1=W[1] b1=b[1][0] W2=W[2] b2=b[2][0]",
    ),
    program(
        "lists of weights updated together, twice by the mean",
        "numpy",
        LISTS,
        "columns",
        """
        sizes = [3, 5, 2]                                       ‖ ~
        weights = [np.random.randn(j, i) for i, j in zip(sizes[:-1], sizes[1:])]    ‖ =[W[1], W[2]]
        biases = [np.random.randn(j, 1) for j in sizes[1:]]     ‖ =[b[1], b[2]]
        m = X.shape[1]                                          ‖ m
        eta = 3.0                                               ‖ ~

        acts = [X]                                              ‖ ~
        for w, b in zip(weights, biases):
            z = w @ acts[-1] + b                                ‖ Z[1]; Z[2]
            acts.append(1.0 / (1.0 + np.exp(-z)))               ‖ A[1]; A[2]

        delta2 = (acts[2] - Y) / m                              ‖ delta[2]
        delta1 = (weights[1].T @ delta2) * acts[1] * (1 - acts[1])      ‖ delta[1]
        nabla_w2 = delta2 @ acts[1].T                           ‖ dW[2]
        nabla_w1 = delta1 @ acts[0].T                           ‖ dW[1]
        nabla_b2 = delta2.mean(axis=1, keepdims=True)           ‖ !extra 1/m: db[2]
        nabla_b1 = delta1.sum(axis=1, keepdims=True)            ‖ db[1]
        weights = [w - eta * nw for w, nw in zip(weights, [nabla_w1, nabla_w2])]    ‖ ~
        biases = [b - eta * nb for b, nb in zip(biases, [nabla_b1, nabla_b2])]      ‖ ~
        """,
        binds="X=X Y=Y",
    ),
    program(
        "momentum, the error with its sign turned",
        "numpy",
        LISTS,
        "rows",
        """
        def step(X, T, W1, b1, W2, b2, V1, V2, rate=0.2, mu=0.9):
            n = X.shape[0]                                      ‖ m
            H = 1 / (1 + np.exp(-(X @ W1.T + b1)))              ‖ A[1]
            P = 1 / (1 + np.exp(-(H @ W2.T + b2)))              ‖ A[2]
            dP = (T - P) / n                                    ‖ !sign: delta[2]
            dH = dP @ W2                                        ‖ dA[1]
            dS = dH * H * (1 - H)                               ‖ delta[1]
            gW2 = dP.T @ H                                      ‖ dW[2]
            gb2 = np.sum(dP, axis=0)                            ‖ db[2]
            gW1 = dS.T @ X                                      ‖ dW[1]
            gb1 = np.sum(dS, axis=0)                            ‖ db[1]
            V2 = mu * V2 - rate * gW2                           ‖ ~
            V1 = mu * V1 - rate * gW1                           ‖ ~
            W2 += V2                                            ‖ W[2] - 0.2*dW[2]
            W1 += V1                                            ‖ W[1] - 0.2*dW[1]
            b2 = b2 - rate * gb2                                ‖ b[2] - 0.2*db[2]
            b1 = b1 - rate * gb1                                ‖ b[1] - 0.2*db[1]
            return W1, b1, W2, b2, V1, V2
        """,
        binds="x_=X t_=Y w1=W[1] c1=b[1] w2=W[2] c2=b[2]",
        driver="step(x_, t_, w1, c1, w2, c2, 0 * w1, 0 * w2)",
    ),
)
