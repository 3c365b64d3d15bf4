"""The projector view: what is read from the last row, its keys, and that nothing but it can be reached."""

import pytest

from tests.support.axe import STATES
from tests.support.browser import expect, expect_count
from tests.support.legible import PAGE_KINDS, PART, SMALL, cut, least, looked
from tests.support.stepping import last as last_step
from tests.support.stepping import opened_at, press, settled, walked

EM = {(1280, 720): 19, (3840, 2160): 57}
"""What a text has at least by the size of the screen, in pixels."""

STEP = "document.querySelector('[data-step]').dataset.step"
WALL = "document.querySelector('.mlp-root').matches('.mlp-projector')"
BLACK = "document.querySelector('.mlp-root').matches('.mlp-black')"
INSIDE = "Boolean(document.activeElement.closest('.mlp-projector'))"
SHOWN = """[...document.querySelectorAll('.mlp-face')].filter((el) => getComputedStyle(el).visibility === 'visible')
  .map((el) => el.className.match(/mlp-(network|sum|product|code)/)[1]).join()"""
TYPE = "parseFloat(getComputedStyle(document.querySelector('.mlp-product .mlp-grid .mlp-n')).fontSize)"
REACHED = """async () => {
  const found = []
  for (const el of document.querySelectorAll("a, button, input, select, textarea, summary, [tabindex]")) {
    if (el.tabIndex < 0 || el.closest(".mlp-projector")) continue
    el.focus()
    if (document.activeElement === el) found.push(el.outerHTML.slice(0, 90))
  }
  return found
}"""


NOT_WHOLE = "document.documentElement.requestFullscreen = undefined"
"""As in a browser that refuses the whole screen; a page on it has the screen's size and no other."""


def projected(page, step=None):
    opened_at(page, step)
    page.evaluate(NOT_WHOLE)
    page.locator("[data-do=projector]").click()
    expect(page, WALL)


@pytest.mark.parametrize(
    ("path", "dark", "size"),
    [
        ("/?preset=two-three-two", False, (3840, 2160)),
        ("/?widths=4,4,4&X=1,2,0,1&Y=0,1,0,0", True, (1280, 720)),
    ],
)
def test_all_is_large_and_stands_out_at_every_step_and_nothing_is_cut_off(open_app, path, dark, size):
    """Where least has room, and where most has; more networks on more screens: ``python -m tests.measure.wall``."""
    page = open_app(path, viewport=size, dark=dark)
    projected(page)
    looks = walked(page, f"async () => [await ({cut()})(), ({looked()})()]")
    assert not any(cut_off for cut_off, _ in looks)
    found, em = least([texts for _, texts in looks]), EM[size]
    small = {kind: each for kind, (each, _) in found.items() if each[0] < em * (PART if kind in SMALL else 1)}
    assert not small
    assert not {kind: each for kind, (_, each) in found.items() if each[0] < 4.5}


@pytest.mark.parametrize("line", ["chain-rule", "modules"])
def test_every_line_of_a_walkthrough_is_read_whole(open_app, line):
    """Lines of a batch: ``test_faces_in_browser.py``; of every walkthrough: ``python -m tests.measure.wall``."""
    page = open_app(f"/derive?walkthrough={line}&preset=two-three-two")
    projected(page)
    assert not any(walked(page, cut(".mlp-headline, .mlp-headline p, .mlp-what, .mlp-face .mlp-body")))


GIVEN = ".mlp-picture [data-symbol=W][data-layer='1']"
HEIGHTS = "['.mlp-figure', '.mlp-figure svg'].map((el) => document.querySelector(el).clientHeight)"
SCROLLED = "document.querySelector('.mlp-root').scrollTop"


