"""Every equation in every notation: it evaluates to the array it claims, and a notation changes no number."""

from dataclasses import fields

import numpy as np
import pytest

from mlpviz.derivation.notation import CHOICES, Notation, in_notation, written
from mlpviz.engine.evaluate import evaluate
from mlpviz.maths.equations import A, W, Z, delta, l2, steps
from mlpviz.maths.expressions import Apply, MatMul, Sum, Symbol, Transpose, apply, walk
from mlpviz.maths.functions import transposed
from mlpviz.maths.symbols import SCALARS
from tests.support.networks import CASES, NOTATIONS, case, passes, same, shown, view_of

NAMES = ["-".join((n.orientation, n.layout, n.weights)) for n in NOTATIONS]

X, Y = Symbol("A", 0), Symbol("Y")


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("notation", NOTATIONS, ids=NAMES)
def test_each_equation_gives_the_array_it_claims(name, notation):
    update = case(name)
    value, view = shown(update, notation), view_of(update, notation)
    for step in passes(name):
        equation = written(step.equation, notation)
        right = np.atleast_2d(value(equation.target))
        assert same(np.atleast_2d(evaluate(equation.value, value)), right), step
        assert view.size(equation.target) == view.size(equation.value) == right.shape, step


@pytest.mark.parametrize("notation", NOTATIONS, ids=NAMES)
def test_transposes_stand_on_symbols_alone(notation):
    for step in passes("everything"):
        for node in walk(written(step.equation, notation).value):
            if isinstance(node, Transpose):
                assert isinstance(node.operand, Symbol)
                assert node.operand.name not in SCALARS


def test_the_default_is_how_arrays_are_stored():
    assert not Notation().transposed
    for step in passes("everything"):
        assert written(step.equation, Notation()) == step.equation


def equation(notation, name, layer, network="everything"):
    """An equation of one layer as the notation writes it."""
    found = next(s.equation for s in passes(network) if (s.equation.name, s.layer) == (name, layer))
    return written(found, notation).value


def test_columns_give_the_textbook_forms():
    columns = Notation("columns")
    b = Symbol("b", 1)
    assert equation(columns, "affine map", 1) == W[1] @ X + b
    slope = Apply("tanh'", (Z[1], A[1]))
    assert equation(columns, "hidden error", 1) == (W[2].T @ delta[2]) * slope
    assert equation(columns, "weight gradient", 1) == delta[1] @ X.T + l2 * W[1]
    assert equation(columns, "bias gradient", 1) == Sum(delta[1], 1)


def test_numerator_layout_turns_the_gradients_alone():
    numerator = Notation("columns", "numerator")
    assert equation(numerator, "affine map", 1) == equation(Notation("columns"), "affine map", 1)
    assert equation(numerator, "weight gradient", 1) == X @ delta[1] + l2 * W[1].T
    assert equation(numerator, "weight update", 1) == W[1] - Symbol("eta") * Symbol("dW", 1).T
    slope = Apply("tanh'", (Z[1].T, A[1].T))
    assert equation(numerator, "hidden error", 1) == (delta[2] @ W[2]) * slope


def test_the_order_of_the_axes_of_w():
    turned = Notation(weights="in_out")
    assert equation(turned, "affine map", 1) == X @ W[1] + Symbol("b", 1)
    assert equation(turned, "weight gradient", 1) == X.T @ delta[1] + l2 * W[1]


def test_softmax_runs_down_columns():
    activation = equation(Notation("columns"), "activation", 2)
    assert activation == Apply("softmax", (Z[2],), flipped=True)
    assert equation(Notation(), "activation", 2) == Apply("softmax", (Z[2],))


def test_a_single_number_is_written_without_transposes():
    """ℓ and ΣW² are added up the way they are shown."""
    for notation in NOTATIONS:
        cost = equation(notation, "cost", 3)
        assert not any(isinstance(node, Transpose) for node in walk(cost)), (notation, cost)


def test_a_transpose_is_pushed_through_every_node():
    P, Q = Symbol("P"), Symbol("Q")
    arrays = {"P": np.arange(6.0).reshape(2, 3) - 2, "Q": np.arange(6.0).reshape(2, 3) / 7}
    trees = [
        P @ Q.T, P.T @ Q, P + Q, P - Q * 2, -P / (Q + 1), Sum(P, 0) * Q, P - Sum(P, 1),
        apply("softmax", P), apply("tanh", P @ Q.T).T, apply("weighted", P, Q), (P @ Q.T) @ P,
    ]  # fmt: skip
    for tree in trees:
        value = evaluate(tree, lambda symbol: arrays[symbol.name])
        assert np.allclose(evaluate(transposed(tree), lambda symbol: arrays[symbol.name]), value.T), tree
        assert np.allclose(evaluate(transposed(transposed(tree)), lambda symbol: arrays[symbol.name]), value), tree


def test_a_product_turns_round():
    assert in_notation(Transpose(MatMul(A[1], W[1].T)), Notation()) == MatMul(W[1], A[1].T)


def test_every_switch_names_itself_when_it_is_wrong():
    for field in fields(Notation):
        assert field.default == CHOICES[field.name][0]
        for choice in CHOICES[field.name]:
            assert getattr(Notation(**{field.name: choice}), field.name) == choice
        for wrong in ("sideways", 7, True, None):
            with pytest.raises(ValueError, match=f"{field.name} of a notation must be .* got {wrong!r}"):
                Notation(**{field.name: wrong})


def test_steps_follow_the_network():
    """No term that a network does not have is written anywhere."""
    for name in CASES:
        architecture = case(name).trace.architecture
        symbols = {
            node.name for step in steps(architecture) for node in walk(step.equation.value) if isinstance(node, Symbol)
        }
        assert ("b" in symbols) == architecture.bias
        assert ("l2" in symbols) == (architecture.l2 != 0)
        assert "scale" not in symbols


def test_weights_may_carry_the_number_of_the_layer_that_they_leave():
    counted = Notation(first_layer=1, numbered="leaves")
    assert [counted.number(Symbol(name, 2)) for name in ("W", "b", "dW", "db", "new W", "Z", "A", "delta", "dA")] == [
        *[2] * 5,
        *[3] * 4,
    ]
    assert Notation().number(Symbol("W", 2)) == 2


def test_an_error_is_shown_m_times_where_the_gradients_divide():
    assert Notation(division="gradients").multiplied == {"delta", "dA"}
    assert not Notation().multiplied
