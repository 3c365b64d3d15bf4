"""CuPy's arrays. This is the only file that names CuPy, and it does so only when a GPU is asked for."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from importlib import import_module
from typing import Any

import numpy as np

from ...maths.messages import Refusal
from ..arrays import Array, Arrays
from .runtime.device import GpuDevice

LIBRARY = "cupy"


class Gpu(Arrays):
    """CuPy's arrays on the current GPU; matrices are C-contiguous, as the generated kernels take them to be."""

    def __init__(self, xp: Any) -> None:
        super().__init__(xp, "cupyx.scipy.special")
        self.device = GpuDevice(xp)

    def as_given(self, values: Any, dtype: str) -> Array:
        library = self.xp if isinstance(values, self.xp.ndarray) else np
        return library.asarray(values, dtype, order="C")

    def asarray(self, values: Any, dtype: str) -> Array:
        return self.xp.asarray(self.as_given(values, dtype))

    def to_host(self, array: Array) -> np.ndarray:
        return array.get() if isinstance(array, self.xp.ndarray) else np.asarray(array)

    def check_room(self, wanted: Callable[[], int]) -> None:
        self.device.check_room(wanted())

    def memory(self) -> Callable[[], AbstractContextManager[Any]]:
        """A memory pool: all of it is freed together with the arrays in it."""
        return self.device.pool()


def gpu_library() -> Any:
    """CuPy, if it is installed, a GPU answers and there is a compiler for its kernels.

    Raises ValueError saying what is missing.
    """
    try:
        cupy = import_module(LIBRARY)
    except ImportError:
        raise Refusal(
            "device {device} needs the package {package}, which is not installed", device="cuda", package=LIBRARY
        ) from None
    if not cupy.cuda.is_available():
        raise Refusal("device cuda needs a GPU, and CuPy finds none on this machine")
    try:
        cupy.RawKernel('extern "C" __global__ void nothing() {}', "nothing").compile()
    except Exception as error:  # libraries that are missing, or do not go together: each fails in its own way
        raise Refusal(
            "device cuda needs CUDA's compiler, headers and cuBLAS, which come with the extra [ctk] of CuPy's package; "
            "CuPy says: {error}",
            error=str(error),
        ) from None
    return cupy
