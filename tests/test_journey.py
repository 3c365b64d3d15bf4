"""The main journey in a real browser, by keyboard alone, and what must hold on the way."""

from contextlib import contextmanager

import pytest

from mlpviz.derivation.notation import Notation
from tests.support.browser import expect, expect_count, expect_text
from tests.support.networks import case
from tests.support.saved_page import opened_pass
from tests.support.stepping import in_link, last, opened_at, press, settled, walk_to

VALUES = """() => Object.fromEntries([...document.querySelectorAll("[data-part=ledger] [data-value]")].map(
  (el) => [[el.dataset.symbol, el.dataset.layer, el.dataset.row, el.dataset.column].join(" "), el.dataset.value]))"""

FACES = """() => ["title", "text", "position", "lines", "code", "trail"].map(
  (part) => document.querySelector(`[data-part=${part}]`).textContent)"""


def cell(symbol, layer, row, column, part="ledger"):
    """The selector of one number in a part of the stepper."""
    return (
        f"[data-part={part}] [data-symbol='{symbol}'][data-layer='{layer}'][data-row='{row}'][data-column='{column}']"
    )


def number(page, selector):
    """The value of a number on screen."""
    return float(page.locator(selector).first.get_attribute("data-value"))


def choose(page, label, option, link):
    """Choose a radio option of the notation by keyboard, the panel being open, and wait for it in the link."""
    group = page.get_by_role("radiogroup", name=label)
    group.get_by_role("radio", name=option).focus()
    page.keyboard.press("Space")
    in_link(page, link)
    settled(page)


def test_the_whole_journey_by_keyboard(open_app):
    """One visit at the first page, from the first moment on; each part begins where the one before it ends."""
    page = open_app("/")
    page.wait_for_selector("[data-step]")
    press(page, "End", last(page))  # keys are heard from the first moment
    opened_at(page)
    expect(page, "document.querySelector('[data-part=device]').textContent", "CPU")
    expect_count(page, ".mlp-ledger [data-difference]", 0)
    what_is_not_yet_computed_is_blank(page)
    a_number_is_asked_a_weight_edited_and_the_edit_undone(page)
    numbers_are_the_sums_that_they_expand_to(page, 2, 2)
    stepping_asks_the_server_nothing(page)
    the_grain_chosen_in_the_bar_is_in_the_link(page)
    a_notation_changes_formulas_and_no_number(page)
    here, faces = page.evaluate(VALUES), page.evaluate(FACES)

    other = open_app(page.url[page.url.index("/?") :])  # the link restores the screen
    opened_at(other, 7)
    expect(other, VALUES, here)
    expect(other, FACES, faces)


def what_is_not_yet_computed_is_blank(page):
    press(page, "Home", 0)
    expect_count(page, "[data-symbol=dW][data-value], [data-symbol=delta][data-value]", 0)
    expect_count(page, "[data-part=ledger] [data-symbol=dW]:not([data-value])", 12)
    press(page, "End", last(page))
    expect_count(page, "[data-part=ledger] [data-symbol=dW]:not([data-value])", 0)


def a_number_is_asked_a_weight_edited_and_the_edit_undone(page):
    walk_to(page, "Tab", "[data-part=ledger] [data-key='dW[1]'] *")
    page.keyboard.press("Enter")
    walk_to(page, "ArrowRight", cell("dW", 1, 0, 1), most=3)
    wanted = number(page, cell("dW", 1, 0, 1))
    assert wanted == pytest.approx(number(page, cell("delta", 1, 0, 0)) * number(page, cell("A", 0, 0, 1)))
    page.wait_for_selector("[data-part=sum][data-key='dW[1]'][data-row='0'][data-column='1'][data-total]")
    assert float(page.locator("[data-part=sum]").get_attribute("data-total")) == pytest.approx(wanted, rel=1e-12)
    first = page.evaluate(VALUES)

    page.keyboard.press("Escape")
    walk_to(page, "Shift+Tab", "[data-part=ledger] [data-key='W[1]'] *")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+A")
    page.keyboard.type("0.25")
    page.keyboard.press("Enter")
    page.wait_for_selector(cell("W", 1, 0, 0) + "[data-value='0.25']")
    assert number(page, cell("dW", 1, 0, 1)) != wanted
    in_link(page, "W1.0.0:0.25")
    page.keyboard.press("Control+Z")
    page.wait_for_selector(cell("W", 1, 0, 0) + "[data-value='0.7']")
    expect(page, VALUES, first)
    expect(page, "location.search.includes('entries=')", False)
    settled(page)


