"""A formula that has been judged, and how its verdict is called."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ...derivation.checker import Verdict
from ...derivation.comparison import Comparison, compared, compared_elsewhere
from ...derivation.notation import Notation
from ...derivation.printing.formula import verdict_latex
from ...derivation.view import View
from ...drawing.theme import NEGATIVE, NEUTRAL, POSITIVE, VIOLET, Ground
from ...engine.parameters import Parameters
from ...maths.messages import N_


@dataclass
class Checked:
    """A formula, its verdict, and what it was checked on."""

    formula: str
    verdict: Verdict
    notation: Notation
    parameters: Parameters
    X: Any
    Y: Any

    @cached_property
    def comparison(self) -> Comparison:
        """The formula's numbers beside the engine's."""
        return compared(self.verdict, self.notation, self.parameters, self.X, self.Y)

    @cached_property
    def elsewhere(self) -> Comparison | None:
        """The same on a second network, if it is right by accident on this one."""
        return compared_elsewhere(self.verdict, self.notation, self.parameters.architecture, len(self.X))

    def latex(self, ground: Ground) -> str:
        """The formula as read, with the shape under every factor, for a light or a dark ground."""
        view = View(self.parameters.architecture, len(self.X), self.notation)
        return verdict_latex(self.verdict, view, clash=ground.negative)


HEADINGS = {
    "right": (N_("Right"), "check_circle"),
    "wrong": (N_("Multiplies, but is wrong"), "error"),
    "shape": (N_("Does not multiply"), "grid_off"),
    "refused": (N_("Not read"), "help"),
    "absent": (N_("Names what is not there"), "search_off"),
    "left": (N_("Right, but for the left side"), "swap_horiz"),
}
"""The words and the sign of each verdict."""

COLOURS = {
    "right": POSITIVE,
    "wrong": NEGATIVE,
    "left": NEGATIVE,
    "shape": VIOLET,
    "absent": VIOLET,
    "refused": NEUTRAL,
}
"""The colour of each verdict, which never stands alone."""


def kind_of(checked: Checked) -> str:
    """The verdict's kind; some pairs of faults have a heading of their own."""
    verdict = checked.verdict
    if verdict.kind == "wrong" and checked.notation in verdict.conventions and "wrong target" in verdict.causes:
        return "left"
    return "absent" if verdict.kind == "wrong" and "absent" in verdict.causes else verdict.kind


def sign(icon: str) -> str:
    return f":material/{icon}:"
