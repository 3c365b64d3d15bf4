"""Every Jacobian is the matrix of slopes that the forward pass has, measured by differences."""

from dataclasses import replace

import numpy as np
import pytest

from mlpviz.derivation.demonstrations import counts
from mlpviz.derivation.derived import (
    KINDS,
    carried,
    diagonal,
    flat_gradient,
    gradient,
    jacobian,
    nabla,
    new_theta,
    one_gradient,
    one_slope,
    path,
    theta,
    upstream,
)
from mlpviz.derivation.notation import Notation
from mlpviz.derivation.printing.line_latex import LinePrinter
from mlpviz.derivation.printing.line_text import entry_parts, line_label
from mlpviz.derivation.walkthroughs.walkthrough import folded
from mlpviz.engine.passes import forward
from mlpviz.engine.trace import Trace
from mlpviz.maths.activations import ACTIVATIONS
from mlpviz.maths.expressions import Symbol
from tests.support.networks import scene
from tests.support.oracle import NUMPY_ACTIVATIONS

STEP = 1e-6
TOLERANCE = 2e-8


def values_of(trace, symbol):
    """The entries of a symbol of one sample, as one vector."""
    return np.ravel(trace.buffer(symbol))


def moved(original, symbol, index, step):
    """The pass with one entry of an input, a weight, a bias, a z or an a moved; what lies behind it follows."""
    trace = Trace(original.parameters.copy(), original.batch_size)
    trace.A[0][...], trace.Y[...] = original.A[0], original.Y
    if symbol.name in ("W", "b") or symbol == Symbol("A", 0):
        trace.buffer(symbol).reshape(-1)[index] += step
        forward(trace)
        return trace
    forward(trace)
    trace.buffer(symbol).reshape(-1)[index] += step
    replay(trace, symbol)
    return trace


def replay(trace, start):
    """The layers behind a symbol, by hand: its a if it is a z, then everything above."""
    architecture = trace.architecture
    for l in range(start.layer, architecture.depth + 1):
        if l > start.layer:
            trace.Z[l][...] = trace.A[l - 1] @ trace.parameters.W[l].T + trace.parameters.b[l]
        if l > start.layer or start.name == "Z":
            trace.A[l][...] = NUMPY_ACTIVATIONS[architecture.activations[l - 1]](trace.Z[l])


def differences(original, of, by):
    """∂of/∂by by central differences."""
    columns = [
        (values_of(moved(original, by, k, STEP), of) - values_of(moved(original, by, k, -STEP), of)) / (2 * STEP)
        for k in range(original.buffer(by).size)
    ]
    return np.stack(columns, axis=1)


PAIRS = [
    ("Z", 2, "A", 1),
    ("Z", 2, "W", 2),
    ("Z", 2, "b", 2),
    ("A", 2, "Z", 2),
    ("A", 3, "Z", 3),
    ("Z", 3, "Z", 2),
    ("Z", 1, "A", 0),
]


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: "{}{} by {}{}".format(*pair))
def test_each_rule_gives_the_measured_slopes(pair):
    here = scene()
    of, by = Symbol(*pair[:2]), Symbol(*pair[2:])
    found = here.stored(jacobian(of, by))
    assert np.allclose(found, differences(here.update.trace, of, by), atol=TOLERANCE)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_the_jacobian_of_every_activation(name):
    here = scene(output=name)
    A, Z = Symbol("A", 3), Symbol("Z", 3)
    found = here.stored(jacobian(A, Z))
    assert np.allclose(found, differences(here.update.trace, A, Z), atol=TOLERANCE)
    if ACTIVATIONS[name].elementwise:
        assert not found[~np.eye(len(found), dtype=bool)].any()


def test_softmax_has_the_textbook_jacobian():
    here = scene()
    a = here.stored(Symbol("A", 3))[0]
    assert np.allclose(here.stored(jacobian(Symbol("A", 3), Symbol("Z", 3))), np.diag(a) - np.outer(a, a))


def test_the_staircase():
    here = scene()
    found, a = here.stored(jacobian(Symbol("Z", 2), Symbol("W", 2))), here.stored(Symbol("A", 1))[0]
    assert found.shape == (4, 20)
    for k in range(4):
        assert np.array_equal(found[k, 5 * k : 5 * k + 5], a)
        assert np.count_nonzero(found[k]) == 5


def test_counts_say_what_can_differ_from_zero():
    here = scene()
    for of, by in (
        (("Z", 2), ("W", 2)),
        (("Z", 2), ("b", 2)),
        (("A", 2), ("Z", 2)),
        (("A", 3), ("Z", 3)),
        (("Z", 2), ("A", 1)),
    ):
        node = jacobian(Symbol(*of), Symbol(*by))
        found = here.stored(node)
        assert counts(node, here.architecture) == (found.size, np.count_nonzero(found)), node


