"""NumPy's arrays, and what makes them fast."""

from __future__ import annotations

import math
import os
from collections.abc import Callable
from functools import partial
from typing import Literal

import numpy as np

from ...maths.messages import Message
from ..arrays import Array, Arrays, Call
from ..memory import NoRoom, in_words
from ..unrolled import INDEX

LINE = 64
"""Bytes of a cache line."""

TALL = 4
"""Rows per column from which a matrix is stored column by column on the CPU."""

MEMORY = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") if hasattr(os, "sysconf") else 0
"""Bytes of memory of this machine; 0 where the system does not say."""

MIDDLING = range(50_000, 2_000_000)
"""Multiplications of a product that BLAS makes without rearranging its factors, and slowly if rows meet rows."""


class Host(Arrays):
    """NumPy's arrays, each in the memory order that is worked on fastest."""

    def __init__(self) -> None:
        super().__init__(np, "scipy.special")

    def check_room(self, wanted: Callable[[], int]) -> None:
        """Refuse what the machine's whole memory does not hold: less may still fail, as others have a part of it."""
        size = wanted()
        if MEMORY and size > MEMORY:
            message = Message(
                "this network wants {wanted} of memory, and this machine has {all}",
                wanted=in_words(size),
                all=in_words(MEMORY),
            )
            raise NoRoom(message)

    def matrix(self, shape: tuple[int, int], dtype: str) -> np.ndarray:
        return aligned(shape, dtype, self.order(shape))

    def order(self, shape: tuple[int, int]) -> Literal["C", "F"]:
        """How a matrix lies in memory: a tall one column by column, so that its rows are reduced in long vectors."""
        return "F" if shape[0] >= TALL * shape[1] else "C"

    def full(self, shape: tuple[int, ...], value: float, dtype: str) -> np.ndarray:
        array = aligned(shape, dtype)
        array.fill(value)
        return array

    def bind_product(self, left: Array, right: Array, out: Array) -> list[Call]:
        """Bind left @ right; a small factor is first copied transposed where rows against rows would be slow."""
        slow = left.flags.c_contiguous and right.flags.f_contiguous and left.shape[0] * right.size in MIDDLING
        small, large = sorted((left, right), key=np.size)
        if not slow or small.size * TALL > large.size or 1 in small.shape:
            return super().bind_product(left, right, out)
        copy = aligned(small.shape, small.dtype, "F" if small is left else "C")
        left, right = (copy, right) if small is left else (left, copy)
        return [partial(np.copyto, copy, small), *super().bind_product(left, right, out)]

    def bind_max(self, operand: Array, axis: int, out: Array) -> Call:
        return partial(np.maximum.reduce, operand, axis=axis, out=out, keepdims=True)

    def bind_rows(self, source: Array, out: Array) -> list[Call]:
        rows = out if out.flags.c_contiguous else np.empty(out.shape, out.dtype)
        gather = partial(source.take, INDEX, 0, rows, "clip")  # the modes that check indices copy first
        return [gather] if rows is out else [gather, partial(np.copyto, out, rows)]

    def bind_weighted(self, weight: Array, value: Array, out: Array) -> Call:
        flat = out.ravel("K")
        if np.may_share_memory(weight, out) or not np.may_share_memory(flat, out):
            return super().bind_weighted(weight, value, out)
        return partial(_weighted_where_needed, weight, value, out=out, mask=np.empty(out.shape, bool), flat=flat)


class Bytes(np.ndarray):
    """The bytes behind an array. Being of another type, they leave the array the base of its own views."""


def aligned(shape: tuple[int, ...], dtype: str, order: Literal["C", "F"] = "C") -> np.ndarray:
    """An array of zeros that begins at a cache line: vectors of the processor that straddle two lines are slower."""
    size = math.prod(shape) * np.dtype(dtype).itemsize
    memory = Bytes(size + LINE, np.uint8)
    memory.fill(0)
    return np.ndarray(shape, dtype, memory, -memory.ctypes.data % LINE, order=order)


def _weighted_where_needed(weight: Array, value: Array, out: Array, mask: Array, flat: Array) -> None:
    """Set the entries of weight 0 to 0 only if some product is NaN, as 0 · ∞ is: that there is none is quickly seen."""
    np.multiply(weight, value, out)
    squares = flat.dot(flat)
    if squares != squares:
        np.copyto(out, 0, where=np.equal(weight, 0, mask))


HOST = Host()
