"""A region: equations that a range of thread blocks carries out together, by entries, by rows or by columns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from mlpviz.engine.normal_form import Before, Size, Trees, exchanged, sums, symbols
from mlpviz.maths import expressions as ex
from mlpviz.maths.equations import Equation


@dataclass(frozen=True)
class Region:
    """Equations without products, in order, a later one reading what an earlier one wrote.

    ``axis`` is the one along which they add up: 1 for a region by rows, 0 for one by columns, None entry by entry.
    ``size`` is the shape of what is written; in a region by rows or columns only the number of those is common to all.
    A region by columns may be cut into ``pieces``, each of which adds up some rows: a sum has a row for each then.
    """

    equations: tuple[Equation, ...]
    axis: int | None
    size: Size
    pieces: int = 1

    @property
    def lines(self) -> int:
        """Number of rows or columns, each of which one group of threads works on."""
        assert self.axis is not None
        return self.size[1 - self.axis]

    def keeps_to(self, other: Region) -> bool:
        """Whether its threads read only their own entries, rows or columns of another region."""
        if self.axis is not None and (self.axis, self.pieces) != (other.axis, other.pieces):
            return False
        if other.axis is None or other.pieces > 1:
            return self.size == other.size
        return self.size[1 - other.axis] == other.lines

    @property
    def targets(self) -> tuple[ex.Symbol, ...]:
        return tuple(equation.target for equation in self.equations)

    @cached_property
    def reads(self) -> frozenset[ex.Symbol]:
        """The arrays whose values from before the region it needs."""
        found: set[ex.Symbol] = set()
        written: set[ex.Symbol] = set()
        for equation in self.equations:
            read = set(symbols(equation.value))
            found |= {ex.Symbol(x.name, x.layer) for x in read if isinstance(x, Before) or x not in written}
            written.add(equation.target)
        return frozenset(found)


def region(target: ex.Symbol, value: ex.Expression, trees: Trees, name: str = "") -> Region:
    """Make a region of one equation whose sums all run along one axis."""
    assert target not in elsewhere(value), f"{target} is written while other entries of it are still read"
    if target in symbols(value):
        value = exchanged(value, {target: Before(target.name, target.layer)})
    axes = {node.axis for node in sums(value)}
    assert len(axes) <= 1, "sums along both axes are no single region"
    return Region((Equation(name, target, value),), axes.pop() if axes else None, trees.of(target))


def piecewise(target: ex.Symbol, total: ex.Sum, trees: Trees) -> Region:
    """Make a region that adds up columns piece by piece; the target has a row for each piece."""
    pieces, _ = trees.of(target)
    return Region((Equation("part", target, total),), 0, trees.shape(total.operand), pieces)


def joined(first: Region, second: Region) -> Region | None:
    """Join two regions into one that keeps each thread to its own entry, row or column; None if that is impossible."""
    axes = [region.axis for region in (first, second) if region.axis is not None]
    both = Region(
        (*first.equations, *second.equations),
        axes[0] if axes else None,
        first.size,
        max(first.pieces, second.pieces),
    )
    far = (x for equation in second.equations for x in elsewhere(equation.value))
    fits = all(region.keeps_to(both) for region in (first, second))
    return both if fits and not first.reads.intersection(second.targets) and not set(first.targets) & set(far) else None


def elsewhere(node: ex.Expression) -> Iterator[ex.Symbol]:
    """The arrays that a tree reads in other rows or columns than its own: transposed, or in a product."""
    for each in ex.walk(node):
        if isinstance(each, ex.Transpose | ex.MatMul):
            yield from symbols(each)
