"""An equation replaced at run time is another one in the browser too: formula, sum, product, code and number."""

import os

import pytest

from mlpviz.examples.presets import PRESETS
from tests.support.browser import ROOT, Server, expect
from tests.support.stepping import in_link, last, opened_at, press

SITE = """
from mlpviz.maths import equations as e
e.EQUATIONS["weight gradient"] = e.Equation("weight gradient", e.dW, 3 * (e.delta.T @ e.A.below))
"""

GRADIENT = "[data-part=ledger] [data-symbol=dW][data-layer='2'][data-row='0'][data-column='0']"


@pytest.fixture
def other_server(tmp_path):
    """The app with another weight gradient, put in its place before anything is drawn."""
    (tmp_path / "sitecustomize.py").write_text(SITE)
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), str(ROOT)])}
    with Server(tmp_path, env=env) as running:
        yield running


def faces(page):
    """What every face shows of the gradient of the last layer's weights."""
    opened_at(page)
    page.locator(".mlp-root").focus()
    press(page, "Home", 0)
    for step in range(1, last(page) + 1):
        press(page, "ArrowRight", step)
        if page.locator("[data-part=code]").text_content().startswith("dW"):
            break
    page.wait_for_selector("[data-part=formula] .katex")
    page.wait_for_selector("[data-part=sigma] .katex")
    texts = {part: page.locator(f"[data-part={part}]").text_content() for part in ("formula", "sigma", "lines", "code")}
    return texts, float(page.locator(GRADIENT).get_attribute("data-value"))


def test_the_browser_follows(other_server, open_app):  # the page leaves before its server ends
    usual, value = faces(open_app("/"))
    page = open_app("/", server=other_server)
    other, other_value = faces(page)
    assert other_value == pytest.approx(3 * value)
    assert [part for part in usual if usual[part] == other[part]] == []
    assert other["code"] == "dW[2] = 3 * (delta[2].T @ A[1])"

    weight = f'Number(document.querySelector("{GRADIENT.replace("dW", "W")}").dataset.value)'
    was = page.evaluate(weight)
    page.keyboard.press("a")  # an update that the browser makes
    expect(page, "document.querySelector('.mlp-root').dataset.updates", "1")
    assert page.evaluate(weight) == pytest.approx(was - PRESETS["two-three-two"].learning_rate * other_value, rel=1e-12)
    in_link(page, "updates=1")
