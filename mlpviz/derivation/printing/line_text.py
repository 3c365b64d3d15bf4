"""Names of what derivations name, as plain text in runs, and of their single entries."""

from __future__ import annotations

import re

from ...maths.expressions import Symbol
from ..derived import FLAT, Derived, Named, Side, is_new
from ..view import View
from .naming import NEW
from .text import Run, label

MARKS = {"sup": "\ue000", "sub": "\ue001"}
"""What stands before a script while the name of a derived array is put together; END stands behind it."""

END = "\ue002"
SCRIPT = re.compile(f"([{''.join(MARKS.values())}])([^{END}]*){END}")
KINDS = {mark: kind for kind, mark in MARKS.items()}


def marked(symbol: Symbol, view: View) -> str:
    """A symbol in one text, its scripts between marks."""
    return "".join(f"{MARKS[kind]}{text}{END}" if kind else text for text, kind in line_label(symbol, view))


def line_label(symbol: Symbol, view: View) -> list[Run]:
    """A symbol as runs of text, derived ones included."""
    if not isinstance(symbol, Derived):
        return label(symbol, view)
    text = symbol.kind.text(symbol, view, lambda operand: marked(operand, view))
    pieces = SCRIPT.split(text)
    runs = [run for k in range(0, len(pieces), 3) for run in runs_at(pieces, k)]
    return [*((text, kind) for text, kind in runs if text), *after_update(symbol)]


def after_update(symbol: Derived) -> list[Run]:
    """What stands below parameters that the update has made."""
    return [(NEW, "sub")] if is_new(symbol) else []


def runs_at(pieces: list[str], k: int) -> list[Run]:
    """Plain text, and the script that follows it."""
    return [(pieces[k], ""), *([(pieces[k + 2], KINDS[pieces[k + 1]])] if k + 2 < len(pieces) else [])]


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
        return [(symbol.kind.letter, ""), *after_update(symbol)]
    return label(symbol, view, small=True)
