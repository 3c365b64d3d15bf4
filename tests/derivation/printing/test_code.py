"""Every line of code is run, by NumPy and by PyTorch, and computes the array that it names."""

from dataclasses import replace

import numpy as np
import pytest
import scipy.special

import mlpviz
from mlpviz.derivation.notation import Notation, written
from mlpviz.derivation.printing.code import DIALECTS, CodePrinter, code
from mlpviz.engine.descent import Update
from mlpviz.engine.evaluate import evaluate
from mlpviz.engine.training.optimizers import OPTIMIZERS
from mlpviz.maths.activations import ACTIVATIONS
from mlpviz.maths.expressions import Max, Number, Sum, Symbol, Transpose, apply
from tests.support.networks import (
    CASES,
    LEARNING_RATE,
    NOTATIONS,
    SWITCHES,
    T,
    case,
    optimised,
    passes,
    same,
    shown,
    view_of,
)
from tests.support.oracle import problem, require_torch

LISTS = ("A", "Z", "H", "W", "b", "delta", "dW", "db", "W_new", "b_new", "Z_new", "A_new", "H_new")


@pytest.fixture(scope="module")
def libraries():
    """What stands at the top of a learner's file in each dialect, and how an array gets there and back."""
    torch = require_torch()
    return {
        "numpy": ({"np": np, "scipy": scipy}, np.array, np.asarray),
        "torch": ({"torch": torch, "F": torch.nn.functional}, lambda x: torch.tensor(np.array(x)), np.asarray),
    }


def given(update, value, array, coder):
    """The names that the first line may use: data, parameters and numbers."""
    architecture = update.trace.architecture
    layers = range(1, architecture.depth + 1)
    kept = [symbol for symbol, _ in update.stand.arrays(update.trace.parameters)]
    made = {coder.variable(symbol.name) for symbol in (*update.state, *kept)}
    names = {name: [None] * (architecture.depth + 2) for name in (*LISTS, *made)}
    names |= {"m": update.trace.batch_size, "l2": architecture.l2, "learning_rate": update.learning_rate, "t": T}
    names |= {name: value for name, value in update.stand.numbers.items() if "^" not in name}
    biases = [Symbol("b", l) for l in layers if architecture.bias]
    for symbol in (Symbol("A", 0), Symbol("Y"), *(Symbol("W", l) for l in layers), *biases, *kept):
        exec(f"{coder.symbol(symbol)} = given", names | {"given": array(value(symbol))}, names)
    return names


def run(update, notation, dialect, libraries):
    """Run all lines one after the other, from nothing but what is given, and compare every array."""
    library, array, back = libraries[dialect]
    value, view = shown(update, notation), view_of(update, notation)
    coder = CodePrinter(view, dialect)
    names = {**library, **given(update, value, array, coder)}
    for step in update.steps:
        line = code(step.equation, view, dialect)
        with np.errstate(all="ignore"):
            exec(line, names)
        found = back(eval(line.split(" = ")[0], names))
        right = np.atleast_2d(value(step.equation.target))
        assert found.shape == right.shape, line
        assert same(found, right), line


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("name", CASES)
def test_the_lines_compute_a_whole_pass(name, dialect, libraries):
    switched = Notation(**SWITCHES[-1])
    for notation in (*NOTATIONS, switched, replace(switched, orientation="columns", first_layer=1)):
        run(case(name), notation, dialect, libraries)


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_the_lines_of_every_activation(activation, dialect, libraries):
    architecture = mlpviz.Architecture((2, 4, 3), (activation, activation), "squared_error", "mean_samples", l2=0.1)
    parameters, X, Y = problem(architecture, 5, seed=4)
    update = Update(mlpviz.backpropagate(parameters, X, Y), LEARNING_RATE)
    others = {"first_layer": 1, "cost": "ℒ", "output": "y", "input": "a", "letters": "ah"}
    for notation in (Notation(), Notation("columns", "numerator", "in_out"), Notation(**others)):
        run(update, notation, dialect, libraries)


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("name", OPTIMIZERS)
def test_the_lines_of_every_optimizer(name, dialect, libraries):
    for notation in (Notation(), Notation("columns", "numerator", "in_out")):
        run(optimised(name), notation, dialect, libraries)


def test_the_lines_of_adam_are_those_of_its_definition():
    update = optimised("adam")
    lines = [code(step.equation, view_of(update, Notation()), "numpy") for step in update.steps]
    first = next(k for k, line in enumerate(lines) if "m_W_new" in line)
    assert lines[first : first + 5] == [
        "m_W_new[1] = beta_1 * m_W[1] + (1 - beta_1) * dW[1]",
        "v_W_new[1] = beta_2 * v_W[1] + (1 - beta_2) * dW[1]**2",
        "m_hat_W[1] = m_W_new[1] / (1 - beta_1**t)",
        "v_hat_W[1] = v_W_new[1] / (1 - beta_2**t)",
        "W_new[1] = W[1] - learning_rate * (m_hat_W[1] / (np.sqrt(v_hat_W[1]) + epsilon))",
    ]


def line(name, layer, notation=Notation(), dialect="numpy", network="kinks"):  # noqa: B008
    """One line of a case."""
    step = next(s for s in passes(network) if (s.equation.name, s.layer) == (name, layer))
    return code(step.equation, view_of(case(network), notation), dialect)


