"""The tables of activations and losses: formula and kernel agree, and every slope is the derivative of its formula."""

import numpy as np
import pytest

from mlpviz.engine.evaluate import evaluate
from mlpviz.maths.activations import ACTIVATIONS
from mlpviz.maths.expressions import Apply, Max, Sum, Symbol, apply, walk
from mlpviz.maths.functions import FUNCTIONS, definition, flip, runs_along_rows
from mlpviz.maths.losses import LOSSES
from mlpviz.maths.primitives import PRIMITIVES
from tests.support.oracle import NUMPY_ACTIVATIONS, NUMPY_LOSSES

Z, A, Y, V = Symbol("Z"), Symbol("A"), Symbol("Y"), Symbol("V")
GENERATOR = np.random.default_rng(0)
LOGITS = np.vstack([GENERATOR.normal(scale=2, size=(5, 4)), [[-3.0, -0.5, 0.7, 4.0]]])
STEP = 1e-3


def value(node, kernel=False, **arrays):
    return evaluate(node, lambda symbol: arrays[symbol.name], kernel=kernel)


def derivative(f, x):
    """The slope of an entrywise f by a central difference of fourth order."""
    return (8 * (f(x + STEP) - f(x - STEP)) - (f(x + 2 * STEP) - f(x - 2 * STEP))) / (12 * STEP)


def jacobians(f, x):
    """∂f_k/∂x_j of each row, by the same differences: (samples, k, j)."""
    shifts = np.eye(x.shape[1])
    return np.stack([derivative(lambda t, e=e: f(x + t * e), 0.0) for e in shifts], axis=2)


def activate(name):
    return lambda z: value(ACTIVATIONS[name].formula, z=z)


@pytest.mark.parametrize("name", [name for name, function in FUNCTIONS.items() if function.kernel is not None])
def test_formula_and_kernel_agree(name):
    function = FUNCTIONS[name]
    output = name.rpartition(" of ")[2]
    a = value(ACTIVATIONS[output].formula, z=LOGITS) if output in ACTIVATIONS else LOGITS
    y = GENERATOR.uniform(0, 1, LOGITS.shape)
    by_formula = value(function.formula, z=LOGITS, a=a, y=y)
    np.testing.assert_allclose(by_formula, value(function.kernel, z=LOGITS, a=a, y=y), rtol=1e-12, atol=1e-15)


def test_every_entry_with_an_overflow_has_a_kernel():
    assert {name for name, function in FUNCTIONS.items() if function.kernel is not None} == {
        "elu",
        "softplus",
        "softmax",
        "log_softmax",
        "logistic_loss",
        "binary_cross_entropy of sigmoid",
        "cross_entropy of softmax",
        "cross_entropy of sigmoid",
    }


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_activation_is_the_hand_written_one(name):
    right = NUMPY_ACTIVATIONS[name](LOGITS)
    np.testing.assert_allclose(value(ACTIVATIONS[name].formula, z=LOGITS), right, rtol=1e-12)
    applied = ACTIVATIONS[name].activate(Z)
    np.testing.assert_allclose(value(applied, Z=LOGITS), right, rtol=1e-12)
    np.testing.assert_allclose(value(applied, kernel=True, Z=LOGITS), right, rtol=1e-12)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_slope_is_the_derivative_of_the_formula(name):
    """One sweep over the table; an activation that mixes a row has a pullback instead, swept below."""
    entry = ACTIVATIONS[name]
    assert (entry.slope is not None) == entry.elementwise
    if entry.slope is not None:
        slope = value(entry.slope, z=LOGITS, a=activate(name)(LOGITS))
        np.testing.assert_allclose(slope * np.ones_like(LOGITS), derivative(activate(name), LOGITS), atol=1e-9)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_pullback_is_the_row_times_the_jacobian(name):
    row, a = GENERATOR.normal(size=LOGITS.shape), activate(name)(LOGITS)
    found = value(ACTIVATIONS[name].pull_back(V, Z, A), V=row, Z=LOGITS, A=a)
    right = np.einsum("mk,mkj->mj", row, jacobians(activate(name), LOGITS))
    np.testing.assert_allclose(found, right, atol=1e-9)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_kinks_are_declared(name):
    """Left and right of z = 0 either the slope or its derivative differs, and nowhere else is there a declaration."""
    if ACTIVATIONS[name].slope is None:
        assert not ACTIVATIONS[name].kinks
        return

    def slope(z):
        z = np.array([[z]])
        return float(np.sum(value(ACTIVATIONS[name].slope, z=z, a=activate(name)(z))))

    h = 1e-4
    jump = abs(slope(h) - slope(-h)) > 0.1
    bend = abs((slope(2 * h) - slope(h)) - (slope(-h) - slope(-2 * h))) / h > 0.1
    assert ACTIVATIONS[name].kinks == (jump or bend)


