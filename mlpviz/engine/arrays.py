"""The array library of a device, and every primitive operation as a call on buffers that exist already.

This is the only file that names CuPy, and it does so only when a GPU is asked for.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import lru_cache, partial
from importlib import import_module
from typing import Any, Literal

import numpy as np

from mlpviz.engine.gpu.runtime.device import Device
from mlpviz.engine.unrolled import INDEX

Array = Any
"""An array of whichever library the device has."""

Call = Callable[[], object]
"""One operation bound to its buffers: calling it computes the output in place."""

DTYPES = ("float32", "float64")

GPU_LIBRARY = "cupy"
"""The package that has a GPU's arrays."""

KEYWORD_ONLY = ("maximum", "minimum")
"""Primitives whose output NumPy takes by keyword only."""

BUFFER = 192
"""Entries that NumPy may buffer while it repeats a row or a column: its own 8192 would be allocated at every call."""


LINE = 64
"""Bytes in a line of the processor's cache."""

TALL = 4
"""Rows to a column from which on a matrix is stored column by column on the CPU; so many times as large is large."""

MIDDLING = range(50_000, 2_000_000)
"""Multiplications of a product that BLAS makes without rearranging its factors, and slowly if rows meet rows."""


class Arrays:
    """One device's arrays: allocation, and operations bound to buffers."""

    def __init__(self, xp: Any, special: str) -> None:
        self.xp = xp
        self._special = special
        self._operations: dict[str, Callable[..., object]] = {
            "add": xp.add,
            "subtract": xp.subtract,
            "multiply": xp.multiply,
            "divide": xp.divide,
            "negate": xp.negative,
            "exp": xp.exp,
            "expm1": xp.expm1,
            "log": xp.log,
            "log1p": xp.log1p,
            "abs": xp.absolute,
            "sqrt": xp.sqrt,
            "sign": xp.sign,
            "tanh": xp.tanh,
            "maximum": xp.maximum,
            "minimum": xp.minimum,
            "greater": self._greater,
            "weighted": self._weighted,
            "copy": xp.positive,
        }

    def operation(self, name: str) -> Callable[..., object]:
        """A primitive by name, taking its operands and ``out=``; the special functions are imported when asked for."""
        if name == "normal_cdf":
            return import_module(self._special).ndtr
        return self._operations[name]

    def bind(self, name: str, operands: Sequence[Array], out: Array) -> Call:
        """A primitive over fixed operands, writing into ``out``."""
        if name == "weighted":
            weight, value = operands
            return self.bind_weighted(weight, value, out)
        call = self.xp.greater if name == "greater" else self.operation(name)
        if name in KEYWORD_ONLY:
            return partial(call, *operands, out=out)
        return partial(call, *operands, out)  # a keyword costs a quarter of a microsecond a call

    def bind_weighted(self, weight: Array, value: Array, out: Array) -> Call:
        """weight · value into ``out``, exactly 0 where the weight is 0."""
        return partial(self._weighted, weight, value, out=out, mask=self.xp.empty(out.shape, bool))

    def bind_product(self, left: Array, right: Array, out: Array) -> list[Call]:
        """The matrix product left @ right into ``out``, whose rows or columns are contiguous."""
        if not out.flags.c_contiguous:
            left, right, out = right.T, left.T, out.T
        return [partial(left.dot, right, out)]

    def bind_max(self, operand: Array, axis: int, out: Array) -> Call:
        """The largest entries along an axis, which stays with size 1, into ``out``."""
        return partial(self.xp.amax, operand, axis=axis, out=out, keepdims=True)

    def _weighted(self, weight: Array, value: Array, out: Array = None, mask: Array = None) -> Array:
        nothing = self.xp.equal(weight, 0, out=mask)  # before the product, which may be written over the weight
        product = self.xp.asarray(self.xp.multiply(weight, value, out=out))
        self.xp.copyto(product, 0, where=nothing)
        return product

    def _greater(self, left: Array, right: Array) -> Array:
        return self.xp.asarray(self.xp.greater(left, right)).astype(self.xp.result_type(left, right))

    def matrix(self, shape: tuple[int, int], dtype: str) -> Array:
        """A new matrix of zeros, in whichever memory order this device works on fastest."""
        return self.xp.zeros(shape, dtype)

    def full(self, shape: tuple[int, ...], value: float, dtype: str) -> Array:
        """A new array with one value everywhere."""
        return self.xp.full(shape, value, dtype)

    def asarray(self, values: Any, dtype: str) -> Array:
        """The values as an array of this device."""
        return self.xp.asarray(values, dtype)

    def bind_rows(self, source: Array, out: Array) -> list[Call]:
        """The calls that gather the rows of ``source`` with the numbers ``INDEX`` into ``out``."""
        return [partial(source.take, INDEX, 0, out)]

    def to_host(self, array: Array) -> np.ndarray:
        """The entries as a NumPy array, for showing."""
        return array.get() if hasattr(array, "get") else np.asarray(array)

    def as_given(self, values: Any, dtype: str) -> Array:
        """The values as an array of this device or, if they are not there yet, of the host: to look at, not to keep."""
        return self.asarray(values, dtype)

    def check_room(self, wanted: Callable[[], int]) -> None:
        """Refuse with a ValueError what would not fit into the device's memory; the host's is not looked at."""

    def memory(self) -> Callable[[], AbstractContextManager[Any]]:
        """What to enter blocks with that allocate what will go together."""
        return nullcontext

    @contextmanager
    def quiet(self, buffer: int = BUFFER) -> Iterator[None]:
        """Where overflow to ±inf and NaN is no warning, since such numbers are marked where they are shown."""
        with np.errstate(all="ignore"):
            np.setbufsize(buffer)  # until the block ends, as errstate restores it
            yield


