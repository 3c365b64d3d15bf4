"""The words beside the lines are true: of every network, in every notation, and in symbols that a reader has met."""

import re
from dataclasses import replace

import pytest

from mlpviz.derivation.hands import HANDS
from mlpviz.derivation.notation import Notation
from mlpviz.derivation.printing.prose import unmarked
from mlpviz.derivation.walkthroughs import WALKTHROUGHS
from mlpviz.examples.presets import PRESETS
from mlpviz.maths.expressions import Symbol
from mlpviz.maths.messages import Message
from tests.support.lines import scenes
from tests.support.networks import notations_of
from tests.support.reasons import OLD, bare, complaints

LETTERS = [
    Notation("columns", "numerator", "in_out", first_layer=1, output="yhat", cost="L", brackets="square"),
    Notation("columns", output="y", cost="C", error="slope", input="a", activation="sigma"),
    Notation("rows", cost="ℒ", error="nabla", activation="g", brackets="none", first_index=0),
    Notation("columns", letters="ah", activation="f", error="d"),
]
"""Other letters."""

SMALL = ("everything", "one sample", "no bias", "no bias, one sample")
SHOWN = [(name, notation) for name in (*PRESETS, *SMALL) for notation in notations_of(name)]
SHOWN += [(name, notation) for name in ("two-three-two", "softmax-batch") for notation in LETTERS]
SHOWN += [(hand.preset or "two-three-two", hand.notation) for hand in HANDS.values()]
"""Presets and other networks in all conventions, and in the letters of every hand."""


@pytest.mark.parametrize("name", WALKTHROUGHS)
def test_every_word_is_true_and_every_symbol_is_met(name):
    found = {}
    for case_name, notation in SHOWN:
        for scene in scenes(WALKTHROUGHS[name], case_name, notation):
            for chain in WALKTHROUGHS[name].chains(scene):
                for what, sentence in complaints(scene, name, chain):
                    found.setdefault((what, chain.title), (case_name, notation, scene.layer, sentence))
    assert not found, "\n".join(f"{key}: {value}" for key, value in list(found.items())[:12])


def test_what_walkthroughs_are_about_is_said_in_words():
    for walkthrough in WALKTHROUGHS.values():
        assert not bare(walkthrough.about, walkthrough.name), walkthrough.about
        assert not OLD.search(walkthrough.about), walkthrough.about


def test_remarks_on_a_text_are_under_the_name_of_its_hand():
    for walkthrough in WALKTHROUGHS.values():
        for scene in scenes(walkthrough, "softmax-batch", Notation()):
            for line in (line for chain in walkthrough.chains(scene) for line in chain.lines):
                assert set(line.notes) <= {"", *HANDS}
                assert not re.search(r"\b[Tt]he text\b", " ".join([line.title, line.reason, *line.noted()]))


@pytest.mark.parametrize("name", WALKTHROUGHS)
def test_the_first_line_says_in_words_what_is_to_be_shown(name):
    for case_name in PRESETS:
        for scene in scenes(WALKTHROUGHS[name], case_name, Notation()):
            reason = WALKTHROUGHS[name].chains(scene)[0].lines[0].reason
            template = reason.template if isinstance(reason, Message) else reason
            first = re.split(r"[.:?]", template)[0]
            aim = re.search(r"to be shown", WALKTHROUGHS[name].about, re.IGNORECASE)
            assert aim or ("{" not in first and re.search(r"How |To be shown|way to", first)), reason


LONG = 330
"""Four lines beside the formula at a width of 1280."""


def test_every_sentence_has_room():
    for walkthrough in WALKTHROUGHS.values():
        for case_name in ("two-three-two", "everything"):
            for scene in scenes(walkthrough, case_name, LETTERS[1]):
                for line in (line for chain in walkthrough.chains(scene) for line in chain.lines):
                    said = [" ".join([line.reason, *line.noted(hand)]) for hand in ("", *line.notes)]
                    assert max(len(unmarked(each)) for each in said) <= LONG, said


def beside(name, number, sentence, case_name="two-three-two", notation=Notation(), title=""):  # noqa: B008
    """What is found when a sentence stands beside a line of a walkthrough's first chain."""
    scene = list(scenes(WALKTHROUGHS[name], case_name, notation))[-1]
    chain = WALKTHROUGHS[name].chains(scene)[0]
    reason = sentence(scene) if callable(sentence) else sentence
    lines = list(chain.lines)
    lines[number] = replace(lines[number], reason=reason, **({"title": title} if title else {}))
    return [what for what, _ in complaints(scene, name, replace(chain, lines=tuple(lines)))]


def of_layer(layer):
    """A sentence that names an activation of a layer."""
    return lambda scene: scene.say("It is {a}.", a=Symbol("A", layer))


def at_index(index):
    """A sentence about the weighted sum of one unit."""
    return lambda scene: scene.say("It is {z}.", z=scene.at(Symbol("Z", scene.layer), None, index))


@pytest.mark.parametrize(
    ("found", "what"),
    [
        (beside("entries", 0, "The loss is a formula in y, so its slope is a formula, too."), "bare y"),
        (beside("entries", 0, "So it is for every z_k."), "left over _"),
        (beside("entries", 0, "δ is short for ∂J/∂z.", notation=Notation(cost="L")), "bare J"),
        (beside("entries", 0, of_layer(7)), "a (7) in 'a^{(7)}' is no symbol here"),
        (beside("entries", 0, at_index("s")), "index s in 'z^{(2)}_{s}' is not met"),
        (beside("entries", 0, "For the logistic loss one subtraction is left."), "logistic"),
        (beside("entries", 0, "Every input, and its bias.", case_name="no bias"), "bias"),
        (beside("entries", 0, "Each unit answers its sum with softmax."), "softmax"),
        (beside("entries", 0, "The derivative of the cost, a slope."), "old words"),
        (beside("entries", 0, "Text S2 has it the other way round."), "old words"),
        (beside("batch", 0, "The samples are columns here.", case_name="softmax-batch"), "as rows"),
        (beside("entries", 0, "One.", title="The chain rule for z^{(1)}"), "marked title The chain rule for z^{(1)}"),
        (
            beside(
                "chain-rule", 2, "A column of derivatives times a row of inputs.", notation=Notation(weights="in_out")
            ),
            "the derivatives are not on the left",
        ),
    ],
)
def test_what_is_not_so_is_noticed(found, what):
    assert what in found
