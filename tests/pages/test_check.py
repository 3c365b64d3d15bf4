"""The Check page: a formula is judged as it is entered, the exercises are kept to their rules, and nothing raises."""

import re
from urllib.parse import parse_qs, urlencode

import pytest
import streamlit as st

from mlpviz.derivation.errata import EXERCISES, TABLE, ChoiceExercise
from mlpviz.derivation.notation import Notation
from mlpviz.derivation.texts import TEXTS
from mlpviz.examples.presets import PRESETS
from mlpviz.interface.shell import address, lacking, url
from mlpviz.interface.shell.store import Store
from mlpviz.maths.expressions import Symbol
from tests.support.check_page import Check, components, pick

E46 = EXERCISES["E46"]


def numbers_are_the_engines(page, name, layer):
    """Every number of the target stands on the page with its place in stored order."""
    place = rf'data-symbol="{name}" data-layer="{layer}" data-row="(\d)" data-column="(\d)" data-value="([^"]+)"'
    values, stored = re.findall(place, page.grids), getattr(page.trace(), name)[layer]
    assert len(values) == stored.size
    assert all(float(value) == stored[int(r), int(c)] for r, c, value in values)


@pytest.fixture
def page():
    return Check(preset="softmax-batch")


def test_an_empty_box_says_what_can_be_typed(page):
    assert not page.heading
    assert "Type or paste what you have" in page.texts
    assert "NumPy" in page.texts
    assert "(a3 - y) * a3 * (1 - a3) @ W3" in page.app.text_area(key="setup.formula").placeholder
    assert not page.type("   ").heading


def test_a_right_formula_is_right_with_its_shapes_numbers_and_conventions(page):
    page.type("delta[2].T @ A[1]", Symbol("dW", 2))
    assert page.heading == "### :material/check_circle: Right: this is ∂J/∂W⁽²⁾"
    assert "Right" not in page.sentences
    assert "agrees on 3 random networks" in page.sentences
    assert r"n_{2}\times m\\[0.25em]5\times 4" in page.texts
    assert "All entries are equal." in page.texts
    assert "**:material/check: right · chosen**" in page.texts
    assert "mlp-other" not in page.grids.replace(".mlp-other", "")
    numbers_are_the_engines(page, "dW", 2)


def test_numbers_stand_where_they_are_stored_in_every_notation(page):
    page.open(orientation="columns", layout="numerator", weights="in_out")
    page.type("", Symbol("delta", 2)).type("A[2]")
    numbers_are_the_engines(page, "delta", 2)


def test_what_does_not_multiply_is_boxed_and_what_would_is_one_press_away(page):
    page.type("delta[2] @ A[1]", Symbol("dW", 2))
    assert page.heading.endswith("Does not multiply")
    assert "inner dimensions n₂ and m differ" in page.sentences
    assert page.texts.count(r"\boxed") == 2
    assert "delta[2].T @ A[1]" in page.codes
    page.press("try 0")
    assert page.setup.formula == page.app.text_area(key="setup.formula").value == "delta[2].T @ A[1]"
    assert page.right


def test_what_is_wrong_is_marked_cell_by_cell(page):
    page.type("A[3] - Y", Symbol("delta", 3))
    assert page.heading.endswith("Multiplies, but is wrong")
    assert "division by m is missing" in page.sentences
    assert page.grids.count("≠ ") == 12
    assert "12 of 12 entries differ" in page.texts


def test_the_convention_in_which_it_is_right_is_one_press_away(page):
    page.type("delta[2] @ A[1].T", Symbol("dW", 2))
    assert not page.right
    page.press("switch")
    assert page.setup.notation == Notation("columns")
    assert page.right


def test_numbers_and_verdict_follow_an_edit(page):
    page.type("delta[2].T @ A[1]", Symbol("dW", 2))
    before = page.grids
    page.open(entries="W1.0.0:1.25", formula="delta[2].T @ A[1]", target="dW[2]", preset="softmax-batch")
    assert page.setup.entries[("W", 1, 0, 0)] == 1.25
    assert page.grids != before
    assert page.right


def test_one_sample_is_a_batch_of_one(page):
    page.open(sample="1").type("A[3] - Y", Symbol("delta", 3))
    assert "Right by accident" in page.sentences
    assert "only because m = 1" in page.sentences


def test_an_array_that_is_not_there_has_a_heading_of_its_own(page):
    assert page.type("delta[1].T @ A[7]").heading.endswith("Names what is not there")


