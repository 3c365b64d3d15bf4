"""The Train page in Chromium: what only a browser shows."""

import pytest

from tests.support.browser import expect, expect_count, expect_text
from tests.support.stepping import in_link, opened_at, settled
from tests.support.train import EPOCHS, FIGURE, PASSED, STATE, begin, epoch, press, wait_for

MENU = ".st-key-mlpviz-menu"


@pytest.fixture
def page(long_run):
    return long_run


def choose(page, number):
    """Choose a training to begin with."""
    page.locator(".st-key-suggestions button").nth(number).click()
    expect(page, f"location.search.includes('&epochs={EPOCHS}')", False)


def turn_to(page, title):
    """Turn to another page by the menu."""
    settled(page)
    page.locator(MENU).get_by_text(title, exact=True).click()


def test_a_run_lives_through_a_reload_a_change_of_page_and_stop(page):
    begin(page)
    expect(page, PASSED, True, 10)
    page.reload()
    wait_for(page, "running")
    expect(page, PASSED, True, 10)
    turn_to(page, "Network")
    page.wait_for_selector("[data-testid=stDataFrame] canvas")
    expect_count(page, STATE, 0)
    turn_to(page, "Train")
    wait_for(page, "running")
    press(page, "Stop")
    wait_for(page, "stopped")
    stopped = epoch(page)
    page.reload()
    wait_for(page, "stopped")
    assert epoch(page) == stopped < EPOCHS
    press(page, "Go on")
    wait_for(page, "running")
    expect(page, PASSED, True, stopped + 1)
    press(page, "Stop")
    wait_for(page, "stopped")


def test_a_training_to_begin_with_ends_with_both_figures(page):
    choose(page, 0)
    press(page, "Start")
    wait_for(page, "finished")
    assert epoch(page) == 200
    expect_count(page, FIGURE, 2)


WATCH = f"""() => new Promise(done => {{
  const seen = {{axes: new Set(), places: new Set(), below: new Set(), ends: new Set()}}, start = performance.now()
  const look = () => {{
    const plots = [...document.querySelectorAll("{FIGURE}")].filter(plot => plot._fullLayout?._size)
    const top = element => Math.round(element.getBoundingClientRect().top)
    if (plots.length == 2) {{
      seen.axes.add(JSON.stringify(plots.map(plot => [plot._fullLayout.xaxis.range, plot._fullLayout.yaxis.range])))
      seen.places.add(JSON.stringify(plots.map(plot => [plot._fullLayout._size.w, plot._fullLayout._size.h])))
      seen.ends.add(plots[1]._fullData.at(-1)?.x.at(-1) ?? 0)  // how far the curve goes: a long one has fewer points
      seen.below.add(top(document.querySelector("[data-testid=stExpander]")))
    }}
    const [time, looks] = [performance.now() - start, seen.ends.size]
    if (time < 2000 || (looks < 5 && time < 60000)) return requestAnimationFrame(look)
    done({{axes: seen.axes.size, places: seen.places.size, below: seen.below.size, ends: [...seen.ends]}})
  }}
  look()
}})"""


def test_axes_and_figures_stand_still_in_every_frame_while_the_curves_grow(page):
    begin(page)
    expect(page, PASSED, True, 20)
    expect_count(page, FIGURE, 2)
    page.wait_for_selector("[data-testid=stExpander]")
    seen = page.evaluate(WATCH)
    assert (seen["axes"], seen["places"], seen["below"]) == (1, 1, 1)
    assert seen["ends"] == sorted(seen["ends"])
    assert len(seen["ends"]) > 4, "the curves grow from look to look"


def test_pause_one_batch_and_the_batch_in_the_stepper(page):
    begin(page)
    press(page, "Pause")
    wait_for(page, "paused")
    before = epoch(page)
    press(page, "One epoch")
    expect_text(page, STATE, f"epoch {before + 1} of")
    press(page, "One batch")
    expect_text(page, STATE, "and 1 batch of the")
    press(page, "Step through this batch")
    page.wait_for_selector("[data-step]")
    expect(page, "location.pathname", "/")
    expect_text(page, ".st-key-room", "The next update of your run")
    expect_text(page, ".st-key-room", "by Adam")
    page.reload()
    opened_at(page)
    expect_text(page, ".st-key-room", "by Adam")
    page.get_by_role("button", name="Back to the run").click()
    expect(page, "location.pathname", "/train")
    expect(page, "location.search.includes('entries=')", False)
    wait_for(page, "paused")
    press(page, "Stop")
    wait_for(page, "stopped")


def test_the_settings_behind_their_button_show_what_holds(page):
    choose(page, 0)
    page.get_by_role("button", name="Settings").click()
    expect(page, VALUE, "0.01", "Learning rate η")
    expect(page, VALUE, "200", "Epochs")


def test_a_field_shows_what_has_changed_while_its_panel_was_closed(page):
    panel = page.get_by_role("button", name="Settings")
    panel.click()
    expect(page, VALUE, str(EPOCHS), "Epochs")
    page.get_by_label("Epochs", exact=True).fill("55")
    page.get_by_label("Epochs", exact=True).press("Enter")
    in_link(page, "epochs=55&")
    page.keyboard.press("Escape")
    expect_count(page, "[data-testid=stPopoverBody]", 0)
    page.get_by_role("button", name="Undo").click()
    in_link(page, f"epochs={EPOCHS}&")
    panel.click()
    expect(page, VALUE, str(EPOCHS), "Epochs")
    page.keyboard.press("Escape")
    choose(page, 0)
    panel.click()
    expect(page, VALUE, "200", "Epochs")


VALUE = "label => document.querySelector(`input[aria-label='${label}']`)?.value ?? 'no such field'"


def test_nothing_is_cut_off_on_a_phone(open_app):
    page = open_app("/train?dataset=moons&widths=2,8,1", viewport=(390, 844))
    expect_count(page, FIGURE, 1)
    expect(page, "document.documentElement.scrollWidth <= 390")
