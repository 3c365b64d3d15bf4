"""The stepper under a finger on a narrow screen, and what it says aloud."""

import pytest

from tests.support.browser import expect
from tests.support.stepping import LIVE, in_link, opened_at, press, settled
from tests.support.touch import CUT, LAID_OVER, MISSED, SMALL, TYPE

PHONE = {"viewport": (390, 844), "has_touch": True, "is_mobile": True}
STEP = "document.querySelector('[data-step]').dataset.step"
SAID = "document.querySelector('.mlp-status').textContent"
IN_SIGHT = """() => {
  const [network, bar] = [".mlp-network", ".mlp-under"].map(el => document.querySelector(el).getBoundingClientRect())
  return network.bottom <= bar.top || [network.bottom, bar.top]
}"""
WIDER = "[...document.querySelectorAll('.mlp-cards .mlp-matrix')].filter(el => el.scrollWidth > el.clientWidth + 1)"
LOST = f"""() => {WIDER}.map(el => [el.dataset.key, el.scrollTo(0, 0), el.getBoundingClientRect().left,
  el.querySelector(".mlp-n").getBoundingClientRect().left]).filter(([, , edge, first]) => first < edge)"""
WIDE = ["previous", "next"]
ROWS = """() => new Set([...document.querySelectorAll(".st-key-toolbar button, .st-key-toolbar [role=combobox]")]
  .filter((el) => el.getClientRects().length)
  .map((el) => Math.round(el.getBoundingClientRect().bottom / 8))).size"""
"""In how many rows the controls above the page stand: they leave a phone room for it."""
BELOW = """() => {
  const at = [".mlp-ledger [data-key='W[1]'] .mlp-n", ".mlp-edit", ".mlp-refusal"]
  const [top, ...others] = at.map((each) => document.querySelector(each).getBoundingClientRect().top)
  return others.map((each) => Math.round(each - top))
}"""
SHEET = """selector => {
  const [sheet, number, bar] = [".mlp-sum", selector, ".mlp-under"].map(
    each => document.querySelector(each).getBoundingClientRect())
  const places = [44, number.top, number.bottom, sheet.top, sheet.bottom, bar.top + 1, bar.bottom, innerHeight]
  return places.every((place, k) => !k || places[k - 1] <= place) || places
}"""


def swiped(page, x, y, across, down=0):
    """A finger goes from a place to another."""
    session = page.context.new_cdp_session(page)
    touch = lambda kind, *points: session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [*points]})  # noqa: E731
    touch("touchStart", {"x": x, "y": y})
    for part in range(1, 9):
        touch("touchMove", {"x": x + across * part / 8, "y": y + down * part / 8})
        page.wait_for_timeout(16)  # a frame
    touch("touchEnd")
    session.detach()


def middle(page, selector):
    """The middle of an element that has been brought into view."""
    page.locator(selector).first.scroll_into_view_if_needed()
    box = page.locator(selector).first.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_a_swipe_steps_a_number_and_its_explanation_are_in_sight_and_one_that_can_be_dragged_is_dragged(open_app):
    page = open_app("/?step=9", **PHONE)
    opened_at(page, 9)
    expect(page, LIVE, "yes")
    nothing_amiss(page)
    in_sight(page)
    press(page, "ArrowLeft", 9)
    dragged_and_swiped(page)


def in_sight(page):
    """A number and its explanation, and a given one is typed there."""
    for selector in (
        ".mlp-product .mlp-result .mlp-n",
        ".mlp-product [data-symbol=W]",
        ".mlp-ledger .mlp-n[data-symbol=Y]",
    ):
        page.locator(selector).last.tap()
        shown = ".mlp-ledger .mlp-subject" if "ledger" in selector else ".mlp-product .mlp-subject"
        expect(page, SHEET, True, shown)
    page.locator(".mlp-sum .mlp-lines .mlp-n").tap()  # of the last one, which is given
    expect(page, "document.activeElement.matches('.mlp-sum .mlp-edit')")
    page.keyboard.press("Control+A")
    page.keyboard.type("0.25")
    page.keyboard.press("Enter")
    expect(page, "Number(document.querySelector('.mlp-ledger .mlp-n[data-symbol=Y]:last-child').dataset.value)", 0.25)
    in_link(page, "Y=0.95,0.25")
    page.locator(".mlp-under [data-do=next]").tap()
    expect(page, STEP, "10")
    expect(page, "document.querySelector('.mlp-sum').popover", None)


def dragged_and_swiped(page):
    """A finger steps where it goes far enough to the side, and not where a number can be dragged."""
    _x, y = middle(page, ".mlp-network h4")
    swiped(page, 300, y, -200)
    expect(page, STEP, "10")
    swiped(page, 60, y, 200)
    expect(page, STEP, "9")
    swiped(page, 200, y, -30)  # too short, and too steep: neither is a swipe
    swiped(page, 200, y, -60, 200)
    given = ".mlp-network .mlp-tag[data-given]"
    before = float(page.locator(given).first.get_attribute("data-value"))
    swiped(page, *middle(page, given), 60)
    expect(
        page,
        "was => Number(document.querySelector('.mlp-network .mlp-tag[data-given]').dataset.value) > was",
        True,
        before,
    )
    expect(page, f"{SAID}.startsWith('W layer 1, row 1, column 1: ') && {SAID}.includes('J: ')")
    assert page.evaluate(STEP) == "9"
    assert "preset=two-three-two" in page.url, "a swipe to the right does not leave the page"


