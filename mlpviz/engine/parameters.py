"""The parameters of a network: one flat vector θ, and W[l], b[l] as views of it (text S1's stacked vector)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

import numpy as np

from ..maths.architecture import Architecture
from .arrays import Array, Arrays, checked_dtype
from .backend import backend
from .given import Layers


class Parameters:
    """All weights and biases, zero at first: ``flat`` is θ, ``W[l]`` is (n_l, n_{l−1}) and ``b[l]`` is (1, n_l).

    Raises ValueError for a dtype other than float32 and float64 or a device that is not there.
    """

    def __init__(self, architecture: Architecture, dtype: Any = "float64", device: str = "cpu") -> None:
        self.architecture = architecture
        self.dtype = checked_dtype(dtype)
        self.device = device
        count = architecture.parameter_count
        self.arrays.check_room(lambda: count * np.dtype(self.dtype).itemsize)
        self.flat = self.arrays.full((count,), 0.0, self.dtype)
        self.W, self.b = views(self.flat, architecture, self.arrays)

    @property
    def arrays(self) -> Arrays:
        """The array library of their device."""
        return backend(self.device).arrays

    def copy(self) -> Parameters:
        return self.astype(self.dtype)

    def astype(self, dtype: str, device: str | None = None) -> Parameters:
        """A copy in another floating-point type, on the same or another device."""
        other = Parameters(self.architecture, dtype, device or self.device)
        source = self.flat if other.device == self.device else self.arrays.to_host(self.flat)
        with other.arrays.quiet():
            other.flat[...] = other.arrays.asarray(source, other.dtype)
        return other


def views(
    flat: Array, architecture: Architecture, device: Arrays | None = None, names: tuple[str, str] = ("W", "b")
) -> tuple[Layers, Layers]:
    """W[l] and b[l] as views of a vector laid out layer by layer, the weights of a layer before its biases.

    Of several vectors (…, P), all arrays have the same axes before their own.
    """
    before = flat.shape[:-1]
    W, b = (Layers([None], name, device or backend("cpu").arrays) for name in names)
    start = 0
    for below, n in pairs(architecture.widths):
        W.append(flat[..., start : start + n * below].reshape(*before, n, below))
        start += n * below
        b.append(flat[..., start : start + n].reshape(*before, 1, n) if architecture.bias else None)
        start += n if architecture.bias else 0
    return W, b


def pairs(widths: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Pair each width with the next one: (n_{l−1}, n_l) for l = 1…L."""
    return pairwise(widths)