@pytest.mark.parametrize(("name", "at_zero"), [("relu", 0.0), ("leaky_relu", 0.01), ("elu", 1.0)])
def test_slope_at_the_kink(name, at_zero):
    zero = np.zeros((1, 1))
    assert value(ACTIVATIONS[name].slope, z=zero, a=zero) == at_zero


@pytest.mark.parametrize("name", LOSSES)
def test_loss_is_the_hand_written_one(name):
    a, y = GENERATOR.uniform(0.1, 0.9, (5, 4)), GENERATOR.uniform(0, 1, (5, 4))
    y[0] = [0, 1, 0, 0]
    right = NUMPY_LOSSES[name](a, y).sum(axis=1, keepdims=True)
    np.testing.assert_allclose(value(LOSSES[name].value, a=a, y=y), right, rtol=1e-12)


@pytest.mark.parametrize("name", LOSSES)
def test_loss_slope_is_the_derivative_of_the_loss(name):
    a, y = GENERATOR.uniform(0.2, 0.8, (5, 4)), GENERATOR.uniform(0, 1, (5, 4))
    right = jacobians(lambda x: value(LOSSES[name].value, a=x, y=y), a)[:, 0, :]
    np.testing.assert_allclose(value(LOSSES[name].slope, a=a, y=y), right, atol=1e-8)


PAIRINGS = [(loss, output) for loss, entry in LOSSES.items() for output in entry.pairings]


@pytest.mark.parametrize(("loss", "output"), PAIRINGS)
def test_pairing_is_the_pullback_of_the_loss_slope(loss, output):
    entry, a = LOSSES[loss], activate(output)(LOGITS)
    y = GENERATOR.uniform(0, 1, LOGITS.shape)
    slope = value(entry.slope, a=a, y=y)
    unpaired = value(ACTIVATIONS[output].pull_back(V, Z, A), V=slope, Z=LOGITS, A=a)
    paired = value(entry.pairings[output].delta, a=a, y=y, z=LOGITS)
    np.testing.assert_allclose(paired, unpaired, rtol=1e-11, atol=1e-13)


@pytest.mark.parametrize(("loss", "output"), PAIRINGS)
def test_pairing_is_the_derivative_in_the_logits(loss, output):
    y, pairing = GENERATOR.uniform(0, 1, LOGITS.shape), LOSSES[loss].pairings[output]
    right = jacobians(lambda z: value(pairing.kernel, z=z, y=y), LOGITS)[:, 0, :]
    delta = value(pairing.delta, a=activate(output)(LOGITS), y=y)
    np.testing.assert_allclose(delta, right, atol=1e-8)


def test_only_entropies_refuse_other_outputs():
    outputs = {name: entry.outputs for name, entry in LOSSES.items()}
    assert outputs == {
        "half_squared_error": None,
        "squared_error": None,
        "binary_cross_entropy": ("sigmoid",),
        "cross_entropy": ("softmax", "sigmoid"),
    }


def test_a_weight_of_zero_silences_any_value():
    weights, values = np.array([[0.0, 0.0, 0.0, 2.0]]), np.array([[np.inf, -np.inf, np.nan, 3.0]])
    assert value(apply("weighted", Y, V), Y=weights, V=values).tolist() == [[0.0, 0.0, 0.0, 6.0]]


def test_primitives_stand_for_nothing_else():
    assert all(definition(Apply(name, (Z,))) is None for name in PRIMITIVES)


def test_definition_fills_in_the_arguments():
    body = definition(Apply("sigmoid", (Z @ A,)))
    assert Z @ A in list(walk(body))
    assert Symbol("z") not in list(walk(body))


def test_definition_takes_the_kernel_where_there_is_one():
    softplus = Apply("softplus", (Z,))
    assert definition(softplus, kernel=True) != definition(softplus)
    assert definition(Apply("sigmoid", (Z,)), kernel=True) == definition(Apply("sigmoid", (Z,)))


def test_flipped_runs_column_by_column():
    upright, flipped = Apply("softmax", (Z,)), Apply("softmax", (Z,), flipped=True)
    for kernel in (False, True):
        right = value(upright, kernel=kernel, Z=LOGITS)
        np.testing.assert_array_equal(value(flipped, kernel=kernel, Z=LOGITS.T), right.T)
    assert flip(Max(Sum(Z, 0), 1)) == Max(Sum(Z, 1), 0)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_which_functions_run_along_rows(name):
    assert runs_along_rows(name) == (name in ("softmax", "log_softmax") or name.partition(" of ")[0] in LOSSES)
