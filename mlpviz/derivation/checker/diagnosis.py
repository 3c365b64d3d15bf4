"""What there is to say about a formula: which way it is right or wrong, its mistakes, and what to try instead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ...maths.activations import ACTIVATIONS
from ...maths.expressions import Expression, Symbol, walk
from ...maths.symbols import QUANTITIES, UNITS
from . import nodes as nd
from .failures import equalities, failing, failure
from .findings import Finding, finding
from .question import Trial
from .reading.names import Clash
from .remedies import Remedy
from .repair_findings import on_remedy, on_repair, on_suggestions
from .verdict import Suggestion
from .ways import ARRANGED, REFUSED, RIGHT, Judgement, absent, broken, kinked


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


CAUSED = {
    "labels here": "labels",
    "not here": "not here",
    **dict.fromkeys(("square", "right because square"), "square"),
    **dict.fromkeys(("accident", "accident of m", "accident of n", "accident of slopes"), "accident"),
}
"""The kinds of mistake that the ways of being wrong are."""


def on_judgement(judgement: Judgement) -> Iterator[Finding]:
    """In which way the formula is right or wrong."""
    match judgement.way:
        case "absent":
            return
        case "chain":
            yield from on_chain(judgement)
        case "shape":
            node = where_it_fails(judgement)
            if node is not None and not judgement.question.reading.clashes:
                yield failure(node, judgement.question.shapes)
        case "right for one":
            yield finding("right for one", *([] if judgement.question.one_sample else ["one sample"]))
        case way:
            yield finding(way, *([CAUSED[way]] if way in CAUSED else []), **details(judgement))
    if judgement.way == "wrong":
        yield from on_shape(judgement)


def where_it_fails(judgement: Judgement) -> Expression | None:
    """The part that does not multiply."""
    return failing(judgement.trial.tree, judgement.question.evaluator)


def details(judgement: Judgement) -> dict[str, Any]:
    """What the sentence on a way of being right or wrong names besides."""
    trial, question = judgement.trial, judgement.question
    match judgement.way:
        case "right beyond":
            assert trial.beyond is not None
            return {"beyond": trial.beyond, "size": question.shapes.size(trial.beyond)}
        case "accident of n":
            return {"number": question.learner.architecture.widths[-1]}
        case "accident of slopes":
            return {"activation": ACTIVATIONS[kinked(trial)[0]].title}
        case "square" | "right because square":
            node = where_it_fails(judgement)
            return {"equal": equalities(node, question.shapes), "failure": failure(node, question.shapes)}
    return {}


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
    if nd.lies(trial.tree) is not None and question.target.layer:
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
    if clashes := judgement.question.reading.clashes:
        yield from map(on_clash, clashes)
        return
    unit_by_unit = any(isinstance(node, nd.Slope) and not elementwise(node, judgement) for node in walk(trial.tree))
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


def on_clash(clash: Clash) -> Finding:
    """An index that counts two things."""
    one, two = clash.counted
    return finding("clash", "index", index=clash.index, one=one, two=two)


def on_switches(switches: Mapping[str, Any]) -> Iterator[Finding]:
    """In which other notation it would be right."""
    if switches == {"output": "y"}:
        yield finding("label", "label")
    elif switches:
        yield finding("convention", "convention", nearest=switches)


def elementwise(node: nd.Slope, judgement: Judgement) -> bool:
    return judgement.question.architecture.activation(node.layer).elementwise


def on_sums(tree: Expression) -> Iterator[Finding]:
    """A remark that sums were read as the loss or the cost asked for needs them."""
    over = {node.over for node in walk(tree) if isinstance(node, nd.SampleSum)} - {"samples", "first"}
    yield from (finding(f"sums over {each}") for each in over)
