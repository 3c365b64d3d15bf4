"""The checker on the corpus of lines: nothing wrong is called right, and each dialect is read as far as it ever was."""

from functools import cache

from tests.corpus.line import Line
from tests.corpus.lines import LINES
from tests.corpus.meaning import judged
from tests.corpus.verdicts import Outcome, outcome, tally

FLOORS = {
    "numpy": 6,
    "latex": 52,
    "unicode": 40,
    "plain": 88,
    "torch": 3,
    "tensorflow": 0,
    "jax": 9,
    "matlab": 0,
    "julia": 0,
    "r": 0,
}
"""Percent of a dialect's right lines that are judged right, at least; only ever raised."""


@cache
def outcomes() -> tuple[Outcome, ...]:
    return tuple(map(outcome, LINES))


def test_no_wrong_line_is_judged_right():
    missed = [each.line for each in outcomes() if not each.line.right and each.kind == "right"]
    assert not missed, "\n".join(f"{line.dialect}: {line.text}" for line in missed)


def test_what_is_right_for_two_outputs_only_is_not_simply_right():
    line = Line("numpy", "delta2 = (A2 - Y) / m", "delta[2]", "elements", right=False, cause="1/n")
    assert judged(line) == "wrong"
    verdict = outcome(line)
    assert verdict.kind == "wrong" or "2/n" in verdict.message


def test_no_dialect_is_read_less_than_it_was():
    assert FLOORS.keys() == {line.dialect for line in LINES}
    rates = {name: 100 * tally(each for each in outcomes() if each.line.dialect == name).rate for name in FLOORS}
    assert not {name: rates[name] for name, floor in FLOORS.items() if rates[name] < floor}
