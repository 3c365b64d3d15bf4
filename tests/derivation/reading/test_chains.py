"""Products of ∂-fractions: the gradient they come to if they join, and the link that does not."""

import mlpviz
from mlpviz.derivation.notation import Notation

NETWORK = mlpviz.Architecture((2, 3, 2), ("relu", "sigmoid"), "half_squared_error", "sum")
FROM_ONE = Notation(orientation="columns", first_layer=1, cost="L")

RIGHT = {
    "dW[3]": (
        r"\frac{\partial L}{\partial a^{(3)}} \frac{\partial a^{(3)}}{\partial z^{(3)}} "
        r"\frac{\partial z^{(3)}}{\partial W^{(3)}}",
        "∂L/∂a3 · ∂a3/∂z3 · ∂z3/∂W3",
        "∂z3/∂W3 ∂a3/∂z3 ∂L/∂a3",
        "∂L∂a(3)∂a(3)∂z(3)∂z(3)∂W(3)",
        r"\delta^{(3)} \frac{\partial z^{(3)}}{\partial W^{(3)}}",
        r"\frac{\partial L}{\partial z} \frac{\partial z}{\partial W}",
    ),
    "delta[2]": (
        r"\underbrace{\frac{\partial a^{(2)}}{\partial z^{(2)}}}_{n\times m}"
        r"\underbrace{\frac{\partial L}{\partial a^{(2)}}}_{m\times 1}",
        r"\delta^{(3)} \frac{\partial z^{(3)}}{\partial a^{(2)}} \frac{\partial a^{(2)}}{\partial z^{(2)}}",
        r"\frac{\partial a^{(2)}}{\partial z^{(2)}} \frac{\partial z^{(3)}}{\partial a^{(2)}} \delta^{(3)}",
    ),
    "delta[3]": (r"(a^{(3)} - y) \frac{\partial a^{(3)}}{\partial z^{(3)}}",),
    "dW[2]": (
        r"\frac{\partial z^{(2)}}{\partial W_{ij}^{(2)}} \frac{\partial a^{(2)}}{\partial z^{(2)}} "
        r"\frac{\partial z^{(3)}}{\partial a^{(2)}} \frac{\partial L}{\partial z^{(3)}}",
    ),
    "db[3]": ("∂L/∂a3 ∂a3/∂z3 ∂z3/∂b3",),
}

BROKEN = {
    "chain twice": "∂L/∂a3 ∂a3/∂z3 ∂z3/∂a2 ∂a2/∂z2 ∂a2/∂z2 ∂z2/∂W2",
    "chain missing": "∂L/∂a3 ∂a3/∂z3 ∂z3/∂a2 ∂z2/∂W2",
    "chain layer": "∂L/∂a3 ∂a2/∂z2 ∂z2/∂W2",
    "chain order": "∂z2/∂W2 ∂L/∂a2 ∂a2/∂z2",
}


def test_a_chain_that_joins_is_the_gradient_in_either_order():
    for target, formulas in RIGHT.items():
        for formula in formulas:
            verdict = mlpviz.check_formula(formula, target, NETWORK, FROM_ONE)
            assert verdict.kind == "right", (formula, verdict.message)


def test_a_chain_that_joins_to_another_gradient_is_wrong():
    verdict = mlpviz.check_formula("∂L/∂a3 ∂a3/∂z3 ∂z3/∂W3", "dW[2]", NETWORK, FROM_ONE)
    assert verdict.kind == "wrong"


def test_the_link_that_does_not_join_is_named():
    for cause, formula in BROKEN.items():
        verdict = mlpviz.check_formula(formula, "dW[2]", NETWORK, FROM_ONE)
        assert (verdict.kind, verdict.causes) == ("wrong", (cause,)), formula


def test_an_array_beside_links_has_to_be_of_the_layer():
    for formula in ("δ3 ∂z2/∂W2", "δ2 ∂z3/∂W3", "(a3 - y) ∂z3/∂W3"):
        assert mlpviz.check_formula(formula, "dW[3]", NETWORK, FROM_ONE).kind in ("wrong", "shape"), formula
