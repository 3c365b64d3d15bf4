"""How far the arrays of one pass are from those of another: of a device from the CPU, of float32 from float64."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..maths.equations import steps
from ..maths.expressions import Symbol
from .descent import Update
from .trace import PHASES, Trace


def differences(found: Update, right: Update) -> dict[str, float]:
    """For every array and number that a step computes, by its name, how far it is from the right one.

    That is the largest difference of two entries over the largest of the right entries in size; infinite where one
    pass has a finite number and the other has none.
    """
    targets = (step.equation.target for step in right.steps)
    return {str(symbol): apart(found.value(symbol), right.value(symbol)) for symbol in targets}


def apart(found: Any, right: Any) -> float:
    """The largest difference of two entries over the largest of the right entries; NaN is equal to NaN here."""
    found, right = np.asarray(found, np.float64), np.asarray(right, np.float64)
    with np.errstate(invalid="ignore", over="ignore"):
        gaps = np.where((found == right) | (np.isnan(found) & np.isnan(right)), 0.0, np.abs(found - right))
    largest = float(gaps.max(initial=0.0))
    size = float(np.abs(right[np.isfinite(right)]).max(initial=0.0))
    return 0.0 if largest == 0 else largest / size if np.isfinite(largest) and size else float("inf")


def brought_home(update: Update) -> Update:
    """Copy an update into the host's memory, so that nothing of it is held on its device."""
    trace = update.trace
    parameters = trace.parameters.astype(trace.parameters.dtype, "cpu")
    home = Update(Trace(parameters, trace.batch_size), update.learning_rate, update.stand)
    for there, here in ((trace, home.trace), (update.after, home.after)):
        copy(there, here)
    home.state = {symbol: trace.parameters.arrays.to_host(array) for symbol, array in update.state.items()}
    home.change = update.change
    return home


def copy(there: Trace, here: Trace) -> None:
    """Copy the parameters and every array of a pass into those of another in the host's memory."""
    to_host = there.parameters.arrays.to_host
    here.parameters.flat[...] = to_host(there.parameters.flat)
    computed = (step.equation.target for step in steps(there.architecture) if step.phase in PHASES)
    for symbol in (Symbol("A", 0), Symbol("Y"), *computed):
        here.buffer(symbol)[...] = to_host(there.buffer(symbol))
