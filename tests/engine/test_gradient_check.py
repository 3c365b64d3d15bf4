"""Backpropagation against central differences, and the check itself against wrong gradients."""

import dataclasses

import numpy as np
import pandas
import pytest

import mlpviz
from mlpviz.engine.gradient_check import ALL_UP_TO, SAMPLED, compare
from mlpviz.maths.activations import ACTIVATIONS
from mlpviz.maths.equations import EQUATIONS, WEIGHT_GRADIENT
from mlpviz.maths.expressions import Negate
from mlpviz.maths.losses import LOSSES, REDUCTIONS
from tests.support.oracle import problem

NETWORKS = [
    (hidden, loss, output)
    for hidden in ACTIVATIONS
    for loss, entry in LOSSES.items()
    for output in entry.outputs or (hidden,)
]
SMALL = mlpviz.Architecture((2, 3, 2), ("tanh", "tanh"), "half_squared_error", "sum")


@pytest.mark.parametrize("reduction", REDUCTIONS)
@pytest.mark.parametrize(("hidden", "loss", "output"), NETWORKS)
def test_every_activation_loss_and_reduction(hidden, loss, output, reduction):
    architecture = mlpviz.Architecture((3, 4, 2), (hidden, output), loss, reduction, l2=0.1)
    report = mlpviz.gradient_check(*problem(architecture, 5, 3))
    assert list(report) == ["dW[1]", "dW[2]", "db[1]", "db[2]"]
    for name, array in report.items():
        assert array.passed
        assert array.error is not None and array.error <= 1e-7, (name, array)
        assert array.checked + array.skipped == array.of
        assert 2 * array.checked > array.of, (name, array)
    kinks = any(ACTIVATIONS[each].kinks for each in (hidden, output))
    assert kinks or all(array.skipped == 0 for array in report.values())


def test_entries_at_a_kink_are_left_out_and_counted():
    architecture = mlpviz.Architecture((1, 2, 1), ("relu", "identity"), "half_squared_error", "sum")
    parameters = mlpviz.Parameters(architecture)
    parameters.W[1][...] = [[0.0], [1.0]]  # the first unit stands exactly at its kink, z = 0
    parameters.W[2][...] = [[1.0, 1.0]]
    report = mlpviz.gradient_check(parameters, [[1.0]], [[5.0]])
    assert (report["dW[1]"].checked, report["dW[1]"].skipped, report["dW[1]"].of) == (1, 1, 2)
    assert (report["db[1]"].checked, report["db[1]"].skipped) == (1, 1)
    assert report["dW[2]"].skipped == 0
    assert all(array.passed and array.error <= 1e-7 for array in report.values())


def test_nothing_left_to_check_is_said_and_no_error_is_claimed():
    architecture = mlpviz.Architecture((1, 1), ("relu",), "half_squared_error", "sum")
    report = mlpviz.gradient_check(mlpviz.Parameters(architecture), [[1.0]], [[5.0]])
    assert report["dW[1]"].error is None
    assert (report["dW[1]"].checked, report["dW[1]"].skipped) == (0, 1)


def test_a_large_network_is_checked_on_samples():
    architecture = mlpviz.Architecture((20, 24, 5), ("tanh", "softmax"), "cross_entropy", "mean_samples")
    assert architecture.parameter_count > ALL_UP_TO
    inputs = problem(architecture, 7, 0)
    report = mlpviz.gradient_check(*inputs)
    assert sum(array.checked for array in report.values()) == SAMPLED
    assert all(array.passed for array in report.values())
    assert sum(array.of for array in report.values()) == architecture.parameter_count
    assert mlpviz.gradient_check(*inputs) == report
    assert mlpviz.gradient_check(*inputs, seed=1) != report
    assert sum(array.checked for array in mlpviz.gradient_check(*inputs, samples=11).values()) == 11


def test_a_network_at_the_limit_is_checked_in_full():
    architecture = mlpviz.Architecture((ALL_UP_TO - 1, 1), ("identity",), "half_squared_error", "sum")
    report = mlpviz.gradient_check(*problem(architecture, 1, 0))
    assert sum(array.checked for array in report.values()) == ALL_UP_TO == architecture.parameter_count


@pytest.mark.parametrize("factor", [-1, 2, 1 + 1e-5])
def test_a_wrong_gradient_is_noticed(monkeypatch, factor):
    wrong = Negate(WEIGHT_GRADIENT.value) if factor == -1 else factor * WEIGHT_GRADIENT.value
    monkeypatch.setitem(EQUATIONS, "weight gradient", dataclasses.replace(WEIGHT_GRADIENT, value=wrong))
    report = mlpviz.gradient_check(*problem(SMALL, 4, 0))
    assert not report["dW[1]"].passed and not report["dW[2]"].passed
    assert report["dW[1]"].error > 1e-6
    assert report["db[1]"].passed and report["db[2]"].passed


def test_one_wrong_entry_is_noticed():
    right = np.linspace(0.1, 1, 50)
    wrong = right.copy()
    wrong[17] += 1e-4
    assert compare(right, right, 50, 1e-12).passed
    assert not compare(wrong, right, 50, 1e-12).passed


def test_rounding_is_no_failure_of_a_zero_gradient():
    check = compare(np.zeros(3), np.full(3, 1e-15), 3, 1e-14)
    assert check.error == 1.0 and check.passed
    assert compare(np.zeros(3), np.zeros(3), 3, 0.0).error == 0.0


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_parameters_are_left_as_they_were_bit_for_bit(dtype):
    parameters, X, Y = problem(SMALL, 4, 0, dtype)
    before = [array.tobytes() for array in (parameters.flat, X, Y)]
    assert all(array.passed for array in mlpviz.gradient_check(parameters, X, Y).values())
    assert [array.tobytes() for array in (parameters.flat, X, Y)] == before


def test_without_biases():
    architecture = mlpviz.Architecture((2, 3, 2), ("tanh", "sigmoid"), "binary_cross_entropy", "sum", bias=False)
    assert list(mlpviz.gradient_check(*problem(architecture, 3, 0))) == ["dW[1]", "dW[2]"]


def test_bad_input_is_refused_by_name():
    with pytest.raises(ValueError, match=r"X must have shape \(m, 2\)"):
        mlpviz.gradient_check(mlpviz.Parameters(SMALL), np.ones((3, 4)), np.ones((3, 2)))


def test_a_large_network_is_checked_in_every_array():
    architecture = mlpviz.Architecture((30, 20, 10, 3), ("tanh", "tanh", "softmax"), "cross_entropy", "mean_samples")
    parameters = mlpviz.initialize(architecture, "xavier_normal", seed=1, dtype="float64")
    X, Y = np.random.default_rng(2).standard_normal((4, 30)), np.eye(3)[[0, 1, 2, 0]]
    report = mlpviz.gradient_check(parameters, X, Y)
    assert all(check.checked >= 1 and check.error <= 1e-7 for check in report.values())
    assert sum(check.checked for check in report.values()) == 32


def test_a_table_of_pandas_is_taken_as_backpropagate_takes_it():
    parameters, X, Y = problem(mlpviz.Architecture((3, 2), ("tanh",), "squared_error", "sum"), 4, 0)
    checked = mlpviz.gradient_check(parameters, pandas.DataFrame(X), pandas.DataFrame(Y))
    assert checked == mlpviz.gradient_check(parameters, X, Y)
    assert all(each.passed for each in checked.values())
