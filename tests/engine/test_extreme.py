"""Extreme logits against exact arithmetic: mpmath, whose numbers neither overflow nor underflow.

Logits are set through the bias, with W = 0 and one input of 1, so that Z is exactly what is asked for.
"""

import math

import mpmath
import numpy as np
import pytest
from mpmath import mpf

import mlpviz
from mlpviz.maths.activations import ACTIVATIONS

mpmath.mp.dps = 60
INF = math.inf

TOLERANCE = {"float64": 1e-12, "float32": 2e-6}
"""Relative. An error of one rounding in z²/2 is one of z²/2 roundings in GELU's density, whence 2e-6 in float32."""


def absolute(dtype, size=1.0):
    """Below it an error is none.

    1 − a, a − y and z − max z are differences of numbers of about 1 (or ``size``), each right to half a rounding, so
    their errors are some roundings of that however small the difference is; 4 covers the sums of three such terms.
    """
    return 4 * float(np.finfo(dtype).eps) * size


def underflow(dtype, size=1.0):
    """Where eᶻ leaves the normal numbers it may be 0, and a product of it with z then misses z times as much."""
    return 2 * float(np.finfo(dtype).tiny) * max(1.0, size)


def backpropagated(logits, labels, output, loss, dtype):
    """A pass whose output layer has these logits, one sample a row of labels."""
    architecture = mlpviz.Architecture((1, len(logits)), (output,), loss, "sum")
    parameters = mlpviz.Parameters(architecture, dtype)
    parameters.b[1][...] = logits
    Y = np.array(labels, dtype)
    return mlpviz.backpropagate(parameters, np.ones((len(Y), 1), dtype), Y)


def close(found, exact, rtol, atol):
    """Whether a number is the exact one, as far as a tolerance goes; where the exact one is infinite, so is it."""
    if mpmath.isinf(exact):
        return float(found) == float(exact)
    return math.isfinite(found) and abs(mpf(float(found)) - exact) <= rtol * abs(exact) + mpf(atol)


# --- the activations ---------------------------------------------------------------------------------------------


def sigma(z):
    return 1 / (1 + mpmath.exp(-z))


def phi(z):
    return mpmath.exp(-z * z / 2) / mpmath.sqrt(2 * mpmath.pi)


def cdf(z):
    return mpmath.erfc(-z / mpmath.sqrt(2)) / 2 if abs(z) < 10**5 else mpf(z > 0)


EXACT = {  # f, f′
    "identity": (lambda z: z, lambda z: mpf(1)),
    "relu": (lambda z: max(z, mpf(0)), lambda z: mpf(z > 0)),
    "leaky_relu": (lambda z: z if z > 0 else z * mpf(0.01), lambda z: mpf(1) if z > 0 else mpf(0.01)),
    "elu": (lambda z: z if z > 0 else mpmath.expm1(z), lambda z: mpf(1) if z > 0 else mpmath.exp(z)),
    "gelu": (lambda z: z * cdf(z), lambda z: cdf(z) + z * phi(z)),
    "silu": (lambda z: z * sigma(z), lambda z: sigma(z) * (1 + z * sigma(-z))),
    "softplus": (lambda z: max(z, mpf(0)) + mpmath.log1p(mpmath.exp(-abs(z))), sigma),
    "sigmoid": (sigma, lambda z: sigma(z) * sigma(-z)),
    "tanh": (mpmath.tanh, lambda z: 1 / mpmath.cosh(z) ** 2),
}
POINTS = [0.0, 1e-30, 1e-8, 0.3, 1.0, 5.5, 20.0, 40.0, 89.0, 100.0, 710.0, 745.5, 1000.0, 1e4, 1e9]


def test_every_entrywise_activation_is_here():
    assert {name for name, entry in ACTIVATIONS.items() if entry.elementwise} == set(EXACT)


@pytest.mark.parametrize("dtype", TOLERANCE)
@pytest.mark.parametrize("name", EXACT)
@pytest.mark.parametrize("sign", [1, -1])
def test_activation_value_and_delta(name, sign, dtype):
    """½(a − y)² with y = a − 1 in exact terms would round; y = 0 leaves δ = a f′ and ℓ = ½a²."""
    f, slope = EXACT[name]
    for point in POINTS:
        trace = backpropagated([sign * point], [[0.0]], name, "half_squared_error", dtype)
        z = mpf(float(trace.Z[1][0, 0]))
        a, d = f(z), slope(z)
        rtol, size = TOLERANCE[dtype], float(abs(z))
        # GELU and SiLU: the rounding of a factor of f′ near 1 is multiplied by z while it matters, z < 40
        slack = absolute(dtype, 1 + min(size, 40)) if d > 0.5 or abs(a) > 0.5 else absolute(dtype)
        assert close(trace.A[1][0, 0], a, rtol, underflow(dtype, size)), (name, z)
        assert close(trace.delta[1][0, 0], a * d, 2 * rtol, slack * float(abs(a)) + underflow(dtype, size**2)), (
            name,
            z,
        )
        assert close(trace.losses[0, 0], a * a / 2, 2 * rtol, underflow(dtype, size**2)), (name, z)


