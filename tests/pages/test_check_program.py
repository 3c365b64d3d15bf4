"""A program on the Check page: each line's verdict beside it, and the faulty ones mended in their places."""

import re

import pytest

from mlpviz.derivation.checker import Verdict, check_formula
from mlpviz.derivation.checker.program.report import ProgramReport, ReportLine
from mlpviz.derivation.checker.program.summary import SENTENCES
from mlpviz.derivation.checker.verdict import Suggestion
from mlpviz.derivation.errata import EXERCISES, ProgramExercise
from mlpviz.derivation.notation import Notation
from mlpviz.examples.presets import PRESETS
from mlpviz.interface.check import judging
from mlpviz.maths.expressions import Symbol
from mlpviz.maths.messages import Message
from tests.support.check_page import Check, components, pick

NETWORK = PRESETS["softmax-batch"].architecture
TEXT = """def backward():
    # the output
    dZ3 = (A3 - Y)
    dW3 = dZ3 @ A2  # mine
    tmp = dZ3 * 2

    db3 = np.sum(dZ3)
    return dW3"""

FAULT = check_formula("delta[3] @ A[2]", "dW[3]", NETWORK)


def report(**changes):
    """What could be said of the text."""
    values = {
        "kind": "shape",
        "message": Message("no"),
        "lines": (
            ReportLine(1, "def backward():", "other", "", Message(SENTENCES["idle"])),
            ReportLine(3, "    dZ3 = (A3 - Y)", "right", "m*delta[3]", Message(SENTENCES["later"], name="m*delta[3]")),
            ReportLine(4, "    dW3 = dZ3 @ A2  # mine", "shape", "", FAULT.message, FAULT),
            ReportLine(5, "    tmp = dZ3 * 2", "other", "", Message("")),
            ReportLine(7, "    db3 = np.sum(dZ3)", "wrong", "", Message("One number for all biases.")),
            ReportLine(8, "    return dW3", "right", "dW[3]", Message(SENTENCES["right"], name="dW[3]")),
        ),
        "computes": {"delta[3]": 3, "dW[3]": 4, "A[3] - Y": 3, "cost": 5},
        "missing": ("db[3]", "dW[2]", "Z[3]", "Z[2]"),
        "downhill": True,
    }
    return ProgramReport(**{**values, **changes})


@pytest.fixture
def said(monkeypatch):
    """Have something said of every program."""

    def say(**changes):
        monkeypatch.setattr(judging, "check_code", lambda *_, **__: report(**changes))
        return Check(preset="softmax-batch")

    return say


def rows(page):
    """The rows of the listing: number, kind, and what stands there."""
    return re.findall(r'data-line="(\d+)" data-kind="(\w+)"><span class="mlp-number">\d+</span>(.*?)</div>', page.grids)


def test_every_line_stands_in_its_place_with_its_verdict(said):
    page = said().type(TEXT)
    found = rows(page)
    assert [int(number) for number, _kind, _text in found] == list(range(1, 9))
    assert [kind for _number, kind, _text in found] == [
        "plain", "plain", "right", "shape", "other", "plain", "wrong", "right",
    ]  # fmt: skip
    texts = [text for _number, _kind, text in found]
    assert "<code>    dZ3 = (A3 - Y)</code>" in texts[2]
    assert ">right</b> m · δ⁽³⁾: 1/m comes later" in texts[2]
    assert ">does not multiply</b>" in texts[3]
    assert ">your own</b>" in texts[4]
    assert ">right</b> ∂J/∂W⁽³⁾" in texts[7]


def test_the_first_faulty_line_is_open_and_the_others_are_one_click_away(said):
    page = said().type(TEXT)
    assert page.heading.endswith("Line 4: does not multiply")
    assert "inner dimensions n₃ and m differ" in page.sentences
    assert r"m\times \textcolor" in page.texts
    assert r"4\times \textcolor" in page.texts, "the sizes of the reader's own batch"
    assert "One number for all biases" not in page.sentences
    assert [each.label for each in page.app.expander if "line" in each.label] == ["What is wrong with line 7"]
    page.app.session_state["folded 7"] = True
    assert "One number for all biases" in page.run().sentences


