"""A formula's numbers and the engine's, in small grids; the entries that are not as they should be are marked."""

from __future__ import annotations

import math
from html import escape
from typing import Any

import numpy as np
import streamlit as st

from ...derivation.comparison import Comparison
from ...derivation.printing.target import target_text
from ...drawing.numbers import number
from ...maths.expressions import Symbol
from ...maths.messages import Message, counted
from ..shell import session
from ..shell.translation import _, told
from .checked import Checked

CELLS = 8  # rows or columns that are shown

CSS = """<style>
.mlp-check { border-collapse: separate; border-spacing: 2px; font-variant-numeric: tabular-nums; margin: 0 0 0.2rem; }
.mlp-check td { padding: 0.12rem 0.5rem; text-align: right; border-radius: 3px; white-space: nowrap;
  border: 2px solid transparent; background: color-mix(in srgb, var(--hue) var(--part), transparent); }
.mlp-check td.mlp-other { border: 2px dashed currentColor; font-weight: 650; }
.mlp-check td.mlp-more { background: none; }
.mlp-check-frame { overflow-x: auto; border-inline: 2px solid currentColor; border-radius: 4px; width: fit-content;
  max-width: 100%; padding: 1px 3px; }
</style>"""


def numbers(checked: Checked) -> None:
    """The formula's numbers and the engine's, on the learner's own network or on a second one where they differ."""
    comparison = checked.comparison
    st.html(CSS)
    with st.container(key="numbers", gap="small"):
        if checked.elsewhere is not None:
            st.caption(told(on_a_second_network(checked.elsewhere)))
            pair(checked, checked.elsewhere, None)
            st.caption(_("On your own network all entries are equal."))
            return
        pair(checked, comparison, comparison.target)
        if comparison.samples < len(checked.X):
            part = counted(
                "On the first {count} sample, as a batch of its own.",
                "On the first {count} samples, as a batch of their own.",
                comparison.samples,
            )
            st.caption(told(part))


def on_a_second_network(comparison: Comparison) -> Message:
    return counted(
        "On a second network, drawn at random, with {count} sample:",
        "On a second network, drawn at random, with {count} samples:",
        comparison.samples,
    )


def pair(checked: Checked, comparison: Comparison, symbol: Symbol | None) -> None:
    """The formula's numbers, the engine's, and what the marks mean; ``symbol`` if they are of the present pass."""
    digits, name = session.current().digits, target_text(comparison.target, checked.notation)
    turned = comparison.target.name in checked.notation.transposed
    with st.container(horizontal=True, gap="medium"):
        if comparison.value is not None:
            title = _("Your formula: {shape}").format(shape=shape(comparison.value))
            one(title, grid(comparison.value, _("Your formula"), digits, comparison.differs))
        title = _("{name} by the engine: {shape}").format(name=name, shape=shape(comparison.goal))
        one(title, grid(comparison.goal, name, digits, None, symbol, turned))
    if comparison.value is not None:
        st.caption(difference(comparison))


def one(title: str, table: str) -> None:
    with st.container(width="content", gap="xsmall"):
        st.caption(title)
        st.html(table)


def shape(values: Any) -> str:
    return "×".join(map(str, values.shape))


def difference(comparison: Comparison) -> str:
    """The meaning of the marks, in a sentence."""
    if comparison.differs is None:
        return _("The shapes differ, so no entry can be compared.")
    count = int(comparison.differs.sum())
    if not count:
        return _("All entries are equal.")
    size = comparison.differs.size
    return told(
        counted("{count} of {all} entries differ (≠).", "{count} of {all} entries differ (≠).", count, all=size)
    )


def grid(
    values: Any, name: str, digits: int, marks: Any = None, symbol: Symbol | None = None, transposed: bool = False
) -> str:
    """A matrix as shown; ``symbol`` names what it is in the trace, ``marks`` the entries that differ."""
    limit = np.abs(values[np.isfinite(values)]).max(initial=0.0)
    rows, columns = values.shape
    body = []
    for r in range(min(rows, CELLS)):
        cells = [
            cell(values[r, c], digits, limit, marks is not None and marks[r, c], place(symbol, r, c, transposed))
            for c in range(min(columns, CELLS))
        ]
        body.append("".join([*cells, '<td class="mlp-more">…</td>' if columns > CELLS else ""]))
    if rows > CELLS:
        body.append('<td class="mlp-more">⋮</td>')
    table = "".join(f"<tr>{row}</tr>" for row in body)
    return f'<div class="mlp-check-frame"><table class="mlp-check" aria-label="{escape(name)}">{table}</table></div>'


def place(symbol: Symbol | None, r: int, c: int, transposed: bool) -> str:
    """The place of an entry in the trace, in stored order."""
    if symbol is None:
        return ""
    row, column = (c, r) if transposed else (r, c)
    layer = "" if symbol.layer is None else f' data-layer="{symbol.layer}"'
    return f' data-symbol="{escape(symbol.name)}"{layer} data-row="{row}" data-column="{column}"'


def cell(value: float, digits: int, limit: float, other: bool, where: str) -> str:
    """One number; where it differs from the engine's it has a dashed frame and a sign."""
    part = 38 * abs(value) / limit if limit and math.isfinite(value) else 0
    hue = "var(--mlp-negative)" if value < 0 else "var(--mlp-positive)"
    kept = f' data-value="{float(value)!r}"' if where else ""
    look = f'style="--hue:{hue};--part:{part:.0f}%"'
    sign = "≠ " if other else ""
    return f"<td{where}{kept} {look}{' class=mlp-other' if other else ''}>{sign}{number(value, digits)}</td>"
