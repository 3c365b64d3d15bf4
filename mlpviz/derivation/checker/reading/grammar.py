"""The grammar of formulas and programs: all rows together. A new sign is one row in one of the tables that it reads."""

from __future__ import annotations

from . import latex, operands, signs, suffixes
from .parser import Grammar

GRAMMAR = Grammar(
    prefixes={**operands.PREFIXES, **latex.PREFIXES},
    infixes=signs.INFIXES,
    suffixes=suffixes.SUFFIXES,
    letters=frozenset({"word", *latex.LETTERS}),
)
