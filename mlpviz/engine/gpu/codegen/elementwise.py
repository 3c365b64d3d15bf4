"""A region entry by entry as CUDA C: a thread has one entry."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

from mlpviz.engine.gpu.codegen.c import address, array
from mlpviz.engine.gpu.codegen.scope import Scope, indented, mentions
from mlpviz.engine.gpu.schedule.regions import Region
from mlpviz.engine.normal_form import Size, Trees, identifier
from mlpviz.maths.expressions import Expression, MatMul, Symbol, Transpose


def spread(body: Sequence[str], size: Size, threads: int, index: str, place: str = "") -> tuple[list[str], int]:
    """Write a block's statements around those that compute entry ``at``, and count the blocks.

    ``place`` is a declaration that they need besides.
    """
    count = prod(size)
    at = f"const {index} at = block * {threads} + threadIdx.x;"
    numbers = [at, *located(body, size[1], index), *([place] if place else [])]
    guarded = [f"if (at < {count}) {{", *indented(body), "}"] if count % threads else body
    return [*numbers, *guarded], -(-count // threads)


def located(lines: Sequence[str], columns: int, index: str) -> list[str]:
    """Declare the row and the column of entry ``at``, as far as ``lines`` use them."""
    used = [f"{name} = at {sign} {columns}" for name, sign in (("row", "/"), ("column", "%")) if mentions(lines, name)]
    return [f"const {index} {', '.join(used)};"] if used else []


def entry_statements(region: Region, trees: Trees, dtype: str) -> list[str]:
    """Write the statements that compute entry ``at`` of every target, given ``row`` and ``column``."""

    def read(node: Expression) -> str | None:
        if isinstance(node, MatMul):
            return scope.dot(node, trees)
        if not isinstance(node, Symbol | Transpose):
            return None
        full = isinstance(node, Symbol) and trees.of(node) == region.size
        return f"{identifier(array(node))}[{'at' if full else address(node, trees)}]"

    scope = Scope(dtype, read, "t")
    return sequence(region, scope)


def sequence(region: Region, scope: Scope, at: str = "at") -> list[str]:
    """Compute and store one entry of each target in order, later ones reading the new values of earlier ones."""
    scope.expect(equation.value for equation in region.equations)
    for equation in region.equations:
        target = equation.target
        scope.store(target, equation.value, f"{identifier(target)}[{at}]")
    return scope.statements
