"""The keys go on stepping after a control was used, in Chromium, and nobody's place is taken."""

from mlpviz.derivation.walkthroughs import WALKTHROUGHS
from tests.support.browser import expect, expect_count
from tests.support.stepping import choose, in_link, last, opened_at, press, settled

TAKEN = "document.querySelector('[data-step]').contains(document.activeElement)"


def steps_on(page, step=0):
    """→, ←, End and Home lead where they say from a step."""
    for key, to in (("ArrowRight", step + 1), ("ArrowLeft", step), ("End", last(page)), ("Home", 0)):
        press(page, key, to)


def test_keys_step_after_a_number_was_edited_the_notation_closed_and_a_preset_chosen(open_app):
    page = open_app("/")
    opened_at(page)
    a_field_for_text_keeps_its_keys(page)
    a_number_is_edited(page)
    choose(page, "Preset", "Mazur")
    in_link(page, "preset=mazur")
    settled(page)
    steps_on(page)
    assert not page.evaluate(TAKEN)  # the focus is where the choice left it
    page.get_by_role("button", name="Notation").click()
    page.locator("[data-testid=stPopoverBody] [role=radiogroup]").first.wait_for()
    page.keyboard.press("Escape")
    expect_count(page, "[data-testid=stPopoverBody]", 0)
    steps_on(page)


def a_field_for_text_keeps_its_keys(page):
    press(page, "ArrowRight", 1)
    page.get_by_role("button", name="Notation").click()
    field = page.locator("[data-testid=stPopoverBody] input[type=number]").first
    field.focus()
    for key in ("Home", "ArrowRight", "ArrowLeft", "End"):
        page.keyboard.press(key)
    expect(page, "document.querySelector('[data-step]').dataset.step", "1")
    page.keyboard.press("Escape")
    expect_count(page, "[data-testid=stPopoverBody]", 0)
    press(page, "Home", 0)


def a_number_is_edited(page):
    """By mouse, and the keys step on; by keyboard, and they stay in the matrix."""
    weight = page.locator("[data-part=ledger] [data-symbol='W'][data-layer='1'][data-row='0'][data-column='0']")
    weight.dblclick()
    expect(page, "document.activeElement.matches('.mlp-edit')")
    page.keyboard.type("0.25")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-part=ledger] [data-symbol='W'][data-layer='1'][data-value='0.25']")
    in_link(page, "entries=")
    steps_on(page)
    page.locator("[data-part=ledger] [data-key='W[1]'] .mlp-cells").focus()
    for key in ("Enter", "Enter"):
        page.keyboard.press(key)
    expect(page, "document.activeElement.matches('.mlp-edit')")
    page.keyboard.press("Control+A")
    page.keyboard.type("0.5")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-part=ledger] [data-symbol='W'][data-layer='1'][data-value='0.5']")
    page.keyboard.press("ArrowRight")
    expect(page, "document.activeElement.dataset.column", "1")
    expect(page, "document.querySelector('[data-step]').dataset.step", "0")
    in_link(page, "0.5")


def test_keys_step_after_a_walkthrough_was_chosen(open_app):
    page = open_app("/derive?walkthrough=entries")
    opened_at(page)
    choose(page, "Walkthrough", WALKTHROUGHS["outputs"].title)
    in_link(page, "walkthrough=outputs")
    settled(page)
    steps_on(page)
