"""A run on the device: the CPU's numbers, the same way back where a cost is not finite, and every state resumable.

The device is the stand-in, which runs the generated kernels, and a GPU where there is one. Networks this small train in
one kernel, so each test runs that way and, with that kernel taken away, as launches in a graph.
"""

import numpy as np
import pytest

import mlpviz
from mlpviz.engine.gpu.runtime import program as module
from mlpviz.engine.training.optimizers import OPTIMIZERS
from mlpviz.engine.training.settings import Settings
from mlpviz.engine.training.training import Training
from tests.support.device_runs import ARCHITECTURE, training
from tests.support.oracle import distance, problem

TOLERANCE = {"float32": 1e-4, "float64": 1e-10}
MEASURE = ("accuracy", "gradient_norms", "dead_units", "saturation")


@pytest.fixture(params=["one kernel", "a graph"])
def way(request, cuda, monkeypatch):
    """The two ways in which steps are made."""
    if request.param == "a graph":
        monkeypatch.setattr(module, "persistent", lambda *_given: None)
    return request.param


def on_host(run):
    """All that a run's state holds, but its seconds."""
    return {name: value for name, value in run.state().items() if name != "seconds"}


def assert_equal_states(one, other):
    first, second = on_host(one), on_host(other)
    assert list(first) == list(second)
    for name in first:
        np.testing.assert_array_equal(first[name], second[name], name)


# the CPU's numbers


@pytest.mark.parametrize(("way", "dtype"), [("one kernel", "float64"), ("a graph", "float32")], indirect=["way"])
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_the_trajectory_is_that_of_the_cpu(way, optimizer, dtype):
    settings = {"optimizer": optimizer, "dtype": dtype, "validation": 0.2, "measure": MEASURE, "learning_rate": 0.01}
    here, there = (training(device, 38, **settings) for device in ("cpu", "cuda"))
    for right, found in zip(here.records(), there.records(), strict=True):
        np.testing.assert_allclose(found.costs, right.costs, rtol=TOLERANCE[dtype])
        assert (found.epoch, found.step, found.learning_rate) == (right.epoch, right.step, right.learning_rate)
        for name in ("cost", "validation_cost", "gradient_norms", "saturation"):
            assert getattr(found, name) == pytest.approx(getattr(right, name), rel=TOLERANCE[dtype])
        assert found.dead_units == right.dead_units
    assert distance(there.parameters.flat.get(), here.parameters.flat) < TOLERANCE[dtype]
    for name, vector in there.updates.state.items():
        assert distance(vector.get(), here.updates.state[name]) < TOLERANCE[dtype]


@pytest.mark.parametrize(
    "settings",
    [
        {"freeze": ("b",)},
        {"freeze": ("W[1]", "b[3]")},
        {"freeze": ("W", "b")},
        {"schedule": "cosine", "optimizer": "sgd"},
        {"schedule": "warm_up", "optimizer": "adam"},
        {"schedule": "step", "schedule_options": {"every": 1.0, "gamma": 0.5}},
        {"batch_size": None},
        {"batch_size": 1, "samples": 7},
        {"batch_size": 23},
        {"batch_size": 4, "samples": 40},
        {"shuffle": False},
        {"seed": 7, "validation": (np.ones((3, 4)), np.full((3, 3), 1 / 3))},
        {"architecture": mlpviz.Architecture((3, 4, 2), ("relu", "sigmoid"), "squared_error", "sum", bias=False)},
        {"architecture": mlpviz.Architecture((2, 1), ("sigmoid",), "binary_cross_entropy", "mean_elements")},
    ],
    ids=str,
)
def test_every_setting_does_what_it_does_on_the_cpu(way, settings):
    here, there = (training(device, **settings) for device in ("cpu", "cuda"))
    start = here.parameters.flat.copy()
    for right, found in zip(here.records(), there.records(), strict=True):
        np.testing.assert_allclose(found.costs, right.costs, rtol=1e-10)
        assert found.validation_cost == pytest.approx(right.validation_cost)
    assert distance(there.parameters.flat.get(), here.parameters.flat) < 1e-10
    moved = here.parameters.flat != start
    np.testing.assert_array_equal(there.parameters.flat.get() != start, moved)


def test_batches_are_those_of_the_cpu(way):
    here, there = (training(device, samples=17) for device in ("cpu", "cuda"))
    for _step in range(7):
        for run in (here, there):
            run.advance(steps=1)
        batch = [(run.last if run.position in (0, 4) else run.steps.whole).trace for run in (here, there)]
        np.testing.assert_array_equal(batch[1].A[0].get(), batch[0].A[0])
        np.testing.assert_array_equal(batch[1].Y.get(), batch[0].Y)


def test_both_ways_are_one_trajectory(cuda, monkeypatch):
    one_kernel = training(epochs=2)
    monkeypatch.setattr(module, "persistent", lambda *_given: None)
    launches = training(epochs=2)
    assert "kernel" in one_kernel.steps.how and "graph" in launches.steps.how
    for run in (one_kernel, launches):
        list(run.records())
    assert distance(one_kernel.parameters.flat.get(), launches.parameters.flat.get()) < 1e-12


def test_a_kernel_that_is_told_of_few_steps_at_a_time(cuda, monkeypatch):
    whole = training(epochs=2)
    monkeypatch.setattr(module, "AT_ONCE", 2)
    parts = training(epochs=2)
    for run in (whole, parts):
        list(run.records())
    assert_equal_states(whole, parts)


# resumed anywhere


