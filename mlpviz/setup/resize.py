"""Other widths for a setup: everything that still fits stays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from . import limits
from .arrays import drawn_parameters, parameters_of
from .checks import has_entry
from .codecs import Rows
from .entries import EntryKey
from .setup import Setup


def resized(setup: Setup, widths: tuple[int, ...]) -> Setup:
    """The setup with other widths: entries, activations and data that fit stay, and new data columns are 0."""
    if widths == setup.widths:
        return setup
    layers = matched_layers(setup.widths, widths)
    return replace(
        setup,
        widths=widths,
        activations=resized_activations(setup.activations, layers, len(widths) - 1),
        entries=resized_entries(setup.entries, layers, widths),
        X=resized_columns(setup.X, widths[0]),
        Y=resized_columns(setup.Y, widths[-1]),
    )


def matched_layers(old: Sequence[int], new: Sequence[int]) -> dict[int, int]:
    """For each new layer the old layer that it continues, if any.

    With equal depth each continues its own; otherwise those do whose widths on both sides are still there, counted
    from the input as far as they agree and then from the output.
    """
    if len(old) == len(new):
        return {l: l for l in range(1, len(new))}
    shortest = min(len(old), len(new))
    head = next((i for i in range(shortest) if old[i] != new[i]), shortest)
    tail = next((i for i in range(shortest - head) if old[-1 - i] != new[-1 - i]), shortest - head)
    shift = len(old) - len(new)
    matched = {l: l for l in range(1, head)}
    return matched | {l: l + shift for l in range(len(new) - tail + 1, len(new))}


def resized_activations(old: Sequence[str], layers: Mapping[int, int], depth: int) -> tuple[str, ...]:
    """The activations of the remaining layers; a new hidden layer takes that of the last hidden one."""
    hidden = old[-2] if len(old) > 1 else "tanh"
    new = [old[layers[l] - 1] if layers.get(l, len(old)) < len(old) else hidden for l in range(1, depth)]
    return (*new, old[-1])


def resized_entries(
    entries: Mapping[EntryKey, float], layers: Mapping[int, int], widths: Sequence[int]
) -> dict[EntryKey, float]:
    """The entries that the new network also has, at their new layers."""
    moved = {old: new for new, old in layers.items()}
    kept = {(letter, moved[l], row, column): value for (letter, l, row, column), value in entries.items() if l in moved}
    return {key: value for key, value in kept.items() if has_entry(widths, key)}


def resized_columns(rows: Rows, width: int) -> Rows:
    return tuple((row + (0.0,) * (width - len(row)))[:width] for row in rows)


def with_draws_kept(old: Setup, new: Setup) -> Setup:
    """The new setup with the old numbers in every drawn array that keeps its shape.

    The draws of a seed follow each other through the layers, so without this a change of one width would move them all.
    Arrays of more than ``limits.KEPT`` numbers are left to be drawn anew.
    """
    before, after = parameters_of(old), drawn_parameters(new)
    entries = dict(new.entries)
    for l, old_l in matched_layers(old.widths, new.widths).items():
        was, now = before.W[old_l], after.W[l]
        if was.shape != now.shape or was.size > limits.KEPT:
            continue
        for row, column in np.argwhere(was != now).tolist():
            entries.setdefault(("W", l, row, column), float(was[row, column]))
    return replace(new, entries=entries)
