"""Training: what a record says, that a run is repeatable and can be resumed anywhere, and what ends it early."""

import gc
import inspect
import tracemalloc
from dataclasses import replace

import numpy as np
import pytest

import mlpviz
from mlpviz.engine.threads import blas_threads, controller, default_threads
from mlpviz.engine.training.measures import MEASURES
from mlpviz.engine.training.optimizers import OPTIMIZERS
from mlpviz.engine.training.record import Recorded
from mlpviz.engine.training.settings import Settings
from mlpviz.engine.training.training import Training
from mlpviz.maths.messages import Message
from tests.support.oracle import problem

ARCHITECTURE = mlpviz.Architecture((4, 6, 3), ("relu", "softmax"), "cross_entropy", "mean_samples", l2=0.01)
REDUCTIONS = ("sum", "mean_samples", "mean_elements")


def of_reduction(reduction):
    return mlpviz.Architecture((4, 6, 3), ("tanh", "sigmoid"), "half_squared_error", reduction, l2=0.1)


def run(architecture=ARCHITECTURE, samples=23, **settings):
    """The parameters and the records after a run."""
    parameters, X, Y = problem(architecture, samples, 0)
    records = list(mlpviz.train(parameters, X, Y, **{"batch_size": 5, "epochs": 3, "learning_rate": 0.05} | settings))
    return parameters, records


def training(samples=23, architecture=ARCHITECTURE, most=None, **settings):
    parameters, X, Y = problem(architecture, samples, 0)
    settings = Settings(**{"batch_size": 5, "epochs": 3, "learning_rate": 0.05} | settings)
    return Training(parameters, X, Y, settings, most)


# what a run does


def test_no_work_is_done_ahead_of_a_record():
    parameters, X, Y = problem(ARCHITECTURE, 23, 0)
    start = parameters.flat.copy()
    epochs = mlpviz.train(parameters, X, Y, epochs=2, batch_size=5)
    assert inspect.isgenerator(epochs)
    np.testing.assert_array_equal(parameters.flat, start)
    first = next(epochs)
    moved = parameters.flat.copy()
    assert first.epoch == 1 and first.step == 5 and (moved != start).any()
    np.testing.assert_array_equal(parameters.flat, moved)
    assert [record.epoch for record in epochs] == [2]


@pytest.mark.parametrize("reduction", REDUCTIONS)
def test_costs_are_those_of_backpropagate_before_each_update(reduction):
    """And one epoch of gradient descent is its steps done by hand, the short last batch divided by its own size."""
    parameters, X, Y = problem(of_reduction(reduction), 23, 0)
    by_hand, costs = parameters.copy(), []
    for start in range(0, 23, 5):
        trace = mlpviz.backpropagate(by_hand, X[start : start + 5], Y[start : start + 5])
        costs.append(trace.cost)
        by_hand.flat -= 0.05 * trace.gradient
    (record,) = mlpviz.train(parameters, X, Y, "sgd", 0.05, 5, epochs=1, shuffle=False)
    np.testing.assert_allclose(record.costs, costs, rtol=1e-13)
    np.testing.assert_allclose(parameters.flat, by_hand.flat, rtol=1e-12)
    weights = [5, 5, 5, 5, 3]
    mean = sum(costs) if reduction == "sum" else np.average(costs, weights=weights)
    assert record.cost == pytest.approx(mean, rel=1e-13)
    assert record.samples == 23 and record.step == 5


def test_the_full_batch():
    parameters, X, Y = problem(ARCHITECTURE, 23, 0)
    cost = mlpviz.backpropagate(parameters, X, Y).cost
    (record,) = mlpviz.train(parameters, X, Y, batch_size=None, epochs=1)
    assert record.costs.tolist() == pytest.approx([cost])


def test_every_sample_is_seen_once_an_epoch_in_another_order():
    shuffled = training(samples=23, epochs=2)
    orders = []
    while not shuffled.finished:
        shuffled.advance()
        orders.append(shuffled.order.tolist())
    assert orders[0] != orders[1] and all(sorted(order) == list(range(23)) for order in orders)


# the records of a long run