@pytest.mark.parametrize("preset", PRESETS)
def test_every_array_of_every_preset_can_be_asked_for(preset):
    page = Check(preset=preset)
    menu = page.app.selectbox(key="setup.target")
    depth = len(page.setup.activations)
    assert len(menu.options) >= 4 * depth
    page.type("δ1")
    for l in (1, depth):
        page.type("Y", Symbol("delta", l))
        assert page.heading
        assert page.app.get("html")


def test_the_link_restores_the_formula_and_what_it_should_be():
    page = Check(preset="binary-classifier", orientation="columns", formula="A[3] - Y", target="delta[3]")
    assert page.app.text_area(key="setup.formula").value == "A[3] - Y"
    assert page.app.selectbox(key="setup.target").value == Symbol("delta", 3)
    assert page.right


def test_another_network_without_the_array_asks_for_the_last_gradient():
    assert Check(preset="two-three-two", target="delta[9]").app.selectbox(key="setup.target").value == Symbol("dW", 2)


def test_the_derivation_is_one_click_away(page):
    links = lambda: [each.proto for each in page.app.get("page_link") if "derived" in each.proto.label]  # noqa: E731
    page.type("Y", Symbol("delta", 3))
    assert "The error at the output" in links()[0].label
    page.type("Y", Symbol("db", 2))
    assert "walkthrough=batch" in links()[0].query_string
    assert "layer=2" in links()[0].query_string


def test_pieces_can_be_added_without_a_keyboard(page):
    page.type("δ2ᵀ", Symbol("dW", 2)).type("")
    rows = {each.label: each for each in page.app.get("button_group")}
    assert {"`W2` 5×6", "`Y` 4×3"} <= set(rows["arrays"].options)
    assert {"by hand", "LaTeX", "NumPy", "PyTorch", "MATLAB"} <= rows.keys()
    pick(page, "by hand", "δ⁽²⁾ᵀ a⁽¹⁾")
    assert page.setup.formula == "δ⁽²⁾ᵀ a⁽¹⁾"
    assert page.right


# What a left side asks for


def test_a_left_side_sets_what_it_should_be_in_one_step(page):
    page.type("delta[2].T @ A[1]", Symbol("dW", 2))
    page.type("dZ1 = delta2 @ W2 * f'(Z1)")
    assert page.setup.target == "delta[1]"
    assert page.app.selectbox(key="setup.target").value == Symbol("delta", 1)
    assert page.right
    page.press("undo")
    assert (page.setup.formula, page.setup.target) == ("delta[2].T @ A[1]", "dW[2]")
    page.press("redo")
    assert (page.setup.formula, page.setup.target) == ("dZ1 = delta2 @ W2 * f'(Z1)", "delta[1]")
    page.type("delta2 @ W2 * f'(Z1)")
    assert page.setup.target == "delta[1]"


def test_a_left_side_can_name_what_the_menu_does_not_offer(page):
    page.type("A2 = softmax(Z2)")
    assert page.setup.target == "A[2]"
    assert page.app.selectbox(key="setup.target").value == Symbol("A", 2)
    assert page.heading


def test_another_target_can_still_be_chosen(page):
    page.type("dZ1 = delta2 @ W2 * f'(Z1)").choose("target", Symbol("dW", 2))
    assert page.setup.target == "dW[2]"
    assert not page.right


def test_what_comes_back_to_a_layer_can_be_asked_for(page):
    asked = page.app.selectbox(key="setup.target").options
    assert {"∂J/∂a⁽²⁾", "∂J/∂a⁽¹⁾"} <= set(asked)
    page.type("delta3 @ W3", Symbol("dA", 2))
    assert page.right


# What is long


LONG = "\n".join(f"x{k} = A[1] @ W[2].T" for k in range(120))


def test_a_long_text_is_kept_beside_the_link(page):
    page.type(LONG)
    assert page.setup.formula == LONG
    assert page.link["left_out"] == "formula"
    there = components(page, "mlpviz.copy")
    assert (there["name"], parse_qs(there["text"])) == (page.link["kept"], {"formula": [LONG]})
    page.app.session_state["share"] = True
    assert "this one is without it" in page.run().texts
    assert not page.app.warning
    assert Check(**page.link).setup.formula == LONG
    page.type("Y")
    assert not [each for each in page.app.get("bidi_component") if each.proto.component_name == "mlpviz.copy"]
    assert page.link["formula"] == "Y"


