"""One formula and what decides about it: the random networks, the learner's own, and what has been said so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from ...maths.expressions import Expression, Symbol, walk
from ..notation import Notation
from .conventions import conventions
from .failures import Measure
from .findings import SENTENCES
from .lines import Line
from .networks import Network, Own, random_networks
from .nodes import Diagonal
from .repairs import Problem, agree
from .spelling import Spelling, target_text
from .values import Evaluator
from .verdict import Suggestion

OWN_TOLERANCE = 1e-6
"""For the learner's own numbers, which may be extreme: what 1 − a loses near a = 1 stays below it."""


@dataclass
class Case:
    """A formula that has been read, what is asked for, and the networks it is tried on."""

    line: Line
    target: Symbol
    learner: Own
    notation: Notation
    spelling: Spelling
    causes: list[str] = field(default_factory=list)
    sentences: list[str] = field(default_factory=list)
    suggestions: list[Suggestion] = field(default_factory=list)
    tree: Expression = field(init=False)

    def __post_init__(self) -> None:
        self.tree = self.line.readings[0]

    @cached_property
    def one_sample(self) -> bool:
        """Whether the formula holds one sample by what it says: diag(…) of a batch is nothing."""
        return any(isinstance(node, Diagonal) for tree in self.line.readings for node in walk(tree))

    @cached_property
    def own(self) -> Network:
        """The learner's network, with one sample only if the formula is about one."""
        return self.learner.network(1) if self.one_sample else self.learner.network()

    @cached_property
    def networks(self) -> tuple[Network, ...]:
        """The random networks."""
        return random_networks(self.learner.architecture, self.one_sample)

    def problem_on(self, networks: tuple[Network, ...]) -> Problem:
        """The question, asked on some networks."""
        return Problem(self.target, [Evaluator(network, self.notation.transposed) for network in networks])

    @cached_property
    def problem(self) -> Problem:
        """The question on the random networks."""
        return self.problem_on(self.networks)

    @cached_property
    def problem_for_one(self) -> Problem:
        """The question on random networks with one sample."""
        return self.problem_on(random_networks(self.own.architecture, one_sample=True))

    @property
    def evaluator(self) -> Evaluator:
        """The first random network's."""
        return self.problem.evaluators[0]

    @cached_property
    def evaluator_here(self) -> Evaluator:
        """The learner's own network's."""
        return Evaluator(self.own, self.notation.transposed)

    @cached_property
    def measure(self) -> Measure:
        """Shapes as messages write them."""
        return Measure(self.evaluator, self.own, self.notation, self.learner.known)

    @cached_property
    def name(self) -> str:
        """What is asked for."""
        return target_text(self.target, self.notation)

    @cached_property
    def own_name(self) -> str:
        """The learner's network, or one that stands for it."""
        return "your own" if self.learner.known else "one with your sizes"

    @cached_property
    def place(self) -> str:
        """Where a formula is right by accident."""
        return "your network" if self.learner.known else "a network with your sizes"

    @property
    def uses_labels(self) -> bool:
        """Whether what is right rests on labels that add up to 1."""
        architecture = self.own.architecture
        paired = (architecture.loss, architecture.activations[-1]) == ("cross_entropy", "softmax")
        return paired and self.target == Symbol("delta", architecture.depth)

    @cached_property
    def right_for_one(self) -> bool:
        """Whether the formula is written for one sample and right for it."""
        return self.line.scope.single and self.problem_for_one.right(self.tree)

    @cached_property
    def conventions(self) -> tuple[Notation, ...]:
        """Where the formula is right."""
        return conventions(self.tree, self.target, self.networks, self.notation)

    @cached_property
    def value_here(self) -> Any:
        """The formula's value on the learner's own network, if it multiplies there."""
        return self.evaluator_here.value(self.evaluator.resolved(self.tree))

    def agrees_here(self) -> bool | None:
        """Whether it agrees on the learner's own network; None where the numbers are too extreme to tell."""
        goal, value = self.evaluator_here.value(self.target), self.value_here
        if value is None or not np.isfinite(goal).all() or not np.isfinite(value).all():
            return None
        return agree(value, goal, OWN_TOLERANCE)

    def tell(self, key: str, **details: object) -> None:
        """Add a sentence of the table."""
        self.tell_text(SENTENCES[key].format(**details))

    def tell_text(self, sentence: str) -> None:
        """Add a sentence."""
        if sentence not in self.sentences:
            self.sentences.append(sentence)

    def suggest(self, tree: Expression, right: bool, causes: tuple[str, ...]) -> None:
        """Add a formula to the suggestions."""
        text = self.spelling.text(tree)
        if all(text != each.text for each in self.suggestions):
            self.suggestions.append(Suggestion(text, right, causes))
