"""Every line of every walkthrough is the array it claims to be: all networks, presets and layers, in every notation."""

import numpy as np
import pytest

import mlpviz
from mlpviz.derivation.beside import (
    backward_modules,
    composition,
    forward_modules,
    general_composition,
    route,
    side_by_side,
)
from mlpviz.derivation.derived import Derived, jacobian, path
from mlpviz.derivation.errata import ERRATA
from mlpviz.derivation.notation import Notation
from mlpviz.derivation.printing.line_latex import line_entry_latex, line_latex
from mlpviz.derivation.scene import DerivationView, Scene
from mlpviz.derivation.walkthroughs import WALKTHROUGHS
from mlpviz.engine.descent import Update
from mlpviz.examples.presets import PRESETS
from mlpviz.maths import equations
from mlpviz.maths.equations import Equation
from mlpviz.maths.expressions import Number, Symbol
from tests.support.lines import errors, scenes
from tests.support.networks import CASES, NETWORKS, NOTATIONS, notations_of
from tests.support.oracle import problem

ERROR = 1e-9


@pytest.mark.parametrize("case_name", CASES)
@pytest.mark.parametrize("name", WALKTHROUGHS)
def test_every_line_is_the_array_it_claims(name, case_name):
    walkthrough = WALKTHROUGHS[name]
    for notation in notations_of(name, case_name):
        for scene in scenes(walkthrough, case_name, notation):
            for chain in walkthrough.chains(scene):
                assert max(errors(scene, chain)) < ERROR, (notation, scene.layer, chain.title, errors(scene, chain))
                shape = np.atleast_2d(scene.shown(chain.target)).shape
                assert {scene.view.size(line.value) for line in chain.lines} == {shape}, (notation, chain.title)


@pytest.mark.parametrize("case_name", ["everything", "one sample", "no bias, one sample", *PRESETS])
@pytest.mark.parametrize("name", WALKTHROUGHS)
def test_every_line_is_written(name, case_name):
    walkthrough = WALKTHROUGHS[name]
    for notation in notations_of(name, case_name):
        for scene in scenes(walkthrough, case_name, notation):
            for chain in walkthrough.chains(scene):
                texts = [line_latex(chain.target, line.value, scene.view, shapes=True) for line in chain.lines]
                texts += [line_entry_latex(chain.target, line.value, scene.view) for line in chain.lines]
                assert all(
                    text.count("{") == text.count("}") and text.count(r"\left") == text.count(r"\right")
                    for text in texts
                )


@pytest.mark.parametrize("name", WALKTHROUGHS)
def test_chains_and_their_lines_have_words(name):
    walkthrough = WALKTHROUGHS[name]
    for case_name in ("two-three-two", "softmax-batch"):
        for scene in scenes(walkthrough, case_name, Notation()):
            for chain in walkthrough.chains(scene):
                assert chain.title
                assert chain.lines
                assert all(line.title and line.reason.endswith(".") for line in chain.lines)
    assert walkthrough.title
    assert walkthrough.about.endswith(".")
    assert set(walkthrough.errata) <= ERRATA.keys()


ENDS = {
    ("entries", "weight gradient"): "dW",
    ("entries", "bias gradient"): "db",
    ("entries", "hidden error"): "delta",
    ("neuron", "weight gradient"): "dW",
    ("batch", "weight gradient"): "dW",
    ("batch", "affine map"): "Z",
    ("modules", "hidden error"): "delta",
    ("outputs", "output error"): "delta",
    ("layouts", "hidden error"): "delta",
    ("strategies", "weight gradient"): "dW",
}


@pytest.mark.parametrize(("name", "equation"), ENDS)
def test_an_equation_that_is_replaced_changes_the_end_of_its_chain(name, equation, monkeypatch):
    walkthrough, old = WALKTHROUGHS[name], equations.EQUATIONS[equation]
    architecture = mlpviz.Architecture((2, 3, 2), ("tanh", "sigmoid"), "half_squared_error", "sum")
    parameters, X, Y = problem(architecture, 3 if walkthrough.batch else 1, seed=2)
    update = Update(mlpviz.backpropagate(parameters, X, Y), 0.5)
    layer = 2 if name == "outputs" else 1
    monkeypatch.setitem(equations.EQUATIONS, equation, Equation(old.name, old.target, old.value + Number(7)))
    scene = Scene(update, DerivationView.of(update.trace, Notation()), layer)
    target = Symbol(ENDS[name, equation], layer)
    chain = next(chain for chain in walkthrough.chains(scene) if chain.target == target and len(chain.lines) > 1)
    assert "+ 7" in line_latex(chain.target, chain.lines[-1].value, scene.view)
    assert errors(scene, chain)[-1] > 1e-3
    assert errors(scene, chain)[0] < ERROR


def test_softmax_collapses_only_if_the_targets_add_up_to_one():
    def titles(Y):
        architecture = mlpviz.Architecture((2, 3), ("softmax",), "cross_entropy", "mean_samples")
        parameters, X, _ = problem(architecture, 1, seed=2)
        update = Update(mlpviz.backpropagate(parameters, X, [Y]), 0.5)
        scene = Scene(update, DerivationView.of(update.trace, Notation()), 1)
        chain = WALKTHROUGHS["outputs"].chains(scene)[-1]
        assert max(errors(scene, chain)) < ERROR
        return [line.title for line in chain.lines]

    assert "The targets add up to 1" in titles((0.2, 0.3, 0.5))
    assert "The targets add up to 1" not in titles((0.2, 0.3, 0.7))


