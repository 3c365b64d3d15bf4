"""The shapes of a line's factors in the reader's own numbers: a program is judged on random networks."""

from __future__ import annotations

from dataclasses import replace

from ...derivation.checker import Factor, Verdict
from ...derivation.view import View
from ...maths.digits import PLAIN


def sized(found: Verdict, view: View) -> Verdict:
    """A verdict whose factors have the sizes that they have in a view's network and batch."""
    return replace(found, factors=tuple(replace(each, size=size(each, view)) for each in found.factors))


def size(factor: Factor, view: View) -> tuple[int, int] | None:
    """The rows and columns of a factor; None where one of them has no number here."""
    numbers = [number(each, view) for each in factor.dimensions or ()]
    return (numbers[0], numbers[1]) if len(numbers) == 2 and None not in numbers else None  # type: ignore[return-value]


def number(dimension: str, view: View) -> int | None:
    """How long a named dimension is: 1, m, or the n of a layer, counted from 0."""
    if dimension == "m":
        return view.batch_size
    letter, digits = dimension[:1], dimension[1:].translate(PLAIN)
    if dimension.isascii() and dimension.isdigit():
        return int(dimension)
    layer = int(digits) if letter == "n" and digits.isdigit() else -1
    return view.architecture.widths[layer] if 0 <= layer <= view.architecture.depth else None
