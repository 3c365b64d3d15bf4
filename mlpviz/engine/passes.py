"""One forward and one backward pass over a trace's buffers."""

from __future__ import annotations

import math
import reprlib
from collections.abc import Iterable
from typing import Any

from .arrays import Array, Call
from .backend import backend
from .parameters import Parameters
from .trace import Trace


def forward(trace: Trace) -> None:
    """Z, A, losses and the cost of the batch in A[0] and Y."""
    run(trace, ("forward", "loss"))


def backward(trace: Trace) -> None:
    """delta, dW and db, from the forward pass's buffers."""
    run(trace, ("backward",))


def run(trace: Trace, phases: Iterable[str]) -> None:
    """Call the bound operations of some phases, in order."""
    with backend(trace.parameters.device).arrays.quiet():
        for phase in phases:
            call_all(trace.calls[phase])


def call_all(calls: Iterable[Call]) -> None:
    """Call each, in order."""
    for call in calls:
        call()


def backpropagate(parameters: Parameters, X: Any, Y: Any, device: str | None = None) -> Trace:
    """Every array of one forward and backward pass over a batch: X (m, n_0), Y (m, n_L), samples as rows.

    On another ``device`` than the parameters' the trace is that of their copy there.

    Raises ValueError if X or Y does not fit the network, or Y is no label of its loss.
    """
    if device not in (None, parameters.device):
        parameters = parameters.astype(parameters.dtype, device)
    trace = Trace(parameters, checked_batch(parameters, X, Y)[0].shape[0])
    load(trace, X, Y)
    forward(trace)
    backward(trace)
    return trace


def load(trace: Trace, X: Any, Y: Any) -> None:
    """Copy a batch into the trace's own input and target buffers.

    Raises ValueError as ``backpropagate`` does.
    """
    X, Y = checked_batch(trace.parameters, X, Y)
    if X.shape[0] != trace.batch_size:
        raise ValueError(f"X has {X.shape[0]} samples, and the trace was made for {trace.batch_size}")
    device = backend(trace.parameters.device).arrays
    trace.A[0][...] = device.asarray(X, trace.parameters.dtype)
    trace.Y[...] = device.asarray(Y, trace.parameters.dtype)


def checked_batch(parameters: Parameters, X: Any, Y: Any) -> tuple[Array, Array]:
    """X and Y as arrays of the parameters' type, on the host or where they are already."""
    widths = parameters.architecture.widths
    X, Y = checked_rows(parameters, "X", X, widths[0]), checked_rows(parameters, "Y", Y, widths[-1])
    if X.shape[0] != Y.shape[0]:
        raise ValueError(f"X has {X.shape[0]} samples and Y has {Y.shape[0]}: they must have equally many")
    check_labels(parameters, Y)
    return X, Y


def checked_rows(parameters: Parameters, name: str, values: Any, width: int) -> Array:
    """A batch as a matrix with one sample a row."""
    try:
        rows = backend(parameters.device).arrays.as_given(values, parameters.dtype)
    except (TypeError, ValueError):
        found = reprlib.repr(values)
        raise ValueError(f"{name} must be a matrix of numbers with {width} columns, got {found}") from None
    if rows.ndim != 2 or rows.shape[0] < 1 or rows.shape[1] != width:
        transposed = rows.ndim == 2 and rows.shape[0] == width
        hint = "; it looks transposed: samples are rows" if transposed else ""
        raise ValueError(f"{name} must have shape (m, {width}), one row a sample, got {rows.shape}{hint}")
    return rows


def check_labels(parameters: Parameters, Y: Array) -> None:
    """Refuse targets that the loss has no meaning for."""
    loss = parameters.architecture.loss_entry
    if loss.labels is None:
        return
    low, high = loss.labels
    meant = (Y >= low) & (Y <= high) & (Y < math.inf)
    if not bool(meant.all()):
        accepted = f"from {low:g} to {high:g}" if high < math.inf else f"finite and from {low:g} up"
        row, column = divmod(int(meant.argmin()), Y.shape[1])
        found = f"{float(Y[row, column]):g} at Y[{row}, {column}]"
        raise ValueError(f"Y must be {accepted} for the loss {loss.name}, got {found}")