def nothing_amiss(page):
    """No face is cut, and every number is large enough, also on a phone that is narrower still."""
    expect(page, CUT, [])
    expect(page, SMALL, [])
    expect(page, MISSED, [])
    expect(page, "document.documentElement.scrollWidth", 390)
    page.set_viewport_size({"width": 320, "height": 640})
    expect(page, CUT, [])
    expect(page, LAID_OVER, [])
    expect(page, "() => Math.min(...(" + TYPE + ")()) >= 8")
    page.set_viewport_size({"width": 390, "height": 844})


@pytest.mark.parametrize("path", ["/?preset=softmax-batch&step=9", "/derive?walkthrough=batch&line=5"])
def test_no_face_is_cut_and_every_number_is_large_enough(open_app, path):
    page = open_app(path, **PHONE)
    opened_at(page)
    nothing_amiss(page)
    assert page.evaluate(ROWS) <= 3


def test_a_wide_matrix_scrolls_to_its_first_column(open_app):
    page = open_app("/?preset=digit&step=5", **PHONE)
    opened_at(page)
    assert page.evaluate(f"{WIDER}.length")
    expect(page, LOST, [])
    assert page.locator(".mlp-ledger .mlp-where").first.inner_text() == "row 1, columns 1–16"
    expect(page, "() => Math.min(...(" + TYPE + ")()) >= 10")


def test_the_network_is_in_sight_also_beside_the_course_and_other_controls_are_a_tap_away(open_app):
    page = open_app("/", **PHONE)
    opened_at(page)
    expect(page, IN_SIGHT, True)
    assert page.evaluate(ROWS) <= 2
    assert not page.locator(".mlp-bar").is_visible()
    more = page.locator(".mlp-under [data-part=more]")
    more.tap()
    expect(page, "document.querySelector('.mlp-bar').contains(document.activeElement)")
    page.locator(".mlp-bar [data-part=grain]").select_option("entry")
    page.keyboard.press("Escape")
    expect(page, "document.activeElement.dataset.part", "more")
    assert not page.locator(".mlp-bar").is_visible()
    more.tap()
    page.locator(".mlp-network h4").tap()
    expect(page, "document.querySelector('.mlp-bar').matches(':popover-open')", False)
    page.set_viewport_size({"width": 1280, "height": 720})
    expect(page, "[...document.querySelector('.mlp-bar').children].slice(0, 2).map(el => el.dataset.do)", WIDE)
    assert page.locator(".mlp-bar").is_visible()


def test_the_toolbar_of_a_page_without_a_stepper_leaves_it_room_too(open_app):
    page = open_app("/check", **PHONE)
    page.wait_for_selector(".st-key-toolbar .st-key-share button")
    settled(page)
    expect(page, f"({ROWS})() <= 2")


def test_what_happens_is_said(open_app):
    page = open_app("/?step=8")
    opened_at(page, 8)
    expect(page, LIVE, "yes")
    press(page, "ArrowRight", 9)
    expect(page, f"{SAID}.startsWith('step 10 of ') && {SAID}.includes('δ layer 1: −0.148, 0.247, −0.075.')")
    expect(page, "document.querySelector('[data-part=scrubber]').ariaValueText.startsWith('step 10 of ')")
    page.locator(".mlp-product .mlp-result .mlp-n").nth(1).click()
    expect(page, f"{SAID}.includes('δ layer 2, row 1, column 1 · W layer 2, row 1, column 2')")
    assert page.locator(".mlp-root :is(output, [aria-live], [role=status])").count() == 1
    page.locator(".mlp-ledger [data-symbol=W]").first.click()
    expect(page, f"{SAID}.startsWith('W layer 1, row 1, column 1: 0.700. ')")
    assert "two numbers" not in page.evaluate(SAID), "how else it can be asked about is no part of what it is"
    each_entry_is_said(page)
    a_typed_number_is_said_with_the_cost(page)


def each_entry_is_said(page):
    page.keyboard.press("Escape")
    page.locator(".mlp-bar [data-part=grain]").select_option("entry")
    page.locator(".mlp-root").focus()
    heard = []
    for _ in range(3):
        before = page.evaluate(SAID)
        page.keyboard.press("ArrowRight")
        expect(page, "before => document.querySelector('.mlp-status').textContent !== before", True, before)
        heard.append(page.evaluate(SAID))
    assert heard[0].startswith("δ layer 1, row 1, column 1: −0.148"), heard
    assert heard[1].startswith("δ layer 1, row 1, column 2: after 1 of 2:"), heard
    assert heard[2].startswith("δ layer 1, row 1, column 2: 0.247"), heard


def a_typed_number_is_said_with_the_cost(page):
    """What is refused of it stands below its field, also where a layer turns out higher."""
    page.locator("[data-part=ledger] [data-symbol=W]").first.dblclick()
    page.keyboard.press("Control+A")
    page.keyboard.type("x")
    page.keyboard.press("Enter")
    before = page.evaluate(BELOW)
    page.evaluate("document.querySelector('.mlp-layer').style.paddingBottom = '90px'")  # as one that turns out higher
    expect(page, BELOW, before)
    page.keyboard.press("Control+A")
    page.keyboard.type("0.5")
    page.keyboard.press("Enter")
    expect(page, f"{SAID}.startsWith('W layer 1, row 1, column 1: 0.500; J: ')")
