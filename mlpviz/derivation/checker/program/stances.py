"""How a program may see the network: which way its arrays lie, whether it has one sample, how its lists count."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from ...notation import Notation
from .worlds import Extent


@dataclass(frozen=True)
class Stance:
    """One way of seeing it.

    ``flat`` says which arrays have one axis: none, biases and the labels of one output ("biases"), or those and the
    samples too ("all", of one sample). ``lists`` says whether lists by layer begin with that of layer 1 or with
    nothing ("padded"); ``numbers`` that labels are class numbers; ``ones`` that the biases are the first or the last
    column of the weights, beside which the samples have a column of ones.
    """

    orientation: str = "rows"
    weights: str = "out_in"
    flat: str = "none"
    lists: str = "zero"
    numbers: bool = False
    ones: str = ""
    counted: Notation | None = None
    """The notation by which names and lists are numbered, if it is not by the layers from 0."""

    extent: Extent = field(default_factory=Extent)

    @property
    def columns(self) -> bool:
        return self.orientation == "columns"

    @property
    def turned(self) -> bool:
        """Whether weights lie as (in, out)."""
        return self.weights == "in_out"

    def notation(self, own: Notation) -> Notation:
        return replace(own, orientation=self.orientation, weights=self.weights)


def families(
    own: Notation, lists: bool, one_output: bool, numbers: bool, columned: bool
) -> Iterator[tuple[Stance, ...]]:
    """Every way, by how large the network is: many samples, then one output, one sample, the learner's own widths.

    In each the reader's own notation comes first, then the other order of W, then the other samples.
    """
    first = Stance(own.orientation, own.weights, numbers=numbers)
    other = {"rows": "columns", "columns": "rows"}
    turned = {"out_in": "in_out", "in_out": "out_in"}
    ways = [
        first,
        replace(first, weights=turned[first.weights]),
        replace(first, orientation=other[first.orientation]),
        replace(first, orientation=other[first.orientation], weights=turned[first.weights]),
    ]
    ways = [replace(way, lists=each) for each in (("zero", "padded") if lists else ("zero",)) for way in ways]
    if own.first_layer or own.numbered != "enters":
        ways = [*(replace(way, counted=own) for way in ways if way.lists == "zero"), *ways]
    flat = [replace(way, flat="biases") for way in ways]
    beside = [replace(way, ones=each) for each in ("first", "last") for way in ways] if columned else []
    yield (*ways, *flat, *beside)
    if one_output:
        yield tuple(replace(way, extent=Extent(one_output=True)) for way in (*ways, *flat))
    one = Extent(one_sample=True)
    alone = [replace(way, flat="all") for way in ways if not way.columns]
    yield tuple(replace(way, extent=one) for way in (*ways, *alone))
    yield tuple(replace(way, extent=Extent(own_widths=True)) for way in (*ways, *flat))
