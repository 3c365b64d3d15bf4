"""An equation replaced at run time is another one in the browser too: formula, sum, product, code and number."""

import pytest

import mlpviz
from mlpviz.engine.descent import Update
from mlpviz.examples.presets import PRESETS
from mlpviz.maths.equations import EQUATIONS, A, Equation, delta, dW
from tests.support.browser import expect
from tests.support.opened import Opened
from tests.support.saved_page import opened_pass
from tests.support.stepping import last, press

PRESET = PRESETS["two-three-two"]
OTHER = Equation("weight gradient", dW, 3 * (delta.T @ A.below))
CODE = "dW[2] = 3 * (delta[2].T @ A[1])"
GRADIENT = "[data-part=ledger] [data-symbol=dW][data-layer='2'][data-row='0'][data-column='0']"
PARTS = ("formula", "sigma", "lines", "code")


def a_pass():
    """The pass and the update, made of the equations as they stand now."""
    return Update(mlpviz.backpropagate(PRESET.parameters(), PRESET.X, PRESET.Y), PRESET.learning_rate)


def faces(page):
    """What every face shows of the gradient of the last layer's weights."""
    page.locator(".mlp-root").focus()
    press(page, "Home", 0)
    for step in range(1, last(page) + 1):
        press(page, "ArrowRight", step)
        if page.locator("[data-part=code]").text_content().startswith("dW"):
            break
    for part in ("formula", "sigma"):
        page.wait_for_selector(f"[data-part={part}] math")
    texts = {part: page.locator(f"[data-part={part}]").text_content() for part in PARTS}
    return texts, float(page.locator(GRADIENT).get_attribute("data-value"))


def test_the_browser_follows(browser, tmp_path, monkeypatch):
    """On a page saved to disk, with the app's own script, and in what the app gives that script."""
    with opened_pass(browser, tmp_path, a_pass()) as saved:
        page = saved.page
        usual, value = faces(page)
    monkeypatch.setitem(EQUATIONS, "weight gradient", OTHER)
    with opened_pass(browser, tmp_path, a_pass()) as saved:
        page = saved.page
        other, other_value = faces(page)
        assert other_value == pytest.approx(3 * value)
        assert [part for part in PARTS if usual[part] == other[part]] == []
        assert other["code"] == CODE

        weight = f'Number(document.querySelector("{GRADIENT.replace("dW", "W")}").dataset.value)'
        was = page.evaluate(weight)
        expect(page, "document.querySelector('.mlp-root').dataset.live", "yes")
        page.keyboard.press("a")  # an update that the browser makes
        expect(page, "document.querySelector('.mlp-root').dataset.updates", "1")
        assert page.evaluate(weight) == pytest.approx(was - PRESET.learning_rate * other_value, rel=1e-12)
    app = Opened(preset="two-three-two")
    assert app.matrix("dW[2]")[0, 0] == pytest.approx(other_value)
    assert CODE in str(app.payload)
