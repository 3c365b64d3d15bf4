"""Cuts equations into matrix products, the large of which a library makes, and regions, which become kernels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from mlpviz.engine.gpu.codegen.threads import BLOCKS, NARROWEST
from mlpviz.engine.gpu.schedule.launches import Product
from mlpviz.engine.gpu.schedule.regions import piecewise, region
from mlpviz.engine.gpu.schedule.tiled import Work, tiled
from mlpviz.engine.normal_form import Size, Trees, exchanged, products, sums, symbols
from mlpviz.maths import expressions as ex
from mlpviz.maths import shapes
from mlpviz.maths.equations import Equation

Unit = Product | Work

TALL = 2**20
"""Entries of a matrix from which summing its rows may deserve a second launch."""

PIECE, FEWEST = 2048, 4
"""The fewest rows of a piece, and the fewest pieces: with fewer, the columns alone keep most of a chip at work."""


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
        shapes.check_value(equation.target, self.trees.of(equation.target), self.trees.shape(equation.value))
        return self.trees.normal(equation.value)

    def make(self, equation: Equation, value: ex.Expression) -> None:
        """Append the units that store a value in its target."""
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
        product = Product(plain[0], plain[1], out, *flags)
        self.units.append(tiled(product, self.trees) if self.fused else product)

    def operand(self, node: ex.Expression) -> ex.Expression:
        """An operand of a product as an array or its transpose."""
        return node if isinstance(node, ex.Symbol | ex.Transpose) else self.scratch(node)

    def scratch(self, node: ex.Expression) -> ex.Symbol:
        """Compute a tree into a buffer of its own."""
        if node not in self.standing:
            symbol = self.trees.new(self.trees.shape(node))
            self.make(Equation("part", symbol, node), node)
            self.standing[node] = symbol
        return self.standing[node]

    def without_products(self, value: ex.Expression, target: ex.Symbol) -> ex.Expression:
        """Carry out the products of a value first, one of them in the target itself where possible."""
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
        """Whether a product may be stored in the buffer that its own equation overwrites afterwards."""
        return self.counts[node] == 1 and target not in self.read and self.trees.shape(node) == self.trees.of(target)

    def without_other_sums(self, value: ex.Expression) -> ex.Expression:
        """Carry out first all sums that run along another axis than the outermost one."""
        axis = next((node.axis for node in sums(value)), None)
        others = [node for node in sums(value) if node.axis != axis]
        return exchanged(value, {node: self.scratch(node) for node in others}) if others else value

    def without_tall_sums(self, value: ex.Expression) -> ex.Expression:
        """Split each sum over very many rows in two, the first by pieces, so that a whole chip works on it."""
        places: dict[ex.Expression, ex.Expression] = {}
        for node in sums(value):
            pieces = pieces_of(self.trees.shape(node.operand))
            if type(node) is ex.Sum and node.axis == 0 and pieces > 1 and not any(sums(node.operand)):
                partial = self.trees.new((pieces, self.trees.shape(node)[1]))
                self.units.append(piecewise(partial, node, self.trees))
                places[node] = ex.Sum(partial, 0)
        return exchanged(value, places) if places else value

    def primitive(self, value: ex.Expression) -> ex.Expression:
        """Carry out every compound operand first, in a unit of its own."""
        return ex.rebuild(value, lambda child: self.scratch(child) if compound(child) else child)


class InlineLowering(Lowering):
    """Makes regions alone, each with its products inside; their operands are arrays or transposed arrays."""

    def without_tall_sums(self, value: ex.Expression) -> ex.Expression:
        """The value unchanged: a single block adds up everything."""
        return value

    def without_products(self, value: ex.Expression, _target: ex.Symbol) -> ex.Expression:
        """Carry out first the operands of products that are not arrays."""
        return exchanged(value, {node: ex.rebuild(node, self.operand) for node in outermost_products(value)})


def compound(node: ex.Expression) -> bool:
    return bool(ex.children(node)) and not isinstance(node, ex.Transpose)


def outermost_products(node: ex.Expression) -> list[ex.MatMul]:
    """The products of a tree that are in no other, each once."""
    if isinstance(node, ex.MatMul):
        return [node]
    return list(dict.fromkeys(found for child in ex.children(node) for found in outermost_products(child)))