def test_the_keys_of_the_wall_and_what_is_asked_and_typed_on_it(open_app):
    page = open_app("/?preset=two-three-two&step=3")
    opened_at(page, 3)
    page.keyboard.press("PageDown")  # on the page itself it scrolls
    expect(page, STEP, "3")
    projected(page, 3)
    expect(page, "document.activeElement.matches('.mlp-root')")
    page.keyboard.press("Enter")
    expect(page, WALL)  # the button does not keep the key
    for key, step in (("PageDown", "4"), ("PageDown", "5"), ("PageUp", "4")):
        page.keyboard.press(key)
        expect(page, STEP, step)
    one = page.evaluate(TYPE)
    page.keyboard.press("3")
    expect(page, SHOWN, "product")
    expect(page, f"{TYPE} === {2 * one}")
    page.keyboard.press("0")
    expect(page, SHOWN, "network,sum,product,code")
    page.keyboard.press("b")
    expect(page, BLACK)
    page.keyboard.press("ArrowRight")
    expect(page, BLACK, False)
    expect(page, STEP, "4")
    for key in ("1", "Escape"):
        page.keyboard.press(key)
    expect(page, SHOWN, "network,sum,product,code")
    for step in range(5, 10):
        press(page, "PageDown", step)
    read_whole_beside_its_curve(page)
    typed_while_a_clicker_is_pressed(page)
    page.keyboard.press("Escape")  # the field first
    expect(page, "document.querySelector('.mlp-edit')", None)
    page.keyboard.press("Escape")  # then what is asked
    expect(page, SHOWN, "network,sum,product,code")
    page.keyboard.press("Escape")
    expect(page, WALL, False)


def read_whole_beside_its_curve(page):
    """All of a network of few units is drawn, and what is said of a given number of it is read whole."""
    expect(page, "document.querySelectorAll('.mlp-neuron').length", 7)
    expect(page, "document.querySelectorAll('.mlp-product .mlp-mover').length", 0)
    page.locator(GIVEN).first.click()
    expect(page, "document.querySelectorAll('.mlp-told p').length", 4)
    expect(page, cut(), [])
    all_of_it, drawn = page.evaluate(HEIGHTS)
    assert drawn == all_of_it
    expect(page, SHOWN, "network,sum,code")
    page.keyboard.press("Escape")
    expect(page, SHOWN, "network,sum,product,code")


def typed_while_a_clicker_is_pressed(page):
    """It neither steps nor scrolls the wall away."""
    page.locator(GIVEN).first.dblclick()
    expect(page, "document.activeElement.matches('.mlp-edit')")
    for key in ("PageDown", "PageUp", "PageDown"):
        page.keyboard.press(key)
        settled(page)
        assert page.evaluate(f"[{STEP}, {SCROLLED}, document.activeElement.matches('.mlp-edit')]") == ["9", 0, True]


GROUNDS = """() => ["[data-testid=stLayoutWrapper]:has(> .st-key-notices)", "[data-testid=stApp]"]
  .map((each) => getComputedStyle(document.querySelector(each)).backgroundColor)
  .every((ground, _at, [first]) => ground === first)"""
"""Whether nothing of the wall is seen through what is said before it."""

SLOW = """document.body.addEventListener("click", window.slow = () => {
  for (const since = performance.now(); performance.now() - since < 200; );
})"""
"""As on a machine that is busy: a click takes longer than a panel needs to open."""

QUICK = "document.body.removeEventListener('click', window.slow)"


def notation_opens_and_closes(page):
    """From the wall, also on a slow machine; it is open then."""
    page.evaluate(SLOW)
    panel = "Boolean(document.querySelector('[data-testid=stPopoverBody] label'))"
    for is_open in (True, False, True):
        page.locator("[data-do=notation]").click()
        expect(page, panel, is_open)
        settled(page)
        expect(page, panel, is_open)
    page.evaluate(QUICK)


def test_of_a_larger_network_the_units_asked_about_are_drawn_and_nothing_behind_the_wall_is_reached(open_app):
    """Nothing but the notation, and what is refused."""
    page = open_app("/?preset=softmax-batch&step=1")
    projected(page, 1)
    assert page.evaluate(REACHED) == []
    page.locator(".mlp-root").focus()
    last = 'document.querySelector(\'.mlp-picture [data-symbol=A][data-layer="1"][data-column="5"]\')'
    expect(page, f"Boolean({last})", False)
    page.locator(".mlp-product .mlp-result .mlp-mover button").last.click()
    page.locator(".mlp-product .mlp-result [data-column='5']").first.click()
    expect(page, f"Boolean({last})")
    settled(page)
    notation_opens_and_closes(page)
    page.locator("[data-testid=stPopoverBody] label", has_text="column").first.click()
    expect(page, "location.search.includes('orientation=columns')")
    settled(page)
    page.keyboard.press("Escape")
    expect_count(page, "[data-testid=stPopoverBody]", 0)
    press(page, "End", last_step(page))
    target = page.locator(".mlp-picture [data-symbol=Y]").first
    target.dblclick()
    expect(page, "document.activeElement.matches('.mlp-edit')")
    page.keyboard.press("Control+A")
    page.keyboard.type("-3")
    page.keyboard.press("Enter")
    expect(page, "document.querySelector('.mlp-refusal')?.textContent.includes('−3')")
    notice = page.locator(".st-key-notices [data-testid=stAlert]")
    box = notice.bounding_box()
    at = [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2]
    expect(page, "([x, y]) => Boolean(document.elementFromPoint(x, y).closest('.st-key-notices'))", True, at)
    expect(page, GROUNDS)