def stepping_asks_the_server_nothing(page):
    page.locator(".mlp-root").focus()
    press(page, "Home", 0)
    with traffic(page) as asked:
        quiet(page, asked)
        before = list(asked)
        keys = [*[("ArrowRight", step) for step in range(1, 9)], *[("ArrowLeft", step) for step in (7, 6, 5)]]
        for key, step in [*keys, ("End", last(page)), ("Home", 0)]:
            press(page, key, step)
        page.wait_for_timeout(1000)
        assert asked == before


@contextmanager
def traffic(page):
    """What the page asks for meanwhile: the addresses of requests, the data frames of its sockets."""
    asked = []
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.requestWillBeSent", lambda event: asked.append(event["request"]["url"]))
    session.on("Network.webSocketFrameSent", lambda event: asked.extend(data_frames(event["response"])))
    yield asked
    session.detach()


def data_frames(frame):
    """The frame, unless it is one of those by which a socket is kept open."""
    return [frame] if frame["opcode"] in (1, 2) else []


def quiet(page, asked):
    """Wait until what the page starts with has arrived: for two seconds it asks for nothing more."""
    before = -1
    while before != len(asked):
        before = len(asked)
        page.wait_for_timeout(2000)


def the_grain_chosen_in_the_bar_is_in_the_link(page):
    grain = page.locator("[data-part=grain]")
    usual = grain.input_value()
    grain.select_option("entry")
    in_link(page, "grain=entry")
    page.locator(".mlp-root").focus()
    sums = "document.querySelector('[data-part=sum] .mlp-body').textContent"
    first = page.evaluate(sums)
    page.keyboard.press("ArrowRight")
    expect(page, f"{sums} !== {first!r}")
    expect(page, "document.querySelector('[data-step]').dataset.step", "0")
    grain.select_option(usual)
    expect(page, "location.search.includes('grain')", False)
    settled(page)
    page.locator(".mlp-root").focus()


def a_notation_changes_formulas_and_no_number(page):
    end = last(page)
    press(page, "End", end)
    numbers = page.evaluate(VALUES)
    press(page, "Home", 0)
    expect_text(page, "[data-part=code]", "Z[1] = X @ W[1].T + b[1]")
    page.get_by_role("button", name="Notation").focus()
    page.keyboard.press("Enter")
    choose(page, "A sample is a", "column", "orientation=columns")
    choose(page, "∂J/∂v has the shape of", "numerator layout", "layout=numerator")
    page.keyboard.press("Escape")
    expect_count(page, "[role=radiogroup]", 0)
    page.locator(".mlp-root").focus()
    press(page, "End", end)
    expect(page, VALUES, numbers)
    press(page, "Home", 0)
    expect_text(page, "[data-part=code]", "Z[1] = W[1] @ X + b[1]")
    for step in range(1, 8):
        press(page, "ArrowRight", step)
    in_link(page, "step=7")
    assert "orientation=columns" in page.url


def test_from_page_to_page_the_place_and_the_edits_are_kept_and_a_link_brings_them(open_app):
    """Step, Derive, Step again, Network, back and forward; then the copied link in another browser."""
    page = open_app("/?preset=softmax-batch&step=4")
    opened_at(page, 4)
    press(page, "ArrowRight", 5)
    in_link(page, "step=5")
    steps = last(page)

    page.get_by_role("link", name="Derive").click()
    page.wait_for_selector("text=Push one weight")
    opened_at(page, 0)
    in_link(page, "end=1")
    press(page, "ArrowRight", 1)
    in_link(page, "line=1")

    page.get_by_role("link", name="Step", exact=True).click()
    opened_at(page, 5)
    expect(page, "location.pathname", "/")
    assert last(page) == steps
    press(page, "ArrowRight", 6)
    in_link(page, "step=6")
    page.get_by_role("button", name="Share").click()
    expect_text(page, OFFERED, "step=6")  # the step on screen
    expect(page, OFFERS)
    page.keyboard.press("Escape")
    expect_count(page, OFFERED, 0)

    page.get_by_role("link", name="Network").click()
    page.wait_for_selector("[data-testid=stDataFrame] canvas")
    expect(page, "location.pathname", "/network")
    in_link(page, "step=6")
    seed = page.get_by_label("Seed")
    seed.fill("7")
    seed.press("Enter")
    in_link(page, "seed=7")
    page.go_back()  # undoes the change of page and no edit
    opened_at(page, 6)
    in_link(page, "seed=7")
    page.go_forward()
    page.wait_for_selector("[data-testid=stDataFrame] canvas")
    expect(page, SEED, "7")

    page.get_by_role("button", name="Share").click()
    expect(page, OFFERS)
    link = page.locator(OFFERED).first.inner_text()
    assert "preset=softmax-batch" in link
    other = open_app(link[link.index("/network") :])
    expect(other, SEED, "7")
    settled(other)
    other.get_by_role("link", name="Step", exact=True).click()
    opened_at(other, 6)
    nothing_is_cut_off(other)


