"""How a learner spells: what a text says of it, so that other formulas can be printed like it."""

from __future__ import annotations

import re
from dataclasses import replace

from .dialects import dialects_of
from .manners import manner_of
from .names import Namespace
from .spelling import Spelling

SCRIPTS = {
    re.compile(r"\^\s*\{?\s*\["): "^{{[{}]}}",
    re.compile(r"\^\s*\{?\s*\("): "^{{({})}}",
    re.compile(r"_\s*\{?\s*[0-9lL]"): "_{{{}}}",
    re.compile(r"\^\s*\{?\s*[0-9lL]"): "^{{{}}}",
}
"""How LaTeX raises or lowers the number of a layer."""


def spelling(formula: str, scope: Namespace) -> Spelling:
    """The spelling of a formula, to print others like it."""
    dialect = dialects_of(formula)[0].name
    form = form_of(formula, dialect, scope.forms)
    manner = manner_of(formula, dialect)
    if any(sign in formula for sign in ("⊙", "∘")):
        manner = replace(manner, times="⊙")
    elif dialect == "written" and ".*" in formula:
        manner = replace(manner, times=".*")
    if dialect in ("plain", "unicode") and not turns_by_dot(formula, form):
        manner = replace(manner, transpose="{:base}ᵀ")
    return Spelling(scope.notation, dict(scope.letters), form, manner, scope.single, dialect)


def form_of(formula: str, dialect: str, forms: set[str]) -> str:
    """How layers are numbered: in an index, by digits, raised, or in a form of LaTeX's."""
    if dialect == "latex":
        return next((form for pattern, form in SCRIPTS.items() if pattern.search(formula)), "^{{({})}}")
    return "raised" if "raised" in forms else "digits" if "digits" in forms and "index" not in forms else "index"


def turns_by_dot(formula: str, form: str) -> bool:
    """Whether transposes are written .T: as in the formula, or as suits its layers."""
    if ".T" in formula or (form == "index" and "ᵀ" not in formula):
        return True
    return form == "digits" and "ᵀ" not in formula and "^" not in formula