def test_a_clicker_goes_on_and_escape_leaves_after_a_choice_was_made_on_the_wall(open_app):
    page = open_app("/?lesson=why-not-multiply&scene=2")
    projected(page)
    at = int(page.evaluate(STEP))
    page.locator(".mlp-lesson-choice").first.click()
    page.keyboard.press("PageDown")
    expect(page, STEP, str(at + 1))
    page.locator(".mlp-bar select").first.focus()
    page.keyboard.press("PageUp")
    expect(page, STEP, str(at))
    for control in (".mlp-bar select", ".mlp-bar [type=range]", ".mlp-lesson-choice"):
        page.locator(control).first.focus()
        page.keyboard.press("Escape")
        expect(page, WALL, False)
        if control != ".mlp-lesson-choice":
            projected(page)


ROOT_TYPE = "parseFloat(getComputedStyle(document.documentElement).fontSize)"
NEXT = "document.querySelector('.mlp-root > .mlp-bar .mlp-next').offsetHeight"
WHOLE = """(bar) => {
  const { left, right, top, bottom } = document.querySelector(`${bar} .mlp-position`).getBoundingClientRect()
  const seen = (x) => document.elementFromPoint(x, (top + bottom) / 2)?.matches(".mlp-position")
  return seen(left + 1) && seen(right - 1) && bottom <= document.querySelector(bar).getBoundingClientRect().bottom
}"""


def test_a_page_has_the_type_that_the_browser_is_set_to_and_the_wall_what_its_screen_has_room_for(open_app):
    page = open_app("/?preset=two-three-two", once=True)
    opened_at(page)
    before = page.evaluate(NEXT)
    page.context.new_cdp_session(page).send("Page.setFontSizes", {"fontSizes": {"standard": 24}})
    expect(page, f"{ROOT_TYPE} === 24")
    assert page.evaluate(NEXT) == pytest.approx(1.5 * before, rel=0.05)
    page.set_viewport_size({"width": 390, "height": 844})
    expect(page, WHOLE, True, ".mlp-under")
    page.set_viewport_size({"width": 1280, "height": 720})
    projected(page)
    expect(page, f"Math.floor({ROOT_TYPE})", 19)
    expect(page, WHOLE, True, ".mlp-root > .mlp-bar")
    assert page.evaluate(cut()) == []


LOOK = looked(PAGE_KINDS, "[data-testid=stMain]")
TOO_SMALL = f"""([small, em, part]) => Object.entries(({LOOK})())
  .filter(([kind, {{ size }}]) => size < em * (small.includes(kind) ? part : 1))
  .map(([kind, each]) => [kind, each.small])"""
BELOW = """() => [...document.querySelectorAll(".mlpviz-figure, .st-key-numbers table")]
  .map((el) => Math.round(el.getBoundingClientRect().bottom - innerHeight)).filter((over) => over > 0)"""


VIEWS = [("network",), ("check", "an exercise"), ("does not multiply",), ("right",), ("a run",)]
"""States that are reached from one another on one page."""


@pytest.mark.parametrize("states", VIEWS, ids=" and ".join)
def test_the_other_pages_have_a_large_view(open_app, states):
    page = open_app(STATES[states[0]].path)
    for state in states:
        STATES[state].reached(page)
        seen_large(page)


def seen_large(page):
    size = "parseFloat(getComputedStyle(document.querySelector('[data-testid=stMain] p')).fontSize)"
    page.evaluate(NOT_WHOLE)
    page.locator(".mlpviz-wall").click()
    expect(page, f"{size} >= 19")
    expect(page, TOO_SMALL, [], [[*SMALL], EM[1280, 720], PART])
    expect(page, BELOW, [])  # what it comes to is in view
    expect(page, "getComputedStyle(document.querySelector('.st-key-mlpviz-menu')).display", "none")
    page.keyboard.press("Escape")
    expect(page, f"{size} < 19")