def test_a_long_run_tells_of_a_bounded_number_of_epochs():
    for epochs in (1, 2, 7, 30, 31, 90):
        for most in (None, 1, 4, 30):
            told = Recorded(epochs, most)
            found = [epoch for epoch in range(1, epochs + 1) if epoch in told]
            assert found[0] == 1 and found[-1] == epochs and (most is None or len(found) <= most + 2)
            assert [told.since(epoch) for epoch in found] == np.diff([0, *found]).tolist()


def test_what_is_told_changes_nothing_of_a_run(monkeypatch):
    settings = {"samples": 23, "epochs": 20, "validation": 0.2, "measure": ["accuracy"]}
    whole, rare = training(**settings), training(**settings, most=4)
    records = list(whole.records())
    seen, compute = [], MEASURES["accuracy"].compute
    measure = replace(MEASURES["accuracy"], compute=lambda probe: seen.append(1) or compute(probe))
    monkeypatch.setitem(MEASURES, "accuracy", measure)
    for steps in (3, 1, 11):
        rare.advance(steps=steps)
    told = list(rare.records())
    assert [record.epoch for record in told] == [5, 10, 15, 20] and len(seen) == 5
    assert np.array_equal(rare.parameters.flat, whole.parameters.flat)
    for record in told:
        same = records[record.epoch - 1]
        assert record.costs.tolist() == same.costs.tolist() and record.measures == same.measures
        assert (record.step, record.validation_cost) == (same.step, same.validation_cost)
    assert [record.samples for record in told] == [(5 - 1) * 18, *[5 * 18] * 3]


def test_a_run_is_watched_between_its_records():
    settings = {"samples": 40, "epochs": 500, "learning_rate": 0.05, "validation": 0.5, "patience": 4}
    ends = [list(training(**settings, most=most).records())[-1] for most in (None, 3)]
    assert ends[0].epoch == ends[1].epoch < 500 and ends[0].message == ends[1].message
    settings = {"samples": 23, "epochs": 90, "optimizer": "sgd", "learning_rate": 1e9}
    ends = [list(training(**settings, most=most).records())[-1] for most in (None, 3)]
    assert ends[0].stopped == ends[1].stopped == "diverged" and ends[0].message == ends[1].message


# repeatable, and resumable anywhere


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_equal_seeds_give_equal_bits(optimizer, dtype):
    parameters, X, Y = problem(ARCHITECTURE, 23, 0, dtype)
    others = [parameters.copy() for _ in range(2)]
    costs = [
        np.concatenate([record.costs for record in mlpviz.train(each, X, Y, optimizer, 0.01, 5, seed=seed)])
        for each, seed in zip((parameters, *others), (3, 3, 4), strict=True)
    ]
    np.testing.assert_array_equal(parameters.flat, others[0].flat)
    np.testing.assert_array_equal(costs[0], costs[1])
    assert (parameters.flat != others[1].flat).any()


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("stop", [0, 1, 4, 5, 7, 12])
def test_a_resumed_run_is_the_run_that_was_never_stopped(optimizer, stop):
    """Stopped after so many steps of 15, in the middle of an epoch or between two; bit for bit."""
    settings = {"optimizer": optimizer, "schedule": "cosine", "validation": 0.2, "patience": 2, "batch_size": 4}
    whole, first, second = (training(samples=24, **settings) for _ in range(3))
    records = list(whole.records())
    early = [first.advance(steps=1) for _ in range(stop)]
    state = {name: np.array(value) for name, value in first.state().items()}  # as a file without pickle gives it
    first.advance()
    second.restore(state)
    later = [record for record in early if record] + list(second.records())
    np.testing.assert_array_equal(second.parameters.flat, whole.parameters.flat)
    for one, other in zip(later, records, strict=True):
        np.testing.assert_array_equal(one.costs, other.costs)
        for name in ("epoch", "step", "cost", "validation_cost", "validation_accuracy", "learning_rate", "stopped"):
            assert getattr(one, name) == getattr(other, name)


def test_a_state_is_a_copy_of_plain_things():
    run = training(optimizer="adam")
    run.advance(steps=7)
    run.advance(steps=2)
    state = run.state()
    assert {type(value) for value in state.values()} == {np.ndarray, int, float, str}
    assert not any(array.dtype.hasobject for array in state.values() if isinstance(array, np.ndarray))
    before = state["parameters"].copy()
    run.advance()
    np.testing.assert_array_equal(state["parameters"], before)


