"""What has been judged, and how a verdict is called."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ...derivation.checker import Verdict
from ...derivation.checker.program.report import ProgramReport
from ...derivation.comparison import Comparison, compared, compared_elsewhere
from ...derivation.notation import Notation
from ...derivation.printing.formula import verdict_latex
from ...derivation.view import View
from ...drawing.theme import NEGATIVE, NEUTRAL, POSITIVE, VIOLET, Ground
from ...engine.parameters import Parameters
from ...maths.messages import N_, NC_


@dataclass
class Tried:
    """A text, and what it was tried on."""

    text: str
    notation: Notation
    parameters: Parameters
    X: Any
    Y: Any

    @property
    def view(self) -> View:
        return View(self.parameters.architecture, len(self.X), self.notation)

    def latex(self, verdict: Verdict, ground: Ground) -> str:
        """A formula as read, with the shape under every factor, for a light or a dark ground."""
        return verdict_latex(verdict, self.view, clash=ground.negative)


@dataclass
class Checked(Tried):
    """A formula with its verdict."""

    verdict: Verdict

    @property
    def kind(self) -> str:
        return self.verdict.kind

    @cached_property
    def comparison(self) -> Comparison:
        """The formula's numbers beside the engine's."""
        return compared(self.verdict, self.notation, self.parameters, self.X, self.Y)

    @cached_property
    def elsewhere(self) -> Comparison | None:
        """The same on a second network, if it is right by accident on this one."""
        return compared_elsewhere(self.verdict, self.notation, self.parameters.architecture, len(self.X))


@dataclass
class CheckedProgram(Tried):
    """A program with its report."""

    report: ProgramReport

    @property
    def kind(self) -> str:
        return self.report.kind

    @property
    def computes(self) -> frozenset[str]:
        """The quantities of a pass that it computes."""
        return frozenset(self.report.computes)


HEADINGS = {
    "right": (NC_("verdict", "Right"), "check_circle"),
    "wrong": (N_("Multiplies, but is wrong"), "error"),
    "shape": (N_("Does not multiply"), "grid_off"),
    "refused": (N_("Not read"), "help"),
    "absent": (N_("Names what is not there"), "search_off"),
    "left": (N_("Right, but for the left side"), "swap_horiz"),
}
"""The words and the sign of each verdict."""

ONCE = {
    "right": (
        N_("Right: this is {target}"),
        N_("It agrees on {count} random networks whose sizes all differ, and on {own}."),
    ),
    "right untried": (
        N_("Right: this is {target}"),
        N_(
            "It agrees on {count} random networks whose sizes all differ; on your own network some of the numbers are "
            "too extreme to compare."
        ),
    ),
    "right beyond": (
        N_("Right: this is {target}"),
        N_(
            "It agrees on {count} random networks whose sizes all differ; on {own} {beyond} would be {size}, which is "
            "more than is computed here."
        ),
    ),
    "right for one": (
        N_("Right for one sample, as it is written: this is {target} where m = 1"),
        N_("It agrees on {count} random networks whose sizes all differ, and on {own}."),
    ),
}
"""The sentences that begin with their verdict, by their finding: what of them is the heading, and what comes below."""

COLOURS = {
    "right": POSITIVE,
    "wrong": NEGATIVE,
    "left": NEGATIVE,
    "shape": VIOLET,
    "absent": VIOLET,
    "refused": NEUTRAL,
    "other": NEUTRAL,
}
"""The colour of each verdict, which never stands alone."""

LINES = {
    "right": (NC_("verdict", "right"), "check_circle"),
    "wrong": (N_("wrong"), "error"),
    "shape": (N_("does not multiply"), "grid_off"),
    "other": (NC_("of a line", "your own"), "edit_note"),
    "refused": (N_("not read"), "help"),
}
"""The words and the sign of what a line of a program is."""

SIGNS = {"right": "✓", "wrong": "✗", "shape": "✗", "refused": "?"}
"""The sign of a line where there is room for one letter."""


def kind_of(verdict: Verdict, notation: Notation) -> str:
    """The verdict's kind; some pairs of faults have a heading of their own."""
    if verdict.kind == "wrong" and notation in verdict.conventions and "wrong target" in verdict.causes:
        return "left"
    return "absent" if verdict.kind == "wrong" and "absent" in verdict.causes else verdict.kind


def sign(icon: str) -> str:
    return f":material/{icon}:"
