"""A given number is dragged, in Chromium: what comes after it follows, and the server hears of it once, at the end."""

import numpy as np

import mlpviz
from mlpviz.engine.descent import Update
from mlpviz.examples.presets import PRESETS
from tests.support.browser import expect
from tests.support.stepping import in_link, last, opened_at, press, settled

CELL = "[data-part=ledger] [data-key='W[1]'] .mlp-n[data-row='0'][data-column='0']"
VALUES = """() => Object.fromEntries([...document.querySelectorAll("[data-part=ledger] .mlp-matrix[data-key]")]
  .map(matrix => [matrix.dataset.key, [...matrix.querySelectorAll(".mlp-n")].map(el => Number(el.dataset.value))]))"""
LIVE = "() => document.querySelector('.mlp-root').dataset.live"


def frames(page):
    """What the page sends to the server from now on."""
    return page.evaluate(
        """() => { window.sent = []; const send = WebSocket.prototype.send;
        WebSocket.prototype.send = function (data) { window.sent.push(data); return send.call(this, data); } }"""
    )


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
    """Presses on the weight and moves it to the right by 30 pixels."""
    page.locator(CELL).scroll_into_view_if_needed()
    box = page.locator(CELL).bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    for moved in range(1, 31):
        page.mouse.move(x + moved, y)


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


CURVE = """() => { const svg = document.querySelector(".mlp-curve svg"), at = (el, end) => el.points[end];
  const [from, to] = [0, 1].map(end => at(svg.querySelector(".mlp-tangent"), end));
  const cost = [...svg.querySelector(".mlp-cost").points], here = svg.querySelector(".mlp-here").cx.baseVal.value;
  const [left, right] = cost.slice(cost.findIndex(p => p.x > here) - 2).slice(0, 4).filter((_p, i) => i % 3 === 0);
  return [(to.y - from.y) / (to.x - from.x), (right.y - left.y) / (right.x - left.x)] }"""


def test_the_tangent_of_j_over_a_weight_has_the_slope_of_its_gradient(open_app):
    page = open_app("/")
    opened_at(page)
    press(page, "End", last(page))
    expect(page, LIVE, "yes")
    page.locator(CELL).click()
    page.wait_for_selector(".mlp-curve svg")
    tangent, curve = page.evaluate(CURVE)
    assert abs(tangent - curve) < 0.02 * (1 + abs(tangent))
    preset = PRESETS["two-three-two"]
    slope = mlpviz.backpropagate(preset.parameters(), preset.X, preset.Y).dW[1][0, 0]
    assert f"{slope:.3f}".replace("-", "−") in page.locator(".mlp-curve").inner_text()


def test_a_network_that_travels_in_part_says_that_it_does_not_follow_the_hand(open_app):
    page = open_app("/?widths=784,300,10&activations=relu,softmax&loss=cross_entropy")
    opened_at(page)
    expect(page, LIVE, "no")
    assert "server" in page.locator(".mlp-root").get_attribute("data-why")
