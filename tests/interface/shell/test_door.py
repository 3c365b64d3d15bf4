"""The line on the first screen: who sees it, where it leads, and that it stays away once it has been used."""

import pytest

from mlpviz.derivation.errata import EXERCISES
from mlpviz.derivation.hands import HANDS
from mlpviz.interface.shell import ways
from mlpviz.interface.shell.presets import preset_setup
from mlpviz.setup.link import decode, encode
from tests.support.browser import expect, expect_count
from tests.support.opened import Opened

SENTENCE = "A small neural network, worked out to the last number."


def is_open(page):
    """Whether the line is on the page."""
    return any(each.value == SENTENCE for each in page.app.markdown)


def test_it_is_there_for_who_comes_by_the_bare_address():
    page = Opened()
    assert is_open(page)
    labels = [link.proto.label for link in page.app.get("page_link")] + [button.label for button in page.app.button]
    assert {label for label, _setup in ways.WAYS.values()} <= set(labels)


@pytest.mark.parametrize("query", [{"step": 3}, {"preset": "mazur"}, {"hand": "question"}, {"entries": "W1.0.0:1"}])
def test_it_is_not_in_the_way_of_a_link(query):
    assert not is_open(Opened(**query))


def test_it_stays_while_one_looks_around_and_is_gone_with_another_network():
    page = Opened()
    page.press("door_step")
    assert is_open(page)
    page.app.selectbox(key="door_hand").set_value("nielsen")
    page.run()
    assert is_open(page)
    assert page.setup.notation == HANDS["nielsen"].notation
    page.choose("preset", "mazur")
    assert not is_open(page)


def test_it_is_gone_after_another_page_and_back_in_the_menu():
    page = Opened("derive")
    assert not is_open(page)
    page.app.session_state["help"] = True
    page.run()
    assert is_open(page)


def test_the_question_is_posed_in_its_own_hand_and_judged():
    page = Opened("check", **encode(ways.asked(), preset_setup("two-three-two")))
    assert page.setup.notation == HANDS["question"].notation
    assert (page.setup.target, page.setup.formula) == (EXERCISES[ways.ASKED].target, EXERCISES[ways.ASKED].formula)
    assert "Does not multiply" in page.texts


@pytest.mark.parametrize("query", [{"entries": "W1.0.0:1.37", "hand": "cs229"}, {"preset": "digit"}])
def test_what_is_ones_own_comes_back(query):
    page = Opened("derive", **query)
    own = page.setup
    page.app.session_state["help"] = True
    page.run()
    label = ways.WAYS["ask"][0]
    query = next(link.proto.query_string for link in page.app.get("page_link") if link.proto.label == label)
    there = Opened("check", **dict(part.split("=", 1) for part in unquoted(query)))
    there.press("leave room")
    assert (there.setup.preset, there.setup.entries) == (own.preset, own.entries)
    assert (there.setup.hand, there.setup.notation) == (own.hand, own.notation)


def unquoted(query):
    """The parts of a query with their characters."""
    from urllib.parse import parse_qsl

    return [f"{name}={text}" for name, text in parse_qsl(query)]


def test_its_links_can_be_read_again():
    for setup in (ways.asked(), ways.derived()):
        there = decode(encode(setup, preset_setup(setup.preset)), {setup.preset: preset_setup(setup.preset)})
        assert (there.hand, there.walkthrough, there.formula) == (setup.hand, setup.walkthrough, setup.formula)


@pytest.mark.browser
def test_once_used_it_is_gone_and_nothing_jumps(open_app):
    view = open_app()
    top = "document.querySelector('.mlp-root')?.getBoundingClientRect().top"
    view.wait_for_selector("[data-step='0']")
    expect_count(view, ".st-key-door", 1)
    before = view.evaluate(top)
    assert before < 200  # of 720: the picture is on the first screen
    view.locator(".st-key-door_step button").click()
    expect(view, "document.querySelector('[data-step]')?.dataset.step", "1")
    view.keyboard.press("ArrowRight")  # the keys go on where the button began
    expect(view, "document.querySelector('[data-step]')?.dataset.step", "2")
    assert view.evaluate(top) == before
    view.goto(view.evaluate("location.origin"))
    view.wait_for_selector("[data-step='0']")
    expect_count(view, ".st-key-door", 0)
