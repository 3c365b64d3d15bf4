"""Where the neurons of a network stand in its picture, in a unit square, the input on the left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

NEURONS_SHOWN = 12
"""Neurons up to which a layer is drawn whole; of a wider one the first and last, with a gap between."""


@dataclass(frozen=True)
class Column:
    """One layer of the picture: which of its ``total`` neurons are ``shown``, and their heights from 0 (top) to 1."""

    layer: int
    total: int
    shown: tuple[int, ...]
    x: float
    y: tuple[float, ...]


def diagram(widths: Sequence[int]) -> tuple[Column, ...]:
    last = max(len(widths) - 1, 1)
    return tuple(column(l, n, l / last) for l, n in enumerate(widths))


def column(layer: int, total: int, x: float) -> Column:
    """At most ``NEURONS_SHOWN`` neurons of a layer, evenly spaced and centred; the gap takes the place of one."""
    if total <= NEURONS_SHOWN:
        return Column(layer, total, tuple(range(total)), x, heights(total, total))
    half = (NEURONS_SHOWN - 1) // 2
    shown = (*range(half), *range(total - half, total))
    places = heights(2 * half + 1, 2 * half + 1)
    return Column(layer, total, shown, x, places[:half] + places[half + 1 :])


def heights(count: int, places: int) -> tuple[float, ...]:
    return tuple((k + 0.5) / places for k in range(count))
