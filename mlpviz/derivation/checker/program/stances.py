"""How a program may see the network: which way its arrays lie, whether it has one sample, how its lists count."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ...notation import Notation
from .worlds import Extent


@dataclass(frozen=True)
class Stance:
    """One way of seeing it.

    ``flat`` says which arrays have one axis: none, biases and the labels of one output ("biases"), or those and the
    samples too ("all", of one sample). ``lists`` says whether lists by layer begin with that of layer 1 or with
    nothing ("padded"); ``numbers`` that labels are class numbers.
    """

    orientation: str = "rows"
    weights: str = "out_in"
    flat: str = "none"
    lists: str = "zero"
    numbers: bool = False
    extent: Extent = Extent()

    @property
    def columns(self) -> bool:
        return self.orientation == "columns"

    @property
    def turned(self) -> bool:
        """Whether weights lie as (in, out)."""
        return self.weights == "in_out"

    def notation(self, own: Notation) -> Notation:
        return replace(own, orientation=self.orientation, weights=self.weights)


def stances(own: Notation, lists: bool, one_output: bool, numbers: bool) -> Iterator[Stance]:
    """Every way, the likely ones first: the reader's own notation, then the other order of W, then the other samples."""
    first = Stance(own.orientation, own.weights, numbers=numbers)
    other = {"rows": "columns", "columns": "rows"}
    turned = {"out_in": "in_out", "in_out": "out_in"}
    ways = [
        first,
        replace(first, weights=turned[first.weights]),
        replace(first, orientation=other[first.orientation]),
        replace(first, orientation=other[first.orientation], weights=turned[first.weights]),
    ]
    counted = ("zero", "padded") if lists else ("zero",)
    many = [replace(way, lists=each) for each in counted for way in ways]
    yield from many
    yield from (replace(way, flat="biases") for way in many)
    if one_output:
        yield from (replace(way, flat=flat, extent=Extent(one_output=True)) for flat in ("none", "biases") for way in many)
    one = Extent(one_sample=True)
    yield from (replace(way, extent=one) for way in many)
    yield from (replace(way, flat="all", extent=one) for way in many if not way.columns)
    yield from (replace(way, extent=Extent(own_widths=True)) for way in many)
