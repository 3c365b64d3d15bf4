"""A pass and an update as one program: the kernels that the engine binds, as operations on numbered arrays.

The browser writes it out as straight code and evaluates it (``js/evaluate.js``); it has no formula of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ...engine.descent import Update, t
from ...engine.trace import Sizes
from ...maths.equations import Equation
from ...maths.expressions import Apply, Expression, Number, Sum, Symbol, children
from ...maths.functions import definition

Row = list[Any]
"""An operation, the shape of its result and its operands: numbers of rows above, an axis, a key or a number."""

NEXT = Equation("next update", Symbol(f"new {t.name}"), t + 1)
"""What leads to the update after this one, beside the new parameters and what the optimiser keeps."""


def program(update: Update) -> dict[str, Any]:
    """Every array that the steps of an update compute, from those that they are given.

    ``rows`` are the operations, each after its operands; ``arrays`` has the row of every array, by its key. What is
    given under a name and computed as the new of that name is where the next update starts from.
    """
    equations = (*update.stand.varying, *(step.equation for step in update.steps), NEXT)
    written = Operations(Sizes(update.trace.architecture, update.trace.batch_size), equations)
    return {"rows": written.rows, "arrays": {str(symbol): row for symbol, row in written.arrays.items()}}


class Operations:
    """Equations as rows of operations; what two of them have in common is computed once."""

    def __init__(self, sizes: Sizes, equations: Iterable[Equation]) -> None:
        self.sizes = sizes
        self.rows: list[Row] = []
        self.arrays: dict[Symbol, int] = {}
        self.known: dict[Expression, int] = {}
        for equation in equations:
            self.arrays[equation.target] = self.row_of(equation.value)

    def row_of(self, node: Expression) -> int:
        """The row that computes a tree."""
        if isinstance(node, Symbol) and node in self.arrays:
            return self.arrays[node]
        if node not in self.known:
            self.known[node] = self.written(node)
        return self.known[node]

    def written(self, node: Expression) -> int:
        match node:
            case Symbol() if (number := self.sizes.scalar(node)) is not None:
                return self.row_of(Number(number))
            case Symbol():
                self.arrays[node] = self.enter("given", node, str(node))
                return self.arrays[node]
            case Number(value):
                return self.enter("number", node, value)
            case Apply(name) if (kernel := definition(node, kernel=True)) is not None:
                return self.row_of(kernel)
            case Apply(name):
                return self.enter(name, node, *map(self.row_of, node.arguments))
            case Sum(operand, axis):
                return self.enter(type(node).__name__.lower(), node, self.row_of(operand), axis)
        return self.enter(type(node).__name__.lower(), node, *map(self.row_of, children(node)))

    def enter(self, operation: str, node: Expression, *operands: Any) -> int:
        self.rows.append([operation, *self.sizes.shape(node), *operands])
        return len(self.rows) - 1
