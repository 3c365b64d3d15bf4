"""PyTorch without autograd, TensorFlow and JAX, samples in rows."""

from ..oracle import Network
from ..program import program

PLAIN = Network((4, 6, 3), ("relu", "identity"), "squared_error", "sum", bias=False)
BIASED = Network((4, 6, 3), ("relu", "softmax"), "cross_entropy", "mean_samples")
SIGMOID = Network((3, 4, 2), ("sigmoid", "sigmoid"), "half_squared_error", "mean_samples")
SQUARE = Network((3, 3, 3), ("sigmoid", "sigmoid"), "half_squared_error", "mean_samples")
JAXED = Network((3, 5, 2), ("tanh", "identity"), "squared_error", "mean_elements")

TENSORS = (
    program(
        "clamped by hand",
        "torch",
        PLAIN,
        "rows",
        """
        import torch

        dtype = torch.float                                     ‖ ~
        B, D, M, K = 5, 4, 6, 3                                 ‖ ~ & ~ & ~ & ~
        inp = torch.randn(B, D, dtype=dtype)                    ‖ =X
        tgt = torch.randn(B, K, dtype=dtype)                    ‖ =Y
        A_in = torch.randn(D, M, dtype=dtype)                   ‖ =W[1].T
        A_out = torch.randn(M, K, dtype=dtype)                  ‖ =W[2].T
        lr = 1e-6                                               ‖ ~
        for t in range(500):
            h = inp.mm(A_in)                                    ‖ Z[1]
            h_relu = h.clamp(min=0)                             ‖ A[1]
            pred = h_relu.mm(A_out)                             ‖ Z[2]
            loss = (pred - tgt).pow(2).sum().item()             ‖ cost
            print(t, loss)
            grad_pred = 2.0 * (pred - tgt)                      ‖ delta[2]
            grad_A_out = h_relu.t().mm(grad_pred)               ‖ dW[2].T
            grad_h_relu = grad_pred.mm(A_out.t())               ‖ dA[1]
            grad_h = grad_h_relu.clone()                        ‖ dA[1]
            grad_h[h < 0] = 0                                   ‖ delta[1]
            grad_A_in = inp.t().mm(grad_h)                      ‖ dW[1].T
            A_in -= lr * grad_A_in                              ‖ (W[1] - lr*dW[1]).T
            A_out -= lr * grad_A_out                            ‖ (W[2] - lr*dW[2]).T
        """,
        given="inp=X tgt=Y A_in=W[1] A_out=W[2]",
        once=("t",),
    ),
    program(
        "softmax in tensors, the mean forgotten in one weight",
        "torch",
        BIASED,
        "rows",
        """
        z1 = torch.matmul(x, w1.t()) + b1                       ‖ Z[1]
        a1 = z1.clamp(min=0)                                    ‖ A[1]
        z2 = torch.matmul(a1, w2.t()) + b2                      ‖ Z[2]
        probs = torch.softmax(z2, dim=1)                        ‖ A[2]
        n = x.shape[0]                                          ‖ m
        loss = -torch.sum(y * torch.log(probs)) / n             ‖ cost
        # gradients, the mean taken at the end
        dz2 = probs - y                                         ‖ m*delta[2]
        dw2 = torch.matmul(dz2.t(), a1) / n                     ‖ dW[2]
        db2 = dz2.sum(dim=0, keepdim=True) / n                  ‖ db[2]
        dz1 = torch.matmul(dz2, w2) * (z1 > 0).float()          ‖ m*delta[1]
        dw1 = torch.matmul(dz1.t(), x)                          ‖ !missing 1/m: dW[1]
        db1 = torch.sum(dz1, dim=0) / n                         ‖ db[1]
        """,
        binds="x=X y=Y w1=W[1] w2=W[2] b1=b[1] b2=b[2]",
    ),
    program(
        "square tensors multiplied entry by entry",
        "torch",
        SQUARE,
        "rows",
        """
        H = torch.sigmoid(X @ W1 + b1)                          ‖ A[1]
        out = torch.sigmoid(H @ W2 + b2)                        ‖ A[2]
        m = X.shape[0]                                          ‖ m
        d_out = (out - Y) * out * (1 - out) / m                 ‖ delta[2]
        dW2 = H.t() @ d_out                                     ‖ dW[2].T
        db2 = d_out.sum(0)                                      ‖ db[2]
        d_hidden = d_out * W2.t() * H * (1 - H)                 ‖ !elementwise: delta[1]
        dW1 = X.t() @ d_hidden                                  ‖ dW[1].T
        db1 = d_hidden.sum(0)                                   ‖ db[1]
        """,
        binds="X=X Y=Y W1=W[1].T W2=W[2].T b1=b[1] b2=b[2]",
        m=3,
    ),
    program(
        "graph functions, no axis for a bias",
        "tensorflow",
        SIGMOID,
        "rows",
        """
        import tensorflow as tf

        m = tf.cast(X.shape[0], tf.float32)                     ‖ m
        Z1 = tf.matmul(X, W1) + b1                              ‖ Z[1]
        A1 = tf.sigmoid(Z1)                                     ‖ A[1]
        Z2 = tf.add(tf.matmul(A1, W2), b2)                      ‖ Z[2]
        A2 = tf.nn.sigmoid(Z2)                                  ‖ A[2]
        diff = tf.subtract(A2, Y)                               ‖ A[2] - Y
        cost = tf.reduce_sum(tf.square(diff)) / (2 * m)         ‖ cost
        d_z2 = tf.multiply(diff, A2 * (1 - A2)) / m             ‖ delta[2]
        d_b2 = tf.reduce_sum(d_z2)                              ‖ !one number: db[2]
        d_w2 = tf.matmul(tf.transpose(A1), d_z2)                ‖ dW[2].T
        d_a1 = tf.matmul(d_z2, tf.transpose(W2))                ‖ dA[1]
        d_z1 = tf.multiply(d_a1, A1 * (1 - A1))                 ‖ delta[1]
        d_b1 = tf.reduce_sum(d_z1, axis=0)                      ‖ db[1]
        d_w1 = tf.matmul(X, d_z1, transpose_a=True)             ‖ dW[1].T
        W2.assign_sub(eta * d_w2)                               ‖ (W[2] - eta*dW[2]).T
        b2.assign_sub(eta * d_b2)                               ‖ b[2] - eta*db[2]
        W1.assign_sub(eta * d_w1)                               ‖ (W[1] - eta*dW[1]).T
        b1.assign_sub(eta * d_b1)                               ‖ b[1] - eta*db[1]
        """,
        binds="X=X Y=Y W1=W[1].T W2=W[2].T b1=b[1] b2=b[2] eta=0.1",
    ),
    program(
        "functions of a dictionary of arrays",
        "jax",
        JAXED,
        "rows",
        """
        import jax.numpy as jnp

        def predict(params, x):
            h = jnp.tanh(jnp.dot(x, params["w1"]) + params["b1"])   ‖ A[1]
            return jnp.dot(h, params["w2"]) + params["b2"], h

        def loss(params, x, y):
            out, _ = predict(params, x)                         ‖ Z[2] & ~
            return jnp.mean((out - y) ** 2)

        def grads(params, x, y):
            out, h = predict(params, x)                         ‖ Z[2] & A[1]
            g_out = 2 * (out - y) / y.size                      ‖ delta[2]
            g_w2 = jnp.einsum("mi,mj->ij", h, g_out)            ‖ dW[2].T
            g_b2 = jnp.sum(g_out, axis=0)                       ‖ db[2]
            g_h = g_out @ params["w2"].T                        ‖ dA[1]
            g_pre = g_h * (1 - h**2)                            ‖ delta[1]
            g_w1 = jnp.einsum("mi,mj->ij", x, g_pre)            ‖ dW[1].T
            g_b1 = jnp.sum(g_pre, axis=0)                       ‖ db[1]
            return {"w1": g_w1, "b1": g_b1, "w2": g_w2, "b2": g_b2}
        """,
        binds="p={'w1':W[1].T,'b1':b[1][0],'w2':W[2].T,'b2':b[2][0]} x_=X y_=Y",
        driver="loss(p, x_, y_)\ngrads(p, x_, y_)",
    ),
)
