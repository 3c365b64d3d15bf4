"""Statements as loops in Python, which a compiler for numbers turns into machine code.

The loops run along memory: which axis is the inner one follows from how the arrays lie there.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Sequence

from ...maths import expressions as ex
from ...maths.expressions import Symbol
from ...maths.printer import Printer
from ..arrays import Array
from ..cpu.arrays import HOST
from ..normal_form import Trees, identifier, symbols
from .library import OWN
from .parts import SHORT, LoopNest

LARGE = 2_000
"""Multiplications from which BLAS makes a product more quickly than loops do, its call included."""

ROW_MAJOR, COLUMN_MAJOR, AS_IT_IS, TRANSPOSED = 101, 102, 111, 112  # how BLAS names the ways to read an array


class LoopPrinter(Printer):
    """Writes trees of entries as Python; ``read`` gives the text of a leaf."""

    def __init__(self, read: Callable[[ex.Expression], str | None]) -> None:
        self.read = read

    def atom(self, node: ex.Expression) -> str | None:
        return self.read(node)

    def number(self, value: float) -> str:
        return f"real({value!r})" if math.isfinite(value) else f"real(float({str(value)!r}))"

    def function(self, node: ex.Apply) -> str:
        name = node.name if node.name in OWN else f"math.{node.name}"
        return f"{name}({', '.join(map(self.write, node.arguments))})"


class Loops:
    """Writes statements as loops over arrays that lie in memory as ``layout`` says.

    ``layout(symbol)`` is "C" if an array's rows are contiguous, "F" if its columns are, "A" if both are. ``blas`` says
    whether long products may call the function of that name.
    """

    def __init__(self, trees: Trees, layout: Callable[[Symbol], str], blas: bool = False) -> None:
        self.trees, self.layout, self.blas = trees, layout, blas

    def written(self, statement: LoopNest) -> list[str]:
        match statement.value:
            case ex.MatMul() if loops_of_its_own(statement.value, self.trees):
                return self.product(statement.target, statement.value)
            case ex.Sum():
                return self.reduction(statement.target, statement.value)
        return self.entries([statement])

    # Entries

    def entries(self, statements: Sequence[LoopNest]) -> list[str]:
        """One loop nest for arrays of the same shape, a later one of which may read what an earlier one has."""
        size = self.trees.of(statements[0].target)
        body = [f"{self.at(each.target, 'r', 'c')} = {self.entry(each.value, 'r', 'c')}" for each in statements]
        ranges = [("r", size[0]), ("c", size[1])]
        return nest(ranges if self.by_rows(statements[0].target) else ranges[::-1], body)

    def by_rows(self, symbol: Symbol) -> bool:
        return self.layout(symbol) != "F"

    def at(self, leaf: ex.Expression, row: str, column: str) -> str:
        """An entry of an array, axes of size 1 repeated; ``leaf`` may be transposed."""
        if isinstance(leaf, ex.Transpose):
            return self.at(leaf.operand, column, row)
        assert isinstance(leaf, Symbol)
        size = self.trees.of(leaf)
        index = [at if extent > 1 else "0" for at, extent in zip((row, column), size, strict=True)]
        return f"{identifier(leaf)}[{', '.join(index)}]"

    def entry(self, node: ex.Expression, row: str, column: str) -> str:
        """The text of a tree's entry."""

        def read(part: ex.Expression) -> str | None:
            if isinstance(part, ex.MatMul):
                terms = (str(k) for k in range(self.trees.shape(part.left)[1]))
                return (
                    f"({' + '.join(f'{self.at(part.left, row, k)} * {self.at(part.right, k, column)}' for k in terms)})"
                )
            return self.at(part, row, column) if isinstance(part, Symbol | ex.Transpose) else None

        return LoopPrinter(read).write(node)

    # Sums and products

    def reduction(self, out: Symbol, node: ex.Sum) -> list[str]:
        """A sum or maximum along an axis, whose loop is the inner one where its entries are contiguous."""
        rows, columns = self.trees.shape(node.operand)
        first = "-math.inf" if isinstance(node, ex.Max) else "0"
        both = "maximum({}, {})" if isinstance(node, ex.Max) else "{} + {}"
        ranges = [("r", rows), ("c", columns)]
        along, across = ranges[node.axis], ranges[1 - node.axis]
        to, value = self.at(out, "r", "c"), self.entry(node.operand, "r", "c")
        leaf = next(x for x in symbols(node.operand) if self.trees.of(x) == (rows, columns))
        if self.by_rows(leaf) == (node.axis == 1):
            inner = nest([along], [f"x = {both.format('x', value)}"])
            return nest([across], [f"x = real({first})", *inner, f"{to} = x"])
        return nest([across], [f"{to} = real({first})"]) + nest([along, across], [f"{to} = {both.format(to, value)}"])

    def product(self, out: Symbol, node: ex.MatMul) -> list[str]:
        if multiplications(node, self.trees) >= LARGE:
            return [self.by_library(out, node)]
        (rows, inner), columns = self.trees.shape(node.left), self.trees.shape(node.right)[1]
        to, left, right = self.at(out, "r", "c"), self.at(node.left, "r", "k"), self.at(node.right, "k", "c")
        extents = {"r": rows, "c": columns, "k": inner}
        vectors = {
            "r": self.contiguous(node.left, 0) and self.contiguous(out, 0),
            "c": self.contiguous(node.right, 1) and self.contiguous(out, 1),
            "k": self.contiguous(node.left, 1) and self.contiguous(node.right, 0),
        }
        along = max(extents, key=lambda axis: (vectors[axis] and extents[axis] > 1, extents[axis], axis != "k"))
        if along == "k":
            add = nest([("k", inner)], [f"x += {left} * {right}"])
            return nest([("r", rows), ("c", columns)], ["x = real(0)", *add, f"{to} = x"])
        other, factor, term = ("c", right, left) if along == "r" else ("r", left, right)
        clear = nest([(along, extents[along])], [f"{to} = real(0)"])
        add = nest([(along, extents[along])], [f"{to} += {term} * x"])
        return nest([(other, extents[other])], [*clear, *nest([("k", inner)], [f"x = {factor}", *add])])

    def apart(self, node: ex.MatMul) -> bool:
        """Whether a product is large, and loops over the entries of a result of its shape would jump in a factor."""
        axis = "FC".index(HOST.order(self.trees.shape(node)))
        factor = (node.left, node.right)[axis]
        plain = isinstance(factor, Symbol | ex.Transpose)
        return multiplications(node, self.trees) >= LARGE and plain and not self.contiguous(factor, axis)

    def contiguous(self, leaf: ex.Expression, axis: int) -> bool:
        """Whether the entries along an axis of an array, or of its transpose, stand one after the other."""
        if isinstance(leaf, ex.Transpose):
            return self.contiguous(leaf.operand, 1 - axis)
        assert isinstance(leaf, Symbol)
        return self.layout(leaf) in ("A", "FC"[axis])

    def by_library(self, out: Symbol, node: ex.MatMul) -> str:
        """A product by BLAS, along the contiguous axis of its result."""
        if not self.blas:
            return self.by_numba(out, node)
        (rows, inner), columns = self.trees.shape(node.left), self.trees.shape(node.right)[1]
        axis = int(self.by_rows(out))
        flags = [ROW_MAJOR if axis else COLUMN_MAJOR]
        operands = []
        for leaf in (node.left, node.right):
            along = axis if self.contiguous(leaf, axis) else 1 - axis
            flags.append(AS_IT_IS if along == axis else TRANSPOSED)
            operands += [f"{self.name(leaf)}.ctypes.data", str(self.trees.shape(leaf)[along])]
        sizes = [*map(str, (*flags, rows, columns, inner))]
        result = [f"{identifier(out)}.ctypes.data", str((rows, columns)[axis])]
        return f"blas({', '.join([*sizes, 'real(1)', *operands, 'real(0)', *result])})"

    def by_numba(self, out: Symbol, node: ex.MatMul) -> str:
        """The same where NumPy's BLAS is not found; rows of the result have to be contiguous."""
        left, right = self.whole(node.left), self.whole(node.right)
        if self.by_rows(out):
            return f"np.dot({left}, {right}, {identifier(out)})"
        return f"np.dot({right}.T, {left}.T, {identifier(out)}.T)"

    def name(self, leaf: ex.Expression) -> str:
        return self.name(leaf.operand) if isinstance(leaf, ex.Transpose) else identifier(symbol_of(leaf))

    def whole(self, leaf: ex.Expression) -> str:
        return f"{self.whole(leaf.operand)}.T" if isinstance(leaf, ex.Transpose) else identifier(symbol_of(leaf))


