"""Small tables of numbers and symbols beside the lines of a walkthrough."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import streamlit as st

from ...derivation import beside
from ...derivation.scene import Scene
from ...drawing import numbers
from ...maths.expressions import Symbol
from ..shell import session

CELLS = 8  # rows or columns of a small table
NAMELESS = "·"  # the head of a column that needs no name: an empty one is read out as a mistake of the page


def number(value: float) -> str:
    """A number with the digits of the setup."""
    return numbers.number(value, session.current().digits)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    head = [each or NAMELESS for each in head]
    lines = ["| " + " | ".join(head) + " |", "|" + ":--|" * len(head)]
    st.markdown("\n".join([*lines, *("| " + " | ".join(row) + " |" for row in rows)]))


def matrix(values: np.ndarray) -> None:
    """A small matrix of numbers, or the corner of a larger one."""
    rows, columns = values.shape
    shown = values[:CELLS, :CELLS]
    first = session.current().notation.first_index
    head = ["i, j", *(str(k + first) for k in range(shown.shape[1])), *(["…"] if columns > CELLS else [])]
    body = [[f"**{k + first}**", *map(number, row), *(["…"] if columns > CELLS else [])] for k, row in enumerate(shown)]
    table(head, [*body, *([["…"]] if rows > CELLS else [])])


def math(scene: Scene, symbol: Symbol, index: str = "", change: bool = False) -> str:
    """A symbol, an entry of it, or its ``change`` as inline LaTeX."""
    return f"${beside.named(scene.view, symbol, index, change)}$"
