"""What decides about a formula: the random networks, the learner's own, and one reading of it tried on them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from ...maths.architecture import Architecture
from ...maths.expressions import Expression, Symbol, walk
from ..notation import CHOICES, Notation, varied
from . import nodes as nd
from .arrangements import Arrangement, arrangements
from .failures import Shapes
from .findings import CONVENTIONS, differences
from .networks import Network, Own, random_networks, softmax_into_entropy
from .reading import Reading
from .repairs import Problem, agree
from .room import Room
from .values import Evaluator, evaluators

OWN_TOLERANCE = 1e-6
"""For the learner's own numbers, which may be extreme; rounding of 1 − a near a = 1 stays below it."""


@dataclass(frozen=True)
class Question:
    """A formula that has been read, what is asked for, and the networks that it is tried on.

    The random ones are like ``architecture``, which may divide its cost otherwise than the learner's own, and have as
    many ``outputs`` as that says.
    """

    reading: Reading
    target: Symbol
    learner: Own
    notation: Notation
    architecture: Architecture
    reread: Callable[[Notation], Reading]
    """The formula in another notation; it raises Unread where it cannot be read there."""

    outputs: int | None = None
    smooth: bool = True
    """Whether smooth activations stand in for kinked ones."""

    @cached_property
    def one_sample(self) -> bool:
        """Whether the formula is about one sample by what it says: diag(…) of a batch has no meaning."""
        return any(isinstance(node, nd.Diagonal) for tree in self.reading.trees for node in walk(tree))

    @cached_property
    def networks(self) -> tuple[Network, ...]:
        return random_networks(self.architecture, self.one_sample, self.smooth, self.outputs)

    @cached_property
    def own(self) -> Network:
        """The learner's network, with a single sample if the formula is about one."""
        return self.learner.network(1) if self.one_sample else self.learner.network()

    def evaluated(self, network: Network, room: Room | None = None) -> Evaluator:
        """The values of trees on a network, as the notation shows its arrays."""
        return Evaluator(network, self.notation.transposed, self.notation.multiplied, room)

    def problem_on(self, networks: Sequence[Network]) -> Problem:
        return Problem(self.target, evaluators(networks, self.notation))

    @cached_property
    def problem(self) -> Problem:
        return self.problem_on(self.networks)

    @cached_property
    def problem_for_one(self) -> Problem:
        """The question on random networks with one sample."""
        return self.problem_on(random_networks(self.architecture, one_sample=True, outputs=self.outputs))

    @property
    def evaluator(self) -> Evaluator:
        return self.problem.evaluators[0]

    @cached_property
    def own_evaluator(self) -> Evaluator:
        return self.evaluated(self.own, Room())

    @property
    def has_one_sample(self) -> bool:
        """Whether the learner's own network is given with one sample."""
        return self.own.batch_size == 1 and self.learner.known

    @cached_property
    def shapes(self) -> Shapes:
        return Shapes(self.evaluator, self.own)

    @property
    def uses_labels(self) -> bool:
        """Whether the right formula needs labels that add up to 1."""
        paired = softmax_into_entropy(self.architecture)
        return paired and self.target == Symbol("delta", self.architecture.depth)


@dataclass(frozen=True)
class Trial:
    """One tree tried on the networks of a question."""

    question: Question
    tree: Expression

    @cached_property
    def right(self) -> bool:
        return self.question.problem.right(self.tree)

    @cached_property
    def right_for_one(self) -> bool:
        for_one = self.question.reading.names.for_one or any(isinstance(node, nd.Outer) for node in walk(self.tree))
        return for_one and self.question.problem_for_one.right(self.tree)

    @property
    def value(self) -> Any:
        """Its value on the first random network; None if it does not multiply."""
        return self.question.evaluator.value(self.tree)

    @cached_property
    def own_value(self) -> Any:
        """Its value on the learner's own network; None if it does not multiply there."""
        goal = self.question.own_evaluator.value(self.question.target)
        return self.question.own_evaluator.asked(self.question.evaluator.resolved(self.tree), goal)

    @property
    def beyond(self) -> Expression | None:
        """The part of it that is too large to be computed on the learner's own network."""
        room = self.question.own_evaluator.room
        return None if self.own_value is not None or room is None else room.beyond

    @cached_property
    def agrees(self) -> bool | None:
        """Whether it agrees on the learner's own network; None if its numbers are too many or too extreme to tell."""
        goal = self.question.own_evaluator.value(self.question.target)
        if self.own_value is None or not np.isfinite(goal).all() or not np.isfinite(self.own_value).all():
            return None
        return agree(self.own_value, goal, OWN_TOLERANCE)

    @cached_property
    def arrangements(self) -> list[Arrangement]:
        """The other ways to multiply its factors."""
        return arrangements(self.question.problem, self.tree)

    @cached_property
    def conventions(self) -> tuple[Notation, ...]:
        """The notations in which it is right, those closest to the learner's own first."""
        own = self.question.notation
        notations = list(varied(own, {switch: CHOICES[switch] for switch in CONVENTIONS}))
        right = {turned: self.right_with(turned) for turned in {notation.transposed for notation in notations}}
        fitting = (notation for notation in notations if right[notation.transposed])
        return tuple(sorted(fitting, key=lambda notation: len(differences(notation, own))))

    def right_with(self, transposed: frozenset[str]) -> bool:
        """Whether it is right if the arrays named ``transposed`` are shown transposed."""
        question = self.question
        shown = [Evaluator(network, transposed, question.notation.multiplied) for network in question.networks]
        return Problem(question.target, shown).right(self.tree)
