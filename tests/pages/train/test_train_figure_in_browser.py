"""A figure of the Train page is one and the same element for as long as it is shown, whatever is drawn in it."""

import pytest

from tests.support.browser import expect, expect_count
from tests.support.stepping import settled
from tests.support.train import PASSED, begin, press, wait_for

FIGURE = ".mlpviz-figure"
CURVES = f"document.querySelectorAll('{FIGURE}')[1]"

LIVE = """([selector, looks]) => new Promise(done => {
  const figures = [...document.querySelectorAll(selector)], start = performance.now()
  figures.forEach(figure => figure.marked = true)
  const seen = {figures: figures.length, mounted: 0, gone: 0, blank: 0, unlabelled: 0, drawn: 0, frames: 0}
  const observer = new MutationObserver(changes => changes.forEach(change => change.addedNodes.forEach(node => {
    seen.mounted += (node.matches?.(selector) ?? 0) + (node.querySelectorAll?.(selector).length ?? 0)
  })))
  observer.observe(document.body, {childList: true, subtree: true})
  figures.forEach(figure => figure.on("plotly_afterplot", () => seen.drawn++))
  const look = () => {
    const now = [...document.querySelectorAll(selector)]
    seen.frames++
    seen.gone += now.length != figures.length || now.some(figure => !figure.marked)
    seen.blank += now.some(figure => !figure.querySelector(".main-svg .scatterlayer .trace"))
    seen.unlabelled += !figures.at(-1).querySelector(".hoverlayer .legend")
    const time = performance.now() - start
    if (time < 2500 || (seen.drawn < looks && time < 60000)) return requestAnimationFrame(look)
    observer.disconnect()
    done(seen)
  }
  look()
})"""


@pytest.fixture
def page(long_run):
    return long_run


def begun(page):
    """A run on its way, and the middle of the picture of its curves."""
    begin(page)
    expect(page, PASSED, True, 20)
    expect_count(page, f"{FIGURE} .scatterlayer .trace path.js-line", 1)
    return page.locator(FIGURE).nth(1).locator(".nsewdrag").bounding_box()


def test_the_same_element_is_drawn_in_and_keeps_its_label_under_the_pointer(page):
    box = begun(page)
    page.mouse.move(box["x"] + 2, box["y"] + 90)
    expect_count(page, f"{FIGURE} .hoverlayer .legend", 1)
    seen = page.evaluate(LIVE, [FIGURE, 8])
    assert seen["frames"] > 5
    assert seen["drawn"] >= 8, "it goes on all the while"
    assert (seen["figures"], seen["mounted"], seen["gone"], seen["blank"], seen["unlabelled"]) == (2, 0, 0, 0, 0)


def test_what_is_zoomed_to_stays_until_a_double_click(page):
    box = begun(page)
    whole = page.evaluate(f"{CURVES}._fullLayout.xaxis.range")
    page.mouse.move(box["x"] + 20, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + 160, box["y"] + 120, steps=4)
    page.mouse.up()
    expect(page, f"{CURVES}._fullLayout.xaxis.range[1] < {whole[1]} / 2")
    zoomed = page.evaluate(f"{CURVES}._fullLayout.xaxis.range")
    expect(page, PASSED, True, 60)
    press(page, "Stop")
    wait_for(page, "stopped")
    expect(page, f"{CURVES}._fullLayout.xaxis.range", zoomed)
    page.mouse.dblclick(box["x"] + 60, box["y"] + 60)
    expect(page, f"{CURVES}._fullLayout.xaxis.range", whole)


HIDDEN = """hidden => {
  Object.defineProperty(document, "hidden", { value: hidden, configurable: true })
  document.dispatchEvent(new Event("visibilitychange"))
}"""

COUNTED = """selector => {
  window.drawn = []
  document.querySelectorAll(selector).forEach((figure, k) => {
    window.drawn[k] = 0
    figure.on("plotly_afterplot", () => window.drawn[k]++)
  })
}"""


def test_nothing_is_drawn_that_nobody_sees_or_that_is_there_already(page):
    begun(page)
    page.evaluate(HIDDEN, True)
    page.evaluate(COUNTED, FIGURE)
    expect(page, PASSED, True, 90)
    under_way = 1  # of each figure, when the page was left
    assert max(page.evaluate("drawn")) <= under_way
    page.evaluate(HIDDEN, False)
    expect(page, f"Math.min(...drawn) > {under_way}")
    press(page, "Stop")
    wait_for(page, "stopped")
    settled(page)
    page.evaluate(COUNTED, FIGURE)
    page.get_by_text("log", exact=True).click()
    expect(page, "drawn[1] > 0")
    settled(page)
    assert page.evaluate("drawn[0]") == 0, "its numbers are what they were"


def test_an_own_theme_reaches_the_figure(page):
    page.emulate_media(color_scheme="dark")
    expect(page, f"document.querySelector('{FIGURE} .xtick text').style.fill", "rgb(236, 239, 243)")
