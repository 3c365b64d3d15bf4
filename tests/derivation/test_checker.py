"""The checker on posed formulas: mistakes of the texts and single edits named, equivalent right forms called right."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

import mlpviz
from mlpviz.derivation.notation import Notation
from mlpviz.examples.presets import PRESETS
from mlpviz.maths.activations import ACTIVATIONS
from tests.measure.causes import slopes
from tests.support.posed import DECAY, ELEMENTS, S0, S2, S4, SQUARE, SQUARED, distributed, own, scaled, symmetric

ROWS, COLUMNS, FROM_ONE = Notation(), Notation("columns"), Notation("columns", first_layer=1)
NUMERATOR = Notation("columns", "numerator")
TURNED = Notation(weights="in_out")

CLASSES = mlpviz.Architecture((4, 6, 3), ("relu", "softmax"), "cross_entropy", "mean_samples")
BINARY = mlpviz.Architecture((4, 5, 1), ("relu", "sigmoid"), "binary_cross_entropy", "mean_samples")

MISTAKES = [
    # the texts' own
    ("E5/E10", S0, "Z[1]", "X @ W[1] + b[1]", ROWS, "transposed"),
    ("E9", S0, "Z[1]", "W[1] @ X + b[1].T", COLUMNS, "transposed"),
    ("E13", S4, "delta[1]", "sum(W[2]) * f'(Z[1])", ROWS, "missing error"),
    ("E15", S0, "delta[2]", "f'(z2)", COLUMNS, "missing dA"),
    ("E16", S0, "delta[2]", "W3.T @ δ3", COLUMNS, "missing slope"),
    ("E16's slopes", S0, "delta[2]", "W3ᵀ f'(z3)", COLUMNS, "missing error"),
    ("E18", S2, "delta[3]", "(A[3] - Y) / m * f'(Z[3])", ROWS, "softmax slope"),
    ("E18 of one unit", S2, "delta[3]", "-Y / A[3] * f'(Z[3]) / m", ROWS, "softmax slope"),
    ("E26", S2, "delta[3]", "(Y - A[3]) / m", ROWS, "sign"),
    ("E26 in one sample", S2, "delta[3]", "(diag(a3) - a3 a3ᵀ) (y / a3)", COLUMNS, "sign"),
    ("E28", S2, "delta[1]", r"\Delta^{(2)} W^{(2)} \odot f'(Z^{(2)})", ROWS, "wrong layer"),
    ("E29", S0, "delta[2]", "W[3] @ delta[3] * f'(Z[2])", COLUMNS, "transposed"),
    ("E31", S2, "dW[2]", "Delta[2] @ A[1]", ROWS, "transposed"),
    ("E32", S4, "db[2]", "Delta[2]", ROWS, "missing sum"),
    ("E36", S2, "Z[3]", "Z[L - 1] = A[L - 2] @ W[L - 1]", ROWS, "transposed"),
    ("E39", S2, "delta[3]", "Delta[L - 1] = A[L - 1] - Y", ROWS, "missing 1/m"),
    ("E39 the other way", S4, "delta[2]", "(A[2] - Y) * f'(Z[2]) / m", ROWS, "extra 1/m"),
    ("E35", S2, "dW[1]", "W_g[l] = Delta[l].T @ A[l-2]", ROWS, "wrong layer"),
    ("E41", S2, "dW[2]", "W_g[l] = Delta[l+1].T @ A[l-1]", ROWS, "wrong layer"),
    ("E44", S4, "dW[2]", "dW[3] = δ2 @ a1.T", FROM_ONE, "wrong target"),
    ("E45", S4, "delta[2]", "(W3.T @ δ3) * f'(z2) * f'(z2)", FROM_ONE, "extra slope"),
    ("E46", S4, "dW[2]", "(a3 - y) * a3 * (1 - a3) @ W3 @ f'(z2) @ a1.T", FROM_ONE, "order"),
    ("S4.4", S4, "dW[2]", "(a3 - y) * a3 * (1 - a3) @ W3 @ a1.T", FROM_ONE, "missing slope"),
    ("E46 without slope", S4, "delta[2]", "((a3 - y) * a3 * (1 - a3)) @ W3", FROM_ONE, "transposed"),
    ("E47", S4, "dW[3]", "((a3 - y) * a3 * (1 - a3)) @ a2", FROM_ONE, "transposed"),
    ("E48", S0, "delta[3]", "Z[3] - Y", ROWS, "wrong array"),
    ("E48 slope too many", S0, "delta[3]", "(A[3] - Y) * A[3] * (1 - A[3])", ROWS, "extra slope"),
    ("E48 slope missing", S4, "delta[2]", "A[2] - Y", ROWS, "missing slope"),
    ("E51", S4, "Z[2]", "A[1] @ W[2].T", ROWS, "missing bias"),
    # single edits
    ("transposed result", S4, "dW[2]", "A[1].T @ delta[2]", ROWS, "transposed"),
    ("order", S4, "dW[2]", "A[1] @ delta[2].T", ROWS, "order"),
    ("order in columns", S4, "Z[1]", "X @ W[1] + b[1]", COLUMNS, "order"),
    ("columns in rows", S0, "dW[3]", "δ3 @ a2.T", ROWS, "convention"),
    ("rows in columns", S0, "dW[3]", "δ3.T @ a2", COLUMNS, "convention"),
    ("half a slope", S4, "delta[2]", "(A[2] - Y) * A[2]", ROWS, "missing slope"),
    ("wrong half of a slope", S4, "delta[2]", "(A[2] - Y) * A[2] * (A[2] - 1)", ROWS, "sign"),
    ("slope of a", S4, "delta[1]", "delta[2] @ W[2] * f'(A[1])", ROWS, "wrong slope"),
    ("slope of another layer", SQUARE, "delta[1]", "delta[2] @ W[2] * f'(Z[2])", ROWS, "wrong layer"),
    ("sigmoid's slope of tanh", SQUARE, "delta[1]", "(delta[2] @ W[2]) * (A[1] * (1 - A[1]))", ROWS, "wrong slope"),
    ("brackets", S0, "delta[2]", "f'(Z[2]) * W[3].T @ delta[3]", COLUMNS, "brackets"),
    ("brackets of a difference", S4, "delta[2]", "A[2] - Y * A[2] * (1 - A[2])", ROWS, "brackets"),
    ("brackets of 1 - a", S4, "delta[2]", "(A[2] - Y) * A[2] * 1 - A[2]", ROWS, "brackets"),
    ("z for a throughout", S4, "delta[2]", "(A[2] - Y) * Z[2] * (1 - Z[2])", ROWS, "wrong array"),
    ("a layer below throughout", S4, "delta[2]", "(A[1] - Y) * A[1] * (1 - A[1])", ROWS, "wrong layer"),
    ("mean for sum", S4, "cost", "½ sum((A[2] - Y) * (A[2] - Y)) / m", ROWS, "extra 1/m"),
    ("no half", S4, "cost", "sum((A[2] - Y) * (A[2] - Y))", ROWS, "factor"),
    ("the error of another layer", S4, "delta[2]", "delta[1]", ROWS, "wrong target"),
    ("ones", S4, "delta[1]", "delta[2] * W[2] * f'(Z[1])", ROWS, "elementwise instead of matrix product"),
    ("at for hadamard", S4, "delta[1]", "delta[2] @ W[2] @ f'(Z[1])", ROWS, "matrix product instead of elementwise"),
    ("layer of a", S4, "dW[1]", "delta[1].T @ A[1]", ROWS, "wrong layer"),
    ("layer not there", S4, "dW[2]", "delta[3].T @ A[1]", ROWS, "wrong layer"),
    ("another gradient", S4, "dW[1]", "delta[2].T @ A[1]", ROWS, "wrong target"),
    ("mean twice", S2, "dW[2]", "delta[2].T @ A[1] / m", ROWS, "extra 1/m"),
    ("only l2", DECAY, "dW[2]", "delta[2].T @ A[1]", ROWS, "only l2 missing"),
    ("l2's sign", DECAY, "dW[2]", "delta[2].T @ A[1] - l2 * W[2]", ROWS, "sign"),
    ("l2 of another layer", DECAY, "dW[2]", "delta[2].T @ A[1] + l2 * W[1]", ROWS, "wrong layer"),
    ("transposed and no l2", DECAY, "dW[2]", "A[1].T @ delta[2]", ROWS, "missing l2"),
    ("factor two", DECAY, "delta[2]", "(A[2] - Y) / m", ROWS, "factor"),
    ("outputs counted out", ELEMENTS, "delta[2]", "(A[2] - Y) / m", ROWS, "missing 1/n"),
    ("nothing divided", ELEMENTS, "delta[2]", "A[2] - Y", ROWS, "missing 1/(m n)"),
    ("sum too many", S4, "delta[2]", "sum((A[2] - Y) * f'(Z[2]))", ROWS, "extra sum"),
    ("mean of the bias", S2, "delta[3]", "m * (A[3] - Y)", ROWS, None),
    ("factor gone", S4, "dW[2]", "delta[2].T", ROWS, "missing factor"),
    ("label gone", S4, "delta[2]", "A[2] * f'(Z[2])", ROWS, "missing term"),
    ("factor too many", S4, "dW[2]", "delta[2].T @ A[1] @ W[1] @ W[1].T", ROWS, None),
    ("number for a size", S2, "delta[3]", "(A[3] - Y) / 4", ROWS, "number for m"),
    ("no bias here", S2, "Z[1]", "X @ W[1].T + b[1]", ROWS, "absent"),
]

WORDS = {
    "transposed": "transpose",
    "order": "order",
    "sign": "sign",
    "missing slope": "f'",
    "extra slope": "f'",
    "wrong slope": "f'",
    "softmax slope": "f'",
    "missing 1/m": "1/m",
    "extra 1/m": "1/m",
    "missing 1/(m n)": "1/(m n)",
    "wrong layer": "layer",
    "only l2 missing": "Only the l2 term",
    "missing l2": "l2",
    "missing sum": "sum",
    "missing bias": "bias",
    "missing factor": "factor",
    "elementwise instead of matrix product": "matrix product",
    "matrix product instead of elementwise": "matrix product",
    "brackets": "Brackets",
}
"""What a message must say in words."""


@pytest.mark.parametrize(("name", "architecture", "target", "formula", "notation", "cause"), MISTAKES)
def test_a_posed_mistake_is_named(name, architecture, target, formula, notation, cause):
    verdict = mlpviz.check_formula(formula, target, architecture, notation)
    assert verdict.kind in ("wrong", "shape")
    if cause is not None:
        assert cause in verdict.causes
        assert WORDS.get(cause, "") in verdict.message


def test_enough_mistakes_are_posed():
    assert len([cause for *_, cause in MISTAKES if cause is not None]) >= 40
    assert len(RIGHT) >= 30


RIGHT = [
    (S4, "delta[2]", "(A[2] - Y) * A[2] * (1 - A[2])", "rows"),
    (S4, "delta[3]", "(a3 - y) * a3 * (1 - a3)", FROM_ONE),
    (S4, "∂J/∂Z²", "(a2-y)⊙a2⊙(1-a2)", ROWS),
    (S4, "δ²", r"\left(a^{(2)} - y\right) \odot \sigma'\left(z^{(2)}\right)", ROWS),
    (S4, "delta[2]", r"(\hat{y} - y) \odot f'(z^{(2)})", COLUMNS),
    (S4, "delta[2]", "-(Y - A[2]) * (A[2] - A[2] * A[2])", ROWS),
    (S4, "delta[2]", "f′(Z₂) ⊙ (ŷ − Y)", ROWS),
    (S4, "delta[2]", r"\( (a^{(2)} - y) \odot \sigma'(z^{(2)}) \)", ROWS),
    (S4, "dW[2]", r"\delta^{(2)}{}^\top a^{(1)}", ROWS),
    (S4, "cost", r"\frac12 sum((A2 - Y) \odot (A2 - Y))", ROWS),
    (S2, "delta[3]", r"\frac1m (A^{(3)} - Y)", ROWS),
    (S2, "delta[1]", r"\tanh'(Z_1) \odot (\Delta_2 W_2)", ROWS),
    (S2, "dW[1]", "W_g[0] = Delta[0].T @ X", ROWS),
    (S2, "Z[1]", "Z[0] = X @ W[0].T", ROWS),
    (S4, "dW[3]", "(a3 - y) * a3 * (1 - a3) @ a2.T", FROM_ONE),
    (S4, "dW[2]", "((W3.T @ ((a3 - y) * a3 * (1 - a3))) * f'(z2)) @ a1.T", FROM_ONE),
    (S4, "dW[2]", "W3ᵀ((a3−y)⊙a3⊙(1−a3)) ⊙ f'(z2) a1ᵀ", FROM_ONE),
    (S4, r"\frac{\partial L}{\partial W^{(2)}}", r"\delta^{(2)} a^{(1)T}", COLUMNS),
    (S4, "dL/dW2", r"\delta^{(2)\top\!} a^{(1)}".replace(r"\!", ""), ROWS),
    (S4, "dW[2]", "delta[2].T @ A[1]", "rows"),
    (S4, "dW[2]", "(A[1].T @ delta[2]).T", "rows"),
    (S4, "dW[2]", "dW[2] = delta[2].T @ A[1]", "rows"),
    (S4, "dW[2]", "W_g[l] = Delta[l].T @ A[l-1]", "rows"),
    (S4, "dW[1]", "∂J/∂W¹ = Δ1ᵀ X", "rows"),
    (S4, "dW[2]", "a1 @ δ2", NUMERATOR),
    (S4, "delta[1]", "δ2 @ W2 * f'(z1).T", NUMERATOR),
    (S4, "delta[1]", "W⁽²⁾ᵀ δ⁽²⁾ ⊙ f'(z⁽¹⁾)", COLUMNS),
    (S4, "delta[1]", "f'(z⁽¹⁾) ⊙ W⁽²⁾ᵀ δ⁽²⁾", COLUMNS),
    (S4, "delta[1]", "delta[2] @ W[2].T * f'(Z[1])", TURNED),
    (S4, "dW[1]", "X.T @ delta[1]", TURNED),
    (S4, "Z[1]", "X @ W[1] + b[1]", TURNED),
    (S4, "Z[2]", "W^{[2]} a^{[1]} + b^{[2]}", COLUMNS),
    (S4, "Z[2]", "b2 + (W2 @ A1.T).T", ROWS),
    (S4, "db[2]", "sum(delta[2])", ROWS),
    (S4, "db[2]", "sum(Δ2)", COLUMNS),
    (S4, "cost", "½ sum(sum((A[2] - Y) * (A[2] - Y)))", ROWS),
    (S0, "delta[3]", "A[3] - Y", ROWS),
    (S0, "delta[2]", r"\mathbf{W}^{(3)\top} \delta^{(3)} \odot a^{(2)} \odot (1 - a^{(2)})", COLUMNS),
    (S0, "delta[1]", "diag(f'(z1)) @ W2.T @ δ2", COLUMNS),
    (S0, "delta[2]", "d_f(Z[2]) * (Delta[3] @ W[3])", ROWS),
    (S2, "delta[3]", "1/m (A[3] - Y)", ROWS),
    (S2, "delta[3]", r"\frac{1}{m} \left(\mathbf{A}^{(3)} - \mathbf{Y}\right)", ROWS),
    (S2, "delta[3]", "Delta[L - 1] = (A[L - 1] - Y) / m", ROWS),
    (S2, "Z[3]", "Z[L - 1] = A[L - 2] @ W[L - 1].T", ROWS),
    (S2, "delta[2]", "Delta[l] = Delta[l + 1] @ W[l + 1] * d_f(Z[l])", ROWS),
    (S2, "delta[2]", "δ3 W3 ⊙ (1 - a2 ⊙ a2)", ROWS),
    (S2, "dW[3]", "(A[3] - Y).T @ A[2] / m", ROWS),
    (S2, "dW[2]", "(((A[3] - Y) / m) @ W[3] * f'(Z[2])).T @ A[1]", ROWS),
    (DECAY, "dW[2]", "delta[2].T @ A[1] + λ W[2]", ROWS),
    (DECAY, "dW[2]", "0.1 * W[2] + (2 / m * (A[2] - Y)).T @ A[1]", ROWS),
    (DECAY, "delta[2]", "2(A[2] - Y) / m", ROWS),
    (ELEMENTS, "delta[2]", "(A[2] - Y) / (m * n[2])", ROWS),
    (ELEMENTS, "delta[2]", "(A[2] - Y) / (2 m)", ROWS),
    (SQUARE, "delta[1]", "(delta[2] @ W[2]) * f'(Z[1])", ROWS),
]


@pytest.mark.parametrize(("architecture", "target", "formula", "notation"), RIGHT)
def test_an_equivalent_form_is_right(architecture, target, formula, notation):
    verdict = mlpviz.check_formula(formula, target, architecture, notation)
    assert verdict.kind == "right", verdict.message
    assert verdict.networks >= 3
    assert verdict.causes == ()


@pytest.mark.parametrize("name", PRESETS)
def test_the_engine_s_own_formulas_are_right_on_every_preset(name):
    preset = PRESETS[name]
    depth = preset.architecture.depth
    for l in range(1, depth + 1):
        formulas = {f"Z[{l}]": f"A[{l - 1}] @ W[{l}].T + b[{l}]", f"dW[{l}]": f"delta[{l}].T @ A[{l - 1}]"}
        formulas |= {f"db[{l}]": f"sum(delta[{l}])"}
        if l < depth:
            formulas[f"delta[{l}]"] = f"delta[{l + 1}] @ W[{l + 1}] * f'(Z[{l}])"
        for target, formula in formulas.items():
            verdict = mlpviz.check_formula(
                formula, target, preset.architecture, "rows", preset.parameters(), preset.X, preset.Y
            )
            assert verdict.kind == "right", (target, verdict.message)


# What a verdict says besides


def test_a_shape_failure_names_operands_and_axes_and_what_would_multiply():
    verdict = mlpviz.check_formula("delta[2] @ A[1]", "dW[2]", S4)
    assert verdict.kind == "shape"
    assert "delta[2] is (m, n₂) and A[1] is (m, n₁)" in verdict.message
    assert "inner dimensions n₂ and m differ" in verdict.message
    assert any(each.right and each.text == "delta[2].T @ A[1]" for each in verdict.suggestions)


def test_suggestions_tell_the_right_from_those_that_only_multiply():
    verdict = mlpviz.check_formula("A[1] @ W[2]", "Z[2]", S4)
    assert {(each.text, each.right) for each in verdict.suggestions} >= {
        ("A[1] @ W[2].T + b[2]", True),
        ("A[1] @ W[2].T", False),
    }
    assert "but is not right" in verdict.message


@pytest.mark.parametrize("each", range(len(MISTAKES)))
def test_what_is_suggested_as_right_is_right(each):
    _, architecture, target, formula, notation, _ = MISTAKES[each]
    for suggestion in mlpviz.check_formula(formula, target, architecture, notation).suggestions:
        again = mlpviz.check_formula(suggestion.text, target, architecture, notation)
        assert (again.kind == "right") == suggestion.right, suggestion


def test_every_factor_has_its_shape():
    verdict = mlpviz.check_formula("delta[2] @ W[2] * f'(Z[1])", "delta[1]", S4, "rows", X=np.zeros((4, 2)))
    shapes = {factor.text: (factor.dimensions, factor.size) for factor in verdict.factors}
    assert shapes["delta[2]"] == (("m", "n₂"), (4, 2))
    assert shapes["W[2]"] == (("n₂", "n₁"), (2, 3))
    assert shapes["f'(Z[1])"] == (("m", "n₁"), (4, 3))
    failing = mlpviz.check_formula("delta[2] @ A[1]", "dW[2]", S4).factors[0]
    assert failing.dimensions is None


def test_a_text_that_counts_its_layers_otherwise_is_told():
    formula = "(a3 - y) * a3 * (1 - a3) @ W3 @ a1.T"
    assert "counts its layers from 1" in mlpviz.check_formula(formula, "dW[2]", S4, COLUMNS).message
    assert "counts its layers" not in mlpviz.check_formula("a4 - y", "dW[2]", S4, COLUMNS).message
    assert "counts its layers from 0" in mlpviz.check_formula("a0 @ δ2.T", "dW[3]", S4, FROM_ONE).message


def test_a_bias_gradient_of_a_network_without_biases_is_named():
    assert "it has no biases" in mlpviz.check_formula("sum(db[1])", "dW[1]", S2).message


def test_the_conventions_in_which_it_is_right():
    verdict = mlpviz.check_formula("delta[2].T @ A[1]", "dW[2]", S4)
    assert [(each.orientation, each.layout, each.weights) for each in verdict.conventions] == [
        ("rows", "denominator", "out_in")
    ]
    assert len(mlpviz.check_formula("sum(delta[2])", "db[2]", S4).conventions) == 8
    elsewhere = mlpviz.check_formula("delta[2] @ A[1].T", "dW[2]", S4)
    assert elsewhere.conventions[0].orientation == "columns"
    assert "samples as columns" in elsewhere.message


def test_the_parse_is_in_the_engine_s_nodes_for_the_writers():
    from mlpviz.derivation.printing.latex import LatexPrinter
    from mlpviz.derivation.view import View

    verdict = mlpviz.check_formula("Δ2 W2 ⊙ f'(Z1)", "delta[1]", S4)
    assert r"\odot" in LatexPrinter(View(S4, 4, ROWS)).write(verdict.expression)


# Square, accident, one sample


def test_multiplying_only_because_a_layer_is_square():
    verdict = mlpviz.check_formula("delta[2] @ W[2].T * f'(Z[1])", "delta[1]", SQUARE)
    assert verdict.kind == "wrong"
    assert {"square", "transposed"} <= set(verdict.causes)
    assert "square (n₂ = n₁ = 3)" in verdict.message


def test_right_because_square():
    verdict = mlpviz.check_formula("delta[2] @ W[2].T * f'(Z[1])", "delta[1]", SQUARE, "rows", *symmetric(SQUARE, 5))
    assert verdict.kind == "wrong"
    assert "Right because square" in verdict.message


def test_the_broadcasting_trap_of_a_square_batch():
    preset = PRESETS["broadcast-trap"]
    data = preset.parameters(), preset.X, preset.Y
    verdict = mlpviz.check_formula("W[1] @ X + b[1].T", "Z[1]", preset.architecture, "columns", *data)
    assert verdict.kind == "wrong"
    assert {"square", "transposed"} <= set(verdict.causes)


def test_right_by_accident():
    parameters, X, Y = distributed(S2, 4)
    verdict = mlpviz.check_formula("(A[3] - Y) / 4", "delta[3]", S2, "rows", parameters, X, Y)
    assert verdict.kind == "wrong"
    assert {"accident", "number for m"} <= set(verdict.causes)
    assert "Right by accident" in verdict.message
    zeros = mlpviz.check_formula("delta[2] @ W[2]", "delta[1]", S4, "rows", mlpviz.Parameters(S4), X, Y[:, :2])
    assert "accident" in zeros.causes


def test_right_for_relu_alone():
    verdict = mlpviz.check_formula("delta[2] @ W[2] * f'(Z[1]) * f'(Z[1])", "delta[1]", S4)
    assert {"accident", "extra slope"} <= set(verdict.causes)
    assert "smooth f" in verdict.message


def test_one_sample_hides_the_division_by_m():
    verdict = mlpviz.check_formula("A[3] - Y", "delta[3]", S2, "rows", *distributed(S2, 1))
    assert {"accident", "missing 1/m"} <= set(verdict.causes)
    assert "only because m = 1" in verdict.message


def test_small_letters_are_right_for_one_sample_and_a_batch_is_told():
    one, batch = own(S4, 1), own(S4, 4)
    verdict = mlpviz.check_formula("δ2", "db[2]", S4, "columns", *one)
    assert verdict.kind == "right"
    assert verdict.one_sample
    assert "For a batch of m samples write sum(δ2)" in verdict.message
    verdict = mlpviz.check_formula("δ2", "db[2]", S4, "columns", *batch)
    assert verdict.kind == "wrong"
    assert {"missing sum", "one sample"} <= set(verdict.causes)
    assert mlpviz.check_formula("Δ2", "db[2]", S4, "columns", *one).kind == "wrong"


@pytest.mark.parametrize("error", ["delta2", "delta[2]", "dz2", "δ2"])
def test_an_error_as_code_calls_it_is_the_gradient_of_the_bias_for_one_sample(error):
    """As Step and Derive show it: ∂J/∂b = δ where there is one sample."""
    verdict = mlpviz.check_formula(error, "db[2]", S4, "columns", *own(S4, 1))
    assert verdict.kind == "right"
    assert verdict.one_sample
    assert f"For a batch of m samples write sum({error})" in verdict.message
    assert mlpviz.check_formula(error, "db[2]", S4, "columns", *own(S4, 4)).kind == "wrong"
    assert mlpviz.check_formula(error, "db[2]", S4, "columns").kind == "wrong"
    divided = mlpviz.check_formula(f"{error} / m", "db[2]", S4, "rows", *own(S4, 1))
    assert (divided.kind == "wrong") == (error != "δ2")


def test_the_minus_of_a_loss_is_sought_at_the_loss():
    verdict = mlpviz.check_formula("(diag(a3) - a3 a3ᵀ) (y / a3)", "delta[3]", S2, "columns", *distributed(S2, 1))
    assert "write -(y / a3) instead of y / a3" in verdict.message


def test_an_index_below_the_start_of_a_list_is_no_layer():
    verdict = mlpviz.check_formula("Z[0] = A[-1] @ W[0].T", "Z[1]", S2)
    assert verdict.kind == "wrong"
    assert "index of -1 silently means the last layer" in verdict.message
    assert mlpviz.check_formula("Z[0] = X @ W[0].T", "Z[1]", S2).kind == "right"


def test_labels_that_do_not_add_up_to_one():
    parameters, X, Y = own(S2, 4)
    assert mlpviz.check_formula("(A[3] - Y) / m", "delta[3]", S2, "rows", parameters, X, Y).causes == ("labels",)


def test_one_output_makes_the_two_means_equal():
    xor = PRESETS["xor"]
    verdict = mlpviz.check_formula("(A[2] - Y) / m", "delta[2]", xor.architecture)
    assert verdict.kind == "right"
    assert "n = 1" in verdict.message


def test_extreme_numbers_are_not_compared():
    formula = "(A[3] - Y) / (A[3] * (1 - A[3])) * f'(Z[3])"
    verdict = mlpviz.check_formula(formula, "delta[3]", S0, "rows", *scaled(S0, 3, 1e6))
    assert verdict.kind == "right"
    assert "too extreme" in verdict.message


def test_brackets_are_asked_for_where_both_readings_multiply_and_differ():
    verdict = mlpviz.check_formula("A1 ⊙ A1 W2ᵀ W2", "Z[1]", S4)
    assert verdict.kind == "refused"
    assert "please add brackets" in verdict.message
    assert mlpviz.check_formula("A1 ⊙ (A1 W2ᵀ W2)", "Z[1]", S4).kind == "wrong"


def test_another_equation_changes_what_is_right(monkeypatch):
    from mlpviz.maths import equations

    changed = equations.Equation("bias gradient", equations.db, 2 * equations.sum_rows(equations.delta))
    assert mlpviz.check_formula("sum(delta[2])", "db[2]", S4).kind == "right"
    monkeypatch.setitem(equations.EQUATIONS, "bias gradient", changed)
    assert mlpviz.check_formula("sum(delta[2])", "db[2]", S4).kind == "wrong"
    assert mlpviz.check_formula("2 sum(delta[2])", "db[2]", S4).kind == "right"


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("Y", "dW[3]", S4), "target"),
        (("Y", "W[1]", S4), "target"),
        (("sum(delta[1])", "db[1]", S2), "target"),
        (("Y", "nonsense", S4), "target"),
        (("Y", 3, S4), "target"),
        (("Y", "dW[1]", S4, "diagonal"), "notation"),
        ((3, "dW[1]", S4), "formula"),
    ],
)
def test_wrong_arguments_are_named(arguments, word):
    with pytest.raises(ValueError, match=word):
        mlpviz.check_formula(*arguments)


def test_an_output_that_is_spelled_out_takes_no_layer_number():
    architecture = mlpviz.Architecture((2, 3, 2), ("relu", "sigmoid"), "half_squared_error", "mean_samples")
    verdict = mlpviz.check_formula("(yhat - y) * a[1]", "delta[2]", architecture, "columns")
    assert "yhat[" not in verdict.message
    assert mlpviz.check_formula(verdict.suggestions[0].text, "delta[2]", architecture, "columns").kind == "right"


CARRIED = {
    "dA[1]": ("delta[2] @ W[2]", "dA[1] * f'(Z[1])", "delta[1]"),
    "dA[2]": ("A[2] - Y", "∂J/∂a[2] * f'(Z[2])", "delta[2]"),
    "dA[0]": ("delta[1] @ W[1]", "", ""),
}


@pytest.mark.parametrize("target", CARRIED)
def test_what_comes_back_to_a_layer_is_a_target_and_a_name(target):
    formula, error, of = CARRIED[target]
    assert mlpviz.check_formula(formula, target, S4).kind == "right"
    assert mlpviz.check_formula(f"-({formula})", target, S4).causes == ("sign",)
    assert not error or mlpviz.check_formula(error, of, S4).kind == "right"
    assert mlpviz.check_formula("delta[2].T @ dA[1]", "dW[2]", S4).kind == "wrong"


MEAN = mlpviz.Architecture((2, 3, 4), ("tanh", "sigmoid"), "binary_cross_entropy", "mean_samples")
DIVIDING = Notation("columns", division="gradients")
LEAVING = Notation("columns", first_layer=1, numbered="leaves")
ELSEWHERE = [
    ("A2 - Y", "delta[2]", DIVIDING),
    ("1/m dZ2 A1.T", "dW[2]", DIVIDING),
    ("1/m sum(dZ2)", "db[2]", DIVIDING),
    ("W2.T dZ2 * f'(Z1)", "delta[1]", DIVIDING),
    ("W2.T dZ2", "dA[1]", DIVIDING),
    ("(1 - Y) / (1 - A2) - Y / A2", "dA[2]", DIVIDING),
    ("W1 a1 + b1", "Z[2]", LEAVING),
    ("δ3 a2.T", "dW[2]", LEAVING),
    ("δ^{(l+1)} (a^{(l)})^T", "dW[2]", LEAVING),
    ("(W^{(l)})^T δ^{(l+1)} ⊙ f'(z^{(l)})", "delta[2]", LEAVING),
]


def test_where_1_over_m_stands_and_which_number_weights_carry_are_conventions():
    for formula, target, notation in ELSEWHERE:
        assert mlpviz.check_formula(formula, target, MEAN, notation).kind == "right", formula
        plain = Notation("columns", first_layer=notation.first_layer)
        divided = target in ("delta[1]", "dA[1]")  # the 1/m of one error comes with the other
        assert (mlpviz.check_formula(formula, target, MEAN, plain).kind == "right") == divided, formula


SWITCHED = [
    ("dZ2 = A2 - Y", "delta[2]", "columns", {"division": "gradients"}),
    ("dW2 = 1/m dZ2 A1.T", "dW[2]", "columns", {"division": "gradients"}),
    ("1/m dZ2 A1.T", "dW[2]", "rows", {"orientation": "columns", "division": "gradients"}),
    ("(W1)^T δ2 * f'(z1)", "delta[1]", "columns", {"numbered": "leaves"}),
    ("δ3 a2.T / 1", "dW[2]", "columns", {"first_layer": 1}),
    ("(a2 - ŷ) / m", "delta[2]", "columns", {"output": "y"}),
    ("X.T @ delta1", "dW[1]", "rows", {"weights": "in_out"}),
    ("(W[1]).T δ[3] * f'(z[2])", "delta[2]", Notation("columns", first_layer=1), {}),
]


def test_the_nearest_notation_in_which_a_formula_is_right_is_said():
    for formula, target, notation, switches in SWITCHED:
        verdict = mlpviz.check_formula(formula, target, MEAN, notation)
        assert verdict.kind in ("wrong", "shape"), formula
        assert verdict.switches == switches, (formula, verdict.switches)
        if switches:
            assert {"convention", "label"} & set(verdict.causes), formula
            own = notation if isinstance(notation, Notation) else Notation(notation)
            shown = str(verdict.target) if "first_layer" not in switches else "dW[3]"
            assert mlpviz.check_formula(formula, shown, MEAN, replace(own, **switches)).kind == "right", formula


def test_what_holds_for_one_number_of_outputs_only_says_so():
    written = mlpviz.check_formula("2 (A[2] - Y) * f'(Z[2]) / (m * 2)", "delta[2]", SQUARED)
    assert written.kind == "right"
    assert "only for 2 outputs" in written.message
    hidden = mlpviz.check_formula("(A[2] - Y) * f'(Z[2]) / m", "delta[2]", SQUARED)
    assert hidden.kind == "wrong"
    assert {"accident", "missing 2", "missing 1/n"} <= set(hidden.causes)
    assert "2 outputs" in hidden.message
    for verdict in (written, hidden):
        (suggestion,) = verdict.suggestions
        assert "n" in suggestion.text
        elsewhere = mlpviz.check_formula(suggestion.text, "delta[2]", replace(SQUARED, widths=(2, 3, 4)))
        assert elsewhere.kind == "right"
        assert "only for" not in elsewhere.message
    forgotten = mlpviz.check_formula("(A[2] - Y) * f'(Z[2]) / (m n[2])", "delta[2]", SQUARED)
    assert forgotten.causes == ("missing 2", "factor")
    assert "2 of the square" in forgotten.message


def test_a_slope_of_another_activation_is_called_that_however_it_is_written():
    for its_own, other, case in list(slopes())[::5]:  # all of them: python -m tests.measure.causes --slopes
        verdict = mlpviz.check_formula(case.text, case.target, case.architecture)
        assert verdict.kind == "wrong", (its_own, case)
        assert "wrong slope" in verdict.causes, (its_own, case)
        for name in (its_own, other):
            assert ACTIVATIONS[name].title in verdict.message, (its_own, case, verdict.message)
        assert verdict.suggestions[0].right


def test_two_thirds_of_a_division_are_named_as_two_causes():
    verdict = mlpviz.check_formula("1/m * (delta[2].T @ A[1]) * 2", "dW[2]", MEAN)
    assert set(verdict.causes) == {"extra 2", "factor", "extra 1/m"}
    assert [each.text for each in verdict.suggestions] == ["delta[2].T @ A[1]"]


LEFT = [
    ("dZ2 = (A2 - Y) * (1 - A2*A2)", "rows", "delta[2]", ("wrong slope",)),
    ("dW2 = dL/dW2 = delta2.T @ A1", "rows", "dW[2]", ()),
    ("δ^{l} = (W^{l+1})^T δ^{l+1} ⊙ f'(z^l)", "columns", "delta[1]", ()),
    ("Z[0] = X @ W[0].T + b[0]", "rows", "Z[1]", ()),
    (r"\frac{\partial C_0}{\partial W^{(L)}} = \delta^{(L)} a^{(L-1)T}", "columns", "dW[2]", ()),
    ("dA1 = delta2 @ W2", "rows", "dA[1]", ()),
]


def test_the_left_side_says_what_is_asked_for():
    for formula, notation, target, causes in LEFT:
        verdict = mlpviz.check_formula(formula, None, S4, notation)
        assert (str(verdict.target), verdict.causes) == (target, causes), (formula, verdict.message)
        assert (verdict.kind == "right") == (not causes), (formula, verdict.message)


def test_a_target_that_is_given_wins_but_the_slip_is_looked_for_where_the_left_side_points():
    verdict = mlpviz.check_formula("dZ2 = (A2 - Y) * (1 - A2*A2)", "dW[2]", S4)
    assert (verdict.kind, str(verdict.target)) == ("wrong", "dW[2]")
    assert {"wrong target", "wrong slope"} <= set(verdict.causes)
    assert "The left side names δ⁽²⁾" in verdict.message
    right = mlpviz.check_formula("dZ1 = delta2 @ W2 * f'(Z1)", "dW[2]", S4)
    assert (right.kind, right.causes) == ("wrong", ("wrong target",))


def test_each_of_several_equal_parts_is_judged():
    right = mlpviz.check_formula("dW2 = delta2.T @ A1 = (A1.T @ delta2).T", None, S4)
    assert (right.kind, [each.kind for each in right.sides]) == ("right", ["right", "right"])
    last = mlpviz.check_formula("dW2 = delta2.T @ A1 = A1.T @ delta2", None, S4)
    assert (last.kind, [each.kind for each in last.sides]) == ("wrong", ["right", "wrong"])
    first = mlpviz.check_formula("dW2 = ((Y - A2)*A2*(1-A2)).T @ A1 = delta2.T @ A1", "dW[2]", S4)
    assert (first.causes, [each.kind for each in first.sides]) == (("sign",), ["wrong", "right"])


def test_a_left_side_that_this_network_does_not_have_may_be_that_of_another_count():
    verdict = mlpviz.check_formula("δ^{3} = (a^3 - y) ⊙ f'(z^3)", None, S4, "columns")
    assert (verdict.kind, verdict.switches) == ("wrong", {"first_layer": 1})
    assert mlpviz.check_formula("δ^{3} = (W^{3})^T", None, S4, "columns").switches == {}


def test_names_of_ones_own_are_what_is_said_of_them():
    assert mlpviz.check_formula("dW2 = delta2.T @ h", None, S4, given={"h": "A[1]"}).kind == "right"
    assert mlpviz.check_formula("dW2 = delta2.T @ h", None, S4, given={"h": "A[0]"}).kind == "wrong"
    from_one = mlpviz.check_formula("delta3.T @ h", "dW[3]", S4, FROM_ONE, given={"h": "A[2]"})
    assert from_one.kind == "shape"  # h is a column a sample there
    for given in ({"h": "A[7]"}, {"h": "nothing"}, {"h": 3}):
        with pytest.raises(ValueError, match="given must say"):
            mlpviz.check_formula("dW2 = delta2.T @ h", None, S4, given=given)


def test_a_network_must_be_given():
    with pytest.raises(ValueError, match="architecture must be an Architecture"):
        mlpviz.check_formula("dW2 = delta2.T @ A1")


UPDATES = {
    "W2 -= lr * delta2.T @ A1": ("right", (), ()),
    "W2 = W2 - learning_rate * (delta2.T @ A1)": ("right", (), ()),
    "W2 += -lr * dW2": ("right", (), ()),
    r"W_2 \leftarrow W_2 - \eta\, \delta_2^T A_1": ("right", (), ()),
    "W2 = W2 - lr * dW2": ("right", (), ()),
    "W2 += lr * delta2.T @ A1": ("wrong", ("sign",), ("W2 -= lr * delta2.T @ A1",)),
    "W2 = W2 + lr * dW2": ("wrong", ("sign",), ()),
    "W2 -= lr * delta2.T @ A1 / m": ("wrong", ("extra 1/m",), ("W2 -= lr * delta2.T @ A1",)),
    "b2 -= lr * np.sum(delta2)": ("wrong", ("one number",), None),
}


def test_an_update_is_judged_by_the_gradient_in_it():
    for text, (kind, causes, suggestions) in UPDATES.items():
        for target in (None, "db[2]" if text.startswith("b") else "dW[2]"):
            verdict = mlpviz.check_formula(text, target, S4)
            assert (verdict.kind, verdict.causes) == (kind, causes), (text, verdict.message)
            if suggestions is not None:
                assert tuple(each.text for each in verdict.suggestions) == suggestions, text
        for suggestion in verdict.suggestions:
            assert mlpviz.check_formula(suggestion.text, None, S4).kind == "right", suggestion
    assert "uphill" in mlpviz.check_formula("W2 += lr * dW2", None, S4).message
    assert mlpviz.check_formula("W2 -= lr * delta2.T @ A1", "dW[1]", S4).causes == ("wrong target",)
    assert mlpviz.check_formula("lr * delta2.T @ A1", "dW[2]", S4).causes == ("extra rate",)


SEVERAL = {
    "g = A2 - Y\nd = g * A2 * (1 - A2)\nW2 -= lr * np.dot(d.T, A1)": "right",
    "g = A2 - Y\nd = g * A2 * (1 - A2)\nW2 += lr * d.T @ A1": "wrong",
    "W2 -= lr * dW2\nb2 -= lr * db2": "right",
    "W2 -= lr * dW2\nb2 += lr * db2": "wrong",
    "d = (A2 - Y) * A2 * (1 - A2)\ndW2 = np.dot(d.T, A1)\ndb2 = np.sum(d, axis=0)": "right",
    "d = (A2 - Y) * A2 * (1 - A2)\ndW2 = np.dot(d.T, A1)\ndb2 = np.sum(d, axis=1)": "wrong",
    "d = A2 - Y\nd *= A2\nd *= 1 - A2\ndW2 = np.dot(d.T, A1)": "right",
    "delta2[A2 > Y] = 0": "refused",
    "delta2 = A2.copy()\ndelta2[np.arange(m), y] -= 1\ndelta2 /= m": "refused",
    "delta2[:, 0] = A2 - Y": "refused",
    "delta2 = A2 - Y\ndelta2[A2 > Y] = 1": "refused",
}


def test_lines_of_a_text_know_what_the_lines_before_have_given():
    for text, kind in SEVERAL.items():
        verdict = mlpviz.check_formula(text, None, S4)
        assert verdict.kind == kind, (text, verdict.message)
        assert kind != "refused" or "as a program" in verdict.message


WHOLE = {
    "delta2 = (A2 - Y) * A2 * (1 - A2) / m": (CLASSES, "Altogether: (A2 - Y) / m."),
    "J = -np.sum(Y * np.log(A2) + (1 - Y) * np.log(A2)) / m": (BINARY, "np.log(1 - A2)) / m."),
}
UNTRUE = {
    "A2 = np.exp(Z2) / np.sum(np.exp(Z2), axis=0)": (CLASSES, "lost the axis"),
    "delta2 = (A2 - Y) * sigmoid(Z2)": (S4, "softplus"),
}


def test_what_is_written_over_in_part_is_given_whole_where_it_does_not_fit_in():
    for text, (network, words) in WHOLE.items():
        assert words in mlpviz.check_formula(text, None, network).message, text


def test_nothing_untrue_is_said_of_a_lost_axis_or_a_missing_prime():
    for text, (network, words) in UNTRUE.items():
        verdict = mlpviz.check_formula(text, None, network)
        assert verdict.kind == "wrong", text
        assert words not in verdict.message, text


def test_the_slope_of_a_stand_in_is_not_that_of_the_layer():
    """Softplus stands in for ReLU where slopes are tried; nobody's softplus is right for that."""
    for slope in ("sigmoid(Z1)", "1 / (1 + np.exp(-Z1))", "softplus_prime(Z1)"):
        verdict = mlpviz.check_formula(f"delta2 @ W2 * ({slope})", "delta[1]", S4)
        assert (verdict.kind, verdict.switches) == ("wrong", {}), (slope, verdict.message)
        assert "softplus" in verdict.message
        assert verdict.suggestions[0].right


