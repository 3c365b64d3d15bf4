"""A region entry by entry as CUDA C: a thread has one entry, or a few of a big matrix."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

from mlpviz.engine.gpu.codegen.c import REAL, address, array, identifier
from mlpviz.engine.gpu.codegen.scope import Scope, Unroll, mentions
from mlpviz.engine.gpu.schedule.normal_form import Size, Trees
from mlpviz.engine.gpu.schedule.regions import Region
from mlpviz.maths.expressions import Expression, MatMul, Symbol, Transpose

MANY = 2**18
"""Entries from which a thread computes several: with fewer there are not even enough threads to fill a chip."""

SEVERAL = 4


def unroll_of(size: Size) -> Unroll:
    return Unroll(SEVERAL if prod(size) >= MANY else 1)


def spread(
    body: Sequence[str], unroll: Unroll, size: Size, threads: int, index: str, dtype: str, place: str = ""
) -> tuple[list[str], int]:
    """Write a block's statements around those that compute entry ``at``, and count the blocks.

    ``place`` is a declaration that they need besides.
    """
    count, each = prod(size), unroll.count * threads
    number = f"(block * {unroll.count} + k)" if unroll.count > 1 else "block"
    at = f"const {index} at = {number} * {threads} + threadIdx.x;"
    lines = unroll.written(
        body,
        lambda lines: [at, *located(lines, size[1], index), *([place] if place else [])],
        f"at < {count}" if count % each else None,
        REAL[dtype],
    )
    return lines, -(-count // each)


def located(lines: Sequence[str], columns: int, index: str) -> list[str]:
    """Declare the row and the column of entry ``at``, as far as ``lines`` use them."""
    used = [f"{name} = at {sign} {columns}" for name, sign in (("row", "/"), ("column", "%")) if mentions(lines, name)]
    return [f"const {index} {', '.join(used)};"] if used else []


def entry_statements(region: Region, trees: Trees, dtype: str, unroll: Unroll) -> list[str]:
    """Write the statements that compute entry ``at`` of every target, given ``row`` and ``column``."""

    def read(node: Expression) -> str | None:
        if isinstance(node, MatMul):
            return scope.dot(node, trees)
        if not isinstance(node, Symbol | Transpose):
            return None
        full = isinstance(node, Symbol) and trees.of(node) == region.size
        return unroll.ask(f"{identifier(array(node))}[{'at' if full else address(node, trees)}]")

    scope = Scope(dtype, read, "t")
    return sequence(region, scope)


def sequence(region: Region, scope: Scope, at: str = "at") -> list[str]:
    """Compute and store one entry of each target in order, later ones reading the new values of earlier ones."""
    scope.expect(equation.value for equation in region.equations)
    for equation in region.equations:
        target = equation.target
        scope.store(target, equation.value, f"{identifier(target)}[{at}]")
    return scope.statements
