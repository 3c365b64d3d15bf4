"""What is in the box, judged: one statement as a formula, several as a program; kept while nothing of it changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from ...derivation.checker import Verdict, check_formula
from ...derivation.checker.asked import name_of
from ...derivation.checker.program.checking import check_code
from ...derivation.checker.program.report import ProgramReport
from ...derivation.checker.verdict import NOTHING
from ...derivation.notation import Notation
from ...maths.expressions import Symbol
from ...setup.setup import Setup
from ..shell import session
from .checked import Checked, CheckedProgram
from .statements import is_program
from .writing import given, target_of

JUDGED = "mlpviz.check.judged"
MOST = 8

Said = TypeVar("Said")


def judged(setup: Setup, text: str) -> Checked | CheckedProgram:
    """A text with what is said of it."""
    return program(setup, text) if is_program(text) else formula(setup, text)


def formula(setup: Setup, text: str) -> Checked:
    """A formula with its verdict, for what is asked for."""
    asked = target_of(setup)
    return kept(setup, text, asked, lambda: Checked(*tried(setup, text), verdict(setup, text, asked)))


def program(setup: Setup, text: str) -> CheckedProgram:
    """A program with its report."""
    return kept(setup, text, None, lambda: CheckedProgram(*tried(setup, text), report(setup, text)))


def named(setup: Setup, text: str) -> Symbol | None:
    """What the left side of a formula names, if it has one; the verdict for that is there from then on."""
    if is_program(text) or "=" not in text:
        return None
    found = verdict(setup, text, None)
    if found.target == NOTHING:
        return None
    kept(setup, text, found.target, lambda: Checked(*tried(setup, text), found))
    return found.target


def kept(setup: Setup, text: str, asked: Symbol | None, make: Callable[[], Said]) -> Said:
    """What is said of a text, made once while neither it nor its network, data and notation change."""
    key = (setup.sample, setup.notation, setup.given, asked, text)
    by_key: dict[Any, Any] = session.cached(JUDGED, numbers(setup)[0], dict)
    if key not in by_key:
        while len(by_key) >= MOST:
            del by_key[next(iter(by_key))]
        by_key[key] = make()
    said: Said = by_key[key]
    return said


def tried(setup: Setup, text: str) -> tuple[str, Notation, Any, Any, Any]:
    """A text and what it is tried on."""
    return (text, setup.notation, *numbers(setup))


def numbers(setup: Setup) -> tuple[Any, Any, Any]:
    """The parameters and the data that a text is tried on: of one sample, a batch of one."""
    parameters, X, Y = session.parameters_and_data(setup)
    if setup.sample is not None:
        X, Y = X[[setup.sample]], Y[[setup.sample]]
    return parameters, X, Y


def verdict(setup: Setup, text: str, target: Symbol | None) -> Verdict:
    """The verdict on a formula; without a target, for what its left side names."""
    parameters, X, Y = numbers(setup)
    asked = name_of(target, setup.notation) if target else None
    return check_formula(text, asked, parameters.architecture, setup.notation, parameters, X, Y, given(setup))


def report(setup: Setup, text: str) -> ProgramReport:
    """The report on a program."""
    parameters, X, Y = numbers(setup)
    return check_code(text, parameters.architecture, setup.notation, given(setup), parameters, X, Y)
