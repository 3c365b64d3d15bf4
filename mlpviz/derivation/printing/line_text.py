"""Names of what derivations name, as plain text in runs, and of their single entries."""

from __future__ import annotations

from ...maths.digits import RAISED
from ...maths.expressions import Symbol
from ..derived import FLAT, Derived, Named, Side, is_new
from ..view import View
from .text import Run, label

RAISED_INDEX = RAISED | str.maketrans("[]", "⁽⁾")


def inline(symbol: Symbol, view: View) -> str:
    """A symbol in one run of text: z⁽²⁾."""
    runs = line_label(symbol, view)
    return "".join(text.translate(RAISED_INDEX) if kind == "sup" else text for text, kind in runs)


def line_label(symbol: Symbol, view: View) -> list[Run]:
    """A symbol as runs of text, derived ones included."""
    if not isinstance(symbol, Derived):
        return label(symbol, view)
    return [(symbol.kind.text(symbol, view, lambda operand: inline(operand, view)), "")]


def entry_parts(node: Derived, view: View) -> list[tuple[list[Run], list[Side]]]:
    """How an entry is called: one symbol, or two as ∂ over ∂, each with what numbers it; nothing if by its label."""
    return [(named_runs(named, view), list(named.sides)) for named in node.kind.entry(node, view)]


def named_runs(named: Named, view: View) -> list[Run]:
    """A symbol in the name of an entry."""
    flat: list[Run] = [(f"{FLAT} ", "")] if named.flat and named.symbol.name == "W" else []
    return [*flat, *small(named.symbol, view)]


def small(symbol: Symbol, view: View) -> list[Run]:
    """A symbol as its entries are written."""
    if isinstance(symbol, Derived):
        return [(symbol.kind.letter, ""), *([("new", "sub")] if is_new(symbol) else [])]
    return label(symbol, view, small=True)
