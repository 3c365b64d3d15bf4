"""Judges a whole program, line by line: ``check_code``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ....engine.parameters import Parameters
from ....maths.architecture import Architecture
from ....maths.messages import Message, Refusal
from ...notation import Notation
from ..asked import checked_architecture, checked_notation
from ..reading.names import Namespace
from ..reading.refusals import Unread
from ..reading.statements import read_program
from .judging import Judge
from .mathematics import in_whole_arrays
from .report import ProgramReport
from .source import Source
from .spelled import spelled
from .summary import summarized


def check_code(
    text: str,
    architecture: Architecture | None = None,
    notation: str | Notation = "rows",
    given: Mapping[str, str] | None = None,
    parameters: Parameters | None = None,
    X: Any = None,
    Y: Any = None,
) -> ProgramReport:
    """What each line of a program computes, told by value on random networks, and which lines are wrong.

    ``given`` says what names of one's own are: ``{"h_relu": "A[1]"}``. The program is run by a machine of its own on
    networks whose sizes all differ; nothing of it is evaluated by Python. Where ``X`` has one row, a program for one
    sample is tried first.

    Raises ValueError for what is no text, no architecture or no notation; a program that cannot be read is a report,
    "refused".
    """
    if not isinstance(text, str):
        raise Refusal("text must be a program, got {text!r}", text=text)
    own, shown = checked_architecture(architecture, parameters), checked_notation(notation)
    one_sample = is_one_sample(X, Y)
    try:
        listing = read_program(text, knows=lambda word: word in (given or {}) or spelled(word) is not None)
    except Unread as refusal:
        return ProgramReport("refused", Message("{reason}", reason=refusal.message))
    listing = in_whole_arrays(listing, lambda: Namespace(own, shown))
    return summarized(Judge(Source(listing, dict(given or {})), own, shown, one_sample))


def is_one_sample(X: Any, Y: Any) -> bool:
    """Whether there is one sample. Raises Refusal where X and Y do not have as many."""
    rows = {len(each) for each in (X, Y) if each is not None}
    if len(rows) > 1:
        raise Refusal("X and Y must have as many rows, got {rows}", rows=str(sorted(rows)))
    return rows == {1}