def forget(monkeypatch):
    """Let the server have lost what links could not carry."""
    store = Store()
    for module in (url, lacking):
        monkeypatch.setattr(module, "STORE", store)


@pytest.fixture
def browser(monkeypatch):
    """A browser that has kept a text: it is heard in the run after it was said."""
    said, given = {}, []

    def component(*, key, data, on_copy_change, **_others):
        given.append(data[0]["kept"])
        if said:
            st.session_state[key] = {"copy": said | {}}
            said.clear()
            on_copy_change()

    monkeypatch.setattr(address, "_address", component)
    return said, given


def test_the_browser_brings_back_a_long_text_that_the_server_has_lost(browser, monkeypatch):
    said, given = browser
    link = Check(preset="softmax-batch").type(LONG).link
    forget(monkeypatch)
    page = Check(**link)
    assert page.setup.formula == ""
    assert "too long for this link" in page.texts
    assert given[-1]["wanted"] == link["kept"]
    said |= {"name": link["kept"], "text": urlencode({"formula": LONG})}
    page.run().run()
    assert page.setup.formula == LONG
    assert "too long for this link" not in page.texts
    assert given[-1]["wanted"] == ""
    assert not page.session.history.past, "nothing was edited"


def test_what_a_browser_sends_unasked_or_damaged_is_not_taken(browser, monkeypatch):
    said, _given = browser
    page = Check(preset="softmax-batch").type("Y")
    said |= {"name": "", "text": "formula=Z"}
    assert page.run().setup.formula == "Y"
    link = page.type(LONG).link
    forget(monkeypatch)
    for name, text in (
        (link["kept"], urlencode({"formula": "x" * 30_000})),
        (link["kept"], 7),
        (link["kept"], "formula"),
        (link["kept"], "formula=\ud800"),
        (link["kept"], "formula=A&" * 300_000),
        ("another", "formula=Z"),
    ):
        page = Check(**link)
        said |= {"name": name, "text": text}
        assert page.run().run().setup.formula == "", text[:20] if isinstance(text, str) else text


# Whatever is typed


