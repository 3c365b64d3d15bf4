"""The device itself: what it is called, what goes there and comes back, and kernels that want more than others."""

import numpy as np
import pytest

import mlpviz
from mlpviz.engine.backend import backend
from mlpviz.engine.chunking import FIRST, GROWTH, Chunking
from mlpviz.engine.gpu.schedule.launches import Kernel

SOURCE = 'extern "C" __global__ void put(double* x) { if (threadIdx.x == 0) x[0] = 7.0; }'


def kernel(name="put", shared=0):
    return Kernel(name, SOURCE.replace("put", name), (), (1, 1, 1), (32, 1, 1), shared)


def test_name_and_memory(recorder):
    device = backend("cuda").arrays.device
    assert (device.name, device.memory, device.free) == ("a stand-in without a GPU", recorder.memory, recorder.memory)
    held = recorder.zeros(1000)
    assert device.free == recorder.memory - held.nbytes


@pytest.mark.parametrize("shared", [0, 48 * 1024, 200_000])
def test_shared_memory_beyond_the_usual_is_asked_for(recorder, shared):
    """The stand-in refuses a launch with more than was granted."""
    x, wanted = recorder.zeros(1), kernel(f"put{shared}", shared)
    backend("cuda").arrays.device.kernel(wanted)(wanted.grid, wanted.block, (x,), shared)
    assert float(x) == 7.0


def test_arrays_arrive_contiguous_and_of_their_type(recorder):
    device = backend("cuda").arrays
    values = np.arange(6, dtype=np.int64).reshape(2, 3).T
    there = device.asarray(values, "float32")
    assert type(there) is recorder.ndarray and there.flags.c_contiguous and there.dtype == np.float32
    np.testing.assert_array_equal(device.to_host(there), values)
    assert device.asarray(there, "float32") is there
    assert device.asarray(3.0, "float64").shape == ()


def test_what_is_only_looked_at_stays_on_the_host(recorder):
    device = backend("cuda").arrays
    with recorder.counting() as counts:
        rows = device.as_given([[1, 2], [3, 4]], "float32")
    assert type(rows) is np.ndarray and rows.dtype == np.float32 and not counts.total()
    there = device.asarray(rows, "float32")
    assert device.as_given(there, "float32") is there


@pytest.mark.parametrize("where", ["host", "device"])
def test_data_may_be_on_the_device_already(recorder, where):
    parameters = mlpviz.initialize(
        mlpviz.Architecture((2, 1), ("sigmoid",), "binary_cross_entropy", "sum"), "normal", device="cuda"
    )
    X, Y = np.array([[1.0, 2.0], [3.0, -4.0]], np.float32), np.array([[0.0], [1.0]], np.float32)
    given = (X, Y) if where == "host" else (recorder.asarray(X), recorder.asarray(Y))
    right = mlpviz.backpropagate(parameters.astype("float32", "cpu"), X, Y)
    assert mlpviz.backpropagate(parameters, *given).cost == pytest.approx(right.cost, rel=1e-6)
    (record,) = mlpviz.train(parameters, *given, epochs=1)
    assert record.cost == pytest.approx(right.cost, rel=1e-6)


@pytest.mark.parametrize(
    ("X", "Y", "message"),
    [
        ([[1.0]], [[1.0]], r"^X must have shape \(m, 2\)"),
        ([["a", "b"]], [[1.0]], "^X must be a matrix of numbers"),
        ([[1.0, 2.0]], [[2.0]], "^Y must be from 0 to 1"),
        ([[1.0, 2.0]], [[1.0], [0.0]], "equally many"),
    ],
)
def test_what_is_wrong_with_data_is_found_before_they_go_there(recorder, X, Y, message):
    parameters = mlpviz.Parameters(
        mlpviz.Architecture((2, 1), ("sigmoid",), "binary_cross_entropy", "sum"), device="cuda"
    )
    with recorder.counting() as counts:
        for refused in (mlpviz.backpropagate, mlpviz.train):
            with pytest.raises(ValueError, match=message):
                refused(parameters, X, Y)
    assert not counts.total()


def test_the_stand_in_refuses_what_cupy_refuses(recorder):
    there = recorder.asarray(np.ones((2, 3)))
    for wrong in (
        lambda: np.asarray(there),
        lambda: there + np.ones((2, 3)),
        lambda: there.__setitem__(0, np.ones(3)),
        lambda: there.set(np.ones((2, 3), np.float32)),
        lambda: there.get(out=np.empty((2, 3)), blocking=False),
        lambda: there.T.dot(there, there.T),
    ):
        with pytest.raises((TypeError, AssertionError)):
            wrong()


def test_a_pinned_copy_arrives_when_it_is_waited_for(recorder):
    device, event = backend("cuda").arrays.device, recorder.cuda.Event()
    there, here = recorder.asarray(np.arange(5.0)), device.pinned(5, "float64")
    here[...] = 0
    there[1:3].get(out=here[1:3], blocking=False)
    assert here.tolist() == [0] * 5
    event.synchronize()
    assert here.tolist() == [0, 1, 2, 0, 0]


def test_pace():
    chunking = Chunking()
    assert chunking.fitting(1.0) == FIRST and chunking.fitting(float("inf")) > 10**9
    chunking.note(10, 1.0)
    assert (chunking.fitting(0.55), chunking.fitting(0.0), chunking.fitting(-1.0), chunking.fitting(99.0)) == (
        5,
        1,
        1,
        GROWTH * 10,
    )
