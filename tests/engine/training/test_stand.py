"""An update is shown by the optimisers' definitions, and is the one that a run makes next by its own equations."""

import numpy as np
import pytest

import mlpviz
from mlpviz.engine.descent import Update
from mlpviz.engine.difference import brought_home, differences
from mlpviz.engine.training.optimizers import BETA_1, BETA_2, OPTIMIZERS
from mlpviz.engine.training.settings import Settings
from mlpviz.engine.training.training import Training
from mlpviz.maths.expressions import Symbol
from tests.support.oracle import problem

ARCHITECTURE = mlpviz.Architecture((3, 5, 2), ("tanh", "softmax"), "cross_entropy", "mean_samples", l2=0.01)
STEPS = 7


def run(name, **settings):
    """A run after a few steps."""
    parameters, X, Y = problem(ARCHITECTURE, 20, seed=2)
    training = Training(parameters, X, Y, Settings(name, 0.01, 8, 5, **settings))
    while training.step < STEPS:
        training.advance(STEPS - training.step)
    return training


def stepped(training, frozen=()):
    """The update that a stepper shows of the run's next batch."""
    optimizer, batch = training.updates.optimizer, training.next_batch()
    trace = mlpviz.backpropagate(training.parameters.copy(), training.X[batch], training.Y[batch])
    stand = optimizer.stand(training.step + 1, optimizer.defined(training.updates.state), frozen)
    return Update(trace, training.settings.learning_rate, stand)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_the_update_shown_is_the_runs_next_one(name):
    training = run(name)
    shown = stepped(training)
    before = training.parameters.flat.copy()
    training.advance(1)
    np.testing.assert_allclose(shown.after.parameters.flat, training.parameters.flat, rtol=1e-12, atol=1e-12)
    assert not np.allclose(before, training.parameters.flat, rtol=1e-6)
    kept = training.updates.optimizer.defined(training.updates.state)
    for kind, vector in kept.items():
        W = shown.value(Symbol(f"new {kind} W", 1))
        np.testing.assert_allclose(W.ravel(), vector[: W.size], rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_the_first_update_needs_no_state(name):
    parameters, X, Y = problem(ARCHITECTURE, 8, seed=2)
    training = Training(parameters, X, Y, Settings(name, 0.01, 8, 5, shuffle=False))
    shown = stepped(training)
    training.advance(1)
    np.testing.assert_allclose(shown.after.parameters.flat, training.parameters.flat, rtol=1e-12, atol=1e-12)


def test_adams_state_is_that_of_its_definition():
    """The moving means of the gradients, by a loop over the steps that were made."""
    parameters, X, Y = problem(ARCHITECTURE, 20, seed=2)
    training = Training(parameters, X, Y, Settings("adam", 0.01, 8, 5))
    m = v = np.zeros(parameters.flat.size)
    for _ in range(STEPS):
        batch = training.next_batch()
        g = mlpviz.backpropagate(training.parameters, X[batch], Y[batch]).gradient
        m, v = BETA_1 * m + (1 - BETA_1) * g, BETA_2 * v + (1 - BETA_2) * g * g
        training.advance(1)
    kept = training.updates.optimizer.defined(training.updates.state)
    np.testing.assert_allclose(kept["mean"], m, rtol=1e-12, atol=1e-15)
    np.testing.assert_allclose(kept["square"], v, rtol=1e-12, atol=1e-15)


def test_frozen_biases_stay_and_no_step_moves_them():
    training = run("adam", freeze=["b"])
    shown = stepped(training, frozen=["b"])
    assert {step.equation.target.name for step in shown.steps if step.phase == "update"} >= {"new W", "new mean W"}
    assert not [step for step in shown.steps if step.equation.target.name.endswith(" b")]
    training.advance(1)
    np.testing.assert_allclose(shown.after.parameters.flat, training.parameters.flat, rtol=1e-12, atol=1e-12)
    second = next(step for step in shown.steps if step.phase == "second")
    assert second.equation.value == Symbol("A", 0) @ Symbol("new W", 1).T + Symbol("b", 1)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_it_comes_home_with_its_state(name):
    there = stepped(run(name))
    there.trace.dW[1][...] += 1  # as only the device has it
    for array in there.state.values():
        array[...] += 1
    home = brought_home(there)
    assert set(differences(home, there).values()) == {0.0}
