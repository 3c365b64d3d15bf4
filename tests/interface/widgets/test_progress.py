"""Progress with the exercises: what a browser keeps of it, read strictly, and put together without losing anything."""

import pytest

from mlpviz.interface.widgets.progress import LENGTH, Progress, read, written
from tests.support.opened import Opened

KEPT = "mlpviz.progress"


def test_what_is_written_is_read_again():
    kept = {"E46": Progress(["x", "y"], solved=True), "E9": Progress(["x"], 3, revealed=True), "E13": Progress(["x"])}
    text = written({**kept, "E1": Progress()})
    assert text == "E13:1,E46:2f,E9:4s"
    again = read(text)
    assert {code: (each.count, each.solved, each.revealed) for code, each in again.items()} == {
        "E46": (2, True, False),
        "E9": (4, False, True),
        "E13": (1, False, False),
    }
    assert written(again) == text
    assert read("") == {}


def test_the_learners_formulas_stay_with_the_session():
    assert "secret" not in written({"E46": Progress(["secret"])})


@pytest.mark.parametrize(
    "text",
    [
        "nonsense",
        "E46",
        "E46:2x",
        "E46:9999",
        "E46:-1",
        "E46:2f,",
        "E46:2f\n",
        '{"E46": true}',
        "<script>alert(1)</script>",
        "E٤:1",
        "E1:1," * LENGTH,
        "\0",
    ],
)
def test_anything_else_is_refused_in_one_sentence(text):
    with pytest.raises(ValueError, match=r"^progress: found .*; accepted are") as refusal:
        read(text)
    assert len(str(refusal.value)) < 300
    assert "\n" not in str(refusal.value)


def test_an_attempt_counts_once_and_nothing_counts_after_the_end():
    progress = Progress()
    for answer, right in (("a", False), ("a", False), ("b", True), ("c", False)):
        progress.attempt(answer, right)
    assert (progress.count, progress.solved) == (2, True)
    shown = Progress(["a"], revealed=True)
    shown.attempt("b", True)
    assert not shown.solved


@pytest.fixture
def browser(monkeypatch):
    """A browser that has kept something: what it says is heard in the next run."""
    from mlpviz.interface.widgets import progress

    said = {}

    def component(*, key, data, on_kept_change):
        import streamlit as st

        said["data"] = data[0]
        if "text" in said:
            st.session_state[key] = {"kept": said.pop("text")}
            on_kept_change()

    monkeypatch.setattr(progress, "_component", component)
    return said


def test_what_the_browser_kept_comes_back_in_a_new_session(browser):
    browser["text"] = "E46:2f,E9:1,E99:1f"
    page = Opened("check").run()
    assert "1 of " in page.texts
    assert page.app.button(key="start E46").icon == ":material/check_circle:"
    assert page.app.button(key="start E9").icon == ":material/adjust:"
    assert browser["data"]["text"] == "E46:2f,E99:1f,E9:1"
    assert browser["data"]["seen"] == "E46:2f,E9:1,E99:1f"


def test_two_tabs_lose_nothing_of_each_other(browser):
    page = Opened("check")
    page.press("start E13").press("answer 2")
    browser["text"] = "E46:3f,E13:1"
    page.run().run()
    assert browser["data"]["text"] == "E13:1f,E46:3f"


def test_damaged_progress_is_said_once_and_overwritten(browser):
    browser["text"] = "<b>E46</b>"
    page = Opened("check").run()
    assert len(page.errors) == 1
    assert "progress: found" in page.errors[0]
    assert browser["data"]["text"] == ""
    assert browser["data"]["seen"] == "<b>E46</b>"
