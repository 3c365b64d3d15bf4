"""Symbols in sentences are called as the notation calls them, with marks for what stands below and above."""

import pytest

from mlpviz.derivation.calculus import Indicator, Partial
from mlpviz.derivation.derived import flat_gradient, gradient, jacobian, nabla, new_theta, sample_row
from mlpviz.derivation.indices import Entry, SumOver
from mlpviz.derivation.notation import Notation
from mlpviz.derivation.printing.prose import prose, unmarked
from mlpviz.maths.expressions import Symbol
from mlpviz.maths.messages import Message
from tests.support.networks import scene

Z, A, W, DELTA = (Symbol(name, 2) for name in ("Z", "A", "W", "delta"))
HERE = scene()

WRITTEN = {
    "z^{(2)}": Z,
    "z": Symbol("Z"),
    "z^{(2)}_{k}": Entry(Z, None, "k"),
    "∂J/∂z^{(2)}_{k}": Partial(None, Entry(Z, None, "k"), Entry(DELTA, None, "k")),
    "∂z^{(2)}_{k}/∂W^{(2)}_{ij}": Partial(Entry(Z, None, "k"), Entry(W, "i", "j"), Entry(A, None, "j")),
    "1_{ki}": Indicator("k", "i"),
    "Σ_{k} δ^{(2)}_{k}": SumOver("k", Symbol("n", 2), Entry(DELTA, None, "k")),
    "δ^{(2)}ᵀ a^{(2)}": DELTA.T @ A,
    "a^{(2)} ⊙ δ^{(2)}": A * DELTA,
    "a^{(2)}_{j} − y_{j}": Entry(A, None, "j") - Entry(Symbol("Y"), None, "j"),
    "∂J/∂W^{(2)}": Symbol("dW", 2),
    "δ^{(2)}_{1,:}": sample_row(DELTA, index=0),
    "∇J": nabla,
    "∂J/∂a^{(2)}": gradient(A),
    "∂a^{(2)}_{p}/∂z^{(2)}_{j}": Entry(jacobian(A, Z), "p", "j"),
    "∂J/∂a^{(2)}_{p}": Entry(gradient(A), None, "p"),
    "n_{2}": Symbol("n", 2),
    "θ_{new, i}": Entry(new_theta, None, "i"),
}


@pytest.mark.parametrize("text", WRITTEN)
def test_expressions_in_sentences(text):
    assert prose(WRITTEN[text], HERE.view) == text


def test_they_follow_the_notation():
    other = scene(notation=Notation("columns", "numerator", first_layer=1, brackets="square", cost="L", output="yhat"))
    assert prose(gradient(A), other.view) == "∂L/∂a^{[3]}"
    assert prose(Symbol("A", 3), other.view) == "ŷ"
    assert prose(Entry(Symbol("dW", 2), "i", "j"), other.view) == "∂L/∂W^{[3]}_{ji}"
    assert prose(flat_gradient(W), other.view) == "∂L/∂flat W^{[3]}"


def test_a_sentence_about_a_line_is_a_message():
    said = HERE.say("{z} moves {cost}, {count} times.", z=Entry(Z, None, "k"), cost=Symbol("cost"), count=2)
    assert isinstance(said, Message)
    assert "z^{(2)}_{k}" in said
    assert unmarked(said) == "z(2)k moves J, 2 times."
    assert Message.from_json(said.as_json()) == said
