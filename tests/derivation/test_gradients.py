"""What every page says of the gradients of weights and biases is one thing, for one sample and for a batch."""

import mlpviz
from mlpviz.derivation import gradients
from mlpviz.derivation.notation import Notation
from mlpviz.derivation.printing.code import code
from mlpviz.derivation.printing.latex import equation_latex
from mlpviz.derivation.printing.line_latex import line_latex
from mlpviz.derivation.walkthroughs import WALKTHROUGHS
from mlpviz.interface.stepper.texts import sentence
from mlpviz.maths.equations import steps
from mlpviz.maths.expressions import Symbol
from tests.support.lines import scenes, update_of
from tests.support.networks import view_of

LAST = ("entries", "batch", "algorithm", "modules")
"""The walkthroughs whose last line for the biases is the equation of the pass."""


def bias_step(network, batch, notation):
    update = update_of(network, batch)
    view = view_of(update, notation)
    step = next(each for each in steps(update.trace.architecture) if each.equation.name == "bias gradient")
    return step, view, update.trace


def test_step_derive_and_check_say_the_same_of_db():
    for notation in (Notation(), Notation("columns"), Notation("columns", division="gradients")):
        for batch in (False, True):
            step, view, trace = bias_step("softmax-batch", batch, notation)
            formula, L = equation_latex(step.equation, view), step.layer
            for name in LAST:
                if WALKTHROUGHS[name].batch != batch:
                    continue
                scene = next(each for each in scenes(WALKTHROUGHS[name], "softmax-batch", notation) if each.layer == L)
                chain = next(each for each in WALKTHROUGHS[name].chains(scene) if each.target == Symbol("db", L))
                assert line_latex(chain.target, chain.lines[-1].value, scene.view) == formula, name
            line = code(step.equation, view, "numpy")
            verdict = mlpviz.check_formula(
                line, f"db[{L}]", trace.architecture, notation, trace.parameters, trace.A[0], trace.Y
            )
            assert verdict.kind == "right", verdict.message


def test_one_sentence_for_one_sample_one_for_a_batch_and_one_where_it_is_divided():
    said = {}
    for notation in (Notation(), Notation(division="gradients")):
        for batch in (False, True):
            step, view, _ = bias_step("softmax-batch", batch, notation)
            said[notation.division, batch] = sentence(step, view)
            assert str(gradients.of_biases(view, "δ")) == said[notation.division, batch]
    assert said["error", False] == said["gradients", False]
    assert len({*said.values()}) == 3
    assert "divided by" in said["gradients", True]
    scene = next(scenes(WALKTHROUGHS["algorithm"], "softmax-batch", Notation()))
    reasons = [str(line.reason) for chain in WALKTHROUGHS["algorithm"].chains(scene) for line in chain.lines]
    assert str(gradients.of_biases(scene.view, Symbol("delta", 3))) in reasons
