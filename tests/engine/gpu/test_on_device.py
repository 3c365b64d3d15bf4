"""On a GPU: what no stand-in can show. ``test_steps.py`` runs there too."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

import mlpviz
from mlpviz.engine.gpu.runtime import program as module
from mlpviz.engine.gpu.runtime.device import GpuDevice
from mlpviz.engine.gpu.runtime.products import LibraryProducts, products
from mlpviz.engine.gpu.schedule import lowering
from mlpviz.engine.memory import NoRoom, of_trace
from mlpviz.engine.training.settings import Settings
from mlpviz.engine.training.training import Training
from mlpviz.maths.activations import ACTIVATIONS
from mlpviz.maths.losses import LOSSES
from tests.support.oracle import distance, problem, random_architecture
from tests.support.oracle import of_trace as arrays_of

pytestmark = [pytest.mark.gpu, pytest.mark.usefixtures("gpu")]

alone = pytest.mark.timing
"""What is measured here, time or memory, is the whole GPU's: no other test may use it meanwhile."""

TOLERANCE = {"float32": 1e-5, "float64": 1e-12}
ROUNDED = 2
"""How many times as far from the exact numbers as NumPy's in the same type those of the GPU may be, if not nearer."""

WIDE = mlpviz.Architecture((96, 160, 130, 10), ("relu", "tanh", "softmax"), "cross_entropy", "mean_samples", l2=1e-3)
GIGABYTE = 10**9

SPIN = r"""
extern "C" __global__ void spin(long long cycles)
{
    long long begun = clock64();
    while (clock64() - begun < cycles) {}
}"""


def on_host(trace):
    """The arrays of a trace by name, brought to the host."""
    cpu = mlpviz.Trace(trace.parameters.astype(trace.parameters.dtype, "cpu"), trace.batch_size)
    for name in ("A", "Z", "delta", "dW", "db"):
        for mine, its in zip(getattr(cpu, name), getattr(trace, name), strict=True):
            if mine is not None:
                mine[...] = its.get()
    cpu.losses[...], cpu.cost_buffer[...] = trace.losses.get(), trace.cost_buffer.get()
    return arrays_of(cpu)


def assert_same_trace(architecture, m, seed, dtype):
    parameters, X, Y = problem(architecture, m, seed, dtype)
    right = dict(arrays_of(mlpviz.backpropagate(parameters.astype("float64"), X, Y)).named())
    near = dict(arrays_of(mlpviz.backpropagate(parameters, X, Y)).named())
    found = dict(on_host(mlpviz.backpropagate(parameters, X, Y, device="cuda")).named())
    for name, array in right.items():
        most = max(TOLERANCE[dtype], ROUNDED * distance(near[name], array))
        assert distance(found[name], array) <= most, f"{name} of {architecture}, {m} samples"


def training(architecture=WIDE, samples=1500, dtype="float32", batch_size=64, epochs=2, **settings):
    parameters, X, Y = problem(architecture, samples, 0, dtype)
    chosen = Settings(batch_size=batch_size, epochs=epochs, **settings)
    return Training(parameters.astype(dtype, "cuda"), X, Y, chosen)


def bits(run):
    return run.state()["parameters"].tobytes()


@pytest.fixture
def cublas(monkeypatch):
    """As if no product were small: all are made by cuBLAS, as those of large networks are."""
    monkeypatch.setattr(lowering, "tiled", lambda product, _trees: product)


@pytest.fixture(params=["tiles", "cublas"])
def either(request):
    """Products both ways."""
    if request.param == "cublas":
        request.getfixturevalue("cublas")


# the trace


@pytest.mark.parametrize("dtype", TOLERANCE)
@pytest.mark.parametrize("seed", range(40))
def test_every_field_of_a_trace_is_that_of_the_cpu(seed, dtype):
    generator = np.random.default_rng(seed)
    assert_same_trace(random_architecture(generator), int(generator.integers(1, 70)), seed, dtype)


@pytest.mark.parametrize("dtype", TOLERANCE)
@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("loss", LOSSES)
def test_every_activation_and_loss(activation, loss, dtype):
    output = (LOSSES[loss].outputs or (activation,))[-1]
    assert_same_trace(mlpviz.Architecture((5, 9, 4), (activation, output), loss, "mean_elements"), 33, 1, dtype)


