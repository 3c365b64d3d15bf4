"""Replace one equation while the program runs: engine, formula, Σ form, code, shapes and the browser's tree follow.

Each of them reads the equation itself, so none can say or do anything else than the others.
"""

import json

import numpy as np
import pytest

import mlpviz
from mlpviz.derivation.indices import entry
from mlpviz.derivation.notation import written
from mlpviz.derivation.printing.code import code
from mlpviz.derivation.printing.latex import entry_latex, equation_latex
from mlpviz.derivation.view import View
from mlpviz.engine.descent import Update
from mlpviz.engine.evaluate import evaluate
from mlpviz.maths.equations import (
    EQUATIONS,
    A,
    Equation,
    W,
    b,
    equation,
    steps,
)
from mlpviz.maths.shapes import ShapeError, size
from tests.support.entries import entry_value
from tests.support.equations import MISSHAPEN, OTHERS
from tests.support.networks import NOTATIONS, cells, notations_of, same, shown
from tests.support.oracle import problem

ARCHITECTURE = mlpviz.Architecture(
    (2, 3, 5, 4), ("tanh", "sigmoid", "softmax"), "cross_entropy", "mean_samples", l2=0.3
)
SAMPLES = 6


@pytest.fixture
def replace(monkeypatch):
    """Put another expression in the place of an equation's own, until the test ends."""

    def put(name, value):
        monkeypatch.setitem(EQUATIONS, name, Equation(name, EQUATIONS[name].target, value))

    return put


def update():
    """A pass and an update, the engine bound to the equations as they stand now; a small one, as wrong ones go far."""
    return Update(mlpviz.backpropagate(*problem(ARCHITECTURE, SAMPLES, seed=3)), 1e-4)


def layer_of(name):
    """A layer at which an equation stands."""
    return next(step.layer for step in steps(ARCHITECTURE) if step.equation.name == name)


def readings(name):
    """What each reader makes of an equation: numbers, formula, Σ form, code, shapes, and the tree in the browser."""
    from mlpviz.interface.stepper.payload import Payload  # needs Streamlit, and others need these equations without

    run, layer, view = update(), layer_of(name), View(ARCHITECTURE, SAMPLES)
    now = equation(ARCHITECTURE, name, layer)
    data = Payload(run, view).data()
    step = next(step for step in data["steps"] if (step["name"], step["layer"]) == (name, layer))
    return {
        "engine": np.array(run.value(now.target)).round(12).tolist(),
        "formula": equation_latex(now, view),
        "shapes": equation_latex(now, view, shapes=True),
        "sum": entry_latex(now, view),
        "numpy": code(now, view, "numpy"),
        "torch": code(now, view, "torch"),
        "tree": json.dumps(step["tree"]),
    }


def test_every_equation_has_another():
    assert set(OTHERS) == set(MISSHAPEN) == set(EQUATIONS)


@pytest.mark.parametrize("name", OTHERS)
def test_every_reader_follows(name, replace):
    before = readings(name)
    replace(name, OTHERS[name])
    after = readings(name)
    for reader, reading in before.items():
        assert after[reader] != reading, reader


@pytest.mark.parametrize("name", OTHERS)
def test_all_readers_say_the_same_of_the_other_equation(name, replace):
    """The numbers are those of the new equation, and so is each sum."""
    replace(name, OTHERS[name])
    run = update()
    for notation in NOTATIONS:
        view, value = View(ARCHITECTURE, SAMPLES, notation), shown(run, notation)
        for step in steps(ARCHITECTURE):
            if step.equation.name != name:
                continue
            now = written(step.equation, notation)
            right = np.atleast_2d(value(now.target))
            assert same(np.atleast_2d(evaluate(now.value, value)), right)
            form = entry(now.value, view)
            sizes = lambda dimension: size(dimension, ARCHITECTURE, SAMPLES)  # noqa: E731
            for i, j in cells(right.shape, 4):
                assert same(entry_value(form, value, sizes, {"i": i, "j": j}), right[i, j])


@pytest.mark.parametrize("name", OTHERS)
def test_each_cell_expands_to_the_other_equation(name, replace):
    from tests.support.node import (  # needs Streamlit, and others need these equations without
        check_expansions,
        travelled,
    )

    replace(name, OTHERS[name])
    run = update()
    for notation in notations_of(name):
        data, _ = travelled(run, notation)
        data["steps"] = [step for step in data["steps"] if step["name"] == name]
        assert check_expansions(data, 6)


@pytest.mark.parametrize("name", OTHERS)
def test_nothing_is_left_of_a_replacement(name, replace, monkeypatch):
    before = readings(name)
    replace(name, OTHERS[name])
    readings(name)
    monkeypatch.undo()
    assert readings(name) == before


@pytest.mark.parametrize("name", MISSHAPEN)
def test_what_does_not_multiply_is_refused(name, replace):
    replace(name, MISSHAPEN[name])
    with pytest.raises(ShapeError, match=r"is \(.*\) and "):
        update()


@pytest.mark.parametrize("name", ["affine map", "output error", "hidden error", "weight gradient", "weight update"])
def test_the_writers_refuse_what_does_not_multiply(name, replace):
    """They name the operands and the axes, too."""
    replace(name, MISSHAPEN[name])
    now, view = equation(ARCHITECTURE, name, layer_of(name)), View(ARCHITECTURE, SAMPLES)
    for write in (lambda: entry_latex(now, view), lambda: view.size(now.value)):
        with pytest.raises(ShapeError, match=r"is \(.*\) and .* is \(.*\): .* differ"):
            write()


def test_an_equal_product_written_otherwise_is_shown_as_it_is_written(replace):
    """The numbers stay, the formula, its shapes and its code do not."""
    before = readings("affine map")
    replace("affine map", b + A.below @ W.T)
    after = readings("affine map")
    assert after["engine"] == before["engine"]
    assert after["formula"] == r"Z^{(1)} = b^{(1)} + X\,W^{(1)\top}"
    assert after["numpy"] == "Z[1] = b[1] + X @ W[1].T"
    assert [after[reader] != before[reader] for reader in ("shapes", "sum", "torch", "tree")] == [True] * 4
