"""Many starts are what as many single runs are, by NumPy and by loops, and go on after a stop."""

import importlib.util
import math
from threading import Event

import numpy as np
import pytest

import mlpviz
from mlpviz.engine.compiled import choice
from mlpviz.engine.many import blocks, later
from mlpviz.engine.training import learned
from mlpviz.engine.training.optimizers import OPTIMIZERS
from mlpviz.engine.training.settings import Settings
from mlpviz.engine.training.starts import SPREAD, Starts, first_weights, learning_rates
from mlpviz.engine.training.training import Training
from mlpviz.maths.losses import LOSSES
from tests.support.training import HIDDEN, network, run_by_python

XOR = np.array([[0, 0], [0, 1], [1, 0], [1, 1]]), np.array([[0], [1], [1], [0]])


@pytest.fixture
def interpreted(monkeypatch):
    monkeypatch.setattr("mlpviz.engine.compiled.available", lambda: True)
    monkeypatch.setattr(blocks, "loaded", run_by_python)
    monkeypatch.setattr(blocks, "LANES", 2)


def ended(starts):
    """The records of a run to its end."""
    records = []
    while not starts.finished:
        records.append(starts.advance())
    return records


def checked(architecture, theta, rates, X, Y, settings, dtype, tolerance, steps=False):
    """Train all together and each alone, and hold them together."""
    starts = Starts(architecture, theta, X, Y, Settings(**settings, compiled=steps), rates, dtype)
    records, networks = ended(starts), starts.networks()
    for k, (own, rate) in enumerate(zip(theta, rates, strict=True)):
        parameters = mlpviz.Parameters(architecture, dtype)
        parameters.flat[...] = own
        alone = list(
            Training(parameters, X, Y, Settings(**{**settings, "learning_rate": float(rate)}, compiled=False)).records()
        )
        np.testing.assert_allclose(networks.theta[k], parameters.flat, tolerance, tolerance)
        if networks.ended[k]:
            assert alone[-1].stopped == "diverged"
            assert math.isnan(records[-1].costs[k])
        else:
            np.testing.assert_allclose(records[-1].costs[k], alone[-1].cost, tolerance, tolerance)
    return records


@pytest.mark.parametrize("steps", [False, True])
def test_each_of_many_networks_is_what_a_run_of_its_own_makes_of_it(steps, interpreted):
    seen = set()
    for seed in range(30):
        parameters, X, Y, settings = network(np.random.default_rng(seed))
        architecture = parameters.architecture
        theta = first_weights("seed", 3, architecture, "xavier_normal", seed, "float64")
        rates = learning_rates("learning_rate" if seed % 2 else "seed", 3, 0.002)
        checked(architecture, theta, rates, X, Y, settings, "float64", 1e-9, steps)
        seen |= {*architecture.activations, architecture.loss, settings["optimizer"]}
    assert seen >= {*HIDDEN, *LOSSES, *OPTIMIZERS}


@pytest.mark.skipif(importlib.util.find_spec("numba") is None, reason="Numba is not installed")
def test_machine_code_makes_the_same_and_is_taken_where_it_saves_time(monkeypatch, tmp_path):
    monkeypatch.setenv("MLPVIZ_COMPILED", str(tmp_path))
    monkeypatch.setattr(choice, "PEACE", 0.0)
    monkeypatch.setattr(later, "READY", 1e-5)
    architecture = mlpviz.Architecture((2, 3, 1), ("tanh", "sigmoid"), "binary_cross_entropy", "mean_samples")
    theta, rates = first_weights("seed", 20, architecture, "xavier_normal", 0, "float32"), np.full(20, 0.1)
    settings = {"optimizer": "adam", "batch_size": 4, "epochs": 60}
    checked(architecture, theta, rates, *XOR, settings, "float32", 2e-5, None)
    runs = [
        Starts(architecture, theta, *XOR, Settings(**settings, compiled=each), rates, "float32")
        for each in (None, True)
    ]
    for run in runs:
        ended(run)
        assert "Numba" in run.steps.how


def test_the_number_that_takes_the_learning_rate_is_as_many_times_larger():
    for optimizer in OPTIMIZERS.values():
        for t in (1, 2, 100):
            one, two = optimizer.numbers(1.0, t), optimizer.numbers(0.3, t)
            assert two["eta"] == pytest.approx(0.3 * one["eta"], rel=1e-15)
            assert {**one, "eta": 0} == {**two, "eta": 0}


