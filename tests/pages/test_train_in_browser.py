"""The Train page in Chromium: what only a browser shows."""

import re

import pytest

from tests.browser import READY

STATE = "[data-testid=stProgress]"


@pytest.fixture(autouse=True)
def _folder(tmp_path_factory, monkeypatch):
    monkeypatch.setenv("MLPVIZ_RUNS", str(tmp_path_factory.getbasetemp() / "browser-runs"))


@pytest.fixture
def page(open_app, new_server):
    """The page on a server of its own, whose runs are in a folder of the tests."""
    opened = open_app("/train", server=new_server())
    opened.wait_for_selector(".js-plotly-plot")
    return opened


def begin(page, number=0):
    """Choose a training to begin with, and start it."""
    page.locator(".st-key-suggestions button").nth(number).click()
    page.wait_for_url("**dataset=*")
    press(page, "Start")
    page.wait_for_url(re.compile("run=[0-9a-f]{16}"))
    wait_for(page, "running")


def press(page, name):
    """Press a button of the run, once it can be pressed."""
    page.locator(".st-key-transport").get_by_role("button", name=name, exact=False).and_(
        page.locator("button:enabled")
    ).first.click()


def wait_for(page, words):
    """Wait until the line above the pictures begins with some words."""
    page.wait_for_function(
        "([selector, words]) => document.querySelector(selector)?.textContent.trim().startsWith(words)",
        arg=[STATE, words],
    )


def epoch(page):
    """The epoch that the page shows."""
    return int(re.search(r"epoch ([\d,]+) of", page.locator(STATE).text_content())[1].replace(",", ""))


def test_a_run_lives_through_a_reload_a_change_of_page_and_stop(page):
    begin(page, 1)
    page.wait_for_function(f"/epoch [1-9]\\d+ of/.test(document.querySelector('{STATE}').textContent)")
    first = epoch(page)
    page.reload()
    page.wait_for_selector(READY, state="attached")
    wait_for(page, "running")
    assert epoch(page) >= first
    menu = page.locator(".st-key-mlpviz-menu")
    menu.get_by_text("Network", exact=True).click()
    page.wait_for_url("**/network?*")
    menu.get_by_text("Train", exact=True).click()
    wait_for(page, "running")
    press(page, "Stop")
    wait_for(page, "stopped")
    stopped = epoch(page)
    page.reload()
    wait_for(page, "stopped")
    assert epoch(page) == stopped < 400
    press(page, "Go on")
    wait_for(page, "finished")
    assert page.locator(".js-plotly-plot").count() == 2


WATCH = """() => new Promise(done => {
  const seen = {axes: new Set(), places: new Set(), below: new Set(), points: []}, start = performance.now()
  const look = () => {
    const plots = [...document.querySelectorAll(".js-plotly-plot")].filter(plot => plot._fullLayout?._size)
    const top = element => Math.round(element.getBoundingClientRect().top)
    if (plots.length == 2) {
      seen.axes.add(JSON.stringify(plots.map(plot => [plot._fullLayout.xaxis.range, plot._fullLayout.yaxis.range])))
      seen.places.add(JSON.stringify(plots.map(plot => [plot._fullLayout._size.w, plot._fullLayout._size.h])))
      seen.points.push(plots[1]._fullData.at(-1)?._length ?? 0)
    }
    seen.below.add(top(document.querySelector("[data-testid=stExpander]")))
    if (performance.now() - start < 2500) return requestAnimationFrame(look)
    done({axes: seen.axes.size, places: seen.places.size, below: seen.below.size, points: seen.points})
  }
  look()
})"""


def test_axes_and_figures_stand_still_in_every_frame_while_the_curves_grow(page):
    begin(page, 1)
    page.wait_for_function(f"/epoch [2-9]\\d+ of/.test(document.querySelector('{STATE}').textContent)")
    seen = page.evaluate(WATCH)
    assert (seen["axes"], seen["places"], seen["below"]) == (1, 1, 1)
    assert seen["points"][-1] > seen["points"][0]
    assert len(set(seen["points"])) > 4, "a few looks a second"
    press(page, "Stop")
    wait_for(page, "stopped")


def test_pause_one_batch_and_the_batch_in_the_stepper(page):
    begin(page, 1)
    press(page, "Pause")
    wait_for(page, "paused")
    before = epoch(page)
    press(page, "One epoch")
    page.wait_for_function(
        f"document.querySelector('{STATE}').textContent.includes('epoch {before + 1} of')", timeout=10_000
    )
    press(page, "Step through this batch")
    page.wait_for_selector("[data-step]")
    assert "/train" not in page.url.partition("?")[0]
    assert "samples of the run's next step" in page.locator(".st-key-notices").text_content()
    page.go_back()
    page.locator(".st-key-mlpviz-menu").get_by_text("Train", exact=True).click()
    wait_for(page, "paused")
    press(page, "Stop")
    wait_for(page, "stopped")


def test_the_settings_behind_their_button_show_what_holds(page):
    page.locator(".st-key-suggestions button").nth(0).click()
    page.wait_for_url("**dataset=moons*")
    page.get_by_role("button", name="Settings").click()
    page.wait_for_selector("text=Learning rate η")
    assert page.get_by_label("Learning rate η").input_value() == "0.01"
    assert page.get_by_label("Epochs", exact=True).input_value() == "200"


def test_nothing_is_cut_off_on_a_phone(open_app, new_server):
    page = open_app("/train?dataset=moons&widths=2,8,1", viewport=(390, 844), server=new_server())
    page.wait_for_selector(".js-plotly-plot")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
