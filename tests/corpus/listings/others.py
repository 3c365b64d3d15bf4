"""NumPy with rarer activations, weights numbered from 0, one neuron, and the Jacobian of softmax."""

from ..oracle import Network
from ..program import program

LEAKY = Network((3, 4, 2), ("leaky_relu", "sigmoid"), "half_squared_error", "mean_samples")
SOFTPLUS = Network((2, 4, 3), ("softplus", "identity"), "half_squared_error", "sum")
ELU = Network((3, 5, 2), ("elu", "tanh"), "squared_error", "sum", bias=False)
NEURON = Network((3, 1), ("sigmoid",), "binary_cross_entropy", "mean_samples", l2=0.3)
JACOBIAN = Network((3, 4, 3), ("sigmoid", "softmax"), "half_squared_error", "sum")

OTHERS = (
    program(
        "leaky relu",
        "numpy",
        LEAKY,
        "columns",
        """
        slope = 0.01                                            ‖ ~
        m = X.shape[1]                                          ‖ m
        Z1 = np.matmul(W1, X) + b1                              ‖ Z[1]
        A1 = np.where(Z1 > 0, Z1, slope * Z1)                   ‖ A[1]
        Z2 = np.matmul(W2, A1) + b2                             ‖ Z[2]
        A2 = 1 / (1 + np.exp(-Z2))                              ‖ A[2]
        cost = np.sum((A2 - Y) ** 2) / (2 * m)                  ‖ cost
        dA2 = (A2 - Y) / m                                      ‖ dA[2]
        dZ2 = dA2 * A2 * (1 - A2)                               ‖ delta[2]
        dW2 = np.matmul(dZ2, A1.T)                              ‖ dW[2]
        db2 = np.sum(dZ2, axis=1, keepdims=True)                ‖ db[2]
        dA1 = np.matmul(W2.T, dZ2)                              ‖ dA[1]
        dZ1 = dA1 * np.where(Z1 > 0, 1, slope)                  ‖ delta[1]
        dW1 = np.matmul(dZ1, X.T)                               ‖ dW[1]
        db1 = np.sum(dZ1, axis=1, keepdims=True)                ‖ db[1]
        dX = np.matmul(W1.T, dZ1)                               ‖ dA[0]
        """,
        binds="X=X Y=Y W1=W[1] b1=b[1] W2=W[2] b2=b[2]",
    ),
    program(
        "softplus with the slope of relu",
        "numpy",
        SOFTPLUS,
        "rows",
        """
        def softplus(z):
            return np.log(1 + np.exp(z))

        z1 = X @ W1.T + b1                                      ‖ Z[1]
        a1 = softplus(z1)                                       ‖ A[1]
        yhat = a1 @ W2.T + b2                                   ‖ Z[2]
        loss = 0.5 * ((yhat - y) ** 2).sum()                    ‖ cost
        d2 = yhat - y                                           ‖ delta[2]
        gW2 = d2.T @ a1                                         ‖ dW[2]
        gb2 = d2.sum(axis=0)                                    ‖ db[2]
        d1 = (d2 @ W2) * (z1 > 0)                               ‖ !relu slope: delta[1]
        gW1 = d1.T @ X                                          ‖ dW[1]
        gb1 = d1.sum(axis=0)                                    ‖ db[1]
        """,
        binds="X=X y=Y W1=W[1] b1=b[1] W2=W[2] b2=b[2]",
    ),
    program(
        "elu below tanh, the hidden error from the wrong weights",
        "numpy",
        ELU,
        "rows",
        """
        Z1 = X.dot(W1)                                          ‖ Z[1]
        H1 = np.where(Z1 > 0, Z1, np.exp(Z1) - 1)               ‖ A[1]
        Z2 = H1.dot(W2)                                         ‖ Z[2]
        H2 = np.tanh(Z2)                                        ‖ A[2]
        E2 = 2 * (H2 - Y) * (1 - H2 * H2)                       ‖ delta[2]
        G2 = H1.T.dot(E2)                                       ‖ dW[2].T
        E1 = E2.dot(W1.T) * np.where(Z1 > 0, 1, H1 + 1)         ‖ !layer: delta[1]
        G1 = X.T.dot(E1)                                        ‖ dW[1].T
        W2 = W2 - 0.01 * G2                                     ‖ (W[2] - 0.01*dW[2]).T
        W1 = W1 - 0.01 * G1                                     ‖ (W[1] - 0.01*dW[1]).T
        """,
        binds="X=X Y=Y W1=W[1].T W2=W[2].T",
    ),
    program(
        "weights numbered from zero",
        "numpy",
        LEAKY,
        "rows",
        """
        a0 = X                                                  ‖ X
        z1 = a0 @ W0 + b0                                       ‖ Z[1]
        a1 = np.maximum(0.01 * z1, z1)                          ‖ A[1]
        z2 = a1 @ W1 + b1                                       ‖ Z[2]
        a2 = 1 / (1 + np.exp(-z2))                              ‖ A[2]
        d2 = (a2 - Y) * a2 * (1 - a2) / len(X)                  ‖ delta[2]
        d1 = d2 @ W1.T * ((z1 > 0) + 0.01 * (z1 <= 0))          ‖ delta[1]
        dW1 = a1.T @ d2                                         ‖ dW[2].T
        db1 = d2.sum(axis=0, keepdims=True)                     ‖ db[2]
        dW0 = a0.T @ d1                                         ‖ dW[1].T
        db0 = d1.sum(axis=0, keepdims=True)                     ‖ db[1]
        """,
        binds="X=X Y=Y W0=W[1].T b0=b[1] W1=W[2].T b1=b[2]",
    ),
    program(
        "logistic regression, decay divided by the samples",
        "numpy",
        NEURON,
        "columns",
        """
        m = X.shape[1]                                          ‖ m
        Z = np.dot(w.T, X) + b                                  ‖ Z[1]
        A = 1 / (1 + np.exp(-Z))                                ‖ A[1]
        J = -np.mean(Y * np.log(A) + (1 - Y) * np.log(1 - A)) + 0.5 * lam * np.sum(w ** 2)  ‖ cost
        dz = A - Y                                              ‖ m*delta[1]
        dw = (np.dot(X, dz.T) + lam * w) / m                    ‖ !extra 1/m: dW[1].T
        db = np.sum(dz) / m                                     ‖ db[1]
        w = w - alpha * dw                                      ‖ (W[1] - alpha*dW[1]).T
        b = b - alpha * db                                      ‖ b[1] - alpha*db[1]
        """,
        given="w=W[1]",
        binds="X=X Y=Y w=W[1].T b=b[1][0,0] lam=0.3 alpha=0.1",
    ),
    program(
        "the Jacobian of softmax, one sample",
        "numpy",
        JACOBIAN,
        "columns",
        """
        a1 = 1 / (1 + np.exp(-(W1 @ x + b1)))                   ‖ A[1]
        z2 = W2 @ a1 + b2                                       ‖ Z[2]
        s = np.exp(z2) / np.sum(np.exp(z2))                     ‖ A[2]
        jac = np.diag(s) - np.outer(s, s)                       ‖ ~
        delta2 = jac @ (s - t)                                  ‖ delta[2]
        dW2 = np.outer(delta2, a1)                              ‖ dW[2]
        delta1 = (W2.T @ delta2) * a1 * (1 - a1)                ‖ delta[1]
        dW1 = np.outer(delta1, x)                               ‖ dW[1]
        """,
        binds="x=X[:,0] t=Y[:,0] W1=W[1] b1=b[1][:,0] W2=W[2] b2=b[2][:,0]",
        m=1,
    ),
)
