"""The matrix product of NumPy's BLAS as a function that machine code calls.

By itself Numba calls SciPy's BLAS, often of another version: the products of the same step would be others, and some of
them slower.
"""

from __future__ import annotations

import ctypes
from functools import lru_cache
from typing import Any

from numba import types
from numba.core.typing import Signature, signature
from numba.experimental import function_type
from threadpoolctl import LibController

from ..threads import controller

SYMBOLS = ("scipy_cblas_{}gemm64_", "cblas_{}gemm64_")
"""What it is called where its integers are of 64 bits, as in NumPy's wheels."""

LETTERS = {"float32": "s", "float64": "d"}
REALS = {"float32": (ctypes.c_float, types.float32), "float64": (ctypes.c_double, types.float64)}


class LibraryProduct(function_type.WrapperAddressProtocol):
    """A function of BLAS: out = alpha · left · right + beta · out; arrays are given by their addresses."""

    def __init__(self, function: Any, dtype: str) -> None:
        real, self.real = REALS[dtype]
        whole, at = ctypes.c_int64, ctypes.c_size_t
        function.argtypes = [*[whole] * 6, real, at, whole, at, whole, real, at, whole]
        function.restype = None
        self.function = function

    def __call__(self, *arguments: Any) -> None:
        self.function(*arguments)

    def __wrapper_address__(self) -> int:
        return ctypes.cast(self.function, ctypes.c_void_p).value or 0

    def signature(self) -> Signature:
        whole, at, real = types.int64, types.uintp, self.real
        return signature(types.void, *[whole] * 6, real, at, whole, at, whole, real, at, whole)


@lru_cache
def library_product(dtype: str) -> LibraryProduct | None:
    """The product of NumPy's BLAS for a type; None where it is not found."""
    for library in controller().lib_controllers:
        if "numpy" in library.filepath and (found := symbol_of(library, LETTERS[dtype])) is not None:
            return LibraryProduct(found, dtype)
    return None


def symbol_of(library: LibController, letter: str) -> Any | None:
    known = (getattr(library.dynlib, symbol.format(letter), None) for symbol in SYMBOLS)
    return next((found for found in known if found is not None), None)
