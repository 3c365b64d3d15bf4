"""Stands in for CuPy where there is no GPU: NumPy computes, and everything that a device would have to do is counted.

It is stricter than CuPy, never laxer. An array of it is no NumPy array and becomes one only by ``get``; kernels are
compiled with g++ and run by ``emulator.py`` beside it; while a graph is captured nothing may be allocated or read. The
bindings of cuBLAS that ``nvmath`` has are played on the very addresses that they are given.
"""

from __future__ import annotations

import ctypes
import operator
import sys
import weakref
from collections import Counter
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from mlpviz.engine.backend import backend
from mlpviz.engine.gpu.schedule.launches import Kernel

MEMORY = 64 * 10**9
NAME = "a stand-in without a GPU"


class OutOfMemoryError(MemoryError):
    """As CuPy has it."""


class Pool:
    """Memory that has been taken from the device: in use, or kept for later."""

    def __init__(self, recorder: Recorder) -> None:
        self.recorder, self.kept, self.used = recorder, [0], [0]
        weakref.finalize(self, Pool._give_back, recorder, self.kept)

    @staticmethod
    def _give_back(recorder, kept):
        recorder.taken -= kept[0]
        kept[0] = 0

    def malloc(self, size):
        """A block of so many bytes."""
        return Block(self, size)

    def free_all_blocks(self):
        Pool._give_back(self.recorder, self.kept)

    def used_bytes(self):
        return self.used[0]

    def total_bytes(self):
        return self.used[0] + self.kept[0]


class Block:
    """An allocation; it goes back to its pool, or to the device if the pool is gone, with the last array in it."""

    def __init__(self, pool, size):
        recorder = pool.recorder
        assert not recorder.capturing, "memory is allocated while a graph is captured"
        recorder.counts["allocations"] += 1
        fresh = size - min(size, pool.kept[0])
        if recorder.taken + fresh > recorder.memory or recorder.counts["allocations"] == recorder.fails_at:
            raise OutOfMemoryError(f"Out of memory allocating {size:,} bytes")
        pool.kept[0] -= size - fresh
        pool.used[0] += size
        recorder.taken += fresh
        recorder.peak = max(recorder.peak, recorder.taken)
        weakref.finalize(self, Block._free, recorder, weakref.ref(pool), pool.used, size)

    @staticmethod
    def _free(recorder, pool_of, used, size):
        used[0] -= size
        pool = pool_of()
        if pool is None:
            recorder.taken -= size
        else:
            pool.kept[0] += size


def binary(name):
    """An operator as a method of arrays, and the same from the other side."""
    function = getattr(operator, name)

    def forward(self, other):
        return self.recorder.made(lambda: function(self.array, self.recorder.plain(other)))

    def backward(self, other):
        return self.recorder.made(lambda: function(self.recorder.plain(other), self.array))

    return forward, backward


