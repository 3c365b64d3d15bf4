"""The Network page in Chromium: what only a browser shows."""

from tests.support.browser import READY, expect, expect_count, expect_text
from tests.support.stepping import in_link


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


def test_what_is_typed_is_taken_or_refused_in_its_own_words_and_leaves_no_trace_in_the_history(open_app):
    """One visit, by a link of which a part is damaged: that is said in one sentence, and the rest is opened."""
    page = open_app("/network?preset=mazur&widths=2,0,2")
    expect_text(page, "[data-testid=stAlert]", "widths: found '0'; accepted are")
    in_link(page, "preset=mazur")
    expect(page, "location.search.includes('widths')", False)
    page.wait_for_selector("[data-testid=stDataFrame] canvas")
    before = page.evaluate("history.length")
    numbers_are_typed_one_after_the_other_and_undone(page)
    expect(page, "document.querySelector('[data-testid=stMain]').innerText.includes('accepted')", False)
    for part in (TYPED[:38], TYPED[38:]):
        leave(page, "Seed", part)
        expect(page, REFUSED, True, part)
        page.wait_for_selector(READY, state="attached")
        expect_count(page, "[data-testid=stAlert] :is(a, b, strong, code, .katex)", 0)
    leave(page, "Units of each layer", "2,4,2")
    in_link(page, "widths=2,4,2")
    leave(page, "Seed", "7")
    in_link(page, "seed=7")
    assert page.evaluate("history.length") == before


def numbers_are_typed_one_after_the_other_and_undone(page):
    """In the grid of X, whose one sample is 0.05, 0.1."""
    start_typing(page, 0, 0)
    type_number(page, "1.25", "Tab")
    in_link(page, "X=1.25,0.1")
    selected(page, 0, 1)
    type_number(page, "3.5", "Enter")  # the keyboard is still in the grid, one cell on
    in_link(page, "X=1.25,3.5")
    page.get_by_role("button", name="Undo").click()
    in_link(page, "X=1.25,0.1")
    page.keyboard.press("u")
    expect(page, "location.search.includes('X=')", False)
    page.wait_for_selector(READY, state="attached")
    page.keyboard.press("Shift+u")
    in_link(page, "X=1.25,0.1")


TYPED = "<b>b</b> **s** :red[r] :smile: $x$ `c` [a](http://b.c) http://d.e"


REFUSED = """part => {
  const alerts = [...document.querySelectorAll("[data-testid=stAlert]")].map(alert => alert.innerText)
  return alerts.length === 1 && alerts[0].replaceAll("\u2060", "").includes(part) || alerts
}"""


WIDE = """[...document.querySelectorAll("[data-testid=stMainBlockContainer] *")]
    .filter(e => e.getBoundingClientRect().right > innerWidth + 1)
    .filter(e => !e.closest("[data-testid=stDataFrame]") && !e.querySelector(".st-key-mlpviz-menu"))
    .filter(e => !e.closest(".st-key-mlpviz-menu"))"""  # the menu of a phone goes on sideways


def test_nothing_is_cut_off_at_the_side(open_app):
    """As a phone opens it, in the dark theme, and as it grows."""
    page = open_app("/network?preset=digit", (390, 844), dark=True)
    page.wait_for_selector("[data-testid=stExpander]")
    for width, height in ((390, 844), (640, 360), (1280, 720)):
        page.set_viewport_size({"width": width, "height": height})
        expect(page, "[innerWidth, document.documentElement.scrollWidth <= innerWidth]", [width, True])
        expect(page, f"({WIDE}).map(e => e.outerHTML.slice(0, 200))", [])  # the table's style arrives after it
