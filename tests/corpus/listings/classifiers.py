"""NumPy scripts of softmax classifiers, with scores, probabilities and decay, samples in rows."""

from ..oracle import Network
from ..program import program

CLASSES = Network((4, 6, 3), ("relu", "softmax"), "cross_entropy", "mean_samples", l2=0.02)
TANH_CLASSES = Network((2, 5, 3), ("tanh", "softmax"), "cross_entropy", "sum", l2=0.1)

CLASSIFIERS = (
    program(
        "scores and probabilities with decay",
        "numpy",
        CLASSES,
        "rows",
        """
        num = X.shape[0]                                        ‖ m
        hidden = np.maximum(0, np.dot(X, W1) + b1)              ‖ A[1]
        scores = np.dot(hidden, W2) + b2                        ‖ Z[2]
        scores = scores - np.max(scores, axis=1, keepdims=True) ‖ ~
        e = np.exp(scores)                                      ‖ ~
        probs = e / np.sum(e, axis=1, keepdims=True)            ‖ A[2]
        correct_logprobs = -np.log(probs[range(num), y])        ‖ losses
        data_loss = np.sum(correct_logprobs) / num              ‖ ~
        reg_loss = 0.5*reg*np.sum(W1*W1) + 0.5*reg*np.sum(W2*W2)    ‖ ~
        loss = data_loss + reg_loss                             ‖ cost

        dscores = probs                                         ‖ A[2]
        dscores[range(num), y] -= 1                             ‖ m*delta[2]
        dscores /= num                                          ‖ delta[2]
        dW2 = np.dot(hidden.T, dscores)                         ‖ (dW[2] - reg*W[2]).T
        db2 = np.sum(dscores, axis=0, keepdims=True)            ‖ db[2]
        dhidden = np.dot(dscores, W2.T)                         ‖ dA[1]
        dhidden[hidden <= 0] = 0                                ‖ delta[1]
        dW1 = np.dot(X.T, dhidden)                              ‖ (dW[1] - reg*W[1]).T
        db1 = np.sum(dhidden, axis=0, keepdims=True)            ‖ db[1]
        dW2 += reg * W2                                         ‖ dW[2].T
        dW1 += reg * W1                                         ‖ dW[1].T

        W1 += -step_size * dW1                                  ‖ (W[1] - step_size*dW[1]).T
        b1 += -step_size * db1                                  ‖ b[1] - step_size*db[1]
        W2 += -step_size * dW2                                  ‖ (W[2] - step_size*dW[2]).T
        b2 += -step_size * db2                                  ‖ b[2] - step_size*db[2]
        """,
        binds="X=X y=labels W1=W[1].T W2=W[2].T b1=b[1] b2=b[2] reg=0.02 step_size=1.0",
    ),
    program(
        "scores and probabilities, one number for the biases",
        "numpy",
        Network((4, 6, 3), ("relu", "softmax"), "cross_entropy", "mean_samples"),
        "rows",
        """
        N = len(X)                                              ‖ m
        z1 = X.dot(W1) + b1                                     ‖ Z[1]
        h1 = np.where(z1 > 0, z1, 0)                            ‖ A[1]
        z2 = h1.dot(W2) + b2                                    ‖ Z[2]
        p = np.exp(z2 - z2.max(axis=1, keepdims=True))          ‖ ~
        p /= p.sum(axis=1, keepdims=True)                       ‖ A[2]
        dz2 = p.copy()                                          ‖ A[2]
        dz2[np.arange(N), y] -= 1                               ‖ m*delta[2]
        dz2 = dz2 / N                                           ‖ delta[2]
        dW2 = h1.T.dot(dz2)                                     ‖ dW[2].T
        db2 = np.sum(dz2)                                       ‖ !one number: db[2]
        dh1 = dz2.dot(W2.T)                                     ‖ dA[1]
        dz1 = dh1 * (z1 > 0)                                    ‖ delta[1]
        dW1 = X.T.dot(dz1)                                      ‖ dW[1].T
        db1 = np.sum(dz1)                                       ‖ !one number: db[1]
        """,
        binds="X=X y=labels W1=W[1].T W2=W[2].T b1=b[1][0] b2=b[2][0]",
    ),
    program(
        "exp_scores, decay forgotten once",
        "numpy",
        TANH_CLASSES,
        "rows",
        """
        for epoch in range(0, 2000):
            # forward propagation
            z1 = X.dot(W1) + b1                                 ‖ Z[1]
            a1 = np.tanh(z1)                                    ‖ A[1]
            z2 = a1.dot(W2) + b2                                ‖ Z[2]
            exp_scores = np.exp(z2)                             ‖ ~
            probs = exp_scores / exp_scores.sum(axis=1, keepdims=True)  ‖ A[2]

            # backpropagation
            delta3 = probs                                      ‖ A[2]
            delta3[range(num_examples), y] -= 1                 ‖ delta[2]
            dW2 = (a1.T).dot(delta3) + reg_lambda * W2          ‖ dW[2].T
            db2 = np.sum(delta3, axis=0, keepdims=True)         ‖ db[2]
            delta2 = delta3.dot(W2.T) * (1 - np.power(a1, 2))   ‖ delta[1]
            dW1 = np.dot(X.T, delta2)                           ‖ !missing l2: dW[1].T
            db1 = np.sum(delta2, axis=0)                        ‖ db[1]

            W1 += -epsilon * dW1                                ‖ (W[1] - epsilon*dW[1]).T
            b1 += -epsilon * db1                                ‖ b[1] - epsilon*db[1]
            W2 += -epsilon * dW2                                ‖ (W[2] - epsilon*dW[2]).T
            b2 += -epsilon * db2                                ‖ b[2] - epsilon*db[2]
        """,
        binds="X=X y=labels W1=W[1].T W2=W[2].T b1=b[1] b2=b[2] num_examples=m reg_lambda=0.1 epsilon=0.01",
        once=("epoch",),
    ),
    program(
        "softmax whose sum lost its axis of length one",
        "numpy",
        Network((2, 5, 3), ("tanh", "softmax"), "cross_entropy", "mean_samples"),
        "rows",
        """
        m = X.shape[0]                                          ‖ m
        H = np.tanh(np.matmul(X, W1) + b1)                      ‖ A[1]
        logits = np.matmul(H, W2) + b2                          ‖ Z[2]
        expd = np.exp(logits)                                   ‖ ~
        P = expd / np.sum(expd, axis=1)                         ‖ !keepdims: A[2]
        dlogits = (P - Y) / m                                   ‖ delta[2]
        dW2 = np.matmul(H.T, dlogits)                           ‖ dW[2].T
        db2 = np.sum(dlogits, axis=0)                           ‖ db[2]
        dH = np.matmul(dlogits, W2.T)                           ‖ dA[1]
        dpre = dH * (1 - H**2)                                  ‖ delta[1]
        dW1 = np.matmul(X.T, dpre)                              ‖ dW[1].T
        db1 = np.sum(dpre, axis=0)                              ‖ db[1]
        """,
        binds="X=X Y=Y W1=W[1].T W2=W[2].T b1=b[1] b2=b[2]",
        m=3,
    ),
)
