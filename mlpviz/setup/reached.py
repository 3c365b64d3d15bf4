"""What updates have led a setup to: its parameters, what its optimiser keeps, and how many updates lie behind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from ..engine.parameters import Parameters, views
from ..engine.training.optimizers import OPTIMIZERS
from ..maths.messages import Refusal
from . import limits
from .arrays import parameters_of, stand_of
from .entries import EntryKey
from .setup import Setup


def after_updates(setup: Setup, updates: object, arrays: Mapping[str, np.ndarray]) -> Setup:
    """The setup after updates, with the arrays that they have moved: W[1], velocity W[1] and so on; others stay.

    Raises Refusal if they are not those of its network, or not finite.
    """
    if not isinstance(updates, int) or not 0 <= updates <= limits.UPDATES:
        raise wrong()
    parameters, kept = parameters_of(setup), stand_of(setup).state
    state = {name: np.array(kept[name], np.float64) for name in OPTIMIZERS[setup.optimizer].state}
    left = dict(arrays)
    for kind, vector in {"": parameters.flat, **state}.items():
        fill(vector, kind, parameters, left)
    if left:
        raise wrong()
    rows = tuple(tuple(vector.tolist()) for vector in state.values())
    return replace(setup, entries=entries_of(parameters), optimizer_state=rows, updates=updates)


def fill(vector: np.ndarray, kind: str, parameters: Parameters, arrays: dict[str, np.ndarray]) -> None:
    """Take the arrays of one kind, "" for the parameters themselves, into a vector that is laid out as they are."""
    for letter, layers in zip("Wb", views(vector, parameters.architecture), strict=True):
        for l, own in enumerate(layers):
            values = arrays.pop(f"{kind} {letter}[{l}]".lstrip(), None) if own is not None else None
            if own is not None and values is not None:
                if values.size != own.size or not (np.abs(values) <= limits.MAGNITUDE).all():
                    raise wrong()
                own[...] = values.reshape(own.shape)


def wrong() -> Refusal:
    return Refusal("The stepper has sent nothing that is a number of this network.")


def entries_of(parameters: Parameters) -> dict[EntryKey, float]:
    """Every weight and bias, one by one."""
    return {
        (letter, l, r, c): float(value)
        for letter, arrays in (("W", parameters.W), ("b", parameters.b))
        for l, array in enumerate(arrays)
        if array is not None
        for r, row in enumerate(array.tolist())
        for c, value in enumerate(row)
    }


FRESH = ("widths", "bias", "initializer", "seed", "optimizer")
"""What begins anew when it is chosen: no update lies behind another network, or behind another optimiser."""


def begun_anew(before: Setup, after: Setup) -> Setup:
    """A changed setup without what updates have left, where that belongs to what it was before."""
    changed = any(getattr(before, name) != getattr(after, name) for name in FRESH)
    changed |= bool(before.entries) and not after.entries
    same = before.updates == after.updates and before.optimizer_state == after.optimizer_state
    return replace(after, updates=0, optimizer_state=()) if changed and same else after
