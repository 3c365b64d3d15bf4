"""What of a setup still fits when the widths change: everything that can be kept is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from .checks import has_entry
from .codecs import Rows
from .entries import EntryKey
from .setup import Setup


def fitted(setup: Setup, widths: tuple[int, ...]) -> Setup:
    """The setup with other widths: what still fits of entries, activations and data stays, new data columns are 0."""
    if widths == setup.widths:
        return setup
    layers = matched_layers(setup.widths, widths)
    return replace(
        setup,
        widths=widths,
        activations=fitted_activations(setup.activations, layers, len(widths) - 1),
        entries=fitted_entries(setup.entries, layers, widths),
        X=fitted_columns(setup.X, widths[0]),
        Y=fitted_columns(setup.Y, widths[-1]),
    )


def matched_layers(old: Sequence[int], new: Sequence[int]) -> dict[int, int]:
    """Which old layer each new layer l continues.

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


def fitted_activations(old: Sequence[str], layers: Mapping[int, int], depth: int) -> tuple[str, ...]:
    """The activations that stay, the output's among them; a new hidden layer takes the last hidden one."""
    hidden = old[-2] if len(old) > 1 else "tanh"
    new = [old[layers[l] - 1] if layers.get(l, len(old)) < len(old) else hidden for l in range(1, depth)]
    return (*new, old[-1])


def fitted_entries(
    entries: Mapping[EntryKey, float], layers: Mapping[int, int], widths: Sequence[int]
) -> dict[EntryKey, float]:
    """The entries that the new network has too, at their new layer."""
    moved = {old: new for new, old in layers.items()}
    kept = {(letter, moved[l], row, column): value for (letter, l, row, column), value in entries.items() if l in moved}
    return {key: value for key, value in kept.items() if has_entry(widths, key)}


def fitted_columns(rows: Rows, width: int) -> Rows:
    """Each row cut, or filled with zeros, to a number of columns."""
    return tuple((row + (0.0,) * (width - len(row)))[:width] for row in rows)
