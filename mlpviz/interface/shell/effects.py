"""What an edit did besides what was asked for, in sentences: nothing is dropped, filled or drawn anew silently."""

from __future__ import annotations

from collections.abc import Iterator

from ...setup.checks import counted, shape_of
from ...setup.setup import Setup
from .translation import _

Arrays = dict[tuple[str, int], int]


def consequences(before: Setup, after: Setup) -> tuple[str, ...]:
    """The sentences about one edit; none if it did only what was asked for."""
    if before.preset != after.preset or before.dataset != after.dataset:
        return ()  # another problem altogether, and not an edit of this one
    found = [*data_changes(before, after), *parameter_changes(before, after)]
    return (*found, _("Undo brings everything back.")) if found else ()


def data_changes(before: Setup, after: Setup) -> Iterator[str]:
    """Columns and rows of X and Y that were cut off or filled in."""
    for name, old, new in (("X", before.X, after.X), ("Y", before.Y, after.Y)):
        more = len(new[0]) - len(old[0])
        if more > 0:
            yield _("{name} has {columns} more, filled with 0.").format(name=name, columns=counted(more, "column"))
        if more < 0:
            yield _("{name} lost its last {columns}.").format(name=name, columns=counted(-more, "column"))
    more = len(after.Y) - len(before.Y)
    if abs(more) > 1:
        change = _("more") if more > 0 else _("fewer")
        yield _("There are {samples} {change} now.").format(samples=counted(abs(more), "sample"), change=change)


def parameter_changes(before: Setup, after: Setup) -> Iterator[str]:
    """Given entries that no longer fit, and arrays with newly drawn numbers."""
    lost = len(before.entries) - len(after.entries)
    if lost > 0 and before.widths == after.widths:
        yield _("{numbers} that had been given made room for newly drawn ones.").format(numbers=numbers(lost))
    elif lost > 0:
        yield _("{numbers} that had been given no longer fit and were dropped.").format(numbers=numbers(lost))
    if before.widths != after.widths and (drawn := drawn_arrays(after)):
        sentence = _("Numbers drawn anew ({initializer}, seed {seed}) are in {arrays}.")
        yield sentence.format(initializer=after.initializer, seed=after.seed, arrays=", ".join(drawn))


def numbers(count: int) -> str:
    """1 weight or bias, 2 weights and biases."""
    return _("1 weight or bias") if count == 1 else _("{count} weights and biases").format(count=f"{count:,}")


def drawn_arrays(setup: Setup) -> list[str]:
    """The weights that are not all given, with their shapes."""
    given: Arrays = {}
    for letter, l, *_rest in setup.entries:
        given[letter, l] = given.get((letter, l), 0) + 1
    shapes = {l: shape_of(setup.widths, "W", l) for l in range(1, len(setup.widths))}
    return [f"W[{l}] ({n}×{k})" for l, (n, k) in shapes.items() if given.get(("W", l), 0) < n * k]