@pytest.mark.parametrize("dtype", TOLERANCE)
@pytest.mark.parametrize("m", [1, 31, 1000, 5000])
@pytest.mark.usefixtures("either")
def test_wide_networks_and_large_batches(m, dtype):
    assert_same_trace(WIDE, m, 0, dtype)


def test_several_threads_at_once():
    """As a server's pages do it."""
    parameters, X, Y = problem(WIDE, 50, 0, "float64")
    right = mlpviz.backpropagate(parameters, X, Y).gradient
    with ThreadPoolExecutor(4) as pool:
        found = list(
            pool.map(lambda _: mlpviz.backpropagate(parameters, X, Y, device="cuda").gradient.get(), range(16))
        )
    for gradient in found:
        assert distance(gradient, right) < 1e-12


# training


@pytest.mark.parametrize(("dtype", "tolerance"), [("float32", 1e-4), ("float64", 1e-10)])
@pytest.mark.parametrize("optimizer", ["momentum", "adam"])
@pytest.mark.usefixtures("either")
def test_the_trajectory_is_that_of_the_cpu(optimizer, dtype, tolerance):
    parameters, X, Y = problem(WIDE, 700, 0, dtype)
    there = parameters.astype(dtype, "cuda")
    settings = {"optimizer": optimizer, "learning_rate": 0.001, "batch_size": 64, "epochs": 3}
    records = [list(mlpviz.train(each, X, Y, **settings)) for each in (parameters, there)]
    for right, found in zip(*records, strict=True):
        np.testing.assert_allclose(found.costs, right.costs, rtol=tolerance)
    assert distance(there.flat.get(), parameters.flat) < tolerance


def captured_or_skip(run):
    """A run whose steps are captured as graphs, which takes NVIDIA's bindings."""
    if run.steps.whole.make.obstacle:
        pytest.skip(run.steps.whole.make.obstacle)
    return run


@pytest.mark.parametrize("dtype", TOLERANCE)
@pytest.mark.usefixtures("either")
def test_a_graph_gives_the_bits_that_its_launches_give(dtype):
    graph, launches = captured_or_skip(training(dtype=dtype)), training(dtype=dtype)
    for batch in (launches.steps.whole, launches.steps.last):
        batch.make.obstacle = "that is what is compared"
    for run in (graph, launches):
        list(run.records())
    assert graph.steps.whole.make.many is not None and graph.steps.how.startswith("Up to 16 steps")
    assert launches.steps.whole.make.many is None
    assert bits(graph) == bits(launches)


@pytest.mark.parametrize("stop", [0, 1, 5, 22, 25])
def test_a_resumed_run_is_the_run_that_was_never_stopped(stop):
    whole, first, second = (training(optimizer="adam") for _ in range(3))
    list(whole.records())
    for _ in range(stop):
        first.advance(steps=1)
    second.restore(first.state())
    list(second.records())
    assert bits(second) == bits(whole)


@pytest.mark.usefixtures("cublas")
def test_cublas_and_the_library_agree():
    """Without NVIDIA's bindings the same steps are made by CuPy's own products."""
    first, second = captured_or_skip(training(dtype="float64")), training(dtype="float64")
    for batch in (second.steps.whole, second.steps.last):
        batch.make.obstacle = "that is what is compared"
        for k, call in enumerate(batch.make.calls):
            if hasattr(call, "gemm"):
                _one, _zero, left, right, out = call.held
                transposed = [bool(flag) for flag in (call.arguments[2], call.arguments[1])]
                batch.make.calls[k] = LibraryProducts().bind(left, right, out, *transposed)
    for run in (first, second):
        list(run.records())
    assert distance(second.parameters.flat.get(), first.parameters.flat.get()) < 1e-11


@alone
def test_the_host_runs_ahead_of_the_device(gpu, monkeypatch):
    """While the device is busy with something else, steps are asked for without waiting, and nothing is allocated."""
    allocated = []

    class Hook(gpu.cuda.MemoryHook):
        name = "allocations"

        def malloc_preprocess(self, **of):
            allocated.append(of)

    spin, busy = gpu.RawKernel(SPIN, "spin"), gpu.cuda.Event()
    for tiny in (False, True):
        architecture = mlpviz.Architecture((2, 3, 2), ("relu", "sigmoid"), "squared_error", "sum") if tiny else WIDE
        run = training(architecture, samples=5000)
        run.advance(steps=40)
        gpu.cuda.get_current_stream().synchronize()
        spin((1,), (1,), (np.int64(2_000_000_000),))
        busy.record()
        with Hook():
            run.steps.whole.make(37)
        assert not busy.done
        assert not allocated
        gpu.cuda.get_current_stream().synchronize()