def test_a_suggestion_mends_the_line_in_its_place(said):
    page = said().type(TEXT)
    assert "delta[3].T @ A[2]" in page.codes
    page.press("try 4 0")
    assert page.setup.formula == TEXT.replace("dZ3 @ A2  # mine", "delta[3].T @ A[2]  # mine")
    assert page.app.text_area(key="setup.formula").value == page.setup.formula
    page.press("undo")
    assert page.setup.formula == TEXT


def test_what_it_computes_what_is_missing_and_where_it_goes(said):
    page = said().type(TEXT)
    assert ":material/check: ∂J/∂W⁽³⁾ · line 4" in page.texts.replace("\\", "")
    assert ":material/remove: ∂J/∂b⁽³⁾ · missing" in page.texts.replace("\\", "")
    assert ":material/remove: Z⁽³⁾ · not kept" in page.texts.replace("\\", "")
    assert ":material/remove: Z⁽²⁾ · missing" in page.texts.replace("\\", "")
    assert "goes downhill" in page.texts
    assert "goes uphill" in said(downhill=False).type(TEXT).texts
    assert "hill" not in said(downhill=None).type(TEXT).texts


def test_the_notation_writes_what_a_line_is(said):
    page = said().open(error="d", brackets="square", first_layer=1).type(TEXT)
    assert "m · dz[4]" in page.grids.lower()


def test_a_switch_turns_the_notation_for_the_whole_program(said):
    page = said(switches={"division": "gradients", "first_layer": 1}).type(TEXT)
    page.press("switch")
    assert (page.setup.notation.division, page.setup.notation.first_layer) == ("gradients", 1)


def test_faulty_lines_are_marked_in_the_box(said):
    assert components(said().type(TEXT), "mlpviz.lines")["signs"] == {"4": "✗", "7": "✗"}


def test_a_program_is_asked_for_nothing_and_a_derivation_is(said):
    page = said().type(TEXT)
    assert "setup.target" not in {each.key for each in page.app.selectbox}
    page.type("dW3 = delta3.T @ A2\n    = delta3.T @ A2")
    assert "setup.target" in {each.key for each in page.app.selectbox}


def test_what_is_typed_is_shown_as_text(said):
    line = "dW3 = '<img src=x onerror=alert(1)>'"
    page = said(lines=(ReportLine(1, line, "refused", "<b>", Message("<i>no</i>")),), kind="refused")
    page.type(f"{line}\nx = 1")
    assert "<img" not in page.grids
    assert "&lt;img" in page.grids


# Names of one's own


ASKED = Verdict(
    "refused",
    (Message("Nothing says what h is."),),
    Symbol("dW", 3),
    place=(12, 13),
    unknown=("h",),
    candidates={"h": ("A[2]", "Z[2]")},
)


def test_a_name_of_ones_own_is_asked_for_remembered_and_taken_back(monkeypatch):
    asked = []

    def check(text, target, architecture, notation, parameters, X, Y, given):
        asked.append(dict(given))
        known = "A[2]" if given.get("h") == "A[2]" else None
        return check_formula(text.replace("h", known), target, architecture, notation) if known else ASKED

    monkeypatch.setattr(judging, "check_formula", check)
    page = Check(preset="softmax-batch", target="dW[3]").type("delta3.T @ h")
    assert "What is “`h`”?" in page.texts
    assert "Not read" not in page.heading
    pick(page, "What h stands for", "A⁽²⁾ · 4×5")
    assert page.setup.given == (("h", "A[2]"),)
    assert page.right
    assert asked[-1] == {"h": "A[2]"}
    assert Check(**page.link).setup.given == (("h", "A[2]"),)
    assert "h = A⁽²⁾" in [each.label.replace("\\", "") for each in page.app.button]
    page.press("forget h")
    assert page.setup.given == ()
    assert "What is “`h`”?" in page.texts
    page.press("undo")
    assert page.right
    page.press("undo")
    assert "What is “`h`”?" in page.texts


def test_a_name_for_an_array_that_another_network_lacks_is_not_passed_on(monkeypatch):
    asked = []

    def check(*arguments):
        asked.append(dict(arguments[-1]))
        return ASKED

    monkeypatch.setattr(judging, "check_formula", check)
    Check(preset="one-neuron", given="h,A[1];g,A[3]", formula="h", target="Z[1]")
    assert asked[-1] == {"h": "A[1]"}