@pytest.mark.parametrize("dtype", TOLERANCE)
@pytest.mark.parametrize(
    ("name", "below", "above"),
    [
        ("identity", -INF, INF),
        ("relu", 0, INF),
        ("leaky_relu", -INF, INF),
        ("elu", -1, INF),
        ("softplus", 0, INF),
        ("sigmoid", 0, 1),
        ("tanh", -1, 1),
    ],
)
def test_activation_at_infinity(name, below, above, dtype):
    trace = backpropagated([-INF, INF], [[0.0, 0.0]], name, "half_squared_error", dtype)
    assert trace.A[1].tolist() == [[below, above]]


# --- the losses in the logits ------------------------------------------------------------------------------------


def exact_softmax(z):
    top = max(z)
    e = [mpf(0) if x == -INF else mpmath.exp(mpf(x) - mpf(top)) for x in z]
    return [x / mpmath.fsum(e) for x in e]


def exact_sigmoid(z):
    return [mpf(0) if x == -INF else mpf(1) if x == INF else sigma(mpf(x)) for x in z]


def softplus(x):
    """log(1 + eˣ)."""
    return mpf(0) if x == -INF else mpf(INF) if x == INF else EXACT["softplus"][0](mpf(x))


def log_softmax(z):
    top = max(z)
    total = mpmath.log(mpmath.fsum(mpf(0) if x == -INF else mpmath.exp(mpf(x) - mpf(top)) for x in z))
    return [mpf(x) if x == -INF else mpf(x) - mpf(top) - total for x in z]


def times(y, value):
    """y·value, and 0 where y = 0."""
    return mpf(0) if y == 0 else mpf(y) * value


def exact_cross_entropy_softmax(z, y):
    value = mpmath.fsum(-times(label, log) for label, log in zip(y, log_softmax(z), strict=True))
    total = mpmath.fsum(map(mpf, y))
    return value, [a * total - mpf(label) for a, label in zip(exact_softmax(z), y, strict=True)]


def exact_cross_entropy_sigmoid(z, y):
    value = mpmath.fsum(times(label, softplus(-x)) for label, x in zip(y, z, strict=True))
    return value, [-times(label, 1 - a) for label, a in zip(y, exact_sigmoid(z), strict=True)]


def exact_binary_cross_entropy(z, y):
    pairs = list(zip(y, z, strict=True))
    value = mpmath.fsum(times(label, softplus(-x)) + times(1 - mpf(label), softplus(x)) for label, x in pairs)
    return value, [a - mpf(label) for a, label in zip(exact_sigmoid(z), y, strict=True)]


PAIRED = {
    ("cross_entropy", "softmax"): exact_cross_entropy_softmax,
    ("cross_entropy", "sigmoid"): exact_cross_entropy_sigmoid,
    ("binary_cross_entropy", "sigmoid"): exact_binary_cross_entropy,
}
LOGITS = [
    [1e9, -1e9, 0.0],
    [-1e9, -1e9, -1e9],
    [1e9, 1e9, 1e9],
    [1010.0, 1000.0, 990.0],
    [-1010.0, -1000.0, -990.0],
    [0.0, -1e9, -1e9],
    [-INF, 0.0, 1.0],
    [-INF, -INF, 1e9],
    [40.0, -40.0, 0.25],
    [750.0, -750.0, 0.0],
    [1e-8, -1e-8, 1e-30],
    [3.0, 1.0, -2.0],
]
LABELS = [
    [1.0, 0.0, 0.0],
    [0.0, 1.0, 0.0],
    [0.0, 0.0, 1.0],
    [0.5, 0.25, 0.25],
    [0.0, 0.3, 0.7],
    [1.0, 1.0, 0.0],  # adds up to 2
    [0.0, 1.0, 1.0],
    [0.0, 0.0, 0.0],
]


