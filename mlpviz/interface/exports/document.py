"""What a document of a pass or of a walkthrough says, in order, for whoever writes it: LaTeX, a notebook, a program.

All of it is what the stepper is given to show; nothing is written here a second time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

import numpy as np

from ...derivation.printing.breaking import unbroken
from ...derivation.printing.filled import PLACE, place
from ...derivation.printing.latex import LatexPrinter
from ...maths.expressions import Symbol
from ...maths.messages import N_
from ...maths.symbols import Role, named
from ..shell.translation import _
from ..stepper.messages import MESSAGES
from ..stepper.payload import Payload
from .matrices import matrix_latex

LAYER = N_("layer {layer}")


@dataclass(frozen=True)
class TakenLine:
    """One step of a pass, or one line of a walkthrough.

    ``formula``, ``shaped`` and ``filled`` are LaTeX: the line, with the shapes below, and with its numbers. ``text``
    and ``note`` are sentences with marks; ``code`` has the line in each dialect, ``value`` is what it gives, as shown.
    """

    number: int
    group: str
    title: str
    text: str
    note: str
    formula: str
    shaped: str
    filled: str
    target: Symbol
    code: dict[str, str]
    value: np.ndarray


@dataclass(frozen=True, eq=False)
class Document:
    """A title, what it is about, where it comes from, and the payload of what it shows."""

    title: str
    about: str
    address: str
    payload: Payload
    digits: int = 3
    derives: bool = False
    """Whether its parts are lines of a walkthrough."""

    @cached_property
    def parts(self) -> tuple[TakenLine, ...]:
        """Every step or line."""
        steps = self.payload.described_steps()
        formulas = [unbroken(formula) for formula in self.payload.formulas]
        return tuple(self.part(step, formulas) for step in steps)

    @cached_property
    def matrices(self) -> dict[str, tuple[Symbol, dict[str, Any]]]:
        """By its key each array, and what is said of it."""
        return self.payload.described_matrices()

    @cached_property
    def printer(self) -> LatexPrinter:
        return LatexPrinter(self.payload.view)

    def part(self, step: dict[str, Any], formulas: list[str]) -> TakenLine:
        target, matrix = self.matrices[step["target"]]
        belongs = step["number"] is not None and matrix["per"] not in ("sample", "network")
        layer = [_(LAYER).format(layer=step["number"])] if belongs else []
        return TakenLine(
            step["index"] + 1,
            step.get("chip") or _(str(MESSAGES[step["phase"]])),
            " · ".join([step.get("title") or step["name"], *layer]),
            step["text"],
            step.get("note", ""),
            formulas[step["formula"]],
            formulas[step["shapes"]],
            PLACE.sub(self.numbers, step["filled"]),
            target,
            step["code"],
            self.array(target),
        )

    def numbers(self, found: re.Match[str]) -> str:
        """What stands in a place of a line: the numbers of its array."""
        key = found["key"]
        if key not in self.matrices:
            return self.printer.number(float(self.payload.shown(self.payload.gaps.scalars[key])))
        values = self.payload.shown(self.matrices[key][0])
        return matrix_latex(np.transpose(values) if found["turned"] else values, self.digits)

    def array(self, symbol: Symbol) -> np.ndarray:
        """The numbers of an array as they are shown; of a single number one row."""
        return np.atleast_2d(np.asarray(self.payload.shown(symbol), np.float64))

    @cached_property
    def given(self) -> list[tuple[str, str]]:
        """The letter and the numbers of every array that is given, and of every constant, as LaTeX."""
        arrays = {key: symbol for key, (symbol, _matrix) in self.matrices.items() if is_given(symbol)}
        return [
            (self.printer.symbol(symbol), PLACE.sub(self.numbers, place(key)))
            for key, symbol in (arrays | self.payload.gaps.scalars).items()
        ]

    def grouped(self) -> Iterator[tuple[str, list[TakenLine]]]:
        """The parts by what they have in common: a phase of the pass, or a chain of lines."""
        for group, parts in groupby(self.parts, lambda part: part.group):
            yield group, list(parts)


def is_given(symbol: Symbol) -> bool:
    """Whether nothing computes an array: a parameter, what is kept for one, the input or the targets."""
    return symbol.name in named(Role.PARAMETER, Role.STATE, Role.LABEL) or symbol == Symbol("A", 0)