OFFERED = "[data-testid=stPopoverBody] code"
OFFERS = f"document.querySelector('{OFFERED}')?.innerText === location.href"
SEED = "document.querySelector('input[aria-label=Seed]').value"

OVER = """() => ["[data-part=title]", "[data-part=text]", ".mlp-next", "[data-part=position]"].filter(selector => {
  const box = document.querySelector(selector).getBoundingClientRect()
  return box.left < 0 || box.right > innerWidth + 1
})"""

SIZES = [(1280, 720), (390, 844), (640, 360)]  # the last is a laptop's at a zoom of 2


def nothing_is_cut_off(page):
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        for key, step in (("Home", 0), ("End", last(page))):
            press(page, key, step)
            expect(page, "[innerWidth, document.scrollingElement.scrollWidth <= innerWidth]", [width, True])
            expect(page, OVER, [])


EXPANSIONS = """(most) => {
  const wrong = [], sum = document.querySelector("[data-part=sum]")
  let count = 0
  for (const [k, matrix] of document.querySelectorAll("[data-part=ledger] .mlp-matrix[data-key]").entries()) {
    const cells = [...matrix.querySelectorAll(".mlp-n[data-value]")]
    const drawn = new Set(Array.from({ length: most }, (_, i) => (1 + 5 * k + 3 * i) % cells.length))
    for (const el of [...drawn].map((i) => cells[i])) {
      el.focus()
      const total = sum.dataset.total
      if (total === undefined) continue
      count += 1
      const [value, found] = [Number(el.dataset.value), Number(total)]
      if (!(Math.abs(value - found) <= 1e-9 * Math.max(Math.abs(value), 1e-3))) wrong.push([el.ariaLabel, value, found])
    }
  }
  return [count, wrong]
}"""
"""Of each array so many numbers at most, here and there: how many have a sum, and those to which it does not come."""


def numbers_are_the_sums_that_they_expand_to(page, most, layers):
    """At the last step; what has a sum is computed, at least eight arrays a layer."""
    count, wrong = page.evaluate(EXPANSIONS, most)
    assert count > 8 * most * layers
    assert wrong == []


def test_every_expansion_adds_up_to_its_number(browser, tmp_path):
    """On screen, a network with everything in it and one of which parts are shown; here samples are columns, further
    below gradients are shaped otherwise. What the script makes of every preset in every notation is asked of node."""
    for network, notation in (("everything", Notation("columns")), ("digit", Notation())):
        with at_its_end(browser, tmp_path, network, notation) as page:
            numbers_are_the_sums_that_they_expand_to(page, 1, len(case(network).trace.architecture.activations))


def test_an_error_that_is_shown_m_times_keeps_its_value(browser, tmp_path):
    delta = cell("delta", 3, 0, 0)
    with at_its_end(browser, tmp_path, "softmax-batch", Notation(layout="numerator", weights="in_out")) as page:
        numbers, once = page.evaluate(VALUES), page.locator(delta).text_content()
        numbers_are_the_sums_that_they_expand_to(page, 1, 3)
    other = Notation(division="gradients", numbered="leaves")
    with at_its_end(browser, tmp_path, "softmax-batch", other) as page:
        expect(page, VALUES, numbers)
        numbers_are_the_sums_that_they_expand_to(page, 1, 3)
        shown = [float(text.replace("−", "-")) for text in (once, page.locator(delta).text_content())]
        assert shown[1] == pytest.approx(4 * shown[0], abs=0.003)
        page.locator(".mlp-root").focus()
        press(page, "Home", 0)
        expect_text(page, "[data-part=code]", "Z[1] = X @ W[0].T + b[0]")


@contextmanager
def at_its_end(browser, folder, network, notation):
    """The last step of a network's pass, on a page saved to disk: the same stepper without a server."""
    with opened_pass(browser, folder, case(network), notation) as saved:
        press(saved.page, "End", last(saved.page))
        yield saved.page
