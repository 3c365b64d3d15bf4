"""The Train page in Chromium: what only a browser shows."""

from mlpviz.interface.train.live import PACES
from tests.support.browser import expect, expect_count, expect_text
from tests.support.stepping import in_link, opened_at, settled
from tests.support.train import EPOCHS, FIGURE, PASSED, STATE, begin, epoch, press, wait_for

MENU = ".st-key-mlpviz-menu"


def choose(page, number):
    """Choose a training to begin with."""
    page.locator(".st-key-suggestions button").nth(number).click()
    expect(page, f"location.search.includes('&epochs={EPOCHS}')", False)


def turn_to(page, title):
    """Turn to another page by the menu."""
    settled(page)
    page.locator(MENU).get_by_text(title, exact=True).click()


def at_rest(page):
    """The epoch of a run that has been paused: its last one may be told after its state, at the next look at it."""
    before, now = None, epoch(page)
    while before != now:
        page.wait_for_timeout(2_000 * PACES[-1])
        before, now = now, epoch(page)
    return now


def test_a_run_lives_through_a_reload_a_change_of_page_and_stop_and_its_batch_is_stepped_through(long_run):
    """One run; what its link opens once it stands still, and the link of its batch, are tested without a browser."""
    page = long_run
    begin(page)
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
    assert stopped < EPOCHS
    press(page, "Go on")
    wait_for(page, "running")
    expect(page, PASSED, True, stopped + 1)
    press(page, "Pause")
    wait_for(page, "paused")
    before = at_rest(page)
    press(page, "One epoch")
    expect_text(page, STATE, f"epoch {before + 1} of")
    press(page, "One batch")
    expect_text(page, STATE, "and 1 batch of the")
    press(page, "Step through this batch")
    opened_at(page)
    expect(page, "location.pathname", "/")
    expect_text(page, ".st-key-room", "The next update of your run")
    expect_text(page, ".st-key-room", "by Adam")
    page.get_by_role("button", name="Back to the run").click()
    expect(page, "location.pathname", "/train")
    expect(page, "location.search.includes('entries=')", False)
    wait_for(page, "paused")
    press(page, "Stop")
    wait_for(page, "stopped")


def test_a_field_shows_what_has_changed_behind_its_button_and_a_training_to_begin_with_ends_with_both_figures(long_run):
    page = long_run
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
    expect(page, VALUE, "0.01", "Learning rate η")
    expect(page, VALUE, "200", "Epochs")
    page.keyboard.press("Escape")
    expect_count(page, "[data-testid=stPopoverBody]", 0)
    press(page, "Start")
    wait_for(page, "finished")
    assert epoch(page) == 200
    expect_count(page, FIGURE, 2)


VALUE = "label => document.querySelector(`input[aria-label='${label}']`)?.value ?? 'no such field'"
