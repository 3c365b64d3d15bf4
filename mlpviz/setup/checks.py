"""What a setup must satisfy as a whole, checked before anything is allocated for it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ..maths.architecture import Architecture
from ..maths.digits import minuses
from ..maths.expressions import Symbol
from ..maths.losses import LOSSES
from ..maths.messages import Message, Refusal, counted
from . import limits
from .codecs import quoted, written
from .entries import EntryKey
from .setup import Setup


def checked(setup: Setup) -> Setup:
    """The setup itself, if its parts fit together.

    Raises Refusal naming the field, its value and the accepted values.
    """
    check_size(setup.widths, len(setup.X))
    architecture_of(setup)
    check_rows(setup, "X", setup.widths[0], Message("the input layer"))
    check_rows(setup, "Y", setup.widths[-1], Message("the output layer"))
    check_targets(setup)
    check_labels(setup)
    check_entries(setup)
    check_sample(setup)
    return setup


def architecture_of(setup: Setup) -> Architecture:
    return Architecture(setup.widths, setup.activations, setup.loss, setup.reduction, setup.bias, setup.l2)


def check_size(widths: Sequence[int], samples: int) -> None:
    """Refuse a network that is too large to compute, from its widths alone."""
    if not 2 <= len(widths) <= limits.DEPTH + 1:
        raise Refusal(
            counted(
                "{name}: found {count:,} layer; accepted are 2 to {most}.",
                "{name}: found {count:,} layers; accepted are 2 to {most}.",
                len(widths),
                name="widths",
                most=limits.DEPTH + 1,
            )
        )
    for n in widths:
        if not 1 <= n <= limits.WIDTH:
            raise Refusal(
                "{name}: found {width}; accepted are whole numbers from 1 to {most}.",
                name="widths",
                width=quoted(str(n)),
                most=limits.WIDTH,
            )
    if not 1 <= samples <= limits.BATCH:
        raise Refusal(
            counted(
                "X: found {count:,} row; accepted are 1 to {most:,} samples.",
                "X: found {count:,} rows; accepted are 1 to {most:,} samples.",
                samples,
                most=limits.BATCH,
            )
        )
    if (parameters := parameter_count(widths)) > limits.PARAMETERS:
        raise Refusal(
            "{name}: found {parameters:,} parameters; accepted are up to {most:,}.",
            name="widths",
            parameters=parameters,
            most=limits.PARAMETERS,
        )
    if (values := samples * sum(widths)) > limits.VALUES:
        raise Refusal(
            "{name}: found {values:,} units times samples; accepted are up to {most:,}.",
            name="widths",
            values=values,
            most=limits.VALUES,
        )


def parameter_count(widths: Sequence[int], bias: bool = True) -> int:
    return sum(n * (below + bias) for below, n in pairwise(widths))


def check_rows(setup: Setup, name: str, width: int, layer: Message) -> None:
    """Refuse rows that do not have one finite number for each unit of ``layer``."""
    rows, first = getattr(setup, name), setup.notation.first_index
    if rows:
        check_count(name, len(rows) * len(rows[0]))
    for r, row in enumerate(rows, start=first):
        if len(row) != width:
            raise Refusal(
                counted(
                    "{name}: found {count:,} column in row {row}; accepted are {width}, one for each unit of {layer}.",
                    "{name}: found {count:,} columns in row {row}; accepted are {width}, one for each unit of {layer}.",
                    len(row),
                    name=name,
                    row=r,
                    width=width,
                    layer=layer,
                )
            )
        for c, value in enumerate(row, start=first):
            check_finite(cell_name(name, r, c), value)


def check_count(name: str, count: int) -> None:
    """Refuse more single numbers than a setup may have."""
    if count > limits.NUMBERS:
        raise Refusal(
            "{name}: found {count:,} numbers; accepted are up to {most:,}.",
            name=name,
            count=count,
            most=limits.NUMBERS,
        )


def check_finite(where: Message, value: float) -> None:
    """Refuse a number that is NaN, infinite or too large to square."""
    if not (math.isfinite(value) and abs(value) <= limits.MAGNITUDE):
        raise Refusal(
            "{where}: found {value!r}; accepted is a finite number up to {most:g} in size.",
            where=where,
            value=value,
            most=limits.MAGNITUDE,
        )


def check_targets(setup: Setup) -> None:
    """Refuse targets whose number is not that of the samples."""
    if len(setup.Y) != len(setup.X):
        raise Refusal(
            counted(
                "Y: found {count:,} row; accepted are {samples}, one for each row of X.",
                "Y: found {count:,} rows; accepted are {samples}, one for each row of X.",
                len(setup.Y),
                samples=len(setup.X),
            )
        )


def check_sample(setup: Setup) -> None:
    if setup.sample is not None and not 0 <= setup.sample < len(setup.X):
        raise Refusal(
            "sample: found {sample}; accepted is all, or a sample from 0 to {last}.",
            sample=setup.sample,
            last=len(setup.X) - 1,
        )


def check_labels(setup: Setup) -> None:
    """Refuse labels that an entropy cannot take."""
    loss, first = LOSSES[setup.loss], setup.notation.first_index
    if loss.labels is None:
        return
    low, high = loss.labels
    for r, row in enumerate(setup.Y, start=first):
        for c, value in enumerate(row, start=first):
            if not low <= value <= high:
                raise Refusal(
                    "{where}: found {value}; accepted by {loss} are labels {range}.",
                    where=cell_name("Y", r, c),
                    value=minuses(written(value)),
                    loss=Message(loss.title),
                    range=range_of(low, high),
                )


def range_of(low: float, high: float) -> Message:
    """A range in words; with ``high`` infinite it has no upper bound."""
    if high < math.inf:
        return Message("from {low:g} to {high:g}", low=low, high=high)
    return Message("from {low:g} up", low=low)


def doubts(setup: Setup) -> Iterator[Message]:
    """What can be computed and is hardly meant."""
    if setup.activations[-1] != "softmax":
        return
    if setup.widths[-1] == 1:
        yield Message("Softmax of one output is always 1, so nothing is learnt: take two outputs, or sigmoid.")
    elif setup.loss == "cross_entropy":
        first = setup.notation.first_index
        uneven = [r for r, row in enumerate(setup.Y, start=first) if abs(math.fsum(row) - 1) > UNEVEN]
        if uneven:
            yield counted(
                "The targets of {count:,} sample do not sum to 1 (the first: sample {row}), so its error is not the "
                "output minus the target.",
                "The targets of {count:,} samples do not sum to 1 (the first: sample {row}), so their error is not the "
                "output minus the target.",
                len(uneven),
                row=uneven[0],
            )


UNEVEN = 1e-6
"""How far a sum of targets may be from 1 by rounding."""


def check_entries(setup: Setup) -> None:
    """Refuse parameter entries that the network does not have."""
    if len(setup.entries) > limits.NUMBERS:
        raise Refusal(
            "entries: found {count:,} numbers; accepted are up to {most:,}, the rest drawn.",
            count=len(setup.entries),
            most=limits.NUMBERS,
        )
    for key, value in setup.entries.items():
        if not has_entry(setup.widths, key):
            letter, l, row, column = key
            raise Refusal(
                "entries: found {entry}; accepted are entries that a network of {widths} units has, counted from 0.",
                entry=f"{letter}{l}.{row}.{column}",
                widths="-".join(map(str, setup.widths)),
            )
        check_finite(entry_name(setup, key), value)


def cell_name(name: str, row: int, column: int) -> Message:
    return Message("{name}, row {row}, column {column}", name=name, row=row, column=column)


def entry_name(setup: Setup, key: EntryKey) -> Message:
    """An entry in words, counted as the notation counts: W[1], row 2, column 1."""
    letter, l, row, column = key
    first, notation = setup.notation.first_index, setup.notation
    return cell_name(f"{letter}[{notation.number(Symbol(letter, l))}]", row + first, column + first)


def has_entry(widths: Sequence[int], key: EntryKey) -> bool:
    """Whether a network of these widths, with biases, has the entry ``key``."""
    letter, l, row, column = key
    if not 1 <= l < len(widths):
        return False
    rows, columns = shape_of(widths, letter, l)
    return 0 <= row < rows and 0 <= column < columns


def shape_of(widths: Sequence[int], letter: str, l: int) -> tuple[int, int]:
    return (widths[l], widths[l - 1]) if letter == "W" else (1, widths[l])
