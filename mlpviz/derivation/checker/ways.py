"""The ways in which a formula can be right or wrong, and what decides between them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from ...maths.activations import ACTIVATIONS
from ...maths.expressions import Apply, Expression, Multiply, Number, Symbol, rebuild, walk
from . import nodes as nd
from .links import ChainProduct
from .networks import random_networks
from .question import OWN_TOLERANCE, Question, Trial

RIGHT = frozenset({"right", "right untried", "right beyond", "right for one"})
REFUSED = frozenset({"circular", "readings"})
ARRANGED = frozenset({"shape", "square", "right because square"})
"""The ways of being right, of not being judged, and of not multiplying, for which other arrangements are suggested."""


@dataclass(frozen=True)
class Judgement:
    """The way in which a formula is right or wrong, and the tree that was tried.

    ``way`` is the key of the finding that says so: "shape", "absent", "square", "accident of m" and so on.
    """

    way: str
    trial: Trial

    @property
    def question(self) -> Question:
        return self.trial.question

    @property
    def kind(self) -> str:
        """Right, wrong, shape or refused; a right side that belongs to another array is wrong."""
        if self.way in RIGHT:
            return "wrong" if self.wrong_left else "right"
        return "refused" if self.way in REFUSED else "shape" if self.way == "shape" else "wrong"

    @property
    def wrong_left(self) -> bool:
        """Whether the left side of the line names another array than the target."""
        names = (None, self.question.target, *([Symbol("losses")] if self.question.target.name == "cost" else []))
        return self.question.reading.left not in names


def decided(trial: Trial) -> Judgement:
    """What the first of all ways to look at a formula says of it."""
    return next(found for look in LOOKS if (found := look(trial)) is not None)


def joined(trial: Trial) -> Judgement | None:
    return None if broken(trial.tree) is None else Judgement("chain", trial)


def in_general(trial: Trial) -> Judgement | None:
    """Right on random networks, with smooth activations in the place of kinked ones, and with these."""
    if not trial.right:
        return None
    rough = roughened(trial)
    return agreed(trial) if not kinked(trial) or rough.right else Judgement("wrong", rough)


def by_cases(trial: Trial) -> Judgement | None:
    """A formula that says itself what a kinked activation is on either side: nothing smooth stands in for that."""
    cases = kinked(trial) and any(
        isinstance(node, nd.Selected) or (isinstance(node, Apply) and node.name in ("maximum", "minimum", "abs"))
        for node in walk(trial.tree)
    )
    return agreed(rough) if cases and (rough := roughened(trial)).right else None


def roughened(trial: Trial) -> Trial:
    """The same trial with the kinked activations themselves."""
    return replace(trial, question=replace(trial.question, smooth=False))


def for_one(trial: Trial) -> Judgement | None:
    """Right for one sample, which is what the learner has."""
    return Judgement("right for one", trial) if trial.right_for_one and trial.question.has_one_sample else None


def by_samples(trial: Trial) -> Judgement | None:
    """Right with means over samples for means over all entries, if there is one output."""
    architecture = trial.question.architecture
    if architecture.reduction != "mean_elements" or architecture.widths[-1] != 1:
        return None
    alike = replace(trial.question, architecture=replace(architecture, reduction="mean_samples"))
    return agreed(found) if (found := replace(trial, question=alike)).right else None


def by_one_output(trial: Trial) -> Judgement | None:
    """A cost that is right with one output, if the learner's own network has one: y log a is a number there."""
    if trial.question.architecture.widths[-1] != 1 or trial.question.target.name not in ("cost", "losses"):
        return None
    question = replace(trial.question, outputs=1)
    alike = replace(trial, question=question, tree=question.evaluator.settled(dotted(trial.tree)))
    return agreed(alike) if alike.right else for_one(alike)