def test_tf32_is_off_unless_asked_for(gpu):
    generator = np.random.default_rng(0)
    left, right = (generator.standard_normal((512, 512)).astype(np.float32) for _ in range(2))
    exact, apart = left.astype(np.float64) @ right.astype(np.float64), {}
    for tf32 in (False, True):
        multiply = products(gpu, tf32)
        if multiply.obstacle:
            pytest.skip(multiply.obstacle)
        out = gpu.empty((512, 512), np.float32)
        multiply.bind(gpu.asarray(left), gpu.asarray(right), out)()
        apart[tf32] = distance(out.get(), exact)
    assert apart[False] < 1e-6
    if int(gpu.cuda.Device().compute_capability) >= 80:
        assert 1e-5 < apart[True] < 1e-2


# memory


@alone
def test_a_run_gives_its_memory_back(gpu):
    """Nearly all: kernels that were loaded stay."""
    parameters = mlpviz.initialize(WIDE, "he_normal", device="cuda")
    X, Y = np.zeros((GIGABYTE // 4 // 106, 96), np.float32), np.zeros((GIGABYTE // 4 // 106, 10), np.float32)
    list(mlpviz.train(parameters, X[:700], Y[:700], batch_size=64, epochs=1))
    gpu.get_default_memory_pool().free_all_blocks()
    before = gpu.cuda.runtime.memGetInfo()[0]
    for end in (list, lambda epochs: epochs.close(), lambda epochs: None):
        epochs = mlpviz.train(parameters, X, Y, batch_size=65536, epochs=1)
        next(epochs)
        assert before - gpu.cuda.runtime.memGetInfo()[0] > 0.9 * GIGABYTE
        end(epochs)
        del epochs
        gpu.get_default_memory_pool().free_all_blocks()
        assert before - gpu.cuda.runtime.memGetInfo()[0] < 0.1 * GIGABYTE


@alone
def test_a_trace_takes_what_it_says(gpu):
    parameters = mlpviz.initialize(WIDE, "he_normal", device="cuda")
    free = gpu.cuda.runtime.memGetInfo()[0]
    m = GIGABYTE // of_trace(WIDE, 1, "float32")
    trace = mlpviz.Trace(parameters, m * 40)
    taken = free - gpu.cuda.runtime.memGetInfo()[0]
    assert taken == pytest.approx(of_trace(WIDE, m * 40, "float32"), rel=0.05)
    del trace
    assert free - gpu.cuda.runtime.memGetInfo()[0] < 0.05 * taken


def test_what_would_not_fit_is_refused(gpu):
    parameters = mlpviz.initialize(WIDE, "he_normal", device="cuda")
    with pytest.raises(NoRoom, match=r"^device cuda has .* of memory free, and this network .* wants .* GB$"):
        mlpviz.Trace(parameters, 10**10)
    assert np.isfinite(gpu.asarray([1.0]).get()).all()


def test_too_little_memory_all_the_same_is_a_memory_error(gpu, monkeypatch):
    """And the device goes on working."""
    monkeypatch.setattr(GpuDevice, "check_room", lambda self, wanted: None)
    parameters = mlpviz.initialize(WIDE, "he_normal", device="cuda")
    with pytest.raises(MemoryError):
        mlpviz.Trace(parameters, 10**10)
    assert np.isfinite(mlpviz.backpropagate(parameters, np.zeros((3, 96)), np.zeros((3, 10))).cost)


def test_the_device_has_a_name_and_memory(gpu):
    device = GpuDevice(gpu)
    assert device.name and device.memory >= device.free > 0
    assert device.name in training(epochs=1).steps.how


def test_tiny_networks_train_in_one_kernel(monkeypatch):
    architecture = mlpviz.Architecture(
        (2, 8, 8, 2), ("relu", "relu", "sigmoid"), "binary_cross_entropy", "mean_samples"
    )
    one_kernel = training(architecture, dtype="float64", batch_size=32)
    monkeypatch.setattr(module, "persistent", lambda *_given: None)
    launches = training(architecture, dtype="float64", batch_size=32)
    for run in (one_kernel, launches):
        list(run.records())
    assert "kernel" in one_kernel.steps.how and "kernel" not in launches.steps.how
    assert distance(one_kernel.parameters.flat.get(), launches.parameters.flat.get()) < 1e-12
