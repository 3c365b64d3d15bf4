"""Matrix products by a cuBLAS handle, on the addresses of C-contiguous matrices, none of which is copied."""

from itertools import product

import numpy as np
import pytest

from mlpviz.engine.gpu.runtime.products import LibraryProducts, products
from mlpviz.engine.memory import WORKSPACE

SHAPES = [(2, 3, 4), (1, 5, 3), (4, 5, 1), (3, 1, 2), (1, 1, 1), (7, 2, 7)]


def operand(recorder, rows, columns, transposed, dtype, generator):
    """A matrix to be read as (rows, columns), and what is read."""
    shape = (columns, rows) if transposed else (rows, columns)
    values = generator.standard_normal(shape).astype(dtype)
    return recorder.asarray(values), values.T if transposed else values


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("make", [products, lambda recorder: LibraryProducts()], ids=["cublas", "library"])
@pytest.mark.parametrize(("rows", "inner", "columns"), SHAPES)
def test_products_of_matrices_read_as_they_are_or_transposed(recorder, make, dtype, rows, inner, columns):
    generator, multiply = np.random.default_rng(0), make(recorder)
    for left_transposed, right_transposed in product((False, True), repeat=2):
        left, a = operand(recorder, rows, inner, left_transposed, dtype, generator)
        right, b = operand(recorder, inner, columns, right_transposed, dtype, generator)
        out = recorder.full((rows, columns), np.nan, dtype)
        call = multiply.bind(left, right, out, left_transposed, right_transposed)
        assert np.isnan(out.get()).all()
        call()
        np.testing.assert_allclose(out.get(), a @ b, rtol=1e-5)


def test_parts_of_a_vector_are_matrices_too(recorder):
    """W[l] and dW[l] stand in θ and ∇J."""
    theta, gradient = recorder.asarray(np.arange(20.0)), recorder.zeros(20)
    left, right, out = theta[3:9].reshape(2, 3), theta[9:15].reshape(3, 2), gradient[5:9].reshape(2, 2)
    products(recorder).bind(left, right, out)()
    expected = np.zeros(20)
    expected[5:9] = (np.arange(3.0, 9).reshape(2, 3) @ np.arange(9.0, 15).reshape(3, 2)).ravel()
    np.testing.assert_array_equal(gradient.get(), expected)


@pytest.mark.parametrize(("tf32", "mode"), [(False, 0), (True, 3)])
def test_tf32_is_off_unless_asked_for(recorder, tf32, mode):
    multiply = products(recorder, tf32)
    assert recorder.cublas.handles[multiply.handle]["math"] == mode


def test_tf32_without_the_bindings_is_told(recorder, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "nvmath.bindings.cublas", None)
    assert "CUPY_TF32" in products(recorder, tf32=True).obstacle
    assert "CUPY_TF32" not in products(recorder).obstacle


def test_the_handle_goes_with_its_products(recorder):
    multiply = products(recorder)
    handle = multiply.handle
    call = multiply.bind(*(recorder.zeros((2, 2)) for _ in range(3)))
    call()
    assert recorder.cublas.handles[handle]["workspace"] == WORKSPACE
    del multiply
    assert handle in recorder.cublas.handles
    del call
    assert not recorder.cublas.handles


def test_products_follow_the_stream(recorder):
    """And the workspace is set again, since cuBLAS forgets it: the stand-in refuses a product without one."""
    multiply = products(recorder)
    call = multiply.bind(*(recorder.zeros((2, 2)) for _ in range(3)))
    call()
    stream = recorder.cuda.Stream(non_blocking=True)
    with stream:
        call()
        assert recorder.cublas.handles[multiply.handle]["stream"] == stream.ptr
    call()
    assert recorder.cublas.handles[multiply.handle]["stream"] == 0