# What is not read


def test_a_text_that_is_not_read_has_its_place_marked_and_can_be_mended(monkeypatch):
    refused = Verdict(
        "refused",
        (Message("Not so."),),
        Symbol("dW", 3),
        place=(0, 6),
        rewritten=(Suggestion("delta3.T @ A2", True), Suggestion("A2 @ delta3", False)),
    )
    monkeypatch.setattr(judging, "check_formula", lambda *_: refused)
    page = Check(preset="softmax-batch", target="dW[3]").type("np.dot(delta3.T, A2)")
    assert page.heading.endswith("Not read")
    assert "<mark>np.dot</mark>(delta3.T, A2)" in page.grids
    assert components(page, "mlpviz.lines")["place"] == [0, 6]
    assert "Type or paste what you have" in page.texts
    monkeypatch.undo()
    page.press("try again 0")
    assert page.setup.formula == "delta3.T @ A2"
    assert page.right
    page.press("undo")
    assert page.setup.formula == "np.dot(delta3.T, A2)"


# A listing to mend


LISTING = ProgramExercise(
    code="E99",
    text="S2",
    where="somewhere",
    wrong="",
    right="",
    why="because",
    title="A listing",
    hint="look",
    notation=Notation(),
    formula="dZ3 = A3 - Y\ndW3 = dZ3 @ A2",
    answer="dZ3 = A3 - Y\ndW3 = dZ3.T @ A2",
    preset="softmax-batch",
)


@pytest.fixture
def posed(monkeypatch):
    """The page with a listing to mend, of which something is said."""

    def check(text, *_, **__):
        if text == LISTING.answer:
            return report(kind="right", lines=(), computes={"delta[3]": 1, "dW[3]": 2})
        if "dW3" not in text:
            return report(kind="right", lines=(), computes={"delta[3]": 1})
        return report()

    monkeypatch.setitem(EXERCISES, "E99", LISTING)
    monkeypatch.setattr(judging, "check_code", check)
    page = Check()
    page.app.session_state["exercises"] = True
    return page.run().press("menu E99")


def test_a_listing_is_in_the_box_and_nothing_is_said_before_a_try(posed):
    assert posed.setup.formula == LISTING.formula
    assert not posed.heading
    assert not rows(posed)
    assert components(posed, "mlpviz.lines")["signs"] == {}


def test_a_listing_is_mended_line_by_line_without_the_solution(posed):
    posed.type(LISTING.formula.replace("A2", "A1"))
    assert posed.heading.endswith("Line 4: does not multiply")
    assert "1 try so far" in posed.texts
    assert not [key for key in posed.keys if key.startswith("try")]
    assert "delta[3].T" not in "".join(posed.codes)
    posed.type(LISTING.answer)
    assert "Found at try 2" in posed.texts
    assert "because" in posed.sentences
    assert "What the debugger says of the text's version" in [each.label for each in posed.app.expander]
    assert "E99:2f" in components(posed, "mlpviz.progress")["text"]


def test_a_line_left_out_is_not_mended(posed):
    posed.type("dZ3 = A3 - Y\nx = 1")
    assert "Found" not in posed.texts
    posed.press("put wrong")
    assert posed.setup.formula == LISTING.formula


# A derivation


def test_each_side_of_a_derivation_has_its_verdict():
    page = Check(preset="softmax-batch").type("dW3 = delta3.T @ A2 = delta3 @ A2 = A2 @ delta3")
    told = page.texts.replace("\\", "").replace("\N{WORD JOINER}", "")
    assert ":material/check_circle: **right** = delta3.T @ A2" in told
    assert ":material/grid_off: **does not multiply** = delta3 @ A2" in told
    assert page.heading.endswith("Does not multiply")
    folded = [each.label for each in page.app.expander if "side" in each.label]
    assert folded == ["What is wrong with side 3"]
    page.app.session_state["folded side 3"] = True
    assert "inner dimensions n₂ and m differ" in page.run().sentences
    page.press("try 0")
    assert page.setup.formula == "dW3 = delta3.T @ A2"
    assert page.right


def test_a_program_that_is_not_all_read_is_not_called_right():
    page = Check().type("m = 4\nx = (")
    assert page.heading.endswith("Not all of it is read")
    assert "nothing is wrong with the others" in page.sentences
