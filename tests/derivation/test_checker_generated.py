"""The checker on formulas drawn from the engine's own equations, right ones and ones with a single mistake."""

import time

import pytest

import mlpviz
from tests.derivation.spellings import generator, right_case, wrong_case

SEED, COUNT = 20261121, 60

RIGHT = [right_case(chance) for chance in [generator(SEED)] for _ in range(COUNT)]
WRONG = [wrong_case(chance) for chance in [generator(SEED + 1)] for _ in range(COUNT)]


@pytest.mark.parametrize("case", RIGHT, ids=str)
def test_a_generated_right_form_is_right(case):
    verdict = mlpviz.check_formula(case.text, case.target, case.architecture, case.notation)
    assert verdict.kind == "right", verdict.message


@pytest.mark.parametrize("case", WRONG, ids=str)
def test_a_generated_mistake_is_named(case):
    verdict = mlpviz.check_formula(case.text, case.target, case.architecture, case.notation)
    assert verdict.kind in ("wrong", "shape")
    assert case.named & set(verdict.causes), verdict.message
    for suggestion in verdict.suggestions:
        again = mlpviz.check_formula(suggestion.text, case.target, case.architecture, case.notation)
        assert (again.kind == "right") == suggestion.right, suggestion


@pytest.mark.timing
def test_a_check_is_fast():
    seconds = []
    for case in [*RIGHT, *WRONG]:
        begin = time.perf_counter()
        mlpviz.check_formula(case.text, case.target, case.architecture, case.notation)
        seconds.append(time.perf_counter() - begin)
    assert sorted(seconds)[len(seconds) // 2] < 0.1
    assert max(seconds) < 0.5
