"""The trace is the workspace: its shapes, its views, and a pass that allocates nothing."""

import gc
import tracemalloc

import numpy as np
import pytest

import mlpviz
from mlpviz.engine.passes import call_all, load
from mlpviz.maths.activations import ACTIVATIONS
from mlpviz.maths.expressions import Symbol
from mlpviz.maths.losses import LOSSES
from tests.support.oracle import of_trace, problem

ARCHITECTURE = mlpviz.Architecture((3, 4, 2), ("tanh", "softmax"), "cross_entropy", "mean_samples", l2=0.1)
UNBIASED = mlpviz.Architecture((3, 4, 2), ("tanh", "softmax"), "cross_entropy", "mean_samples", bias=False)

OVERHEAD = 4096
"""Bytes that may be taken and given back meanwhile: the call itself, and NumPy's own buffer of 192 entries."""


def shapes(layers):
    return [None if array is None else array.shape for array in layers]


def test_shapes_are_those_of_the_contract():
    trace = mlpviz.backpropagate(*problem(ARCHITECTURE, 5, 0))
    assert shapes(trace.A) == [(5, 3), (5, 4), (5, 2)]
    assert shapes(trace.Z) == shapes(trace.delta) == [None, (5, 4), (5, 2)]
    assert shapes(trace.dW) == [None, (4, 3), (2, 4)]
    assert shapes(trace.db) == [None, (1, 4), (1, 2)]
    assert trace.losses.shape == (5, 1) and trace.Y.shape == (5, 2)
    assert trace.gradient.shape == (ARCHITECTURE.parameter_count,)
    assert type(trace.cost) is float
    assert trace.batch_size == 5


def test_without_biases_there_are_no_gradients_of_them():
    trace = mlpviz.backpropagate(*problem(UNBIASED, 5, 0))
    assert list(trace.db) == [None, None, None]
    assert trace.gradient.shape == (12 + 8,)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_every_buffer_has_the_parameters_type(dtype):
    trace = mlpviz.backpropagate(*problem(ARCHITECTURE, 5, 0, dtype))
    layers = [*trace.A, *trace.Z, *trace.delta, *trace.dW, *trace.db, trace.losses, trace.Y, trace.gradient]
    assert {array.dtype.name for array in layers if array is not None} == {dtype}


def test_gradients_are_views_of_one_vector():
    trace = mlpviz.backpropagate(*problem(ARCHITECTURE, 5, 0))
    arrays = [array for array in (*trace.dW, *trace.db) if array is not None]
    assert all(array.base is trace.gradient for array in arrays)
    in_order = [array.ravel() for l in (1, 2) for array in (trace.dW[l], trace.db[l])]
    np.testing.assert_array_equal(np.concatenate(in_order), trace.gradient)


def test_buffers_do_not_overlap():
    trace = mlpviz.backpropagate(*problem(ARCHITECTURE, 5, 0))
    buffers = [*trace.A, *trace.Z[1:], *trace.delta[1:], trace.Y, trace.losses, trace.gradient, trace.parameters.flat]
    for i, one in enumerate(buffers):
        assert not any(np.shares_memory(one, other) for other in buffers[:i])


def test_a_pass_reads_the_parameters_themselves():
    parameters, X, Y = problem(ARCHITECTURE, 5, 0)
    trace = mlpviz.backpropagate(parameters, X, Y)
    before = trace.cost
    parameters.W[1][0, 1] += 1
    mlpviz.forward(trace)
    assert trace.cost != before
    assert trace.cost == mlpviz.backpropagate(parameters, X, Y).cost


def test_a_second_pass_gives_the_same_bits():
    trace = mlpviz.backpropagate(*problem(ARCHITECTURE, 5, 0))
    first = of_trace(trace)
    mlpviz.forward(trace)
    mlpviz.backward(trace)
    for (name, before), (_, after) in zip(first.named(), of_trace(trace).named(), strict=True):
        np.testing.assert_array_equal(before, after, err_msg=name)


def test_a_trace_takes_one_batch_after_another():
    parameters, X, Y = problem(ARCHITECTURE, 5, 0)
    trace = mlpviz.backpropagate(parameters, X, Y)
    _, other_X, other_Y = problem(ARCHITECTURE, 5, 1)
    load(trace, other_X, other_Y)
    mlpviz.forward(trace)
    mlpviz.backward(trace)
    fresh = mlpviz.backpropagate(parameters, other_X, other_Y)
    np.testing.assert_array_equal(trace.gradient, fresh.gradient)
    with pytest.raises(ValueError, match=r"^X has 4 samples, and the trace was made for 5$"):
        load(trace, X[:4], Y[:4])


