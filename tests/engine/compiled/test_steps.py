"""Steps as machine code are the steps of NumPy, over networks of every kind."""

import importlib.util
import sys
from dataclasses import replace
from itertools import count
from threading import Event

import numpy as np
import pytest

import mlpviz
from mlpviz.engine.compiled import choice, module
from mlpviz.engine.compiled import steps as compiled_steps
from mlpviz.engine.threads import operations
from mlpviz.engine.training.optimizers import OPTIMIZERS
from mlpviz.engine.training.settings import Settings
from mlpviz.engine.training.training import Training
from mlpviz.maths.architecture import REDUCTIONS
from mlpviz.maths.losses import LOSSES
from tests.support.training import HIDDEN, network, run_by_python

needs_numba = pytest.mark.skipif(importlib.util.find_spec("numba") is None, reason="Numba is not installed")


@pytest.fixture
def interpreted(monkeypatch):
    monkeypatch.setattr("mlpviz.engine.compiled.available", lambda: True)
    monkeypatch.setattr(compiled_steps, "loaded", run_by_python)


@pytest.fixture
def kept(monkeypatch, tmp_path):
    monkeypatch.setenv(module.KEPT, str(tmp_path))
    return tmp_path


def both(parameters, X, Y, settings):
    """The same run by NumPy and by loops."""
    others = parameters.copy()
    return [
        Training(each, X, Y, Settings(**settings, compiled=compiled))
        for each, compiled in ((parameters, False), (others, True))
    ]


def check_same(ours, theirs, tolerance):
    for records in zip(ours.records(), theirs.records(), strict=True):
        np.testing.assert_allclose(records[1].costs, records[0].costs, tolerance, tolerance)
    np.testing.assert_allclose(theirs.parameters.flat, ours.parameters.flat, tolerance, tolerance)
    for name in ("A", "Z", "delta", "dW", "db"):
        for one, other in zip(getattr(ours.last.trace, name), getattr(theirs.last.trace, name), strict=True):
            if one is not None:
                np.testing.assert_allclose(other, one, tolerance, tolerance)


def test_the_loops_make_the_steps_of_numpy(interpreted):
    seen = set()
    for seed in range(60):
        parameters, X, Y, settings = network(np.random.default_rng(seed))
        check_same(*both(parameters, X, Y, settings), 1e-11)
        architecture = parameters.architecture
        seen |= {*architecture.activations, architecture.loss, settings["optimizer"], architecture.reduction}
    assert seen >= {*HIDDEN, *LOSSES, *OPTIMIZERS, *REDUCTIONS}


@needs_numba
def test_compiled_steps_are_the_steps_of_numpy(kept):
    """In float32, with products in loops and by BLAS, and functions."""
    architecture = mlpviz.Architecture((20, 60, 10), ("tanh", "softmax"), "cross_entropy", "mean_samples")
    chance = np.random.default_rng(0)
    X, Y = chance.standard_normal((200, 20)), np.eye(10)[chance.integers(0, 10, 200)]
    parameters = mlpviz.initialize(architecture, "xavier_normal", 0, "float32")
    settings = {"optimizer": "adam", "learning_rate": 1e-3, "batch_size": 100, "epochs": 2}
    ours, theirs = both(parameters, X, Y, settings)
    check_same(ours, theirs, 2e-5)
    assert sorted(path.suffix for path in kept.iterdir()) == ["", ".py"]
    assert allocations(theirs.steps, 0) == allocations(theirs.steps, 20)


def allocations(steps, count):
    """What the machine code of some steps allocates: its arguments, however many steps there are."""
    from numba.core.runtime import _nrt_python, rtsys

    _nrt_python.memsys_enable_stats()
    before, order = rtsys.get_allocation_stats().alloc, np.arange(2000) % 200
    steps.whole.make(np.empty(20), 0, count, order, np.repeat(steps.numbers[:1], 20, 0))
    return rtsys.get_allocation_stats().alloc - before


