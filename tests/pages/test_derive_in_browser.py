"""The walkthroughs in Chromium: keys go through the lines, expansions add up, the link brings the line back."""

import os

import pytest

from mlpviz.derivation.walkthroughs import WALKTHROUGHS
from tests.support.browser import expect, expect_count, expect_text
from tests.support.networks import ALL
from tests.support.stepping import in_link, last, opened_at, press, walked

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
SHOWN = ["preset=two-three-two&layer=1", f"preset=softmax-batch&layer=3{OTHER}"]


def derive(open_app, query, **options):
    """The page at a walkthrough, its formulas typeset."""
    page = open_app(f"/derive?{query}", **options)
    opened_at(page)
    return page


LOOKED_AT = list(zip(WALKTHROUGHS, SHOWN * len(WALKTHROUGHS), strict=False))[:: 1 if os.environ.get(ALL) else 3]
"""Every third walkthrough, in turns with one network and the other; all: ``python -m tests.measure.notations``."""


@pytest.mark.parametrize(("name", "shown"), LOOKED_AT)
def test_every_expansion_of_every_line_adds_up(open_app, name, shown):
    """As Chromium shows it; all walkthroughs, with every preset, as node expands it."""
    page = derive(open_app, f"walkthrough={name}&{shown}")
    for index, sums in enumerate(walked(page, ADDED_UP)):
        assert sums
        for value, total, key in sums:
            assert total == pytest.approx(value, rel=1e-9, abs=1e-12), (index, key)


def test_keys_go_through_the_lines_from_the_first_moment(open_app):
    page = derive(open_app, "walkthrough=entries")
    page.wait_for_selector(f"{POSITION}[data-step='0'][data-steps='8']")
    page.keyboard.press("ArrowRight")
    press(page, "ArrowRight", 2)
    press(page, "ArrowLeft", 1)
    press(page, "End", 7)
    press(page, "Home", 0)


def test_a_reload_comes_back_to_the_line(open_app):
    page = derive(open_app, "walkthrough=entries&preset=softmax-batch")
    in_link(page, "end=1")
    for index in range(1, 4):
        press(page, "ArrowRight", index)
    in_link(page, "line=3")
    page.reload()
    opened_at(page, 3)


def test_the_step_of_the_step_page_is_left_alone(open_app):
    page = open_app("/?preset=mazur&step=4")
    opened_at(page, 4)
    steps = last(page)
    page.get_by_role("link", name="Derive").click()
    page.wait_for_selector("text=Push one weight")
    opened_at(page, 0)
    in_link(page, "end=1")
    press(page, "ArrowRight", 1)
    in_link(page, "line=1")
    page.get_by_role("link", name="Step", exact=True).click()
    opened_at(page, 4)
    assert last(page) == steps


def test_another_walkthrough_starts_at_its_first_line(open_app):
    page = derive(open_app, "walkthrough=entries")
    press(page, "End", last(page))
    page.get_by_label("Walkthrough").click()
    page.get_by_role("option", name="One neuron").click()
    page.wait_for_selector(f"{POSITION}[data-step='0']")
    page.wait_for_selector("text=One wire")


def test_a_number_says_where_it_comes_from(open_app):
    page = derive(open_app, "walkthrough=entries&preset=two-three-two")
    page.locator(".mlp-result .mlp-n").nth(1).click()
    page.wait_for_selector(".mlp-sum[data-row='0'][data-column='1']")
    expect_count(page, ".mlp-sum .mlp-fraction", 4)
    page.locator(".mlp-sum .mlp-numbers .mlp-n").first.click()
    expect_text(page, ".mlp-sum", "comes from the pass")


@pytest.mark.parametrize("name", ["chain-rule", "batch", "modules", "layouts"])
def test_nothing_sticks_out(open_app, name):
    page = derive(open_app, f"walkthrough={name}&preset=softmax-batch")
    for width, height in [(1280, 720), (390, 844), (1920, 1080)]:
        page.set_viewport_size({"width": width, "height": height})
        expect(page, "[innerWidth, document.documentElement.scrollWidth <= innerWidth]", [width, True])
