"""Labels and spoken names, in every notation."""

import pytest

import mlpviz
from mlpviz.derivation.notation import CHOICES, Notation
from mlpviz.derivation.printing.text import label, spoken
from mlpviz.derivation.view import View
from mlpviz.maths.expressions import Symbol

BATCH = mlpviz.Architecture((2, 3, 4), ("tanh", "softmax"), "cross_entropy", "mean_samples", l2=0.1)


def text(symbol, batch_size=6, **notation):
    """A label with its superscripts behind ^ and its subscripts behind _."""
    marks = {"": "", "sup": "^", "sub": "_"}
    return "".join(marks[kind] + part for part, kind in label(symbol, View(BATCH, batch_size, Notation(**notation))))


@pytest.mark.parametrize(
    ("symbol", "batch", "single"),
    [
        (Symbol("A", 0), "X", "x"),
        (Symbol("A", 1), "A^(1)", "a^(1)"),
        (Symbol("A", 2), "A^(2)", "a^(2)"),
        (Symbol("Z", 2), "Z^(2)", "z^(2)"),
        (Symbol("delta", 1), "Δ^(1)", "δ^(1)"),
        (Symbol("W", 1), "W^(1)", "W^(1)"),
        (Symbol("b", 2), "b^(2)", "b^(2)"),
        (Symbol("dW", 2), "∂J/∂W^(2)", "∂J/∂W^(2)"),
        (Symbol("db", 1), "∂J/∂b^(1)", "∂J/∂b^(1)"),
        (Symbol("new W", 1), "W^(1)_new", "W^(1)_new"),
        (Symbol("Y"), "Y", "y"),
        (Symbol("losses"), "ℓ", "ℓ"),
        (Symbol("cost"), "J", "J"),
        (Symbol("new cost"), "J_new", "J_new"),
        (Symbol("change"), "D", "D"),
        (Symbol("n", 1), "n_1", "n_1"),
        (Symbol("m"), "m", "m"),
        (Symbol("eta"), "η", "η"),
        (Symbol("l2"), "λ", "λ"),
    ],
)
def test_labels(symbol, batch, single):
    assert text(symbol) == batch
    assert text(symbol, 1) == single


def test_each_switch_of_names():
    assert text(Symbol("W", 1), brackets="square") == "W^[1]"
    assert text(Symbol("W", 1), first_layer=1) == "W^(2)"
    assert text(Symbol("n", 0), first_layer=1) == "n_1"
    assert text(Symbol("A", 2), output="yhat") == "Ŷ"
    assert text(Symbol("A", 2), 1, output="yhat") == "ŷ"
    assert text(Symbol("A", 1), output="yhat") == "A^(1)"
    for cost in CHOICES["cost"]:
        assert text(Symbol("dW", 1), cost=cost) == f"∂{cost}/∂W^(1)"
        assert text(Symbol("change"), cost=cost) == "D"


def test_the_letters_of_the_ends_the_error_and_the_units():
    delta, Z, A = (Symbol(name, 1) for name in ("delta", "Z", "A"))
    assert [text(Symbol("A", 2), output="y"), text(Symbol("Y"), output="y")] == ["Y", "Ŷ"]
    assert [text(Symbol("A", 2), 1, output="y"), text(Symbol("Y"), 1, output="y")] == ["y", "ŷ"]
    assert text(delta, error="slope", cost="C") == "∂C/∂Z^(1)"
    assert text(delta, 1, error="nabla", cost="L") == "∇_z⁽¹⁾L"
    assert text(Symbol("dW", 1), error="nabla") == "∇_W⁽¹⁾J"
    assert text(Symbol("A", 0), input="a") == "A^(0)"
    assert text(Symbol("A", 0), input="a", first_layer=1) == "A^(1)"
    assert text(Symbol("W", 2), brackets="none") == "W^2"
    for letters, named in {"za": "ZA", "zh": "ZH", "ah": "AH", "az": "AZ"}.items():
        assert text(Z, letters=letters) + text(A, letters=letters) == f"{named[0]}^(1){named[1]}^(1)"
        assert text(delta, error="slope", letters=letters) == f"∂J/∂{named[0]}^(1)"


@pytest.mark.parametrize("switch", ["orientation", "layout", "weights", "first_index"])
def test_what_is_shown_transposed_keeps_its_name(switch):
    for symbol in (Symbol("A", 0), Symbol("W", 1), Symbol("dW", 2), Symbol("delta", 1), Symbol("losses")):
        assert len({text(symbol, **{switch: choice}) for choice in CHOICES[switch]}) == 1


@pytest.mark.parametrize(
    ("symbol", "words"),
    [
        (Symbol("dW", 2), "∂J/∂W layer 2"),
        (Symbol("new W", 1), "W new layer 1"),
        (Symbol("new b", 2), "b new layer 2"),
        (Symbol("new cost"), "J new"),
        (Symbol("A", 0), "X"),
        (Symbol("A", 1), "A layer 1"),
        (Symbol("Y"), "Y"),
        (Symbol("cost"), "J"),
    ],
)
def test_names_in_words(symbol, words):
    assert spoken(symbol, View(BATCH, 6)) == words


def test_words_count_layers_as_the_notation_does():
    assert spoken(Symbol("A", 1), View(BATCH, 6, Notation(first_layer=1))) == "A layer 2"
    assert spoken(Symbol("A", 2), View(BATCH, 6, Notation(output="yhat"))) == "Ŷ"


def test_a_number_of_a_layer_needs_a_layer():
    with pytest.raises(AssertionError, match="no absolute layer"):
        View(BATCH, 6).layer_number(Symbol("W"))
