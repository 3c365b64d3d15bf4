"""What a question of a lesson is asked about: an array of a pass, an entry of it, and what mistakes make of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from zlib import crc32

import numpy as np

from ..derivation import choices
from ..derivation.checker.mistakes import Mistake
from ..derivation.plain import displayed
from ..derivation.printing.latex import LatexPrinter
from ..derivation.printing.text import entry_label, spoken
from ..derivation.view import View
from ..drawing.numbers import number
from ..engine.descent import Update
from ..engine.evaluate import evaluate
from ..maths.equations import Step
from ..maths.expressions import Expression, Symbol
from ..maths.messages import Message, Refusal, verbatim
from ..maths.shapes import ShapeError
from ..maths.symbols import SCALARS
from .question import Ask, Option, Posed


@dataclass(frozen=True)
class Asking:
    """A question, and the pass that it is about as a view shows it."""

    ask: Ask
    update: Update
    view: View
    digits: int

    # The array

    @property
    def symbol(self) -> Symbol:
        return self.ask.symbol

    @cached_property
    def step(self) -> Step:
        """The step that computes the array."""
        found = next((step for step in self.update.steps if step.equation.target == self.symbol), None)
        if found is None:
            raise Refusal("{array} is nothing that this network computes, so it is not asked about.", array=self.ask.of)
        return found

    @cached_property
    def formula(self) -> Expression:
        return displayed(self.step.equation, self.view).value

    @cached_property
    def slips(self) -> list[Mistake]:
        return choices.slips_in(self.formula, self.view)

    def shown(self, symbol: Symbol) -> Any:
        """An array as it is shown."""
        if symbol.name in SCALARS:
            return np.float64(self.update.value(symbol))
        host = self.update.trace.parameters.arrays.to_host
        values = self.view.times(symbol) * np.atleast_2d(np.asarray(host(self.update.value(symbol)), np.float64))
        return values.T if symbol.name in self.view.notation.transposed else values

    @cached_property
    def values(self) -> np.ndarray:
        _step = self.step
        return np.atleast_2d(self.shown(self.symbol))

    # One entry of it

    @cached_property
    def place(self) -> tuple[int, int]:
        """Row and column of the entry as they are shown."""
        row, column = self.ask.entry or (0, 0)
        place = (column, row) if self.symbol.name in self.view.notation.transposed else (row, column)
        if not all(0 <= at < most for at, most in zip(place, self.values.shape, strict=True)):
            raise Refusal("{array} has no such entry in this network, so it is not asked about.", array=self.ask.of)
        return place

    @property
    def value(self) -> float:
        value = float(self.values[self.place])
        if not np.isfinite(value):
            raise Refusal("{name} is not a finite number here, so it is not asked about.", name=self.entry_text())
        return value

    def outcomes(self) -> Iterable[tuple[float, Mistake]]:
        """What the entry comes to with each mistake that leaves the shape as it is."""
        for slip in self.slips:
            found = value_of(slip.formula, self)
            if found is not None and found.shape == self.values.shape and np.isfinite(found[self.place]):
                yield float(found[self.place]), slip

    # Names

    def entry_text(self, place: tuple[int, int] | None = None) -> Message:
        return verbatim(entry_label(self.symbol, self.view, *self.counted(place or self.place)))

    def entry_latex(self, place: tuple[int, int] | None = None) -> str:
        return LatexPrinter(self.view).entry(self.symbol, *self.counted(place or self.place))

    def counted(self, place: tuple[int, int]) -> tuple[int, int]:
        first = self.view.notation.first_index
        return place[0] + first, place[1] + first

    def number(self, value: float) -> str:
        return number(value, self.digits)

    def of_entry(self, sentence: str, options: Iterable[Option]) -> Posed:
        """The question about the entry."""
        return chosen(Posed(self.ask, sentence, self.entry_text(), self.entry_latex(), tuple(options)))

    def of_array(
        self, sentence: str, options: Iterable[Option], judged: Callable[[str], Option] | None = None
    ) -> Posed:
        """The question about the whole array."""
        name, latex = spoken(self.symbol, self.view), LatexPrinter(self.view).write(self.symbol)
        return chosen(Posed(self.ask, sentence, name, latex, tuple(options), judged))

    def turned(self, options: Iterable[Option]) -> list[Option]:
        """The options in an order that does not tell which is right, the same one every time."""
        found = list(options)
        by = crc32(f"{self.ask} {self.view.architecture.widths}".encode()) % len(found)
        return [*found[by:], *found[:by]]


def chosen(question: Posed) -> Posed:
    """A question, if there is anything to choose from."""
    if len(question.options) < 2 and question.judged is None:
        raise Refusal("With these numbers there is nothing to choose from: change one back.")
    return question


def value_of(formula: Expression, asking: Asking) -> np.ndarray | None:
    """What a formula comes to; None if it does not multiply."""
    try:
        asking.view.shape(formula)
        return np.atleast_2d(evaluate(formula, asking.shown))
    except (ShapeError, ValueError):
        return None
