"""Every equation at every layer evaluates to the array it claims, and says nothing of what a network does not have."""

import dataclasses

import numpy as np
import pytest

import mlpviz
from mlpviz.engine.descent import Update
from mlpviz.engine.evaluate import evaluate
from mlpviz.maths import equations
from mlpviz.maths.activations import ACTIVATIONS, v
from mlpviz.maths.equations import EQUATIONS, carried_back, equation, present, steps
from mlpviz.maths.expressions import Apply, Macro, Negate, Number, Sum, Symbol, at, walk
from mlpviz.maths.losses import LOSSES, REDUCTIONS
from tests.support.oracle import problem, random_architecture

A, W, b, delta, Z, Y = (Symbol(name) for name in ("A", "W", "b", "delta", "Z", "Y"))
l2, m, n, losses = (Symbol(name) for name in ("l2", "m", "n", "losses"))
PLAIN = {"widths": (3, 4, 2), "activations": ("tanh", "softmax"), "loss": "cross_entropy", "reduction": "sum"}


PAIRING = LOSSES["cross_entropy"].pairings["softmax"]


def build(**changed):
    return mlpviz.Architecture(**{**PLAIN, **changed})


def assert_every_step_is_its_field(architecture, batch, seed):
    update = Update(mlpviz.backpropagate(*problem(architecture, batch, seed)), 0.1)
    checked = 0
    for step in steps(architecture):
        found, field = evaluate(step.equation.value, update.value), np.atleast_2d(update.value(step.equation.target))
        assert np.atleast_2d(found).shape == field.shape, step
        np.testing.assert_allclose(found, field, rtol=1e-9, atol=1e-13, err_msg=str(step))
        checked += 1
    assert checked == architecture.depth * (9 if architecture.bias else 7) + 5


@pytest.mark.parametrize("seed", range(80))
def test_random_networks(seed):
    generator = np.random.default_rng(seed)
    architecture = random_architecture(generator)
    assert_every_step_is_its_field(architecture, int(generator.integers(1, 7)), seed)


@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize("l2", [0.0, 0.3])
@pytest.mark.parametrize("reduction", REDUCTIONS)
def test_every_reduction_with_and_without_bias_and_l2(reduction, l2, bias):
    assert_every_step_is_its_field(build(reduction=reduction, l2=l2, bias=bias), 5, 0)


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("name", ACTIVATIONS)
def test_every_activation_and_loss(name, loss):
    output = name if LOSSES[loss].outputs is None else LOSSES[loss].outputs[-1]
    assert_every_step_is_its_field(build(activations=(name, output), loss=loss), 5, 1)


def test_the_equations_of_a_plain_network():
    architecture = build(bias=False, activations=("identity", "softmax"))
    assert equation(architecture, "affine map", 1).value == A[0] @ W[1].T
    assert equation(architecture, "activation", 1).value == Z[1]
    assert equation(architecture, "activation", 2).value == Apply("softmax", (Z[2],))
    assert equation(architecture, "cost", 2).value == Sum(losses, 0)
    assert equation(architecture, "weight gradient", 1).value == delta[1].T @ A[0]
    assert equation(architecture, "hidden error", 1).value == delta[2] @ W[2]
    assert equation(architecture, "output error", 2).value == A[2] * Sum(Y, 1) - Y


def test_the_equations_of_a_full_network():
    architecture = build(l2=0.5, reduction="mean_elements", activations=("tanh", "identity"), loss="half_squared_error")
    assert equation(architecture, "affine map", 2).value == A[1] @ W[2].T + b[2]
    assert equation(architecture, "weight gradient", 2).value == delta[2].T @ A[1] + l2 * W[2]
    assert equation(architecture, "output error", 2).value == (A[2] - Y) / (m * n[2])
    slope = Apply("tanh'", (Z[1], A[1]))
    assert equation(architecture, "hidden error", 1).value == delta[2] @ W[2] * slope


@pytest.mark.parametrize(
    ("changed", "absent"),
    [({"bias": False}, {"b", "db"}), ({"l2": 0.0}, {"l2"}), ({"reduction": "sum"}, {"m", "n", "scale"})],
    ids=str,
)
def test_absent_terms_are_absent(changed, absent):
    full = build(l2=0.5, reduction="mean_elements")
    without = dataclasses.replace(full, **changed)
    # the symbol scale itself never shows: it stands for m or m·n
    assert absent - {"scale"} <= names(full)
    assert not absent & names(without)
    assert names(without) | absent | {"new b"} >= names(full)


