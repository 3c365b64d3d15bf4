"""The checker on formulas drawn from the engine's own equations, right ones and ones with a single mistake."""

import pytest

import mlpviz
from tests.support.spellings import generator, right_case, wrong_case
from tests.support.work import work

SEED, COUNT = 20261121, 60

RIGHT = [right_case(chance) for chance in [generator(SEED)] for _ in range(COUNT)]
WRONG = [wrong_case(chance) for chance in [generator(SEED + 1)] for _ in range(COUNT)]


def judged(case):
    """The verdict on a formula, which takes little work."""
    verdict, calls = work(mlpviz.check_formula, case.text, case.target, case.architecture, case.notation)
    assert calls < 2_000_000
    return verdict


@pytest.mark.parametrize("case", RIGHT, ids=str)
def test_a_generated_right_form_is_right(case):
    verdict = judged(case)
    assert verdict.kind == "right", verdict.message


@pytest.mark.parametrize("case", WRONG, ids=str)
def test_a_generated_mistake_is_named(case):
    verdict = judged(case)
    assert verdict.kind in ("wrong", "shape")
    assert case.named & set(verdict.causes), verdict.message
    for suggestion in verdict.suggestions:
        again = mlpviz.check_formula(suggestion.text, case.target, case.architecture, case.notation)
        assert (again.kind == "right") == suggestion.right, suggestion
