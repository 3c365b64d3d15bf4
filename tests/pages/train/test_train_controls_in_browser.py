"""The Train page's buttons on a phone: two rows each, all of them named and within the screen."""

from tests.support.browser import expect
from tests.support.train import LONG, begin, press, wait_for

ROWS = """selector => {
  const buttons = [...document.querySelectorAll(selector + " :is(button, input)")].filter(each => each.offsetParent)
  const places = buttons.map(each => each.getBoundingClientRect())
  if (!places.length || places.some(place => place.left < 0 || place.right > innerWidth)) return "outside"
  const middles = places.map(place => (place.top + place.bottom) / 2).sort((one, other) => one - other)
  return middles.filter((middle, k) => k == 0 || middle - middles[k - 1] > 12).length
}"""


def test_on_a_phone_each_bar_takes_two_rows_in_every_state_of_a_run(open_app):
    page = open_app(LONG, viewport=(390, 844), has_touch=True)
    expect(page, ROWS, 2, ".st-key-toolbar")
    expect(page, ROWS, 2, ".st-key-transport")
    begin(page)
    expect(page, ROWS, 2, ".st-key-transport")
    press(page, "Pause")
    wait_for(page, "paused")
    expect(page, ROWS, 2, ".st-key-transport")
    press(page, "Stop")
    wait_for(page, "stopped")
    expect(page, ROWS, 2, ".st-key-transport")
    expect(page, "document.documentElement.scrollWidth <= 390")


def test_on_a_phone_two_fields_stand_beside_each_other(open_app):
    page = open_app(LONG, viewport=(390, 844))
    page.get_by_role("button", name="Settings").click()
    expect(page, BESIDE, True, ["Batch size (0: all)", "Epochs"])


BESIDE = """names => {
  const place = name => document.querySelector(`input[aria-label="${name}"]`).getBoundingClientRect()
  const [first, second] = names.map(place)
  return Math.abs(first.top - second.top) < 5 && first.right < second.left && second.right < 390
}"""
