"""The Network page in Chromium: what only a browser shows."""

import pytest

from tests.browser import READY


@pytest.fixture
def page(open_app):
    page = open_app("/network")
    page.wait_for_selector("[data-testid=stDataFrame] canvas")
    page.wait_for_url("**/network?*end=1")
    return page


def leave(page, label, text):
    """Type into a text field and leave it."""
    field = page.get_by_label(label)
    field.fill(text)
    field.press("Enter")


def start_typing(page, row, column):
    """Put the keyboard into a cell of the grid of X."""
    box = page.locator("[data-testid=stDataFrame]").first.bounding_box()
    page.mouse.click(box["x"] + 90 + 75 * column, box["y"] + 52 + 35 * row)
    page.wait_for_selector(f"#glide-cell-{column + 1}-{row}[aria-selected=true]", state="attached")


def type_number(page, text, ending):
    """Type over the number of the present cell."""
    page.keyboard.press("Enter")
    page.locator("#portal input").fill(text)
    page.keyboard.press(ending)


def test_numbers_are_typed_one_after_the_other_and_undone(page):
    page.locator("[data-testid=stDataFrame]").first.scroll_into_view_if_needed()
    start_typing(page, 0, 0)
    type_number(page, "1.25", "Tab")
    page.wait_for_url("**X=1.25,-0.55*")
    type_number(page, "3.5", "Enter")  # the keyboard is still in the grid, one cell on
    page.wait_for_url("**X=1.25,3.5*")
    page.get_by_role("button", name="Undo").click()
    page.wait_for_url("**X=1.25,-0.55*")
    page.keyboard.press("u")
    page.wait_for_url(lambda url: "X=" not in url)
    page.keyboard.press("Shift+u")
    page.wait_for_url("**X=1.25,-0.55*")


def test_an_edit_leaves_no_trace_in_the_browser_history(page):
    before = page.evaluate("history.length")
    leave(page, "Units of each layer", "2,4,2")
    page.wait_for_url("**widths=2,4,2*")
    leave(page, "Seed", "7")
    page.wait_for_url("**seed=7*")
    assert page.evaluate("history.length") == before


def test_back_undoes_the_change_of_page_and_keeps_the_edits(page):
    page.get_by_role("link", name="Step", exact=True).click()
    page.wait_for_selector("[data-step]")
    page.wait_for_url(lambda url: "/network" not in url)
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    page.wait_for_selector("[data-step='4']")
    page.wait_for_url("**step=4*")
    page.get_by_role("link", name="Network").click()
    page.wait_for_selector("[data-testid=stDataFrame] canvas")
    page.wait_for_url("**/network?*step=4*")
    leave(page, "Seed", "7")
    page.wait_for_url("**seed=7*")
    page.go_back()
    page.wait_for_selector("[data-step='4']")
    page.wait_for_url("**seed=7*")
    page.go_forward()
    page.wait_for_selector("[data-testid=stDataFrame] canvas")
    assert page.get_by_label("Seed").input_value() == "7"


def test_the_copied_link_opens_the_same_page_in_another_browser(page, open_app):
    leave(page, "Units of each layer", "3,2,2")
    page.wait_for_url("**widths=3,2,2*")
    page.get_by_role("button", name="Share").click()
    link = page.locator("[data-testid=stCode] code").inner_text()
    assert link == page.url
    other = open_app(link.partition(page.url.partition("/network")[0])[2])
    other.locator("input[aria-label^=Units][value='3,2,2']").wait_for()


TYPED = "<b>b</b> **s** :red[r] :smile: $x$ `c` [a](http://b.c) http://d.e"


def test_what_was_typed_is_shown_as_it_was_typed(page):
    leave(page, "Seed", TYPED[:38])
    page.get_by_text(TYPED[:38]).wait_for()
    leave(page, "Seed", TYPED[38:])
    page.get_by_text(TYPED[38:].partition("://")[0]).wait_for()
    alert = page.locator("[data-testid=stAlert]")
    assert TYPED[38:] in alert.inner_text().replace("\N{WORD JOINER}", "")
    assert alert.locator("a, b, strong, code, .katex").count() == 0


WIDE = """[...document.querySelectorAll("[data-testid=stMainBlockContainer] *")]
    .filter(e => e.getBoundingClientRect().right > innerWidth + 1)
    .filter(e => !e.closest("[data-testid=stDataFrame]") && !e.querySelector(".st-key-mlpviz-menu"))"""


@pytest.mark.parametrize(("viewport", "dark"), [((1280, 720), False), ((390, 844), True), ((640, 360), False)])
def test_nothing_is_cut_off_at_the_side(open_app, viewport, dark):
    page = open_app("/network?preset=digit", viewport, dark)
    page.wait_for_selector("[data-testid=stExpander]")
    page.wait_for_function(f"!({WIDE}).length")  # the style of the table arrives a moment after it
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_damaged_link_is_one_sentence_and_stays_to_be_mended(open_app):
    page = open_app("/network?preset=mazur&widths=2,0,2")
    page.locator("[data-testid=stAlert]").wait_for()
    assert "widths: found '0'; accepted are" in page.locator("[data-testid=stAlert]").inner_text()
    assert page.url.endswith("?preset=mazur&widths=2,0,2")
    leave(page, "Seed", "1")
    page.wait_for_url("**seed=1*end=1")
    page.wait_for_selector(READY, state="attached")
    assert "accepted" not in page.locator("[data-testid=stMain]").inner_text()
