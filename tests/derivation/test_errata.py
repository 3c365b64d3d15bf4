"""Find the bug: every mistake of the texts is posed or has its reason, wrong is wrong and right is right."""

import re

import pytest

import mlpviz
from mlpviz.derivation.comparison import compared
from mlpviz.derivation.errata import ERRATA, EXERCISES, TABLE, TEXTS
from mlpviz.derivation.printing.formula import verdict_latex
from mlpviz.derivation.view import View
from mlpviz.derivation.walkthroughs import WALKTHROUGHS
from mlpviz.examples.presets import PRESETS
from mlpviz.interface.shell.presets import preset_setup
from mlpviz.setup.arrays import data_of, parameters_of
from mlpviz.setup.setup import replaced

SAME_NUMBERS = {
    "E44": "the left side is wrong",
    "E45": "ReLU's slope is its own square",
    "E52": "the left side is wrong",
}


def posed(exercise):
    """The network and data of an exercise."""
    setup = replaced(preset_setup(exercise.preset), exercise.changes)
    parameters, (X, Y) = parameters_of(setup), data_of(setup)
    chosen = slice(None) if setup.sample is None else [setup.sample]
    return parameters, X[chosen], Y[chosen]


def judged(exercise, formula):
    """The verdict on a formula for an exercise, and where it was given."""
    data = posed(exercise)
    name, _, number = exercise.target.rstrip("]").partition("[")
    target = f"{name}[{int(number) + exercise.notation.first_layer}]"
    return mlpviz.check_formula(formula, target, data[0].architecture, exercise.notation, *data), data


def test_every_mistake_is_posed_or_has_its_reason():
    assert [each.code for each in TABLE] == [f"E{number}" for number in range(1, 53)]
    assert {code for code, each in ERRATA.items() if not each.unposed} == set(EXERCISES)
    assert len(EXERCISES) >= 26


@pytest.mark.parametrize("erratum", TABLE, ids=lambda each: each.code)
def test_every_mistake_stands_beside_what_is_right_in_a_walkthrough_and_says_why(erratum):
    assert sum(erratum.code in walkthrough.errata for walkthrough in WALKTHROUGHS.values()) == 1
    assert erratum.where
    assert erratum.wrong != erratum.right
    assert erratum.why.endswith(".")
    assert erratum.why.count(". ") == 0
    assert re.fullmatch(r"text S[0-4], .+", erratum.place)


def test_what_is_right_of_loss_and_error_is_said_in_one_way_only():
    """E39: the code's loss lacks the 1/b of the text's; its exercise has the code's loss, and says so."""
    erratum = EXERCISES["E39"]
    assert erratum.right.startswith(r"L = -\tfrac{1}{b}")
    assert erratum.changes == {"reduction": "sum"}
    assert "the 1/b of the text's own loss" in erratum.why


@pytest.mark.parametrize("exercise", EXERCISES.values(), ids=lambda each: each.code)
def test_the_wrong_version_is_wrong_and_named(exercise):
    verdict, data = judged(exercise, exercise.formula)
    assert verdict.kind in ("wrong", "shape")
    assert verdict.causes, verdict.message
    comparison = compared(verdict, exercise.notation, *data)
    if exercise.code in SAME_NUMBERS:
        assert not comparison.differs.any()
    else:
        assert comparison.differs is None or comparison.differs.any()


@pytest.mark.parametrize("exercise", EXERCISES.values(), ids=lambda each: each.code)
def test_the_right_version_is_right(exercise):
    verdict, data = judged(exercise, exercise.answer)
    assert verdict.kind == "right", verdict.message
    comparison = compared(verdict, exercise.notation, *data)
    assert not comparison.differs.any()
    assert r"\boxed" not in verdict_latex(verdict, View(data[0].architecture, len(data[1]), exercise.notation))


@pytest.mark.parametrize("exercise", EXERCISES.values(), ids=lambda each: each.code)
def test_an_exercise_says_where_it_is_from(exercise):
    assert exercise.text in TEXTS
    assert exercise.preset in PRESETS
    assert re.search(r"line", exercise.line)
