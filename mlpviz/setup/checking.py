"""What a setup holds of the Check page: the kinds of its values that no other part has."""

from __future__ import annotations

import re
from urllib.parse import quote

from ..derivation.errata import EXERCISES
from .codecs import Kind, require

FORMULA_LENGTH = 2_000  # characters, as many as the checker reads
FORMULA_IN_LINK = 5_000  # the same percent-encoded, so that a link has room for the rest

_TARGET = re.compile(r"|(dW|db|delta|Z|A)\[[0-9]{1,2}\]|losses|cost", re.ASCII)


def _read_formula(text: str) -> str:
    require(len(text) <= FORMULA_LENGTH and len(quote(text, errors="replace")) <= FORMULA_IN_LINK)
    return text


def _read_target(text: str) -> str:
    require(_TARGET.fullmatch(text) is not None)
    return text


def _read_exercise(text: str) -> str:
    require(text == "" or text in EXERCISES)
    return text


FORMULA = Kind(str, _read_formula, f"is a formula of up to {FORMULA_LENGTH:,} characters")
TARGET = Kind(str, _read_target, "is an array such as dW[2], db[2], delta[1] or Z[1], its layers counted from 0")
EXERCISE = Kind(str, _read_exercise, f"is one of {', '.join(EXERCISES)}, or nothing")