def symbol_of(leaf: ex.Expression) -> Symbol:
    assert isinstance(leaf, Symbol)
    return leaf


def layout_of(array: Array) -> str:
    """How an array lies in memory: "C", "F", or "A" for a single row or column."""
    both = array.flags.c_contiguous and array.flags.f_contiguous
    return "A" if both else "C" if array.flags.c_contiguous else "F"


def nest(ranges: Iterable[tuple[str, int]], body: Sequence[str]) -> list[str]:
    """Loops within loops; an axis of size 1 has none."""
    lines = list(body)
    for index, count in reversed(list(ranges)):
        if count > 1:
            lines = [f"for {index} in range({count}):", *indented(lines)]
        elif any(re.search(rf"\b{index}\b", line) for line in lines):
            lines = [f"{index} = 0", *lines]
    return lines


def indented(lines: Iterable[str]) -> list[str]:
    return ["    " + line for line in lines]


def fused(statements: Sequence[LoopNest], trees: Trees, layout: Callable[[Symbol], str]) -> list[list[LoopNest]]:
    """Neighbouring statements of entries that one loop nest can make: of one shape, and reading no other entry."""
    groups: list[list[LoopNest]] = []
    for statement in statements:
        if groups and joins(groups[-1], statement, trees, layout):
            groups[-1].append(statement)
        else:
            groups.append([statement])
    return groups


def joins(group: list[LoopNest], one: LoopNest, trees: Trees, layout: Callable[[Symbol], str]) -> bool:
    first, written = group[0], {each.target for each in group}
    if any(loops_of_its_own(each.value, trees) for each in (first, one)):
        return False
    if trees.of(first.target) != trees.of(one.target) or layout(first.target) != layout(one.target):
        return False
    moved = {symbol_of(x.operand) for x in ex.walk(one.value) if isinstance(x, ex.Transpose)}
    repeated = {x for x in symbols(one.value) if trees.of(x) != trees.of(one.target)}
    factors = {x for node in ex.walk(one.value) if isinstance(node, ex.MatMul) for x in symbols(node)}
    return written.isdisjoint(moved | repeated | factors)


def loops_of_its_own(value: ex.Expression, trees: Trees) -> bool:
    if isinstance(value, ex.MatMul):
        return trees.shape(value.left)[1] > SHORT or multiplications(value, trees) >= LARGE
    return isinstance(value, ex.Sum)


def multiplications(node: ex.MatMul, trees: Trees) -> int:
    return math.prod(trees.shape(node.left)) * trees.shape(node.right)[1]
