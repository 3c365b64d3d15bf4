"""The network after the update, in Chromium: new weights with new activations alone, and each new number explained."""

from tests.support.browser import expect
from tests.support.stepping import last, opened_at, press

DRAWN = """() => Object.fromEntries(["1", "2"].map(layer => [layer, [...document.querySelectorAll(
  `.mlp-neuron .mlp-main[data-layer='${layer}']`)]
  .map(el => el.dataset.symbol + " " + (el.dataset.value !== undefined))]))"""
WIRES = """() => [...new Set([...document.querySelectorAll(".mlp-tag")].map(el => el.dataset.symbol))].sort()"""
TOTAL = "() => document.querySelector('[data-part=sum]').dataset.total ?? 'none'"


def test_new_weights_wait_for_new_activations_and_all_of_it_is_traced(open_app):
    page = open_app("/?preset=mazur")
    opened_at(page)
    steps = last(page)
    press(page, "End", steps)
    for step in range(steps - 1, steps - 8, -1):  # back to the last update
        press(page, "ArrowLeft", step)
    expect(page, WIRES, ["new W"])
    expect(page, DRAWN, {layer: ["new A false"] * 2 for layer in "12"})
    for step in range(steps - 6, steps - 4):
        press(page, "ArrowRight", step)
    expect(page, DRAWN, {"1": ["new A true"] * 2, "2": ["new A false"] * 2})
    press(page, "End", steps)
    expect(page, DRAWN, {layer: ["new A true"] * 2 for layer in "12"})
    for key in ("new cost", "new losses", "new A[2]", "new Z[1]"):
        number = page.locator(f"[data-part=ledger] [data-key='{key}'] .mlp-n").first
        number.click()
        page.wait_for_selector(f"[data-part=sum][data-key='{key}'][data-total]")
        value, total = float(number.get_attribute("data-value")), float(page.evaluate(TOTAL))
        assert abs(value - total) < 1e-12
    expect(page, WIRES, ["new W"])
