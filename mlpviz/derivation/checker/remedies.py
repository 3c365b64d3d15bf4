"""What would make a wrong formula right, and the formulas to try instead. It says nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ...maths.expressions import Expression, Symbol
from ...maths.symbols import QUANTITIES, Role
from .arrangements import Arrangement
from .edits import every_change
from .findings import KINDS
from .question import Trial
from .reading.spelling import Spelling
from .repairs import LARGEST, Problem, Repair, agree, repair, repair_besides, size
from .verdict import Suggestion
from .vocabulary import Vocabulary
from .ways import ARRANGED, REFUSED, RIGHT, Judgement

UNLIKELY = 2.6
"""The cost of a repair from which another arrangement of the same factors explains more."""

MOST_ARRANGED = 8
"""The number of other arrangements in which one more mistake is looked for."""

MOST_SUGGESTED = 12

REORDERING = frozenset({"brackets", *KINDS})
"""The changes that keep the factors and only multiply them otherwise."""


@dataclass(frozen=True)
class Remedy:
    """What would make a formula right: another target, another arrangement, a repair, or the last two together."""

    other: Symbol | None = None
    arrangement: Arrangement | None = None
    repair: Repair | None = None


def remedy_for(judgement: Judgement) -> Remedy:
    """The remedy of a formula; an empty one if it is right, or if nothing that is tried makes it right."""
    way, trial = judgement.way, judgement.trial
    if judgement.question.reading.clashes:
        return Remedy()
    if way == "absent" or (way == "right for one" and not trial.right):
        return Remedy(repair=repair(trial.question.problem, trial.tree))
    if way in RIGHT and trial.question.outputs is not None:
        return Remedy(repair=repair(replace(trial.question, outputs=None).problem, trial.tree))
    if way in (*RIGHT, *REFUSED, "not here", "labels here", "chain"):
        return Remedy()
    return sought(trial)


def sought(trial: Trial) -> Remedy:
    problem = trial.question.problem
    repaired = repair(problem, trial.tree)
    other = other_target(trial) if repaired is None or len(repaired.changes) > 1 else None
    if other is not None and (repaired is None or QUANTITIES[other.name].role is not Role.CARRIED):
        return Remedy(other=other)  # where a repair is known, what is carried back is but a step on the way
    arranged = next((each for each in trial.arrangements if problem.right(each.tree)), None)
    if repaired is None:
        return rearranged(trial) if arranged is None else Remedy(arrangement=arranged)
    if arranged is None:
        return Remedy(repair=repaired)
    if repaired.cost > UNLIKELY or 1 < len(repaired.causes) >= arranged.changes:
        return Remedy(arrangement=arranged)
    transposed = repaired.whole == ("transposed",) and not repaired.changes
    return Remedy(repair=replace(repaired, tree=arranged.tree) if transposed else repaired)


def other_target(trial: Trial) -> Symbol | None:
    """The array of the pass that the formula gives instead of the target, if any."""
    evaluators, target = trial.question.problem.evaluators, trial.question.target
    alike = (symbol for symbol, array in evaluators[0].values.items() if agree(trial.value, array))
    absent = trial.question.architecture.absent  # an l2 that is 0 is no array that a formula may be
    others = (symbol for symbol in alike if symbol != target and symbol.name not in absent)
    return next((each for each in others if Problem(each, evaluators).right(trial.tree)), None)


def rearranged(trial: Trial) -> Remedy:
    """Another arrangement of the factors, with one more change, if that makes them right."""
    for arrangement in trial.arrangements[:MOST_ARRANGED]:
        also = repair_besides(trial.question.problem, arrangement.tree)
        if also is not None and "transposed" not in also.whole:
            return Remedy(arrangement=arrangement if arrangement.undone else None, repair=also)
    return Remedy()


def suggest(judgement: Judgement, remedy: Remedy, spelling: Spelling) -> tuple[Suggestion, ...]:
    """The formulas to try instead: the remedy, and the arrangements of the right shape, the right ones first."""
    suggestions: dict[str, Suggestion] = {}
    for tree, right, causes in [*remedied(remedy), *alternatives(judgement)]:
        text = spelling.line(tree)
        suggestions.setdefault(text, Suggestion(text, right, causes))
    return tuple(suggestions.values())


def remedied(remedy: Remedy) -> Iterator[tuple[Expression, bool, tuple[str, ...]]]:
    if remedy.repair is not None:
        yield remedy.repair.tree, True, remedy.repair.causes
    elif remedy.arrangement is not None:
        yield remedy.arrangement.tree, True, tuple(sorted(remedy.arrangement.kinds))


def alternatives(judgement: Judgement) -> Iterator[tuple[Expression, bool, tuple[str, ...]]]:
    """The reorderings and transposes of a formula that multiply, if it does not."""
    trial = judgement.trial
    problem, evaluator = trial.question.problem, trial.question.evaluator
    if judgement.way not in ARRANGED or judgement.question.reading.clashes:
        return
    few = size(trial.tree) <= LARGEST
    changes = every_change(Vocabulary(evaluator), trial.tree, REORDERING) if few else ()
    changed = [Arrangement(change.tree, (change.key,)) for change in changes]
    fitting = [each for each in changed if problem.fits(each.tree)]
    options = [(problem.right(each.tree), each) for each in [*fitting, *trial.arrangements[:MOST_SUGGESTED]]]
    for right, each in sorted(options, key=lambda option: (not option[0], option[1].changes)):
        yield each.tree, right, tuple(sorted(each.kinds))
