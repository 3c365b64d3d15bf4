"""How much memory a device has to have free for a pass or for a run, found before anything is allocated."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import numpy as np

from mlpviz.maths.architecture import Architecture

if TYPE_CHECKING:
    from mlpviz.engine.parameters import Parameters
    from mlpviz.engine.training.optimizers import Optimizer
    from mlpviz.engine.training.split import HeldOut

WORKSPACE = 32 * 2**20
"""Bytes that cuBLAS may use between the parts of a product: what NVIDIA recommends for its largest devices."""

COPIES = 3
"""Copies of θ and of the optimiser's vectors that a run keeps, to go back to when a cost is not finite."""

INDEX = np.dtype(np.int64).itemsize


class NoRoom(ValueError):
    """What is asked for would not fit into the device's memory; the message names the bytes wanted and free."""


def of_trace(architecture: Architecture, batch_size: int, dtype: str) -> int:
    """Bytes of all arrays of one pass: A, Z, delta, Y, losses, cost and the gradient."""
    first, *widths = architecture.widths
    entries = batch_size * (first + 3 * sum(widths) + widths[-1] + 1) + 1 + architecture.parameter_count
    return entries * np.dtype(dtype).itemsize


def wanted(
    parameters: Parameters,
    X: Any,
    Y: Any,
    held_out: HeldOut | None,
    samples: int,
    batch_size: int,
    optimizer: Optimizer,
) -> int:
    """Bytes that a run wants beside its parameters: data, order, vectors and their copies, and a trace a batch size."""
    architecture, dtype = parameters.architecture, parameters.dtype
    size, steps = np.dtype(dtype).itemsize, -(-samples // batch_size)
    vectors = len(optimizer.state) * (1 + COPIES) + COPIES
    numbers = steps * (len(optimizer.numbers(1.0, 1)) + 1)
    traces = sum(of_trace(architecture, each, dtype) for each in batch_sizes(samples, batch_size, held_out))
    data = sum(values.size for values in (X, Y, *(held_out.own or () if held_out is not None else ())))
    return (data + vectors * architecture.parameter_count + numbers) * size + samples * INDEX + traces + WORKSPACE


def batch_sizes(samples: int, batch_size: int, held_out: HeldOut | None) -> Iterable[int]:
    """The sizes of the batches for which a run has a trace each."""
    from mlpviz.engine.training.evaluation import chunk_sizes

    sizes = {batch_size, samples % batch_size} - {0}
    return [*sizes, *(chunk_sizes(len(held_out.index)) if held_out is not None else ())]


def in_words(count: int) -> str:
    """A number of bytes as one reads it: 1.25 GB."""
    for unit, size in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if count >= size:
            return f"{count / size:.2f} {unit}"
    return f"{count} bytes"
