"""Statements of CUDA C, written while expressions are turned into them: what is needed twice gets a name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from mlpviz.engine.gpu.codegen.c import REAL, CPrinter, address, array
from mlpviz.engine.normal_form import Trees, identifier
from mlpviz.maths import expressions as ex

Reader = Callable[[ex.Expression], str | None]
"""Returns the text of a part that exists already, or None if it has to be computed."""


class Scope:
    """A block of statements and the values that have a name in it."""

    def __init__(self, dtype: str, read: Reader, prefix: str) -> None:
        self.dtype, self.read, self.prefix = dtype, read, prefix
        self.statements: list[str] = []
        self.names: dict[ex.Expression, str] = {}
        self.shared: set[ex.Expression] = set()

    def expect(self, roots: Iterable[ex.Expression]) -> None:
        """Note the subtrees that several of the coming expressions share."""
        counts: Counter[ex.Expression] = Counter()

        def visit(node: ex.Expression) -> None:
            counts[node] += 1
            if counts[node] == 1 and self.read(node) is None:
                for child in ex.children(node):
                    visit(child)

        for root in roots:
            visit(root)
        self.shared = {node for node, count in counts.items() if count > 1 and not isinstance(node, ex.Number)}

    def text(self, node: ex.Expression) -> str:
        """Write an expression; the statements it needs are appended first."""
        return CPrinter(lambda part: self._atom(part, node), self.dtype).write(node)

    def name(self, node: ex.Expression) -> str:
        """Store an expression in a named constant."""
        if node not in self.names:
            value = self.text(node)
            name = f"{self.prefix}{len(self.names) + 1}"
            self.statements.append(f"const {REAL[self.dtype]} {name} = {value};")
            self.names[node] = name
        return self.names[node]

    def store(self, target: ex.Symbol, value: ex.Expression, place: str) -> None:
        """Write a target's value to its place; from here on the target's name stands for it."""
        name = f"new_{identifier(target)}"
        self.statements.append(f"const {REAL[self.dtype]} {name} = {self.text(value)};")
        self.statements.append(f"{place} = {name};")
        self.names[target] = name

    def dot(self, node: ex.MatMul, trees: Trees, condition: str = "") -> str:
        """Add up one entry of a matrix product in place."""
        if node not in self.names:
            name, length = f"dot_{len(self.names) + 1}", trees.shape(node.left)[1]
            left = f"{identifier(array(node.left))}[{address(node.left, trees, column='k')}]"
            right = f"{identifier(array(node.right))}[{address(node.right, trees, row='k')}]"
            self.statements += [
                f"{REAL[self.dtype]} {name} = 0;",
                f"for (int k = 0; {condition}k < {length}; k++)",
                f"    {name} += {left} * {right};",
            ]
            self.names[node] = name
        return self.names[node]

    def _atom(self, node: ex.Expression, root: ex.Expression) -> str | None:
        if node in self.names:
            return self.names[node]
        if node is not root and node in self.shared:
            return self.name(node)
        return self.read(node)


def mentions(statements: Iterable[str], name: str) -> bool:
    return any(re.search(rf"\b{name}\b", statement) for statement in statements)


def needed(statements: Sequence[str], declarations: dict[str, str]) -> list[str]:
    """Select the declarations, by name and in order of dependence, that ``statements`` need."""
    found: list[str] = []
    for name in reversed(declarations):
        if mentions([*statements, *found], name):
            found.insert(0, declarations[name])
    return found


def indented(statements: Iterable[str]) -> list[str]:
    return [f"    {statement}" for statement in statements]
