"""What a mistake of a text is, and how it is posed: as a formula to mend, or as a question with one right answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ...maths.messages import Message
from ..hands import HANDS
from ..notation import Notation
from ..texts import TEXTS


@dataclass(frozen=True)
class Erratum:
    """A mistake in the passage ``where`` of a ``text``: what it has and what is right, both as LaTeX, and why.

    ``unposed`` says of it why it is no exercise.
    """

    code: str
    text: str
    where: str
    wrong: str
    right: str
    why: str
    unposed: str = field(default="", kw_only=True)

    @property
    def place(self) -> Message:
        """The passage, with the title of its text."""
        return Message("“{text}”, {where}", text=Message(TEXTS[self.text].title), where=Message(self.where))


@dataclass(frozen=True, kw_only=True)
class Exercise(Erratum):
    """A mistake to be found: ``own`` is the text's formula in the text's own letters, as LaTeX, if it has one.

    The ``hint`` points to it without saying it. The network is that of ``preset``, with ``changes`` to the properties
    of its setup.
    """

    title: str
    hint: str
    notation: Notation
    own: str = ""
    preset: str = "two-three-two"
    changes: Mapping[str, Any] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, kw_only=True)
class FormulaExercise(Exercise):
    """A formula to be mended: ``formula`` is the text's own line in our letters, ``answer`` what it should be.

    The checker reads both for ``target``, which has its mathematical layer; inside them layers are counted as
    ``notation`` counts.
    """

    target: str
    formula: str
    answer: str


@dataclass(frozen=True, kw_only=True)
class ProgramExercise(Exercise):
    """A listing to be mended line by line: a program of our own with the text's mistakes, and what it should be."""

    formula: str
    answer: str


@dataclass(frozen=True)
class Answer:
    """One of the answers to a question, and why it is wrong; the right one has nothing of the kind.

    The text is Markdown with LaTeX; one that is a formula alone is the same in every language.
    """

    text: str
    why: str = ""

    @property
    def right(self) -> bool:
        return not self.why

    @property
    def is_formula(self) -> bool:
        return self.text.startswith("$") and self.text.endswith("$") and self.text.count("$") == 2


@dataclass(frozen=True, kw_only=True)
class ChoiceExercise(Exercise):
    """A question about what the text says there, with its answers, of which one is right."""

    question: str
    answers: tuple[Answer, ...]

    @property
    def answer(self) -> str:
        """The right one."""
        return next(each.text for each in self.answers if each.right)


MODULES, NEURON, VECTORS, QUESTION, ANSWER = (
    HANDS[name].notation for name in ("modules", "forward-backward", "element-batch", "question", "answer")
)
BATCH = replace(VECTORS, orientation="rows")
"""The notations of the texts, or of a part of one."""
