"""What would make a wrong formula right: constants and transposes of the whole, then one change, then two.

A repair counts only if the changed formula agrees with what is asked for on every random network.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import Any

import numpy as np

from ...maths import expressions as ex
from ...maths.expressions import Expression, Symbol
from . import nodes as nd
from .edits import SECOND, Change, every_change
from .scalings import SCALINGS, Scaling, by_number, negated
from .values import Evaluator
from .vocabulary import Vocabulary

TOLERANCE = 1e-9
"""Relative to the largest entry: rounding in these small products stays below 1e-12, a real difference above 1e-4."""

MOST_PAIRS = 1500

LARGEST, LARGEST_PAIRED = 80, 40
"""Most nodes of a tree that is searched for single changes, and for pairs."""

MOST_SINGLE = 4000

COST_OF_SCALING = 0.7

CLEAR = 2.5
"""The cost of a repair by one change beyond which two plainer ones may explain more."""


@dataclass(frozen=True)
class Repair:
    """What makes a formula right: the kinds of mistake, the changes, the whole tree after them."""

    cost: float
    tree: Expression
    changes: tuple[Change, ...] = ()
    whole: tuple[str, ...] = ()
    factor: float = 1.0

    @property
    def causes(self) -> tuple[str, ...]:
        return (*(change.key for change in self.changes), *self.whole)


@dataclass
class Problem:
    """A target, and the evaluators of the random networks that decide about it."""

    target: Symbol
    evaluators: Sequence[Evaluator]
    goals: list[Any] = field(init=False)

    def __post_init__(self) -> None:
        self.goals = [evaluator.value(self.target) for evaluator in self.evaluators]

    def right(self, tree: Expression) -> bool:
        pairs = zip(self.evaluators, self.goals, strict=True)
        return all(agree(evaluator.asked(tree, goal), goal) for evaluator, goal in pairs)

    def fits(self, tree: Expression) -> bool:
        value = self.evaluators[0].asked(tree, self.goals[0])
        return value is not None and value.shape == self.goals[0].shape

    @cached_property
    def scalings(self) -> list[tuple[Scaling, float]]:
        """The constants by which a formula may have to be multiplied, with their values on the first network."""
        network = self.evaluators[0].network
        m, n = float(network.batch_size), float(network.architecture.widths[-1])
        return [(each, each.value(m, n)) for each in SCALINGS if m > 1 or not each.m]


def agree(value: Any, goal: Any, tolerance: float = TOLERANCE) -> bool:
    """Whether two values agree up to rounding."""
    if value is None or (value.shape != goal.shape and not value.size == goal.size == 1):
        return False
    return bool(np.abs(value - goal).max() <= tolerance * max(float(np.abs(goal).max()), 1e-30))


def repair(problem: Problem, tree: Expression) -> Repair | None:
    """The most plausible way to make a tree right, if one or two changes do."""
    finder = Finder(problem)
    best = finder.best(finder.whole(tree))
    if size(tree) > LARGEST:
        return best
    changes = (each for each in every_change(finder.vocabulary, tree) if not counted_twice(each, tree))
    singles = list(islice(changes, MOST_SINGLE))
    best = finder.best(finder.after(singles), best)
    if (best is not None and best.cost <= CLEAR) or size(tree) > LARGEST_PAIRED:
        return best
    return finder.best(finder.pairs(singles), best)


def counted_twice(change: Change, tree: Expression) -> bool:
    """Whether a number is to stand for m or n where that stands already."""
    return change.key == "number for m" and change.new in ex.leaves(tree)


SLOPES = frozenset({"ones for slope", "missing slope", "wrong slope", "extra slope"})
ALSO = SLOPES | {"sign", "missing bias", "missing sum", "wrong layer"}
"""The mistakes that are looked for besides another arrangement of the factors."""


def repair_besides(problem: Problem, tree: Expression) -> Repair | None:
    """One more change, or a constant, that makes a rearranged tree right."""
    finder = Finder(problem)
    best = finder.best(finder.whole(tree))
    return finder.best(finder.after(list(every_change(finder.vocabulary, tree, ALSO))), best)


def size(tree: Expression) -> int:
    return sum(1 for _ in ex.walk(tree))


class Finder:
    """Tries the changed trees of one problem."""

    def __init__(self, problem: Problem) -> None:
        self.problem, self.first = problem, problem.evaluators[0]
        self.vocabulary = Vocabulary(self.first)
        self.penalty = self.l2_term(problem.target)
        self.goals = self.goals_without_l2()

    def l2_term(self, target: Symbol) -> Expression | None:
        if target.name != "dW" or not self.first.network.architecture.l2:
            return None
        weights, turn = Symbol("W", target.layer), ("W" in self.first.transposed) != ("dW" in self.first.transposed)
        return ex.Multiply(Symbol("l2"), ex.Transpose(weights) if turn else weights)

    def goals_without_l2(self) -> list[tuple[tuple[str, ...], float, Any]]:
        """The target's value, and the value without the l2 term, each with the mistake it stands for and its cost."""
        goal = self.problem.goals[0]
        goals: list[tuple[tuple[str, ...], float, Any]] = [((), 0.0, goal)]
        if self.penalty is not None:
            goals.append((("missing l2",), 0.7, goal - self.first.value(self.penalty)))
        return goals

    def best(self, repairs: Iterator[Repair], best: Repair | None = None) -> Repair | None:
        for each in repairs:
            if best is None or each.cost < best.cost - 1e-9:
                best = each
        return best

    def after(self, changes: Sequence[Change]) -> Iterator[Repair]:
        """The repairs by one change, and a constant or a transpose of the whole."""
        for change in changes:
            if self.first.is_tired:
                return
            for each in self.whole(change.tree):
                if change.key not in each.whole:  # else it only does what the constant undoes
                    yield Repair(change.cost + each.cost, each.tree, (change,), each.whole, each.factor)

    def pairs(self, singles: Sequence[Change]) -> Iterator[Repair]:
        """The repairs by two changes, the most plausible ones first."""
        firsts = sorted((change for change in singles if change.key in SECOND), key=lambda change: change.cost)
        pairs = ((first, second) for first in firsts for second in every_change(self.vocabulary, first.tree, SECOND))
        for first, second in islice(pairs, MOST_PAIRS):
            if self.first.is_tired:
                return
            for each in self.whole(second.tree):
                cost = first.cost + second.cost + each.cost
                yield Repair(cost, each.tree, (first, second), each.whole, each.factor)

    def whole(self, tree: Expression) -> Iterator[Repair]:
        """The tree itself as a repair, as it is or times a constant, transposed, or with the l2 term added."""
        value = self.first.asked(tree, self.problem.goals[0])
        if value is None:
            return
        for missing, cost, goal in self.goals:
            for turn in (False, True):
                seen = np.reshape(value, goal.shape) if value.size == goal.size == 1 else value.T if turn else value
                if seen.shape != goal.shape or (turn and goal.size == 1):
                    continue
                ratio = proportional(seen, goal)
                if ratio is not None:
                    yield from self.confirmed(Turned(tree, turn, ratio < 0, missing, cost), abs(ratio))

    def confirmed(self, of: Turned, ratio: float) -> Iterator[Repair]:
        """The repair by a constant, if the same makes the tree right on every network, and is not the target itself."""
        if self.problem.target in ex.walk(of.tree):
            return
        plain = negated(of.signed) if of.minus else of.signed
        for scaling, value in self.problem.scalings:
            if abs(value - ratio) > 1e-7 * ratio:
                continue
            fixed = self.with_penalty(scaling.applied(plain, self.outputs), of)
            if self.problem.right(fixed):
                yield of.repair(fixed, scaling.causes, COST_OF_SCALING * len(scaling.causes))
                return
        factor = float(f"{ratio:.10g}")
        fixed = self.with_penalty(by_number(plain, factor), of)
        if self.problem.right(fixed):
            yield of.repair(fixed, ("factor",), 1.4, factor)

    @property
    def outputs(self) -> Symbol:
        """The number of outputs."""
        return Symbol("n", self.first.network.architecture.depth)

    def with_penalty(self, tree: Expression, of: Turned) -> Expression:
        return ex.Add(tree, self.penalty) if of.missing and self.penalty is not None else tree


@dataclass(frozen=True)
class Turned:
    """A tree that gives what is due but for a constant, if it is transposed, negated, or the l2 term is added."""

    tree: Expression
    turned: bool
    minus: bool
    missing: tuple[str, ...]
    cost: float

    @property
    def signed(self) -> Expression:
        return nd.turned(self.tree) if self.turned else self.tree

    def repair(self, fixed: Expression, causes: tuple[str, ...], cost: float, factor: float = 1.0) -> Repair:
        """The repair of the whole tree by a constant."""
        whole = ("transposed",) * self.turned + ("sign",) * self.minus
        added = 0.9 * self.turned + 0.7 * self.minus
        return Repair(self.cost + cost + added, fixed, (), (*whole, *causes, *self.missing), factor)


def proportional(value: Any, goal: Any) -> float | None:
    """The number by which ``value`` has to be multiplied to give ``goal``, if there is one."""
    place = int(np.abs(goal).argmax())
    pivot, wanted = float(value.flat[place]), float(goal.flat[place])
    if pivot == 0 or not np.isfinite(pivot) or wanted == 0:
        return None
    ratio = wanted / pivot
    return ratio if np.abs(ratio * value - goal).max() <= TOLERANCE * abs(wanted) else None
