"""The walkthroughs in Chromium: keys go through the lines, expansions add up, the link brings the line back."""

import pytest

from mlpviz.derivation.walkthroughs import WALKTHROUGHS
from tests.browser import READY

POSITION = ".mlp-position"
ADDED_UP = """() => {
  const found = []
  for (const cell of document.querySelectorAll(".mlp-product .mlp-result .mlp-n[data-value]")) {
    cell.focus()
    const sum = document.querySelector(".mlp-sum")
    found.push([Number(cell.dataset.value), Number(sum.dataset.total ?? "NaN"), sum.dataset.key])
  }
  return found
}"""
OTHER = "&orientation=columns&layout=numerator&weights=in_out"
SHOWN = [
    f"preset={preset}{view}" for preset in ("two-three-two&layer=1", "softmax-batch&layer=3") for view in ("", OTHER)
]


def derive(open_app, query, **options):
    """The page at a walkthrough, its formulas typeset."""
    page = open_app(f"/derive?{query}", **options)
    page.wait_for_selector(POSITION)
    page.wait_for_selector("[data-part=formula] .katex-display")
    return page


def line(page):
    """Which line is shown, and of how many."""
    position = page.locator(POSITION)
    return int(position.get_attribute("data-step")), int(position.get_attribute("data-steps"))


@pytest.mark.parametrize("name", WALKTHROUGHS)
@pytest.mark.parametrize("shown", SHOWN)
def test_every_expansion_of_every_line_adds_up(open_app, name, shown):
    page = derive(open_app, f"walkthrough={name}&{shown}")
    for index in range(line(page)[1]):
        page.wait_for_function(f"document.querySelector('{POSITION}').dataset.step === '{index}'")
        sums = page.evaluate(ADDED_UP)
        assert sums
        for value, total, key in sums:
            assert total == pytest.approx(value, rel=1e-9, abs=1e-12), (index, key)
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")
        page.locator(".mlp-root").focus()
        page.keyboard.press("ArrowRight")


def test_keys_go_through_the_lines_from_the_first_moment(open_app):
    page = derive(open_app, "walkthrough=entries")
    assert line(page) == (0, 8)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert line(page)[0] == 2
    page.keyboard.press("ArrowLeft")
    assert line(page)[0] == 1
    page.keyboard.press("End")
    assert line(page)[0] == 7
    page.keyboard.press("Home")
    assert line(page)[0] == 0


def test_a_reload_comes_back_to_the_line(open_app):
    page = derive(open_app, "walkthrough=entries&preset=softmax-batch")
    page.wait_for_url("**/derive?*end=1*")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.wait_for_url("**line=3*")
    page.reload()
    page.wait_for_selector(READY, state="attached")
    page.wait_for_selector(POSITION)
    assert line(page)[0] == 3


def test_the_step_of_the_step_page_is_left_alone(open_app):
    page = open_app("/?preset=mazur&step=4")
    page.wait_for_selector(POSITION)
    page.get_by_role("link", name="Derive").click()
    page.wait_for_selector("text=Push one weight")
    page.wait_for_selector(f"{POSITION}[data-step='0']")
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**line=1*")
    page.get_by_role("link", name="Step", exact=True).click()
    page.wait_for_selector(f"{POSITION}[data-steps='17'], {POSITION}[data-step='4']")
    assert line(page)[0] == 4


def test_another_walkthrough_starts_at_its_first_line(open_app):
    page = derive(open_app, "walkthrough=entries")
    page.keyboard.press("End")
    page.get_by_label("Walkthrough").click()
    page.get_by_role("option", name="One neuron").click()
    page.wait_for_selector(f"{POSITION}[data-step='0']")
    page.wait_for_selector("text=One wire")


def test_a_number_says_where_it_comes_from(open_app):
    page = derive(open_app, "walkthrough=entries&preset=two-three-two")
    page.locator(".mlp-result .mlp-n").nth(1).click()
    face = page.locator(".mlp-sum")
    assert (face.get_attribute("data-row"), face.get_attribute("data-column")) == ("0", "1")
    assert page.locator(".mlp-sum .mlp-fraction").count() == 4
    page.locator(".mlp-sum .mlp-numbers .mlp-n").first.click()
    assert "comes from the pass" in page.locator(".mlp-sum").text_content()


@pytest.mark.parametrize("viewport", [(1280, 720), (390, 844), (1920, 1080)])
def test_nothing_sticks_out(open_app, viewport):
    for name in ("chain-rule", "batch", "modules", "layouts"):
        page = derive(open_app, f"walkthrough={name}&preset=softmax-batch", viewport=viewport)
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport[0], name
        page.close()
