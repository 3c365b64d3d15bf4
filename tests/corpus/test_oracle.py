"""The complex steps against the backward pass written out by hand, and against central differences."""

from dataclasses import replace

import numpy as np

from tests.corpus.oracle import ACTIVATIONS, LOSSES, Network, forward, random_given, random_truth, truth

SLOPES = {
    "identity": lambda z, a: np.ones_like(z),
    "relu": lambda z, a: z > 0,
    "leaky_relu": lambda z, a: np.where(z > 0, 1, 0.01),
    "elu": lambda z, a: np.where(z > 0, 1, a + 1),
    "silu": lambda z, a: (1 + np.exp(-z) * (1 + z)) / (1 + np.exp(-z)) ** 2,
    "softplus": lambda z, a: 1 / (1 + np.exp(-z)),
    "sigmoid": lambda z, a: a * (1 - a),
    "tanh": lambda z, a: 1 - a * a,
}


def test_half_the_squared_error_by_hand_for_every_activation_and_reduction():
    for name, slope in SLOPES.items():
        for reduction, divisor in {"sum": 1, "mean_samples": 5, "mean_elements": 20}.items():
            found = random_truth(Network((2, 3, 4), (name, name), "half_squared_error", reduction, l2=0.3), 5, 0)
            delta2 = (found.A[2] - found.Y) * slope(found.Z[2], found.A[2]) / divisor
            delta1 = delta2 @ found.W[2] * slope(found.Z[1], found.A[1])
            np.testing.assert_allclose(found.delta[2], delta2, atol=1e-14)
            np.testing.assert_allclose(found.delta[1], delta1, atol=1e-14)
            np.testing.assert_allclose(found.dA[1], delta2 @ found.W[2], atol=1e-14)
            np.testing.assert_allclose(found.dA[0], delta1 @ found.W[1], atol=1e-14)
            np.testing.assert_allclose(found.dW[1], delta1.T @ found.X + 0.3 * found.W[1], atol=1e-14)
            np.testing.assert_allclose(found.db[2], delta2.sum(axis=0, keepdims=True), atol=1e-14)


def test_the_pairings_of_output_and_loss():
    for output, loss in (("softmax", "cross_entropy"), ("sigmoid", "binary_cross_entropy")):
        for m in (1, 6):
            found = random_truth(Network((2, 3, 4), ("tanh", output), loss, "mean_samples"), m, 1)
            np.testing.assert_allclose(found.delta[2], (found.A[2] - found.Y) / m, atol=1e-14)


def test_every_activation_and_loss_against_central_differences():
    for name in ACTIVATIONS:
        for loss in LOSSES:
            output = {"cross_entropy": "softmax", "binary_cross_entropy": "sigmoid"}.get(loss, name)
            network = Network((3, 2, 4), (name, output), loss, "mean_elements", l2=0.1)
            given = random_given(network, 5, 2)
            found = truth(network, given)
            step = np.zeros_like(given.W[1])
            step[1, 2] = 1e-6
            above, below = (
                forward(network, replace(given, W=[None, given.W[1] + sign * step, given.W[2]]), {})[-1]
                for sign in (1, -1)
            )
            np.testing.assert_allclose(found.dW[1][1, 2], (above - below) / 2e-6, rtol=1e-6, atol=1e-9)


def test_without_biases_there_are_none():
    found = random_truth(Network((2, 3, 1), ("tanh", "identity"), "squared_error", "sum", bias=False), 4, 3)
    assert found.b == found.db == [None, None, None]
    assert {"dA[0]", "dW[2]", "cost"} < dict(found.named()).keys()
    assert "db[1]" not in dict(found.named())
