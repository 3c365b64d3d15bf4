"""Find the bug: every mistake of the texts is posed or has its reason, wrong is wrong and right is right."""

import re

import numpy as np
import pytest

import mlpviz
from mlpviz.derivation.comparison import compared
from mlpviz.derivation.errata import ERRATA, EXERCISES, TABLE, TEXTS
from mlpviz.derivation.notation import Notation
from mlpviz.derivation.printing.formula import failing, verdict_latex
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


# What was read, typeset


S4 = mlpviz.Architecture((2, 3, 2), ("relu", "sigmoid"), "half_squared_error", "sum")


def latex(formula, target="dW[1]", notation=None):
    """A formula as it is shown for four samples."""
    notation = notation or Notation()
    verdict = mlpviz.check_formula(formula, target, S4, notation, X=np.ones((4, 2)))
    return verdict, verdict_latex(verdict, View(S4, 4, notation))


def test_what_does_not_multiply_is_in_boxes_with_its_dimensions_marked():
    verdict, text = latex("delta[2] @ A[1]", "dW[2]")
    assert failing(verdict.factors) is verdict.factors[0]
    assert text.count(r"\boxed") == 2
    marked = re.findall(r"boldsymbol\{([a-z]_\{\d\}|\w)\}", text)
    assert marked == ["n_{2}", "2", "m", "4"]
    coloured = verdict_latex(verdict, View(S4, 4, Notation()), clash="#123456")
    assert coloured.count(r"\textcolor{#123456}{\boldsymbol{") == len(marked)


def test_brackets_keep_the_products_apart():
    assert r"\odot \left(" in latex("delta[2] * (A[1] @ W[2].T)", "dW[2]")[1]
    assert r"\left(" in latex("(W2ᵀ δ2) ⊙ f'(z1)", "delta[1]", Notation("columns"))[1]
    assert r"\left(1 - " in latex("a2 * (1 - a2)", "delta[2]")[1]


def test_an_array_that_is_not_there_is_marked():
    assert r"\boxed{\underbrace{A^{(7)}}_{?}}" in latex("delta[1].T @ A[7]")[1]


@pytest.mark.parametrize(
    "formula",
    [
        "3",
        "-m",
        "½ m",
        "diag(a1)",
        "diag(W1)",
        "sum(sum(Y))",
        "f'(A[1] @ W[1])",
        "f'(z7)",
        "W9.T.T",
        "n[1] X",
        "l2 W1",
        "Y / Y / Y",
    ],
)
def test_whatever_is_read_is_written(formula):
    verdict, text = latex(formula)
    assert verdict.kind in ("wrong", "shape")
    assert text.count("{") == text.count("}")
    assert text.count(r"\left") == text.count(r"\right")


def test_the_longest_formula_is_written():
    verdict, text = latex(" + ".join(["delta[1].T @ X"] * 50))
    assert verdict.kind == "wrong"
    assert text.count("{") == text.count("}")


# Its numbers


def test_numbers_are_compared_entry_by_entry():
    preset = PRESETS["softmax-batch"]
    data = preset.parameters(), np.array(preset.X), np.array(preset.Y)
    verdict = mlpviz.check_formula("delta[2] @ W[2] * f'(Z[1])", "delta[1]", preset.architecture, "columns", *data)
    trace = mlpviz.backpropagate(*data)
    found = compared(verdict, Notation("columns"), *data)
    assert np.array_equal(found.goal, trace.delta[1].T)
    assert found.value is None
    turned = mlpviz.check_formula("W2ᵀ δ2 ⊙ f'(z1)", "delta[1]", preset.architecture, "columns", *data)
    found = compared(turned, Notation("columns"), *data)
    assert np.allclose(found.value, trace.delta[1].T)
    assert not found.differs.any()


def test_only_the_entries_that_differ_are_marked():
    data = PRESETS["two-three-two"].parameters(), np.array([[0.8, -0.55]]), np.array([[0.95, 0.0]])
    verdict = mlpviz.check_formula("A[2]", "delta[2]", S4, "rows", *data)
    found = compared(mlpviz.check_formula("A[2] * A[2] * (1 - A[2])", "delta[2]", S4, "rows", *data), Notation(), *data)
    assert found.differs.tolist() == [[True, False]]
    assert verdict.kind == "wrong"


def test_the_slope_of_the_identity_is_one_everywhere():
    architecture = mlpviz.Architecture((2, 3, 2), ("tanh", "identity"), "squared_error", "sum")
    parameters = mlpviz.initialize(architecture, "xavier_normal", 0)
    data = parameters, np.array([[0.8, -0.55]]), np.array([[0.95, 0.0]])
    for formula in ("f'(Z[2])", "m * f'(Z[2])", "f'(Z[2]) * m"):
        verdict = mlpviz.check_formula(formula, "delta[2]", architecture, "rows", *data)
        assert compared(verdict, Notation(), *data).value.tolist() == [[1, 1]]
