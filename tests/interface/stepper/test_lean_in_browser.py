"""What the stepper costs a page: no formula that is not shown, few elements, few keys to reach it, one layout a step.

The figures themselves: ``python -m tests.measure.hand``.
"""

import pytest

from tests.measure.hand import CELL, layouts_a_step, tabs
from tests.support.browser import expect
from tests.support.stepping import last, opened_at, press, settled, walked

IDLE = "() => new Promise(resolve => requestIdleCallback(() => setTimeout(resolve, 50)))"
UNREACHED = """() => {
  const reached = "button, a[href], input, select, summary, [tabindex='0']"
  const more = el => el.scrollHeight > el.clientHeight + 13 || el.scrollWidth > el.clientWidth + 13
  const scrolls = el => ["overflowX", "overflowY"].some(way => /auto|scroll/.test(getComputedStyle(el)[way]))
  return [...document.querySelectorAll(".mlp-root *")]
    .filter(el => more(el) && scrolls(el) && !el.matches(reached) && !el.querySelector(reached))
    .map(el => [el.className, el.parentElement.className, document.querySelector("[data-step]").dataset.step].join())
}"""
FORMULAS = """() => ["formula", "sigma"].map(part => {
  const box = document.querySelector(`[data-part=${part}]`)
  return box.childElementCount && (box.querySelector(".katex-html")?.getClientRects().length ?? 0)
})"""
BADGE = "[data-part=ledger] [data-proof='dW[1]']"


def test_the_default_screen_is_small_and_its_stepper_near(open_app):
    page = open_app("/")
    opened_at(page)
    settled(page)
    assert page.evaluate("document.querySelectorAll('*').length") <= 4000
    assert page.locator(".katex-display").count() <= 2
    assert tabs(page) <= 12


def test_a_step_is_laid_out_once_or_twice(open_app):
    page = open_app("/")
    opened_at(page)
    expect(page, "document.querySelector('.mlp-root').dataset.live", "yes")
    settled(page)
    for _ in range(40):
        page.evaluate(IDLE)
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    found = layouts_a_step(page, session, last(page))
    assert sorted(found)[len(found) // 2] <= 2, found
    assert sum(found) <= 2 * len(found) + 2, found  # the page has layouts of its own now and then


@pytest.mark.parametrize("size", [(1280, 720), (390, 844)], ids=["laptop", "phone"])
def test_every_formula_is_set_and_whatever_scrolls_can_be_reached(open_app, size):
    page = open_app("/?preset=softmax-batch", size)
    opened_at(page)
    settled(page)
    for formula, sigma in walked(page, FORMULAS):
        assert formula and sigma
    assert [each for step in walked(page, UNREACHED) for each in step] == []


def test_the_browser_proves_the_gradients_again_once_the_hand_rests(open_app):
    page = open_app("/")
    opened_at(page)
    press(page, "End", last(page))
    expect(page, f'() => document.querySelector("{BADGE}").textContent.startsWith("✓")')
    before = page.locator(BADGE).text_content()
    assert "all 6 entries" in before and "server" not in before
    assert page.locator("[class*=st-key-unseen-proofs]").count() == 0
    page.locator(CELL).scroll_into_view_if_needed()
    box = page.locator(CELL).bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 10, y)
    page.mouse.move(x + 20, y)
    expect(page, f'() => document.querySelector("{BADGE}").textContent', "checking…")
    expect(page, f'() => document.querySelector("{BADGE}").textContent.startsWith("✓")')
    page.keyboard.press("Escape")
    page.mouse.up()


def test_the_server_proves_a_larger_network_and_it_is_said(open_app):
    page = open_app("/?widths=20,24,3")
    opened_at(page)
    press(page, "End", last(page))
    expect(page, f'() => /✓.*by the server.* of 480 entries/.test(document.querySelector("{BADGE}").textContent)')
