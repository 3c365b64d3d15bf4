"""Parameters: one flat vector, and the layers as views of it."""

import numpy as np
import pytest

import mlpviz
from tests.support.on_device import DEVICES

ARCHITECTURE = mlpviz.Architecture((2, 3, 4), ("relu", "identity"), "squared_error", "sum")
UNBIASED = mlpviz.Architecture((2, 3, 4), ("relu", "identity"), "squared_error", "sum", bias=False)


def test_they_start_at_zero_with_the_shapes_of_the_contract():
    parameters = mlpviz.Parameters(ARCHITECTURE)
    assert parameters.W[0] is None and parameters.b[0] is None
    assert [W.shape for W in parameters.W[1:]] == [(3, 2), (4, 3)]
    assert [b.shape for b in parameters.b[1:]] == [(1, 3), (1, 4)]
    assert parameters.flat.shape == (ARCHITECTURE.parameter_count,) == (25,)
    assert not parameters.flat.any()
    assert len(parameters.W) == len(parameters.b) == 3


def test_without_biases_there_are_none():
    parameters = mlpviz.Parameters(UNBIASED)
    assert list(parameters.b) == [None, None, None]
    assert parameters.flat.shape == (18,)


@pytest.mark.parametrize("architecture", [ARCHITECTURE, UNBIASED], ids=["bias", "no bias"])
def test_layers_are_views_that_cover_the_vector_once(architecture):
    parameters = mlpviz.Parameters(architecture)
    arrays = [array for array in (*parameters.W, *parameters.b) if array is not None]
    for array in arrays:
        assert array.base is parameters.flat
        array += 1
    assert (parameters.flat == 1).all()


def test_the_layout_is_layer_by_layer_weights_before_biases():
    parameters = mlpviz.Parameters(ARCHITECTURE)
    parameters.flat[...] = np.arange(25)
    assert parameters.W[1].tolist() == [[0, 1], [2, 3], [4, 5]]
    assert parameters.b[1].tolist() == [[6, 7, 8]]
    assert parameters.W[2].ravel().tolist() == list(range(9, 21))
    assert parameters.b[2].ravel().tolist() == list(range(21, 25))


def test_assignment_writes_into_the_vector():
    parameters = mlpviz.Parameters(ARCHITECTURE)
    parameters.W[1] = [[1, 2], [3, 4], [5, 6]]
    parameters.b[2] = [7, 7, 7, 7]
    parameters.W[2] += 1
    parameters.W[1][0, 1] = 9
    assert parameters.flat.tolist() == [1, 9, 3, 4, 5, 6, 0, 0, 0, *[1] * 12, *[7] * 4]
    assert all(W.base is parameters.flat for W in parameters.W[1:])


def test_assignment_of_another_shape_or_no_layer_is_refused():
    parameters = mlpviz.Parameters(ARCHITECTURE)
    with pytest.raises(ValueError, match="shape"):
        parameters.W[1] = np.ones((2, 3))
    with pytest.raises(ValueError, match="there is no array at layer 0"):
        parameters.W[0] = 1
    with pytest.raises(ValueError, match="there is no array at layer 1"):
        mlpviz.Parameters(UNBIASED).b[1] = 1
    assert not parameters.flat.any()


def test_a_copy_has_numbers_of_its_own():
    parameters = mlpviz.initialize(ARCHITECTURE, "normal", dtype="float64")
    copy = parameters.copy()
    assert copy.architecture is ARCHITECTURE and copy.dtype == "float64"
    np.testing.assert_array_equal(copy.flat, parameters.flat)
    copy.W[1][...] = 0
    assert parameters.W[1].all()


def test_another_type():
    parameters = mlpviz.initialize(ARCHITECTURE, "normal", dtype="float64")
    single = parameters.astype("float32")
    assert single.flat.dtype == single.W[2].dtype == np.float32
    np.testing.assert_array_equal(single.flat, parameters.flat.astype(np.float32))
    np.testing.assert_array_equal(single.astype("float64").flat, single.flat)


@pytest.mark.parametrize("dtype", ["float32", "float64", np.float32, np.dtype("float64"), float])
def test_types_that_are_taken(dtype):
    parameters = mlpviz.Parameters(ARCHITECTURE, dtype)
    assert parameters.dtype == np.dtype(dtype).name
    assert parameters.flat.dtype == parameters.W[1].dtype == np.dtype(dtype)


@pytest.mark.parametrize("device", DEVICES, indirect=True)
def test_they_live_on_their_device_and_go_to_another(device):
    parameters = mlpviz.Parameters(ARCHITECTURE, "float32", device)
    parameters.W[1][...] = 2.0
    parameters.b[2][0, 1] = 3.0
    here = parameters.astype("float64", "cpu")
    assert (here.W[1] == 2).all()
    assert here.b[2][0].tolist()[:2] == [0.0, 3.0]
    assert here.flat.sum() == 2 * here.W[1].size + 3
    assert (parameters.copy().device, parameters.astype("float64").device, here.device) == (device, device, "cpu")
    there = here.astype("float32", device)
    np.testing.assert_array_equal(there.astype("float64", "cpu").flat, here.flat)
    with pytest.raises(ValueError, match="there is no array at layer 0"):
        parameters.W[0] = 1
