"""NumPy with loops over samples, flat vectors, a class, and biases in the last column."""

from ..oracle import Network
from ..program import program

ONE = Network((3, 4, 2), ("sigmoid", "sigmoid"), "half_squared_error", "sum")
CLASS = Network((3, 4, 2), ("tanh", "sigmoid"), "half_squared_error", "mean_samples")

SAMPLES = (
    program(
        "a class that trains itself",
        "numpy",
        CLASS,
        "rows",
        """
        class TwoLayers:
            def __init__(self, n_in, n_hidden, n_out, rate=0.5):
                self.w1 = np.random.normal(0, 0.1, (n_in, n_hidden))    ‖ =W[1].T
                self.b1 = np.zeros(n_hidden)                    ‖ =b[1]
                self.w2 = np.random.normal(0, 0.1, (n_hidden, n_out))   ‖ =W[2].T
                self.b2 = np.zeros(n_out)                       ‖ =b[2]
                self.rate = rate                                ‖ ~

            def forward(self, x):
                self.x = x                                      ‖ X
                self.h = np.tanh(x @ self.w1 + self.b1)         ‖ A[1]
                self.out = 1 / (1 + np.exp(-(self.h @ self.w2 + self.b2)))  ‖ A[2]
                return self.out

            def backward(self, y):
                m = len(y)                                      ‖ m
                d_out = (self.out - y) * self.out * (1 - self.out) / m      ‖ delta[2]
                self.w2 -= self.rate * self.h.T @ d_out         ‖ (W[2] - 0.5*dW[2]).T
                self.b2 -= self.rate * d_out.sum(axis=0)        ‖ b[2] - 0.5*db[2]
                d_hid = (d_out @ self.w2.T) * (1 - self.h ** 2) ‖ !updated: delta[1]
                self.w1 -= self.rate * self.x.T @ d_hid         ‖ (W[1] - 0.5*dW[1]).T
                self.b1 -= self.rate * d_hid.sum(axis=0)        ‖ b[1] - 0.5*db[1]
        """,
        binds="X_=X Y_=Y",
        driver="net = TwoLayers(3, 4, 2)\nnet.forward(X_)\nnet.backward(Y_)",
    ),
    program(
        "samples one after the other",
        "numpy",
        CLASS,
        "rows",
        """
        m = X.shape[0]                                          ‖ m
        grad_W1, grad_W2 = np.zeros_like(W1), np.zeros_like(W2) ‖ ~ & ~
        grad_b1 = np.zeros(b1.shape)                            ‖ ~
        grad_b2 = np.zeros(b2.shape)                            ‖ ~
        for i in range(m):
            a0 = X[i]                                           ‖ X[i]
            a1 = np.tanh(W1 @ a0 + b1)                          ‖ A[1][i]
            a2 = 1 / (1 + np.exp(-(W2 @ a1 + b2)))              ‖ A[2][i]
            d2 = (a2 - Y[i]) * a2 * (1 - a2)                    ‖ m*delta[2][i]
            d1 = (W2.T @ d2) * (1 - a1 * a1)                    ‖ m*delta[1][i]
            grad_W2 += np.outer(d2, a1)                         ‖ ...; m*dW[2]
            grad_b2 += d2                                       ‖ ...; m*db[2]
            grad_W1 += np.outer(d1, a0)                         ‖ ...; m*dW[1]
            grad_b1 += d1                                       ‖ ...; m*db[1]
        grad_W1 /= m                                            ‖ dW[1]
        grad_W2 /= m                                            ‖ dW[2]
        grad_b1 /= m                                            ‖ db[1]
        grad_b2 /= m                                            ‖ db[2]
        """,
        binds="X=X Y=Y W1=W[1] W2=W[2] b1=b[1][0] b2=b[2][0]",
    ),
    program(
        "samples one after the other, the last one wins",
        "numpy",
        ONE,
        "rows",
        """
        def batch_gradient(X, Y, W1, b1, W2, b2):
            dW1 = np.zeros(W1.shape)                            ‖ ~
            dW2 = np.zeros(W2.shape)                            ‖ ~
            db1, db2 = np.zeros(b1.shape), np.zeros(b2.shape)   ‖ ~ & ~
            for x, y in zip(X, Y):
                z1 = np.dot(W1, x) + b1                         ‖ Z[1][i]
                a1 = 1/(1 + np.exp(-z1))                        ‖ A[1][i]
                z2 = np.dot(W2, a1) + b2                        ‖ Z[2][i]
                a2 = 1/(1 + np.exp(-z2))                        ‖ A[2][i]
                e2 = (a2 - y) * a2 * (1 - a2)                   ‖ delta[2][i]
                e1 = np.dot(W2.T, e2) * a1 * (1 - a1)           ‖ delta[1][i]
                dW2 += np.outer(e2, a1)                         ‖ ...; dW[2]
                db2 += e2                                       ‖ ...; db[2]
                dW1 = np.outer(e1, x)                           ‖ !accumulate: ...; dW[1]
                db1 += e1                                       ‖ ...; db[1]
            return dW1, db1, dW2, db2
        """,
        binds="x_=X y_=Y w1=W[1] c1=b[1][0] w2=W[2] c2=b[2][0]",
        driver="batch_gradient(x_, y_, w1, c1, w2, c2)",
    ),
    program(
        "one sample, flat vectors",
        "numpy",
        ONE,
        "columns",
        """
        x = np.array([0.05, 0.10, 0.30])                        ‖ =X
        t = np.array([0.01, 0.99])                              ‖ =Y
        net_h = np.dot(W1, x) + b1                              ‖ Z[1]
        out_h = 1 / (1 + np.exp(-net_h))                        ‖ A[1]
        net_o = np.dot(W2, out_h) + b2                          ‖ Z[2]
        out_o = 1 / (1 + np.exp(-net_o))                        ‖ A[2]
        E = 0.5 * np.sum((t - out_o) ** 2)                      ‖ cost
        delta_o = -(t - out_o) * out_o * (1 - out_o)            ‖ delta[2]
        dE_dW2 = np.outer(delta_o, out_h)                       ‖ dW[2]
        dE_db2 = delta_o                                        ‖ db[2]
        delta_h = np.dot(W2.T, delta_o) * net_h * (1 - net_h)   ‖ !z for a: delta[1]
        dE_dW1 = np.outer(delta_h, x)                           ‖ dW[1]
        dE_db1 = delta_h                                        ‖ db[1]
        W1 = W1 - 0.5 * dE_dW1                                  ‖ W[1] - 0.5*dW[1]
        W2 = W2 - 0.5 * dE_dW2                                  ‖ W[2] - 0.5*dW[2]
        """,
        binds="W1=W[1] W2=W[2] b1=b[1][:,0] b2=b[2][:,0]",
        m=1,
    ),
    program(
        "biases in the last column",
        "numpy",
        CLASS,
        "rows",
        """
        ones = np.ones((len(X), 1))                             ‖ ~
        X1 = np.hstack([X, ones])                               ‖ ~
        S1 = X1 @ V1.T                                          ‖ Z[1]
        H = np.tanh(S1)                                         ‖ A[1]
        H1 = np.hstack([H, ones])                               ‖ ~
        S2 = H1 @ V2.T                                          ‖ Z[2]
        P = 1 / (1 + np.exp(-S2))                               ‖ A[2]
        G2 = (P - Y) * P * (1 - P) / len(X)                     ‖ delta[2]
        gV2 = G2.T @ H1                                         ‖ beside(dW[2], db[2])
        G1 = G2 @ V2[:, :-1] * (1 - H**2)                       ‖ delta[1]
        gV1 = G1.T @ X1                                         ‖ beside(dW[1], db[1])
        V1 -= eta * gV1                                         ‖ ~
        V2 -= eta * gV2                                         ‖ ~
        """,
        binds="X=X Y=Y V1=beside(W[1],b[1]) V2=beside(W[2],b[2]) eta=0.1",
    ),
)
