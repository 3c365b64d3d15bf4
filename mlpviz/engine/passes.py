"""One forward and one backward pass over a trace's buffers."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from ..maths.losses import Loss
from ..maths.messages import Refusal, counted
from .arrays import Array, Call
from .given import numbers
from .lending import LENDER, is_lent, take
from .parameters import Parameters
from .trace import PHASES, Trace


def forward(trace: Trace) -> None:
    """Compute Z, A, losses and cost of the batch in A[0] and Y."""
    run(trace, ("forward", "loss"))


def backward(trace: Trace) -> None:
    """Compute delta, dW and db from the forward pass's buffers."""
    run(trace, ("backward",))


def run(trace: Trace, phases: Iterable[str]) -> None:
    with trace.parameters.arrays.quiet():
        for phase in phases:
            call_all(trace.calls[phase])


def call_all(calls: Iterable[Call]) -> None:
    for call in calls:
        call()


def backpropagate(parameters: Parameters, X: Any, Y: Any, device: str | None = None) -> Trace:
    """Every array of one forward and backward pass over a batch: X (m, n_0), Y (m, n_L), samples as rows.

    On another ``device`` than the parameters' the trace is that of their copy there.

    Raises ValueError if X or Y does not fit the network, or Y is no label of its loss.
    """
    if device not in (None, parameters.device):
        parameters = parameters.astype(parameters.dtype, device)
    return whole_pass(parameters, *checked_batch(parameters, X, Y))


def whole_pass(parameters: Parameters, X: Array, Y: Array) -> Trace:
    trace = Trace(parameters, X.shape[0])
    copy_batch(trace, X, Y)
    once(trace, PHASES)
    return trace


def once(trace: Trace, phases: Sequence[str]) -> None:
    """Carry out phases, the first among them, of a trace that is looked at and hardly run again."""
    with running(trace) as work:
        run(work, phases)
        if work is not trace:
            take(trace, work, phases)


@contextmanager
def running(trace: Trace) -> Iterator[Trace]:
    """A trace with the same batch and parameters to run: itself or, where that is quicker, one that is lent."""
    if not is_lent(trace):
        yield trace
        return
    with LENDER.lent(trace.parameters, trace.batch_size) as work:
        copy_batch(work, trace.A[0], trace.Y)
        yield work


def load(trace: Trace, X: Any, Y: Any) -> None:
    """Copy a batch into the trace's own input and target buffers.

    Raises ValueError as ``backpropagate`` does.
    """
    X, Y = checked_batch(trace.parameters, X, Y)
    if X.shape[0] != trace.batch_size:
        raise Refusal(
            counted(
                "X has {count} sample, and the trace was made for {batch_size}",
                "X has {count} samples, and the trace was made for {batch_size}",
                X.shape[0],
                batch_size=trace.batch_size,
            )
        )
    copy_batch(trace, X, Y)


def copy_batch(trace: Trace, X: Array, Y: Array) -> None:
    device = trace.parameters.arrays
    trace.A[0][...] = device.asarray(X, trace.dtype)
    trace.Y[...] = device.asarray(Y, trace.dtype)


def checked_batch(parameters: Parameters, X: Any, Y: Any) -> tuple[Array, Array]:
    widths = parameters.architecture.widths
    X, Y = checked_rows(parameters, "X", X, widths[0]), checked_rows(parameters, "Y", Y, widths[-1])
    if X.shape[0] != Y.shape[0]:
        raise Refusal(
            counted(
                "X has {count} sample and Y has {targets}: they must have equally many",
                "X has {count} samples and Y has {targets}: they must have equally many",
                X.shape[0],
                targets=Y.shape[0],
            )
        )
    check_labels(parameters.architecture.loss_entry, Y)
    return X, Y


def checked_rows(parameters: Parameters, name: str, values: Any, width: int) -> Array:
    """A batch as a matrix with one sample a row, or refuse it."""
    expected = counted("a matrix of numbers with {count} column", "a matrix of numbers with {count} columns", width)
    rows = numbers(name, values, parameters.dtype, parameters.arrays, expected)
    if rows.ndim == 2 and rows.shape[0] >= 1 and rows.shape[1] == width:
        return rows
    shape = {"name": name, "width": width, "shape": str(rows.shape)}
    if rows.ndim == 2 and rows.shape[0] == width:
        raise Refusal(
            "{name} must have shape (m, {width}), one row a sample, got {shape}; it looks transposed: samples are rows",
            **shape,
        )
    raise Refusal("{name} must have shape (m, {width}), one row a sample, got {shape}", **shape)


def check_labels(loss: Loss, Y: Array) -> None:
    """Refuse targets that the loss is not defined for."""
    if loss.labels is None:
        return
    low, high = loss.labels
    labels = (Y >= low) & (Y <= high) & (Y < math.inf)
    if bool(labels.all()):
        return
    row, column = divmod(int(labels.argmin()), Y.shape[1])
    entry = {"loss": loss.name, "value": float(Y[row, column]), "row": row, "column": column}
    if high < math.inf:
        raise Refusal(
            "Y must be from {low:g} to {high:g} for the loss {loss}, got {value:g} at Y[{row}, {column}]",
            low=low,
            high=high,
            **entry,
        )
    raise Refusal(
        "Y must be finite and from {low:g} up for the loss {loss}, got {value:g} at Y[{row}, {column}]",
        low=low,
        **entry,
    )
