"""A line as it is read: its equal parts, each with every way to read it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ....maths.expressions import Expression, Symbol
from .dialects import Language
from .names import Clash, Namespace
from .syntax import Span


@dataclass(frozen=True)
class Side:
    """One of the equal parts of a line: the array that it names, if it is but a name, and each way to read it."""

    symbol: Symbol | None
    trees: tuple[Expression, ...]
    span: Span
    clashes: tuple[Clash, ...] = ()


@dataclass(frozen=True)
class Reading:
    """A line as read: its parts between equals signs, the names in it, and its dialect.

    ``sign`` stands before the equals sign; ``unnamed`` is what the left side calls by a name of its own; ``is_open``
    that the dialect is not said; ``others`` are the places of further formulas, about other arrays, and ``meant`` those
    of the ones that say what names mean.
    """

    sides: tuple[Side, ...]
    names: Namespace
    dialect: Language
    sign: str = ""
    unnamed: tuple[str, ...] = ()
    is_open: bool = False
    others: tuple[Span, ...] = ()
    meant: tuple[Span, ...] = ()

    @property
    def left(self) -> Symbol | None:
        """The array that the line is about, if it says so."""
        return self.sides[0].symbol if len(self.sides) > 1 else None

    @property
    def clashes(self) -> tuple[Clash, ...]:
        """The indices of the right side that count different things."""
        return self.sides[-1].clashes

    @property
    def trees(self) -> tuple[Expression, ...]:
        """Each way to read the right side."""
        return self.sides[-1].trees


def merged(readings: list[Reading]) -> Reading:
    """A line that may be written in several dialects: every way to read it."""
    first = readings[0]
    sides = zip(*(reading.sides for reading in readings), strict=True)
    trees = [tuple(dict.fromkeys(tree for side in alike for tree in side.trees)) for alike in sides]
    both = tuple(replace(side, trees=ways) for side, ways in zip(first.sides, trees, strict=True))
    return replace(first, sides=both, is_open=True)