def test_columns_give_the_texts_own_lines():
    """Text S2 (column vectors): δaᵀ, Wᵀδ ⊙ f′; text S4 (denominator layout): the next factor goes to the left."""
    scene = next(scenes(WALKTHROUGHS["entries"], "two-three-two", Notation("columns")))
    texts = [
        line_latex(chain.target, chain.lines[-1].value, scene.view) for chain in WALKTHROUGHS["entries"].chains(scene)
    ]
    assert texts[0].endswith(r"\delta^{(1)}\,x^{\top}")
    assert texts[2].endswith(r"\left(W^{(2)\top}\,\delta^{(2)}\right) \odot \operatorname{ReLU}'\left(z^{(1)}\right)")
    one = WALKTHROUGHS["layouts"].chains(scene)[1]
    shapes = line_latex(one.target, one.lines[0].value, scene.view, shapes=True)
    assert [
        shapes.index(rf"_{{{shape}}}") for shape in (r"1\times 3", r"3\times 3", r"3\times 2", r"2\times 1")
    ] == sorted(shapes.index(rf"_{{{shape}}}") for shape in (r"1\times 3", r"3\times 3", r"3\times 2", r"2\times 1"))


def test_the_network_as_modules():
    scene = next(scenes(WALKTHROUGHS["modules"], "binary-classifier", Notation("columns", brackets="square")))
    assert composition(scene.view).startswith(r"\mathsf{MM}_{W^{[3]},\,b^{[3]}}\left(\sigma\left(\mathsf{MM}_{W^{[2]}")
    general = general_composition(scene.view, "r")
    assert general.startswith(r"\mathsf{MM}_{W^{[r]},\,b^{[r]}}\left(\sigma\left(\mathsf{MM}_{W^{[r-1]}")
    assert general.endswith(r"\cdots \mathsf{MM}_{W^{[1]},\,b^{[1]}}\left(x\right)\right)\right)\right)\right)")
    outside, inside = forward_modules(scene.view)
    assert outside[-2:] == [r"\ell = \ell\left(z^{[3]},\,y\right)", r"J = \ell"]
    assert inside[0] == r"a^{[3]} = \sigma\left(z^{[3]}\right)"
    assert r"\mathbf{1}" not in inside[1]  # one output needs no sum over outputs
    rows = backward_modules(scene.view)
    assert rows[0].endswith(r"\left(1\right)")
    assert len(rows) == 1 + 3 * 2 + 2 + 2


def test_a_route_names_its_arrays_once():
    scene = next(scenes(WALKTHROUGHS["entries"], "two-three-two", Notation("columns")))
    chain = WALKTHROUGHS["entries"].chains(scene)[0]
    rows = route([chain], scene.view)
    assert [row.startswith(" = ") for row in rows] == [False] + [True] * (len(chain.lines) - 1)
    assert rows[0] == line_latex(chain.target, chain.lines[0].value, scene.view)


@pytest.mark.parametrize("orientation", ["rows", "columns"])
def test_samples_stand_side_by_side_as_the_notation_has_them(orientation):
    scene = next(scenes(WALKTHROUGHS["batch"], "binary-classifier", Notation(orientation, brackets="square")))
    alone, together = side_by_side(scene, 4)
    first = {
        "columns": r"z^{[1]}_{:,1} = W^{[1]}\,x_{:,1} + b^{[1]}",
        "rows": r"z^{[1]}_{1,:} = x_{1,:}\,W^{[1]\top} + b^{[1]}",
    }
    assert (len(alone), alone[0]) == (3, first[orientation])
    assert together[0].count(r"\vert") == (6 if orientation == "columns" else 0)
    assert (r"\cdots" if orientation == "columns" else r"\vdots") in side_by_side(scene, 2)[1][0]


def test_derived_arrays_are_symbols_of_their_own():
    assert isinstance(path(Symbol("A", 1), Symbol("W", 1)), Derived)
    assert str(path(Symbol("A", 1), Symbol("W", 1))) == "path A[1] W[1]"
    assert set(NETWORKS) <= set(CASES)


def test_a_module_s_lines_say_what_it_carries_back():
    """Text S0: each begins with 𝓑 and v; the diagonal is its own transpose and is never shown transposed."""
    for notation in NOTATIONS:
        for scene in scenes(WALKTHROUGHS["modules"], "two-three-two", notation):
            chains = WALKTHROUGHS["modules"].chains(scene)
            called = [chain.lines[0].called for chain in chains if chain.lines[0].called]
            assert len(called) == 4, scene.layer
            first = chains[0].lines[0]
            assert r"\mathcal{B}\left[" in line_latex(chains[0].target, first.value, scene.view, called=first.called)
            texts = [line_latex(chain.target, line.value, scene.view) for chain in chains for line in chain.lines]
            assert not any(r"\operatorname{diag}" in text and r")\right)^{\top}" in text for text in texts)


def test_the_two_words_for_layouts_are_those_of_column_vectors():
    """∂u/∂v of m numbers by n numbers: m × n in numerator layout, n × m in denominator layout."""
    for layout, shape in (("numerator", (2, 3)), ("denominator", (3, 2))):
        notation = WALKTHROUGHS["layouts"].notation(Notation("rows", layout))
        scene = next(scenes(WALKTHROUGHS["layouts"], "two-three-two", notation))
        assert scene.view.size(jacobian(Symbol("Z", 2), Symbol("A", 1))) == shape
        said = WALKTHROUGHS["layouts"].chains(scene)[0].lines[0].reason
        side = "append each factor to the " + ("left" if layout == "denominator" else "right")
        assert side in said
