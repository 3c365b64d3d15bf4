"""A question of a lesson as data, and as it is asked of a pass: with its answers, one of which is right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ..maths.expressions import Symbol
from ..maths.messages import Message


@dataclass(frozen=True)
class Ask:
    """What is asked: the sign, number or shape of an array, which entry or formula, or a formula to be written.

    ``of`` is the array, its layers counted from 0: delta[1]; ``entry`` its row and column in canonical storage, from 0.
    ``mistakes`` are the kinds of mistake that the wrong formulas of "which" have, any if there are none; ``by`` says
    which entry "cell" means.
    """

    kind: str
    of: str
    entry: tuple[int, int] | None = None
    mistakes: tuple[str, ...] = ()
    by: str = "size"

    @property
    def symbol(self) -> Symbol:
        """The array that it is about."""
        return symbol_of(self.of)


def symbol_of(text: str) -> Symbol:
    """An array by its name, its layers counted from 0: delta[1]."""
    name, _bracket, layer = text.rstrip("]").partition("[")
    return Symbol(name, int(layer)) if layer else Symbol(name)


@dataclass(frozen=True)
class Option:
    """An answer to choose: its key, its text or its formula as LaTeX, and, of a wrong one, what is amiss with it."""

    key: str
    text: Message
    latex: str = ""
    cause: Message | None = None

    @property
    def right(self) -> bool:
        return self.cause is None


@dataclass(frozen=True)
class Posed:
    """A question as it is asked of a pass: its sentence, with ``latex`` for the name in it, and what can be answered.

    Where the answer is a formula to be written there are no options; ``judged`` says what a formula is an answer of.
    """

    ask: Ask
    sentence: str
    name: Message
    latex: str
    options: tuple[Option, ...]
    judged: Callable[[str], Option] | None = None

    @property
    def question(self) -> Message:
        """The question as plain text."""
        return self.asked(self.name)

    def asked(self, name: Any) -> Message:
        """The question with another spelling of what it is about."""
        return Message(self.sentence, name=name)

    @property
    def right(self) -> Option:
        """The right answer."""
        return next(option for option in self.options if option.right)