@pytest.mark.parametrize("loss", ["half_squared_error", "squared_error"])
@pytest.mark.parametrize("layer", [0, 1, 2, 3])
def test_gradients_by_activations(loss, layer):
    here = scene(loss=loss)
    trace, A = here.update.trace, Symbol("A", layer)
    found = here.stored(gradient(A))

    def cost(step, k):
        if layer == 0:
            return moved(trace, A, k, step).cost
        after = moved(trace, A, k, step)
        losses = ((after.A[3] - after.Y) ** 2).sum() * (0.5 if loss == "half_squared_error" else 1)
        return losses / 3

    numeric = [(cost(STEP, k) - cost(-STEP, k)) / (2 * STEP) for k in range(found.size)]
    assert np.allclose(found[0], numeric, atol=TOLERANCE)


@pytest.mark.parametrize("first_index", [0, 1])
def test_flat_and_folded_gradients(first_index):
    here = scene(l2=0.3, notation=Notation(first_index=first_index))
    W, trace = Symbol("W", 2), here.update.trace
    right = trace.dW[2] - 0.3 * trace.parameters.W[2]
    assert np.allclose(here.stored(flat_gradient(W)), right.reshape(1, -1))
    assert np.allclose(here.value(here.assembled(Symbol("dW", 2), folded(here))), right)
    assert (
        LinePrinter(here.view).write(folded(here)).endswith(r"_{(i-1)\cdot 5+j}}" if first_index else r"_{i\cdot 5+j}}")
    )
    assert np.allclose(here.stored(one_gradient(W, index=7)), right.reshape(-1)[7])
    assert np.allclose(
        here.stored(one_slope(Symbol("Z", 2), W, index=7))[:, 0], here.stored(jacobian(Symbol("Z", 2), W))[:, 7]
    )


def test_one_path():
    here = scene()
    trace, found = here.update.trace, here.stored(path(Symbol("A", 2), Symbol("W", 2)))
    measured = differences(trace, Symbol("A", 2), Symbol("W", 2)).reshape(4, 4, 5)
    assert np.allclose(found, [measured[i, i] for i in range(4)], atol=TOLERANCE)


@pytest.mark.parametrize("orientation", ["rows", "columns"])
@pytest.mark.parametrize("layout", ["denominator", "numerator"])
def test_a_layout_turns_every_jacobian(orientation, layout):
    """Of column vectors: the entries of u are its columns in denominator layout, its rows in numerator layout."""
    here = scene(notation=Notation(orientation, layout))
    node = jacobian(Symbol("Z", 2), Symbol("A", 1))
    turned = (orientation == "columns") != (layout == "numerator")
    assert np.array_equal(here.shown(node), here.stored(node).T if turned else here.stored(node))
    assert here.view.size(node) == here.shown(node).shape == ((5, 4) if turned else (4, 5))


@pytest.mark.parametrize("by", ["W", "b", "A"])
def test_what_a_module_carries_back_is_v_times_its_jacobian(by):
    here, Z, of = scene(), Symbol("Z", 2), Symbol(by, 1 if by == "A" else 2)
    v, right = here.stored(upstream(Z)), here.stored(jacobian(Z, of))
    assert np.array_equal(v, here.stored(Symbol("delta", 2)))
    assert np.allclose(here.stored(carried(Z, of)), v @ right)
    assert np.allclose(here.stored(carried(Symbol("losses"), Symbol("Z", 3))), here.stored(Symbol("delta", 3)))


def test_a_diagonal_is_shown_as_it_is():
    for orientation in ("rows", "columns"):
        here = scene(notation=Notation(orientation))
        shown = here.shown(diagonal(Symbol("Z", 2)))
        assert np.array_equal(shown, np.diag(1 - here.stored(Symbol("A", 2))[0] ** 2))


def test_every_kind_is_written_and_has_the_shape_it_says():
    here, W, Z, A = scene(), *(Symbol(name, 2) for name in "WZA")
    batch = scene(m=3)
    operands = {"jacobian": (Z, W), "path": (A, W), "one slope": (Z, W), "unscaled": (Symbol("delta", 2),)}
    operands |= {"flat gradient": (W,), "one gradient": (W,), "carried back": (A, Z)}
    made = [kind(*operands.get(name, (Z,)), index=1) for name, kind in KINDS.items() if "parameter" not in name]
    for node in (*made, theta, new_theta, nabla):
        there = batch if node.name == "sample" else here
        printer = LinePrinter(there.view)
        assert printer.write(node)
        assert line_label(node, there.view)[0][0]
        squared = line_label(node, replace(there.view, notation=Notation(brackets="square")))
        assert "(2)" not in str(squared)
        assert "⁽" not in str(squared)
        assert [kind for text, kind in squared if text == "[2]"] == ["sup"] * str(squared).count("[2]")
        assert printer.write(there.at(node, "i", "j"))
        assert all(runs for runs, _ in entry_parts(node, there.view))
        assert there.shown(node).shape == there.view.size(node), node
    assert {node.name for node in (*made, theta, nabla)} == set(KINDS)


def test_a_jacobian_is_of_one_sample():
    with pytest.raises(ValueError, match="of one sample, and the pass has 3"):
        scene(m=3).stored(jacobian(Symbol("Z", 2), Symbol("A", 1)))


def test_an_unknown_pair_is_refused():
    with pytest.raises(ValueError, match="no rule"):
        scene().stored(jacobian(Symbol("W", 2), Symbol("A", 1)))
