"""A figure of the Train page is one and the same element for as long as it is shown, whatever is drawn in it."""

from tests.support.browser import expect, expect_count
from tests.support.stepping import settled
from tests.support.train import PASSED, begin, epoch, hide, press, wait_for

FIGURE = ".mlpviz-figure"
CURVES = f"document.querySelectorAll('{FIGURE}')[1]"

LIVE = """([selector, looks]) => new Promise(done => {
  const figures = [...document.querySelectorAll(selector)], start = performance.now()
  const axes = new Set(), places = new Set(), below = new Set(), ends = new Set()
  figures.forEach(figure => figure.marked = true)
  const seen = {figures: figures.length, mounted: 0, gone: 0, blank: 0, unlabelled: 0, drawn: 0, frames: 0}
  const observer = new MutationObserver(changes => changes.forEach(change => change.addedNodes.forEach(node => {
    seen.mounted += (node.matches?.(selector) ?? 0) + (node.querySelectorAll?.(selector).length ?? 0)
  })))
  observer.observe(document.body, {childList: true, subtree: true})
  figures.forEach(figure => figure.on("plotly_afterplot", () => seen.drawn++))
  const look = () => {
    const now = [...document.querySelectorAll(selector)], layouts = figures.map(figure => figure._fullLayout)
    seen.frames++
    seen.gone += now.length != figures.length || now.some(figure => !figure.marked)
    seen.blank += now.some(figure => !figure.querySelector(".main-svg .scatterlayer .trace"))
    seen.unlabelled += !figures.at(-1).querySelector(".hoverlayer .legend")
    axes.add(JSON.stringify(layouts.map(layout => [layout.xaxis.range, layout.yaxis.range])))
    places.add(JSON.stringify(layouts.map(layout => [layout._size.w, layout._size.h])))
    below.add(Math.round(document.querySelector("[data-testid=stExpander]").getBoundingClientRect().top))
    ends.add(figures.at(-1)._fullData.at(-1).x.at(-1))  // how far the curve goes: a long one has fewer points
    const time = performance.now() - start
    if (time < 2000 || ((seen.drawn < looks || ends.size < 5) && time < 60000)) return requestAnimationFrame(look)
    observer.disconnect()
    done({...seen, axes: axes.size, places: places.size, below: below.size, ends: [...ends]})
  }
  look()
})"""

COUNTED = """selector => {
  window.drawn = []
  document.querySelectorAll(selector).forEach((figure, k) => {
    window.drawn[k] = 0
    figure.on("plotly_afterplot", () => window.drawn[k]++)
  })
}"""


def test_a_figure_stands_still_while_it_is_drawn_in_and_keeps_what_is_hovered_and_zoomed_to(long_run):
    """One run, watched for as long as that takes: every look at it costs a core half of its time."""
    page = long_run
    begin(page)
    expect(page, PASSED, True, 20)
    expect_count(page, f"{FIGURE} .scatterlayer .trace path.js-line", 1)
    page.wait_for_selector("[data-testid=stExpander]")
    box = page.locator(FIGURE).nth(1).locator(".nsewdrag").bounding_box()
    page.mouse.move(box["x"] + 2, box["y"] + 90)
    expect_count(page, f"{FIGURE} .hoverlayer .legend", 1)
    seen = page.evaluate(LIVE, [FIGURE, 8])
    assert seen["frames"] > 5
    assert seen["drawn"] >= 8, "it goes on all the while"
    assert (seen["figures"], seen["mounted"], seen["gone"], seen["blank"], seen["unlabelled"]) == (2, 0, 0, 0, 0)
    assert (seen["axes"], seen["places"], seen["below"]) == (1, 1, 1)
    assert seen["ends"] == sorted(seen["ends"])
    assert len(seen["ends"]) > 4, "the curves grow from look to look"

    light = page.evaluate(TICKS)[0]
    whole = page.evaluate(f"{CURVES}._fullLayout.xaxis.range")
    page.mouse.move(box["x"] + 20, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + 160, box["y"] + 120, steps=4)
    page.mouse.up()
    expect(page, f"{CURVES}._fullLayout.xaxis.range[1] < {whole[1]} / 2")
    zoomed = page.evaluate(f"{CURVES}._fullLayout.xaxis.range")

    hide(page)
    page.evaluate(COUNTED, FIGURE)
    expect(page, PASSED, True, page.evaluate(EPOCH) + 30)
    under_way = 1  # of each figure, when the page was left
    assert max(page.evaluate("drawn")) <= under_way, "nothing is drawn that nobody sees"
    hide(page, False)
    expect(page, f"Math.min(...drawn) > {under_way}")
    press(page, "Stop")
    wait_for(page, "stopped")
    expect(page, f"{CURVES}._fullLayout.xaxis.range", zoomed)
    expect(page, f"{CURVES}._fullData.at(-1).x.at(-1)", epoch(page))
    page.mouse.dblclick(box["x"] + 60, box["y"] + 60)
    expect(page, f"{CURVES}._fullLayout.xaxis.range", whole)

    for scheme, colour in (("dark", "rgb(236, 239, 243)"), ("light", light)):  # each draws all anew, and at once
        page.emulate_media(color_scheme=scheme)
        expect(page, TICKS, [colour] * 2)
    page.evaluate(COUNTED, FIGURE)
    page.get_by_text("log", exact=True).click()
    expect(page, "drawn[1] > 0")
    settled(page)
    assert page.evaluate("drawn[0]") == 0, "its numbers are what they were"


TICKS = f"[...document.querySelectorAll('{FIGURE}')].map(each => each.querySelector('.xtick text').style.fill)"
EPOCH = """Number(/epoch ([\\d,]+) of/.exec(document.querySelector("[data-testid=stProgress]").textContent)[1]
  .replaceAll(",", ""))"""
