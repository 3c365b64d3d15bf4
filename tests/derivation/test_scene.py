"""The vocabulary of derivations: formulas in entries are evaluated, shaped and written as what they stand for."""

import itertools

import numpy as np
import pytest

from mlpviz.derivation.calculus import Indicator, Partial, assembled, index_names
from mlpviz.derivation.derived import jacobian
from mlpviz.derivation.indices import Entry, SumOver
from mlpviz.derivation.notation import Notation
from mlpviz.derivation.printing.line_latex import LinePrinter, line_entry_latex, line_latex
from mlpviz.derivation.walkthroughs.walkthrough import Chain, Line
from mlpviz.maths.expressions import Number, Symbol, Transpose
from mlpviz.maths.shapes import size
from tests.support.lines import distance, errors
from tests.support.networks import scene

DELTA, W, BELOW = Symbol("delta", 2), Symbol("W", 2), Symbol("A", 1)
n1, n2 = Symbol("n", 1), Symbol("n", 2)


def by_loops(node, here):
    """The assembled matrix entry by entry, in plain Python."""

    def value(body, at):
        match body:
            case Entry(symbol, row, column):
                return here.shown(symbol)[at[row] if row else 0, at[column] if column else 0]
            case SumOver(index, dimension, inner):
                return sum(value(inner, {**at, index: k}) for k in range(here.size(dimension)))
            case Indicator(left, right):
                return float(at[left] == at[right])
            case Partial(_, _, inner):
                return value(inner, at)
            case Number(number):
                return number
        return {"Multiply": lambda a, b: a * b, "Add": lambda a, b: a + b, "Subtract": lambda a, b: a - b}[
            type(body).__name__
        ](value(body.left, at), value(body.right, at))

    rows, columns = (size(d, here.architecture, 1) for d in node.dimensions)
    return np.array([[value(node.body, {"i": i, "j": j}) for j in range(columns)] for i in range(rows)])


def bodies():
    """Formulas in entries of every kind."""
    delta, weight, given = Entry(DELTA, None, "k"), Entry(W, "k", "j"), Entry(BELOW, None, "j")
    yield SumOver("k", n2, delta * Indicator("k", "i") * given), (n2, n1), "i"
    yield Entry(DELTA, None, "i") * given - Number(2), (n2, n1), "i"
    yield SumOver("k", n2, delta * weight), (1, n1), None
    yield SumOver("k", n2, delta * SumOver("p", n1, Entry(W, "k", "p") * Indicator("p", "j"))), (1, n1), None
    yield SumOver("k", n2, delta) * Indicator("i", "j"), (n1, n1), "i"
    yield Partial(None, Entry(BELOW, None, "j"), given + Number(1)), (1, n1), None


@pytest.mark.parametrize("number", range(6))
def test_all_entries_at_once_are_each_entry_by_itself(number):
    here = scene()
    body, shape, row = list(bodies())[number]
    node = assembled(body, row, "j", shape)
    assert np.allclose(here.shown(node), by_loops(node, here))
    assert here.view.size(node) == here.shown(node).shape


def test_a_sum_over_what_does_not_depend_on_the_index_counts():
    here = scene()
    node = assembled(SumOver("k", n2, Entry(BELOW, None, "j")), None, "j", (1, n1))
    assert np.allclose(here.shown(node), 4 * here.stored(BELOW))


def test_sums_side_by_side_may_share_a_letter():
    here = scene()
    one = SumOver("k", n2, Entry(DELTA, None, "k") * Entry(W, "k", "j"))
    two = SumOver("k", n1, Entry(BELOW, None, "k"))
    right = here.stored(DELTA) @ here.stored(W) + here.stored(BELOW).sum()
    assert np.allclose(here.shown(assembled(one + two, None, "j", (1, n1))), right)


def test_index_names_are_each_told_once():
    body = SumOver("k", n2, Entry(W, "k", "j") * Indicator("k", "i") * Entry(W, "k", "j"))
    assert index_names(body) == ["k", "j", "i"]


@pytest.mark.parametrize("orientation", ["rows", "columns"])
@pytest.mark.parametrize("layout", ["denominator", "numerator"])
@pytest.mark.parametrize("weights", ["out_in", "in_out"])
def test_an_entry_is_the_same_number_in_every_notation(orientation, layout, weights):
    here = scene(notation=Notation(orientation, layout, weights))
    dW = Symbol("dW", 2)
    u, v = here.frame(dW)
    node = here.assembled(dW, here.at(DELTA, None, u) * here.at(BELOW, None, v))
    assert np.allclose(here.shown(node), here.shown(dW))
    for i, j in itertools.product(range(2), range(3)):
        at = {"i": i, "j": j}
        assert np.isclose(here.shown(dW)[i, j], here.stored(dW)[at[u], at[v]])


def test_errors_find_the_line_that_is_wrong():
    here = scene()
    delta = Symbol("delta", 2)
    right = here.equation("hidden error", 2).value
    lines = tuple(Line(value, "", "") for value in (right, right + Number(1e-6), Transpose(right), right * 2))
    found = errors(here, Chain("", delta, lines))
    assert found[0] < 1e-15
    assert 1e-7 < found[1] < 1e-4
    assert found[2] == float("inf")
    assert found[3] == pytest.approx(1)


def test_a_difference_in_what_is_not_finite_is_infinite():
    assert distance(np.array([[1.0, np.inf]]), np.array([[1.0, np.inf]])) == 0
    assert distance(np.array([[1.0, np.inf]]), np.array([[1.0, 2.0]])) == float("inf")


def test_formulas_in_entries_are_written():
    here = scene()
    delta, z = Entry(DELTA, None, "k"), Entry(Symbol("Z", 2), None, "k")
    body = SumOver("k", n2, Partial(None, z, delta) * Indicator("k", "i") * Entry(BELOW, None, "j"))
    text = line_latex(Symbol("dW", 2), assembled(body, "i", "j", (n2, n1)), here.view)
    assert text == (
        r"\frac{\partial J}{\partial W^{(2)}} = \left[\sum_{k=1}^{n_{2}} "
        r"\frac{\partial J}{\partial z^{(2)}_{k}}\,\mathbf{1}_{ki}\,a^{(1)}_{j}\right]_{ij}"
    )
    assert line_entry_latex(Symbol("dW", 2), assembled(body, "i", "j", (n2, n1)), here.view).startswith(
        r"\frac{\partial J}{\partial W^{(2)}_{ij}} = \sum_{k=1}^{n_{2}}"
    )


def test_jacobians_are_written_with_their_shape_and_their_indices():
    here = scene(notation=Notation("columns", "denominator"))
    node, printer = jacobian(Symbol("Z", 2), BELOW), LinePrinter(here.view)
    assert line_latex(BELOW, node, here.view, shapes=True).endswith(
        r"\underbrace{\frac{\partial z^{(2)}}{\partial a^{(1)}}}_{5\times 4}"
    )
    assert printer.write(Entry(node, "i", "j")) == r"\frac{\partial z^{(2)}_{j}}{\partial a^{(1)}_{i}}"
