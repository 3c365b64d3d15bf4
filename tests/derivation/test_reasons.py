"""The words beside the lines are true: of every network, in every notation, and in symbols that a reader has met."""

import pytest

from mlpviz.derivation.notation import Notation
from mlpviz.derivation.walkthroughs import WALKTHROUGHS
from mlpviz.examples.presets import PRESETS
from tests.derivation.test_walkthroughs import scenes
from tests.support.networks import NOTATIONS
from tests.support.reasons import complaints

LETTERS = [
    Notation("columns", "numerator", "in_out", first_layer=1, output="yhat", cost="L", brackets="square"),
    Notation("columns", output="y", cost="C", error="slope", input="a", activation="sigma"),
    Notation("rows", cost="ℒ", error="nabla", activation="g", brackets="none", first_index=0),
    Notation("columns", letters="ah", activation="f"),
]
"""Other letters."""

CASES = [*PRESETS, "everything", "one sample", "no bias", "no bias, one sample", "kinks"]


@pytest.mark.parametrize("name", WALKTHROUGHS)
def test_every_word_is_true_and_every_symbol_is_met(name):
    found = {}
    for case_name in CASES:
        for notation in [*NOTATIONS, *LETTERS]:
            for scene in scenes(WALKTHROUGHS[name], case_name, notation):
                for chain in WALKTHROUGHS[name].chains(scene):
                    for number in range(len(chain.lines)):
                        for what, sentence in complaints(scene, name, chain, number):
                            found.setdefault((what, chain.title), (case_name, notation, scene.layer, sentence))
    assert not found, "\n".join(f"{key}: {value}" for key, value in list(found.items())[:12])
