"""The array library of a device, and every primitive operation as a call on buffers that exist already."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import partial
from importlib import import_module
from typing import Any

import numpy as np

from ..maths.messages import Refusal, alternatives
from ..maths.primitives import PRIMITIVES
from .unrolled import INDEX

Array = Any

Call = Callable[[], object]
"""One operation bound to its buffers: calling it computes the output in place."""

Span = tuple[int, int]
"""A range of a flat vector's entries, (begin, end) without ``end``."""

DTYPES = ("float32", "float64")

KEYWORD_ONLY = ("maximum", "minimum")
"""Primitives whose output NumPy takes by keyword only."""

BUFFER = 192
"""Entries that NumPy may buffer to repeat a row or a column: its default, 8192, would be allocated at every call."""


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
            "sign": xp.sign,
            "greater": self._greater,
            "weighted": self._weighted,
            "copy": xp.positive,
        }

    def operation(self, name: str) -> Callable[..., object]:
        """An operation by name, called with operands and ``out=``; special functions are imported on demand."""
        if name in self._operations:
            return self._operations[name]
        primitive = PRIMITIVES[name]
        call: Callable[..., object] = getattr(
            import_module(self._special) if primitive.special else self.xp, primitive.ufunc
        )
        return call

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
        """A new matrix of zeros, in the memory order that is fastest on this device."""
        return self.xp.zeros(shape, dtype)

    def full(self, shape: tuple[int, ...], value: float, dtype: str) -> Array:
        return self.xp.full(shape, value, dtype)

    def asarray(self, values: Any, dtype: str) -> Array:
        return self.xp.asarray(values, dtype)

    def bind_rows(self, source: Array, out: Array) -> list[Call]:
        """The calls that copy the rows of ``source`` whose numbers are passed as ``INDEX`` into ``out``."""
        return [partial(source.take, INDEX, 0, out)]

    def all_finite(self, array: Array) -> bool:
        """Whether it has no NaN and no ±inf; it is looked at where it lies."""
        library = np if isinstance(array, np.ndarray) else self.xp
        return bool(library.isfinite(array).all())

    def to_host(self, array: Array) -> np.ndarray:
        """The entries as a NumPy array, for showing."""
        return np.asarray(array)

    def as_given(self, values: Any, dtype: str) -> Array:
        """The values as an array to read but not to keep, on the host unless they are on this device already."""
        return self.asarray(values, dtype)

    def check_room(self, wanted: Callable[[], int]) -> None:
        """Raise ValueError if ``wanted()`` bytes do not fit into the device's memory."""

    def memory(self) -> Callable[[], AbstractContextManager[Any]]:
        """A context manager: arrays allocated in it are freed together."""
        return nullcontext

    @contextmanager
    def quiet(self, buffer: int = BUFFER) -> Iterator[None]:
        """Silence warnings of overflow to ±inf and of NaN: such numbers are marked where they are shown."""
        with np.errstate(all="ignore"):
            np.setbufsize(buffer)  # until the block ends, as errstate restores it
            yield


def checked_dtype(dtype: Any) -> str:
    """A floating-point type's name: float32 or float64.

    Raises ValueError for any other.
    """
    try:
        name = np.dtype(dtype).name
    except TypeError:
        name = repr(dtype)
    if name not in DTYPES:
        raise Refusal("dtype must be {dtypes}, got {dtype}", dtypes=alternatives(DTYPES), dtype=name)
    return name
