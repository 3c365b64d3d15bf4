"""A given number is dragged, in Chromium: what comes after it follows, and the server hears of it once, at the end."""

import numpy as np

import mlpviz
from mlpviz.engine.descent import Update
from mlpviz.examples.presets import PRESETS
from tests.support.browser import expect
from tests.support.stepping import LIVE, VALUES, frames, in_link, last, opened_at, press, settled

CELL = "[data-part=ledger] [data-key='W[1]'] .mlp-n[data-row='0'][data-column='0']"


def numbers_with(value):
    """Every array of the default pass with another first weight, by its key."""
    preset = PRESETS["two-three-two"]
    parameters = preset.parameters()
    parameters.W[1][0, 0] = value
    update = Update(mlpviz.backpropagate(parameters, preset.X, preset.Y), preset.learning_rate)
    targets = [step.equation.target for step in update.steps]
    return {str(symbol): np.ravel(update.value(symbol)) for symbol in targets}


def held(page, value):
    """Every number on screen is the engine's, with the weight at a value."""
    shown = page.evaluate(VALUES)
    for key, right in numbers_with(value).items():
        np.testing.assert_allclose(np.ravel(shown[key]), right, rtol=1e-12, atol=1e-15, err_msg=key)


def take(page):
    """Presses on the weight and moves it to the right by 30 pixels and a part of one, as many screens tell."""
    page.locator(CELL).scroll_into_view_if_needed()
    box = page.locator(CELL).bounding_box()
    x, y = round(box["x"] + box["width"] / 2), box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 30.3, y, steps=6)


def test_a_weight_is_dragged_taken_back_and_moved_by_keys(open_app):
    page = open_app("/")
    opened_at(page)
    press(page, "End", last(page))
    expect(page, LIVE, "yes")
    settled(page)
    at = f'() => Number(document.querySelector("{CELL}").dataset.value)'
    was = page.evaluate(at)
    frames(page)
    take(page)
    expect(page, at, was + 0.3)
    held(page, was + 0.3)
    assert page.locator(".mlp-watch").is_visible()
    assert page.evaluate("window.sent.length") == 0
    page.keyboard.press("Escape")
    expect(page, at, was)
    held(page, was)
    page.mouse.up()
    assert page.evaluate("window.sent.length") == 0

    take(page)
    page.mouse.up()
    in_link(page, "entries=W1.0.0")
    settled(page)
    held(page, was + 0.3)
    page.keyboard.press("Control+Z")
    expect(page, at, was)  # the whole way, with one undo
    settled(page)

    page.locator(CELL).focus()
    for keys in ("Alt+ArrowUp", "Alt+ArrowUp", "Alt+Shift+ArrowDown"):
        page.keyboard.press(keys)
    in_link(page, "entries=W1.0.0")
    expect(page, at, round(was + 0.019, 6))
    held(page, round(was + 0.019, 6))


TANGENT = """() => { const line = document.querySelector(".mlp-figure .mlp-tangent")
  const at = (name) => Number(line.getAttribute(name))
  return (at("y2") - at("y1")) / (at("x2") - at("x1")) }"""
CURVE = """() => { const here = document.querySelector(".mlp-point").transform.baseVal[0].matrix.e
  const cost = [...document.querySelector(".mlp-figure .mlp-cost").points]
  const [left, right] = [cost.findLast(p => p.x < here - 1), cost.find(p => p.x > here + 1)]
  return (right.y - left.y) / (right.x - left.x) }"""
WHOLE = """() => {
  const { scrollHeight, clientHeight } = document.querySelector(".mlp-sum .mlp-body")
  return scrollHeight <= clientHeight || [scrollHeight, clientHeight]
}"""
POINT = "() => Number(document.querySelector('.mlp-point').getAttribute('aria-valuenow'))"