@pytest.mark.parametrize(
    ("other", "message"),
    [
        ({"batch_size": 4}, "its batch_size is 5, not 4"),
        ({"samples": 20}, "its order has 23 entries, not 20"),
        ({"architecture": mlpviz.Architecture((4, 3), ("softmax",), "cross_entropy", "sum")}, "its parameters has"),
        ({"optimizer": "momentum"}, "it has no optimizer velocity"),
    ],
)
def test_the_state_of_another_run_is_refused(other, message):
    there = training(**other)
    before = there.parameters.flat.copy()
    with pytest.raises(ValueError, match=message):
        there.restore(training().state())
    np.testing.assert_array_equal(there.parameters.flat, before)


def test_advancing_by_steps_and_by_time():
    run = training(epochs=2)
    assert run.advance(steps=2) is None and run.position == 2
    assert run.advance(seconds=0) is None and run.position == 3  # one step at least
    record = run.advance(steps=99)
    assert record.epoch == 1 and len(record.costs) == 5 and run.position == 0
    assert run.advance().epoch == 2
    assert run.finished and run.advance() is None
    with pytest.raises(ValueError, match="^steps must be a whole number of steps from 1 up, got 0$"):
        training().advance(steps=0)


def test_steps_one_by_one_are_the_same_run():
    whole, single = training(), training()
    list(whole.records())
    while not single.finished:
        single.advance(steps=1)
    np.testing.assert_array_equal(single.parameters.flat, whole.parameters.flat)


# what ends a run before its time


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("bad", [1, 2, 3, 5, 6, 8, 11])
def test_the_first_cost_that_is_not_finite_ends_the_run(optimizer, bad):
    """The samples of one step of 15 become NaN; the parameters are those before the update ahead of it."""
    run, right = (training(optimizer=optimizer, shuffle=False) for _ in range(2))
    for _ in range(bad - 2):
        right.advance(steps=1)
    records = []
    while not run.finished:
        if run.step == bad - 1:
            run.X[5 * run.position : 5 * run.position + 5] = np.nan
        record = run.advance(steps=1)
        records += [record] if record else []
    assert run.stopped == records[-1].stopped == "diverged"
    assert f"step {bad} is nan" in records[-1].message
    assert np.isnan(records[-1].costs[-1]) and np.isfinite(records[-1].costs[:-1]).all()
    assert len(records[-1].costs) == (bad - 1) % 5 + 1
    np.testing.assert_array_equal(run.parameters.flat, right.parameters.flat)
    for name, vector in run.updates.state.items():
        np.testing.assert_array_equal(vector, right.updates.state[name])


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("bad", [2, 3, 5, 6, 7, 11])
def test_a_resumed_run_whose_first_cost_is_not_finite_goes_back_as_the_run_that_was_never_stopped(optimizer, bad):
    """Back to the parameters before the last update, which the state brings along."""
    whole, first, second = (training(optimizer=optimizer, shuffle=False) for _ in range(3))
    for run in (whole, first):
        while run.step < bad - 1:
            run.advance(steps=1)
    second.restore({name: np.array(value) for name, value in first.state().items()})
    for run in (whole, second):
        run.X[5 * run.position : 5 * run.position + 5] = np.nan
    ends = [run.advance() for run in (whole, second)]
    assert ends[0].message == ends[1].message and f"before update {bad - 1}" in ends[1].message
    assert (second.parameters.flat != first.parameters.flat).any()
    for name, array in whole.state().items():
        if name != "seconds":
            np.testing.assert_array_equal(second.state()[name], array)


def test_going_back_over_many_steps():
    """A run in one go keeps its vectors only now and then, and makes the steps between again."""
    architecture = mlpviz.Architecture((1, 1), ("identity",), "half_squared_error", "sum", bias=False)
    X, Y = np.full((400, 1), 1.0), np.zeros((400, 1))
    X[277] = 1e200
    parameters = mlpviz.Parameters(architecture)
    parameters.W[1] = [[1.0]]
    (record,) = mlpviz.train(parameters, X, Y, "adam", 1e-3, 1, epochs=1, shuffle=False)
    assert len(record.costs) == 278 and record.cost == np.inf
    right = mlpviz.Parameters(architecture)
    right.W[1] = [[1.0]]
    list(mlpviz.train(right, X[:276], Y[:276], "adam", 1e-3, 1, epochs=1, shuffle=False))
    np.testing.assert_array_equal(parameters.flat, right.flat)


