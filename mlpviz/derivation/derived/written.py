"""Derived arrays in LaTeX, whole or an entry: one symbol with its indices, or ∂ over ∂."""

from __future__ import annotations

from ..indices import Index
from ..printing.latex import LatexPrinter
from .kind import COST, FLAT, Derived, Named


def derived_latex(node: Derived, printer: LatexPrinter, row: Index = None, column: Index = None) -> str:
    """A derived array as LaTeX, or its entry at a shown row and column."""
    own = node.kind.latex or by_entry
    return own(node, printer, row, column)


def by_entry(node: Derived, printer: LatexPrinter, row: Index, column: Index) -> str:
    """A derived array as its entry is called."""
    return named(node.kind.entry(node, printer.view), printer, row, column)


def named(names: tuple[Named, ...], printer: LatexPrinter, row: Index, column: Index, separator: str = "") -> str:
    """One symbol with its indices, or ∂ over ∂."""
    texts = []
    for name in names:
        places = [side if isinstance(side, str) else (row, column)[side] for side in name.sides]
        texts.append(numbered(name, printer, separator.join(filter(None, places))))
    if len(texts) == 1:
        return texts[0]
    if names[0] == COST:
        return printer.gradient(texts[0], texts[1], small=bool(row or column))
    return printer.derivative(texts[0], texts[1])


def numbered(name: Named, printer: LatexPrinter, index: str) -> str:
    """A symbol in the name of an entry, with its index."""
    symbol = name.symbol
    if isinstance(symbol, Derived):
        return derived_latex(symbol, printer, index)
    if not (name.flat and symbol.name == "W"):
        return printer.symbol(symbol, index, small=bool(index))
    text = rf"\operatorname{{{FLAT}}} {printer.symbol(symbol)}"
    return rf"(\,{text})_{{{index}}}" if index else text
