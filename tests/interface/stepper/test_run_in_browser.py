"""Updates by hand, in Chromium: one, as long as a key is held, until they are stopped; the server hears of it once."""

import numpy as np

import mlpviz
from mlpviz.examples.presets import PRESETS
from tests.support.browser import expect
from tests.support.stepping import LIVE, VALUES, frames, in_link, last, opened_at, press, settled

UPDATES = "() => Number(document.querySelector('.mlp-root').dataset.updates)"
PHONE = (390, 844)


def trained(name, optimizer, updates):
    """The weights of a preset after updates by ``mlpviz.train``."""
    preset = PRESETS[name]
    parameters = preset.parameters()
    if not updates:
        return parameters
    for _ in mlpviz.train(
        parameters, preset.X, preset.Y, optimizer, preset.learning_rate, None, updates, shuffle=False
    ):
        pass
    return parameters


def holds(page, parameters):
    """The weights and biases on screen are those of training."""
    shown = page.evaluate(VALUES)
    for letter, layers in (("W", parameters.W), ("b", parameters.b)):
        for l, right in enumerate(layers):
            if right is not None:
                np.testing.assert_allclose(shown[f"{letter}[{l}]"], right.ravel(), rtol=1e-9, atol=1e-12)


def test_next_goes_round_and_back_comes_back(open_app):
    page = open_app("/")
    opened_at(page)
    expect(page, LIVE, "yes")
    steps = last(page)
    frames(page)
    press(page, "End", steps)
    assert "Again" in page.locator("[data-do=next]").inner_text()
    press(page, "ArrowRight", 0)
    expect(page, UPDATES, 1)
    holds(page, trained("two-three-two", "sgd", 1))
    in_link(page, "updates=1")
    press(page, "ArrowLeft", steps)
    expect(page, UPDATES, 0)
    expect(page, "location.search.includes('updates')", False)  # else what is there already is taken for the next
    settled(page)
    press(page, "ArrowRight", 0)
    expect(page, UPDATES, 1)
    in_link(page, "updates=1")
    settled(page)
    holds(page, trained("two-three-two", "sgd", 1))
    page.keyboard.press("Control+Z")
    expect(page, UPDATES, 0)
    settled(page)
    page.keyboard.press("Control+Y")
    expect(page, UPDATES, 1)
    in_link(page, "updates=1")
    a_unit_keeps_the_focus(page, 1)


def a_unit_keeps_the_focus(page, made):
    """When the weights reached come back the picture is drawn anew, and not every number of it says where it stands."""
    press(page, "End", last(page))
    page.locator(".mlp-network .mlp-neuron .mlp-n:visible").nth(3).focus()
    in_link(page, "asked=")
    page.keyboard.press("a")
    expect(page, UPDATES, made + 1)
    in_link(page, f"updates={made + 1}")
    settled(page)
    expect(page, "() => document.querySelector('.mlp-network').contains(document.activeElement)", True)


def test_a_key_goes_on_until_it_is_let_go_and_a_run_is_drawn_now_and_then_where_no_motion_is_wanted(open_app):
    """With an optimiser that keeps something; without one: ``test_exclusive_or_is_learned_on_a_phone_by_touch``."""
    optimizer = "adam"
    page = open_app(f"/?preset=xor&optimizer={optimizer}")
    opened_at(page)
    expect(page, LIVE, "yes")
    page.keyboard.press("a")
    expect(page, UPDATES, 1)
    in_link(page, "updates=1")
    frames(page)
    page.keyboard.down("a")
    page.wait_for_function("() => Number(document.querySelector('.mlp-root').dataset.updates) > 20")
    assert page.evaluate("window.sent.length") == 0
    page.keyboard.up("a")
    made = page.evaluate(UPDATES)
    in_link(page, f"updates={made}")
    settled(page)
    expect(page, UPDATES, made)
    holds(page, trained("xor", optimizer, made))
    page.reload()
    opened_at(page)
    expect(page, LIVE, "yes")
    expect(page, UPDATES, made)
    holds(page, trained("xor", optimizer, made))
    page.keyboard.press("a")
    expect(page, UPDATES, made + 1)
    holds(page, trained("xor", optimizer, made + 1))
    page.keyboard.press("ArrowLeft")
    expect(page, UPDATES, made)
    drawn_now_and_then(page, made)


