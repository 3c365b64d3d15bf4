"""How much memory a device has to have free for a pass or for a run, found before anything is allocated."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import numpy as np

from ..maths.architecture import Architecture
from ..maths.messages import Message, Refusal, verbatim

WORKSPACE = 32 * 2**20
"""Bytes that cuBLAS may use between the parts of a product: what NVIDIA recommends for its largest devices."""

COPIES = 3
"""Copies of θ and of the optimiser's vectors that a run keeps, to go back to when a cost is not finite."""

INDEX = np.dtype(np.int64).itemsize


class NoRoom(Refusal):
    """A run would not fit into the device's memory; the message names the bytes wanted and free."""


def of_trace(architecture: Architecture, batch_size: int, dtype: str) -> int:
    """Bytes of all arrays of one pass: A, Z, delta, Y, losses, cost and the gradient."""
    first, *widths = architecture.widths
    entries = batch_size * (first + 3 * sum(widths) + widths[-1] + 1) + 1 + architecture.parameter_count
    return entries * np.dtype(dtype).itemsize


def of_run(
    architecture: Architecture,
    dtype: str,
    data: int,
    samples: int,
    vectors: int,
    numbers: int,
    batch_sizes: Sequence[int],
) -> int:
    """Bytes that a run wants beside its parameters: data, order, vectors and their copies, and a trace a batch size.

    ``data`` are the entries of all data, ``vectors`` and ``numbers`` those that the optimiser has; the first of the
    ``batch_sizes`` is the one of a step.
    """
    steps = -(-samples // batch_sizes[0])
    entries = data + (vectors * (1 + COPIES) + COPIES) * architecture.parameter_count + steps * (numbers + 1)
    traces = sum(of_trace(architecture, size, dtype) for size in batch_sizes)
    return entries * np.dtype(dtype).itemsize + samples * INDEX + traces + WORKSPACE


def in_words(count: int) -> Message:
    """Format a number of bytes: "1.25 GB"."""
    for unit, size in (("TB", 10**12), ("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if count >= 10**6 * size:
            return verbatim(f"{Decimal(count) / size:.0e} {unit}")  # of any number, which a float is not
        if count >= size:
            return verbatim(f"{count / size:.2f} {unit}")
    return Message("{count} bytes", count=count)
