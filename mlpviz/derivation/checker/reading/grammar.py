"""The grammar of formulas and programs: all rows together. A new sign is one row in one of the tables that it reads."""

from __future__ import annotations

from . import operands, sigma, signs, suffixes
from .parser import Grammar

GRAMMAR = Grammar(
    prefixes={**operands.PREFIXES, **sigma.PREFIXES},
    infixes=signs.INFIXES,
    suffixes=suffixes.SUFFIXES,
    letters=frozenset({"word"}),
)