def test_the_batch_is_copied():
    parameters, X, Y = problem(ARCHITECTURE, 5, 0)
    trace = mlpviz.backpropagate(parameters, X, Y)
    assert not np.shares_memory(trace.A[0], X) and not np.shares_memory(trace.Y, Y)
    np.testing.assert_array_equal(trace.A[0], X)


def test_lists_and_integers_are_batches():
    trace = mlpviz.backpropagate(mlpviz.Parameters(ARCHITECTURE), [[1, 2, 3]], [[0, 1]])
    assert trace.A[0].tolist() == [[1.0, 2.0, 3.0]]
    assert trace.cost == pytest.approx(np.log(2))


@pytest.mark.parametrize("name", ["Z", "W", "b", "dW", "delta"])
@pytest.mark.parametrize("layer", [-1, 0, 3])
def test_there_is_no_array_outside_the_network(name, layer):
    """In Python a list's entry −1 is its last, silently."""
    trace = mlpviz.backpropagate(*problem(ARCHITECTURE, 5, 0))
    with pytest.raises(ValueError, match=rf"^this network has no {name}\[{layer}\]$"):
        trace.buffer(Symbol(name, layer))


NETWORKS = [
    (("relu", "softmax"), "cross_entropy"),
    (("relu", "sigmoid"), "binary_cross_entropy"),
    (("tanh", "sigmoid"), "cross_entropy"),
    (("leaky_relu", "elu"), "half_squared_error"),
    (("gelu", "silu"), "squared_error"),
    (("softplus", "identity"), "squared_error"),
    (("softmax", "softmax"), "half_squared_error"),
]


def test_every_activation_and_loss_is_among_the_networks():
    assert {name for activations, _ in NETWORKS for name in activations} == set(ACTIVATIONS)
    assert {loss for _, loss in NETWORKS} == set(LOSSES)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize(("activations", "loss"), NETWORKS, ids=str)
def test_a_pass_allocates_nothing(activations, loss, dtype):
    architecture = mlpviz.Architecture((64, 128, 10), activations, loss, "mean_samples", l2=0.1)
    trace = mlpviz.backpropagate(*problem(architecture, 128, 0, dtype))

    def passes(times):
        for _ in range(times):
            mlpviz.forward(trace)
            mlpviz.backward(trace)

    gc.collect()
    tracemalloc.start()
    try:
        passes(3)
        del [{"out": None} for _ in range(200)][:]  # Python puts by some dictionaries, and passes would fill its store
        for _ in range(3):  # another thread of this process may take something, but not each time
            before, _ = tracemalloc.get_traced_memory()
            tracemalloc.reset_peak()
            passes(6)
            after, peak = tracemalloc.get_traced_memory()
            risen, kept = peak - after, after - before
            # A[2] is 5 kB, A[1] 65 kB; the smallest of the arrays of a batch are its losses
            if nothing := risen < OVERHEAD and kept < trace.losses.nbytes:
                break
    finally:
        tracemalloc.stop()
    assert nothing, (risen, kept)


@pytest.mark.parametrize("samples", [5, 200], ids=["few entries", "many entries"])
@pytest.mark.parametrize(("activations", "loss"), NETWORKS, ids=str)
def test_a_whole_pass_is_the_phases_one_after_another(activations, loss, samples):
    """What the backward pass shares with the forward pass is computed once, anew at every pass."""
    architecture = mlpviz.Architecture((6, 7, 3), activations, loss, "mean_samples", l2=0.1)
    parameters, X, Y = problem(architecture, samples, 0)
    by_phases, whole = (mlpviz.Trace(parameters, samples) for _ in range(2))
    calls = whole.whole_pass()
    assert len(calls) <= sum(map(len, by_phases.calls.values()))
    for _ in range(2):
        for trace in (by_phases, whole):
            load(trace, X, Y)
        mlpviz.forward(by_phases)
        mlpviz.backward(by_phases)
        call_all(calls)
        for (name, right), (_, found) in zip(of_trace(by_phases).named(), of_trace(whole).named(), strict=True):
            np.testing.assert_allclose(found, right, rtol=1e-12, atol=1e-15, err_msg=name)
        X, parameters.W[1][...] = -0.5 * X, parameters.W[1] + 0.25


def test_the_slope_of_half_the_squared_error_is_not_computed_again():
    """A − Y stands in the loss and in the output error."""
    architecture = mlpviz.Architecture((2, 2), ("sigmoid",), "half_squared_error", "sum")
    trace = mlpviz.Trace(mlpviz.Parameters(architecture), 3)
    assert len(trace.whole_pass()) == sum(map(len, trace.calls.values())) - 1