def names(architecture):
    trees = [tree for step in steps(architecture) for tree in (step.equation.target, step.equation.value)]
    return {node.name for tree in trees for node in walk(tree) if isinstance(node, Symbol)}


def test_no_reader_meets_a_macro_or_a_relative_layer():
    for step in steps(build(l2=0.5, reduction="mean_elements")):
        for node in walk(step.equation.value):
            assert not isinstance(node, Macro)
            assert not isinstance(node, Symbol) or node.layer is None or isinstance(node.layer, int)


def test_the_order_of_the_steps():
    order = [(step.phase, step.layer, step.equation.name) for step in steps(build())]
    assert order == [
        ("forward", 1, "affine map"),
        ("forward", 1, "activation"),
        ("forward", 2, "affine map"),
        ("forward", 2, "activation"),
        ("loss", 2, "loss"),
        ("loss", 2, "cost"),
        ("backward", 2, "output error"),
        ("backward", 2, "weight gradient"),
        ("backward", 2, "bias gradient"),
        ("backward", 1, "hidden error"),
        ("backward", 1, "weight gradient"),
        ("backward", 1, "bias gradient"),
        ("update", 1, "weight update"),
        ("update", 1, "bias update"),
        ("update", 2, "weight update"),
        ("update", 2, "bias update"),
        ("second", 1, "affine map"),
        ("second", 1, "activation"),
        ("second", 2, "affine map"),
        ("second", 2, "activation"),
        ("second", 2, "loss"),
        ("second", 2, "cost"),
        ("second", 2, "change of the cost"),
    ]
    assert [step.index for step in steps(build())] == list(range(23))


def test_the_second_pass_has_the_equations_of_the_first_in_new_symbols():
    """One rule, and the same input and targets: no equation is written twice."""
    architecture = build(l2=0.5)
    second = {(step.layer, step.equation.name): step.equation for step in steps(architecture) if step.phase == "second"}
    new = {name: Symbol(f"new {name}") for name in ("W", "b", "Z", "A", "losses", "cost")}
    assert second[1, "affine map"].value == A[0] @ new["W"][1].T + new["b"][1]
    assert second[2, "affine map"].value == new["A"][1] @ new["W"][2].T + new["b"][2]
    assert second[2, "activation"].value == Apply("softmax", (new["Z"][2],))
    assert second[2, "loss"].value.arguments == (new["A"][2], Y, new["Z"][2])
    assert second[2, "change of the cost"].value == new["cost"] - Symbol("cost")
    read = {node.name for node in walk(second[2, "cost"].value) if isinstance(node, Symbol)}
    assert read == {"new losses", "new W", "l2"}
    before = {(step.layer, step.equation.name): step.equation for step in steps(architecture)[:6]}
    for key, own in before.items():
        assert second[key].target == new[own.target.name][own.target.layer]
    bare = [step.equation.value for step in steps(build(bias=False)) if step.phase == "second"]
    assert bare[0] == A[0] @ new["W"][1].T


@pytest.mark.parametrize(
    ("reduction", "divisor"), [("sum", 1), ("mean_samples", 5), ("mean_elements", 10)], ids=lambda x: str(x)
)
def test_reductions_divide_the_sum(reduction, divisor):
    X, Y = np.ones((5, 3)), np.full((5, 2), 0.5)
    parameters = mlpviz.initialize(build(reduction=reduction), "normal", dtype="float64")
    trace = mlpviz.backpropagate(parameters, X, Y)
    assert trace.cost == pytest.approx(trace.losses.sum() / divisor, rel=1e-14)


def test_l2_is_half_the_squares_of_the_weights_whatever_the_reduction():
    for reduction in REDUCTIONS:
        plain = problem(build(reduction=reduction), 5, 0)
        decayed = problem(build(reduction=reduction, l2=0.4), 5, 0)
        squares = sum(np.square(w).sum() for w in plain[0].W[1:])
        more = mlpviz.backpropagate(*decayed).cost - mlpviz.backpropagate(*plain).cost
        assert more == pytest.approx(0.2 * squares, rel=1e-12)


@pytest.mark.parametrize(
    ("tree", "left"),
    [
        (A[1] + b[1], A[1]),
        (b[1] + A[1], A[1]),
        (A[1] - b[1], A[1]),
        (b[1] - A[1], Negate(A[1])),
        (A[1] * b[1], None),
        (A[1] @ b[1], None),
        (A[1] / b[1], A[1]),
        (b[1] / A[1], None),
        (-b[1].T, None),
        (Negate(A[1] + b[1]), Negate(A[1])),
        (A[1] + (b[1] + Number(2) * b[1]), A[1]),
        (b[1] + b[1], None),
    ],
    ids=str,
)
def test_what_is_left_without_a_symbol(tree, left):
    assert present(tree, build(bias=False)) == left
    assert present(tree, build()) == tree


