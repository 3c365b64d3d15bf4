"""Judges a learner's own formula: read by a grammar of its own, decided by numbers on random networks.

Each station takes a value and gives one: read → judge → remedy → suggest → diagnose → tell.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...engine.parameters import Parameters
from ...maths.architecture import Architecture
from ...maths.messages import Refusal
from ..notation import Notation
from .answers import verdict
from .asked import checked_architecture, checked_given, checked_notation, checked_target
from .inquiry import Inquiry
from .networks import Own
from .reading import Unread
from .refused import refused
from .verdict import Factor, Suggestion, Verdict

__all__ = ["Factor", "Suggestion", "Verdict", "check_formula"]


def check_formula(
    formula: str,
    target: str | None = None,
    architecture: Architecture | None = None,
    notation: str | Notation = "rows",
    parameters: Parameters | None = None,
    X: Any = None,
    Y: Any = None,
    given: Mapping[str, str] | None = None,
) -> Verdict:
    """Whether a formula gives an array of the pass, and if not, what is amiss.

    Without a ``target`` the left side of the formula says which array. The formula counts as right if it agrees with
    that on three random networks whose widths and number of samples all differ, smooth activations standing in for
    kinked ones, and on the learner's own (``parameters``, ``X`` and ``Y``, samples as rows; random ones of the same
    widths where they are not given). Letters mean the same in either case; ``given`` says what names of the learner's
    own are, such as {"h": "A[1]"}, as the notation shows and counts it. What is right for one sample only is judged
    right if ``X`` has one row and no letter is a batch's. Of several equal parts each is judged.

    Raises ValueError for a target, a notation or a given array that there is not; a formula that is not read is a
    verdict, "refused".
    """
    if not isinstance(formula, str):
        raise Refusal("formula must be text, got {formula!r}", formula=formula)
    architecture = checked_architecture(architecture, parameters)
    notation = checked_notation(notation)
    asked = None if target is None else checked_target(target, architecture, notation)
    names = checked_given(given, architecture, notation)
    inquiry = Inquiry(formula, asked, Own(architecture, parameters, X, Y), notation, names)
    try:
        return verdict(inquiry)
    except Unread as refusal:
        return refused(inquiry, refusal)
