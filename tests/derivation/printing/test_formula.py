"""A learner's formula as it was read: what does not fit is in boxes, and whatever is read is written."""

import re

import numpy as np
import pytest

import mlpviz
from mlpviz.derivation.notation import Notation
from mlpviz.derivation.printing.formula import failing, verdict_latex
from mlpviz.derivation.view import View

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
        "np.sum(delta[2], axis=0, keepdims=True)",
        "np.sum(delta[2])",
        "np.sum(delta[2], axis=0)",
        "Z2 - np.max(Z2, axis=1)",
        "Z2 - np.max(Z2, axis=1, keepdims=True)",
        "Z2 - np.max(Z2)",
        "np.ones(m) @ delta[2]",
        "np.sum(delta[2], axis=0)[None, :]",
        "np.sign(A1) * Z1",
        "np.mean(A[1])",
        "np.maximum(0, Z[1])",
        "relu(Z[1]).T",
        "softmax(Z[2])",
        "A[1]**3",
        "(Z[1] > 0)",
        "sigmoid_prime(Z[2])",
        "np.outer(delta[2], A[1])",
        "np.ones((1, 3))",
        "np.where(Z[1] > 0, A[1], X)",
        "A[1].reshape(-1, 1)",
        "A[1].shape[1] * A[1]",
        r"\frac{\partial J}{\partial a^{(2)}} \frac{\partial a^{(2)}}{\partial z^{(2)}}",
        "1 / (1 + np.exp(-Z[2]))",
        "np.log(A[2])",
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