def test_lines_read_as_a_learner_writes_them():
    assert line("affine map", 1) == "Z[1] = X @ W[1].T + b[1]"
    assert line("affine map", 2, Notation("columns")) == "Z[2] = W[2] @ A[1] + b[2]"
    assert line("activation", 1) == "A[1] = np.maximum(Z[1], 0)"
    assert line("activation", 1, dialect="torch") == "A[1] = torch.relu(Z[1])"
    assert line("hidden error", 1) == "delta[1] = (delta[2] @ W[2]) * (Z[1] > 0)"
    assert line("bias gradient", 1) == "db[1] = delta[1].sum(axis=0, keepdims=True)"
    assert line("bias gradient", 1, dialect="torch") == "db[1] = delta[1].sum(dim=0, keepdim=True)"
    assert line("weight update", 1) == "W_new[1] = W[1] - learning_rate * dW[1]"
    assert line("change of the cost", 3) == "change = J_new - J"
    second = [code(step.equation, view_of(case("kinks"), Notation()), "numpy") for step in passes("kinks")][-9:-6]
    assert second[:2] == ["Z_new[1] = X @ W_new[1].T + b_new[1]", "A_new[1] = np.maximum(Z_new[1], 0)"]
    assert second[2] == "Z_new[2] = A_new[1] @ W_new[2].T + b_new[2]"
    assert line("loss", 2, network="unpaired softmax") == "losses = ((A[2] - Y)**2).sum(axis=1, keepdims=True) / 2"
    assert line("cost", 1, network="one layer") == (
        "J = losses.sum(axis=0, keepdims=True) / (m * Y.shape[1]) + l2 / 2 * (W[1]**2).sum()"
    )


def test_code_means_the_layers_and_the_letters_of_the_formula():
    from_one = Notation(first_layer=1, cost="C")
    assert line("hidden error", 1, from_one) == "delta[2] = (delta[3] @ W[3]) * (Z[2] > 0)"
    assert line("weight gradient", 1, from_one) == "dW[2] = delta[2].T @ X"
    assert line("weight gradient", 1, replace(from_one, input="a")) == "dW[2] = delta[2].T @ A[1]"
    assert line("cost", 3, from_one) == "C = losses.sum(axis=0, keepdims=True) / m"
    assert line("cost", 3, Notation(cost="ℒ")) == "L = losses.sum(axis=0, keepdims=True) / m"
    assert line("output error", 3, Notation(output="y")) == "delta[3] = (A[3] - Y_hat) / m"
    assert line("affine map", 2, Notation(letters="ah")) == "A[2] = H[1] @ W[2].T + b[2]"


def test_brackets_keep_the_tree(libraries):
    P, Q, S = Symbol("P"), Symbol("Q"), Symbol("S")
    rng = np.random.default_rng(0)
    arrays = {name: rng.normal(size=(3, 3)) for name in "PQS"}
    trees = [
        P - (Q - S), P - (Q + S), (P - Q) @ S, P @ (Q @ S), P @ (Q * S), (P @ Q) * S, P * (Q @ S), P / (Q * S),
        P / (Q / S), -(P + Q), -P * Q, P * -Q, P @ -Q, -(P @ Q), (P + Q) * (P + Q), (P * P) * (P * P), -(P * P),
        (-P) * (-P), Sum(P + Q, 0), Sum(Sum(P * P, 0), 1), Sum(P * P, 1), Transpose(P) @ Q, P - -Q, Number(-2) - P,
        P * Number(-2), Number(-2) * Number(-2) * P, apply("maximum", P, 0.01 * Q), apply("weighted", P, Q + S),
        apply("log1p", apply("abs", P)), apply("sqrt", P * P), apply("minimum", P, Q), apply("expm1", P),
        apply("maximum", apply("greater", P, 0), Q), apply("greater", P, Q) * S, 1 - apply("greater", P, 0),
        -apply("greater", P, 0), apply("greater", P, 0) + apply("greater", Q, 0), apply("greater", Sum(P, 0), 0) * Q,
        Sum(apply("greater", P, 0), 0), Max(P, 1) - Sum(Max(P, 0), 1), Max(Sum(P, 1), 0), Sum(Sum(P, 0), 0),
        apply("greater", P, 0) * apply("greater", Q, 0) + 1, (P @ Q) * apply("greater", P - Q, 0),
        P * Number(3) * Number(3),
    ]  # fmt: skip
    for dialect, (library, array, back) in libraries.items():
        names = {**library, **{name: array(values) for name, values in arrays.items()}}
        for tree in trees:
            text = CodePrinter(view_of(case("everything"), Notation()), dialect).write(tree)
            found = back(eval(text, names))
            assert same(found, evaluate(tree, lambda symbol: arrays[symbol.name])), (dialect, text)


def test_every_dialect_spells_what_the_formulas_need():
    """A new activation is written out of the box: as a primitive, by the library's own name, or as its formula."""
    for dialect in DIALECTS:
        for notation in NOTATIONS:
            for step in passes("everything"):
                assert code(step.equation, view_of(case("everything"), notation), dialect)
        coder = CodePrinter(view_of(case("everything"), Notation()), dialect)
        for name in ACTIVATIONS:
            assert coder.write(apply(name, Symbol("Z", 1)))


def test_a_written_equation_is_not_changed_by_being_written_as_code():
    step = passes("everything")[0]
    before = written(step.equation, NOTATIONS[-1])
    code(step.equation, view_of(case("everything"), NOTATIONS[-1]), "numpy")
    assert written(step.equation, NOTATIONS[-1]) == before
