"""The notation, nearest to the learner's own, in which a formula that is wrong would be right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from ...maths.activations import ACTIVATIONS
from ...maths.symbols import HATTED
from ..notation import CHOICES, Notation, varied
from .findings import ELSEWHERE
from .question import Question
from .reading import Unread
from .repairs import Problem
from .values import Evaluator

NUMBERING = {name: CHOICES[name] for name in ("first_layer", "numbered")}
"""The switches that change which layer a number is; they and the letter of the output make a formula be read again."""


def switches(question: Question) -> Mapping[str, Any]:
    """The changes of the notation, as few as can be, that make a formula right; none if nothing does."""
    places = list(ELSEWHERE)
    changes = [changed(question.notation, notation) for notation in right_elsewhere(question)]
    if {} in changes:  # then it is not the notation that makes it wrong
        return {}
    return min(changes, key=lambda each: (len(each), [places.index(name) for name in each]), default={})


def changed(own: Notation, other: Notation) -> dict[str, Any]:
    return {name: getattr(other, name) for name in ELSEWHERE if getattr(other, name) != getattr(own, name)}


def right_elsewhere(question: Question) -> Iterator[Notation]:
    """The notations in which a formula is right, those with the fewest changes of the names first."""
    sets = Evaluators(question)
    for notation in renamed(question):
        try:
            reading = question.reread(notation)
        except Unread:
            continue
        for shown in shown_otherwise(notation):
            problem = sets.problem(shown)
            if any(problem.right(tree) for tree in reading.trees):
                yield shown


def renamed(question: Question) -> Iterator[Notation]:
    """The notations that differ in what names stand for, the learner's own first."""
    own = question.notation
    outputs = (own.output, "y") if question.reading.names.words.intersection(HATTED) else (own.output,)
    return iter(nearest(own, {"output": outputs, **NUMBERING}))


def renumbered(own: Notation) -> list[Notation]:
    """The other notations that number layers, or weights, otherwise, the nearest first."""
    return [each for each in nearest(own, NUMBERING) if each != own]


def nearest(own: Notation, choices: Mapping[str, Iterable[Any]]) -> list[Notation]:
    """The notations with some other switches, those with the fewest changes first."""
    return sorted(dict.fromkeys(varied(own, choices)), key=lambda each: len(changed(own, each)))


def shown_otherwise(notation: Notation) -> Iterator[Notation]:
    """The notations that show arrays otherwise and call them the same."""
    return varied(notation, {name: CHOICES[name] for name in ELSEWHERE if name not in ("output", *NUMBERING)})


def any_kinked(question: Question) -> bool:
    return any(ACTIVATIONS[name].smooth for name in question.architecture.activations)


class Evaluators:
    """The problems of one question in every notation, made once for those that show arrays alike."""

    def __init__(self, question: Question) -> None:
        self.question = question
        rough = replace(question, smooth=False).networks if any_kinked(question) else ()
        self.networks = (*question.networks, *rough)
        self.made: dict[Any, Problem] = {}

    def problem(self, notation: Notation) -> Problem:
        key = notation.transposed, notation.multiplied
        if key not in self.made:
            self.made[key] = Problem(self.question.target, [Evaluator(network, *key) for network in self.networks])
        return self.made[key]