def test_the_letter_of_a_layer_is_what_makes_the_left_side_the_target():
    formula = r"\delta^{(l-1)} = W^{(l)\top} \delta^{(l)} \odot f'(z^{(l-1)})"
    assert mlpviz.check_formula(formula, "delta[1]", S4, "columns").kind == "right"


def test_a_layer_that_is_called_l2_is_not_taken_for_the_penalty_without_a_word():
    verdict = mlpviz.check_formula("(y - l2) * (l2 * (1 - l2))", "delta[2]", S4)
    assert "l2 was read as λ" in verdict.message
    assert verdict.causes == ("sign",)
    right = mlpviz.check_formula("(l2 - y) * (l2 * (1 - l2))", "delta[2]", S4)
    assert (right.kind, [each.right for each in right.suggestions]) == ("wrong", [True])
    assert mlpviz.check_formula(right.suggestions[0].text, "delta[2]", S4).kind == "right"
    decay = mlpviz.check_formula("l2 * W2", "dW[2]", DECAY)
    assert decay.causes == ("missing term",)
    assert mlpviz.check_formula(decay.suggestions[0].text, "dW[2]", DECAY).kind == "right"
    assert "l2 was read" not in mlpviz.check_formula("A1.T @ delta2 + l2 * W2", "dW[2]", S4).message