HOSTILE = [
    "__import__('os')",
    "A.shape",
    "eval(1)",
    "[x for x in X]",
    "9**9**9",
    "(" * 10_000,
    "x" * 100_000,
    "⊙" * 2_000,
    "Аbc",
    "<script>alert(1)</script>",
    "![a](http://example.org/x.png) [b](javascript:alert(1)) **bold** :red[x] $x$",
    "\\input{/etc/passwd}",
    "a\x00b",
    "{{7*}} {0} {formula!r}",
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_refused_in_one_sentence_and_shown_as_text(page, text):
    page.type(text)
    assert page.heading == "### :material/help: Not read"
    assert len(page.app.text) == 1
    assert not page.app.latex
    assert page.app.text_area(key="setup.formula").value == text
    assert "<script" not in page.grids
    assert "<a " not in page.grids
    assert "alert" not in page.texts
    assert "example.org" not in page.texts
    assert page.type("Y").heading.endswith(("wrong", "multiply"))


def test_what_no_link_can_hold_leaves_the_link_empty(page):
    page.type("Y").type("x" * 30_000)
    assert page.setup.formula == ""
    assert "30000" in page.sentences
    assert page.app.text_area(key="setup.formula").value == "x" * 30_000
    page.press("undo")
    assert page.app.text_area(key="setup.formula").value == "Y"


def test_a_network_of_extreme_numbers_raises_nothing():
    large = {"entries": "W1.0.0:1e300~W2.0.0:1e300", "formula": "delta[2].T @ A[1]", "target": "dW[2]"}
    assert Check(preset="two-three-two", **large).heading
    page = Check(preset="one-neuron", entries="W1.0.0:1e300", X="1e300,1e300", formula="X @ W1.T + b1", target="Z[1]")
    assert page.heading
    assert "∞" in page.grids


# Find the bug


def opened(page, code="E46"):
    """The page with an exercise opened from the list."""
    return page.press(f"start {code}")


def disabled(page, number):
    """Whether an answer can no longer be chosen."""
    return page.app.button(key=f"answer {number}").disabled


def wrong_answers(code):
    """The numbers of the wrong answers to a question."""
    return [number for number, each in enumerate(EXERCISES[code].answers) if not each.right]


def right_answer(code):
    """The number of the right one."""
    return next(number for number, each in enumerate(EXERCISES[code].answers) if each.right)


def test_the_exercises_are_listed_by_the_titles_of_their_texts(page):
    assert {f"start {code}" for code in EXERCISES} <= page.keys
    assert f"0 of {len(EXERCISES)} found" in page.texts
    labels = [each.label for each in page.app.expander]
    for text in TEXTS.values():
        posed = sum(each.text == text.code for each in EXERCISES.values())
        assert (f"{text.title} · 0/{posed}" in labels) == bool(posed)
    assert not re.search(r"\bS[0-4]\b", page.texts)


def test_what_is_not_posed_is_told_with_the_reason(page):
    assert "What is not posed, and why" in [each.label for each in page.app.expander]
    unposed = [each for each in TABLE if each.unposed]
    assert len(unposed) == len(TABLE) - len(EXERCISES)
    for each in unposed:
        assert f"| {each.code} | {each.place} | {each.why} | {each.unposed} |" in page.texts


def test_an_exercise_opens_on_its_own_network_in_its_own_notation(page):
    opened(page)
    assert page.setup.preset == "two-three-two"
    assert page.setup.notation == E46.notation
    assert (page.setup.exercise, page.setup.target, page.setup.formula) == ("E46", "dW[1]", "")
    assert E46.formula in page.codes
    assert E46.own in page.texts
    assert "wanted is ∂L/∂W⁽²⁾" in page.texts.replace("\\", "")
    page.press("undo")
    assert page.setup.preset == "softmax-batch"
    assert page.setup.exercise == ""


def test_nothing_is_given_away_before_a_try(page):
    opened(page)
    for formula in ("", E46.formula, E46.formula.replace(" ", ""), "nonsense"):
        page.type(formula)
        assert E46.answer not in page.codes
        assert "debugger says of" not in " ".join(each.label for each in page.app.expander)
        assert not {"reveal", "hint"} & page.keys
        assert page.heading in ("", "### :material/help: Not read")


def test_the_texts_own_line_in_the_box_leaves_no_blank_page(page):
    opened(page).press("put wrong")
    assert page.setup.formula == E46.formula
    assert "change what is wrong in it" in page.texts
    assert "Type or paste what you have" in page.texts


def test_a_wrong_try_is_told_its_cause_then_a_hint_and_only_then_what_is_right(page):
    opened(page).type("δ3 a1ᵀ")
    assert page.heading.endswith("Does not multiply") or page.heading.endswith("wrong")
    assert not page.sentences.count("write ")
    assert "try 0" not in page.keys
    assert E46.hint not in page.sentences
    page.press("hint")
    assert E46.hint in page.sentences
    assert "reveal" not in page.keys
    page.type("δ3 xᵀ")
    assert "2 tries so far" in page.texts
    assert "reveal" not in page.keys
    page.type("W3 δ3")
    assert E46.answer not in page.codes
    assert not any("debugger says of" in each.label for each in page.app.expander)
    page.press("reveal")
    assert E46.answer in page.codes
    assert E46.why in page.sentences
    assert any("debugger says of" in each.label for each in page.app.expander)
    page.type(E46.answer)
    assert f"0 of {len(EXERCISES)}" in page.type("").press("leave room").texts


def test_the_hint_comes_by_itself_at_the_second_try(page):
    opened(page).type("δ3 xᵀ").type("δ3")
    assert E46.hint in page.sentences


def test_outside_an_exercise_the_suggestions_are_there(page):
    page.type("delta[2] @ A[1]", Symbol("dW", 2))
    assert "try 0" in page.keys
    assert "write delta[2].T instead of delta[2]" in page.sentences


def test_finding_it_shows_the_right_version_and_is_remembered(page):
    opened(page).type(E46.answer)
    assert "Found at the first try" in page.texts
    assert E46.answer in page.codes
    page.type("").press("leave room")
    assert f"1 of {len(EXERCISES)} found" in page.texts
    assert page.app.button(key="start E46").icon == ":material/check_circle:"


def test_every_exercise_can_be_solved_on_the_page():
    page = Check()
    opened(page, next(iter(EXERCISES)))
    for code, exercise in EXERCISES.items():
        assert page.setup.exercise == code
        if isinstance(exercise, ChoiceExercise):
            page.press(f"answer {right_answer(code)}")
        else:
            page.type(exercise.answer)
        assert "Found at the first try" in page.texts, code
        page.press("next exercise")
    page.press("leave room")
    assert f"{len(EXERCISES)} of {len(EXERCISES)} found" in page.texts


def test_a_wrong_answer_says_why_and_the_right_one_is_found_at_the_second_try():
    page = opened(Check(preset="softmax-batch"), "E13")
    assert "setup.formula" not in {each.key for each in page.app.text_input}
    first, *_ = wrong_answers("E13")
    reason = EXERCISES["E13"].answers[first].why
    assert reason not in page.sentences
    page.press(f"answer {first}")
    assert reason in page.sentences
    assert disabled(page, first)
    assert not disabled(page, right_answer("E13"))
    assert EXERCISES["E13"].why not in page.sentences
    page.press(f"answer {right_answer('E13')}")
    assert "Found at try 2" in page.texts
    assert EXERCISES["E13"].why in page.sentences


def test_a_question_that_was_shown_is_not_found():
    page = opened(Check(), "E13")
    for number in wrong_answers("E13"):
        page.press(f"answer {number}")
    page.press("reveal")
    assert disabled(page, right_answer("E13"))
    page.press("leave room")
    assert "0 of" in page.texts
    assert page.app.button(key="start E13").icon == ":material/visibility:"


@pytest.mark.parametrize("code", ["E44", "E52"])
def test_a_question_for_a_left_side_does_not_show_it(code):
    page = opened(Check(), code)
    assert "wanted is" not in page.texts
    assert "setup.target" not in {each.key for each in page.app.selectbox}


def test_a_link_to_an_exercise_restores_it():
    page = Check(
        preset="two-three-two", orientation="columns", first_layer="1", cost="L", error="slope", input="a",
        target="dW[1]", exercise="E46",
    )  # fmt: skip
    assert E46.formula in page.codes
    assert "pose" not in page.keys
    moved = Check(preset="xor", exercise="E46", formula="Y")
    moved.press("pose")
    assert (moved.setup.preset, moved.setup.notation) == ("two-three-two", E46.notation)


def test_an_exercise_opened_by_a_link_alone_can_be_closed():
    page = Check(preset="xor", exercise="E46")
    page.press("close exercise")
    assert (page.setup.exercise, page.setup.preset) == ("", "xor")


def test_an_exercise_has_its_own_numbers_and_those_of_the_learner_come_back():
    page = Check(preset="two-three-two", entries="W1.0.0:0.25", target="delta[1]", digits="5")
    before = page.setup
    assert opened(page).setup.entries[("W", 1, 0, 0)] == 0.7
    assert "your own network" in page.texts.lower()
    assert Check(**page.link).press("leave room").setup == before
    page.press("leave room")
    assert page.setup == before
    assert "leave room" not in page.keys


# What is right by accident


def test_right_by_accident_shows_the_second_network_where_it_differs(page):
    page.open(sample="1").type("A[3] - Y", Symbol("delta", 3))
    assert "On a second network, drawn at random, with 2 samples" in page.texts
    assert "6 of 6 entries differ" in page.texts
    assert "On your own network all entries are equal" in page.texts
    assert page.grids.count("≠ ") == 6


def test_whether_ones_own_convention_is_among_the_right_ones_is_said(page):
    page.type("delta[2].T @ A[1]", Symbol("dW", 2))
    assert "Right in 1 of 8 conventions, yours among them" in [each.label for each in page.app.expander]
    page.type("delta[2] @ A[1].T")
    assert "Right in 1 of 8 conventions, but not in yours" in [each.label for each in page.app.expander]


def test_the_gradient_of_the_biases_for_one_sample_is_what_step_and_derive_show():
    page = Check(preset="two-three-two", orientation="columns", target="db[2]", formula="delta2")
    assert page.right
    assert "For a batch of m samples write sum(delta2)" in page.sentences


def test_whose_label_has_a_hat_gets_there_in_one_click():
    page = Check(orientation="columns", target="delta[2]", formula="(a2 - ŷ) ⊙ f'(z2)")
    assert "ŷ is the label and y the output" in page.sentences
    page.press("switch")
    assert page.setup.notation.output == "y"
    assert page.right


def test_a_refused_text_shows_which_arrays_were_understood(page):
    page.type(r"\delta^{(3)} foo(A_2) W^{(2)} § W3")
    assert page.heading.endswith("Not read")
    told = page.texts.replace("\\", "")
    for row in (r"| `delta^{(3)}` | δ⁽³⁾ | 4 × 3 |", "| `A_2` | A⁽²⁾ | 4 × 5 |", "| `W^{(2)}` | W⁽²⁾ | 5 × 6 |"):
        assert row in told
    assert "`W3`" not in told
