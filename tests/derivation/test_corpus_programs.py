"""What is said of the corpus of whole programs, against floors; the labels are proven in tests/corpus."""

from random import Random
from types import SimpleNamespace

import mlpviz
from tests.corpus.libraries import importable
from tests.corpus.programs import PROGRAMS
from tests.measure.corpus_programs import rates_of, report_on, total
from tests.measure.mutated_programs import is_right, outcome, pool, right_programs

FLOORS = {
    "read": 1,
    "no false alarm": 1,
    "told": 1,
    "bugs marked": 1,
    "causes named": 0.97,
    "first fault first": 1,
    "whole program": 1,
}
"""The least share of the lines, or programs, of the whole corpus; never lowered."""


def shares():
    rates = rates_of(later=False)
    counts = {what: total(rates, what) for what in FLOORS}
    return {what: each[True] / each.total() for what, each in counts.items()}


def test_the_programs_are_told_as_they_were():
    for what, share in shares().items():
        assert share >= FLOORS[what], (what, share)


def answer(program, line_of):
    """A report with what ``line_of`` says of each line that assigns."""
    lines = [SimpleNamespace(number=number, **line_of(program, number)) for number in sorted(program.marked)]
    faulty = [line.kind for line in lines if line.kind in ("wrong", "shape")]
    return SimpleNamespace(kind=faulty[0] if faulty else "right", message="", lines=lines)


def perfect(program, number):
    kind = "wrong" if number in program.bugs else "other" if number in program.own else "right"
    return {"kind": kind, "name": program.holds.get(number, ""), "message": program.bugs.get(number, "")}


def test_the_measure_tells_a_perfect_report_from_a_useless_one(monkeypatch):
    by_text = {program.text: program for program in PROGRAMS}

    def answering(line_of):
        monkeypatch.setattr(mlpviz, "check_code", lambda text, **more: answer(by_text[text], line_of), raising=False)
        return shares()

    best = answering(perfect)
    assert {what: share for what, share in best.items() if share < 1} == {}
    wrong = answering(lambda program, number: {"kind": "wrong", "name": "b[9]", "message": ""})
    assert wrong["no false alarm"] == wrong["told"] == wrong["causes named"] == 0
    blind = answering(lambda program, number: {"kind": "right", "name": "X", "message": ""})
    assert blind["bugs marked"] == blind["first fault first"] == 0 and blind["told"] < 0.05


def test_a_sample_of_right_programs_with_one_slip_is_never_told_that_nothing_is_wrong():
    """Hundreds of them are tried by ``python -m tests.measure.mutated_programs``."""
    programs = [each for each in right_programs() if len(each.lines) < 24 and "entry by entry" not in each.name]
    with importable():
        tried = [slip for slip in pool(programs, Random(2))[:14] if not is_right(slip)]
        said = {
            f"{slip.program.name}:{slip.line} {slip.text}": outcome(slip, report_on(slip.program)) for slip in tried
        }
    assert len(said) > 7
    assert "silent" not in said.values(), said
