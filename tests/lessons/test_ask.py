"""The questions of lessons: one answer is right, by the engine; every other is wrong, and what is amiss is named."""

from dataclasses import replace

import numpy as np
import pytest

from mlpviz.derivation.checker.edits import COSTS
from mlpviz.derivation.checker.findings import ALONE, CAUSES, cause_sentence
from mlpviz.derivation.choices import OPTIONS
from mlpviz.derivation.notation import Notation
from mlpviz.drawing.numbers import number
from mlpviz.interface.shell.presets import preset_setup
from mlpviz.lessons.ask import Ask, posed, posed_for
from mlpviz.maths.messages import Refusal
from tests.support.networks import NOTATIONS, case, view_of

PRESETS = ("two-three-two", "softmax-batch", "xor", "three-levels")
OF = ("Z[1]", "A[1]", "delta[2]", "delta[1]", "dW[1]", "db[1]", "dW[2]")


def stored(update, ask):
    return np.atleast_2d(update.value(ask.symbol))


def due(update, view, ask):
    """The text of the right answer, as the engine's arrays have it."""
    values = stored(update, ask)
    turned = ask.symbol.name in view.notation.transposed
    match ask.kind:
        case "sign":
            return "−0+"[int(np.sign(values[ask.entry])) + 1]
        case "number":
            return number(values[ask.entry], 3)
        case "shape":
            return " × ".join(map(str, values.shape[::-1] if turned else values.shape))
        case "cell":
            row, column = np.unravel_index(np.argmax(np.abs(values)), values.shape)
            return f"{column} {row}" if turned else f"{row} {column}"


def asks(update):
    """A question of each kind about each array."""
    for of in OF:
        rows, columns = stored(update, Ask("shape", of)).shape
        for kind in ("sign", "number", "shape", "which", *(["cell"] if rows * columns <= 12 else [])):
            yield Ask(kind, of, (rows - 1, columns - 1) if kind in ("sign", "number") else None)


@pytest.mark.parametrize("name", PRESETS)
def test_one_answer_is_right_and_the_others_say_what_is_amiss(name):
    update = case(name)
    for notation in NOTATIONS[:: len(NOTATIONS) - 1]:
        view = view_of(update, notation)
        for ask in asks(update):
            question = posed(ask, update, view)
            assert [option.right for option in question.options].count(True) == 1, ask
            assert len({option.key for option in question.options}) == len(question.options) > 1
            assert ask.kind == "cell" or len(question.options) <= OPTIONS
            assert len({(option.text, option.latex) for option in question.options}) == len(question.options)
            for option in question.options:
                assert option.right or (option.cause and "{" not in option.cause), (ask, option)
            if ask.kind == "which":
                aloud = {option.text for option in question.options}
                assert len(aloud) == len(question.options) and not any(set(text) & set("\\{}^_") for text in aloud), ask
            else:
                right = question.right
                assert due(update, view, ask) == (right.key if ask.kind == "cell" else right.text), ask


def test_the_right_formula_is_the_checkers_and_the_others_have_the_mistakes_that_were_asked_for():
    update = case("two-three-two")
    question = posed(Ask("which", "dW[1]", mistakes=("order", "transposed")), update, view_of(update, Notation()))
    assert {option.key for option in question.options} == {"right", "order", "transposed"}
    assert question.right.latex == r"\delta^{(1)\top}\,x"
    assert question.right.text == "δ layer 1 transposed · x"
    assert all(option.cause == cause_sentence(option.key) for option in question.options if not option.right)


def test_a_formula_is_answered_by_its_cause_and_nothing_of_it_is_kept():
    question = posed_for(Ask("formula", "dW[1]"), preset_setup("two-three-two"))
    answers = {
        "delta[1].T @ X": "right",
        "X @ delta[1].T": "order",
        "-delta[1].T @ X": "sign",
        "delta[2].T @ X": "wrong layer",
        "7": "other",
        "<b>nothing</b>": "unread",
    }
    for text, key in answers.items():
        answer = question.judged(text)
        assert answer.key == key
        assert text not in answer.text and text not in (answer.cause or "")
    assert {
        verdict_cause for verdict_cause in (*COSTS, *CAUSES, *ALONE) if "{" in cause_sentence(verdict_cause)
    } == set()


def test_an_edit_changes_the_right_answer():
    setup, ask = preset_setup("two-three-two"), Ask("sign", "Z[1]", (0, 2))
    assert posed_for(ask, setup).right.key == "+"
    assert posed_for(ask, replace(setup, X=((0.8, 0.5),))).right.key == "−"
    dead = posed_for(Ask("sign", "delta[1]", (0, 2)), replace(setup, X=((0.8, 0.5),)))
    assert dead.right.key == "0"
    assert {option.key: option.cause for option in dead.options}["−"].startswith("− comes of this mistake: The deriv")


def test_what_cannot_be_asked_is_refused_in_a_sentence():
    setup = preset_setup("two-three-two")
    for ask, said in {
        Ask("sign", "W[1]"): "W[1] is nothing that this network computes",
        Ask("number", "delta[9]"): "delta[9] is nothing",
        Ask("number", "delta[1]", (0, 3)): "has no such entry",
        Ask("cell", "cost"): "nothing to choose from",
    }.items():
        with pytest.raises(Refusal, match=said.replace("[", r"\[")):
            posed_for(ask, setup)
    units = {("W", 1, row, column): 1.0 for row in (0, 1) for column in (0, 1)}
    units |= {("b", 1, 0, 0): 5.0, ("b", 1, 0, 1): 5.0}
    alike = replace(setup, entries={**setup.entries, **units})
    with pytest.raises(Refusal, match="Two entries are alike"):
        posed_for(Ask("cell", "Z[1]"), alike)
