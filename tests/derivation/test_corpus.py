"""The checker on the corpus of lines, of ten dialects: what is right is called right, and nothing wrong is."""

from functools import cache

import pytest

from tests.corpus.line import Line
from tests.corpus.lines import LINES
from tests.corpus.meaning import judged
from tests.corpus.verdicts import Outcome, outcome


@cache
def outcomes() -> tuple[Outcome, ...]:
    return tuple(map(outcome, LINES))


@pytest.mark.parametrize("right", [True, False])
def test_no_right_line_is_judged_otherwise_and_no_wrong_line_right(right):
    missed = [each for each in outcomes() if each.line.right == right and (each.kind == "right") != right]
    assert not missed, "\n".join(f"{each.line.dialect}: {each.line.text}: {each.kind}" for each in missed)


def test_what_is_right_for_two_outputs_only_is_not_simply_right():
    line = Line("numpy", "delta2 = (A2 - Y) / m", "delta[2]", "elements", right=False, cause="1/n")
    assert judged(line) == "wrong"
    verdict = outcome(line)
    assert verdict.kind == "wrong" or "2/n" in verdict.message