class DeviceArray:
    """An array on the device."""

    __hash__ = None

    def __init__(self, recorder, array, block):
        self.recorder, self.array, self.block = recorder, array, block

    def __array__(self, *_arguments, **_keywords):
        raise TypeError("Implicit conversion to a NumPy array is not allowed. Please use `.get()`.")

    def __array_ufunc__(self, ufunc, method, *inputs, **keywords):
        assert method == "__call__"
        return getattr(self.recorder, ufunc.__name__)(*inputs, **keywords)

    for _name in ("add", "sub", "mul", "truediv", "matmul", "and", "or"):
        _word = _name + "_" if _name in ("and", "or") else _name
        locals()[f"__{_name}__"], locals()[f"__r{_name}__"] = binary(_word)
    for _name in ("lt", "le", "gt", "ge", "eq", "ne"):
        locals()[f"__{_name}__"] = binary(_name)[0]

    @property
    def data(self):
        return SimpleNamespace(ptr=self.array.ctypes.data)

    def _view(self, array):
        return DeviceArray(self.recorder, array, self.block)

    @property
    def T(self):
        return self._view(self.array.T)

    def reshape(self, *shape):
        return self._view(self.array.reshape(shape if len(shape) > 1 else shape[0], copy=False))

    def __getattr__(self, name):
        if name in ("shape", "dtype", "ndim", "size", "nbytes", "itemsize", "strides", "flags"):
            return getattr(self.array, name)
        if name in ("sum", "max", "min", "all", "any", "argmax", "argmin", "copy", "astype", "mean"):
            return lambda *arguments, **keywords: self.recorder.made(
                lambda: getattr(self.array, name)(*arguments, **keywords)
            )
        raise AttributeError(name)

    def __len__(self):
        return len(self.array)

    def __abs__(self):
        return self.recorder.made(lambda: abs(self.array))

    def __neg__(self):
        return self.recorder.made(lambda: -self.array)

    def __getitem__(self, key):
        if isinstance(key, DeviceArray):
            return self.recorder.made(lambda: self.array[key.array])
        found = self.array[key]
        return self._view(
            found if isinstance(found, np.ndarray) else self.array[(*np.atleast_1d(key), ...)].reshape(())
        )

    def __setitem__(self, key, value):
        plain = self.recorder.plain(value)
        place = key.array if isinstance(key, DeviceArray) else key

        def write():
            self.array[place] = plain

        self.recorder.launch("library", write)

    def fill(self, value):
        self.recorder.launch("library", lambda: self.array.fill(value))

    def dot(self, other, out):
        assert out.flags.c_contiguous and other.dtype == self.dtype == out.dtype
        assert not self.recorder.capturing, "calling cuBLAS API during stream capture is currently unsupported"
        self.recorder.launch("products", lambda: np.matmul(self.array, other.array, out=out.array))
        return out

    def take(self, index, axis, out):
        assert isinstance(index, DeviceArray)
        self.recorder.launch("library", lambda: np.take(self.array, index.array, axis, out.array))
        return out

    def set(self, values):
        assert isinstance(values, np.ndarray) and values.dtype == self.dtype and values.shape == self.shape
        assert not self.recorder.capturing
        self.recorder.counts["to device"] += 1
        self.array[...] = values

    def get(self, out=None, blocking=True):
        assert not self.recorder.capturing, "the host reads while a graph is captured"
        self.recorder.counts["to host"] += 1
        self.recorder.counts["synchronizations"] += blocking
        if out is None:
            return self.array.copy()
        assert out.dtype == self.dtype and out.shape == self.shape and out.flags.c_contiguous
        assert blocking or any(np.may_share_memory(out, each) for each in self.recorder.pinned), "memory is not pinned"
        self.recorder.later.append(lambda: np.copyto(out, self.array))
        if blocking:
            self.recorder.wait()
        return out

    def item(self):
        assert self.size == 1
        return self.get().item()

    def __float__(self):
        return float(self.item())

    def __int__(self):
        return int(self.item())

    def __bool__(self):
        return bool(self.item())


class Stream:
    """A stream; the one that captures keeps what is launched instead of carrying it out."""

    def __init__(self, recorder, ptr=0):
        self.recorder, self.ptr, self.captured = recorder, ptr, None

    def __enter__(self):
        self.recorder.streams.append(self)
        return self

    def __exit__(self, *_exception):
        assert self.recorder.streams.pop() is self

    def begin_capture(self):
        if self.recorder.refuses_capture:
            raise RuntimeError("cudaErrorStreamCaptureUnsupported: operation not permitted when stream is capturing")
        assert self.ptr, "cannot capture on the default (legacy) stream"
        assert not self.recorder.capturing
        self.captured = []

    def end_capture(self):
        captured, self.captured = self.captured, None
        assert captured is not None, "this stream captures nothing"
        return Graph(self.recorder, captured)

    def synchronize(self):
        self.recorder.counts["synchronizations"] += 1
        self.recorder.wait()


class Graph:
    """Captured launches, to be carried out together."""

    def __init__(self, recorder, nodes):
        self.recorder, self.nodes = recorder, nodes

    def upload(self):
        pass

    def launch(self):
        assert not self.recorder.capturing
        self.recorder.counts["graphs"] += 1
        for kind, carry_out in self.nodes:
            self.recorder.launch(kind, carry_out)


class Event:
    """What is waited for."""

    def __init__(self, recorder):
        self.recorder = recorder

    def record(self):
        pass

    def synchronize(self):
        self.recorder.counts["synchronizations"] += 1
        self.recorder.wait()


class RawKernel:
    """A generated kernel, run by the emulator; all kernels that are made before one is run are compiled together."""

    def __init__(self, recorder, code, name):
        self.recorder, self.code, self.name, self.max_dynamic_shared_size_bytes = recorder, code, name, 48 * 1024
        recorder.uncompiled.append(Kernel(name, code, (), (1, 1, 1), (1, 1, 1)))

    @property
    def kernel(self):
        return self._run

    def _run(self, grid, block, arguments, shared_mem=0):
        assert shared_mem <= self.max_dynamic_shared_size_bytes, "more shared memory than was asked for"
        assert all(type(each) is DeviceArray and each.flags.c_contiguous for each in arguments)
        kernel = Kernel(self.name, self.code, (), grid, block, shared_mem)
        arrays = [each.array for each in arguments]
        self.recorder.launch("kernels", lambda: self.recorder.emulate(kernel, arrays))