def drag(page, selector, x, y):
    """Takes an element and moves it, but does not let go."""
    page.locator(selector).scroll_into_view_if_needed()
    box = page.locator(selector).bounding_box()
    at = [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2]
    page.mouse.move(*at)
    page.mouse.down()
    for k in range(1, 11):
        page.mouse.move(at[0] + x * k / 10, at[1] + y * k / 10)


def test_j_over_a_weight_and_f_over_z_have_their_slope_and_j_over_a_weight_or_two_a_point_that_is_moved(open_app):
    page = open_app("/")
    opened_at(page)
    press(page, "End", last(page))
    expect(page, LIVE, "yes")
    f_and_its_slope(page)
    page.locator(CELL).click()
    page.wait_for_selector(".mlp-figure svg")
    assert abs(page.evaluate(TANGENT) - page.evaluate(CURVE)) < 0.02 * (1 + abs(page.evaluate(TANGENT)))
    preset = PRESETS["two-three-two"]
    slope = mlpviz.backpropagate(preset.parameters(), preset.X, preset.Y).dW[1][0, 0]
    assert f"{slope:.3f}".replace("-", "−") in page.locator(".mlp-about").inner_text()
    expect(page, WHOLE)

    curve = page.evaluate("document.querySelector('.mlp-figure .mlp-cost').getAttribute('points')")
    frames(page)
    drag(page, ".mlp-here", 40, 0)
    here = page.evaluate(POINT)
    assert here > preset.parameters().W[1][0, 0]
    held(page, here)
    assert page.evaluate("document.querySelector('.mlp-figure .mlp-cost').getAttribute('points')") == curve
    assert page.evaluate("window.sent.length") == 0
    page.mouse.up()
    in_link(page, "entries=W1.0.0")
    settled(page)
    page.locator(".mlp-point").focus()
    for key in ("ArrowRight", "ArrowRight", "Shift+ArrowLeft"):
        page.keyboard.press(key)
    expect(page, POINT, round(here + 0.019, 6))
    expect(page, "look => location.search.includes(look)", True, f"W1.0.0:{round(here + 0.019, 6)}")
    assert page.evaluate("document.activeElement.matches('.mlp-point')")
    in_link(page, f"W1.0.0:{round(here + 0.019, 6)}")
    j_over_two_weights(page)


OTHER = "[data-part=ledger] [data-key='W[2]'] .mlp-n[data-row='1'][data-column='2']"
BOTH = f"""() => ["{CELL}", "{OTHER}"].map(selector => Number(document.querySelector(selector).dataset.value))"""


def j_over_two_weights(page):
    """They are chosen by keys, moved together, and undone whole."""
    page.locator(CELL).focus()
    page.keyboard.press("j")
    page.locator(OTHER).focus()
    page.keyboard.press("Shift+J")
    page.wait_for_selector(".mlp-figure .mlp-contour")
    was = page.evaluate(BOTH)
    drag(page, ".mlp-here", 30, 20)
    now = page.evaluate(BOTH)
    assert now[0] > was[0] and now[1] < was[1]
    page.mouse.up()
    in_link(page, "W2.1.2")
    settled(page)
    assert page.evaluate(BOTH) == now
    page.locator(".mlp-root").focus()
    page.keyboard.press("Control+Z")
    expect(page, BOTH, was)
    page.locator("[data-do=alone]").click()
    expect(page, "() => document.querySelector('.mlp-figure .mlp-contour') === null")


UNIT = "[data-part=ledger] [data-key='{}'] .mlp-n[data-column='{}']"
DOT = "() => document.querySelector('.mlp-caption')?.innerText.replaceAll('−', '-').match(/-?\\d+\\.\\d+/g).map(Number)"