class Host(Arrays):
    """NumPy's arrays, and what makes them fast."""

    def __init__(self) -> None:
        super().__init__(np, "scipy.special")

    def matrix(self, shape: tuple[int, int], dtype: str) -> np.ndarray:
        """A matrix of zeros; a tall one is stored column by column, so that its rows are reduced in long vectors."""
        return aligned(shape, dtype, "F" if shape[0] >= TALL * shape[1] else "C")

    def full(self, shape: tuple[int, ...], value: float, dtype: str) -> np.ndarray:
        """A new array with one value everywhere."""
        array = aligned(shape, dtype)
        array.fill(value)
        return array

    def bind_product(self, left: Array, right: Array, out: Array) -> list[Call]:
        """The matrix product; a small factor is copied the other way round first where rows would meet rows."""
        slow = left.flags.c_contiguous and right.flags.f_contiguous and left.shape[0] * right.size in MIDDLING
        small, large = sorted((left, right), key=np.size)
        if not slow or small.size * TALL > large.size or 1 in small.shape:
            return super().bind_product(left, right, out)
        copy = aligned(small.shape, small.dtype, "F" if small is left else "C")
        left, right = (copy, right) if small is left else (left, copy)
        return [partial(np.copyto, copy, small), *super().bind_product(left, right, out)]

    def bind_max(self, operand: Array, axis: int, out: Array) -> Call:
        """The largest entries along an axis, which stays with size 1, into ``out``."""
        return partial(np.maximum.reduce, operand, axis=axis, out=out, keepdims=True)

    def bind_rows(self, source: Array, out: Array) -> list[Call]:
        """The calls that gather the rows of ``source`` with the numbers ``INDEX``, which it has, into ``out``."""
        rows = out if out.flags.c_contiguous else np.empty(out.shape, out.dtype)
        gather = partial(source.take, INDEX, 0, rows, "clip")  # the modes that check indices copy first
        return [gather] if rows is out else [gather, partial(np.copyto, out, rows)]

    def bind_weighted(self, weight: Array, value: Array, out: Array) -> Call:
        """weight · value into ``out``, exactly 0 where the weight is 0."""
        flat = out.ravel("K")
        if np.may_share_memory(weight, out) or not np.may_share_memory(flat, out):
            return super().bind_weighted(weight, value, out)
        return partial(_weighted_where_needed, weight, value, out=out, mask=np.empty(out.shape, bool), flat=flat)


