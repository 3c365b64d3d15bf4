"""The hands: each writes every step with its own letters and no others, and is told where it was read."""

import re
from dataclasses import asdict, fields, replace

import pytest

from mlpviz.derivation.hands import HANDS
from mlpviz.derivation.notation import CHOICES, Notation
from mlpviz.derivation.printing.code import code
from mlpviz.derivation.printing.latex import entry_latex, equation_latex
from mlpviz.derivation.printing.text import label, spoken
from mlpviz.derivation.texts import TEXTS
from mlpviz.derivation.walkthroughs import WALKTHROUGHS
from mlpviz.examples.presets import PRESETS
from mlpviz.maths.equations import steps
from mlpviz.maths.expressions import Symbol, walk
from mlpviz.maths.symbols import COMMANDS
from tests.support.letters import strange_lines
from tests.support.networks import CASES, case, view_of

LETTERS = {"za": ("z", "a"), "zh": ("z", "h"), "ah": ("a", "h"), "az": ("a", "z")}
ENDS = {"a": (None, "y"), "yhat": ("ŷ", "y"), "y": ("y", "ŷ"), "yt": ("y", "t")}
FUNCTIONS = {"f": "f", "g": "g", "h": "h", "sigma": r"\sigma", "phi": r"\phi"}


def test_each_hand_has_a_source_a_preset_and_a_notation_of_its_own():
    for name, hand in HANDS.items():
        assert name == hand.name
        assert hand.preset in PRESETS
        assert hand.title and hand.language
        assert hand.source.startswith("http") or any(name in text.hands for text in TEXTS.values())
        assert hand.notation != Notation()
    assert {name for text in TEXTS.values() for name in text.hands} <= HANDS.keys()
    assert len({hand.title for hand in HANDS.values()}) == len(HANDS)


def test_the_hands_use_every_way_of_writing():
    """A value of a switch of letters that no hand has is a value that nobody asked for."""
    for switch in ("output", "error", "input", "letters", "cost", "brackets", "orientation", "first_layer", "weights"):
        used = {getattr(hand.notation, switch) for hand in HANDS.values()}
        assert used == set(CHOICES[switch]), switch


def allowed(notation, small):
    """The letters that one sample, or an entry, may be written with in a notation."""
    total, active = LETTERS[notation.letters]
    output, target = ENDS[notation.output]
    first = "x" if notation.input == "x" else active
    wanted = {total, active, first, output or active, target, "W", "b", "ℓ", notation.cost, "η", "λ", "m", "n"}
    wanted |= {"δ"} if notation.error == "delta" else set()
    return wanted if small else wanted | {letter.upper() for letter in wanted if letter not in "ηλℓ"}


def letters_in(runs):
    """The letters of a name, ∂ and ∇ and a d before a gradient's taken away."""
    text = "".join(run for run, kind in runs if kind != "sup")
    text = re.sub(r"new|[⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾∂∇/−,_\s0-9()\[\]]", "", text)
    return set(text.removeprefix("d") if len(text) > 1 else text)


@pytest.mark.parametrize("name", HANDS)
def test_every_name_has_the_letters_of_its_hand(name):
    notation = HANDS[name].notation
    for preset in PRESETS:
        update = case(preset)
        view = view_of(update, notation)
        for step in steps(update.trace.architecture):
            for node in walk(step.equation.value):
                if isinstance(node, Symbol) and node.name != "scale":
                    assert letters_in(label(node, view, small=True)) <= allowed(notation, True), (preset, node)
                    assert letters_in(label(node, view)) <= allowed(notation, view.single), (preset, node)
                    assert str(spoken(node, view))


@pytest.mark.parametrize("name", HANDS)
def test_every_step_is_written_by_every_hand(name):
    """Formula, entries and code of each step; what marks another hand's letters stands in none of them."""
    notation = HANDS[name].notation
    foreign = [r"\delta", r"\Delta"] if notation.error != "delta" else [r"\nabla"]
    foreign += [r"\nabla"] if notation.error not in ("nabla",) else []
    foreign += [r"\hat"] if notation.output in ("a", "yt") else []
    foreign += [COMMANDS.get(each, each) + r"}{\partial" for each in CHOICES["cost"] if each != notation.cost]
    for preset in CASES:
        update = case(preset)
        view = view_of(update, notation)
        for step in steps(update.trace.architecture):
            written = equation_latex(step.equation, view) + entry_latex(step.equation, view)
            assert not [each for each in foreign if each in written], (preset, written)
            for dialect in ("numpy", "torch"):
                compile(code(step.equation, view, dialect), step.equation.name, "exec")


@pytest.mark.parametrize("name", HANDS)
def test_every_line_is_written_by_every_hand(name):
    """The lines of all walkthroughs on the hand's own network, in formulas and in what is said of them."""
    hand = HANDS[name]
    for walkthrough in WALKTHROUGHS.values():
        assert not [each for each in strange_lines(walkthrough, hand.preset, hand) if each[-1]]


def test_the_letters_of_another_hand_are_noticed():
    walkthrough, hand = WALKTHROUGHS["chain-rule"], HANDS["nielsen"]
    other = replace(HANDS["lee"], notation=replace(HANDS["lee"].notation, cost="J"))
    assert [each for each in strange_lines(walkthrough, hand.preset, hand, other.notation) if each[-1]]


def test_a_generic_letter_stands_for_every_activation_but_softmax():
    for name, letter in FUNCTIONS.items():
        notation = Notation(activation=name)
        update = case("mazur")
        view = view_of(update, notation)
        activations = [step for step in steps(update.trace.architecture) if step.equation.name == "activation"]
        for step in activations:
            assert letter + r"\left(" in equation_latex(step.equation, view)
        update = case("softmax-batch")
        last = [step for step in steps(update.trace.architecture) if step.equation.name == "activation"][-1]
        written = equation_latex(last.equation, view_of(update, notation))
        assert r"\operatorname{softmax}" in written or "e^" in written


def test_a_hand_says_every_switch():
    for hand in HANDS.values():
        assert asdict(hand.notation).keys() == {field.name for field in fields(Notation)} == CHOICES.keys()