def test_a_learning_rate_that_is_too_high():
    """The parameters are left where the cost is still a number, in float32 and after the last step of an epoch too."""
    architecture = mlpviz.Architecture((2, 3, 1), ("identity", "identity"), "squared_error", "sum")
    for samples in (8, 16, 40):
        parameters, X, Y = problem(architecture, samples, 0, "float32")
        *_, last = mlpviz.train(parameters, X, Y, "sgd", 10.0, 4, epochs=50, shuffle=False)
        assert last.stopped == "diverged" and last.epoch < 50
        assert "smaller learning rate" in last.message
        assert np.isfinite(parameters.flat).all()


def test_nothing_is_changed_if_the_first_cost_is_no_number():
    parameters, X, Y = problem(ARCHITECTURE, 23, 0)
    parameters.W[1][...] = np.nan
    start = parameters.flat.copy()
    (record,) = mlpviz.train(parameters, X, Y, batch_size=5)
    assert record.stopped == "diverged" and "step 1 is nan, with the initial weights" in record.message
    np.testing.assert_array_equal(parameters.flat, start)


def test_the_target():
    _, free = run(epochs=20)
    target = sorted(record.cost for record in free)[3]
    _, records = run(epochs=20, target_cost=target)
    costs = [record.cost for record in records]
    assert records[-1].stopped == "target" and costs[-1] <= target < min(costs[:-1])
    assert f"the target is {target:g}" in records[-1].message
    assert all(record.stopped is None for record in records[:-1])


def test_patience():
    """With labels that say nothing of the inputs the validation cost soon rises."""
    _, records = run(samples=40, epochs=500, learning_rate=0.05, validation=0.5, patience=4)
    costs = [record.validation_cost for record in records]
    assert records[-1].stopped == "patience" and len(records) < 500
    assert int(np.argmin(costs)) == len(costs) - 5
    assert min(costs) == pytest.approx(float(records[-1].message.split()[-1].rstrip(".")), rel=1e-5)


# what is measured on the way


@pytest.mark.parametrize("reduction", REDUCTIONS)
def test_validation_is_a_pass_over_the_other_samples(reduction, monkeypatch):
    monkeypatch.setattr("mlpviz.engine.training.evaluation.CHUNK", 4)  # 7 samples are two chunks of unlike length
    parameters, X, Y = problem(of_reduction(reduction), 23, 0)
    *_, last = mlpviz.train(parameters, X[:16], Y[:16], batch_size=5, epochs=2, validation=(X[16:], Y[16:]))
    assert last.validation_cost == pytest.approx(mlpviz.backpropagate(parameters, X[16:], Y[16:]).cost, rel=1e-12)


def test_a_share_is_kept_aside():
    run = training(samples=40, validation=0.25)
    kept = set(run.validation.index.tolist())
    list(run.records())
    assert len(kept) == 10 and kept | set(run.order.tolist()) == set(range(40)) and run.steps_per_epoch == 6


@pytest.mark.parametrize(
    ("Y", "A", "right"),
    [
        ([[0, 1], [1, 0], [0, 1]], [[0.2, 0.8], [0.4, 0.6], [0.1, 0.3]], 2),
        ([[1], [0], [1]], [[0.7], [0.2], [0.1]], 2),
        ([[1, 1], [0, 0], [1, 0]], [[0.7, 0.8], [0.2, 0.6], [0.9, 0.1]], 2),
    ],
)
def test_right_answers(Y, A, right):
    from mlpviz.engine.training.evaluation import right_answers

    Y, A = np.array(Y, float), np.array(A)
    assert right_answers(Y)(A, Y) == right
    assert right_answers(Y + 0.5) is None


