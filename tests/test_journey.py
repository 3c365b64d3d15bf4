"""The main journey in a real browser, by keyboard alone, and what must hold on the way."""

import pytest

from mlpviz.examples.presets import PRESETS
from tests.support.browser import expect, expect_count, expect_text
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
    page = open_app("/")
    page.wait_for_selector("[data-step]")
    press(page, "End", last(page))  # keys are heard from the first moment
    opened_at(page)

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
    settled(page)
    page.keyboard.press("Control+Z")
    page.wait_for_selector(cell("W", 1, 0, 0) + "[data-value='0.7']")
    expect(page, VALUES, first)


def test_a_notation_changes_formulas_and_no_number_and_the_link_restores_the_screen(open_app):
    page = open_app("/")
    opened_at(page)
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
    here, faces = page.evaluate(VALUES), page.evaluate(FACES)

    other = open_app(page.url[page.url.index("/?") :])
    opened_at(other, 7)
    expect(other, VALUES, here)
    expect(other, FACES, faces)


def test_an_error_that_is_shown_m_times_keeps_its_value(open_app):
    page = open_app("/?preset=softmax-batch")
    opened_at(page)
    press(page, "End", last(page))
    delta = cell("delta", 3, 0, 0)
    numbers, once = page.evaluate(VALUES), page.locator(delta).text_content()
    other = open_app("/?preset=softmax-batch&division=gradients&numbered=leaves")
    opened_at(other)
    press(other, "End", last(other))
    expect(other, VALUES, numbers)
    shown = [float(text.replace("−", "-")) for text in (once, other.locator(delta).text_content())]
    assert shown[1] == pytest.approx(4 * shown[0], abs=0.003)
    press(other, "Home", 0)
    expect_text(other, "[data-part=code]", "Z[1] = X @ W[0].T + b[0]")


def test_stepping_asks_the_server_nothing(open_app):
    page = open_app("/")
    opened_at(page)
    settled(page)
    asked = traffic(page)
    quiet(page, asked)
    before = list(asked)
    keys = [*[("ArrowRight", step) for step in range(1, 9)], *[("ArrowLeft", step) for step in (7, 6, 5)]]
    for key, step in [*keys, ("End", last(page)), ("Home", 0)]:
        press(page, key, step)
    page.wait_for_timeout(1000)
    assert asked == before


def traffic(page):
    """What the page asks for from now on: the addresses of requests, the data frames of its sockets."""
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.webSocketFrameSent", lambda event: asked.extend(data_frames(event["response"])))
    return asked


def data_frames(frame):
    """The frame, unless it is one of those by which a socket is kept open."""
    return [frame] if frame["opcode"] in (1, 2) else []


def quiet(page, asked):
    """Wait until what the page starts with has arrived: for two seconds it asks for nothing more."""
    before = -1
    while before != len(asked):
        before = len(asked)
        page.wait_for_timeout(2000)


EXPANSIONS = """async (most) => {
  const wrong = [], sum = document.querySelector("[data-part=sum]")
  const all = [...document.querySelectorAll("[data-part=ledger] [data-value]")]
  const every = Math.ceil(all.length / most)
  let count = 0
  for (const el of all.filter((_, i) => i % every === 0)) {
    el.focus()
    const total = sum.dataset.total
    if (total === undefined) continue
    count += 1
    const [value, found] = [Number(el.dataset.value), Number(total)]
    if (!(Math.abs(value - found) <= 1e-9 * Math.max(Math.abs(value), 1e-3))) wrong.push([el.ariaLabel, value, found])
  }
  return [count, wrong]
}"""
"""Of so many numbers at most, evenly chosen, those whose sum on screen does not come to them."""


@pytest.mark.parametrize(("preset", "most"), [("two-three-two", 1000), ("softmax-batch", 150), ("digit", 100)])
def test_every_expansion_adds_up_to_its_number(open_app, preset, most):
    """On screen; what the same script makes of every preset is tested without a browser."""
    page = open_app(f"/?preset={preset}")
    opened_at(page)
    press(page, "End", last(page))
    count, wrong = page.evaluate(EXPANSIONS, most)
    assert count > min(2 * PRESETS[preset].architecture.parameter_count, most // 2)
    assert wrong == []


@pytest.mark.parametrize("notation", ["orientation=columns", "layout=numerator&weights=in_out", "division=gradients"])
def test_expansions_add_up_in_other_notations(open_app, notation):
    page = open_app(f"/?preset=softmax-batch&l2=0.1&{notation}")
    opened_at(page)
    press(page, "End", last(page))
    count, wrong = page.evaluate(EXPANSIONS, 100)
    assert count > 50
    assert wrong == []


def test_what_is_not_yet_computed_is_blank(open_app):
    page = open_app("/")
    opened_at(page)
    press(page, "Home", 0)
    expect_count(page, "[data-symbol=dW][data-value], [data-symbol=delta][data-value]", 0)
    expect_count(page, "[data-part=ledger] [data-symbol=dW]:not([data-value])", 12)
    press(page, "End", last(page))
    expect_count(page, "[data-part=ledger] [data-symbol=dW]:not([data-value])", 0)


OVER = """() => ["[data-part=title]", "[data-part=text]", ".mlp-next", "[data-part=position]"].filter(selector => {
  const box = document.querySelector(selector).getBoundingClientRect()
  return box.left < 0 || box.right > innerWidth + 1
})"""

SIZES = [(1280, 720), (390, 844), (640, 360)]  # the last is a laptop's at a zoom of 2


@pytest.mark.parametrize(("preset", "dark"), [("two-three-two", True), ("softmax-batch", False)])
def test_nothing_is_cut_off(open_app, dark, preset):
    page = open_app(f"/?preset={preset}", dark=dark)
    opened_at(page)
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        for key, step in (("Home", 0), ("End", last(page))):
            press(page, key, step)
            expect(page, "[innerWidth, document.scrollingElement.scrollWidth <= innerWidth]", [width, True])
            expect(page, OVER, [])


def test_the_link_offered_to_copy_names_the_step_on_screen(open_app):
    page = open_app("/?preset=mazur")
    opened_at(page)
    for step in range(1, 6):
        press(page, "ArrowRight", step)
    in_link(page, "step=5")
    page.get_by_role("button", name="Share").click()
    offered = "[data-testid=stPopoverBody] code"
    expect_text(page, offered, "step=5")
    link = page.locator(offered).first.text_content()
    assert "/?" in link and "preset=mazur" in link
    opened_at(open_app(link[link.index("/?") :]), 5)


def test_the_grain_chosen_in_the_bar_is_in_the_link(open_app):
    page = open_app("/")
    opened_at(page)
    page.locator("[data-part=grain]").select_option("entry")
    in_link(page, "grain=entry")
    settled(page)
    page.locator(".mlp-root").focus()
    sums = "document.querySelector('[data-part=sum] .mlp-body').textContent"
    first = page.evaluate(sums)
    page.keyboard.press("ArrowRight")
    expect(page, f"{sums} !== {first!r}")
    expect(page, "document.querySelector('[data-step]').dataset.step", "0")
