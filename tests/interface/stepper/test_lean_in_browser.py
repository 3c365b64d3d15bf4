"""What the stepper costs a page: few elements, few keys to reach it, one layout a step.

The figures themselves: ``python -m tests.measure.hand``.
"""

from statistics import median

from tests.measure.hand import CELL, layouts_a_step, tabs
from tests.support.browser import expect
from tests.support.stepping import last, opened_at, press, settled

IDLE = "() => new Promise(resolve => requestIdleCallback(() => setTimeout(resolve, 50), { timeout: 500 }))"
PAUSES = (100, 130, 170)
"""Milliseconds between the keys of each walk: a step has its layouts in all of them, the page its own now and then."""

BADGE = "[data-part=ledger] [data-proof='dW[1]']"


def test_the_default_screen_is_small_its_stepper_near_and_a_step_laid_out_once_or_twice(open_app):
    page = open_app("/")
    opened_at(page)
    settled(page)
    assert page.evaluate("document.querySelectorAll('*').length") <= 4000
    assert page.locator(".katex-display").count() <= 2
    assert tabs(page) <= 12
    page.locator(".mlp-root").focus()
    expect(page, "document.querySelector('.mlp-root').dataset.live", "yes")
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    walks = []
    for pause in PAUSES:
        press(page, "Home", 0)
        for _ in range(8):
            page.evaluate(IDLE)
        walks.append(layouts_a_step(page, session, last(page), pause))
    assert all(median(found) <= 2 for found in walks), walks
    assert all(min(found) <= 2 for found in zip(*walks, strict=True)), walks
    assert min(map(sum, walks)) <= 2 * last(page) + 2, walks
    proved_again(page)


def proved_again(page):
    """At the last step the browser proves the gradients, and does so again once the hand rests."""
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
