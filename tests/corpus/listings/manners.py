"""NumPy as courses and exercises have it: docstrings, asserts, statements of several lines, loops over entries."""

from ..oracle import Network
from ..program import program

PLANAR = Network((2, 4, 1), ("tanh", "sigmoid"), "binary_cross_entropy", "mean_samples")
DEEP = Network((4, 5, 3, 1), ("relu", "relu", "sigmoid"), "binary_cross_entropy", "mean_samples")
XOR = Network((2, 3, 1), ("sigmoid", "sigmoid"), "squared_error", "mean_elements")
ENTRIES = Network((2, 3, 4), ("sigmoid", "sigmoid"), "half_squared_error", "sum")

MANNERS = (
    program(
        "docstrings and asserts",
        "numpy",
        PLANAR,
        "columns",
        """
        def compute_gradients(X, Y, weights):
            '''
            Forward and backward through one hidden layer.

            X -- inputs, one sample a column
            Y -- labels, 0 or 1
            '''
            m = X.shape[1]                    # how many samples   ‖ m
            (W1, b1, W2, b2) = weights                          ‖ W[1] & b[1] & W[2] & b[2]
            # hidden layer
            Z1 = np.dot(W1, X) + b1           # (n_h, m)        ‖ Z[1]
            A1 = np.tanh(Z1)                                    ‖ A[1]
            # output layer
            Z2 = np.dot(W2, A1) + b2          # (1, m)          ‖ Z[2]
            A2 = 1 / (1 + np.exp(-Z2))                          ‖ A[2]
            assert A2.shape == (1, m)
            logprobs = (np.multiply(np.log(A2), Y)              ‖ ~
                        + np.multiply(np.log(1 - A2), 1 - Y))
            cost = float(np.squeeze(-np.sum(logprobs) / m))     ‖ cost

            dZ2 = A2 - Y; dW2 = np.dot(dZ2, A1.T) / m           ‖ m*delta[2] & dW[2]
            db2 = np.sum(dZ2, axis = 1, keepdims = True) / m    ‖ db[2]
            dZ1 = np.multiply(np.dot(W2.T, dZ2),                ‖ m*delta[1]
                              1 - np.power(A1, 2))
            dW1 = np.dot(dZ1, X.T) / m                          ‖ dW[1]
            db1 = np.sum(dZ1, axis = 1, keepdims = True) / m    ‖ db[1]
            assert dW1.shape == W1.shape and dW2.shape == W2.shape
            grads = {                                           ‖ ~
                "dW1": dW1, "db1": db1,
                "dW2": dW2, "db2": db2,
            }
            return cost, grads
        """,
        binds="x_=X y_=Y w_=(W[1],b[1],W[2],b[2])",
        driver="compute_gradients(x_, y_, w_)",
    ),
    program(
        "blocks with tuples as caches",
        "numpy",
        DEEP,
        "columns",
        """
        def block_forward(A_prev, W, b, kind):
            Z = W @ A_prev + b                                  ‖ Z[1]; Z[2]; Z[3]
            A = np.maximum(Z, 0) if kind == "relu" else 1 / (1 + np.exp(-Z))    ‖ A[1]; A[2]; A[3]
            return A, (A_prev, W, Z)

        def block_backward(dA, cache, kind):
            A_prev, W, Z = cache                ‖ A[2]; A[1]; X & W[3]; W[2]; W[1] & Z[3]; Z[2]; Z[1]
            m = A_prev.shape[1]                                 ‖ m
            if kind == "relu":
                dZ = np.array(dA, copy=True)                    ‖ m*dA[2]; m*dA[1]
                dZ[Z <= 0] = 0                                  ‖ m*delta[2]; m*delta[1]
            else:
                s = 1 / (1 + np.exp(-Z))                        ‖ A[3]
                dZ = dA * s * (1 - s)                           ‖ m*delta[3]
            dW = 1. / m * dZ @ A_prev.T                         ‖ dW[3]; dW[2]; dW[1]
            db = 1. / m * np.sum(dZ, axis=1, keepdims=True)     ‖ db[3]; db[2]; db[1]
            dA_prev = W.T @ dZ                                  ‖ m*dA[2]; m*dA[1]; m*dA[0]
            return dA_prev, dW, db

        A1, cache1 = block_forward(X, W1, b1, "relu")           ‖ A[1] & ~
        A2, cache2 = block_forward(A1, W2, b2, "relu")          ‖ A[2] & ~
        AL, cache3 = block_forward(A2, W3, b3, "sigmoid")       ‖ A[3] & ~
        dAL = -(np.divide(Y, AL) - np.divide(1 - Y, 1 - AL))    ‖ m*dA[3]
        dA2, dW3, db3 = block_backward(dAL, cache3, "sigmoid")  ‖ m*dA[2] & dW[3] & db[3]
        dA1, dW2, db2 = block_backward(dA2, cache2, "relu")     ‖ m*dA[1] & dW[2] & db[2]
        _, dW1, db1 = block_backward(dA1, cache1, "relu")       ‖ ~ & dW[1] & db[1]
        """,
        binds="X=X Y=Y W1=W[1] b1=b[1] W2=W[2] b2=b[2] W3=W[3] b3=b[3]",
    ),
    program(
        "the slope of an entropy forgotten at its sign",
        "numpy",
        DEEP,
        "columns",
        """
        relu = lambda z: np.maximum(0, z)                       ‖ ~
        sigmoid = lambda z: 1 / (1 + np.exp(-z))                ‖ ~
        A1 = relu(W1 @ X + b1)                                  ‖ A[1]
        A2 = relu(W2 @ A1 + b2)                                 ‖ A[2]
        A3 = sigmoid(W3 @ A2 + b3)                              ‖ A[3]
        m = Y.shape[1]                                          ‖ m
        dA3 = Y / A3 - (1 - Y) / (1 - A3)                       ‖ !sign: m*dA[3]
        dZ3 = dA3 * A3 * (1 - A3)                               ‖ m*delta[3]
        dZ2 = (W3.T @ dZ3) * (A2 > 0)                           ‖ m*delta[2]
        dZ1 = (W2.T @ dZ2) * (A1 > 0)                           ‖ m*delta[1]
        dW3, dW2, dW1 = dZ3 @ A2.T / m, dZ2 @ A1.T / m, dZ1 @ X.T / m   ‖ dW[3] & dW[2] & dW[1]
        db3 = dZ3.sum(1, keepdims=True) / m                     ‖ db[3]
        db2 = dZ2.sum(1, keepdims=True) / m                     ‖ db[2]
        db1 = dZ1.sum(1, keepdims=True) / m                     ‖ db[1]
        """,
        binds="X=X Y=Y W1=W[1] b1=b[1] W2=W[2] b2=b[2] W3=W[3] b3=b[3]",
    ),
    program(
        "exclusive or as a script",
        "numpy",
        XOR,
        "rows",
        """
        import numpy as np

        X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])          ‖ =X
        y = np.array([[0], [1], [1], [0]])                      ‖ =Y

        def sigmoid(t: np.ndarray) -> np.ndarray:
            return 1 / (1 + np.exp(-t))

        def main(lr: float = 1.0, epochs: int = 5000) -> None:
            rng = np.random.RandomState(7)                      ‖ ~
            wh, bh = rng.uniform(size=(2, 3)), rng.uniform(size=(1, 3))     ‖ =W[1].T & =b[1]
            wo, bo = rng.uniform(size=(3, 1)), rng.uniform(size=(1, 1))     ‖ =W[2].T & =b[2]
            for epoch in range(epochs):
                hidden = sigmoid(np.dot(X, wh) + bh)            ‖ A[1]
                predicted = sigmoid(np.dot(hidden, wo) + bo)    ‖ A[2]
                error = predicted - y                           ‖ A[2] - Y
                d_predicted = 2 * error * predicted * (1 - predicted) / len(X)      ‖ delta[2]
                error_hidden = d_predicted.dot(wo.T)            ‖ dA[1]
                d_hidden = error_hidden * hidden * (1 - hidden) ‖ delta[1]
                wo -= hidden.T.dot(d_predicted) * lr            ‖ (W[2] - dW[2]).T
                bo -= np.sum(d_predicted, axis=0, keepdims=True) * lr       ‖ b[2] - db[2]
                wh -= X.T.dot(d_hidden) * lr                    ‖ (W[1] - dW[1]).T
                bh -= np.sum(d_hidden) * lr                     ‖ !one number: b[1] - db[1]
                if epoch % 1000 == 0:
                    print(f"{epoch}: {np.mean(error ** 2):.4f}")

        if __name__ == "__main__":
            main()
        """,
        given="wh=W[1] bh=b[1] wo=W[2] bo=b[2]",
        binds="__name__='__main__'",
        once=("epoch",),
        m=4,
    ),
    program(
        "entry by entry",
        "numpy",
        ENTRIES,
        "rows",
        """
        def sig(t):
            return 1 / (1 + np.exp(-t))

        Z1, Z2 = np.dot(X, W1.T) + b1, np.zeros(Y.shape)        ‖ Z[1] & ~
        A1 = sig(Z1)                                            ‖ A[1]
        for i in range(len(X)):
            for j in range(4):
                total = b2[j]                                   ‖ ~
                for k in range(3):
                    total += W2[j, k] * A1[i, k]                ‖ ~
                Z2[i, j] = total                                ‖ ...; Z[2]
        A2 = sig(Z2)                                            ‖ A[2]
        delta2 = (A2 - Y) * A2 * (1 - A2)                       ‖ delta[2]
        dW2 = np.zeros((4, 3))                                  ‖ ~
        for i in range(len(X)):
            for j in range(4):
                for k in range(3):
                    dW2[j, k] += delta2[i, j] * A1[i, k]        ‖ ...; dW[2]
        delta1 = np.zeros((len(X), 3))                          ‖ ~
        for i in range(len(X)):
            for k in range(3):
                back = sum(delta2[i, j] * W2[j, k] for j in range(4))   ‖ ~
                delta1[i, k] = back * A1[i, k] * (1 - A1[i, k]) ‖ ...; delta[1]
        dW1 = delta1.T @ X                                      ‖ dW[1]
        """,
        binds="X=X Y=Y W1=W[1] W2=W[2] b1=b[1][0] b2=b[2][0]",
    ),
)