CODE = [
    ("np.sum(delta2)", "db[2]", "one number"),
    ("delta2.sum(axis=1)", "db[2]", "wrong axis"),
    ("np.mean(delta2, axis=0)", "db[2]", "extra 1/m"),
    ("np.outer(delta2, A1)", "dW[2]", "outer"),
    ("0.5 * np.sum(A2 - Y)**2", "cost", "square of a sum"),
    ("0.5 * np.sum(A2 - Y)", "cost", "missing square"),
    ("np.sum((A2 - Y)**2)", "cost", "factor"),
    ("0.5 * (A2 - Y)**2", "cost", "missing sum"),
    ("np.minimum(0, Z1)", "A[1]", "wrong activation"),
    ("sigmoid(Z1)", "A[1]", "wrong activation"),
    ("1 / (1 + np.exp(Z2))", "A[2]", "sign"),
    ("(delta2 @ W2) * (Z1 < 0)", "delta[1]", "wrong slope"),
    ("((A2 - X) * A2 * (1 - A2)).T @ A1", "dW[2]", "wrong array"),
    ("delta2 / W2 * (Z1 > 0)", "delta[1]", "division"),
]


def test_the_mistakes_of_code_are_named():
    for formula, target, cause in CODE:
        verdict = mlpviz.check_formula(formula, target, S4)
        assert verdict.kind in ("wrong", "shape"), formula
        assert cause in verdict.causes, (formula, verdict.message)
        assert verdict.suggestions[0].right, formula
        again = mlpviz.check_formula(verdict.suggestions[0].text, target, S4)
        assert again.kind == "right", (formula, verdict.suggestions[0], again.message)
    two = mlpviz.check_formula("-np.sum(Y * A3) / m", "cost", S2)
    assert two.causes == ("missing log",)


