"""What an edit did besides what was asked for, in sentences: nothing is dropped, filled or drawn anew silently."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ...engine.initializers import INITIALIZERS
from ...maths.expressions import Symbol
from ...maths.messages import Message, counted, enumerated
from ...setup.checks import shape_of
from ...setup.setup import Setup, room_of


def side_effects(before: Setup, after: Setup) -> tuple[Message, ...]:
    """Messages on what an edit changed beyond its purpose."""
    if before.preset != after.preset or before.dataset != after.dataset or room_of(before) != room_of(after):
        return ()  # another problem altogether, and not an edit of this one
    sentences = [*data_changes(before, after), *parameter_changes(before, after)]
    return (*sentences, Message("Undo brings everything back.")) if sentences else ()


def data_changes(before: Setup, after: Setup) -> Iterator[Message]:
    """Columns and rows of X and Y that were cut off or filled in."""
    for name, old, new in (("X", before.X, after.X), ("Y", before.Y, after.Y)):
        more = len(new[0]) - len(old[0])
        if more > 0:
            yield counted(
                "{name} has {count:,} column more, filled with 0.",
                "{name} has {count:,} columns more, filled with 0.",
                more,
                name=name,
            )
        if more < 0:
            yield counted(
                "{name} lost its last {count:,} column.", "{name} lost its last {count:,} columns.", -more, name=name
            )
    more = len(after.Y) - len(before.Y)
    if more > 1:
        yield counted("There is {count:,} sample more now.", "There are {count:,} samples more now.", more)
    if more < -1:
        yield counted("There is {count:,} sample fewer now.", "There are {count:,} samples fewer now.", -more)


def parameter_changes(before: Setup, after: Setup) -> Iterator[Message]:
    """Given entries that no longer fit, and arrays with newly drawn numbers."""
    lost = len(before.entries) - len(after.entries)
    if lost > 0 and before.widths == after.widths:
        yield counted(
            "{count:,} weight or bias that had been given made room for newly drawn ones.",
            "{count:,} weights and biases that had been given made room for newly drawn ones.",
            lost,
        )
    elif lost > 0:
        yield counted(
            "{count:,} weight or bias that had been given no longer fit and were dropped.",
            "{count:,} weights and biases that had been given no longer fit and were dropped.",
            lost,
        )
    if before.widths != after.widths and (drawn := drawn_arrays(after)):
        yield Message(
            "Numbers drawn anew ({initializer}, seed {seed}) are in {arrays}.",
            initializer=Message(INITIALIZERS[after.initializer].title),
            seed=after.seed,
            arrays=enumerated(drawn),
        )


def drawn_arrays(setup: Setup) -> list[str]:
    """The weights with drawn entries, with their shapes."""
    given = Counter((letter, l) for letter, l, _row, _column in setup.entries)
    shapes = {l: shape_of(setup.widths, "W", l) for l in range(1, len(setup.widths))}
    number = {l: setup.notation.number(Symbol("W", l)) for l in shapes}
    return [f"W[{number[l]}] ({n}×{k})" for l, (n, k) in shapes.items() if given["W", l] < n * k]