DRAWN = """() => { window.drawn = new Set()
  const look = () => {
    window.drawn.add(document.querySelector(".mlp-root").dataset.updates)
    requestAnimationFrame(look)
  }
  requestAnimationFrame(look) }"""
"""Keeps how many updates each frame shows to have been made."""


LEARNED = 150  # updates


def test_exclusive_or_is_learned_on_a_phone_by_touch(open_app):
    page = open_app("/?preset=xor", viewport=PHONE, has_touch=True, is_mobile=True)
    opened_at(page)
    expect(page, LIVE, "yes")
    frames(page)
    page.locator("[data-part=more]").tap()
    page.locator(".mlp-bar [data-do=run]").tap()
    page.evaluate(DRAWN)
    expect(page, f"({UPDATES})() > {LEARNED} && window.drawn.size > 10")  # how fast: python -m tests.measure.updates
    assert page.evaluate("window.sent.length") == 0
    assert page.evaluate("document.querySelector('.mlp-course').offsetHeight") < 150  # the network stays in sight
    stop = page.locator(".mlp-course [data-do=run]")
    box = stop.bounding_box()
    assert min(box["width"], box["height"]) >= 24 and box["y"] + box["height"] <= PHONE[1]
    stop.tap()
    made = page.evaluate(UPDATES)
    in_link(page, f"updates={made}")
    settled(page)
    parameters = trained("xor", "sgd", made)
    holds(page, parameters)
    preset = PRESETS["xor"]
    outputs = mlpviz.backpropagate(parameters, preset.X, preset.Y).A[2]
    assert (np.round(outputs) == preset.Y).all()
    page.locator("[data-part=again]").tap()
    expect(page, UPDATES, made + 1)
    holds(page, trained("xor", "sgd", made + 1))
    slider = page.locator("[data-part=back]")
    slider.focus()
    page.keyboard.press("Home")
    expect(page, UPDATES, 0)
    holds(page, trained("xor", "sgd", 0))


CHANGES = """() => { const root = document.querySelector(".mlp-root")
  window.changes = 0
  new MutationObserver(() => { window.changes += 1 }).observe(root, { attributeFilter: ["data-updates"] })
  window.begun = performance.now() }"""


def drawn_now_and_then(page, made):
    """Where no motion is wanted."""
    page.emulate_media(reduced_motion="reduce")
    page.evaluate(CHANGES)
    page.keyboard.press("r")
    expect(page, "window.changes >= 4")
    page.keyboard.press("r")
    assert page.evaluate("() => performance.now() - window.begun") > 1500
    assert page.evaluate(UPDATES) >= made + 50


def test_what_diverges_stops_with_a_sentence(open_app):
    page = open_app("/?preset=two-three-two&learning_rate=1e200&activations=identity,identity")
    opened_at(page)
    expect(page, LIVE, "yes")
    page.keyboard.press("r")
    page.wait_for_selector("[data-part=outcome]:has-text('smaller learning rate')")
    assert page.evaluate(UPDATES) == 0
    holds(page, trained("two-three-two", "sgd", 0))
    assert page.locator(".mlp-bar [data-do=run]").get_attribute("aria-pressed") == "false"


def test_where_numbers_do_not_follow_the_hand_again_asks_the_server(open_app):
    """Nine samples do not travel whole."""
    X = [[0.1 * k, 1.0 - 0.2 * k] for k in range(9)]
    Y = [[float(k % 2)] for k in range(9)]
    rows = {name: ";".join(",".join(map(str, row)) for row in values) for name, values in (("X", X), ("Y", Y))}
    page = open_app(f"/?preset=xor&X={rows['X']}&Y={rows['Y']}")
    opened_at(page)
    expect(page, LIVE, "no")
    press(page, "End", last(page))
    assert "Again" in page.locator("[data-do=next]").inner_text()
    preset = PRESETS["xor"]
    parameters = preset.parameters()
    for done, _ in enumerate(
        mlpviz.train(parameters, X, Y, "sgd", preset.learning_rate, None, 2, shuffle=False), start=1
    ):
        press(page, "End", last(page))
        press(page, "ArrowRight", 0)
        expect(page, UPDATES, done)
        settled(page)
        holds(page, parameters)
