"""A network on data that it is not trained on: cost and accuracy, a chunk of samples at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from ..arrays import Array
from ..evaluate import evaluate
from ..parameters import Parameters
from ..passes import forward
from ..trace import Trace
from ..unrolled import straight_line

CHUNK = 1024


class Evaluation:
    """Forward passes over chosen rows of X and Y, on buffers allocated once; ``index`` are the rows' numbers."""

    def __init__(self, parameters: Parameters, X: Array, Y: Array, index: np.ndarray) -> None:
        self.parameters, self.index = parameters, index
        self.rows = parameters.arrays.asarray(index, "int64")
        self.right = right_answers(Y)
        traces = [Trace(parameters, size) for size in chunk_sizes(len(index))]
        self.chunks = {trace.batch_size: (trace, gathering(trace, X, Y)) for trace in traces}

    def cost_and_accuracy(self) -> tuple[float, float | None]:
        """J over all the samples, l2 included, and the share of right answers, if Y holds classes.

        Both are added up where the network is, and read at the end.
        """
        losses: Any = 0.0
        right: Any = 0
        for start in range(0, len(self.index), CHUNK):
            rows = self.rows[start : start + CHUNK]
            trace, gather = self.chunks[len(rows)]
            gather(rows)
            forward(trace)
            losses = losses + trace.losses.sum(dtype="float64")
            right = right + self.right(trace.A[-1], trace.Y) if self.right is not None else 0
        answers = len(self.index)
        share = int(right) / answers if self.right is not None else None
        return reduced(self.parameters, float(losses), answers), share


def chunk_sizes(samples: int) -> set[int]:
    return {min(CHUNK, samples), samples % CHUNK} - {0}


def gathering(trace: Trace, X: Array, Y: Array) -> Callable[[Array], object]:
    """A function that copies the rows with the given numbers into a trace."""
    device = trace.parameters.arrays
    return straight_line([*device.bind_rows(X, trace.A[0]), *device.bind_rows(Y, trace.Y)])


def reduced(parameters: Parameters, losses: float, samples: int) -> float:
    architecture = parameters.architecture
    values = {"m": samples, "n": architecture.widths[-1]}
    scale = 1 if architecture.scale is None else evaluate(architecture.scale, lambda symbol: values[symbol.name])
    penalty = sum(float((W * W).sum()) for W in parameters.W[1:]) * architecture.l2 / 2 if architecture.l2 else 0.0
    return losses / scale + penalty


def right_answers(Y: Array) -> Any:
    """A function of A[L] and Y that counts the right answers of a batch, or of each of a stack; None without classes.

    With one-hot rows the largest output must be the right one, with other rows of 0 and 1 every output must be on
    the right side of one half.
    """
    if not bool(((Y == 0) | (Y == 1)).all()):
        return None
    if Y.shape[1] > 1 and bool((Y.sum(1) == 1).all()):
        return lambda A, Y: (A.argmax(-1) == Y.argmax(-1)).sum(-1)
    return lambda A, Y: ((A > 0.5) == (Y > 0.5)).all(-1).sum(-1)