class Gpu(Arrays):
    """CuPy's arrays on the current GPU; matrices are C-contiguous, as the generated kernels take them to be."""

    def __init__(self, xp: Any) -> None:
        super().__init__(xp, "cupyx.scipy.special")
        self.device = Device(xp)

    def as_given(self, values: Any, dtype: str) -> Array:
        """The values as an array of this device or, if they are not there yet, of the host: to look at, not to keep."""
        library = self.xp if isinstance(values, self.xp.ndarray) else np
        return library.asarray(values, dtype, order="C")

    def asarray(self, values: Any, dtype: str) -> Array:
        """The values as a C-contiguous array of this device."""
        return self.xp.asarray(self.as_given(values, dtype))

    def check_room(self, wanted: Callable[[], int]) -> None:
        """Refuse with a ValueError what would not fit into the GPU's memory."""
        self.device.check_room(wanted())

    def memory(self) -> Callable[[], AbstractContextManager[Any]]:
        """A pool of the GPU's memory, all of which goes back with the arrays in it."""
        return self.device.pool()


class Bytes(np.ndarray):
    """The bytes that an array stands in: being of another type, they leave the array the base of its own views."""


def aligned(shape: tuple[int, ...], dtype: str, order: Literal["C", "F"] = "C") -> np.ndarray:
    """An array of zeros that begins with a line of the cache: vectors of the processor that straddle two are slower."""
    size = math.prod(shape) * np.dtype(dtype).itemsize
    memory = Bytes(size + LINE, np.uint8)
    memory.fill(0)
    return np.ndarray(shape, dtype, memory, -memory.ctypes.data % LINE, order=order)


def _weighted_where_needed(weight: Array, value: Array, out: Array, mask: Array, flat: Array) -> None:
    """The entries of weight 0 are set only where one of the products is NaN, as 0 · ∞ is: finding none is quick."""
    np.multiply(weight, value, out)
    squares = flat.dot(flat)
    if squares != squares:
        np.copyto(out, 0, where=np.equal(weight, 0, mask))


@lru_cache
def arrays(device: str) -> Arrays:
    """The arrays of a device: "cpu" or "cuda".

    Raises ValueError if there is no such device.
    """
    if device == "cpu":
        return Host()
    if device == "cuda":
        return Gpu(gpu_library())
    raise ValueError(f"device must be cpu or cuda, got {device!r}")


def gpu_library() -> Any:
    """CuPy, if it is installed, a GPU answers and there is a compiler for its kernels.

    Raises ValueError saying what is missing.
    """
    try:
        cupy = import_module(GPU_LIBRARY)
    except ImportError:
        raise ValueError("device cuda needs the package cupy, which is not installed") from None
    if not cupy.cuda.is_available():
        raise ValueError("device cuda needs a GPU, and CuPy finds none on this machine")
    try:
        cupy.RawKernel('extern "C" __global__ void nothing() {}', "nothing").compile()
    except Exception as error:  # libraries that are missing, or do not go together: each fails in its own way
        needed = "CUDA's compiler, headers and cuBLAS, which come with the extra [ctk] of CuPy's package"
        raise ValueError(f"device cuda needs {needed}; CuPy says: {error}") from None
    return cupy


def checked_dtype(dtype: Any) -> str:
    """A floating-point type's name: float32 or float64.

    Raises ValueError for any other.
    """
    try:
        name = np.dtype(dtype).name
    except TypeError:
        name = repr(dtype)
    if name not in DTYPES:
        raise ValueError(f"dtype must be float32 or float64, got {name}")
    return name
