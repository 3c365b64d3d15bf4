"""Predict, then reveal, in Chromium: what is hidden is not in the page; mouse, finger and keys answer."""

import re

import numpy as np

from mlpviz.derivation.notation import Notation
from mlpviz.maths.expressions import walk
from tests.support.browser import expect, expect_text
from tests.support.networks import case, view_of
from tests.support.saved_page import opened_pass
from tests.support.stepping import in_link, last, opened_at, press, settled

HIDDEN = """([symbol, layer, texts]) => {
  const root = document.querySelector(".mlp-root"), page = root.outerHTML.replaceAll("\\u2212", "-")
  const own = [...root.querySelectorAll(`.mlp-n[data-symbol="${symbol}"][data-layer="${layer}"]`)]
  const told = own.filter((el) => "value" in el.dataset || el.title || (el.querySelector("text") ?? el).textContent)
  return [texts.filter((text) => page.includes(text)), told.length, own.length]
}"""
KIND = "document.querySelector('.mlp-guess').dataset.kind"
VERDICT = "document.querySelector('.mlp-guess').dataset.verdict"
VEILED = "document.querySelector('.mlp-root').classList.contains('mlp-veils')"
PLACES = """() => [...document.querySelectorAll(".mlp-face, .mlp-headline, .mlp-ledger")].map((el) => {
  const { x, y, width, height } = el.getBoundingClientRect(); return [x, y, width, height].map(Math.round) })"""
SIZES = """() => [...document.querySelectorAll(".mlp-guess :is(button, input), [data-do=predict]")].map((el) => {
  const { width, height, bottom } = el.getBoundingClientRect(); return [width, height, bottom] })"""
HEARD = """() => {
  const status = document.querySelector("[data-part=status]")
  window.heard = []
  new MutationObserver(() => window.heard.push(status.textContent)).observe(status, { childList: true, subtree: true })
}"""


def asked_at(page, step):
    """Wait until something is asked at a step."""
    page.wait_for_selector(f"[data-step='{step}']")
    page.wait_for_selector(".mlp-choices")
    settled(page)


def target_of(page, update):
    return update.steps[int(page.locator("[data-step]").get_attribute("data-step"))].equation.target


def due(page, update):
    """What is right for the question on screen, as it is typed or as its button says; None for a formula."""
    kind, target = page.evaluate(KIND), target_of(page, update)
    values = np.atleast_2d(update.value(target))
    value = values[0, 0]
    shape = values.shape if target.name not in view_of(update, Notation()).notation.transposed else values.shape[::-1]
    return {"sign": "−0+"[int(np.sign(value)) + 1], "shape": " × ".join(map(str, shape)), "number": f"{value:.3f}"}.get(
        kind
    )


def ask(page, kind):
    """Another question, until it is of a kind."""
    for _ in range(4):
        if page.evaluate(KIND) == kind:
            return
        page.locator("[data-do=another]").click()
    raise AssertionError(f"never asked for the {kind}")


def answer(page, text):
    """Give an answer by mouse."""
    if page.evaluate(KIND) == "number":
        page.locator(".mlp-typed").fill(text)
        page.locator(".mlp-guess .mlp-button").click()
    else:
        page.locator(".mlp-choices button").filter(has_text=re.compile(f"^{re.escape(text)}$")).click()


def test_what_is_hidden_is_nowhere_in_the_page_until_it_is_shown(browser, tmp_path):
    update = case("two-three-two")
    with opened_pass(browser, tmp_path, update, predict=True, digits=6) as saved:
        each_is_kept_back(saved.page, update)


def each_is_kept_back(page, update):
    """At each step the numbers of its result, until they are shown; so they are there to be found."""
    seen = {f"{abs(float(x)):.6f}" for key in ("A[0]", "W[1]", "b[1]", "W[2]", "b[2]", "Y") for x in given(update, key)}
    for index, step in enumerate(update.steps):
        target = step.equation.target
        texts = {f"{abs(x):.6f}" for x in np.ravel(update.value(target)) if abs(x) > 1e-6}
        where = [target.name, str(target.layer if isinstance(target.layer, int) else 2), sorted(texts - seen)]
        found, told, own = page.evaluate(HIDDEN, where)
        assert (found, told) == ([], 0), (index, step.equation.name)
        assert own > 0
        press(page, "ArrowRight", index)
        expect(page, VEILED, False)
        assert sorted(page.evaluate(HIDDEN, where)[0]) == where[2], (index, step.equation.name)
        seen |= texts
        if index + 1 < len(update.steps):
            press(page, "ArrowRight", index + 1)
            expect(page, VEILED)


def given(update, key):
    name, _, layer = key.partition("[")
    symbol = next(
        node
        for step in update.steps
        for node in walk(step.equation.value)
        if getattr(node, "name", "") == name and (not layer or node.layer == int(layer[:-1]))
    )
    return np.ravel(update.value(symbol))