@needs_numba
def test_a_compiled_run_stops_resumes_and_diverges_as_one_of_numpy(kept):
    architecture = mlpviz.Architecture((2, 3, 2), ("relu", "sigmoid"), "half_squared_error", "mean_samples")
    chance = np.random.default_rng(1)
    X, Y = chance.standard_normal((7, 2)), chance.random((7, 2))

    def run(compiled, at=None, **more):
        targets = Y.copy()
        if at is not None:
            targets[at] = 1e200  # whose square is infinite
        parameters = mlpviz.initialize(architecture, "xavier_normal", 0, "float64")
        settings = {"optimizer": "momentum", "learning_rate": 0.1, "batch_size": 2, "epochs": 5, "shuffle": False}
        return Training(parameters, X, targets, Settings(**settings, compiled=compiled, **more))

    whole = run(True)
    costs = np.concatenate([record.costs for record in whole.records()])
    for stop in (0, 1, 4, 6, 9):
        first, second = run(True), run(True)
        for step in count():
            if step == stop:
                break
            first.advance(1)
        second.restore(first.state())
        records = list(second.records())
        assert np.array_equal(second.parameters.flat, whole.parameters.flat)
        assert np.array_equal(records[-1].costs, costs[-4:])
    by_numpy = run(False)
    by_numpy.restore(first.state())
    list(by_numpy.records())
    np.testing.assert_allclose(by_numpy.parameters.flat, whole.parameters.flat, 1e-12)
    for at in (0, 3, 6):
        runs = [run(compiled, at) for compiled in (False, True)]
        ends = [[record.message for record in each.records()][-1] for each in runs]
        assert ends[0] == ends[1] and runs[0].step == runs[1].step and runs[1].stopped == "diverged"
        np.testing.assert_allclose(runs[1].parameters.flat, runs[0].parameters.flat, 1e-12)


