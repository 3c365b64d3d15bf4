"""A matrix of the setup, edited cell by cell in a grid or pasted whole."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from ...maths.messages import Message, Refusal, message_of
from ...maths.wide import narrow
from ...setup import limits
from ...setup.codecs import Rows, quoted, read_number, written
from ...setup.matrix_text import parse_matrix
from ...setup.setup import Setup
from ..shell import session
from ..shell.controls import index_labels, shown
from ..shell.teaching import numbers_fixed
from ..shell.translation import _

Labels = tuple[Sequence[str], Sequence[str]]
Take = Callable[[Setup, Rows], Setup]
"""Puts the new rows of a matrix into a setup; raises ValueError."""


@dataclass
class Grid:
    """A grid on screen: its initial rows, and what it shows after the edits so far.

    Its widget keeps its place under the keyboard as long as both agree with the setup; otherwise a new one is made.
    """

    start: Rows
    now: Rows
    version: int = 0


@dataclass(frozen=True)
class Matrix:
    """A matrix of the setup as it is edited: its name, shape, a function for its rows, and what takes new ones."""

    name: str
    shape: tuple[int, int]
    rows: Callable[[], Rows]
    take: Take

    @property
    def labels(self) -> Labels:
        return index_labels(self.shape[0]), index_labels(self.shape[1])


def matrix_editor(matrix: Matrix) -> None:
    """A matrix as a grid or, if that is too large, one entry at a time; and an area to paste all of it."""
    rows, columns = matrix.shape
    if max(rows, columns) <= limits.LINES_EDITED and rows * columns <= limits.CELLS_EDITED:
        whole_grid(matrix)
    else:
        one_entry(matrix)
    paste_area(matrix)


def one_entry(matrix: Matrix) -> None:
    """One entry of a large matrix, chosen by its row and column."""
    name, (rows, columns) = matrix.name, matrix.shape
    first = session.current().notation.first_index
    most = f"{limits.LINES_EDITED}×{limits.LINES_EDITED}"
    st.caption(_("Too large for a grid ({most} at most); one entry at a time, or paste it whole.").format(most=most))
    with st.container(horizontal=True):
        row = line_number(f"row {name}", _("Row"), first, rows - 1 + first)
        column = line_number(f"column {name}", _("Column"), first, columns - 1 + first)
        here = matrix.rows()[row - first][column - first]

        def read(text: str) -> None:
            cell = {row - first: {str(column): text}}
            _take_rows(matrix, lambda: with_cells(name, matrix.rows(), cell, matrix.labels))

        with st.container(width=200):
            shown(st.text_input, f"entry {name}", written(here), _("Value"), read)


def line_number(key: str, label: str, first: int, last: int) -> int:
    """The number of a row or column, typed; one that no longer exists gives the nearest."""
    st.session_state[key] = min(max(st.session_state.get(key) or first, first), last)
    with st.container(width=120):
        return st.number_input(label, first, last, key=key) or first


def whole_grid(matrix: Matrix) -> None:
    """The grid; a typed cell becomes an edit at once."""
    import pandas  # not before page.start has loaded it under its lock

    rows, labels = matrix.rows(), matrix.labels
    grid = st.session_state.setdefault("mlpviz.grids", {}).setdefault(matrix.name, Grid(rows, rows))
    if grid.now != rows:
        grid.version += 1
    key = f"grid {matrix.name} {grid.version}"
    if key not in st.session_state:
        grid.start = rows
    grid.now = rows
    columns: dict[str, Any] = {label: st.column_config.NumberColumn(label, width="small") for label in labels[1]}
    columns["_index"] = st.column_config.Column(disabled=True)
    st.data_editor(
        pandas.DataFrame(grid.start, index=pandas.Index(labels[0]), columns=list(labels[1])),
        key=key,
        column_config=columns,
        width="content",
        alt=matrix.name,
        disabled=numbers_fixed(),
        on_change=_take_cells,
        args=(matrix, key),
    )


def _take_cells(matrix: Matrix, key: str) -> None:
    grid: Grid = st.session_state["mlpviz.grids"][matrix.name]
    edited = st.session_state[key]["edited_rows"]
    rows = _take_rows(matrix, lambda: with_cells(matrix.name, grid.start, edited, matrix.labels))
    if rows is None:
        grid.version += 1  # a new grid shows again what was there
    else:
        grid.now = rows


def _take_rows(matrix: Matrix, read: Callable[[], Rows]) -> Rows | None:
    """Put the rows that ``read`` returns into the setup; None, with one sentence for the page, if they are refused."""
    try:
        rows = read()
    except ValueError as error:
        session.refuse(error)
        return None
    return rows if session.change(lambda setup: matrix.take(setup, rows)) else None


def with_cells(name: str, rows: Rows, edited: Mapping[Any, Mapping[str, Any]], labels: Labels) -> Rows:
    """The rows with the edited cells.

    Raises Refusal naming the first cell that has no finite number.
    """
    table = [list(row) for row in rows]
    for row, cells in edited.items():
        if not (str(row).isdecimal() and int(row) < len(table) and cells.keys() <= set(labels[1])):
            raise Refusal("{name}: the grid has sent a cell that it does not have.", name=name)
        for label, value in cells.items():
            where = Message("{name}, row {row}, column {column}", name=name, row=labels[0][int(row)], column=label)
            table[int(row)][labels[1].index(label)] = number_of(where, value)
    return tuple(map(tuple, table))


def number_of(where: Message, value: Any) -> float:
    if value is None or value == "" or (isinstance(value, float) and math.isnan(value)):
        raise Refusal("{where}: found an empty cell; accepted is a finite number.", where=where)
    if not isinstance(value, str):
        return float(value)
    try:
        return read_number(narrow(value))
    except ValueError:
        raise Refusal("{where}: found {text}; accepted is a finite number.", where=where, text=quoted(value)) from None


def paste_area(matrix: Matrix) -> None:
    """A text area for a whole matrix; a refused text stays in it to be corrected."""
    name, key = matrix.name, f"paste {matrix.name}"
    with st.expander(_("Paste all of {name} ({shape})").format(name=name, shape="×".join(map(str, matrix.shape)))):
        st.text_area(
            _("Numbers separated by tabs, commas or blanks, one row a line; or NumPy text"),
            key=key,
            height=110,
            max_chars=limits.PASTE_LENGTH,
        )
        label = _("Put into {name}").format(name=name)
        st.button(label, key=f"put {name}", on_click=_take_paste, args=(matrix, key), disabled=numbers_fixed())


def _take_paste(matrix: Matrix, key: str) -> None:
    if _take_rows(matrix, lambda: _pasted(matrix.name, st.session_state[key])) is not None:
        st.session_state[key] = ""


def _pasted(name: str, text: str) -> Rows:
    try:
        return parse_matrix(text, session.current().notation.first_index)
    except ValueError as error:
        raise Refusal("{name}, {reason}", name=name, reason=message_of(error)) from None
