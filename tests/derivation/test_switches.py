"""Which layer's number W and b carry, and where 1/m stands: every formula, line and number follows."""

from dataclasses import replace

import numpy as np

import mlpviz
from mlpviz.derivation.general import backward_lines, forward_lines
from mlpviz.derivation.notation import Notation
from mlpviz.derivation.plain import displayed
from mlpviz.derivation.printing.code import code
from mlpviz.derivation.printing.latex import equation_latex
from mlpviz.derivation.printing.line_code import LineCoder
from mlpviz.derivation.printing.text import label, spoken
from mlpviz.derivation.view import View
from mlpviz.derivation.walkthroughs import WALKTHROUGHS
from mlpviz.engine.evaluate import evaluate
from mlpviz.maths.equations import steps
from mlpviz.maths.expressions import Symbol
from tests.support.lines import errors, scenes
from tests.support.networks import CASES, NOTATIONS, SWITCHES, case, passes, same, shown, view_of

NETWORK = mlpviz.Architecture((2, 3, 4), ("sigmoid", "sigmoid"), "binary_cross_entropy", "mean_samples", l2=0.1)
LEAVES, GRADIENTS = Notation("columns", numbered="leaves"), Notation("columns", division="gradients")


def written(notation, phase="backward", architecture=NETWORK, m=5):
    """The formulas of a phase, or of both passes."""
    view = View(architecture, m, notation)
    return [equation_latex(step.equation, view) for step in steps(architecture) if step.phase == phase]


def test_every_equation_is_the_array_it_claims_under_every_switch():
    """The eight combinations of rows, layout and the order of W times the four of numbers and division."""
    for name in CASES:
        update = case(name)
        for notation in (replace(each, **switches) for each in NOTATIONS for switches in SWITCHES):
            value, view = shown(update, notation), view_of(update, notation)
            for step in passes(name):
                equation = displayed(step.equation, view)
                right = np.atleast_2d(value(equation.target))
                assert same(np.atleast_2d(evaluate(equation.value, value)), right), (name, notation, step)


def test_every_line_is_the_array_it_claims_where_the_gradients_divide():
    for name in ("batch", "algorithm", "entries", "modules"):
        for case_name in ("everything", "no bias", "unpaired softmax", "one layer", "softmax-batch", "three-levels"):
            for notation in (replace(each, division="gradients") for each in NOTATIONS[::3]):
                for scene in scenes(WALKTHROUGHS[name], case_name, notation):
                    for chain in WALKTHROUGHS[name].chains(scene):
                        assert max(errors(scene, chain)) < 1e-9, (name, case_name, notation, scene.layer, chain.title)


def test_weights_carry_the_number_of_the_layer_that_they_leave():
    assert written(LEAVES, "forward")[0].startswith(r"Z^{(1)} = W^{(0)}\,X + b^{(0)}")
    view = View(NETWORK, 5, replace(LEAVES, first_layer=1))
    weights = next(step for step in steps(NETWORK) if step.equation.name == "weight gradient")
    assert code(weights.equation, view, "numpy") == "dW[2] = delta[3] @ A[2].T + l2 * W[2]"
    assert [label(Symbol(name, 2), view)[1][0] for name in ("W", "b", "Z", "A", "delta")] == [
        "(2)",
        "(2)",
        *["(3)"] * 3,
    ]
    assert str(spoken(Symbol("dW", 2), view)) == "∂J/∂W layer 2"
    general = [*forward_lines(view), *backward_lines(view)]
    assert any(r"W^{(l-1)}\,A^{(l-1)}" in line for line in general)
    assert any(r"W^{(l)\top}\,\Delta^{(l+1)}" in line for line in general)


def test_where_the_gradients_divide_the_error_does_not():
    lines = written(GRADIENTS)
    assert lines[0] == r"\Delta^{(2)} = A^{(2)} - Y"
    assert lines[1].endswith(r"= \frac{1}{m}\,\Delta^{(2)}\,A^{(1)\top} + \lambda\,W^{(2)}")
    assert lines[2].endswith(r"= \frac{1}{m}\,\Delta^{(2)}\,\mathbf{1}")
    assert lines[3].endswith(r"\left(W^{(2)\top}\,\Delta^{(2)}\right) \odot \sigma'\left(Z^{(1)}\right)")
    view = View(NETWORK, 5, GRADIENTS)
    found = [code(step.equation, view, "numpy") for step in steps(NETWORK) if step.phase == "backward"]
    assert found[:3] == [
        "delta[2] = A[2] - Y",
        "dW[2] = (delta[2] @ A[1].T) / m + l2 * W[2]",
        "db[2] = delta[2].sum(axis=1, keepdims=True) / m",
    ]


def test_it_changes_nothing_in_a_sum_or_for_one_sample():
    for architecture, m in ((replace(NETWORK, reduction="sum"), 5), (NETWORK, 1)):
        plain = written(Notation("columns"), architecture=architecture, m=m)
        assert written(GRADIENTS, architecture=architecture, m=m) == plain
        assert View(architecture, m, GRADIENTS).times(Symbol("delta", 1)) == 1


def test_an_error_without_the_division_is_no_derivative_of_the_cost():
    for error, mean, elements in (
        ("slope", r"\frac{\partial \ell}{\partial Z^{(2)}}", r"\frac{\partial (mJ)}{\partial Z^{(2)}}"),
        ("nabla", r"\nabla_{Z^{(2)}} \ell", r"\nabla_{Z^{(2)}} (mJ)"),
        ("d", "dZ^{(2)}", "dZ^{(2)}"),
    ):
        notation = replace(GRADIENTS, error=error)
        assert written(notation)[0].startswith(mean + " = ")
        assert written(notation, architecture=replace(NETWORK, reduction="mean_elements"))[0].startswith(
            elements + " = "
        )
        assert "\\partial J" in written(replace(notation, error="slope"))[1].split("=")[0]  # the gradients are J's


def test_lines_of_derivations_have_the_numbers_of_their_formulas():
    scene = next(scenes(WALKTHROUGHS["entries"], "two-three-two", LEAVES))
    chain = WALKTHROUGHS["entries"].chains(scene)[0]
    lines = [LineCoder(scene.view, "numpy").line(chain.target, line.value) for line in chain.lines]
    assert all(line.startswith("dW[0] = ") for line in lines)
