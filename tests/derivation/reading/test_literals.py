"""Vectors that are written out stand for the dimension that is as long; a 𝟏 sums or repeats."""

import numpy as np
import pytest

import mlpviz
from mlpviz.derivation.notation import Notation

NETWORK = mlpviz.Architecture((2, 3, 2), ("relu", "sigmoid"), "half_squared_error", "sum")
FROM_ONE = Notation(orientation="columns", first_layer=1, cost="L")

QUESTION = r"(a^{(3)} - y) \odot a^{(3)} \odot (1 - a^{(3)}) W^{(3)} %s a^{(1)T}"
ONES = [
    "(1,1,1)^T",
    "(1,1,1)",
    "[1, 1, 1]^T",
    r"\begin{bmatrix} 1 \\ 1 \\ 1 \end{bmatrix}",
    r"\begin{pmatrix} 1 & 1 & 1 \end{pmatrix}^\top",
]


def one_sample():
    parameters = mlpviz.initialize(NETWORK, "xavier_normal", seed=3, dtype="float64")
    return parameters, np.array([[0.6, -0.4]]), np.array([[1.0, 0.0]])


@pytest.mark.parametrize("ones", ONES)
def test_the_product_with_a_vector_of_ones_does_not_multiply_and_the_right_order_is_offered(ones):
    verdict = mlpviz.check_formula(QUESTION % ones, "dW[2]", NETWORK, FROM_ONE, *one_sample())
    assert verdict.kind == "shape"
    assert "(2, 1)" in verdict.message.replace("2 × 1", "(2, 1)")
    assert "(2, 3)" in verdict.message.replace("2 × 3", "(2, 3)")
    assert "only where every z" in verdict.message
    assert any(each.right for each in verdict.suggestions)
    assert any(not each.right and "(1, 1, 1)ᵀ" in each.text for each in verdict.suggestions)


def test_what_is_suggested_reads_as_what_it_is():
    verdict = mlpviz.check_formula(QUESTION % ONES[0], "dW[2]", NETWORK, FROM_ONE)
    for each in verdict.suggestions:
        again = mlpviz.check_formula(each.text, "dW[2]", NETWORK, FROM_ONE)
        assert (again.kind == "right") == each.right, each.text


def test_other_numbers_are_refused_in_a_sentence_of_their_own():
    for formula, key in (
        ("A[2] - (1, 0)", "entries differ"),
        ("(1,1,1,1) A[1]", "length"),
        ("Y (1, 2)ᵀ", "entries differ"),
    ):
        verdict = mlpviz.check_formula(formula, "delta[2]", NETWORK, "columns")
        assert verdict.causes == (key,), verdict.message
    square = mlpviz.Architecture((2, 3, 3), ("relu", "sigmoid"), "half_squared_error", "sum")
    assert mlpviz.check_formula("(1,1,1) ⊙ A[2]", "delta[2]", square, "columns").causes == ("length",)


COLUMNS = {
    "db[2]": (r"\delta^{(2)} \mathbf{1}", r"\delta^{(2)} \mathbf{1}_m", r"\sum_{i=1}^m \delta^{[2](i)}"),
    "Z[2]": (r"W^{(2)} A^{(1)} + b^{(2)} \mathbf{1}^\top",),
    "delta[1]": (
        r"W^{(2)\top} \delta^{(2)} \odot \mathbb{1}[z^{(1)} > 0]",
        r"W^{(2)\top} \delta^{(2)} \odot \mathbb{1}(z^{(1)} > 0)",
        r"W^{(2)\top} \delta^{(2)} \odot \mathbf{1}_{z^{(1)} > 0}",
        r"W^{(2)\top} \delta^{(2)} \odot 𝟙[z₁ > 0]",
    ),
    "delta[2]": (r"(a^{(2)} - y) \odot a^{(2)} \odot (\mathbf{1} - a^{(2)})",),
}


def test_a_bold_one_sums_repeats_and_masks():
    for target, formulas in COLUMNS.items():
        for formula in formulas:
            verdict = mlpviz.check_formula(formula, target, NETWORK, "columns")
            assert verdict.kind == "right", (formula, verdict.message)
    rows = mlpviz.check_formula(r"\mathbf{1}^\top \delta^{(2)}", "db[2]", NETWORK)
    assert rows.kind == "right"
    assert mlpviz.check_formula(r"\delta^{(2)} \mathbf{1}", "db[2]", NETWORK).kind in ("wrong", "shape")