class Cublas:
    """``nvmath.bindings.cublas``: products on bare addresses, column by column, of a handle that has its workspace."""

    Operation = SimpleNamespace(N=0, T=1)
    PointerMode = SimpleNamespace(HOST=0)
    Math = SimpleNamespace(DEFAULT_MATH=0, TF32_TENSOR_OP_MATH=3)

    def __init__(self, recorder):
        self.recorder, self.handles, self.created = recorder, {}, 0

    def create(self):
        self.created += 1
        self.handles[self.created] = {"stream": 0, "workspace": 0, "math": None}
        return self.created

    def destroy(self, handle):
        del self.handles[handle]

    def set_pointer_mode(self, handle, mode):
        assert handle in self.handles and mode == self.PointerMode.HOST

    def set_math_mode(self, handle, mode):
        self.handles[handle]["math"] = mode

    def set_stream(self, handle, stream):
        self.handles[handle] |= {"stream": stream, "workspace": 0}

    def set_workspace(self, handle, pointer, size):
        self.handles[handle]["workspace"] = size if pointer else 0

    def sgemm(self, *arguments):
        self._gemm(np.float32, *arguments)

    def dgemm(self, *arguments):
        self._gemm(np.float64, *arguments)

    def _gemm(self, dtype, handle, transa, transb, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc):
        state = self.handles[handle]
        assert state["stream"] == self.recorder.streams[-1].ptr, "a product on another stream than the kernels"
        assert state["workspace"], "a product would allocate its workspace"

        def columns(address, ld, rows, count):
            size = ld * (count - 1) + rows
            numbers = np.ctypeslib.as_array((np.ctypeslib.as_ctypes_type(dtype) * size).from_address(address))
            return np.lib.stride_tricks.as_strided(numbers, (rows, count), (numbers.itemsize, ld * numbers.itemsize))

        assert lda >= (k if transa else m) and ldb >= (n if transb else k) and ldc >= m
        left = columns(a, lda, k, m).T if transa else columns(a, lda, m, k)
        right = columns(b, ldb, n, k).T if transb else columns(b, ldb, k, n)
        out = columns(c, ldc, m, n)
        size = np.dtype(dtype).itemsize
        one, zero = (np.frombuffer(ctypes.string_at(address, size), dtype)[0] for address in (alpha, beta))
        assert (one, zero) == (1, 0)
        self.recorder.launch("products", lambda: np.copyto(out, left @ right))


