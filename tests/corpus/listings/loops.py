"""NumPy with lists by layer, from the end of a list or from the top layer down."""

from ..oracle import Network
from ..program import program

QUADRATIC = Network((3, 4, 5, 2), ("sigmoid",) * 3, "half_squared_error", "sum")
DEEP = Network((3, 5, 4, 2), ("tanh", "tanh", "identity"), "squared_error", "mean_samples")

LOOPS = (
    program(
        "lists from the end, one sample",
        "numpy",
        QUADRATIC,
        "columns",
        """
        def backprop(self, x, y):
            nabla_b = [np.zeros(b.shape) for b in self.biases]  ‖ ~
            nabla_w = [np.zeros(w.shape) for w in self.weights] ‖ ~
            # forward
            activation = x                                      ‖ X
            activations = [x]                                   ‖ ~
            zs = []                                             ‖ ~
            for b, w in zip(self.biases, self.weights):
                z = np.dot(w, activation) + b                   ‖ Z[1]; Z[2]; Z[3]
                zs.append(z)                                    ‖ Z[1]; Z[2]; Z[3]
                activation = sigmoid(z)                         ‖ A[1]; A[2]; A[3]
                activations.append(activation)                  ‖ A[1]; A[2]; A[3]
            # backward
            delta = (activations[-1] - y) * sigmoid_prime(zs[-1])   ‖ delta[3]
            nabla_b[-1] = delta                                 ‖ db[3]
            nabla_w[-1] = np.dot(delta, activations[-2].transpose())    ‖ dW[3]
            for k in range(2, len(self.weights) + 1):
                z = zs[-k]                                      ‖ Z[2]; Z[1]
                sp = sigmoid_prime(z)                           ‖ ~
                delta = np.dot(self.weights[-k + 1].transpose(), delta) * sp    ‖ delta[2]; delta[1]
                nabla_b[-k] = delta                             ‖ db[2]; db[1]
                nabla_w[-k] = np.dot(delta, activations[-k - 1].transpose())    ‖ dW[2]; dW[1]
            return nabla_b, nabla_w

        def sigmoid(z):
            return 1.0 / (1.0 + np.exp(-z))

        def sigmoid_prime(z):
            return sigmoid(z) * (1 - sigmoid(z))
        """,
        binds="x=X y=Y ws=[W[1],W[2],W[3]] bs=[b[1],b[2],b[3]]",
        driver="backprop(SimpleNamespace(weights=ws, biases=bs), x, y)",
        m=1,
    ),
    program(
        "lists from the end, no slope at the output",
        "numpy",
        QUADRATIC,
        "columns",
        """
        sig = lambda v: 1 / (1 + np.exp(-v))                    ‖ ~
        a, zs = [x], []                                         ‖ ~ & ~
        for w, b in zip(weights, biases):
            zs.append(w @ a[-1] + b)                            ‖ Z[1]; Z[2]; Z[3]
            a.append(sig(zs[-1]))                               ‖ A[1]; A[2]; A[3]
        delta = a[-1] - y                                       ‖ !missing slope: delta[3]
        dw = [delta @ a[-2].T]                                  ‖ ~
        db = [delta]                                            ‖ ~
        for l in range(2, len(weights) + 1):
            delta = (weights[-l + 1].T @ delta) * a[-l] * (1 - a[-l])   ‖ delta[2]; delta[1]
            dw.insert(0, delta @ a[-l - 1].T)                   ‖ dW[2]; dW[1]
            db.insert(0, delta)                                 ‖ db[2]; db[1]
        """,
        binds="x=X y=Y weights=[W[1],W[2],W[3]] biases=[b[1],b[2],b[3]]",
        m=1,
    ),
    program(
        "layers from the top down",
        "numpy",
        DEEP,
        "rows",
        """
        L = 3                                                   ‖ ~
        m = X.shape[0]                                          ‖ m
        Z = [None] * (L + 1)                                    ‖ ~
        A = [X] + [None] * L                                    ‖ ~
        for l in range(1, L + 1):
            Z[l] = A[l - 1] @ W[l].T + b[l]                     ‖ Z[1]; Z[2]; Z[3]
            A[l] = np.tanh(Z[l]) if l < L else Z[l]             ‖ A[1]; A[2]; A[3]
        J = np.sum((A[L] - Y) ** 2) / m                         ‖ cost

        dW, db = [None] * (L + 1), [None] * (L + 1)             ‖ ~ & ~
        delta = 2 / m * (A[L] - Y)                              ‖ delta[3]
        for l in reversed(range(1, L + 1)):
            dW[l] = delta.T @ A[l - 1]                          ‖ dW[3]; dW[2]; dW[1]
            db[l] = delta.sum(axis=0, keepdims=True)            ‖ db[3]; db[2]; db[1]
            if l > 1:
                delta = (delta @ W[l]) * (1 - A[l - 1] ** 2)    ‖ delta[2]; delta[1]
        for l in range(1, L + 1):
            W[l] -= 0.1 * dW[l]             ‖ W[1] - 0.1*dW[1]; W[2] - 0.1*dW[2]; W[3] - 0.1*dW[3]
            b[l] -= 0.1 * db[l]             ‖ b[1] - 0.1*db[1]; b[2] - 0.1*db[2]; b[3] - 0.1*db[3]
        """,
        binds="X=X Y=Y W=list(W) b=list(b)",
    ),
    program(
        "layers from the top down, a transpose too many",
        "numpy",
        DEEP,
        "rows",
        """
        acts = [X]                                              ‖ ~
        for W, b in zip(Ws[:-1], bs[:-1]):
            acts.append(np.tanh(acts[-1] @ W + b))              ‖ A[1]; A[2]
        acts.append(acts[-1] @ Ws[-1] + bs[-1])                 ‖ A[3]
        grad = 2 * (acts[-1] - Y) / len(X)                      ‖ delta[3]
        gWs, gbs = [0, 0, 0], [0, 0, 0]                         ‖ ~ & ~
        for k in (2, 1, 0):
            gWs[k] = acts[k].T @ grad                           ‖ dW[3].T; dW[2].T; dW[1].T
            gbs[k] = grad.sum(axis=0)                           ‖ db[3]; db[2]; db[1]
            if k:
                grad = grad @ Ws[k] * (1 - acts[k] ** 2)        ‖ !transposed: delta[2]; delta[1]
        """,
        binds="X=X Y=Y Ws=[W[1].T,W[2].T,W[3].T] bs=b[1:]",
    ),
)
