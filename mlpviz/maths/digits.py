"""Raised and lowered digits in plain text, as tables for ``str.translate``, and the minus sign of numbers shown."""

from __future__ import annotations

DIGITS = "0123456789"
MINUS = "−"
RAISED = str.maketrans(f"{DIGITS}-()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁽⁾")
LOWERED = str.maketrans(DIGITS, "₀₁₂₃₄₅₆₇₈₉")
PLAIN = {moved: plain for table in (RAISED, LOWERED) for plain, moved in table.items()}


def minuses(number: str) -> str:
    """The text of a number as readers see it, with real minus signs."""
    return number.replace("-", MINUS)
