"""The Train page on a phone: two rows of buttons each, all named and within the screen, and two fields a row."""

from tests.support.browser import expect, expect_count
from tests.support.stepping import settled
from tests.support.train import FIGURE, LONG, begin, hide, press, wait_for

ROWS = """selector => {
  const buttons = [...document.querySelectorAll(selector + " :is(button, input)")].filter(each => each.offsetParent)
  const places = buttons.map(each => each.getBoundingClientRect())
  if (!places.length || places.some(place => place.left < 0 || place.right > innerWidth)) return "outside"
  const middles = places.map(place => (place.top + place.bottom) / 2).sort((one, other) => one - other)
  return middles.filter((middle, k) => k == 0 || middle - middles[k - 1] > 12).length
}"""
WITHIN = "document.documentElement.scrollWidth <= 390"


def test_on_a_phone_each_bar_takes_two_rows_in_every_state_of_a_run_and_nothing_is_cut_off(open_app):
    page = open_app(LONG, viewport=(390, 844), has_touch=True)
    expect_count(page, FIGURE, 1)
    expect(page, WITHIN)
    expect(page, ROWS, 2, ".st-key-toolbar")
    expect(page, ROWS, 2, ".st-key-transport")
    settled(page)
    page.get_by_role("button", name="Settings").click()
    expect(page, BESIDE, True, ["Batch size (0: all)", "Epochs"])
    page.keyboard.press("Escape")
    expect_count(page, "[data-testid=stPopoverBody]", 0)
    begin(page)
    hide(page)
    expect(page, ROWS, 2, ".st-key-transport")
    press(page, "Pause")
    wait_for(page, "paused")
    expect(page, ROWS, 2, ".st-key-transport")
    press(page, "Stop")
    wait_for(page, "stopped")
    expect(page, ROWS, 2, ".st-key-transport")
    expect(page, WITHIN)


BESIDE = """names => {
  const place = name => document.querySelector(`input[aria-label="${name}"]`).getBoundingClientRect()
  const [first, second] = names.map(place)
  return Math.abs(first.top - second.top) < 5 && first.right < second.left && second.right < 390
}"""