def test_an_equation_replaced_is_followed_by_the_engine(monkeypatch):
    parameters, X, Y = problem(build(), 5, 0)
    before = mlpviz.backpropagate(parameters, X, Y)
    doubled = dataclasses.replace(EQUATIONS["bias gradient"], value=2 * EQUATIONS["bias gradient"].value)
    monkeypatch.setitem(EQUATIONS, "bias gradient", doubled)
    after = mlpviz.backpropagate(parameters, X, Y)
    np.testing.assert_array_equal(after.db[1], 2 * before.db[1])
    np.testing.assert_array_equal(after.dW[1], before.dW[1])
    assert equation(build(), "bias gradient", 2).value == at(doubled.value, 2)


def test_the_equations_of_a_network_are_expanded_once():
    assert steps(build()) is steps(build())


@pytest.mark.parametrize(
    ("table", "name"),
    [(EQUATIONS, "affine map"), (ACTIVATIONS, "tanh"), (LOSSES, "cross_entropy")],
)
def test_they_are_expanded_anew_when_an_entry_of_a_table_is_another_one(monkeypatch, table, name):
    """Another entry, though it holds the same: it need not be looked into to see that it is another."""
    before = steps(build())
    monkeypatch.setitem(table, name, dataclasses.replace(table[name]))
    assert steps(build()) is not before
    assert steps(build()) == before


@pytest.mark.parametrize(
    ("table", "name", "changed"),
    [
        (EQUATIONS, "affine map", {"value": equations.A.below @ equations.W.T}),
        (ACTIVATIONS, "tanh", {"pullback": -v}),
        (LOSSES, "cross_entropy", {"pairings": {"softmax": dataclasses.replace(PAIRING, delta=-PAIRING.delta)}}),
        (REDUCTIONS, "sum", {"scale": m}),
    ],
)
def test_what_an_entry_of_a_table_says_is_read_at_once(monkeypatch, table, name, changed):
    before = steps(build())
    monkeypatch.setitem(table, name, dataclasses.replace(table[name], **changed))
    assert steps(build()) != before


def rest(parameters, layer):
    """The layers above one as a network of their own."""
    whole = parameters.architecture
    above = dataclasses.replace(whole, widths=whole.widths[layer:], activations=whole.activations[layer:])
    own = mlpviz.Parameters(above)
    for l in range(1, above.depth + 1):
        own.W[l][...] = parameters.W[l + layer]
        own.b[l][...] = parameters.b[l + layer]
    return own


@pytest.mark.parametrize(
    ("activations", "loss"), [(("tanh", "sigmoid"), "squared_error"), (("gelu", "softmax"), "cross_entropy")]
)
def test_what_comes_back_to_a_layer_is_the_slope_by_its_activations(activations, loss):
    architecture = mlpviz.Architecture((2, 4, 3), activations, loss, "mean_samples")
    parameters, X, Y = problem(architecture, 5, seed=3)
    trace = mlpviz.backpropagate(parameters, X, Y)
    arrays = {Symbol(name, l): getattr(trace, name)[l] for name in ("A", "delta") for l in range(3)}
    arrays |= {Symbol("W", l): parameters.W[l] for l in (1, 2)} | {Symbol("Y"): Y, Symbol("m"): 5.0}
    for l in range(3):
        value = evaluate(carried_back(architecture, l).value, arrays.__getitem__)
        assert value.shape == trace.A[l].shape
        if l > 0:
            row = architecture.activation(l).pull_back(Symbol("row"), Symbol("Z"), Symbol("A"))
            named = {Symbol("row"): value, Symbol("Z"): trace.Z[l], Symbol("A"): trace.A[l]}
            assert np.allclose(evaluate(row, named.__getitem__), trace.delta[l])
        if l < 2:
            above, place, step = rest(parameters, l), (1, 0), 1e-6
            costs = []
            for sign in (1, -1):
                moved = trace.A[l].copy()
                moved[place] += sign * step
                costs.append(mlpviz.backpropagate(above, moved, Y).cost)
            assert abs((costs[0] - costs[1]) / (2 * step) - value[place]) < 1e-7
