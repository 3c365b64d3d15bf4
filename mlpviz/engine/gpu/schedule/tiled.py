"""Products so small that a library spends most of its time on getting started: they become kernels, tile by tile."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import prod

from mlpviz.engine.gpu.schedule.launches import Product
from mlpviz.engine.gpu.schedule.regions import Region, elsewhere, joined
from mlpviz.engine.normal_form import Size, Trees
from mlpviz.maths.expressions import Symbol

MOST_ENTRIES, MOST_MULTIPLICATIONS, LONGEST = 2**16, 2**24, 2**10
"""Entries, multiplications and terms of an entry up to which cuBLAS took longer on an H200."""


@dataclass(frozen=True)
class Tiled:
    """A product that is carried out by blocks, each on one square tile of it; every entry has ``length`` terms.

    ``after`` is what a thread does with an entry as soon as it is there.
    """

    product: Product
    length: int
    after: Region

    @property
    def size(self) -> Size:
        return self.after.size

    @property
    def targets(self) -> tuple[Symbol, ...]:
        return tuple(dict.fromkeys((self.product.out, *self.after.targets)))

    @property
    def reads(self) -> frozenset[Symbol]:
        return frozenset({self.product.left, self.product.right}) | self.after.reads - {self.product.out}

    def joined(self, other: Region) -> Tiled | None:
        """The product with more to be done with its entries, one by one; None if that is impossible."""
        after = joined(self.after, other)
        far = {symbol for equation in other.equations for symbol in elsewhere(equation.value)}
        if after is None or after.axis is not None or self.product.out in far or self.reads & {*other.targets}:
            return None
        return replace(self, after=after)


Work = Region | Tiled
"""What a range of blocks carries out."""


def tiled(product: Product, trees: Trees) -> Product | Tiled:
    """A product as tiles if it is small, unchanged otherwise."""
    size, length = trees.of(product.out), trees.of(product.left)[0 if product.left_transposed else 1]
    entries = prod(size)
    small = entries <= MOST_ENTRIES and length <= LONGEST and entries * length <= MOST_MULTIPLICATIONS
    return Tiled(product, length, Region((), None, size)) if small else product
