"""How far one pass is from another, and a pass brought home from its device."""

import math

import numpy as np
import pytest

import mlpviz
from mlpviz.engine.descent import Update
from mlpviz.engine.difference import apart, brought_home, differences
from mlpviz.engine.passes import backpropagate
from mlpviz.maths.equations import steps
from tests.support.on_device import DEVICES
from tests.support.oracle import problem

ARCHITECTURE = mlpviz.Architecture((3, 4, 2), ("tanh", "softmax"), "cross_entropy", "mean_samples", l2=0.1)


def update_of(dtype):
    """One pass with its update, of the same numbers in one type or the other."""
    parameters, X, Y = problem(ARCHITECTURE, 5, seed=1)
    return Update(mlpviz.backpropagate(parameters.astype(dtype), X, Y), 0.1)


@pytest.mark.parametrize(
    ("found", "right", "answer"),
    [
        ([1.0, 2.0], [1.0, 2.0], 0.0),
        ([1.0, 2.5], [1.0, 2.0], 0.25),
        ([0.0, 1.0], [0.5, -2.0], 1.5),
        (3.0, 4.0, 0.25),
        ([0.0, 0.0], [0.0, 0.0], 0.0),
        ([1e-30], [0.0], math.inf),
        ([np.nan, np.inf, 1.0], [np.nan, np.inf, 1.0], 0.0),
        ([np.nan, np.inf, 1.5], [np.nan, np.inf, 1.0], 0.5),
        ([1.0, np.inf], [1.0, -np.inf], math.inf),
        ([1.0, np.nan], [1.0, 1.0], math.inf),
        ([1.0, 1.0], [1.0, np.nan], math.inf),
        ([], [], 0.0),
    ],
)
def test_the_largest_difference_is_relative_to_the_largest_entry(found, right, answer):
    assert apart(found, right) == answer


def test_every_computed_array_has_its_difference():
    found = differences(update_of("float32"), update_of("float64"))
    assert found.keys() == {str(step.equation.target) for step in steps(ARCHITECTURE)}
    assert {"new W[1]", "new Z[1]", "new A[2]", "new losses", "new cost"} <= found.keys()
    arrays = {key: value for key, value in found.items() if key != "change"}  # which is what cancels in a subtraction
    assert 0 < max(arrays.values()) < 1e-5
    assert found["change"] < 1e-3
    assert set(differences(update_of("float64"), update_of("float64")).values()) == {0.0}


def test_one_wrong_array_is_noticed_by_its_name():
    right, wrong = update_of("float64"), update_of("float64")
    wrong.trace.delta[1][0, 0] += 1
    assert [key for key, value in differences(wrong, right).items() if value] == ["delta[1]"]


@pytest.mark.parametrize("device", DEVICES, indirect=True)
@pytest.mark.parametrize(("dtype", "tolerance"), [("float32", 1e-5), ("float64", 1e-12)])
def test_an_update_made_on_a_device_is_near_the_cpus(dtype, tolerance, device):
    parameters, X, Y = problem(ARCHITECTURE, 5, seed=1)
    found = brought_home(Update(backpropagate(parameters.astype(dtype, device), X, Y), 0.1))
    assert found.trace.parameters.device == found.after.parameters.device == "cpu"
    apart = differences(found, update_of("float64"))
    change = apart.pop("change")  # which is what cancels in a subtraction
    assert max(apart.values()) < tolerance
    assert change < 1000 * tolerance


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_what_is_brought_home_has_the_same_numbers_in_memory_of_its_own(dtype):
    there = update_of(dtype)
    there.trace.Z[1][0, 0] = 7.0  # as only the device has it
    there.trace.cost_buffer[...] = 3.0
    home = brought_home(there)
    assert home.trace.parameters.dtype == dtype
    assert set(differences(home, there).values()) == {0.0}
    assert (home.trace.Z[1][0, 0], home.trace.cost, home.change) == (7.0, 3.0, there.change)
    for one, other in ((home.trace, there.trace), (home.after, there.after)):
        assert not np.shares_memory(one.gradient, other.gradient)
        assert np.array_equal(one.parameters.flat, other.parameters.flat)
        assert np.array_equal(one.gradient, other.gradient)
        assert np.array_equal(one.A[0], other.A[0])
        assert np.array_equal(one.Y, other.Y)