def test_measures():
    architecture = mlpviz.Architecture((2, 3, 2, 2), ("relu", "sigmoid", "softmax"), "cross_entropy", "mean_samples")
    parameters, X, Y = problem(architecture, 20, 0)
    Y = np.eye(2)[np.arange(20) % 2]
    parameters.b[1] = [[-1e3, 1e3, 0]]
    parameters.W[2], parameters.b[2] = np.zeros((2, 3)), [[20, 0]]
    names = ("accuracy", "gradient_norms", "dead_units", "saturation")
    (record,) = mlpviz.train(parameters, X, Y, "sgd", 1e-9, None, 1, freeze=("W", "b"), measure=names)
    trace = mlpviz.backpropagate(parameters, X, Y)
    norms = [np.hypot(np.linalg.norm(trace.dW[l]), np.linalg.norm(trace.db[l])) for l in (1, 2, 3)]
    assert record.gradient_norms == pytest.approx(norms)
    assert record.dead_units[0] >= 1 and record.dead_units[1:] == (0, 0)
    assert record.saturation == pytest.approx((0, 0.5, 0))
    assert record.accuracy == (trace.A[3].argmax(1) == Y.argmax(1)).mean()
    (plain,) = mlpviz.train(parameters, X, Y, batch_size=5, epochs=1)
    assert {getattr(plain, name) for name in (*names, "validation_cost", "validation_accuracy")} == {None}


# what it costs


def test_a_step_allocates_nothing():
    """1,000 steps of 64-128-10 need no more than the first few do."""
    architecture = mlpviz.Architecture((64, 128, 10), ("relu", "softmax"), "cross_entropy", "mean_samples")
    parameters, X, Y = problem(architecture, 1280, 0, "float32")
    run = Training(parameters, X, Y, Settings(batch_size=128, epochs=1000))
    gc.collect()
    tracemalloc.start()
    try:
        for _ in range(3):
            run.advance()
        tracemalloc.reset_peak()
        before, _ = tracemalloc.get_traced_memory()
        for _ in range(100):
            run.advance()
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak - before < 64 * 1024  # one layer's A alone is 65 kB


def test_a_million_samples_need_no_more_memory_from_epoch_to_epoch():
    """Data, order, traces and vectors are made once; an epoch makes its costs, and that of the last is given back."""
    architecture = mlpviz.Architecture((2, 8, 1), ("tanh", "sigmoid"), "binary_cross_entropy", "mean_samples")
    parameters = mlpviz.initialize(architecture, "xavier_normal", 0)
    X = np.random.default_rng(0).standard_normal((1_000_000, 2), "float32")
    settings = Settings(batch_size=2048, epochs=8, validation=0.2, measure=("accuracy", "gradient_norms"))
    run = Training(parameters, X, (X[:, :1] * X[:, 1:] > 0).astype("float32"), settings)
    gc.collect()
    tracemalloc.start()
    try:
        peaks = []
        for _epoch in range(6):
            tracemalloc.reset_peak()
            assert run.advance().samples == 800_000
            peaks.append(tracemalloc.get_traced_memory()[1])
        gc.collect()
        held, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert max(peaks[3:]) - max(peaks[1:3]) < 64 * 1024, peaks
    assert max(peaks) < 4 * X.nbytes, peaks
    assert held < 2 * X.nbytes


def test_short_steps_take_one_thread_of_blas():
    pytest.importorskip("threadpoolctl")
    tiny, middle, long = (mlpviz.Architecture((n, n), ("tanh",), "squared_error", "sum") for n in (3, 100, 2000))
    assert [default_threads(architecture, 64) for architecture in (tiny, middle, long)] == [None, 1, None]
    assert [default_threads(architecture, 4, looked_at=1024) for architecture in (tiny, middle)] == [None, 1]
    before = [pool["num_threads"] for pool in controller().select(user_api="blas").info()]
    with blas_threads(1):
        assert {pool["num_threads"] for pool in controller().select(user_api="blas").info()} <= {1}
    assert [pool["num_threads"] for pool in controller().select(user_api="blas").info()] == before


def test_numpys_settings_are_left_as_they_were():
    before = np.geterr(), np.getbufsize()
    parameters, X, Y = problem(ARCHITECTURE, 23, 0)
    for _ in mlpviz.train(parameters, X, Y, batch_size=5):
        assert (np.geterr(), np.getbufsize()) == before


# what is refused


