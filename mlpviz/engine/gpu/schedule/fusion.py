"""Puts units together into few launches: regions that hand entries on become one, independent regions share a launch.

Both are the same operation on the graph of what depends on what: two nodes are contracted if no path leads from one to
the other through a third (or, for regions side by side, none at all).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import or_

from mlpviz.engine.gpu.schedule.launches import Product
from mlpviz.engine.gpu.schedule.lowering import Unit
from mlpviz.engine.gpu.schedule.regions import Region, joined
from mlpviz.engine.gpu.schedule.tiled import Tiled, Work
from mlpviz.maths.expressions import Symbol


@dataclass(frozen=True, eq=False)
class Launch:
    """A product by the library, or regions and small products side by side.

    ``units`` are the numbers of its units, ``needed`` of those before it. Sets of units are the bits of a number.
    """

    units: int
    needed: int
    product: Product | None = None
    regions: tuple[Work, ...] = ()

    def needs(self, other: Launch) -> bool:
        return bool(self.needed & other.units) and self is not other


def launches(units: Sequence[Unit], fused: bool = True) -> list[Launch]:
    """Combine units into launches, in an order in which they may run."""
    graph = Graph(units)
    if fused:
        graph.hand_on()
        graph.share()
    return list(graph.in_order())


def handed_on(units: Sequence[Unit]) -> list[Launch]:
    """Combine units into regions that hand entries on; regions do not share launches yet."""
    graph = Graph(units)
    graph.hand_on()
    return list(graph.in_order())


def single(units: Sequence[Unit], k: int) -> Launch:
    """Make a unit a launch that needs each earlier one which writes what it touches or reads what it writes."""
    unit = units[k]
    needed = 0
    for i, other in enumerate(units[:k]):
        if writes(other) & (reads(unit) | writes(unit)) or reads(other) & writes(unit):
            needed |= 1 << i
    return Launch(1 << k, needed, unit) if isinstance(unit, Product) else Launch(1 << k, needed, regions=(unit,))


def both(first: Work, second: Work) -> Work | None:
    """A region as the continuation of a region or product, if that is possible."""
    if isinstance(second, Tiled):
        return None
    return joined(first, second) if isinstance(first, Region) else first.joined(second)


def writes(unit: Unit) -> frozenset[Symbol]:
    return frozenset({unit.out}) if isinstance(unit, Product) else frozenset(unit.targets)


def reads(unit: Unit) -> frozenset[Symbol]:
    return frozenset({unit.left, unit.right}) if isinstance(unit, Product) else unit.reads


class Graph:
    def __init__(self, units: Sequence[Unit]) -> None:
        self.count = len(units)
        self.nodes = [single(units, k) for k in range(len(units))]

    def hand_on(self) -> None:
        """Join each region with the first earlier one whose values it reads, if threads keep to their entries."""
        for k in range(self.count):
            node = self.holding(k)
            for other in [other for other in self.nodes if node.regions and other.regions and node.needs(other)]:
                region = both(other.regions[0], node.regions[0])
                if region is not None and self.apart(other, node):
                    self.contract(other, node, (region,))
                    break

    def share(self) -> None:
        """Combine each kernel with the next that is independent of it, or with one before."""
        for k in range(self.count):
            node = self.holding(k)
            if not node.regions or node.units.bit_length() != k + 1:
                continue
            here = self.nodes.index(node)
            others = [other for other in (*self.nodes[here + 1 :], *reversed(self.nodes[:here])) if other.regions]
            partner = next((other for other in others if self.independent(node, other)), None)
            if partner is not None:
                self.contract(partner, node, (*partner.regions, *node.regions))

    def holding(self, k: int) -> Launch:
        return next(node for node in self.nodes if node.units >> k & 1)

    @cached_property
    def before(self) -> dict[Launch, int]:
        """The units that each launch needs, directly or not, its own included."""
        found: dict[Launch, int] = {}
        for node in self.in_order():
            needed = [units for other, units in found.items() if node.needed & other.units]
            found[node] = reduce(or_, needed, node.units)
        return found

    def apart(self, first: Launch, second: Launch) -> bool:
        """Whether no path leads from one launch to the other through a third."""
        between = (node for node in self.nodes if node is not first and node is not second)
        return not any(self.before[node] & first.units and self.before[second] & node.units for node in between)

    def independent(self, first: Launch, second: Launch) -> bool:
        return not (self.before[first] & second.units or self.before[second] & first.units)

    def contract(self, first: Launch, second: Launch, regions: tuple[Work, ...]) -> None:
        """Replace two launches by one."""
        one = Launch(first.units | second.units, first.needed | second.needed, regions=regions)
        self.nodes = [one if node is first else node for node in self.nodes if node is not second]
        self.__dict__.pop("before", None)

    def in_order(self) -> Iterator[Launch]:
        """The launches, each after all that it needs and otherwise by its first unit."""
        waiting = sorted(self.nodes, key=lambda node: node.units & -node.units)
        done = 0
        while waiting:
            ready = next(node for node in waiting if not node.needed & ~(done | node.units))
            waiting.remove(ready)
            done |= ready.units
            yield ready
