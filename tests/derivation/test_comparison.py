"""The numbers of a formula beside the engine's: entry by entry, as the notation shows them."""

import numpy as np
import pytest

import mlpviz
from mlpviz.derivation.comparison import compared, compared_elsewhere
from mlpviz.derivation.notation import Notation
from mlpviz.examples.presets import PRESETS
from tests.support.posed import S2, S4, distributed, own
from tests.support.work import memory


def test_numbers_are_compared_entry_by_entry():
    preset = PRESETS["softmax-batch"]
    data = preset.parameters(), np.array(preset.X), np.array(preset.Y)
    verdict = mlpviz.check_formula("delta[2] @ W[2] * f'(Z[1])", "delta[1]", preset.architecture, "columns", *data)
    trace = mlpviz.backpropagate(*data)
    found = compared(verdict, Notation("columns"), *data)
    assert np.array_equal(found.goal, trace.delta[1].T)
    assert found.value is None
    turned = mlpviz.check_formula("W2ᵀ δ2 ⊙ f'(z1)", "delta[1]", preset.architecture, "columns", *data)
    found = compared(turned, Notation("columns"), *data)
    assert np.allclose(found.value, trace.delta[1].T)
    assert not found.differs.any()


def test_only_the_entries_that_differ_are_marked():
    data = PRESETS["two-three-two"].parameters(), np.array([[0.8, -0.55]]), np.array([[0.95, 0.0]])
    verdict = mlpviz.check_formula("A[2]", "delta[2]", S4, "rows", *data)
    found = compared(mlpviz.check_formula("A[2] * A[2] * (1 - A[2])", "delta[2]", S4, "rows", *data), Notation(), *data)
    assert found.differs.tolist() == [[True, False]]
    assert verdict.kind == "wrong"


def test_the_slope_of_the_identity_is_one_everywhere():
    architecture = mlpviz.Architecture((2, 3, 2), ("tanh", "identity"), "squared_error", "sum")
    parameters = mlpviz.initialize(architecture, "xavier_normal", 0)
    data = parameters, np.array([[0.8, -0.55]]), np.array([[0.95, 0.0]])
    for formula in ("f'(Z[2])", "m * f'(Z[2])", "f'(Z[2]) * m"):
        verdict = mlpviz.check_formula(formula, "delta[2]", architecture, "rows", *data)
        assert compared(verdict, Notation(), *data).value.tolist() == [[1, 1]]


ACCIDENTS = {
    "one sample": ("A[3] - Y", "delta[3]", S2, distributed(S2, 1)),
    "a number for m": ("(A[3] - Y) / 4", "delta[3]", S2, distributed(S2, 4)),
    "zeros": ("delta[2] @ W[2]", "delta[1]", S4, (mlpviz.Parameters(S4), *own(S4, 4)[1:])),
    "ReLU": ("delta[2] @ W[2] * f'(Z[1]) * f'(Z[1])", "delta[1]", S4, own(S4, 4)),
}


@pytest.mark.parametrize("name", ACCIDENTS)
def test_what_is_right_by_accident_is_shown_on_a_second_network_where_it_is_not(name):
    formula, target, architecture, (parameters, X, Y) = ACCIDENTS[name]
    verdict = mlpviz.check_formula(formula, target, architecture, "rows", parameters, X, Y)
    assert "accident" in verdict.causes
    assert not compared(verdict, Notation(), parameters, X, Y).differs.any()
    second = compared_elsewhere(verdict, Notation(), architecture, len(X))
    assert second.differs.any()
    assert second.samples == len(X) + 1
    assert second.goal.shape[1] == architecture.widths[int(target[-2])]


def test_what_is_right_or_wrong_everywhere_needs_no_second_network():
    data = own(S4, 4)
    for formula in ("(A[2] - Y) * f'(Z[2])", "A[2] - Y"):
        verdict = mlpviz.check_formula(formula, "delta[2]", S4, "rows", *data)
        assert compared_elsewhere(verdict, Notation(), S4, 4) is None


def test_what_would_take_too_many_numbers_is_not_compared():
    wide = mlpviz.Architecture((2, 4096, 2), ("relu", "sigmoid"), "half_squared_error", "sum")
    data = mlpviz.initialize(wide, "he_normal", seed=0, dtype="float64"), np.ones((4, 2)), np.ones((4, 2))
    verdict = mlpviz.check_formula("W2 @ (diag(b1) @ diag(b1))", "dW[2]", wide, "rows", *data)
    found, most, _kept = memory(compared, verdict, Notation(), *data)
    assert found.value is found.differs is None
    assert found.goal.shape == (2, 4096)
    assert most < 20e6