@pytest.mark.parametrize(
    ("argument", "value", "message"),
    [
        ("optimizer", "lion", "^optimizer must be one of sgd, momentum, nesterov, adam, rmsprop; got 'lion'$"),
        *[
            ("learning_rate", value, f"^learning_rate must be a finite number above 0, got {value!r}$")
            for value in (0, -0.1, float("nan"), float("inf"), "0.1", None, True)
        ],
        *[
            ("batch_size", value, f"^batch_size must be a whole number of samples from 1 up, got {value!r}$")
            for value in (0, -1, 2.5, "8", True)
        ],
        ("batch_size", 24, "^batch_size must be from 1 to 23, .* to train on, or None for all; got 24$"),
        ("epochs", 0, "^epochs must be a whole number of epochs from 1 up, got 0$"),
        ("epochs", 1.5, "^epochs must be a whole number of epochs from 1 up, got 1.5$"),
        ("shuffle", "yes", "^shuffle must be True or False, got 'yes'$"),
        ("seed", -1, "^seed must be a whole number from 0 up, got -1$"),
        ("freeze", ("b[3]",), "^freeze must name"),
        ("schedule", "up", "^schedule must be one of"),
        ("measure", ("speed",), "^measure must be one of accuracy, .*, saturation; got 'speed'$"),
        ("measure", "accuracy", "^measure must be a sequence of names"),
        ("patience", 0, "^patience must be a whole number of epochs from 1 up, got 0$"),
        ("target_cost", "low", "^target_cost must be a finite number, got 'low'$"),
        ("threads", 0, "^threads must be a whole number of threads from 1 up, got 0$"),
        *[
            ("validation", value, "^validation must be a share between")
            for value in (0.0, 1.0, 0.01, float("inf"), float("nan"), 3, "half")
        ],
    ],
)
def test_what_is_wrong_is_named_at_once(argument, value, message):
    parameters, X, Y = problem(ARCHITECTURE, 23, 0)
    start = parameters.flat.copy()
    with pytest.raises(ValueError, match=message):
        mlpviz.train(parameters, X, Y, **{"batch_size": 5, argument: value})
    np.testing.assert_array_equal(parameters.flat, start)


def test_data_that_do_not_fit_are_refused_at_once():
    parameters, X, Y = problem(ARCHITECTURE, 23, 0)
    with pytest.raises(ValueError, match="^X has 22 samples and Y has 23"):
        mlpviz.train(parameters, X[1:], Y)
    with pytest.raises(ValueError, match=r"^Y must have shape \(m, 3\)"):
        mlpviz.train(parameters, X, Y[:, :2])
    with pytest.raises(ValueError, match="^batch_size must be from 1 to 23"):
        mlpviz.train(parameters, X, Y, batch_size=24)
    with pytest.raises(TypeError, match="momentum"):
        mlpviz.train(parameters, X, Y, momentum=0.5)


def test_the_default_batch_takes_all_of_a_small_set():
    architecture = mlpviz.Architecture((2, 3, 2), ("tanh", "sigmoid"), "half_squared_error", "sum")
    parameters = mlpviz.initialize(architecture, "he_normal", seed=0, dtype="float64")
    X, Y = np.ones((4, 2)), np.zeros((4, 2))
    (record,) = mlpviz.train(parameters, X, Y, epochs=1)
    assert record.costs.shape == (1,)
    with pytest.raises(ValueError, match="batch_size must be from 1 to 4"):
        next(iter(mlpviz.train(parameters, X, Y, epochs=1, batch_size=128)))


# what it says is data


def test_why_a_run_has_ended_is_kept_in_its_state_as_data():
    ended = training(samples=23, epochs=5, target_cost=1e9)
    record = ended.advance()
    assert isinstance(record.message, Message) and record.message.startswith("The cost has come down to ")
    resumed = training(samples=23, epochs=5, target_cost=1e9)
    resumed.restore(ended.state())
    assert (resumed.message, resumed.message.template) == (record.message, record.message.template)


def test_a_state_of_before_messages_were_data_is_read():
    ended = training(samples=23, epochs=5, target_cost=1e9)
    ended.advance()
    resumed = training(samples=23, epochs=5, target_cost=1e9)
    resumed.restore({**ended.state(), "message": "The cost has come down to 1, and the target is 2."})
    assert resumed.message == "The cost has come down to 1, and the target is 2."
    assert resumed.finished
