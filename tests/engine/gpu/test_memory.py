"""The device's memory: asked for before it is taken, and given back with whatever took it."""

import gc

import numpy as np
import pytest

import mlpviz
from mlpviz.benchmark.configurations import CONFIGURATIONS
from mlpviz.engine.memory import WORKSPACE, NoRoom, in_words, of_trace
from mlpviz.engine.training.evaluation import Evaluation
from mlpviz.engine.training.settings import Settings
from mlpviz.engine.training.training import Training
from tests.support.oracle import problem

ARCHITECTURE = mlpviz.Architecture((4, 6, 5, 3), ("tanh", "silu", "softmax"), "cross_entropy", "mean_samples")
MEASURE = ("accuracy", "gradient_norms", "dead_units", "saturation")
REFUSED = r"^device cuda has [\d.]+ \w+ of memory free, and this network with its data and batch size wants [\d.]+ \w+$"


@pytest.fixture
def no_collector():
    """What is let go must go at once, and not when Python looks for circles."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def there(recorder, samples=40):
    """Parameters on the device, nothing else there, and data here."""
    parameters, X, Y = problem(ARCHITECTURE, samples, 0)
    parameters = parameters.astype("float64", "cuda")
    recorder.get_default_memory_pool().free_all_blocks()
    assert recorder.taken == parameters.flat.nbytes
    return parameters, X, Y


# given back


def exhausted(epochs):
    list(epochs)


def stopped(epochs):
    next(epochs)
    epochs.close()


def abandoned(epochs):
    next(epochs)


def never_begun(epochs):
    pass


def thrown_at(epochs):
    next(epochs)
    with pytest.raises(KeyboardInterrupt):
        epochs.throw(KeyboardInterrupt)


@pytest.mark.parametrize("end", [exhausted, stopped, abandoned, never_begun, thrown_at])
def test_a_run_gives_its_memory_back(recorder, no_collector, end):
    parameters, X, Y = there(recorder)
    before = recorder.taken
    epochs = mlpviz.train(parameters, X, Y, epochs=2, batch_size=6, validation=0.2, measure=MEASURE)
    assert recorder.taken > before + X.nbytes
    end(epochs)
    del epochs
    recorder.get_default_memory_pool().free_all_blocks()
    assert recorder.taken == before
    assert not recorder.cublas.handles


def test_a_run_that_is_refused_leaves_nothing(recorder, no_collector):
    parameters, X, Y = there(recorder)
    before = recorder.taken
    for wrong in ({"batch_size": 100}, {"freeze": ("W[9]",)}, {"validation": 2.0}, {"epochs": 0}):
        with pytest.raises(ValueError):
            mlpviz.train(parameters, X, Y, **wrong)
    assert recorder.taken == before


def test_a_trace_gives_its_memory_back(recorder, no_collector):
    parameters, X, Y = there(recorder)
    trace = mlpviz.backpropagate(parameters, X, Y)
    assert np.isfinite(trace.cost)
    del trace, parameters
    recorder.get_default_memory_pool().free_all_blocks()
    assert recorder.taken == 0


def test_an_evaluation_gives_its_memory_back(recorder, no_collector):
    parameters, X, Y = there(recorder)
    before = recorder.taken
    data = (recorder.asarray(X), recorder.asarray(Y))
    Evaluation(parameters, *data, np.arange(40)).cost_and_accuracy()
    del data
    recorder.get_default_memory_pool().free_all_blocks()
    assert recorder.taken == before


def test_epochs_take_no_more_memory(recorder):
    parameters, X, Y = there(recorder)
    epochs = mlpviz.train(parameters, X, Y, epochs=6, batch_size=6, validation=0.2, measure=MEASURE)
    next(epochs)
    next(epochs)
    taken = recorder.taken
    list(epochs)
    assert recorder.taken <= taken


# asked for before


@pytest.mark.parametrize("name", CONFIGURATIONS)
def test_what_a_run_wants_is_what_it_takes(counter, monkeypatch, name):
    """To a hundredth, but for a workspace that the tiny networks do without: as many bytes as an epoch has taken."""
    configuration, asked = CONFIGURATIONS[name], []
    (first, *_, last), samples = configuration.widths, 3 * configuration.batch_size + configuration.batch_size // 2
    parameters = mlpviz.Parameters(configuration.architecture, "float32", "cuda")
    room = type(counter.cuda.runtime).memGetInfo
    free = room(counter.cuda.runtime)[0]
    monkeypatch.setattr(
        "mlpviz.engine.gpu.runtime.device.GpuDevice.check_room", lambda self, wanted: asked.append(wanted)
    )
    X, Y = np.zeros((samples, first), np.float32), np.zeros((samples, last), np.float32)
    run = Training(parameters, X, Y, Settings(configuration.optimizer, batch_size=configuration.batch_size))
    run.advance()
    taken = counter.peak - (counter.memory - free)
    spared = 0 if counter.cublas.handles else WORKSPACE
    assert abs(taken + spared - asked[0]) <= 0.01 * taken + 64


def test_what_would_not_fit_is_refused_before_anything_is_allocated(recorder):
    parameters, X, Y = there(recorder)
    recorder.memory = recorder.taken + 30_000_000
    with recorder.counting() as counts:
        for refused in (
            lambda: mlpviz.train(parameters, X, Y),
            lambda: mlpviz.train(parameters, X, Y, validation=(np.zeros((10**6, 4)), np.full((10**6, 3), 1 / 3))),
            lambda: mlpviz.backpropagate(parameters, np.zeros((10**5, 4)), np.full((10**5, 3), 1 / 3)),
            lambda: mlpviz.Parameters(
                mlpviz.Architecture((2000, 2000), ("relu",), "squared_error", "sum"), device="cuda"
            ),
        ):
            with pytest.raises(NoRoom, match=REFUSED):
                refused()
    assert not counts["allocations"] and not counts["to device"]


def test_the_sentence_names_both(recorder):
    recorder.memory = 1_500_000
    architecture = mlpviz.Architecture((1000, 300), ("relu",), "squared_error", "sum", bias=False)
    with pytest.raises(ValueError, match=r"has 1\.50 MB of memory free, .* wants 2\.40 MB$"):
        mlpviz.Parameters(architecture, device="cuda")


def test_what_the_library_keeps_for_later_counts_as_free(recorder):
    recorder.memory = 1000
    recorder.zeros(100)
    assert recorder.taken == 800
    mlpviz.Parameters(mlpviz.Architecture((30, 4), ("relu",), "squared_error", "sum", bias=False), device="cuda")


def test_the_cpu_refuses_nothing():
    trace = mlpviz.Trace(mlpviz.Parameters(ARCHITECTURE), 3)
    held = [x for layers in (trace.A, trace.Z, trace.delta) for x in layers if x is not None]
    held += [trace.Y, trace.losses, trace.cost_buffer, trace.gradient]
    assert of_trace(ARCHITECTURE, 3, "float64") == sum(x.nbytes for x in held)


def test_an_allocation_that_fails_all_the_same_is_a_memory_error(recorder, no_collector):
    parameters, X, Y = there(recorder)
    before = recorder.taken
    recorder.fails_at = recorder.counts["allocations"] + 9
    with pytest.raises(MemoryError):
        mlpviz.train(parameters, X, Y)
    recorder.get_default_memory_pool().free_all_blocks()
    assert recorder.taken == before


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, "0 bytes"), (999, "999 bytes"), (2500, "2.50 kB"), (3 * 10**6, "3.00 MB"), (80 * 10**9, "80.00 GB")],
)
def test_bytes_in_words(count, words):
    assert in_words(count) == words
