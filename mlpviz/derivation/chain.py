"""Derivations as data: a chain is a sequence of lines for one array, and every line evaluates to that array.

A line is an expression as the notation shows it, with the reason why it may stand in place of the one before.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..maths.expressions import Expression, Symbol


@dataclass(frozen=True)
class Line:
    """One line: what stands there, a few words for the step, the reason, and what a source text has instead."""

    value: Expression
    title: str
    reason: str
    note: str = ""


@dataclass(frozen=True)
class Chain:
    """The lines for one array."""

    title: str
    target: Symbol
    lines: tuple[Line, ...]