def test_answers_by_mouse_are_right_or_told_what_they_would_be_right_for(open_app):
    update = case("two-three-two")
    page = open_app("/?predict=1&step=9")
    opened_at(page, 9)
    places = page.evaluate(PLACES)
    for kind, count in (("sign", 1), ("number", 2), ("shape", 3)):
        ask(page, kind)
        answer(page, due(page, update))
        expect(page, VERDICT, "right")
        expect_text(page, ".mlp-streak", str(count))
        assert page.evaluate(PLACES) == places
        press(page, "ArrowRight", 9 + count)
        expect(page, VEILED)
    ask(page, "formula")
    assert page.locator(".mlp-formula .katex").count() == 0
    assert re.fullmatch(r"W\s*\(1\)\s*new\s*= ?\?", page.locator(".mlp-formula").inner_text())
    assert page.locator("[data-part=code]").inner_text() == "?"
    for key, step in (("ArrowLeft", 11), ("ArrowLeft", 10), ("ArrowRight", 11)):
        press(page, key, step)
        assert not page.evaluate(VEILED)  # what has been shown stays so
    press(page, "ArrowRight", 12)
    ask(page, "number")
    right = float(due(page, update))
    answer(page, f"{-right:.3f}")
    expect(page, VERDICT, "wrong")
    expect_text(page, ".mlp-verdict", "A sign is wrong.")
    expect_text(page, ".mlp-verdict", f"{right:.3f}".replace("-", "−"))
    assert page.locator(".mlp-streak").inner_text() == ""


def test_keys_alone_predict_and_each_thing_is_heard_once(open_app):
    update = case("two-three-two")
    page = open_app("/?step=5")
    opened_at(page, 5)
    settled(page)
    page.keyboard.press("p")
    in_link(page, "predict=1")
    page.evaluate(HEARD)
    press(page, "ArrowRight", 6)
    expect(page, VEILED)
    page.keyboard.press("Enter")
    for _ in range(4):  # from the answers on to the button for another question
        if page.evaluate(KIND) == "number":
            break
        page.locator("[data-do=another]").focus()
        page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.className") == "mlp-typed"
    page.keyboard.type(due(page, update))
    heard = page.evaluate("window.heard.length")
    page.keyboard.press("Enter")
    expect(page, VERDICT, "right")
    assert page.evaluate("document.activeElement.className").startswith("mlp-root")
    assert page.evaluate("window.heard.length") == heard + 1
    assert "Right: it is" in page.evaluate("window.heard.at(-1)")
    press(page, "ArrowRight", 7)
    assert page.evaluate("window.heard.at(-1).split('?').length") == 2  # the step, and its question
    page.keyboard.press("p")
    expect(page, VEILED, False)
    expect(page, "location.search.includes('predict')", False)


def test_an_answer_comes_first_where_the_link_says_so_and_is_right_of_the_numbers_at_that_moment(open_app):
    page = open_app("/?predict=guess&step=2")
    asked_at(page, 2)
    expect(page, "document.querySelector('.mlp-root').dataset.live", "yes")
    settled(page)
    for key in ("ArrowRight", "End"):
        page.keyboard.press(key)
        assert page.evaluate("document.querySelector('[data-step]').dataset.step") == "2"
        assert page.evaluate(VEILED)
    ask(page, "number")
    weight = "[data-part=ledger] [data-key='W[2]'] .mlp-n[data-row='0'][data-column='0']"
    page.locator(weight).focus()
    for _ in range(40):
        page.keyboard.press("Alt+ArrowUp")
    in_link(page, "entries=W2.0.0")
    assert page.evaluate(VEILED)
    moved = float(page.locator(weight).get_attribute("data-value"))
    update = case("two-three-two")
    W, b = update.trace.parameters.W[2], update.trace.parameters.b[2]
    z = update.trace.A[1][0] @ W[0] + b[0, 0] + (moved - W[0, 0]) * update.trace.A[1][0, 0]
    assert abs(z - update.trace.Z[2][0, 0]) > 0.1
    answer(page, f"{z:.3f}")
    expect(page, VERDICT, "right")
    press(page, "ArrowRight", 3)
    press(page, "Home", 0)
    expect(page, VEILED)  # the pass begins anew


def test_a_finger_on_a_phone_answers_in_sight(open_app):
    phone = {"has_touch": True, "is_mobile": True, "reduced_motion": "reduce"}
    page = open_app("/?predict=1&step=6", viewport=(390, 844), dark=True, **phone)
    asked_at(page, 6)
    ask(page, "number")
    field = page.locator(".mlp-typed")
    assert field.get_attribute("inputmode") == "decimal"
    expect(page, f"Math.max(...({SIZES})().map((size) => size[2])) <= 844")  # once its letters are there
    sizes = page.evaluate(SIZES)
    assert all(width >= 24 and height >= 24 for width, height, _bottom in sizes), sizes
    places = page.evaluate(PLACES)
    field.tap()
    page.keyboard.type("0.5")
    page.locator("[data-do=flip]").tap()
    assert field.input_value() == "−0.5"
    field.fill(due(page, case("two-three-two")))
    page.locator(".mlp-guess .mlp-button").tap()
    expect(page, VERDICT, "right")
    assert page.evaluate(PLACES) == places
    page.locator("[data-do=next]").tap()
    page.wait_for_selector("[data-step='7']")
    expect(page, VEILED)


def test_the_right_side_of_a_line_is_asked_for(open_app):
    page = open_app("/derive?walkthrough=entries&predict=1")
    asked_at(page, 0)
    for line in range(last(page) + 1):
        expect(page, VEILED)
        assert page.evaluate(KIND) in ("formula", "shape")
        assert page.locator("[data-part=formula] .katex, [data-part=sigma] .katex, .mlp-expression").count() == 0
        press(page, "ArrowRight", line)
        expect(page, VEILED, False)
        page.wait_for_selector("[data-part=formula] .katex")
        if line < last(page):
            press(page, "ArrowRight", line + 1)