def test_numbers_that_have_settled_are_left_as_they_are(interpreted, monkeypatch):
    for optimizer in OPTIMIZERS.values():
        first, *others = (optimizer.numbers(0.1, optimizer.settled + k) for k in (1, 2, 1000, 10**9))
        assert all(each == first for each in others)
    adam = OPTIMIZERS["adam"]
    assert adam.numbers(0.1, adam.settled // 2) != adam.numbers(0.1, adam.settled)
    parameters, X, Y, settings = network(np.random.default_rng(2))
    settings |= {"optimizer": "adam", "batch_size": max(1, len(X) // 2), "schedule": "constant", "epochs": adam.settled}
    ends = {}
    for settled in (adam.settled, 10**9):
        monkeypatch.setitem(OPTIMIZERS, "adam", replace(adam, settled=settled))
        for training in both(parameters.copy(), X, Y, settings):
            begun = adam.settled // training.steps_per_epoch - 3
            training.restore(training.state() | {"epoch": begun})
            for _ in range(6):
                training.advance()
            ends.setdefault(type(training.steps).__name__, []).append(training.parameters.flat.copy())
    assert len(ends) == 2 and all(np.array_equal(*each) for each in ends.values())


@needs_numba
def test_extreme_logits_stay_what_they_are(kept):
    architecture = mlpviz.Architecture((3, 3), ("softmax",), "cross_entropy", "mean_samples")
    X = np.array([[1010.0, 1000, 990], [1e9, -1e9, 0], [-1e30, 1e30, 5]])
    parameters = mlpviz.initialize(architecture, "zeros", 0, "float64")
    parameters.W[1][...] = np.eye(3)
    settings = {"optimizer": "sgd", "learning_rate": 1e-30, "batch_size": 3, "epochs": 2, "shuffle": False}
    check_same(*both(parameters, X, np.eye(3)[[2, 0, 1]], settings), 1e-12)


def plan_of(widths, hidden, epochs, batch_size=10):
    architecture = mlpviz.Architecture(widths, (*hidden, "sigmoid"), "binary_cross_entropy", "mean_samples")
    X, Y = np.zeros((100, widths[0])), np.zeros((100, widths[-1]))
    parameters = mlpviz.initialize(architecture, "zeros", 0)
    return Training(parameters, X, Y, Settings("sgd", 0.1, batch_size, epochs, compiled=False))._plan()


def test_machine_code_takes_over_by_the_seconds_that_lie_ahead():
    small, large = ((2, 3, 2), ("relu",)), ((64, 128, 10), ("relu",))
    for layers, size, ready in ((small, 10, 5), (small, 30, 8), (small, 100, 5), (large, 100, 5)):  # 30 leaves a rest
        one = plan_of(*layers, 1, size)
        step, share = choice.of_step(operations(one.parameters.architecture, size))
        each = step + choice.EPOCH / one.steps
        for seconds in (2, 8, 12, 25, 60, 600):
            plan = plan_of(*layers, round(seconds / each / one.wanted), size)
            at = choice.takeover(plan)
            pays = (1 - share) * step / each * (seconds - choice.PEACE - ready) > ready
            assert (at is not None) == pays, (layers, size, seconds)
            assert not pays if seconds < 9 else pays or seconds < 30
            if at is not None:
                assert at.begun * each == pytest.approx(choice.PEACE, rel=0.01)
                assert at.used * each == pytest.approx(choice.PEACE + ready, rel=0.01)
    for size, *measured in choice.STEPS:
        assert choice.of_step(size) == pytest.approx(measured)
    assert choice.of_step(1) == choice.STEPS[0][1:] and choice.of_step(1e12) == choice.STEPS[-1][1:]


def test_a_run_becomes_machine_code_at_an_update_that_is_known_before(interpreted, monkeypatch):
    monkeypatch.setattr(choice, "takeover", lambda plan: choice.Takeover(5, 10))
    parameters, X, Y, settings = network(np.random.default_rng(2))
    settings |= {"epochs": 40, "batch_size": max(1, len(X) // 2)}
    ours, theirs = both(parameters, X, Y, settings)
    later = Training(parameters.copy(), X, Y, Settings(**settings))
    assert type(later.steps).__name__ == "LaterSteps"
    hows = [(later.step, str(later.steps.how)) for _ in later.records()]
    list(ours.records())
    assert all(("NumPy" in how) == (step - later.steps_per_epoch < 10) for step, how in hows)
    np.testing.assert_allclose(later.parameters.flat, ours.parameters.flat, 1e-11)
    assert later.rollback is later.steps.steps.rollback and later.last.trace is later.steps.steps.last.trace
    resumed = Training(theirs.parameters.copy(), X, Y, Settings(**settings))
    for _ in range(9):
        resumed.advance()
    again = Training(theirs.parameters.copy(), X, Y, Settings(**settings))
    again.restore(resumed.state())
    list(again.records())
    assert np.array_equal(again.parameters.flat, later.parameters.flat)


def test_a_slow_compiler_keeps_nobody_from_being_heard(interpreted, monkeypatch):
    monkeypatch.setattr(choice, "takeover", lambda plan: choice.Takeover(1, 2))
    there, loaded = Event(), compiled_steps.loaded
    monkeypatch.setattr(compiled_steps, "loaded", lambda text: there.wait() and loaded(text))
    parameters, X, Y, settings = network(np.random.default_rng(2))
    settings |= {"epochs": 6, "batch_size": len(X) // 2, "shuffle": True}
    run, again, whole = (Training(parameters.copy(), X, Y, Settings(**settings)) for _ in range(3))
    while run.epoch < 1:
        run.advance()
    stood = run.step, run.parameters.flat.copy()
    for _look in range(2):
        assert run.advance(seconds=0.01) is None
    assert run.step == stood[0] and np.array_equal(run.parameters.flat, stood[1])
    again.restore(run.state())
    there.set()
    for each in (run, again, whole):
        list(each.records())
        assert "Numba" in str(each.steps.how)
    assert np.array_equal(run.parameters.flat, whole.parameters.flat)
    assert np.array_equal(again.parameters.flat, whole.parameters.flat)


def test_a_short_run_does_not_load_the_compiler(monkeypatch):
    monkeypatch.setitem(sys.modules, compiled_steps.__name__, None)  # to import it is an error
    parameters, X, Y, settings = network(np.random.default_rng(0))
    assert "NumPy" in str(Training(parameters, X, Y, Settings(**settings)).steps.how)


def test_without_the_compiler_nothing_changes(monkeypatch):
    monkeypatch.setattr("mlpviz.engine.compiled.available", lambda: False)
    parameters, X, Y, settings = network(np.random.default_rng(0))
    assert "NumPy" in str(Training(parameters, X, Y, Settings(**settings | {"epochs": 10**9})).steps.how)
    with pytest.raises(ValueError, match=r"compiled=True needs Numba: python -m pip install numba"):
        Training(parameters, X, Y, Settings(**settings, compiled=True))


@needs_numba
def test_what_is_kept_and_damaged_is_made_anew(kept, monkeypatch):
    made = []
    monkeypatch.setattr(compiled_steps, "anew", lambda text: made.append(text) or module.anew(text))
    architecture = mlpviz.Architecture((2, 1), ("identity",), "half_squared_error", "sum")
    parameters, X, Y = mlpviz.initialize(architecture, "xavier_normal", 0, "float64"), np.eye(2), np.ones((2, 1))
    settings = {"optimizer": "sgd", "learning_rate": 0.1, "epochs": 2}

    def ours_and_theirs():
        module.loaded.cache_clear()
        return both(parameters.copy(), X, Y, settings)

    check_same(*ours_and_theirs(), 1e-12)
    check_same(*ours_and_theirs(), 1e-12)
    assert not made
    for path in kept.glob("__pycache__/*.nbc"):
        path.write_bytes(b"no machine code")
    check_same(*ours_and_theirs(), 1e-12)
    assert len(made) == 1
