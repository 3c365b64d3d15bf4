"""What a setup must satisfy as a whole, checked before anything is allocated for it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from ..maths.architecture import Architecture
from ..maths.losses import LOSSES
from . import limits
from .codecs import found, written
from .entries import EntryKey
from .setup import Setup


def checked(setup: Setup) -> Setup:
    """The same setup, if it fits together.

    Raises ValueError with one sentence naming the field, what was found and what is accepted.
    """
    check_size(setup.widths, len(setup.X))
    architecture_of(setup)
    check_rows(setup, "X", setup.widths[0], "the input layer")
    check_rows(setup, "Y", setup.widths[-1], "the output layer")
    if len(setup.X) != len(setup.Y):
        raise ValueError(
            f"Y: found {counted(len(setup.Y), 'row')}; accepted are {len(setup.X)}, one for each row of X."
        )
    check_labels(setup)
    check_entries(setup)
    if setup.sample is not None and not 0 <= setup.sample < len(setup.X):
        last = len(setup.X) - 1
        raise ValueError(f"sample: found {setup.sample}; accepted is all, or a sample from 0 to {last}.")
    return setup


def architecture_of(setup: Setup) -> Architecture:
    """The setup's architecture; raises ValueError if there is none such."""
    return Architecture(setup.widths, setup.activations, setup.loss, setup.reduction, setup.bias, setup.l2)


def check_size(widths: Sequence[int], samples: int) -> None:
    """Refuse a network that is too large to compute, from its widths alone."""
    if not 2 <= len(widths) <= limits.DEPTH + 1:
        raise ValueError(f"widths: found {counted(len(widths), 'layer')}; accepted are 2 to {limits.DEPTH + 1}.")
    for n in widths:
        if not 1 <= n <= limits.WIDTH:
            raise ValueError(f"widths: found {found(str(n))}; accepted are whole numbers from 1 to {limits.WIDTH}.")
    if not 1 <= samples <= limits.BATCH:
        raise ValueError(f"X: found {counted(samples, 'row')}; accepted are 1 to {limits.BATCH:,} samples.")
    parameters = parameter_count(widths)
    if parameters > limits.PARAMETERS:
        raise ValueError(f"widths: found {parameters:,} parameters; accepted are up to {limits.PARAMETERS:,}.")
    if (values := samples * sum(widths)) > limits.VALUES:
        raise ValueError(f"widths: found {values:,} units times samples; accepted are up to {limits.VALUES:,}.")


def parameter_count(widths: Sequence[int], bias: bool = True) -> int:
    """How many weights and biases a network of these widths has."""
    return sum(n * (below + bias) for below, n in pairwise(widths))


def check_rows(setup: Setup, name: str, width: int, layer: str) -> None:
    """Refuse rows that do not have one finite number for each unit."""
    rows, first = getattr(setup, name), setup.notation.first_index
    if rows and len(rows) * len(rows[0]) > limits.NUMBERS:
        raise ValueError(f"{name}: found {len(rows) * len(rows[0]):,} numbers; accepted are up to {limits.NUMBERS:,}.")
    for r, row in enumerate(rows, start=first):
        if len(row) != width:
            raise ValueError(
                f"{name}: found {counted(len(row), 'column')} in row {r}; accepted are {width}, one for each unit "
                f"of {layer}."
            )
        for c, value in enumerate(row, start=first):
            check_finite(f"{name}, row {r}, column {c}", value)


def check_finite(where: str, value: float) -> None:
    """Refuse a number that is NaN, infinite or too large to square."""
    if not (math.isfinite(value) and abs(value) <= limits.MAGNITUDE):
        raise ValueError(f"{where}: found {value!r}; accepted is a finite number up to {limits.MAGNITUDE:g} in size.")


def check_labels(setup: Setup) -> None:
    """Refuse labels that an entropy cannot take."""
    loss, first = LOSSES[setup.loss], setup.notation.first_index
    if loss.labels is None:
        return
    low, high = loss.labels
    accepted = f"from {low:g} to {high:g}" if high < math.inf else f"from {low:g} up"
    for r, row in enumerate(setup.Y, start=first):
        for c, value in enumerate(row, start=first):
            if not low <= value <= high:
                raise ValueError(
                    f"Y, row {r}, column {c}: found {written(value)}; accepted by {loss.name} are labels {accepted}."
                )


def check_entries(setup: Setup) -> None:
    """Refuse parameter entries that the network does not have."""
    if len(setup.entries) > limits.NUMBERS:
        raise ValueError(
            f"entries: found {len(setup.entries):,} numbers; accepted are up to {limits.NUMBERS:,}, the rest drawn."
        )
    for key, value in setup.entries.items():
        if not has_entry(setup.widths, key):
            letter, l, row, column = key
            raise ValueError(
                f"entries: found {letter}{l}.{row}.{column}; accepted are entries that a network of "
                f"{'-'.join(map(str, setup.widths))} units has, counted from 0."
            )
        check_finite(place(setup, key), value)


def place(setup: Setup, key: EntryKey) -> str:
    """An entry in words, counted as the notation counts: W[1], row 2, column 1."""
    letter, l, row, column = key
    first, notation = setup.notation.first_index, setup.notation
    return f"{letter}[{l + notation.first_layer}], row {row + first}, column {column + first}"


def has_entry(widths: Sequence[int], key: EntryKey) -> bool:
    """Whether a network of these widths, with biases, has this entry."""
    letter, l, row, column = key
    if not 1 <= l < len(widths):
        return False
    rows, columns = shape_of(widths, letter, l)
    return 0 <= row < rows and 0 <= column < columns


def shape_of(widths: Sequence[int], letter: str, l: int) -> tuple[int, int]:
    """The shape of W[l], (n_l, n_{l−1}), or of b[l], (1, n_l)."""
    return (widths[l], widths[l - 1]) if letter == "W" else (1, widths[l])


def counted(count: int, noun: str) -> str:
    """1 row, 2 rows."""
    return f"{count:,} {noun}" + ("" if count == 1 else "s")
