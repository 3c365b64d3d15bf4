"""Names: those of programs, those of one's own, and what is said of one that nothing explains."""

import pytest

import mlpviz
from mlpviz.derivation.checker.reading import Unread, read, read_target
from mlpviz.derivation.checker.reading.activations import OWN, activation_named, slope_named
from mlpviz.derivation.checker.reading.names import Namespace
from mlpviz.derivation.notation import Notation
from mlpviz.maths.expressions import Symbol

NETWORK = mlpviz.Architecture((2, 3, 2), ("relu", "sigmoid"), "half_squared_error", "sum")


def tree(line, layer=2, **given):
    scope = Namespace(
        NETWORK,
        Notation(),
        layer,
        given={name: read_target(text, Namespace(NETWORK, Notation())) for name, text in given.items()},
    )
    return read(line, scope).trees[0]


def test_a_quantity_has_many_names_in_programs():
    names = {
        "W2": ("W2", "w_2", "W[2]", "W[-1]", "weights2", "weights[1 + 1]", 'params["W2"]', "self.W2", "model.w2", "WL"),
        "dW2": ("dW2", "dL_dW2", "dJdW2", "dw_2", "grad_W2", "W_grad[2]", "W2_grad", "nabla_w[-1]", 'grads["W2"]'),
        "A1": ("A1", "a1", "A_1", "activations[1]", "A[l-1]", "A[i - 1]", "A_prev", 'cache["A1"]', "A1.copy()"),
        "A2": ("yhat", "y_hat", "y_pred", "AL", "probs", "output", "A[-1]"),
        "delta2": ("delta2", "dZ2", "dz_2", "dL_dZ2", "grad_z2", "deltas[-1]", "dZL"),
        "Y": ("Y", "y_true", "one_hot_Y", "targets", "labels", "Y_train"),
        "X": ("X", "x", "X_train", "inputs", "A0"),
        "m": ("m", "N", "n", "batch_size", "num_examples", "len(X)", "X.shape[0]", "Z1.shape[0]", "size(X, 1)"),
    }  # fmt: skip
    for first, others in names.items():
        for other in others:
            assert tree(other) == tree(first), other


def test_n_beside_m_is_the_number_of_outputs():
    assert tree("m * n").right == Symbol("n", 2)


def test_names_of_one_s_own_are_what_is_given():
    assert tree("h_relu @ w.T", h_relu="A[1]", w="W[2]") == tree("A1 @ W2.T")
    assert tree("XW - Y", XW="Z[1]").left == Symbol("Z", 1)


def test_every_name_that_nothing_explains_is_told_at_once():
    with pytest.raises(Unread) as caught:
        tree("hidden @ w_out.T + bias_out * hidden")
    assert (caught.value.key, caught.value.unknown) == ("name", ("hidden", "w_out", "bias_out"))
    assert caught.value.span == (0, 6)


def test_a_left_side_of_one_s_own_is_no_obstacle_where_it_is_said_what_is_asked_for():
    assert mlpviz.check_formula("grad_out = (A2 - Y) * A2 * (1 - A2)", "delta[2]", NETWORK).kind == "right"


def test_l2_is_the_penalty_but_where_it_can_only_be_a_layer():
    assert tree("l2 * W2").left == Symbol("l2")
    for line in ("l2_delta * l2", "l1 @ l2", "l2.dot(l1_error)"):
        with pytest.raises(Unread) as caught:
            tree(line)
        assert "l2" in caught.value.unknown
    assert tree("l2 * (1 - l2)", l2="A[2]") == tree("A2 * (1 - A2)")


def test_functions_have_many_names():
    for word in ("sigmoid", "logistic", "expit", "nonlin"):
        assert activation_named(word) == "sigmoid"
    for word in ("d_sigmoid", "dsigmoid", "sigmoid_prime", "sigmoidGradient", "sigmoid_derivative", "deriv_sigmoid"):
        assert slope_named(word) == "sigmoid"
    for word in ("g_prime", "activation_derivative", "df", "d_f"):
        assert slope_named(word) == OWN
    assert not any(map(slope_named, ("dW", "db", "delta", "grad", "exp", "dot")))
