"""Updates in a row in the browser: they lead where training does, and every one of them is found again, to the bit."""

import json
from dataclasses import replace

import numpy as np
import pytest

import mlpviz
from mlpviz.engine.descent import Update
from mlpviz.engine.parameters import views
from mlpviz.engine.training.optimizers import OPTIMIZERS
from mlpviz.maths.equations import EQUATIONS
from tests.support.networks import NETWORKS, case
from tests.support.node import course, evaluated
from tests.support.oracle import problem

STEPS = 100


def begun(name, network="everything", rate=0.01, frozen=()):
    """The first update of a network by an optimiser."""
    *fields, m = NETWORKS[network]
    parameters, X, Y = problem(mlpviz.Architecture(*fields), m, seed=1)
    entry = OPTIMIZERS[name]
    state = {each: np.zeros(parameters.flat.size) for each in entry.state}
    return Update(mlpviz.backpropagate(parameters, X, Y), rate, entry.stand(1, state, frozen))


def trained(update, name, updates, freeze=()):
    """The parameters to which as many updates of ``mlpviz.train`` lead."""
    parameters, trace = update.trace.parameters.copy(), update.trace
    for _ in mlpviz.train(
        parameters, trace.A[0], trace.Y, name, update.learning_rate, None, updates, shuffle=False, freeze=freeze
    ):
        pass
    return parameters


def close(found, parameters):
    """Whether the browser's weights and biases are those of training."""
    for letter, layers in (("W", parameters.W), ("b", parameters.b)):
        for l, right in enumerate(layers):
            if right is not None and f"{letter}[{l}]" in found:
                values = np.array([float(text) for text in found[f"{letter}[{l}]"]])
                np.testing.assert_allclose(values, right.ravel(), rtol=1e-9, atol=1e-12, err_msg=f"{letter}[{l}]")


@pytest.mark.parametrize("network", ["everything", "no bias", "kinks"])
@pytest.mark.parametrize("name", OPTIMIZERS)
def test_updates_lead_where_training_does(name, network):
    update = begun(name, network)
    stood = course(update, [["advance", 1], ["advance", STEPS - 1]])[-1]
    assert (stood["at"], stood["last"], stood["trouble"]) == (STEPS, STEPS, None)
    assert stood["state"]["t"] == [str(STEPS + 1)]
    close(stood["state"], trained(update, name, STEPS))


def test_exclusive_or_is_learned_as_training_learns_it():
    update = case("xor")
    stood = course(update, [["advance", 2000]])[-1]
    close(stood["state"], trained(update, "sgd", 2000))


@pytest.mark.parametrize("name", ["sgd", "adam"])
def test_frozen_biases_stay(name):
    update = begun(name, frozen=["b"])
    state = course(update, [["advance", STEPS]])[-1]["state"]
    assert not [key for key in state if key.endswith("b[1]")]
    close(state, trained(update, name, STEPS, freeze=["b"]))


def test_what_the_optimiser_keeps_goes_on_from_where_it_stood():
    """Five updates, and five more from a stand with what the first have left, are ten."""
    update = begun("adam")
    ten = course(update, [["advance", 5], ["advance", 5]])
    parameters = update.trace.parameters.copy()
    middle = ten[0]["state"]
    state = {each: np.zeros(parameters.flat.size) for each in OPTIMIZERS["adam"].state}
    for kind, vector in {"": parameters.flat, **state}.items():
        for letter, layers in zip("Wb", views(vector, parameters.architecture), strict=True):
            for l, own in enumerate(layers):
                if own is not None:
                    own[...] = np.array(list(map(float, middle[f"{kind} {letter}[{l}]".lstrip()]))).reshape(own.shape)
    trace = mlpviz.backpropagate(parameters, update.trace.A[0], update.trace.Y)
    second = Update(trace, update.learning_rate, OPTIMIZERS["adam"].stand(6, state))
    assert course(second, [["advance", 5]])[-1]["state"] == ten[-1]["state"]


@pytest.mark.parametrize("most", [None, 5])
def test_every_update_is_found_again_to_the_bit(most):
    update, updates = begun("adam", rate=0.05), 1200
    back = [1199, 1198, 1000, 999, 512, 1, 0, 700, 1200]
    moves = [["advance", 1]] * updates + [["to", at] for at in back]
    stood = course(update, moves, most)
    there = {each["at"]: each["state"] for each in stood[:updates]}
    assert (
        list(there) == list(range(1, updates + 1)) and len({json.dumps(state) for state in there.values()}) == updates
    )
    for at, found in zip(back, stood[updates:], strict=True):
        assert (found["at"], found["last"]) == (at, updates)
        assert at == 0 or found["state"] == there[at]
    # and on from the middle of them, in one go
    on = course(update, [["advance", 700], ["to", 300], ["advance", 900]], most)
    assert on[-1]["state"] == there[1200] and on[-1]["last"] == 1200


@pytest.mark.parametrize("pace", [1, 7, 1000])
def test_what_diverges_stops_at_the_last_numbers_that_are_finite(pace):
    *fields, m = NETWORKS["kinks"]
    parameters, X, Y = problem(mlpviz.Architecture(*fields), m, seed=1)
    update = Update(mlpviz.backpropagate(parameters, X, Y), 40.0)
    stood = course(update, [["advance", pace]] * (1000 // pace))
    ends = next(each for each in stood if each["trouble"])
    assert ends["trouble"]["update"] == ends["at"] + 1 == ends["last"] + 1
    assert all(np.isfinite(float(text)) for texts in ends["state"].values() for text in texts)
    one_by_one = course(update, [["advance", 1]] * 60)
    assert ends["state"] == one_by_one[ends["at"] - 1]["state"]
    assert one_by_one[ends["at"]]["trouble"] and one_by_one[-1]["at"] == ends["at"]


def test_no_update_is_made_of_a_cost_that_is_not_finite():
    architecture = mlpviz.Architecture((1, 1), ("identity",), "squared_error", "sum")
    parameters = mlpviz.initialize(architecture, "zeros", dtype="float64")
    parameters.b[1][...] = 1e200
    with np.errstate(all="ignore"):
        update = Update(mlpviz.backpropagate(parameters, [[0.0]], [[1.0]]), 0.1)
        stood = course(update, [["advance", 3]])[-1]
    assert stood["trouble"]["update"] == 1 and stood["at"] == 0


def test_another_equation_makes_other_updates(monkeypatch):
    update = case("two-three-two")
    gradient = EQUATIONS["weight gradient"]
    monkeypatch.setitem(EQUATIONS, "weight gradient", replace(gradient, value=gradient.value * 2))
    parameters, trace = update.trace.parameters.copy(), update.trace
    changed = Update(mlpviz.backpropagate(parameters, trace.A[0], trace.Y), update.learning_rate)
    close(course(changed, [["advance", STEPS]])[-1]["state"], trained(changed, "sgd", STEPS))
    assert not np.allclose(evaluated(changed, 1)[changed.steps[0].equation.target], changed.trace.Z[1])
