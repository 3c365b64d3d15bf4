"""What a step's formula would be with one mistake in it, as small changes of the tree that travels with the step.

A change is the kind of mistake, the way down to where it is (numbers of operands), and what stands there instead: a way
from there, for what stood below, or an operation with its operands. The browser tells by these what a wrong answer
would be right for.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...derivation.checker.mistakes import operands_of
from ...derivation.choices import shapes_asked, slips_in
from ...derivation.view import View
from ...maths.expressions import Expression, Symbol, Transpose
from ..shell.translation import _

Change = list[Any]


def changes(formula: Expression, view: View) -> tuple[list[Change], Mapping[str, str]]:
    """The changes of a formula, each by one mistake, and by their kinds what is wrong."""
    found = slips_in(formula, view)
    causes = {mistake.key: _(mistake.sentence) for mistake in found}
    return [[each.key, list(each.way), instead(each.new, each.old)] for each in found], causes


def shapes(target: Symbol, formula: Expression, view: View) -> list[list[Any]]:
    """The shapes to choose from, each with the key of another array whose it is, and whether that is turned."""
    parts = shapes_asked(target, formula, view)
    return [[*part.size, None if part.symbol in (None, target) else str(part.symbol), part.turned] for part in parts]


def instead(new: Expression, old: Expression) -> list[Any]:
    """What stands in the place of a node; a transposed array is a leaf, which is turned back."""
    if isinstance(old, Transpose) and new == old.operand:
        return ["transpose", []]
    way = way_to(new, old)
    return [type(new).__name__.lower(), *(instead(part, old) for part in operands_of(new))] if way is None else way


def way_to(part: Expression, node: Expression) -> list[int] | None:
    """The way down from a node to a part of it; None if it has no such part."""
    if part == node:
        return []
    ways = (([number], way_to(part, below)) for number, below in enumerate(operands_of(node)))
    return next((first + rest for first, rest in ways if rest is not None), None)
