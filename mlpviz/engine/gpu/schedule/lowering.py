"""Cuts equations into matrix products, which a library makes, and regions, which become kernels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from mlpviz.engine.gpu.codegen.threads import BLOCKS, NARROWEST
from mlpviz.engine.gpu.schedule.launches import Product
from mlpviz.engine.gpu.schedule.normal_form import Size, Trees, exchanged, products, sums, symbols
from mlpviz.engine.gpu.schedule.regions import Region, piecewise, region
from mlpviz.maths import expressions as ex
from mlpviz.maths import shapes
from mlpviz.maths.equations import Equation

Unit = Product | Region

TALL = 2**20
"""Entries of a matrix from which on the sum over its rows may be worth another launch."""

PIECE, FEWEST = 2048, 4
"""Rows of a piece, and pieces, at least: with fewer there are columns enough to keep most of a chip at work."""


def pieces_of(size: Size) -> int:
    """Into how many pieces the rows of a matrix are cut to be added up: 1 unless it is large and narrow."""
    rows, columns = size
    pieces = min(BLOCKS // -(-columns // NARROWEST), rows // PIECE)
    return pieces if rows * columns >= TALL and pieces >= FEWEST else 1


class Lowering:
    """Makes the units of equations, in an order in which they may be carried out; equal parts are computed once."""

    def __init__(self, trees: Trees, fused: bool = True) -> None:
        self.trees, self.fused = trees, fused
        self.units: list[Unit] = []
        self.standing: dict[ex.Expression, ex.Symbol] = {}
        self.counts: Counter[ex.MatMul] = Counter()
        self.read: set[ex.Symbol] = set()

    def lower(self, equations: Sequence[Equation]) -> tuple[list[Unit], list[int]]:
        """The units, and for each equation the unit that writes its target.

        Raises ShapeError where an equation does not multiply or is not of its target's shape.
        """
        values = [self.checked(equation) for equation in equations]
        self.counts = Counter(node for value in values for node in set(products(value)))
        last = []
        for equation, value in zip(equations, values, strict=True):
            self.make(equation, value)
            last.append(len(self.units) - 1)
        return self.units, last

    def checked(self, equation: Equation) -> ex.Expression:
        """The value of an equation in normal form."""
        shapes.check_value(equation.target, self.trees.of(equation.target), self.trees.shape(equation.value))
        return self.trees.normal(equation.value)

    def make(self, equation: Equation, value: ex.Expression) -> None:
        """Append the units that leave a value in its target."""
        target = equation.target
        self.read |= set(symbols(value))
        rest = self.without_products(value, target)
        if rest != target:
            rest = self.without_tall_sums(self.without_other_sums(rest)) if self.fused else self.primitive(rest)
            self.units.append(region(target, rest, self.trees, equation.name))
        self.standing = {tree: x for tree, x in self.standing.items() if target not in symbols(tree)}

    def multiply(self, node: ex.MatMul, out: ex.Symbol) -> None:
        left, right = self.operand(node.left), self.operand(node.right)
        flags = [isinstance(x, ex.Transpose) for x in (left, right)]
        plain = [next(symbols(x)) for x in (left, right)]
        self.units.append(Product(plain[0], plain[1], out, *flags))

    def operand(self, node: ex.Expression) -> ex.Expression:
        """An operand of a product as an array or its transpose."""
        return node if isinstance(node, ex.Symbol | ex.Transpose) else self.scratch(node)

    def scratch(self, node: ex.Expression) -> ex.Symbol:
        """A buffer that holds a tree's value."""
        if node not in self.standing:
            symbol = self.trees.new(self.trees.shape(node))
            self.make(Equation("part", symbol, node), node)
            self.standing[node] = symbol
        return self.standing[node]

    def without_products(self, value: ex.Expression, target: ex.Symbol) -> ex.Expression:
        """The value with its products carried out: one of the target's shape in the target itself, if nothing minds."""
        if isinstance(value, ex.MatMul):
            self.multiply(value, target)
            return target
        places: dict[ex.Expression, ex.Expression] = {}
        for node in outermost_products(value):
            if node in self.standing:
                places[node] = self.standing[node]
            elif target not in places.values() and self.may_stand_in(target, node):
                self.multiply(node, target)
                places[node] = target
            else:
                places[node] = self.scratch(node)
        return exchanged(value, places)

    def may_stand_in(self, target: ex.Symbol, node: ex.MatMul) -> bool:
        """Whether a product may be laid down in the buffer that its own equation writes afterwards."""
        return self.counts[node] == 1 and target not in self.read and self.trees.shape(node) == self.trees.of(target)

    def without_other_sums(self, value: ex.Expression) -> ex.Expression:
        """The value with all sums but those along the axis of the outermost one carried out before."""
        axis = next((node.axis for node in sums(value)), None)
        others = [node for node in sums(value) if node.axis != axis]
        return exchanged(value, {node: self.scratch(node) for node in others}) if others else value

    def without_tall_sums(self, value: ex.Expression) -> ex.Expression:
        """The value with each sum over very many rows in two parts, piece by piece first: a whole chip works on it."""
        places: dict[ex.Expression, ex.Expression] = {}
        for node in sums(value):
            pieces = pieces_of(self.trees.shape(node.operand))
            if type(node) is ex.Sum and node.axis == 0 and pieces > 1 and not any(sums(node.operand)):
                partial = self.trees.new((pieces, self.trees.shape(node)[1]))
                self.units.append(piecewise(partial, node, self.trees))
                places[node] = ex.Sum(partial, 0)
        return exchanged(value, places) if places else value

    def primitive(self, value: ex.Expression) -> ex.Expression:
        """The value with every compound operand carried out before, by a unit of its own."""
        return ex.rebuild(value, lambda child: self.scratch(child) if compound(child) else child)


class InlineLowering(Lowering):
    """Makes regions alone, each with its products inside; their operands are arrays or transposed arrays."""

    def without_tall_sums(self, value: ex.Expression) -> ex.Expression:
        """The value itself: there is only one block to add anything up."""
        return value

    def without_products(self, value: ex.Expression, _target: ex.Symbol) -> ex.Expression:
        """The value with the operands of its products computed before, where they are more than arrays."""
        return exchanged(value, {node: ex.rebuild(node, self.operand) for node in outermost_products(value)})


def compound(node: ex.Expression) -> bool:
    """Whether a tree is an operation and no array, transposed array or number."""
    return bool(ex.children(node)) and not isinstance(node, ex.Transpose)


def outermost_products(node: ex.Expression) -> list[ex.MatMul]:
    """The products of a tree that stand in no other, each once."""
    if isinstance(node, ex.MatMul):
        return [node]
    return list(dict.fromkeys(found for child in ex.children(node) for found in outermost_products(child)))
