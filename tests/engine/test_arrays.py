"""The array library of a device: operations in place, and plain words where a device or type is not there."""

import types

import numpy as np
import pytest

import mlpviz
from mlpviz.engine.arrays import checked_dtype
from mlpviz.engine.backend import backend
from mlpviz.engine.cpu.arrays import LINE
from mlpviz.engine.gpu import arrays as module
from mlpviz.maths.primitives import PRIMITIVES

ARCHITECTURE = mlpviz.Architecture((2, 1), ("relu",), "squared_error", "sum")
CPU = backend("cpu").arrays
X = np.array([[-1.5, 0.0, 0.5], [2.0, 3.0, -0.25]])


@pytest.mark.parametrize("device", ["gpu", "cuda:0", "", None, 0])
def test_an_unknown_device(device):
    with pytest.raises(ValueError, match=r"^device must be cpu or cuda, got "):
        mlpviz.Parameters(ARCHITECTURE, device=device)


def test_a_gpu_without_cupy(monkeypatch):
    def missing(name):
        raise ImportError(name)

    monkeypatch.setattr(module, "import_module", missing)
    backend.cache_clear()
    with pytest.raises(ValueError, match=r"^device cuda needs the package cupy, which is not installed$"):
        mlpviz.Parameters(ARCHITECTURE, device="cuda")


def test_cupy_without_a_gpu(monkeypatch):
    cupy = types.SimpleNamespace(cuda=types.SimpleNamespace(is_available=lambda: False))
    monkeypatch.setattr(module, "import_module", lambda name: cupy)
    backend.cache_clear()
    with pytest.raises(ValueError, match=r"^device cuda needs a GPU, and CuPy finds none on this machine$"):
        mlpviz.initialize(ARCHITECTURE, "normal", device="cuda")


def test_cupy_without_a_compiler(monkeypatch):
    """CuPy's package alone has none."""

    def compiled():
        raise RuntimeError("Failed to find CUDA headers.")

    cuda = types.SimpleNamespace(is_available=lambda: True)
    cupy = types.SimpleNamespace(cuda=cuda, RawKernel=lambda source, name: types.SimpleNamespace(compile=compiled))
    monkeypatch.setattr(module, "import_module", lambda name: cupy)
    backend.cache_clear()
    with pytest.raises(
        ValueError, match=r"^device cuda needs CUDA's compiler, .* \[ctk\] .* Failed to find CUDA headers.$"
    ):
        mlpviz.Parameters(ARCHITECTURE, device="cuda")


@pytest.mark.parametrize(
    ("dtype", "shown"),
    [("float16", "float16"), ("int64", "int64"), (int, "int64"), (complex, "complex128"), ("double64", "'double64'")],
)
def test_an_unknown_type(dtype, shown):
    with pytest.raises(ValueError, match=rf"^dtype must be float32 or float64, got {shown}$"):
        mlpviz.Parameters(ARCHITECTURE, dtype)


def test_types_by_name():
    assert [checked_dtype(dtype) for dtype in ("float32", np.float64, "f4", float)] == [
        "float32",
        "float64",
        "float32",
        "float64",
    ]


def test_every_primitive_has_an_operation():
    for name in PRIMITIVES:
        assert callable(CPU.operation(name))
    with pytest.raises(KeyError):
        CPU.operation("softmax")


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize(
    ("name", "operands", "right"),
    [
        ("add", (X, X), 2 * X),
        ("subtract", (X, X[:1]), X - X[:1]),
        ("multiply", (X, np.array(3.0)), 3 * X),
        ("divide", (X, np.array(4.0)), X / 4),
        ("negate", (X,), -X),
        ("abs", (X,), np.abs(X)),
        ("exp", (X,), np.exp(X)),
        ("tanh", (X,), np.tanh(X)),
        ("maximum", (X, np.array(0.0)), np.maximum(X, 0)),
        ("minimum", (X, np.array(0.0)), np.minimum(X, 0)),
        ("greater", (X, np.array(0.0)), np.array([[0.0, 0.0, 1.0], [1.0, 1.0, 0.0]])),
        ("copy", (X[:1],), np.repeat(X[:1], 2, axis=0)),
        ("weighted", (np.array([[0.0, 1.0, 2.0]]), X), X * [0, 1, 2]),
        ("normal_cdf", (np.zeros((2, 3)),), np.full((2, 3), 0.5)),
    ],
)
def test_operations_write_where_they_are_told(name, operands, right, dtype):
    operands = [operand.astype(dtype) for operand in operands]
    out = np.full((2, 3), np.nan, dtype)
    call = CPU.bind(name, operands, out)
    assert np.isnan(out).all()
    call()
    np.testing.assert_allclose(out, right, rtol=1e-6)
    operands[0][...] = operands[0][::-1].copy()
    call()  # it reads the buffers anew
    assert out.dtype == dtype


