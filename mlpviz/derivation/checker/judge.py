"""Decides about a formula that has been read: chooses the reading that multiplies, and tries it. It says nothing."""

from __future__ import annotations

from collections.abc import Iterator

from ...maths.expressions import Expression, children, rebuild, walk
from . import nodes as nd
from .edits import every_change
from .question import Question, Trial
from .repairs import agree
from .values import Evaluator
from .vocabulary import Vocabulary
from .ways import Judgement, absent, decided


def judge(question: Question) -> Judgement:
    """Choose the reading of a formula that multiplies, and try it."""
    loose = question.reading.trees[0]
    if any(node == question.target for node in walk(loose)):
        trial = Trial(question, loose)
        other = absent(trial) is not None or is_of_other_layer(trial)
        return decided(trial) if other else Judgement("circular", trial)
    first, *others = multiplying(question)
    value = question.evaluator.value(first)
    if any(not agree(question.evaluator.value(other), value) for other in others):
        return Judgement("readings", Trial(question, loose))
    return decided(Trial(question, summed(settled(first, question), question)))


def is_of_other_layer(trial: Trial) -> bool:
    """Whether a formula that holds what is asked for would be right with that of another layer in its place."""
    problem = trial.question.problem
    changes = every_change(Vocabulary(problem.evaluators[0]), trial.tree, frozenset({"wrong layer"}))
    return any(change.old == problem.target and problem.right(change.tree) for change in changes)


def settled(tree: Expression, question: Question) -> Expression:
    """The tree with every dot and cross as the product that it is."""
    dotted = any(isinstance(node, nd.Dotted) for node in walk(tree))
    return question.evaluator.settled(tree) if dotted else tree


def multiplying(question: Question) -> list[Expression]:
    """The ways to read a formula that multiply, or the first if none does; of two dialects those of the right shape."""
    trees = question.reading.trees
    there = [tree for tree in trees if question.evaluator.value(tree) is not None]
    fitting = [tree for tree in there if question.problem.fits(tree)] if question.reading.is_open else []
    return fitting or there or [min(trees, key=lambda tree: len(list(faults(tree, question.evaluator))))]


def faults(tree: Expression, evaluator: Evaluator) -> Iterator[Expression]:
    """The parts of a tree that do not multiply though their own parts do."""
    if evaluator.value(tree) is None:
        below = [each for child in children(tree) for each in faults(child, evaluator)]
        yield from below or [tree]


def summed(tree: Expression, question: Question) -> Expression:
    """The tree, with sums over everything or over the outputs if the target is a loss or cost that needs that."""
    over = {"cost": "everything", "losses": "outputs"}.get(question.target.name)
    if over is None or question.problem.right(tree):
        return tree
    wider = replaced_sums(tree, over)
    return wider if question.problem.right(wider) or fits_better(wider, tree, question) else tree


def replaced_sums(tree: Expression, over: str) -> Expression:
    if isinstance(tree, nd.SampleSum) and tree.over == "samples":
        return nd.SampleSum(replaced_sums(tree.operand, over), over)
    return rebuild(tree, lambda child: replaced_sums(child, over))


def fits_better(tree: Expression, other: Expression, question: Question) -> bool:
    """Whether ``tree`` has the target's shape and ``other`` does not."""
    values = map(question.evaluator.value, (tree, other))
    fits, misfits = (value is not None and value.size == question.problem.goals[0].size for value in values)
    return fits and not misfits
