"""The Network page in Chromium: what only a browser shows."""

import pytest

from tests.support.browser import READY, expect, expect_count, expect_text
from tests.support.stepping import in_link, opened_at, press


@pytest.fixture
def page(open_app):
    page = open_app("/network")
    in_link(page, "end=1")
    page.wait_for_selector("[data-testid=stDataFrame] canvas")
    return page


def leave(page, label, text):
    """Type into a text field and leave it, once the run before has ended: it would put the field back."""
    page.wait_for_selector(READY, state="attached")
    field = page.get_by_label(label)
    field.fill(text)
    field.press("Enter")


def start_typing(page, row, column):
    """Put the keyboard into a cell of the grid of X."""
    page.wait_for_selector(READY, state="attached")
    grid = page.locator("[data-testid=stDataFrame]").first
    grid.click(position={"x": 90 + 75 * column, "y": 52 + 35 * row})
    selected(page, row, column)


def selected(page, row, column):
    """Wait until the keyboard is in a cell of the grid of X."""
    page.wait_for_selector(f"#glide-cell-{column + 1}-{row}[aria-selected=true]", state="attached")
    expect(page, "document.activeElement.closest('[data-testid=stDataFrame]') !== null")


def type_number(page, text, ending):
    """Type over the number of the present cell."""
    page.keyboard.press("Enter")
    page.locator("#portal input").fill(text)
    page.keyboard.press(ending)
    expect_count(page, "#portal input", 0)


def test_numbers_are_typed_one_after_the_other_and_undone(page):
    start_typing(page, 0, 0)
    type_number(page, "1.25", "Tab")
    in_link(page, "X=1.25,-0.55")
    page.wait_for_selector(READY, state="attached")
    selected(page, 0, 1)
    type_number(page, "3.5", "Enter")  # the keyboard is still in the grid, one cell on
    in_link(page, "X=1.25,3.5")
    page.get_by_role("button", name="Undo").click()
    in_link(page, "X=1.25,-0.55")
    page.wait_for_selector(READY, state="attached")
    page.keyboard.press("u")
    expect(page, "location.search.includes('X=')", False)
    page.wait_for_selector(READY, state="attached")
    page.keyboard.press("Shift+u")
    in_link(page, "X=1.25,-0.55")


def test_an_edit_leaves_no_trace_in_the_browser_history(page):
    before = page.evaluate("history.length")
    leave(page, "Units of each layer", "2,4,2")
    in_link(page, "widths=2,4,2")
    leave(page, "Seed", "7")
    in_link(page, "seed=7")
    page.wait_for_selector(READY, state="attached")
    assert page.evaluate("history.length") == before


def test_back_undoes_the_change_of_page_and_keeps_the_edits(page):
    page.get_by_role("link", name="Step", exact=True).click()
    opened_at(page, 0)
    expect(page, "location.pathname", "/")
    for step in range(1, 5):
        press(page, "ArrowRight", step)
    in_link(page, "step=4")
    page.get_by_role("link", name="Network").click()
    page.wait_for_selector("[data-testid=stDataFrame] canvas")
    expect(page, "location.pathname", "/network")
    in_link(page, "step=4")
    leave(page, "Seed", "7")
    in_link(page, "seed=7")
    page.go_back()
    opened_at(page, 4)
    in_link(page, "seed=7")
    page.go_forward()
    page.wait_for_selector("[data-testid=stDataFrame] canvas")
    expect(page, "document.querySelector('input[aria-label=Seed]').value", "7")


def test_the_copied_link_opens_the_same_page_in_another_browser(page, open_app):
    leave(page, "Units of each layer", "3,2,2")
    in_link(page, "widths=3,2,2")
    page.get_by_role("button", name="Share").click()
    expect(page, "document.querySelector('[data-testid=stCode] code').innerText === location.href")
    link = page.locator("[data-testid=stCode] code").inner_text()
    other = open_app(link[link.index("/network") :])
    other.locator("input[aria-label^=Units][value='3,2,2']").wait_for()


TYPED = "<b>b</b> **s** :red[r] :smile: $x$ `c` [a](http://b.c) http://d.e"


def test_what_was_typed_is_shown_as_it_was_typed(page):
    for part in (TYPED[:38], TYPED[38:]):
        leave(page, "Seed", part)
        expect(page, REFUSED, True, part)
        page.wait_for_selector(READY, state="attached")
        expect_count(page, "[data-testid=stAlert] :is(a, b, strong, code, .katex)", 0)


REFUSED = """part => {
  const alerts = [...document.querySelectorAll("[data-testid=stAlert]")].map(alert => alert.innerText)
  return alerts.length === 1 && alerts[0].replaceAll("\u2060", "").includes(part) || alerts
}"""


WIDE = """[...document.querySelectorAll("[data-testid=stMainBlockContainer] *")]
    .filter(e => e.getBoundingClientRect().right > innerWidth + 1)
    .filter(e => !e.closest("[data-testid=stDataFrame]") && !e.querySelector(".st-key-mlpviz-menu"))
    .filter(e => !e.closest(".st-key-mlpviz-menu"))"""  # the menu of a phone goes on sideways


@pytest.mark.parametrize(("viewport", "dark"), [((1280, 720), False), ((390, 844), True), ((640, 360), False)])
def test_nothing_is_cut_off_at_the_side(open_app, viewport, dark):
    page = open_app("/network?preset=digit", viewport, dark)
    page.wait_for_selector("[data-testid=stExpander]")
    expect(page, f"({WIDE}).map(e => e.outerHTML.slice(0, 200))", [])  # the table's style arrives after it
    expect(page, "document.documentElement.scrollWidth <= innerWidth")


def test_a_damaged_part_of_a_link_is_one_sentence_and_the_rest_is_opened(open_app):
    page = open_app("/network?preset=mazur&widths=2,0,2")
    expect_text(page, "[data-testid=stAlert]", "widths: found '0'; accepted are")
    page.wait_for_selector(READY, state="attached")
    in_link(page, "preset=mazur")
    expect(page, "location.search.includes('widths')", False)
    leave(page, "Seed", "1")
    in_link(page, "seed=1")
    expect(page, "document.querySelector('[data-testid=stMain]').innerText.includes('accepted')", False)