@pytest.mark.parametrize("name", ["weighted", "greater"])
def test_an_operation_may_write_over_either_operand(name):
    left, right = np.array([[0.0, 2.0, 0.0]]), np.array([[np.inf, 1.0, -1.0]])
    expected = {"weighted": [[0.0, 2.0, 0.0]], "greater": [[0.0, 1.0, 1.0]]}[name]
    for which in (0, 1):
        operands = [left.copy(), right.copy()]
        with CPU.quiet():
            CPU.bind(name, operands, operands[which])()
        assert operands[which].tolist() == expected


def test_products_and_largest_entries():
    out, top = np.empty((2, 2)), np.empty((2, 1))
    (product,) = CPU.bind_product(X, X.T, out)
    product()
    CPU.bind_max(X, 1, top)()
    np.testing.assert_allclose(out, X @ X.T)
    assert top.tolist() == [[0.5], [3.0]]


@pytest.mark.parametrize("order", ["C", "F"])
@pytest.mark.parametrize("small", ["left", "right"])
def test_a_small_factor_is_copied_where_rows_meet_rows(small, order):
    """Entries of the small factor change between two calls, as a weight matrix does."""
    generator, out = np.random.default_rng(0), np.empty((120, 10), order=order)
    left, right = generator.normal(size=(120, 90)), generator.normal(size=(10, 90)).T
    if small == "left":
        left, right, out = right.T, left.T, out.T
    calls = CPU.bind_product(left, right, out)
    assert len(calls) == 2
    for _ in range(2):
        for call in calls:
            call()
        np.testing.assert_allclose(out, left @ right)
        left[...] += 1


@pytest.mark.parametrize("shape", [(), (1, 1), (3, 5), (40, 2), (7,)])
@pytest.mark.parametrize("dtype", ["float32", "float64", "bool"])
def test_arrays_begin_with_a_line_of_the_cache(shape, dtype):
    array = CPU.full(shape, 1, dtype)
    assert array.shape == shape and array.dtype == dtype and (array == 1).all()
    matrices = [CPU.matrix(shape, dtype)] if len(shape) == 2 else []
    assert not any(matrix.any() for matrix in matrices)
    assert all(each.ctypes.data % LINE == 0 for each in (array, *matrices))
    if shape:
        assert array[:1].base is array  # so that views still tell whose they are


def test_quiet_restores_numpys_settings():
    before = (np.geterr(), np.getbufsize())
    with CPU.quiet():
        assert np.exp(np.array([1e9])) == np.inf
    assert (np.geterr(), np.getbufsize()) == before


def test_to_host():
    assert CPU.to_host(X) is X


def test_batches_of_another_shape_are_refused_by_name():
    parameters = mlpviz.Parameters(mlpviz.Architecture((3, 2), ("sigmoid",), "binary_cross_entropy", "sum"))
    X, Y = np.ones((4, 3)), np.ones((4, 2))
    refused = [
        (X.T, Y, r"^X must have shape \(m, 3\), one row a sample, got \(3, 4\); it looks transposed: samples are rows"),
        (X[0], Y, r"^X must have shape \(m, 3\), one row a sample, got \(3,\)$"),
        (X, Y[:, :1], r"^Y must have shape \(m, 2\), one row a sample, got \(4, 1\)$"),
        (X[:0], Y[:0], r"^X must have shape \(m, 3\), one row a sample, got \(0, 3\)$"),
        (X, Y[:3], "^X has 4 samples and Y has 3: they must have equally many$"),
        ("numbers", Y, "^X must be a matrix of numbers with 3 columns, got 'numbers'$"),
        (X, [[1, 2], [3]], r"^Y must be a matrix of numbers with 2 columns, got \[\[1, 2\], \[3\]\]$"),
        (X, [[1, None]] * 4, r"^Y must have finite numbers, got nan at Y\[0, 1\]$"),
        (X, 1.5 * Y, r"^Y must be from 0 to 1 for the loss binary_cross_entropy, got 1.5 at Y\[0, 0\]$"),
        (X, -Y, r"^Y must be from 0 to 1 for the loss binary_cross_entropy, got -1 at Y\[0, 0\]$"),
        (X, np.nan * Y, r"^Y must have finite numbers, got nan at Y\[0, 0\]$"),
    ]
    for X_given, Y_given, message in refused:
        with pytest.raises(ValueError, match=message):
            mlpviz.backpropagate(parameters, X_given, Y_given)


def test_labels_of_the_other_losses():
    entropy = mlpviz.Parameters(mlpviz.Architecture((1, 2), ("softmax",), "cross_entropy", "sum"))
    assert mlpviz.backpropagate(entropy, [[1.0]], [[0.0, 7.0]]).cost > 0
    for label, due in ((-0.1, "be finite and from 0 up for the loss cross_entropy"), (np.inf, "have finite numbers")):
        with pytest.raises(ValueError, match=rf"^Y must {due}, got .* at Y\[0, 1\]$"):
            mlpviz.backpropagate(entropy, [[1.0]], [[0.0, label]])
    squared = mlpviz.Parameters(mlpviz.Architecture((1, 2), ("softmax",), "squared_error", "sum"))
    assert mlpviz.backpropagate(squared, [[1.0]], [[-3.0, 7.0]]).cost == (3.5**2 + 6.5**2)