def test_a_network_that_diverges_stays_as_it_was_and_the_others_go_on():
    architecture = mlpviz.Architecture((1, 1), ("identity",), "squared_error", "mean_samples")
    X = np.linspace(-1, 1, 8)[:, None]
    theta = first_weights("learning_rate", 5, architecture, "xavier_normal", 0, "float64")
    rates = learning_rates("learning_rate", 5, 1.0)
    assert (rates[0], rates[-1]) == (pytest.approx(1 / SPREAD), pytest.approx(SPREAD))
    settings = {"optimizer": "sgd", "batch_size": 4, "epochs": 200, "shuffle": False}
    records = checked(architecture, theta, rates, X, 2 * X, settings, "float64", 1e-9)
    assert np.isnan(records[-1].costs).sum() == 2
    assert records[-1].stopped is None
    everywhere = Starts(architecture, theta, X, 2 * X, Settings(**settings), rates * 0 + 1e3, "float32")
    assert ended(everywhere)[-1].stopped == "diverged"


def test_a_run_stopped_anywhere_goes_on_as_if_nothing_had_been():
    architecture = mlpviz.Architecture((2, 4, 1), ("tanh", "sigmoid"), "binary_cross_entropy", "mean_samples")
    chance = np.random.default_rng(0)
    X, Y = chance.standard_normal((11, 2)), chance.integers(0, 2, (11, 1))
    theta, rates = first_weights("seed", 6, architecture, "xavier_normal", 0, "float32"), np.full(6, 0.01)

    def run():
        return Starts(architecture, theta, X, Y, Settings("adam", batch_size=3, epochs=9), rates, "float32")

    straight, before = run(), run()
    ended(straight)
    for count in (2, 3, 1, 7):
        before.advance(steps=count)
    after = run()
    after.restore(before.state())
    ended(after)
    for name, value in straight.state().items():
        if name != "seconds":
            np.testing.assert_array_equal(after.state()[name], value)


def test_who_has_learned_is_said_by_one_criterion(monkeypatch):
    monkeypatch.setattr(learned, "ENTRIES", 20)  # several groups
    architecture = mlpviz.Architecture((2, 3, 1), ("tanh", "sigmoid"), "binary_cross_entropy", "mean_samples")
    theta, rates = first_weights("seed", 16, architecture, "xavier_normal", 0, "float32"), np.full(16, 0.05)
    starts = Starts(architecture, theta, *XOR, Settings("adam", batch_size=4, epochs=400), rates, "float32")
    shares = [record.measures["learned"] for record in ended(starts)]
    assert shares[0] < shares[-1]
    right = 0
    for own in starts.networks().theta:
        parameters = mlpviz.Parameters(architecture, "float32")
        parameters.flat[...] = own
        right += ((mlpviz.backpropagate(parameters, *XOR).A[-1] > 0.5) == XOR[1]).all()
    assert shares[-1] == right / 16


def test_initialisers_are_taken_in_turn():
    architecture = mlpviz.Architecture((2, 3, 1), ("tanh", "sigmoid"), "binary_cross_entropy", "mean_samples")
    theta = first_weights("initializer", 8, architecture, "normal", 5, "float64")
    assert not theta[0].any()
    assert (theta[7] == mlpviz.initialize(architecture, "normal", 6, "float64").flat).all()


def test_a_slow_compiler_keeps_nobody_from_being_heard(interpreted, monkeypatch):
    there, loaded = Event(), blocks.loaded
    monkeypatch.setattr(later, "takeover", lambda plan, count: choice.Takeover(1, 2))
    monkeypatch.setattr(blocks, "loaded", lambda text: there.wait() and loaded(text))
    architecture = mlpviz.Architecture((2, 2, 1), ("tanh", "sigmoid"), "binary_cross_entropy", "mean_samples")
    theta = first_weights("seed", 3, architecture, "xavier_normal", 0, "float64")

    def made():
        return Starts(
            architecture, theta, *XOR, Settings(epochs=6, batch_size=2), learning_rates("seed", 3, 0.1), "float64"
        )

    starts, again, whole = made(), made(), made()
    while starts.epoch < 1:
        starts.advance(1)
    for _look in range(2):
        assert starts.advance(seconds=0.01) is None
    assert starts.epoch == 1
    again.restore(starts.state())
    there.set()
    for each in (starts, again, whole):
        ended(each)
        assert "Numba" in str(each.steps.how)
    assert np.array_equal(starts.networks().theta, whole.networks().theta)
    assert np.array_equal(again.networks().theta, whole.networks().theta)