@pytest.mark.parametrize("dtype", TOLERANCE)
@pytest.mark.parametrize("pair", PAIRED, ids=" of ".join)
@pytest.mark.parametrize("logits", LOGITS, ids=str)
def test_paired_losses(pair, logits, dtype):
    trace = backpropagated(logits, LABELS, pair[1], pair[0], dtype)
    shown = trace.Z[1][0].tolist()
    for i, y in enumerate(trace.Y.tolist()):
        value, delta = PAIRED[pair](shown, y)
        rtol, atol = TOLERANCE[dtype], absolute(dtype, 2)  # labels add up to 2 at most; terms of one sign do not cancel
        assert close(trace.losses[i, 0], value, rtol, atol), (logits, y, trace.losses[i, 0], value)
        for found, right in zip(trace.delta[1][i], delta, strict=True):
            assert close(found, right, rtol, atol), (logits, y, found, right)


@pytest.mark.parametrize("dtype", TOLERANCE)
def test_minus_infinity_costs_exactly_nothing_where_the_label_is_zero(dtype):
    softmax = backpropagated([0.0, -INF], [[1.0, 0.0]], "softmax", "cross_entropy", dtype)
    assert (softmax.cost, softmax.delta[1].tolist()) == (0.0, [[0.0, 0.0]])
    sigmoid = backpropagated([INF, -INF], [[1.0, 0.0]], "sigmoid", "cross_entropy", dtype)
    assert (sigmoid.cost, sigmoid.delta[1].tolist()) == (0.0, [[0.0, 0.0]])
    binary = backpropagated([INF, -INF], [[1.0, 0.0]], "sigmoid", "binary_cross_entropy", dtype)
    assert (binary.cost, binary.delta[1].tolist()) == (0.0, [[0.0, 0.0]])


@pytest.mark.parametrize("dtype", TOLERANCE)
def test_infinity_on_the_wrong_side_costs_infinity_and_its_error_is_right(dtype):
    """∞ is the exact answer, not NaN; the error signal is finite all the same."""
    softmax = backpropagated([0.0, -INF], [[0.0, 1.0]], "softmax", "cross_entropy", dtype)
    assert (softmax.cost, softmax.delta[1].tolist()) == (INF, [[1.0, -1.0]])
    binary = backpropagated([INF, -INF], [[0.0, 1.0]], "sigmoid", "binary_cross_entropy", dtype)
    assert (binary.cost, binary.delta[1].tolist()) == (INF, [[1.0, -1.0]])


@pytest.mark.parametrize("dtype", TOLERANCE)
@pytest.mark.parametrize("logits", LOGITS, ids=str)
def test_softmax_under_a_squared_error(logits, dtype):
    """The unpaired way: a ⊙ (v − Σ v a) with v = a − y."""
    trace = backpropagated(logits, LABELS, "softmax", "half_squared_error", dtype)
    a = exact_softmax(trace.Z[1][0].tolist())
    for i, y in enumerate(trace.Y.tolist()):
        v = [x - mpf(label) for x, label in zip(a, y, strict=True)]
        inner = mpmath.fsum(x * each for x, each in zip(a, v, strict=True))
        rtol, atol = TOLERANCE[dtype], absolute(dtype, 2)
        assert close(trace.losses[i, 0], mpmath.fsum(x * x for x in v) / 2, rtol, atol)
        for j in range(3):
            assert close(trace.A[1][i, j], a[j], 10 * rtol, underflow(dtype))
            assert close(trace.delta[1][i, j], a[j] * (v[j] - inner), rtol, atol)


@pytest.mark.parametrize("dtype", TOLERANCE)
@pytest.mark.parametrize("output", ["softmax", "sigmoid"])
def test_extreme_logits_of_one_sample_leave_the_others_alone(output, dtype):
    architecture = mlpviz.Architecture((1, 3), (output,), "cross_entropy", "mean_samples")
    parameters = mlpviz.Parameters(architecture, dtype)
    parameters.W[1][...] = [[1e9], [-1e9], [2e9]]
    X, Y = [[0.0], [1.0], [-1.0]], [[0.2, 0.3, 0.5], [0, 0, 1], [0, 1, 0]]
    trace = mlpviz.backpropagate(parameters, X, Y)
    alone = mlpviz.backpropagate(parameters, X[:1], Y[:1])
    assert trace.losses[0, 0] == alone.losses[0, 0]
    assert trace.losses[1:].tolist() == [[0.0], [0.0]]
    assert np.isfinite(trace.gradient).all()
