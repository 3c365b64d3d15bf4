"""NumPy scripts from top to bottom: regression with its loop over epochs, samples in rows."""

from ..oracle import Network
from ..program import program

REGRESSION = Network((4, 6, 3), ("relu", "identity"), "squared_error", "sum", bias=False)
SIGMOIDS = Network((3, 4, 1), ("sigmoid", "sigmoid"), "half_squared_error", "sum", bias=False)
MEAN_OF_ALL = Network((3, 4, 2), ("tanh", "identity"), "squared_error", "mean_elements")

SCRIPTS = (
    program(
        "two weights, relu",
        "numpy",
        REGRESSION,
        "rows",
        """
        import numpy as np

        # batch, inputs, hidden units, outputs
        batch, d_in, d_hid, d_out = 5, 4, 6, 3                  ‖ ~ & ~ & ~ & ~
        x = np.random.randn(batch, d_in)                        ‖ =X
        y = np.random.randn(batch, d_out)                       ‖ =Y
        v1 = np.random.randn(d_in, d_hid)                       ‖ =W[1].T
        v2 = np.random.randn(d_hid, d_out)                      ‖ =W[2].T
        step = 1e-6                                             ‖ ~
        for it in range(400):
            pre = x.dot(v1)                                     ‖ Z[1]
            h_relu = np.maximum(pre, 0)                         ‖ A[1]
            out = h_relu.dot(v2)                                ‖ Z[2]
            err = np.square(out - y).sum()                      ‖ cost
            if it % 100 == 0:
                print(it, err)
            grad_out = 2.0 * (out - y)                          ‖ delta[2]
            grad_v2 = h_relu.T.dot(grad_out)                    ‖ dW[2].T
            grad_h_relu = grad_out.dot(v2.T)                    ‖ dA[1]
            grad_pre = grad_h_relu.copy()                       ‖ dA[1]
            grad_pre[pre < 0] = 0                               ‖ delta[1]
            grad_v1 = x.T.dot(grad_pre)                         ‖ dW[1].T
            v1 -= step * grad_v1                                ‖ (W[1] - step*dW[1]).T
            v2 -= step * grad_v2                                ‖ (W[2] - step*dW[2]).T
        """,
        given="x=X y=Y v1=W[1] v2=W[2]",
        once=("it",),
    ),
    program(
        "two weights, relu masked by its own output",
        "numpy",
        REGRESSION,
        "rows",
        """
        h = np.dot(x, w1)                                       ‖ Z[1]
        h_relu = np.maximum(0, h)                               ‖ A[1]
        y_pred = np.dot(h_relu, w2)                             ‖ Z[2]
        grad_y_pred = 2 * (y_pred - y)                          ‖ delta[2]
        grad_w2 = np.dot(h_relu.T, grad_y_pred)                 ‖ dW[2].T
        grad_h = np.dot(grad_y_pred, w2.T)                      ‖ dA[1]
        grad_h[h_relu < 0] = 0                                  ‖ !mask: delta[1]
        grad_w1 = np.dot(x.T, grad_h)                           ‖ dW[1].T
        """,
        binds="x=X y=Y w1=W[1].T w2=W[2].T",
    ),
    program(
        "errors that are added, sigmoid",
        "numpy",
        SIGMOIDS,
        "rows",
        """
        import numpy as np

        def squash(s, slope=False):
            if slope:
                return s * (1 - s)
            return 1 / (1 + np.exp(-s))

        np.random.seed(3)
        edges0 = 2 * np.random.random((3, 4)) - 1               ‖ =W[1].T
        edges1 = 2 * np.random.random((4, 1)) - 1               ‖ =W[2].T
        for turn in range(20000):
            layer0 = X                                          ‖ X
            layer1 = squash(np.dot(layer0, edges0))             ‖ A[1]
            layer2 = squash(np.dot(layer1, edges1))             ‖ A[2]
            miss2 = y - layer2                                  ‖ Y - A[2]
            if turn % 5000 == 0:
                print("mean miss", np.mean(np.abs(miss2)))
            push2 = miss2 * squash(layer2, slope=True)          ‖ -delta[2]
            miss1 = push2.dot(edges1.T)                         ‖ -dA[1]
            push1 = miss1 * squash(layer1, slope=True)          ‖ -delta[1]
            edges1 += layer1.T.dot(push2)                       ‖ (W[2] - dW[2]).T
            edges0 += layer0.T.dot(push1)                       ‖ (W[1] - dW[1]).T
        """,
        given="edges0=W[1] edges1=W[2]",
        binds="X=X y=Y",
        once=("turn",),
    ),
    program(
        "errors that are added, the wrong way round",
        "numpy",
        SIGMOIDS,
        "rows",
        """
        # forward
        l1 = 1/(1+np.exp(-(X @ syn0)))                          ‖ A[1]
        l2 = 1/(1+np.exp(-(l1 @ syn1)))                         ‖ A[2]
        # backward
        l2_delta = (l2 - y) * (l2*(1-l2))                       ‖ delta[2]
        l1_delta = l2_delta.dot(syn1.T) * (l1*(1-l1))           ‖ delta[1]
        syn1 += l1.T.dot(l2_delta)                              ‖ !ascent: (W[2] - dW[2]).T
        syn0 += X.T.dot(l1_delta)                               ‖ !ascent: (W[1] - dW[1]).T
        """,
        given="syn0=W[1] syn1=W[2]",
        binds="X=X y=Y syn0=W[1].T syn1=W[2].T",
        ascends=True,
    ),
    program(
        "mean over the elements, divided twice",
        "numpy",
        MEAN_OF_ALL,
        "rows",
        """
        n_samples, n_out = target.shape                         ‖ m & n
        hid_in = inputs @ w_hid.T + b_hid                       ‖ Z[1]
        hid = np.tanh(hid_in)                                   ‖ A[1]
        pred = hid @ w_out.T + b_out                            ‖ Z[2]
        mse = np.mean((pred - target) ** 2)                     ‖ cost
        g_pred = 2 * (pred - target) / (n_samples * n_out)      ‖ delta[2]
        g_w_out = g_pred.T @ hid / n_samples                    ‖ !extra 1/m: dW[2]
        g_b_out = g_pred.sum(axis=0)                            ‖ db[2]
        g_hid = g_pred @ w_out                                  ‖ dA[1]
        g_hid_in = g_hid * (1 - hid * hid)                      ‖ delta[1]
        g_w_hid = g_hid_in.T @ inputs                           ‖ dW[1]
        g_b_hid = g_hid_in.sum(axis=0)                          ‖ db[1]
        """,
        given="inputs=X target=Y w_hid=W[1] w_out=W[2] b_hid=b[1] b_out=b[2]",
        binds="inputs=X target=Y w_hid=W[1] w_out=W[2] b_hid=b[1][0] b_out=b[2][0]",
    ),
    program(
        "mean over the elements, the two forgotten",
        "numpy",
        MEAN_OF_ALL,
        "rows",
        """
        z1 = X @ W1.T + b1                                      ‖ Z[1]
        a1 = np.tanh(z1)                                        ‖ A[1]
        out = a1 @ W2.T + b2                                    ‖ Z[2]
        loss = ((out - Y)**2).mean()                            ‖ cost
        d_out = (out - Y) / out.size                            ‖ !two: delta[2]
        dW2 = d_out.T @ a1                                      ‖ dW[2]
        db2 = d_out.sum(0)                                      ‖ db[2]
        d_a1 = d_out @ W2                                       ‖ dA[1]
        d_z1 = d_a1 * a1 * (1 - a1)                             ‖ !sigmoid slope: delta[1]
        dW1 = d_z1.T @ X                                        ‖ dW[1]
        db1 = d_z1.sum(0)                                       ‖ db[1]
        print("loss:", loss)
        """,
        binds="X=X Y=Y W1=W[1] W2=W[2] b1=b[1][0] b2=b[2][0]",
    ),
)