class Recorder:
    """The module: what is called, allocated, copied and waited for is counted by kind in ``counts``.

    Without an emulator nothing is computed, and every number is 0: for counting on networks of any size.
    """

    ndarray = DeviceArray

    def __init__(self, emulator: Any = None, memory: int = MEMORY) -> None:
        self.emulator, self.memory, self.fails_at = emulator, memory, -1
        self.taken = self.peak = 0
        self.counts: Counter[str] = Counter()
        self.refuses_capture = False
        self.pinned: list[np.ndarray] = []
        self.later: list[Any] = []
        self.uncompiled: list[Kernel] = []
        self.pools, self.streams = [Pool(self)], [Stream(self)]
        self.cublas = Cublas(self)
        self.cuda = SimpleNamespace(
            is_available=lambda: True, Stream=self._stream, Event=lambda **_flags: Event(self), Device=lambda: Current,
            get_current_stream=lambda: self.streams[-1], MemoryPool=lambda: Pool(self), runtime=Runtime(self),
            using_allocator=self._using_allocator, alloc_pinned_memory=self._pinned_memory,
        )  # fmt: skip

    @property
    def capturing(self):
        """Whether launches are captured."""
        return self.streams[-1].captured is not None

    def launch(self, kind, carry_out):
        """Carry something out on the device, or capture it."""
        if self.capturing:
            self.streams[-1].captured.append((kind, carry_out))
            return
        self.counts[kind] += 1
        if self.emulator is not None:
            with np.errstate(all="ignore"):
                carry_out()

    def emulate(self, kernel, arrays):
        """Run a generated kernel."""
        self.emulator.compile(self.uncompiled)
        self.uncompiled.clear()
        self.emulator.launch(kernel, arrays)

    def wait(self):
        """The host waits for the device: what was to be copied has been copied."""
        for copy in self.later:
            copy()
        self.later.clear()

    def made(self, compute):
        """A new array computed by the library."""
        assert not self.capturing, "the library is called while a graph is captured"
        with np.errstate(all="ignore"):
            array = np.array(compute(), copy=True)  # on the device a reduced array keeps no hold of its source
        self.counts["library"] += 1
        return self._new(array)

    def _new(self, array):
        return DeviceArray(self, array, self.pools[-1].malloc(array.nbytes))

    def plain(self, value):
        """An operand: an array of the device, or a number."""
        if isinstance(value, DeviceArray):
            return value.array
        assert not (isinstance(value, np.ndarray) and value.ndim), "Unsupported type <class 'numpy.ndarray'>"
        assert not isinstance(value, list | tuple), "a sequence is no operand"
        return value

    def __getattr__(self, name):
        function = getattr(np, name)

        def call(*arguments, out=None, **keywords):
            if len(arguments) > getattr(function, "nin", len(arguments)):
                *arguments, out = arguments
            if out is None:
                return self.made(lambda: function(*map(self.plain, arguments), **keywords))
            plain = list(map(self.plain, arguments))
            out = out[0] if isinstance(out, tuple) else out
            self.launch("library", lambda: function(*plain, out=out.array, **keywords))
            return out

        return call

    def asarray(self, values, dtype=None, order=None):
        """An array of the device: the values themselves, or a copy from the host."""
        if isinstance(values, DeviceArray):
            same = dtype is None or values.dtype == np.dtype(dtype)
            return values if same else values.astype(dtype)
        assert not self.capturing
        self.counts["to device"] += 1
        return self._new(np.array(values, dtype, order="C", copy=True))

    def empty(self, shape, dtype=np.float64):
        if self.emulator is None:
            return self._new(np.zeros(shape, dtype))
        return self._new(np.full(shape, np.nan if np.dtype(dtype).kind == "f" else -1 % 255, dtype))

    def zeros(self, shape, dtype=np.float64):
        self.counts["library"] += 1
        return self._new(np.zeros(shape, dtype))

    def full(self, shape, value, dtype=np.float64):
        self.counts["library"] += 1
        return self._new(np.full(shape, value, dtype))

    def copyto(self, target, value, where):
        plain = self.plain(value)
        self.launch("library", lambda: np.copyto(target.array, plain, where=where.array))

    def RawKernel(self, code, name):
        return RawKernel(self, code, name)

    def get_default_memory_pool(self):
        return self.pools[0]

    def _stream(self, non_blocking):
        assert non_blocking, "a capture on this stream would be spoilt by the default stream"
        return Stream(self, 4096 + self.counts.total())

    def _pinned_memory(self, size):
        self.pinned.append(np.empty(size, np.uint8))
        return memoryview(self.pinned[-1])

    @contextmanager
    def _using_allocator(self, allocator):
        self.pools.append(allocator.__self__)
        try:
            yield
        finally:
            self.pools.pop()

    @contextmanager
    def counting(self):
        """What is counted in a block."""
        before, found = self.counts.copy(), Counter()
        yield found
        found.update(self.counts - before)


Current = SimpleNamespace(id=0)


class Runtime:
    """``cupy.cuda.runtime``."""

    def __init__(self, recorder):
        self.recorder = recorder

    def getDeviceProperties(self, device):
        assert device == 0
        return {"name": NAME.encode(), "totalGlobalMem": self.recorder.memory}

    def memGetInfo(self):
        return self.recorder.memory - self.recorder.taken, self.recorder.memory


@pytest.fixture
def recorder(emulator, monkeypatch):
    """The device cuda, played by NumPy and counted; cuBLAS's bindings are there."""
    yield from playing(Recorder(emulator), monkeypatch)


@pytest.fixture(params=["stand-in", pytest.param("gpu", marks=pytest.mark.gpu)])
def cuda(request):
    """The device cuda: the stand-in, and once more a GPU where there is one."""
    return request.getfixturevalue("recorder" if request.param == "stand-in" else "gpu")


@pytest.fixture
def gpu():
    """CuPy on a GPU; a test that asks for it is marked ``gpu``."""
    try:
        return backend("cuda").arrays.xp
    except ValueError as error:
        pytest.skip(str(error))


@pytest.fixture
def counter(monkeypatch):
    """The device cuda, which counts and computes nothing."""
    yield from playing(Recorder(), monkeypatch)


def playing(found, monkeypatch):
    """Put a stand-in in the place of CuPy for the time of a test."""
    monkeypatch.setattr("mlpviz.engine.gpu.gpu_library", lambda: found)
    monkeypatch.setitem(sys.modules, "nvmath.bindings.cublas", found.cublas)
    backend.cache_clear()
    yield found
    backend.cache_clear()