@pytest.mark.parametrize(
    ("optimizer", "stop"), [("sgd", 0), ("adam", 1), ("sgd", 4), ("adam", 5), ("adam", 7), ("sgd", 12)]
)
def test_a_resumed_run_is_the_run_that_was_never_stopped(way, optimizer, stop):
    settings = {"optimizer": optimizer, "schedule": "cosine", "validation": 0.2, "patience": 2, "batch_size": 4}
    whole, first, second = (training(samples=24, **settings) for _ in range(3))
    records = list(whole.records())
    early = [first.advance(steps=1) for _ in range(stop)]
    state = {name: np.array(value) for name, value in first.state().items()}  # as a file without pickle gives it
    first.advance()
    second.restore(state)
    later = [record for record in early if record] + list(second.records())
    assert_equal_states(second, whole)
    for one, other in zip(later, records, strict=True):
        np.testing.assert_array_equal(one.costs, other.costs)
        for name in ("epoch", "step", "cost", "validation_cost", "validation_accuracy", "learning_rate", "stopped"):
            assert getattr(one, name) == getattr(other, name)


@pytest.mark.parametrize(("first", "second"), [("cuda", "cpu"), ("cpu", "cuda")])
def test_a_run_goes_on_on_the_other_device(way, first, second):
    begun, on, right = training(first), training(second), training("cpu")
    begun.advance(steps=3)
    on.restore(begun.state())
    for run in (on, right):
        list(run.records())
    flat = on.state()["parameters"]
    assert distance(flat, right.parameters.flat) < 1e-12


def test_a_run_cut_up_by_the_clock_is_the_same_run(way):
    whole, parts = training(samples=83), training(samples=83)
    list(whole.records())
    while not parts.finished:
        parts.advance(seconds=1e-9)
    np.testing.assert_array_equal(parts.parameters.flat.get(), whole.parameters.flat.get())


def test_time_is_kept(way):
    """A step at a time where there is none, and all of an epoch where there is enough."""
    run = training(samples=500)
    run.advance(seconds=1e-9)
    first = run.position
    run.advance(seconds=1e-9)
    assert 1 <= first <= 4 and run.position == first + 1
    assert run.advance(seconds=3600.0) is not None


# a cost that is not finite


@pytest.mark.parametrize(
    ("bad", "at_once"), [(1, None), (2, 1), (2, None), (3, 2), (5, None), (5, 1), (6, 2), (6, None), (7, 1), (11, None)]
)
def test_the_first_cost_that_is_not_finite_ends_the_run(way, bad, at_once):
    """The parameters are those before the last update, whether steps are looked at one by one or an epoch at a time."""
    right, run = (training(optimizer="adam", shuffle=False) for _ in range(2))
    while right.step < bad - 2:
        right.advance(steps=1)
    while run.epoch < (bad - 1) // 5:
        run.advance(steps=at_once)
    poison(run, (bad - 1) % 5)
    record = None
    while not run.finished:
        record = run.advance(steps=at_once)
    assert record.stopped == "diverged" and record.message.startswith(f"The cost at step {bad} is nan")
    assert len(record.costs) == (bad - 1) % 5 + 1 and np.isfinite(record.costs[:-1]).all()
    assert run.step == bad - 1
    np.testing.assert_array_equal(run.parameters.flat.get(), right.parameters.flat.get())
    for name, vector in run.updates.state.items():
        np.testing.assert_array_equal(vector.get(), right.updates.state[name].get())


def poison(run, batch):
    """Make the samples of one batch such that their cost is no number."""
    X = run.X.get()
    X[5 * batch : 5 * batch + 5] = np.nan
    run.X.set(X)


@pytest.mark.parametrize("bad", [2, 5, 6, 7])
def test_a_resumed_run_goes_back_as_the_run_that_was_never_stopped(way, bad):
    whole, first, second = (training(shuffle=False) for _ in range(3))
    for run in (whole, first):
        while run.step < bad - 1:
            run.advance(steps=1)
    second.restore({name: np.array(value) for name, value in first.state().items()})
    for run in (whole, second):
        poison(run, (bad - 1) % 5)
    ends = [run.advance() for run in (whole, second)]
    assert ends[0].message == ends[1].message and f"before update {bad - 1}" in ends[1].message
    assert_equal_states(whole, second)


def test_parameters_that_overflow_at_the_last_step(way):
    """No cost tells of them, so that they are looked at when the epoch ends."""
    here, there = (overflowing(device) for device in ("cpu", "cuda"))
    right, found = here.advance(), there.advance()
    assert (found.stopped, found.message) == (right.stopped, right.message)
    assert np.isfinite(there.parameters.flat.get()).all()
    assert distance(there.parameters.flat.get(), here.parameters.flat) < 1e-12


def overflowing(device):
    architecture = mlpviz.Architecture((1, 1), ("identity",), "half_squared_error", "sum", bias=False)
    parameters = mlpviz.Parameters(architecture, device=device)
    settings = Settings("sgd", 1e308, 1, epochs=1, shuffle=False)
    return Training(parameters, [[0.0], [0.0], [4.0]], [[0.0], [0.0], [1.0]], settings)


def test_equal_runs_give_equal_bits(way):
    runs = [training(optimizer="adam", dtype="float32") for _ in range(2)]
    for run in runs:
        list(run.records())
    assert_equal_states(*runs)


def test_no_work_is_done_ahead_of_a_record(way):
    parameters, X, Y = problem(ARCHITECTURE, 23, 0)
    there = parameters.astype("float64", "cuda")
    epochs = mlpviz.train(there, X, Y, epochs=2, batch_size=5)
    np.testing.assert_array_equal(there.flat.get(), parameters.flat)
    next(epochs)
    assert (there.flat.get() != parameters.flat).any()
