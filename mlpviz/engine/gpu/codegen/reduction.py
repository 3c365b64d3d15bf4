"""A region by rows or by columns as CUDA C: its threads go over a line once for each sum that waits for another.

A thread meets the same entries each time, so that it reads back what it has written itself.
"""

from __future__ import annotations

from dataclasses import dataclass

from mlpviz.engine.gpu.codegen.c import INFINITY, REAL, address, array
from mlpviz.engine.gpu.codegen.scope import Scope, indented, needed
from mlpviz.engine.gpu.schedule.regions import Region
from mlpviz.engine.normal_form import Before, Trees, identifier, sums
from mlpviz.maths import expressions as ex
from mlpviz.maths.equations import Equation

INNER, OUTER = ("row", "column"), ("column", "row")
"""The names of the index within a line and of the line's own index, for the axis along which a region adds up."""


def power_of_two(number: int) -> int:
    """Round up to a power of two."""
    return 1 << (number - 1).bit_length()


@dataclass(frozen=True)
class Group:
    """The threads of one line: how many ``lanes``, the calls that add up over them, and the wait for all of them."""

    lanes: int
    index: str
    sum: str
    max: str
    wait: str


class ReductionWriter:
    """Writes what the threads of one line do; ``row`` or ``column`` is its number, ``inside`` whether it exists."""

    def __init__(self, region: Region, trees: Trees, dtype: str, group: Group) -> None:
        assert region.axis is not None
        self.region, self.trees, self.dtype, self.group, self.axis = region, trees, dtype, group, region.axis
        self.values = {equation.target: equation.value for equation in region.equations}
        self.entries = [equation for equation in region.equations if not self.is_line(equation.target)]
        self.sums = list(dict.fromkeys(node for value in self.values.values() for node in sums(value)))
        self.totals: dict[ex.Expression, str] = {}
        self.across = Scope(dtype, self.read_line, "line_")

    def statements(self) -> list[str]:
        """Write all passes; a value that is one number a line is stored at the end."""
        levels = [self.level(node.operand) for node in self.sums] + [self.level(each.target) for each in self.entries]
        for level in range(max(levels) + 1):
            self.write_pass(level)
        self.write_line_targets()
        return self.across.statements

    def level(self, node: ex.Expression) -> int:
        """Count the sums that have to be complete, one after another, before a value is known."""
        if isinstance(node, ex.Symbol):
            return self.level(self.values[node]) if node in self.values else 0
        return max(map(self.level, ex.children(node)), default=0) + isinstance(node, ex.Sum)

    def is_line(self, node: ex.Expression) -> bool:
        rows_are_pieces = self.region.pieces > 1 and self.trees.shape(node) == (self.region.pieces, self.region.lines)
        return rows_are_pieces or self.trees.shape(node)[self.axis] == 1

    def write_pass(self, level: int) -> None:
        """Go over the line once for each length, storing and adding up what is known by then."""
        found = [node for node in self.sums if self.level(node.operand) == level]
        entries = [each for each in self.entries if self.level(each.target) == level]
        for node in found:
            self.start(node)
        lengths = [*map(self.length, (each.target for each in entries)), *(self.length(node.operand) for node in found)]
        for length in dict.fromkeys(lengths):
            self.write_loop(
                [each for each in entries if self.length(each.target) == length],
                [node for node in found if self.length(node.operand) == length],
                length,
            )
        for node in found:
            call, name = self.group.max if isinstance(node, ex.Max) else self.group.sum, self.totals[node]
            self.across.statements.append(f"{name} = {call.format(name)};")

    def length(self, node: ex.Expression) -> int:
        return self.trees.shape(node)[self.axis]

    def start(self, node: ex.Sum) -> None:
        """Declare the accumulator of a sum or a maximum."""
        word, value = ("max", f"-{INFINITY[self.dtype]}") if isinstance(node, ex.Max) else ("sum", "0")
        self.totals[node] = f"{word}_{len(self.totals) + 1}"
        self.across.statements.append(f"{REAL[self.dtype]} {self.totals[node]} = {value};")

    def write_loop(self, entries: list[Equation], found: list[ex.Sum], length: int) -> None:
        index, inner, lanes = self.group.index, INNER[self.axis], self.group.lanes
        begin, end = ("lane", str(length)) if self.region.pieces == 1 else ("begin + lane", "end")
        body = self.body(entries, found, length)
        at = f"const {index} at = row * {self.frame(length)[1]} + column;"
        head = f"for ({index} {inner} = {begin}; inside && {inner} < {end}; {inner} += {lanes}) {{"
        self.across.statements += [head, *indented([*needed(body, {"at": at}), *body]), "}"]

    def body(self, entries: list[Equation], found: list[ex.Sum], length: int) -> list[str]:
        scope = Scope(self.dtype, lambda node: self.read_entry(node, length, scope), "t")
        scope.expect([*(each.value for each in entries), *(node.operand for node in found)])
        for each in entries:
            scope.store(each.target, each.value, f"{identifier(each.target)}[{self.place(each.target, length)}]")
        for node in found:
            name, value = self.totals[node], scope.text(node.operand)
            total = f"{name} = maximum({name}, {value})" if isinstance(node, ex.Max) else f"{name} += {value}"
            scope.statements.append(f"{total};")
        return scope.statements

    def frame(self, length: int) -> tuple[int, int]:
        """The shape of a matrix whose lines have ``length`` entries."""
        lines = self.region.lines
        return (lines, length) if self.axis == 1 else (length, lines)

    def place(self, leaf: ex.Expression, length: int) -> str:
        """Write the index of an array's entry: a short name if the array has the shape that is iterated."""
        full = isinstance(leaf, ex.Symbol) and self.trees.of(leaf) == self.frame(length) and self.region.lines > 1
        return "at" if full else address(leaf, self.trees)

    def read_entry(self, node: ex.Expression, length: int, scope: Scope) -> str | None:
        """Read an entry inside a loop: from its array, or from a value of the whole line."""
        if isinstance(node, ex.Number):
            return None
        if self.is_line(node):
            return self.totals[node] if node in self.totals else self.across.name(node)
        if isinstance(node, ex.MatMul):
            return scope.dot(node, self.trees)
        if isinstance(node, ex.Symbol | ex.Transpose):
            return f"{identifier(array(node))}[{self.place(node, length)}]"
        return None

    def read_line(self, node: ex.Expression) -> str | None:
        """Read a number of the whole line."""
        if node in self.totals:
            return self.totals[node]
        if node in self.values:
            return self.across.name(self.values[node])
        if isinstance(node, ex.MatMul):
            return self.across.dot(node, self.trees, "inside && ")
        if isinstance(node, ex.Symbol | ex.Transpose):
            place = address(node, self.trees)
            entry = f"{identifier(array(node))}[{place}]"
            return entry if place == "0" else f"(inside ? {entry} : 0)"
        return None

    def write_line_targets(self) -> None:
        """Store, by the first thread of each line, the targets with one number a line or piece."""
        targets = [equation for equation in self.region.equations if self.is_line(equation.target)]
        if any(isinstance(leaf, Before) for each in targets for leaf in ex.walk(each.value)) and self.group.lanes > 1:
            for each in targets:
                self.across.name(each.value)
            self.across.statements.append(self.group.wait)
        for each in targets:
            row = "row" if self.axis == 1 else "piece"
            place = f"{identifier(each.target)}[{address(each.target, self.trees, row)}]"
            value = self.across.text(each.value)
            self.across.statements += ["if (inside && lane == 0)", f"    {place} = {value};"]
