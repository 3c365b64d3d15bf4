"""What is shown has the value of what is computed, without a 1 that stands for nothing and with its scale in front."""

from dataclasses import replace

import numpy as np
import pytest

import mlpviz
from mlpviz.derivation.calculus import Assembled
from mlpviz.derivation.notation import Notation, written
from mlpviz.derivation.plain import displayed, is_constant, needs_whole_targets, plain
from mlpviz.derivation.printing.code import code
from mlpviz.derivation.printing.latex import entry_latex, equation_latex
from mlpviz.derivation.printing.line_latex import line_latex
from mlpviz.derivation.scene import DerivationView, Scene
from mlpviz.derivation.view import View
from mlpviz.derivation.walkthroughs import WALKTHROUGHS
from mlpviz.engine.descent import Update
from mlpviz.engine.evaluate import evaluate
from mlpviz.maths.expressions import Divide, Number, Symbol, walk
from tests.support.networks import CASES, NOTATIONS, case, passes, shown, view_of
from tests.support.oracle import problem


def near(found, right):
    """Whether two results agree to 12 digits of the largest number."""
    scale = np.max(np.abs(right), initial=1, where=np.isfinite(right))
    return np.allclose(found, right, rtol=0, atol=1e-12 * scale, equal_nan=True)


def check_plain(node, view):
    """No division by 1, no m of one sample, and no fraction over numbers but one of numbers."""
    for part in walk(node):
        if isinstance(part, Assembled):
            check_plain(part.body, view)
        if isinstance(part, Divide):
            assert part.right != Number(1)
            assert is_constant(part.left) or not is_constant(part.right), part
        assert not (view.single and part == Symbol("m")) or isinstance(node, Assembled)


@pytest.mark.parametrize("name", CASES)
def test_what_is_shown_is_what_is_computed(name):
    update = case(name)
    for notation in NOTATIONS:
        view, value = view_of(update, notation), shown(update, notation)
        for step in passes(name):
            right = evaluate(written(step.equation, notation).value, value)
            for opened in (True, False):
                tree = displayed(step.equation, view, opened).value
                assert near(evaluate(tree, value), right), (step.equation.name, notation)
            check_plain(displayed(step.equation, view).value, view)


@pytest.mark.parametrize(
    "name", ["everything", "one layer", "softmax-batch", "mazur", "one-neuron", "unpaired softmax"]
)
def test_a_line_that_is_shown_is_the_line(name):
    whole = case(name)
    trace = whole.trace
    alone = Update(mlpviz.backpropagate(trace.parameters, trace.A[0][:1], trace.Y[:1]), 0.5)
    for walkthrough in WALKTHROUGHS.values():
        update = whole if walkthrough.batch else alone
        for notation in (NOTATIONS[0], NOTATIONS[-1]):
            view = DerivationView.of(update.trace, notation)
            for layer in walkthrough.layers(trace.architecture):
                scene = Scene(update, view, layer)
                for line in (line for chain in walkthrough.chains(scene) for line in chain.lines):
                    tree = plain(line.value, view)
                    assert near(scene.value(tree), scene.value(line.value)), line.title
                    check_plain(tree, view)
                    assert plain(tree, view) == tree


def output_error(Y, reduction="mean_samples"):
    """The output error of softmax with cross-entropy at given targets, in every way of writing it."""
    architecture = mlpviz.Architecture((2, 3), ("softmax",), "cross_entropy", reduction)
    parameters, X, _ = problem(architecture, len(Y), seed=3)
    view = View.of(mlpviz.backpropagate(parameters, X, Y), Notation())
    (step,) = (s for s in mlpviz.maths.equations.steps(architecture) if s.equation.name == "output error")
    texts = [equation_latex(step.equation, view), entry_latex(step.equation, view), code(step.equation, view, "numpy")]
    return texts, needs_whole_targets(step.equation, view)


def test_softmax_and_cross_entropy_leave_output_minus_target_where_the_targets_add_up_to_1():
    assert output_error([[0, 1, 0], [0.5, 0.25, 0.25]]) == (
        [
            r"\Delta^{(1)} = \frac{1}{m}\,\left(A^{(1)} - Y\right)",
            r"\delta^{(1)}_{ij} = \frac{1}{m}\,\left(a^{(1)}_{ij} - y_{ij}\right)",
            "delta[1] = (A[1] - Y) / m",
        ],
        True,
    )
    assert output_error([[0, 1, 0]]) == (
        [r"\delta^{(1)} = a^{(1)} - y", r"\delta^{(1)}_{j} = a^{(1)}_{j} - y_{j}", "delta[1] = A[1] - Y"],
        True,
    )


def test_other_targets_keep_the_general_form():
    texts, needed = output_error([[0, 1, 0], [1, 1, 0]])
    assert texts[0] == r"\Delta^{(1)} = \frac{1}{m}\,\left(A^{(1)} \odot \left(Y\,\mathbf{1}\right) - Y\right)"
    assert "Y.sum(axis=1, keepdims=True)" in texts[2]
    assert not needed
    assert output_error([[0, 2, 0]], "sum")[0][1] == (
        r"\delta^{(1)}_{j} = a^{(1)}_{j}\,\left(\sum_{k=1}^{n_{1}} y_{k}\right) - y_{j}"
    )


def test_the_sentence_of_the_step_says_where_the_form_comes_from():
    from mlpviz.interface.stepper.payload import Payload  # needs Streamlit

    view = view_of(case("softmax-batch"), Notation())
    said = {
        whole: [step["text"] for step in Payload(case("softmax-batch"), each).data()["steps"]]
        for whole, each in ((True, view), (False, replace(view, whole_targets=False)))
    }
    differing = [(one, other) for one, other in zip(said[True], said[False], strict=True) if one != other]
    assert len(differing) == 1
    assert "sum of the sample's targets" in differing[0][0]


def test_one_sample_has_no_m_and_a_batch_has_its_share_in_front():
    view = DerivationView.of(case("mazur").trace, Notation())
    scene = Scene(case("mazur"), view, 2)
    texts = [
        line_latex(chain.target, line.value, view)
        for walkthrough in WALKTHROUGHS.values()
        for chain in walkthrough.chains(scene)
        for line in chain.lines
    ]
    assert not any("{m}" in text or "{1}{" in text for text in texts if "flat" not in text), texts
