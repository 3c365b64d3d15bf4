"""Judges a learner's own formula: read by a grammar of its own, decided by numbers on random networks.

Each station takes a value and gives one: read → judge → remedy → suggest → diagnose → tell.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from ...engine.parameters import Parameters
from ...maths.architecture import Architecture
from ...maths.expressions import Symbol
from ...maths.messages import Refusal
from ...maths.symbols import COMPUTED
from ..notation import CHOICES, Notation
from .diagnosis import diagnose
from .judge import REFUSED, RIGHT, judge
from .networks import COUNT, Own
from .question import Question, Trial
from .reading import Reading, Unread, read, read_target
from .reading.names import Namespace
from .reading.spelling import spelling
from .remedies import remedy_for, suggest
from .switches import switches
from .values import in_engine_nodes
from .verdict import Factor, Suggestion, Verdict
from .wording import Wording, factors

__all__ = ["Factor", "Suggestion", "Verdict", "check_formula"]

MOST_SUGGESTIONS = 4

JUDGED_HERE = RIGHT | REFUSED | {"not here", "labels here", "chain"}
"""The ways of being right or wrong that no other notation changes."""


def check_formula(
    formula: str,
    target: str,
    architecture: Architecture,
    notation: str | Notation = "rows",
    parameters: Parameters | None = None,
    X: Any = None,
    Y: Any = None,
) -> Verdict:
    """Whether a formula gives an array of the pass, and if not, what is amiss.

    The formula counts as right if it agrees with the target on three random networks whose widths and number of
    samples all differ, smooth activations standing in for kinked ones, and on the learner's own (``parameters``, ``X``
    and ``Y``, samples as rows; random ones of the same widths where they are not given). Letters mean the same in
    either case. What is right for one sample only is judged right if ``X`` has one row and no letter is a batch's.

    Raises ValueError for a target or a notation that there is not; a formula that is not read is a verdict, "refused".
    """
    if not isinstance(formula, str):
        raise Refusal("formula must be text, got {formula!r}", formula=formula)
    notation = checked_notation(notation)
    asked = checked_target(target, architecture, notation)
    if parameters is not None and parameters.architecture != architecture:
        raise Refusal("parameters must be those of the architecture")
    own = Own(architecture, parameters, X, Y)
    try:
        return read_and_judged(formula, asked, own, notation)
    except Unread as refusal:
        return Verdict("refused", (refusal.message,), asked, causes=(refusal.key,))


def read_and_judged(formula: str, asked: Symbol, own: Own, notation: Notation) -> Verdict:
    """The verdict on a formula in a notation.

    Raises Unread if it is not in the grammar.
    """

    def reread(notation: Notation) -> Reading:
        layer = own.architecture.depth if asked.layer is None else notation.number(asked) - notation.first_layer
        return read(formula, Namespace(own.architecture, notation, layer))

    reading = reread(notation)
    question = Question(reading, asked, own, notation, own.architecture, reread)
    wording = Wording(spelling(formula, reading.names), notation, asked, question.learner.known)
    with np.errstate(all="ignore"):
        return verdict(question, wording)


def verdict(question: Question, wording: Wording) -> Verdict:
    """The verdict on a formula that has been read."""
    judgement = judge(question)
    remedy = remedy_for(judgement)
    suggestions = suggest(judgement, remedy, wording.spelling)
    elsewhere = switches(question) if judgement.way not in JUDGED_HERE else {}
    findings = diagnose(judgement, remedy, suggestions, elsewhere)
    answer = Verdict(
        kind=judgement.kind,
        sentences=tuple(map(wording.message, findings)),
        target=question.target,
        causes=tuple(dict.fromkeys(cause for finding in findings for cause in finding.causes)),
        findings=findings,
        switches=elsewhere,
    )
    if judgement.kind == "refused":
        return answer
    offered = () if [each.key for each in findings] == ["label"] else suggestions[:MOST_SUGGESTIONS]
    return tried(replace(answer, suggestions=offered), judgement.trial, wording)


def tried(answer: Verdict, trial: Trial, wording: Wording) -> Verdict:
    """The verdict with what there is to show of the tree that was tried."""
    tree, question = trial.tree, trial.question
    return replace(
        answer,
        formula=wording.spelling.write(tree),
        expression=in_engine_nodes(tree, question.evaluator, question.architecture),
        factors=factors(tree, question.shapes, wording),
        conventions=trial.conventions,
        networks=COUNT,
        single=question.one_sample,
    )


def checked_notation(notation: str | Notation) -> Notation:
    """A notation, or the default one with samples as rows or columns."""
    if isinstance(notation, Notation):
        return notation
    if notation not in CHOICES["orientation"]:
        raise Refusal("notation must be rows, columns or a Notation, got {notation!r}", notation=notation)
    return Notation(orientation=notation)


def checked_target(target: str, architecture: Architecture, notation: Notation) -> Symbol:
    counted = Notation(first_layer=notation.first_layer, numbered=notation.numbered)
    scope = Namespace(architecture, counted)  # the program's own names
    try:
        symbol = read_target(target, scope) if isinstance(target, str) else None
    except Unread as refusal:
        raise Refusal(
            "target must name an array such as dW[2] or delta[1], got {target!r}: {reason}",
            target=target,
            reason=refusal.message,
        ) from None
    if symbol is None or symbol.name not in COMPUTED or not scope.has(symbol) or symbol == Symbol("A", 0):
        raise Refusal(
            "target must name an array of this network such as dW[1], delta[1] or cost, got {target!r}", target=target
        )
    return symbol
