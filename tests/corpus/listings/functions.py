"""NumPy functions with caches and dictionaries, samples in columns for the most part."""

from ..oracle import Network
from ..program import program

BINARY = Network((2, 4, 1), ("tanh", "sigmoid"), "binary_cross_entropy", "mean_samples")
WIDE = Network((6, 4, 3), ("relu", "softmax"), "cross_entropy", "mean_samples")
THREE = Network((3, 5, 4, 2), ("relu", "relu", "sigmoid"), "binary_cross_entropy", "mean_samples")

FUNCTIONS = (
    program(
        "caches and dictionaries",
        "numpy",
        BINARY,
        "columns",
        """
        import numpy as np

        def init_params(n_x, n_h, n_y):
            params = {}                                         ‖ ~
            params["W1"] = np.random.randn(n_h, n_x) * 0.01     ‖ =W[1]
            params["b1"] = np.zeros((n_h, 1))                   ‖ =b[1]
            params["W2"] = np.random.randn(n_y, n_h) * 0.01     ‖ =W[2]
            params["b2"] = np.zeros((n_y, 1))                   ‖ =b[2]
            return params

        def forward(X, params):
            W1, b1 = params["W1"], params["b1"]                 ‖ W[1] & b[1]
            W2, b2 = params["W2"], params["b2"]                 ‖ W[2] & b[2]
            Z1 = np.dot(W1, X) + b1                             ‖ Z[1]
            A1 = np.tanh(Z1)                                    ‖ A[1]
            Z2 = np.dot(W2, A1) + b2                            ‖ Z[2]
            A2 = 1 / (1 + np.exp(-Z2))                          ‖ A[2]
            return A2, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

        def cost_of(A2, Y):
            m = Y.shape[1]                                      ‖ m
            logprobs = Y * np.log(A2) + (1 - Y) * np.log(1 - A2)    ‖ ~
            return -np.sum(logprobs) / m

        def backward(params, cache, X, Y):
            m = X.shape[1]                                      ‖ m
            A1 = cache["A1"]                                    ‖ A[1]
            A2 = cache["A2"]                                    ‖ A[2]
            dZ2 = A2 - Y                                        ‖ m*delta[2]
            dW2 = 1 / m * np.dot(dZ2, A1.T)                     ‖ dW[2]
            db2 = 1 / m * np.sum(dZ2, axis=1, keepdims=True)    ‖ db[2]
            dZ1 = np.dot(params["W2"].T, dZ2) * (1 - np.power(A1, 2))   ‖ m*delta[1]
            dW1 = 1 / m * np.dot(dZ1, X.T)                      ‖ dW[1]
            db1 = 1 / m * np.sum(dZ1, axis=1, keepdims=True)    ‖ db[1]
            return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}

        def update(params, grads, lr=1.2):
            params["W1"] = params["W1"] - lr * grads["dW1"]     ‖ W[1] - 1.2*dW[1]
            params["b1"] = params["b1"] - lr * grads["db1"]     ‖ b[1] - 1.2*db[1]
            params["W2"] = params["W2"] - lr * grads["dW2"]     ‖ W[2] - 1.2*dW[2]
            params["b2"] = params["b2"] - lr * grads["db2"]     ‖ b[2] - 1.2*db[2]
            return params
        """,
        binds="X_=X Y_=Y",
        driver="""
p = init_params(2, 4, 1)
out, c = forward(X_, p)
cost_of(out, Y_)
update(p, backward(p, c, X_, Y_))
""",
    ),
    program(
        "caches, the mean forgotten for one bias",
        "numpy",
        BINARY,
        "columns",
        """
        def backward_propagation(parameters, cache, X, Y):
            m = X.shape[1]                                      ‖ m
            W2 = parameters['W2']                               ‖ W[2]
            A1, A2 = cache['A1'], cache['A2']                   ‖ A[1] & A[2]

            dZ2 = A2 - Y                                        ‖ m*delta[2]
            dW2 = (1/m) * np.dot(dZ2, A1.T)                     ‖ dW[2]
            db2 = (1/m) * np.sum(dZ2, axis=1, keepdims=True)    ‖ db[2]
            dA1 = np.dot(W2.T, dZ2)                             ‖ m*dA[1]
            dZ1 = np.multiply(dA1, 1 - np.square(A1))           ‖ m*delta[1]
            dW1 = (1/m) * np.dot(dZ1, X.T)                      ‖ dW[1]
            db1 = np.sum(dZ1, axis=1, keepdims=True)            ‖ !missing 1/m: db[1]

            grads = {'dW1': dW1, 'db1': db1, 'dW2': dW2, 'db2': db2}    ‖ ~
            return grads
        """,
        binds="x=X y=Y w={'W2':W[2]} c={'A1':A[1],'A2':A[2]}",
        driver="backward_propagation(w, c, x, y)",
    ),
    program(
        "digits, sums without an axis",
        "numpy",
        WIDE,
        "columns",
        """
        def ReLU(Z):
            return np.maximum(Z, 0)

        def softmax(Z):
            E = np.exp(Z - Z.max(axis=0))                       ‖ ~
            return E / sum(E)

        def forward_prop(W1, b1, W2, b2, X):
            Z1 = W1.dot(X) + b1                                 ‖ Z[1]
            A1 = ReLU(Z1)                                       ‖ A[1]
            Z2 = W2.dot(A1) + b2                                ‖ Z[2]
            A2 = softmax(Z2)                                    ‖ A[2]
            return Z1, A1, Z2, A2

        def one_hot(Y):
            coded = np.zeros((Y.size, Y.max() + 1))             ‖ ~
            coded[np.arange(Y.size), Y] = 1                     ‖ Y.T
            return coded.T

        def backward_prop(Z1, A1, Z2, A2, W2, X, Y):
            m = Y.size                                          ‖ m
            target = one_hot(Y)                                 ‖ Y
            dZ2 = A2 - target                                   ‖ m*delta[2]
            dW2 = 1 / m * dZ2.dot(A1.T)                         ‖ dW[2]
            db2 = 1 / m * np.sum(dZ2)                           ‖ !one number: db[2]
            dZ1 = W2.T.dot(dZ2) * (Z1 > 0)                      ‖ m*delta[1]
            dW1 = 1 / m * dZ1.dot(X.T)                          ‖ dW[1]
            db1 = 1 / m * np.sum(dZ1)                           ‖ !one number: db[1]
            return dW1, db1, dW2, db2
        """,
        binds="w1=W[1] c1=b[1] w2=W[2] c2=b[2] x=X y=labels",
        driver="backward_prop(*forward_prop(w1, c1, w2, c2, x), w2, x, y)",
        m=6,
    ),
    program(
        "layers by number in a dictionary",
        "numpy",
        THREE,
        "columns",
        """
        def model_forward(X, parameters):
            caches = {"A0": X}                                  ‖ ~
            A = X                                               ‖ X
            L = len(parameters) // 2                            ‖ ~
            for l in range(1, L + 1):
                Z = parameters["W" + str(l)] @ A + parameters["b" + str(l)]     ‖ Z[1]; Z[2]; Z[3]
                A = 1 / (1 + np.exp(-Z)) if l == L else np.maximum(0, Z)        ‖ A[1]; A[2]; A[3]
                caches["Z" + str(l)] = Z                        ‖ Z[1]; Z[2]; Z[3]
                caches["A" + str(l)] = A                        ‖ A[1]; A[2]; A[3]
            return A, caches

        def model_backward(AL, Y, caches, parameters):
            grads = {}                                          ‖ ~
            L = len(parameters) // 2                            ‖ ~
            m = Y.shape[1]                                      ‖ m
            dZ = AL - Y                                         ‖ m*delta[3]
            for l in reversed(range(1, L + 1)):
                grads["dW" + str(l)] = dZ @ caches["A" + str(l - 1)].T / m      ‖ dW[3]; dW[2]; dW[1]
                grads["db" + str(l)] = dZ.sum(axis=1, keepdims=True) / m        ‖ db[3]; db[2]; db[1]
                if l > 1:
                    dA = parameters["W" + str(l)].T @ dZ        ‖ m*dA[2]; m*dA[1]
                    dZ = dA * (caches["Z" + str(l - 1)] > 0)    ‖ m*delta[2]; m*delta[1]
            return grads
        """,
        binds="x=X y=Y p={'W1':W[1],'b1':b[1],'W2':W[2],'b2':b[2],'W3':W[3],'b3':b[3]}",
        driver="out, c = model_forward(x, p)\nmodel_backward(out, y, c, p)",
    ),
    program(
        "three layers by number, the slope of the layer above",
        "numpy",
        THREE,
        "columns",
        """
        # forward pass kept in a dictionary
        cache = {'A0': X}                                       ‖ ~
        cache['Z1'] = np.dot(params['W1'], cache['A0']) + params['b1']   ‖ Z[1]
        cache['A1'] = np.maximum(cache['Z1'], 0)                ‖ A[1]
        cache['Z2'] = np.dot(params['W2'], cache['A1']) + params['b2']   ‖ Z[2]
        cache['A2'] = np.maximum(cache['Z2'], 0)                ‖ A[2]
        cache['Z3'] = np.dot(params['W3'], cache['A2']) + params['b3']   ‖ Z[3]
        cache['A3'] = 1.0 / (1.0 + np.exp(-cache['Z3']))        ‖ A[3]
        # backward pass
        grads = dict()                                          ‖ ~
        m = Y.shape[1]                                          ‖ m
        dZ3 = (cache['A3'] - Y) / m                             ‖ delta[3]
        grads['dW3'] = np.dot(dZ3, cache['A2'].T)               ‖ dW[3]
        grads['db3'] = np.sum(dZ3, axis=1, keepdims=True)       ‖ db[3]
        dZ2 = np.dot(params['W3'].T, dZ3) * np.int64(cache['A2'] > 0)   ‖ delta[2]
        grads['dW2'] = np.dot(dZ2, cache['A2'].T)               ‖ !layer: dW[2]
        grads['db2'] = np.sum(dZ2, axis=1, keepdims=True)       ‖ db[2]
        dZ1 = np.dot(params['W2'].T, dZ2)                       ‖ !missing slope: delta[1]
        grads['dW1'] = np.dot(dZ1, cache['A0'].T)               ‖ dW[1]
        grads['db1'] = np.sum(dZ1, axis=1, keepdims=True)       ‖ db[1]
        """,
        binds="X=X Y=Y params={'W1':W[1],'b1':b[1],'W2':W[2],'b2':b[2],'W3':W[3],'b3':b[3]}",
    ),
    program(
        "columns code with sums over the wrong axis",
        "numpy",
        Network((3, 4, 2), ("sigmoid", "sigmoid"), "half_squared_error", "mean_samples"),
        "columns",
        """
        def sig(t):
            return 1. / (1. + np.exp(-t))

        def sig_prime(t):
            return sig(t) * (1 - sig(t))

        def gradients(W1, b1, W2, b2, X, Y):
            m = X.shape[1]                                      ‖ m
            Z1 = W1.dot(X) + b1                                 ‖ Z[1]
            A1 = sig(Z1)                                        ‖ A[1]
            Z2 = W2.dot(A1) + b2                                ‖ Z[2]
            A2 = sig(Z2)                                        ‖ A[2]
            D2 = (A2 - Y) * sig_prime(Z2)                       ‖ m*delta[2]
            D1 = W2.T.dot(D2) * sig_prime(Z1)                   ‖ m*delta[1]
            gW2 = D2.dot(A1.T) / m                              ‖ dW[2]
            gb2 = np.sum(D2, axis=0, keepdims=True) / m         ‖ !axis: db[2]
            gW1 = X.dot(D1.T) / m                               ‖ !transposed: dW[1]
            gb1 = np.sum(D1, axis=1, keepdims=True) / m         ‖ db[1]
            return gW1, gb1, gW2, gb2
        """,
        binds="w1=W[1] w2=W[2] c1=b[1] c2=b[2] x=X y=Y",
        driver="gradients(w1, c1, w2, c2, x, y)",
    ),
    program(
        "a flat bias beside samples in columns",
        "numpy",
        Network((3, 4, 2), ("tanh", "sigmoid"), "binary_cross_entropy", "mean_samples"),
        "columns",
        """
        b1 = np.zeros(4)                                        ‖ =b[1]
        b2 = np.zeros((2, 1))                                   ‖ =b[2]
        Z1 = W1 @ X + b1                                        ‖ !flat bias: Z[1]
        A1 = np.tanh(Z1)                                        ‖ A[1]
        Z2 = W2 @ A1 + b2                                       ‖ Z[2]
        A2 = 1 / (1 + np.exp(-Z2))                              ‖ A[2]
        m = X.shape[1]                                          ‖ m
        dZ2 = (A2 - Y) / m                                      ‖ delta[2]
        dW2 = dZ2 @ A1.T                                        ‖ dW[2]
        db2 = dZ2.sum(axis=1, keepdims=True)                    ‖ db[2]
        dZ1 = (W2.T @ dZ2) * (1 - A1 ** 2)                      ‖ delta[1]
        dW1 = dZ1 @ X.T                                         ‖ dW[1]
        db1 = dZ1.sum(axis=1)                                   ‖ db[1]
        """,
        binds="W1=W[1] W2=W[2] X=X Y=Y",
        m=4,
    ),
)
