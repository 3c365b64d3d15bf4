"""Find the bug: every mistake of the texts is posed or has its reason, wrong is wrong and right is right."""

import re

import pytest

import mlpviz
from mlpviz.derivation.comparison import compared
from mlpviz.derivation.errata import ERRATA, EXERCISES, TABLE, ChoiceExercise, FormulaExercise, ProgramExercise
from mlpviz.derivation.printing.formula import verdict_latex
from mlpviz.derivation.texts import TEXTS
from mlpviz.derivation.view import View
from mlpviz.derivation.walkthroughs import WALKTHROUGHS
from mlpviz.examples.presets import PRESETS
from mlpviz.interface.shell.presets import preset_setup
from mlpviz.setup.arrays import data_of, parameters_of
from mlpviz.setup.setup import replaced

SAME_NUMBERS = {
    "E45": "ReLU's slope is its own square",
}

FORMULAS = [each for each in EXERCISES.values() if isinstance(each, FormulaExercise)]
LISTINGS = [each for each in EXERCISES.values() if isinstance(each, ProgramExercise)]
CHOICES = [each for each in EXERCISES.values() if isinstance(each, ChoiceExercise)]


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
    assert [each.code for each in TABLE] == [f"E{number}" for number in range(1, 71)]
    assert {code for code, each in ERRATA.items() if not each.unposed} == set(EXERCISES)
    assert {each.code for each in [*FORMULAS, *CHOICES, *LISTINGS]} == set(EXERCISES)
    assert (len(FORMULAS), len(CHOICES), len(LISTINGS)) == (20, 38, 5)


@pytest.mark.parametrize("erratum", TABLE, ids=lambda each: each.code)
def test_every_mistake_stands_beside_what_is_right_in_a_walkthrough_and_says_why(erratum):
    assert sum(erratum.code in walkthrough.errata for walkthrough in WALKTHROUGHS.values()) == 1
    assert erratum.where
    assert erratum.wrong != erratum.right
    assert erratum.why.endswith(".")
    assert erratum.why.count(". ") == 0
    assert erratum.place == f"“{TEXTS[erratum.text].title}”, {erratum.where}"
    assert not re.search(r"\bS[0-4]\b|\blines? \d", f"{erratum.place} {erratum.why} {erratum.unposed}")


def test_what_is_right_of_loss_and_error_is_said_in_one_way_only():
    """E39: the text's mathematics keeps its 1/b, and so its code's loss lacks it."""
    erratum = EXERCISES["E39"]
    assert erratum.right.startswith(r"L = -\tfrac{1}{b}")
    assert "loss" in erratum.answer


def test_a_formula_that_was_posed_is_wrong_and_its_cause_is_named():
    for exercise in FORMULAS:
        verdict, data = judged(exercise, exercise.formula)
        assert verdict.kind in ("wrong", "shape"), exercise.code
        assert verdict.causes, verdict.message
        assert "None of the changes" not in verdict.message, exercise.code
        comparison = compared(verdict, exercise.notation, *data)
        if exercise.code in SAME_NUMBERS:
            assert not comparison.differs.any()
        else:
            assert comparison.differs is None or comparison.differs.any()


def test_its_answer_is_right():
    for exercise in FORMULAS:
        verdict, data = judged(exercise, exercise.answer)
        assert verdict.kind == "right", verdict.message
        comparison = compared(verdict, exercise.notation, *data)
        assert not comparison.differs.any()
        assert r"\boxed" not in verdict_latex(verdict, View(data[0].architecture, len(data[1]), exercise.notation))


AT_FAULT = {
    "E33": {1: "colon", 3: "names"},
    "E34": {5: "no place"},
    "E37": {9: "whole number"},
    "E40": {},
    "E70": {4: "index", 6: "multiply"},
}
"""The lines of the listings that are marked, each with a word of what is said of it."""


def run(exercise, listing):
    """The report on a listing for an exercise."""
    data = posed(exercise)
    return mlpviz.check_code(listing, data[0].architecture, exercise.notation, None, *data)


def test_the_lines_at_fault_in_a_listing_are_marked():
    assert AT_FAULT.keys() == {each.code for each in LISTINGS}
    for exercise in LISTINGS:
        report = run(exercise, exercise.formula)
        faults = {line.number: line.message for line in report.lines if line.kind not in ("right", "other")}
        for number, word in AT_FAULT[exercise.code].items():
            assert word in faults.get(number, ""), (exercise.code, number, faults)


def test_the_answer_to_a_listing_is_right_and_the_listing_is_not_or_computes_less():
    for exercise in LISTINGS:
        report = run(exercise, exercise.answer)
        assert report.kind == "right", (exercise.code, report.message)
        posed = run(exercise, exercise.formula)
        assert posed.kind != "right" or set(posed.computes) < set(report.computes), exercise.code
        assert set(posed.computes) <= set(report.computes), exercise.code


def squeezed(text):
    """A formula without what may stand in it or not."""
    return re.sub(r"[\s*@⊙()]", "", text).replace(".T", "ᵀ")


def test_what_a_learner_hears_after_a_wrong_try_is_not_the_answer():
    for exercise in FORMULAS:
        verdict, _ = judged(exercise, exercise.formula)
        hints = " ".join(verdict.hints)
        assert hints, exercise.code
        assert squeezed(exercise.answer) not in squeezed(hints), exercise.code
        assert "write" not in hints, hints
        assert not [each.text for each in verdict.suggestions if each.text in hints]


def test_a_choice_has_one_right_answer_and_a_reason_for_each_wrong_one():
    for exercise in CHOICES:
        texts = [each.text for each in exercise.answers]
        assert len(set(texts)) == len(texts) >= 3, exercise.code
        assert [each.right for each in exercise.answers].count(True) == 1, exercise.code
        assert all(each.why.endswith(".") for each in exercise.answers if not each.right)
        assert exercise.question.count("$") % 2 == 0
    places = {[each.right for each in exercise.answers].index(True) for exercise in CHOICES}
    assert places == {0, 1, 2, 3}, "where the right answer stands says nothing"


def test_nothing_that_is_shown_before_a_try_is_the_answer():
    for exercise in EXERCISES.values():
        shown = " ".join((exercise.title, exercise.place, exercise.hint))
        assert squeezed(exercise.answer) not in squeezed(shown), exercise.code
        assert exercise.hint.endswith((".", "?"))
        if isinstance(exercise, FormulaExercise):
            assert exercise.answer not in exercise.formula


def test_what_is_right_is_not_what_the_text_has():
    for exercise in CHOICES:
        assert exercise.answer.strip("$") not in exercise.own.split(r"\quad"), exercise.code


def test_an_exercise_says_where_it_is_from():
    for exercise in EXERCISES.values():
        assert exercise.text in TEXTS
        assert exercise.preset in PRESETS
        assert exercise.own or isinstance(exercise, ChoiceExercise), exercise.code


def test_words_that_are_shown_as_they_are_have_no_underscores_and_no_backquotes():
    """Only questions and answers are Markdown with LaTeX."""
    for each in TABLE:
        words = [each.why, each.unposed, each.where]
        words += [each.title, each.hint] if each.code in EXERCISES else []
        words += [answer.why for answer in each.answers] if isinstance(each, ChoiceExercise) else []
        assert not [text for text in words if set("_`$\\") & set(text)], each.code
