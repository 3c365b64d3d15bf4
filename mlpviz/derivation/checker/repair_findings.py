"""What there is to say of what would make a formula right: its mistakes, one by one, and what to try instead."""

from __future__ import annotations

from collections.abc import Iterator

from ...maths.activations import ACTIVATIONS
from ...maths.expressions import Add, Expression, Subtract, Symbol, walk
from ...maths.symbols import QUANTITIES
from .edits import Change
from .findings import KINDS, Finding, finding
from .remedies import Remedy
from .repairs import Repair, agree
from .verdict import Suggestion
from .ways import Judgement


def on_remedy(judgement: Judgement, remedy: Remedy) -> Iterator[Finding]:
    arrangement, repaired = remedy.arrangement, remedy.repair
    if remedy.other is not None:
        yield finding("wrong target", "wrong target", other=remedy.other)
    if arrangement is not None:
        kinds = [kind for kind in KINDS if kind in arrangement.kinds]
        if kinds:  # of a long sum it may be another term that is multiplied otherwise
            yield finding("arrangement" if repaired is None else "arrangement too", *kinds, kinds=kinds)
        if repaired is None:
            yield from whole(judgement, arrangement.tree)
    if repaired is not None:
        yield from on_repair(judgement, repaired)
    if remedy == Remedy():
        yield finding("unknown")


def on_repair(judgement: Judgement, repaired: Repair) -> Iterator[Finding]:
    """The mistakes that a repair undoes, and the formula after it."""
    if repaired.whole == ("missing l2",) and not repaired.changes:
        yield finding("only l2 missing", "only l2 missing", "missing l2", new=penalty(repaired))
    else:
        yield from (on_change(change, judgement) for change in repaired.changes)
        yield from (on_whole(key, repaired, judgement) for key in repaired.whole)
    at_once = repaired.whole and "missing l2" not in repaired.whole
    if len(repaired.causes) > 1 or at_once or any(is_unclear(each, judgement.trial.tree) for each in repaired.changes):
        yield from whole(judgement, repaired.tree)


def is_unclear(change: Change, tree: Expression) -> bool:
    """Whether a part cannot simply be written over: it stands in several places, or the new one needs brackets."""
    several = sum(node == change.old for node in walk(tree)) > 1 and change.old in walk(change.tree)
    needs = isinstance(change.new, Add | Subtract) and not isinstance(change.old, Add | Subtract)
    return several or (needs and change.new != change.tree)


def on_change(change: Change, judgement: Judgement) -> Finding:
    all_of_it = change.key == "transposed" and change.tree is change.new
    key = "transposed result" if all_of_it else sentence(change.key, judgement)
    if "known" in change.about:
        return other_slope(change, judgement)
    if change.key in NUMBERS:
        return finding(f"{change.key} here", change.key, *NUMBERS[change.key], old=change.old, new=change.new)
    return finding(key, change.key, old=change.old, new=change.new)


def other_slope(change: Change, judgement: Judgement) -> Finding:
    """Whose slope it is, and whose is due."""
    known = change.about["known"]
    own = judgement.question.architecture.activation(known.layer)
    evaluator = judgement.question.evaluator
    itself = agree(evaluator.value(change.about["part"]), evaluator.value(Symbol("A", known.layer)))
    return finding(
        "no prime" if itself else "other slope" if known.manner != "z" else "other slope in z",
        "wrong slope",
        *(["wrong array"] if known.activation == own.name else []),
        part=change.about["part"],
        activation=ACTIVATIONS[known.activation].title,
        layer=known.layer + judgement.question.notation.first_layer,
        function=own.title,
        new=change.about["due"],
    )


NUMBERS = {"missing 2": ("factor",), "extra 2": ("factor",)}
"""The kinds of mistake that are cases of another."""


def on_whole(key: str, repaired: Repair, judgement: Judgement) -> Finding:
    if key == "missing l2":
        return finding(key, key, new=penalty(repaired))
    template = f"{key} result" if key in ("transposed", "sign") else sentence(key, judgement)
    return finding(template, key, *NUMBERS.get(key, ()), factor=repaired.factor)


def sentence(cause: str, judgement: Judgement) -> str:
    """The key of a mistake's sentence, which may say why, given the cost and what is asked for."""
    asked, architecture = judgement.question.target.name, judgement.question.architecture
    slope = QUANTITIES[asked].is_gradient
    match cause, architecture.loss:
        case "missing 2", "squared_error" if slope:
            return "missing 2 of the square"
        case "extra 2", "half_squared_error":
            return "extra 2 of the half" if slope else "missing half"
        case "extra 1/m", _ if architecture.reduction == "sum":
            return "extra 1/m of a sum"
        case "extra 1/m", _ if asked != "delta" and judgement.question.notation.division == "error":
            return "extra 1/m after delta"
    return cause


def penalty(repaired: Repair) -> Expression:
    """The l2 term as a repair adds it."""
    return repaired.tree.right  # type: ignore[attr-defined]


def whole(judgement: Judgement, tree: Expression) -> Iterator[Finding]:
    """The formula after all changes; where shapes fail the suggestions show it."""
    if judgement.trial.value is not None:
        yield finding("repaired", new=tree)


def on_suggestions(suggestions: tuple[Suggestion, ...]) -> Iterator[Finding]:
    """The first suggestion that is right and the first that is not."""
    good = next((each for each in suggestions if each.right), None)
    bad = next((each for each in suggestions if not each.right), None)
    if good is not None:
        yield finding("suggest right", suggestion=good)
    if bad is not None:
        yield finding("suggest wrong" if good is not None else "suggest only wrong", suggestion=bad)
    if not suggestions:
        yield finding("suggest none")
