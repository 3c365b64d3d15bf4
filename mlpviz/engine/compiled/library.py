"""The functions that a step's text brings along, and how they are compiled."""

from __future__ import annotations

import math

from .elementary import ELEMENTARY, elementary

FLAGS = 'error_model="numpy", nogil=True, fastmath={"reassoc", "contract"}'
"""How it is compiled: sums may be added up in any order, and NaN and infinity stay what they are."""

HELPERS = {
    "maximum": ("x, y", "x if x > y or x != x else y"),  # NaN where either is, as NumPy has it
    "minimum": ("x, y", "x if x < y or x != x else y"),
    "greater": ("x, y", "real(1) if x > y else real(0)"),
    "weighted": ("w, x", "real(0) if w == 0 else w * x"),  # 0 where w is, whatever x is
    "normal_cdf": ("x", f"real(0.5) * math.erfc(x * real({-math.sqrt(0.5)!r}))"),
    "abs": ("x", "math.fabs(x)"),
}
"""Functions that the language lacks, by their arguments and what they return."""

OWN = frozenset({*HELPERS, *ELEMENTARY})
"""The functions that the text calls by their own names; all others are the C library's."""

FUNCTION = "@njit({flags})\ndef {name}({arguments}):\n    return {value}"


def library(dtype: str, *more: str) -> str:
    """The text of all functions for entries of a type, and of some ``more``."""
    own = (FUNCTION.format(flags=FLAGS, name=name, arguments=a, value=v) for name, (a, v) in HELPERS.items())
    return "\n\n\n".join([*own, elementary(dtype), *more])
