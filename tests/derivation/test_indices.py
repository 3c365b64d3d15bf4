"""The Σ form of every entry of every equation, in every notation, gives the entry's value."""

import numpy as np
import pytest

from mlpviz.derivation.indices import Entry, SumOver, entry
from mlpviz.derivation.notation import Notation, written
from mlpviz.derivation.view import View
from mlpviz.maths.expressions import MatMul, Max, Sum, Symbol, Transpose, apply, walk
from mlpviz.maths.shapes import size
from tests.support.entries import entry_value
from tests.support.networks import CASES, NOTATIONS, case, cells, notations_of, passes, same, shown, view_of

MOST = 12
"""Entries tried of each array in each notation; where an entry takes long, fewer."""


@pytest.mark.parametrize("name", CASES)
def test_each_entry_is_its_sum(name):
    for notation in notations_of(name):
        check_entries(name, notation)


def check_entries(name, notation):
    update = case(name)
    value, view = shown(update, notation), view_of(update, notation)
    trace = update.trace
    most = 3 if max(trace.architecture.widths) > 100 else MOST
    for step in passes(name):
        equation = written(step.equation, notation)
        right, form = np.atleast_2d(value(equation.target)), entry(equation.value, view)
        if step.equation.name == "cost" and most < MOST:
            continue  # some thousand squares, one by one
        for row, column in cells(right.shape, most, seed=step.index):
            sizes = lambda dimension: size(dimension, trace.architecture, trace.batch_size)  # noqa: E731
            found = entry_value(form, value, sizes, {"i": row, "j": column})
            assert same(found, right[row, column]), (step, row, column)


def forms(name, notation=Notation()):  # noqa: B008
    """The Σ form of every step of a case."""
    view = view_of(case(name), notation)
    return [(step, entry(written(step.equation, notation).value, view)) for step in passes(name)]


@pytest.mark.parametrize("notation", NOTATIONS, ids=str)
def test_only_entries_and_numbers_are_left(notation):
    for name in ("everything", "one sample"):
        for step, form in forms(name, notation):
            assert not any(isinstance(node, MatMul | Sum | Transpose) for node in walk(form)), step


def test_no_index_is_taken_twice():
    def bound(node, taken):
        if isinstance(node, SumOver):
            assert node.index not in taken
            taken = taken | {node.index}
        if isinstance(node, Entry):
            assert {node.row, node.column} - {None} <= taken
        for child in vars(node).values():
            for each in child if isinstance(child, tuple) else (child,):
                if hasattr(each, "__dataclass_fields__") and not isinstance(each, Symbol):
                    bound(each, taken)

    for _, form in forms("everything"):
        bound(form, frozenset("ij"))


def test_an_axis_of_size_one_has_no_index():
    for step, form in forms("one sample"):
        if step.phase != "update" and step.equation.name != "weight gradient":
            samples = [node for node in walk(form) if isinstance(node, Entry) and node.symbol.name in "AZY"]
            assert all(node.row is None for node in samples), step


def test_the_hidden_error_is_the_sum_over_the_layer_above():
    form = next(form for step, form in forms("kinks") if step.equation.name == "hidden error" and step.layer == 1)
    total, slope = form.left, form.right
    assert total == SumOver("k", Symbol("n", 2), Entry(Symbol("delta", 2), "i", "k") * Entry(Symbol("W", 2), "k", "j"))
    assert slope.name == "relu'"


def test_nested_sums_count_with_letters_of_their_own():
    view = View(case("everything").trace.architecture, 6)
    W1, W2 = Symbol("W", 1), Symbol("W", 2)
    form = entry(W2 @ W1, view)
    assert form == SumOver("k", Symbol("n", 1), Entry(W2, "i", "k") * Entry(W1, "k", "j"))
    total = entry(Sum(Sum(W1 * W1, 1), 0), view)
    assert (total.index, total.body.index) == ("k", "p")
    assert (total.dimension, total.body.dimension) == (Symbol("n", 1), Symbol("n", 0))


def test_a_function_of_rows_is_written_out():
    view = View(case("everything").trace.architecture, 6)
    form = entry(apply("softmax", Symbol("Z", 2)), view)
    assert form.left == apply("exp", Entry(Symbol("Z", 2), "i", "j"))
    assert form.right == SumOver("k", Symbol("n", 2), apply("exp", Entry(Symbol("Z", 2), "i", "k")))


def test_a_maximum_has_no_sum_form():
    view = View(case("everything").trace.architecture, 6)
    with pytest.raises(TypeError, match="maximum"):
        entry(Max(Symbol("Z", 2), 1), view)
