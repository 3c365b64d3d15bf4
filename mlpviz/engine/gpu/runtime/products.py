"""Matrix products on the device: by cuBLAS through NVIDIA's own bindings where they are, or by the array library."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import Any, Protocol

import numpy as np

from mlpviz.engine.arrays import Array, Call
from mlpviz.engine.memory import WORKSPACE
from mlpviz.maths.messages import Message


class Products(Protocol):
    """Binds products of C-contiguous matrices; ``obstacle`` says why they cannot be captured, or is empty."""

    @property
    def obstacle(self) -> str: ...

    def bind(
        self, left: Array, right: Array, out: Array, left_transposed: bool = False, right_transposed: bool = False
    ) -> Call:
        """left @ right into ``out``, either read transposed if so asked."""


class LibraryProducts:
    """Products by the array library, which refuses them while a graph is captured."""

    def __init__(self, obstacle: str = "") -> None:
        self.obstacle = obstacle

    def bind(
        self, left: Array, right: Array, out: Array, left_transposed: bool = False, right_transposed: bool = False
    ) -> Call:
        left, right = left.T if left_transposed else left, right.T if right_transposed else right
        return partial(left.dot, right, out)


class Cublas:
    """Products by a cuBLAS handle of their own, with a workspace of their own: nothing is allocated by a product.

    cuBLAS has matrices column by column, in which a C-contiguous matrix is its own transpose: so outᵀ = rightᵀ leftᵀ is
    asked for, and nothing is copied. A handle works for one thread at a time.
    """

    obstacle = ""

    def __init__(self, xp: Any, cublas: Any, tf32: bool) -> None:
        self.xp, self.cublas, self.handle = xp, cublas, cublas.create()
        self.destroy = weakref.finalize(self, cublas.destroy, self.handle)
        self.workspace = xp.empty(WORKSPACE, np.uint8)
        cublas.set_pointer_mode(self.handle, cublas.PointerMode.HOST)
        cublas.set_math_mode(self.handle, cublas.Math.TF32_TENSOR_OP_MATH if tf32 else cublas.Math.DEFAULT_MATH)
        self.stream = -1

    def follow(self) -> None:
        """Switch to the library's current stream; cuBLAS forgets its workspace with every switch."""
        stream = self.xp.cuda.get_current_stream().ptr
        if stream != self.stream:
            self.cublas.set_stream(self.handle, stream)
            self.cublas.set_workspace(self.handle, self.workspace.data.ptr, WORKSPACE)
            self.stream = stream

    def bind(
        self, left: Array, right: Array, out: Array, left_transposed: bool = False, right_transposed: bool = False
    ) -> Call:
        (m, n), k = out.shape, left.shape[0 if left_transposed else 1]
        gemm: Callable[..., None] = {"float32": self.cublas.sgemm, "float64": self.cublas.dgemm}[out.dtype.name]
        one, zero = np.ones(1, out.dtype), np.zeros(1, out.dtype)
        read = {False: int(self.cublas.Operation.N), True: int(self.cublas.Operation.T)}
        arguments = (
            self.handle, read[right_transposed], read[left_transposed], n, m, k, one.ctypes.data,
            right.data.ptr, right.shape[1], left.data.ptr, left.shape[1], zero.ctypes.data, out.data.ptr, n,
        )  # fmt: skip
        return Gemm(self, gemm, arguments, (one, zero, left, right, out))


class Gemm:
    """One product by cuBLAS; it keeps alive the numbers and matrices whose addresses it passes."""

    def __init__(self, owner: Cublas, gemm: Callable[..., None], arguments: tuple[int, ...], held: object) -> None:
        self.follow, self.gemm, self.arguments, self.held = owner.follow, gemm, arguments, held

    def __call__(self) -> None:
        self.follow()
        self.gemm(*self.arguments)


def products(xp: Any, tf32: bool = False) -> Products:
    """Choose the products of a run: those that a graph can capture, where NVIDIA's bindings are installed."""
    try:
        cublas = import_module("nvmath.bindings.cublas")
        return Cublas(xp, cublas, tf32)
    except ImportError:
        reason = Message("the package {package} is not installed", package="nvmath-python")
    except MemoryError:
        raise
    except Exception as error:  # the bindings are there, and cuBLAS is not, or not in a version that they know
        reason = Message("nvmath-python finds no cuBLAS ({error})", error=str(error))
    if tf32:
        reason = Message("{reason}, and TF32 is left to the environment variable CUPY_TF32", reason=reason)
    return LibraryProducts(reason)
