"""The sentence of every step is true of the network, in the letters of the notation."""

import re

import pytest

from mlpviz.derivation.notation import Notation
from mlpviz.derivation.printing.prose import unmarked
from mlpviz.examples.presets import PRESETS
from mlpviz.interface.stepper import texts
from tests.support.networks import NETWORKS, case, passes, view_of
from tests.support.reasons import BARE

OTHER = Notation("columns", error="slope", output="y", cost="C", letters="zh")


def sentence(step, view):
    return unmarked(texts.sentence(step, view))


@pytest.mark.parametrize("name", [*PRESETS, *NETWORKS])
def test_every_sentence_is_true_of_the_network(name):
    architecture, view = case(name).trace.architecture, view_of(case(name), OTHER)
    for step in passes(name):
        text = sentence(step, view)
        elementwise = architecture.activation(step.layer).elementwise
        assert architecture.bias or "bias" not in text
        assert (
            elementwise or "each unit" not in text.lower() or step.equation.name not in ("activation", "hidden error")
        )
        assert not view.single or not re.search(r"samples|sample by sample|batch", text) or step.phase == "second", text
        assert not re.search(r"\bslope|answers its", text)
        assert {*BARE.findall(text)} <= {"∂", "C", "z", "h", "y", "λ"} - ({"λ"} if not architecture.l2 else set()), text


def test_the_error_is_called_as_the_notation_calls_it():
    step = next(step for step in passes("two-three-two") if step.equation.name == "weight gradient")
    assert "the δ at its end" in sentence(step, view_of(case("two-three-two"), Notation()))
    assert "the ∂C/∂z at its end" in sentence(step, view_of(case("two-three-two"), OTHER))


def test_softmax_and_the_identity_are_told_apart():
    def told(name, layer):
        step = next(each for each in passes(name) if each.equation.name == "activation" and each.layer == layer)
        return sentence(step, view_of(case(name), Notation()))

    assert told("softmax-batch", 3).startswith("Softmax turns the z of all units together")
    assert told("kinks", 3) == "The identity: each a is its z, as it stands."
    assert "its activation function, tanh, to its own z" in told("softmax-batch", 1)
