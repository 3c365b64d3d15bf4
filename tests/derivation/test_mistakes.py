"""A right formula with one mistake in it: never right by another way, and named as the checker names it."""

import numpy as np
import pytest

import mlpviz
from mlpviz.derivation.checker import mistakes as module
from mlpviz.derivation.checker.mistakes import mistakes
from mlpviz.derivation.notation import Notation
from mlpviz.derivation.plain import displayed
from mlpviz.derivation.scene import DerivationView, Scene
from mlpviz.derivation.walkthroughs import WALKTHROUGHS
from mlpviz.engine.descent import Update
from mlpviz.engine.evaluate import evaluate
from mlpviz.maths.shapes import ShapeError
from tests.support.lines import scenes
from tests.support.networks import CASES, NOTATIONS, case, shown, view_of

ROWS = Notation()


def keys(name, equation, layer):
    """The kinds of the mistakes that can be made in an equation of a network."""
    update, view = case(name), view_of(case(name), ROWS)
    step = next(each for each in update.steps if (each.equation.name, each.layer) == (equation, layer))
    return {mistake.key for mistake in mistakes(displayed(step.equation, view).value, view)}


def test_what_can_go_wrong_is_what_people_do():
    assert {"order", "transposed", "missing bias", "sign"} <= keys("two-three-two", "affine map", 1)
    assert {"order", "transposed", "missing slope", "sign"} <= keys("two-three-two", "hidden error", 1)
    assert {"missing square", "extra 2", "sign"} <= keys("two-three-two", "loss", 2)
    assert {"missing slope", "sign", "missing term"} <= keys("two-three-two", "output error", 2)
    assert "missing 1/m" in keys("kinks", "output error", 3)
    assert "missing 1/(m n)" in keys("everything", "output error", 3)
    assert "missing slope" not in keys("everything", "output error", 3)  # softmax and its loss cancel there


@pytest.mark.parametrize("name", CASES)
def test_a_mistake_is_none_of_the_right_formulas(name):
    update = case(name)
    for notation in NOTATIONS[:: len(NOTATIONS) - 1]:
        view, value = view_of(update, notation), shown(update, notation)
        for step in update.steps:
            right = displayed(step.equation, view).value
            found = mistakes(right, view)
            assert found, step.equation.name
            assert len({mistake.formula for mistake in found} | {right}) == len(found) + 1
            for mistake in found:
                assert "{" not in mistake.sentence
                if name == "everything":
                    assert not comes_to(mistake.formula, right, view, value), (step.equation.name, mistake.key)


def comes_to(formula, right, view, value):
    """Whether two formulas come to the same on a network."""
    try:
        view.shape(formula)
    except ShapeError:
        return False
    found, due = (np.atleast_2d(evaluate(each, value)) for each in (formula, right))
    return found.shape == due.shape and np.allclose(found, due, rtol=1e-9)


def test_the_checker_names_what_was_made():
    architecture = case("two-three-two").trace.architecture
    spelled = {
        ("weight gradient", 2, "dW[2]"): {"order": "A[1] @ delta[2].T", "sign": "-delta[2].T @ A[1]"},
        ("hidden error", 1, "delta[1]"): {"missing slope": "delta[2] @ W[2]"},
        ("affine map", 1, "Z[1]"): {"missing bias": "X @ W[1].T", "sign": "X @ W[1].T - b[1]"},
    }
    for (equation, layer, target), texts in spelled.items():
        for key, text in texts.items():
            verdict = mlpviz.check_formula(text, target=target, architecture=architecture, notation="rows")
            assert key in keys("two-three-two", equation, layer)
            assert key in verdict.causes or (key == "order" and verdict.kind == "shape"), (text, verdict.causes)


@pytest.mark.parametrize("name", WALKTHROUGHS)
def test_every_line_can_be_got_wrong(name):
    for preset in ("two-three-two", "softmax-batch"):
        for scene in scenes(WALKTHROUGHS[name], preset, ROWS):
            for chain in WALKTHROUGHS[name].chains(scene):
                for line in chain.lines:
                    found = mistakes(line.value, scene.view)
                    assert found, (chain.title, line.title)
                    assert all(mistake.formula != line.value for mistake in found)


def test_mistakes_of_a_deep_network_are_tried_on_few_numbers(monkeypatch):
    """A column of all parameters minus a row of them would be their square."""
    made = []

    def noted(formula, drawn):
        value = evaluate(formula, drawn)
        made.append(np.size(value))
        return value

    monkeypatch.setattr(module, "evaluate", noted)
    architecture = mlpviz.Architecture((4,) * 33, ("tanh",) * 32, "half_squared_error", "sum")
    parameters = mlpviz.initialize(architecture, "xavier_normal", 0, "float64")
    update = Update(mlpviz.backpropagate(parameters, np.ones((1, 4)), np.ones((1, 4))), 0.1)
    walkthrough = WALKTHROUGHS["chain-rule"]
    scene = Scene(update, DerivationView.of(update.trace, walkthrough.notation(ROWS)), walkthrough.opens(architecture))
    for chain in walkthrough.chains(scene):
        assert all(mistakes(line.value, scene.view) for line in chain.lines)
    assert max(made) <= module.MOST_ENTRIES
