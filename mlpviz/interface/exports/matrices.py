"""The numbers of an array as LaTeX; the stepper's script writes them alike (``js/latex.js``)."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...drawing.numbers import number
from ...maths.digits import MINUS, PLAIN

MOST = 8
"""Rows or columns of a matrix that are written; of a longer one the first and the last."""


def matrix_latex(values: Any, digits: int) -> str:
    """The numbers of an array; a long row or column has dots in its middle."""
    if np.ndim(values) == 0:
        return number_latex(float(values), digits)
    rows = [shortened([number_latex(value, digits) for value in row], r"\cdots") for row in np.asarray(values)]
    dots = [r"\vdots"] * len(rows[0])
    return r"\begin{bmatrix}" + r" \\ ".join(map(" & ".join, shortened(rows, dots))) + r"\end{bmatrix}"


def shortened(items: list[Any], dots: Any) -> list[Any]:
    """All of some items or, if they are many, the first and the last with dots between."""
    return items if len(items) <= MOST else [*items[: MOST - 2], dots, items[-1]]


def number_latex(value: float, digits: int) -> str:
    """A number as the pages show it."""
    mantissa, _, power = number(value, digits).replace(MINUS, "-").replace("∞", r"\infty").partition("·10")
    text = mantissa.replace("NaN", r"\text{NaN}")
    return rf"{text} \cdot 10^{{{power.translate(PLAIN)}}}" if power else text
