"""The browser's evaluator computes every array of a pass as the engine does, from the engine's own kernels."""

from dataclasses import replace

import numpy as np
import pytest

import mlpviz
from mlpviz.engine.descent import Update
from mlpviz.engine.training.optimizers import OPTIMIZERS
from mlpviz.maths.equations import EQUATIONS
from tests.support.networks import CASES, case, optimised
from tests.support.node import evaluated
from tests.support.oracle import problem, random_architecture

FEW = 1e-12


def apart(update, updates=0):
    """The largest relative distance of an array from the engine's; NaN and ±inf must stand in the same places.

    A change of the cost is relative to the cost: the two that it lies between agree in many digits.
    """
    worst = 0.0
    for symbol, found in evaluated(update, updates).items():
        right = np.asarray(update.value(symbol), np.float64).ravel()
        finite = np.isfinite(right)
        assert np.array_equal(found[~finite], right[~finite], equal_nan=True), symbol
        assert np.isfinite(found[finite]).all(), symbol
        size = max(update.trace.cost, update.after.cost) if symbol.name == "change" else np.linalg.norm(right[finite])
        worst = max(worst, np.linalg.norm(found[finite] - right[finite]) / (size if size else 1.0))
    return worst


def passed(architecture, m, seed, rate=0.5):
    """A pass, its update by one of the optimisers at some point of a run, and the pass after it."""
    parameters, X, Y = problem(architecture, m, seed)
    optimizer, generator = list(OPTIMIZERS.values())[seed % len(OPTIMIZERS)], np.random.default_rng(seed)
    state = {name: generator.uniform(0.01, 1, parameters.flat.size) for name in optimizer.state}
    frozen = ["b"] if seed % 7 == 0 else []
    return Update(mlpviz.backpropagate(parameters, X, Y), rate, optimizer.stand(1 + seed % 90, state, frozen))


@pytest.mark.parametrize("name", CASES)
def test_every_array_of_a_pass_is_the_engines(name):
    assert apart(case(name)) < FEW


def test_every_array_of_random_networks_is_the_engines():
    generator = np.random.default_rng(0)
    cases = [(random_architecture(generator), int(generator.integers(1, 9)), seed) for seed in range(200)]
    worst = {seed: apart(passed(architecture, m, seed)) for architecture, m, seed in cases}
    assert max(worst.values()) < FEW, sorted(worst.items(), key=lambda each: -each[1])[:5]


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_every_array_of_an_optimisers_update_is_the_engines(name):
    assert apart(optimised(name)) < FEW


@pytest.mark.parametrize("logits", [[1e9, -1e9, 0.0], [1010.0, 1000.0, 990.0], [-np.inf, 0.0, 1.0], [np.nan, 0.0, 1.0]])
@pytest.mark.parametrize(
    ("output", "loss"),
    [
        ("softmax", "cross_entropy"),
        ("sigmoid", "binary_cross_entropy"),
        ("sigmoid", "cross_entropy"),
        ("relu", "squared_error"),
    ],
)
def test_extreme_numbers_are_as_the_engine_has_them(output, loss, logits):
    architecture = mlpviz.Architecture((1, 3), (output,), loss, "sum")
    parameters = mlpviz.initialize(architecture, "zeros", dtype="float64")
    with np.errstate(all="ignore"):
        parameters.b[1][...] = logits
        assert apart(Update(mlpviz.backpropagate(parameters, [[1.0]], [[0.0, 1.0, 0.0]]), 0.5)) < FEW


@pytest.mark.parametrize(
    ("hidden", "bias"), [("relu", -100.0), ("relu", 0.0), ("sigmoid", 800.0), ("tanh", -400.0), ("softplus", -800.0)]
)
def test_units_without_a_slope_are_as_the_engine_has_them(hidden, bias):
    """Dead ones, ones at their kink, and ones so flat that their slope is rounded to 0."""
    architecture = mlpviz.Architecture((2, 3, 2), (hidden, "softmax"), "cross_entropy", "mean_samples", l2=0.1)
    parameters, X, Y = problem(architecture, 4, seed=3)
    parameters.W[1][...] = 0 if bias == 0 else parameters.W[1]
    parameters.b[1][...] = bias
    update = Update(mlpviz.backpropagate(parameters, X, Y), 0.5)
    assert not update.trace.delta[1].any()
    assert apart(update) < FEW


def test_updates_in_a_row_lead_where_training_does():
    update = case("two-three-two")
    parameters, trace = update.trace.parameters.copy(), update.trace
    for _ in mlpviz.train(parameters, trace.A[0], trace.Y, "sgd", update.learning_rate, None, 100):
        pass
    after = Update(mlpviz.backpropagate(parameters, trace.A[0], trace.Y), update.learning_rate)
    found = evaluated(update, 100)
    for symbol, values in found.items():
        right = np.asarray(after.value(symbol), np.float64).ravel()
        np.testing.assert_allclose(values, right, rtol=1e-9, atol=1e-15, err_msg=str(symbol))


def test_another_equation_changes_the_browsers_numbers_too(monkeypatch):
    update = case("two-three-two")
    error = EQUATIONS["hidden error"]
    monkeypatch.setitem(EQUATIONS, "hidden error", replace(error, value=error.value * 3))
    changed = Update(mlpviz.backpropagate(update.trace.parameters, update.trace.A[0], update.trace.Y), 0.5)
    assert apart(changed) < FEW
    assert not np.allclose(changed.trace.delta[1], update.trace.delta[1])
