"""What the checker says about a formula."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ...maths.expressions import Expression, Symbol
from ...maths.messages import Message
from ..notation import Notation
from .findings import CAUSES, SOLVING, Finding
from .reading.syntax import Span


@dataclass(frozen=True)
class Factor:
    """A part of a formula with its shape: as text, as named dimensions, and in the learner's own numbers.

    ``dimensions`` and ``size`` are None where the part does not multiply.
    """

    text: str
    node: Expression
    dimensions: tuple[str, str] | None
    size: tuple[int, int] | None
    depth: int = 0


@dataclass(frozen=True)
class Suggestion:
    """A formula that multiplies and has the right shape, and whether it is also right."""

    text: str
    right: bool
    causes: tuple[str, ...] = ()


NOTHING = Symbol("nothing")
"""What is asked for where neither a target nor a left side says it."""


@dataclass(frozen=True)
class Verdict:
    """The judgement on a formula.

    ``kind`` is "right", "wrong", "shape" (it does not multiply) or "refused" (it is not read). ``message`` is what is
    shown, ``sentences`` the same one by one, ``findings`` what they say. ``causes`` are keys such as "transposed",
    "sign" or "missing slope"; ``conventions`` the notations in which the formula is right as it lies; ``switches`` the
    fewest changes of the notation, field to value, with which a wrong one is right; ``networks`` on how many
    random networks it was tried; ``single`` that what it says makes it about one sample. ``sides`` are the verdicts on
    the equal parts of a line, if it has several.

    Of what is refused ``place`` is the fault in the text, ``rewritten`` what may have been meant, each judged, and
    ``unknown`` the names that nothing says what they are, with their ``candidates``, the likeliest first, as
    ``check_formula`` takes what is given.
    """

    kind: str
    sentences: tuple[Message, ...]
    target: Symbol
    formula: str = ""
    expression: Expression | None = None
    factors: tuple[Factor, ...] = ()
    causes: tuple[str, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    conventions: tuple[Notation, ...] = ()
    networks: int = 0
    single: bool = False
    findings: tuple[Finding, ...] = ()
    switches: Mapping[str, Any] = field(default_factory=dict)
    sides: tuple[Verdict, ...] = ()
    place: Span | None = None
    rewritten: tuple[Suggestion, ...] = ()
    unknown: tuple[str, ...] = ()
    candidates: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def message(self) -> str:
        """The sentences shown, in English."""
        return " ".join(self.sentences)

    @property
    def one_sample(self) -> bool:
        """Whether it is about one sample, or right for one only."""
        return self.single or "one sample" in self.causes

    @property
    def remarks(self) -> tuple[Message, ...]:
        """The sentences but for those that only name one of the suggestions."""
        if not self.findings:
            return self.sentences
        pairs = zip(self.findings, self.sentences, strict=True)
        return tuple(each for finding, each in pairs if finding.details.get("suggestion") not in self.suggestions)

    @property
    def hints(self) -> tuple[Message, ...]:
        """The sentences as somebody hears them who is to find out what is right: what is wrong, and not the repair."""
        if not self.findings:
            return self.sentences
        pairs = zip(self.findings, self.sentences, strict=True)
        told = (
            Message(CAUSES[finding.key]) if finding.key in CAUSES else each
            for finding, each in pairs
            if finding.key not in SOLVING
        )
        return tuple(dict.fromkeys(told))