def f_and_its_slope(page):
    """Of a unit that is asked about they stand beside it; what is not computed is not shown."""
    page.locator(UNIT.format("A[2]", 1)).click()
    page.wait_for_selector(".mlp-figure .mlp-slope")
    preset = PRESETS["two-three-two"]
    trace = mlpviz.backpropagate(preset.parameters(), preset.X, preset.Y)
    a = trace.A[2][0, 1]
    expect(page, DOT, [round(float(each), 3) for each in (trace.Z[2][0, 1], a, a * (1 - a))])
    page.locator(".mlp-root").focus()
    page.keyboard.press("Home")
    expect(page, "() => document.querySelector('[data-part=figure]').hidden")
    press(page, "End", last(page))


def test_a_network_that_travels_in_part_says_that_it_does_not_follow_the_hand(open_app):
    page = open_app("/?widths=784,300,10&activations=relu,softmax&loss=cross_entropy")
    opened_at(page)
    expect(page, LIVE, "no")
    assert "server" in page.locator(".mlp-root").get_attribute("title")
    press(page, "End", last(page))
    again = page.locator(".mlp-bar [data-do=run]")  # nor can it go on by itself, and it says why
    assert again.get_attribute("aria-disabled") == "true" and "server" in again.get_attribute("title")


LINE = "() => [...document.querySelectorAll('.mlp-product .mlp-result .mlp-n')].map(el => Number(el.dataset.value))"


def test_the_lines_of_a_derivation_follow_a_weight_on_its_wire(open_app):
    page = open_app("/derive?walkthrough=entries")
    opened_at(page)
    press(page, "End", last(page))
    expect(page, LIVE, "yes")
    settled(page)
    was = page.evaluate(LINE)
    frames(page)
    drag(page, ".mlp-picture .mlp-tag[data-symbol=W][data-layer='1'][data-row='0'][data-column='0']", 30, 0)
    moved = page.evaluate(LINE)
    assert moved != was
    assert page.evaluate("window.sent.length") == 0
    page.mouse.up()
    in_link(page, "entries=W1.0.0")
    settled(page)
    np.testing.assert_allclose(page.evaluate(LINE), moved, 1e-12)


WIRE = ".mlp-picture .mlp-tag[data-symbol=W][data-layer='1'][data-row='0'][data-column='0']"
SCROLLED = "() => document.querySelector('[data-testid=stMain]').scrollTop"


def touched(page, selector, x, y):
    """Puts a finger on an element and moves it, but does not lift it; gives what lifts it."""
    session = page.context.new_cdp_session(page)
    box = page.locator(selector).bounding_box()
    at = (round(box["x"] + box["width"] / 2), round(box["y"] + box["height"] / 2))

    def touch(kind, *places):
        points = [{"x": at[0] + dx, "y": at[1] + dy} for dx, dy in places]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        page.wait_for_timeout(16)

    touch("touchStart", (0, 0))
    for k in range(1, 21):
        touch("touchMove", (x * k / 20, y * k / 20))
    return lambda: touch("touchEnd")


def test_a_finger_drags_a_number_to_the_side_and_scrolls_the_page_along_it(open_app):
    page = open_app("/", viewport=(390, 844), has_touch=True, is_mobile=True)
    opened_at(page)
    expect(page, LIVE, "yes")
    page.locator(WIRE).scroll_into_view_if_needed()
    page.wait_for_timeout(200)
    scrolled, was = page.evaluate(SCROLLED), float(page.locator(WIRE).get_attribute("data-value"))
    lift = touched(page, WIRE, 40, 4)
    expect(page, "wire => Number(document.querySelector(wire).dataset.value)", round(was + 0.4, 6), WIRE)
    assert page.locator(".mlp-watch").is_visible()
    assert page.evaluate(SCROLLED) == scrolled
    lift()
    in_link(page, "entries=W1.0.0")
    settled(page)
    now = page.locator(WIRE).get_attribute("data-value")
    touched(page, WIRE, 3, -120)()
    expect(page, "from => document.querySelector('[data-testid=stMain]').scrollTop > from + 40", True, scrolled)
    assert page.locator(WIRE).get_attribute("data-value") == now
