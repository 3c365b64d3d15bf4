"""What there is to say about a formula: which way it is right or wrong, its mistakes, and what to try instead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ...maths.activations import ACTIVATIONS
from ...maths.expressions import Add, Expression, Subtract, Symbol, walk
from ...maths.symbols import QUANTITIES, UNITS
from .edits import Change
from .failures import equalities, failing, failure
from .findings import KINDS, Finding, finding
from .judge import ARRANGED, REFUSED, RIGHT, Judgement, absent, broken, kinked
from .nodes import SampleSum, Slope, lies
from .question import Trial
from .remedies import Remedy
from .repairs import Repair, agree
from .verdict import Suggestion


def diagnose(
    judgement: Judgement, remedy: Remedy, suggestions: tuple[Suggestion, ...], switches: Mapping[str, Any]
) -> tuple[Finding, ...]:
    """All findings on a formula, each once; what is right where ŷ is the label has that alone if nothing else is amiss.

    ``switches`` are the changes of the notation with which it is right.
    """
    findings: list[Finding] = []
    for each in everything(judgement, remedy, suggestions, switches):
        if each not in findings:
            findings.append(each)
    label = [each for each in findings if each.key == "label"]
    return tuple(label if label and not any(each.causes for each in findings if each not in label) else findings)


def everything(
    judgement: Judgement, remedy: Remedy, suggestions: tuple[Suggestion, ...], switches: Mapping[str, Any]
) -> Iterator[Finding]:
    """All findings, in the order in which they are said."""
    if judgement.way in REFUSED:
        yield refused(judgement)
        return
    yield from on_left_side(judgement)
    yield from on_judgement(judgement)
    if judgement.way in RIGHT:
        yield from on_right(judgement, remedy)
    elif judgement.way == "absent":
        yield from on_absent(judgement, remedy)
    elif judgement.way not in ("not here", "labels here", "chain"):
        yield from on_wrong(judgement, remedy, suggestions)
    yield from on_switches(switches)
    yield from on_sums(judgement.trial.tree)


def refused(judgement: Judgement) -> Finding:
    question = judgement.question
    if judgement.way == "circular":
        return finding("circular", "circular", part=question.target)
    loose, *_, tight = question.reading.trees
    return finding("readings", "readings", loose=loose, tight=tight)


def on_left_side(judgement: Judgement) -> Iterator[Finding]:
    """Findings on the left side of a line."""
    reading = judgement.question.reading
    if reading.names.shift:
        yield finding("lists")
    if judgement.wrong_left:
        yield finding("left side", "wrong target", named=reading.left)


def on_judgement(judgement: Judgement) -> Iterator[Finding]:
    """In which way the formula is right or wrong."""
    way, trial, shapes = judgement.way, judgement.trial, judgement.question.shapes
    node = failing(trial.tree, judgement.question.evaluator) if way in ARRANGED else None
    match way:
        case "right" | "right untried":
            yield finding(way)
        case "right beyond":
            assert trial.beyond is not None
            yield finding(way, beyond=trial.beyond, size=shapes.size(trial.beyond))
        case "right for one":
            yield finding(way, *([] if judgement.question.one_sample else ["one sample"]))
        case "labels here":
            yield finding(way, "labels")
        case "not here":
            yield finding(way, way)
        case "chain":
            yield from on_chain(judgement)
        case "accident" | "accident of m":
            yield finding(way, "accident")
        case "accident of n":
            yield finding(way, "accident", number=judgement.question.learner.architecture.widths[-1])
        case "accident of slopes":
            yield finding(way, "accident", activation=ACTIVATIONS[kinked(trial)[0]].title)
        case "shape" if node is not None:
            yield failure(node, shapes)
        case "square" | "right because square":
            yield finding(way, "square", equal=equalities(node, shapes), failure=failure(node, shapes))
        case "wrong":
            yield finding(way)
            yield from on_shape(judgement)


def on_chain(judgement: Judgement) -> Iterator[Finding]:
    """Where a product of ∂-fractions does not join."""
    chain = broken(judgement.trial.tree)
    assert chain is not None
    key = f"chain {chain.broken}"
    yield finding(key, key, link=chain.fault, after=chain.gap)


def on_shape(judgement: Judgement) -> Iterator[Finding]:
    shapes, tree = judgement.question.shapes, judgement.trial.tree
    a, b = shapes.known(tree), shapes.known(judgement.question.target)
    if a != b:
        yield finding("result", a=a, b=b, here=[shapes.size(tree)] if a != (1, 1) else [])


def on_right(judgement: Judgement, remedy: Remedy) -> Iterator[Finding]:
    """In which other conventions it is right, and what that depends on."""
    question, trial = judgement.question, judgement.trial
    if question.outputs is not None:
        one = question.outputs == 1
        yield finding("for one output") if one else finding("outputs here", number=question.outputs)
    if remedy.repair is not None:
        yield finding("in a batch" if question.outputs is None else "in general", new=remedy.repair.tree)
    if not trial.right:  # written for one sample, and right for one only
        return
    if question.architecture != question.learner.architecture:
        yield finding("one output")
    if question.one_sample:
        yield finding("diagonal")
    if lies(trial.tree) is not None and question.target.layer:
        yield finding("keepdims in columns" if question.notation.orientation == "columns" else "keepdims")
    if trial.conventions:
        yield finding("conventions", conventions=trial.conventions)
    if question.uses_labels:
        yield finding("labels")


def on_absent(judgement: Judgement, remedy: Remedy) -> Iterator[Finding]:
    """Which array the network does not have, and what may have been meant."""
    symbol, question = absent(judgement.trial), judgement.question
    assert symbol is not None
    layer, first = symbol.layer if isinstance(symbol.layer, int) else 0, question.notation.first_number(symbol.name)
    quantity = QUANTITIES[symbol.name]
    biasless = quantity.shape == UNITS and not question.architecture.bias
    key = "absent -1" if layer + first < 0 else "absent bias" if biasless else "absent"
    causes = ["absent"] if biasless else ["absent", "wrong layer"]
    lowest, highest = first + quantity.lowest, question.architecture.depth + first
    yield finding(key, *causes, part=symbol, name=symbol.name, lowest=lowest, highest=highest)
    if counted_otherwise(judgement.trial, 1 - 2 * question.notation.first_layer):
        yield finding("other count", number=1 - question.notation.first_layer)
    if remedy.repair is not None:
        yield from on_repair(judgement, remedy.repair)


def counted_otherwise(trial: Trial, less: int) -> bool:
    """Whether all arrays exist if every layer number stands for a layer that is ``less`` below."""
    symbols = [node for node in walk(trial.tree) if isinstance(node, Symbol)]
    lower = [Symbol(node.name, node.layer - less) for node in symbols if isinstance(node.layer, int)]
    return all(map(trial.question.reading.names.has, lower))


def on_wrong(judgement: Judgement, remedy: Remedy, suggestions: tuple[Suggestion, ...]) -> Iterator[Finding]:
    """What is wrong, what to try, and where it would be right."""
    trial = judgement.trial
    multiplies = judgement.way not in ARRANGED
    unit_by_unit = any(isinstance(node, Slope) and not elementwise(node, judgement) for node in walk(trial.tree))
    if multiplies and unit_by_unit:
        yield finding("no softmax slope", "softmax slope")
    if multiplies and unit_by_unit and remedy == Remedy():
        yield finding("softmax sum", "softmax slope")
    else:
        yield from on_remedy(judgement, remedy)
    if not multiplies:
        yield from on_suggestions(suggestions)
    if trial.right_for_one:
        yield finding("one sample", "one sample")


def on_switches(switches: Mapping[str, Any]) -> Iterator[Finding]:
    """In which other notation it would be right."""
    if switches == {"output": "y"}:
        yield finding("label", "label")
    elif switches:
        yield finding("convention", "convention", nearest=switches)


def elementwise(node: Slope, judgement: Judgement) -> bool:
    return judgement.question.architecture.activation(node.layer).elementwise


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


def on_sums(tree: Expression) -> Iterator[Finding]:
    """A remark that sums were read as the loss or the cost asked for needs them."""
    over = {node.over for node in walk(tree) if isinstance(node, SampleSum)} - {"samples", "first"}
    yield from (finding(f"sums over {each}") for each in over)