def by_outputs(trial: Trial) -> Judgement | None:
    """Right with as many outputs as the learner's own network has, where the cost divides by that number."""
    architecture = trial.question.architecture
    if architecture.reduction != "mean_elements" or architecture.widths[-1] == 1:
        return None
    alike = replace(trial, question=replace(trial.question, outputs=architecture.widths[-1]))
    if not alike.right:
        return None
    return agreed(alike) if written_out(trial) else Judgement("accident of n", trial)


def without_array(trial: Trial) -> Judgement | None:
    return None if absent(trial) is None else Judgement("absent", trial)


def amiss(trial: Trial) -> Judgement:
    """Wrong, whether it multiplies or not, here or in general."""
    if trial.value is not None:
        return Judgement(accident(trial) or "wrong", trial)
    if trial.own_value is None:
        return Judgement("shape", trial)
    return Judgement("right because square" if trial.agrees else "square", trial)


LOOKS: tuple[Callable[[Trial], Judgement | None], ...] = (
    joined,
    in_general,
    by_cases,
    for_one,
    by_samples,
    by_one_output,
    by_outputs,
    without_array,
    amiss,
)
"""The ways to look at a formula, in the order in which they decide about it."""


def broken(tree: Expression) -> ChainProduct | None:
    """The first product of ∂-fractions that does not join."""
    return next((node for node in walk(tree) if isinstance(node, ChainProduct) and node.broken), None)


def agreed(trial: Trial) -> Judgement:
    """The judgement of a trial that is right on the random networks, given what it is on the learner's own."""
    if trial.agrees is None:
        return Judgement("right untried" if trial.beyond is None else "right beyond", trial)
    if trial.agrees:
        return Judgement("right for one" if trial.question.one_sample else "right", trial)
    labels = trial.question.own.arrays[Symbol("Y")].sum(1)
    uneven = trial.question.uses_labels and np.abs(labels - 1).max() > OWN_TOLERANCE
    return Judgement("labels here" if uneven else "not here", trial)


def dotted(tree: Expression) -> Expression:
    """The tree with whatever product the shapes allow for two factors side by side."""
    inner = rebuild(tree, dotted)
    return nd.Dotted(inner.left, inner.right) if type(inner) is nd.Juxtaposition else inner


def written_out(trial: Trial) -> bool:
    """Whether the learner has the number of outputs in the formula, as a number."""
    outputs = trial.question.learner.architecture.widths[-1]
    numbers = [node for node in walk(trial.tree) if isinstance(node, Number) and node.value % outputs == 0]
    general = Symbol("n", trial.question.architecture.depth)
    return any(trial.question.problem.right(with_width(trial.tree, number, general, outputs)) for number in numbers)


def with_width(node: Expression, number: Expression, width: Symbol, outputs: int) -> Expression:
    """The tree with the number of outputs in the place of one number, told by identity, or as a factor of it."""
    if node is number:
        assert isinstance(node, Number)
        factor = node.value // outputs
        return width if factor == 1 else Multiply(Number(factor), width)
    return rebuild(node, lambda child: with_width(child, number, width, outputs))


def absent(trial: Trial) -> Symbol | None:
    """The first array of the formula that the network does not have."""
    symbols = (node for node in walk(trial.tree) if isinstance(node, Symbol))
    return next((symbol for symbol in symbols if not trial.question.reading.names.has(symbol)), None)


def accident(trial: Trial) -> str:
    """Why a formula that is wrong in general is right on the learner's network or with its activations, or ""."""
    question = trial.question
    rough = random_networks(question.architecture, question.one_sample, smooth=False)
    if kinked(trial) and question.problem_on(rough).right(trial.tree):
        return "accident of slopes"
    if not trial.agrees:
        return ""
    only_for_one = question.own.batch_size == 1 and question.problem_for_one.right(trial.tree)
    return "accident of m" if only_for_one else "accident"


def kinked(trial: Trial) -> list[str]:
    return [name for name in trial.question.architecture.activations if ACTIVATIONS[name].smooth]
