"""Raised and lowered digits in plain text, as tables for ``str.translate``."""

from __future__ import annotations

DIGITS = "0123456789"
RAISED = str.maketrans(f"{DIGITS}-()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁽⁾")
LOWERED = str.maketrans(DIGITS, "₀₁₂₃₄₅₆₇₈₉")
PLAIN = {moved: plain for table in (RAISED, LOWERED) for plain, moved in table.items()}