def test_a_sum_without_keepdims_is_right_with_a_word():
    assert "keepdims" in mlpviz.check_formula("np.sum(delta2, axis=0)", "db[2]", S4).message
    assert "keepdims" not in mlpviz.check_formula("np.sum(delta2, axis=0, keepdims=True)", "db[2]", S4).message


def test_functions_of_two_arrays_take_arrays_of_one_shape():
    for formula in ("np.maximum(X, A1)", "np.minimum(b2, dZ2)", "np.exp(np.maximum(X, b1)) - 2"):
        assert mlpviz.check_formula(formula, "Z[1]", S4).kind in ("shape", "wrong"), formula
    assert mlpviz.check_formula("np.maximum(0, Z1)", "A[1]", S4).kind == "right"


def test_a_chain_and_a_product_under_a_left_side_of_another_layer_end_in_the_order_that_is_right():
    chain = " ".join(rf"\frac{{\partial {a}}}{{\partial {b}}}" for a, b in pairwise(["L", "z_2", "a_1", "z_1", "W_1"]))
    product = r"(a_2 - y) W_2 \odot f'(z_1) x^T"
    network = mlpviz.Architecture((2, 3, 2), ("sigmoid", "identity"), "half_squared_error", "sum")
    line = rf"\frac{{\partial L}}{{\partial W_2}} = {chain} = {product}"
    verdict = mlpviz.check_formula(line, "dW[1]", network, "columns")
    assert verdict.kind == "shape"
    assert verdict.causes[0] == "wrong target"
    assert verdict.suggestions[0].right
