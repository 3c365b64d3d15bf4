"""Judges a learner's own formula: read by a grammar of its own, decided by numbers on random networks."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...engine.parameters import Parameters
from ...maths.architecture import Architecture
from ...maths.expressions import Symbol
from ..notation import CHOICES, Notation
from .grammar import tokens
from .judge import Judge
from .lines import parse, parse_target
from .names import Scope
from .networks import Own
from .refusal import Refusal
from .spelling import spelling
from .verdict import Factor, Suggestion, Verdict

__all__ = ["Factor", "Suggestion", "Verdict", "check_formula"]

TARGETS = ("dW", "db", "delta", "Z", "A", "losses", "cost")


def check_formula(
    formula: str,
    target: str,
    architecture: Architecture,
    notation: str | Notation = "rows",
    parameters: Parameters | None = None,
    X: Any = None,
    Y: Any = None,
) -> Verdict:
    """Whether a formula gives an array of the pass, and if not, what is amiss.

    The formula counts as right if it agrees with the target on three random networks whose widths and number of
    samples all differ, smooth activations standing in for kinked ones, and on the learner's own (``parameters``, ``X``
    and ``Y``, samples as rows; random ones of the same widths where they are not given). Letters mean the same in
    either case. What is right for one sample only is judged right if the letters are small and ``X`` has one row.

    Raises ValueError for a target or a notation that there is not; a formula that is not read is a verdict, "refused".
    """
    if not isinstance(formula, str):
        raise ValueError(f"formula must be text, got {formula!r}")
    notation = checked_notation(notation)
    asked = checked_target(target, architecture, notation)
    if parameters is not None and parameters.architecture != architecture:
        raise ValueError("parameters must be those of the architecture")
    own = Own(architecture, parameters, X, Y)
    layer = asked.layer if isinstance(asked.layer, int) else architecture.depth
    try:
        line = parse(formula, Scope(architecture, notation, layer))
        with np.errstate(all="ignore"):
            return Judge(line, asked, own, notation, spelling(formula, line.scope)).verdict()
    except Refusal as refusal:
        return Verdict("refused", (str(refusal),), asked, causes=(refusal.key,))


def checked_notation(notation: str | Notation) -> Notation:
    """A notation, or the default one with samples as rows or columns."""
    if isinstance(notation, Notation):
        return notation
    if notation not in CHOICES["orientation"]:
        raise ValueError(f"notation must be rows, columns or a Notation, got {notation!r}")
    return Notation(orientation=notation)


def checked_target(target: str, architecture: Architecture, notation: Notation) -> Symbol:
    """The array that is asked for."""
    scope = Scope(architecture, notation)
    try:
        symbol = parse_target(tokens(target), scope) if isinstance(target, str) else None
    except Refusal as refusal:
        raise ValueError(f"target must name an array such as dW[2] or delta[1], got {target!r}: {refusal}") from None
    if symbol is None or symbol.name not in TARGETS or not scope.has(symbol) or symbol == Symbol("A", 0):
        raise ValueError(f"target must name an array of this network such as dW[1], delta[1] or cost, got {target!r}")
    return symbol
