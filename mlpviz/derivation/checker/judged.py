"""From a question to a verdict: judge → remedy → suggest → diagnose → tell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from .diagnosis import diagnose
from .engine_nodes import in_engine_nodes
from .findings import Finding
from .judge import judge
from .networks import COUNT
from .question import Question, Trial
from .remedies import remedy_for, suggest
from .switches import switches
from .verdict import Verdict
from .ways import REFUSED, RIGHT
from .wording import Wording, factors

MOST_SUGGESTIONS = 4

JUDGED_HERE = RIGHT | REFUSED | {"not here", "labels here", "chain"}
"""The ways of being right or wrong that no other notation changes."""


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
        switches=elsewhere or counted(findings),
    )
    if judgement.kind == "refused":
        return answer
    offered = () if [each.key for each in findings] == ["label"] else suggestions[:MOST_SUGGESTIONS]
    return tried(replace(answer, suggestions=offered), judgement.trial, wording)


def counted(findings: Sequence[Finding]) -> Mapping[str, Any]:
    """The switch by which a network has all that a formula names, if one of the findings says so."""
    return next(({"first_layer": each.details["number"]} for each in findings if each.key == "other count"), {})


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
