"""The walkthroughs in Chromium: keys go through the lines, expansions add up, the link brings the line back."""

import os

import pytest

from mlpviz.derivation.notation import Notation
from mlpviz.derivation.walkthroughs import WALKTHROUGHS
from tests.support.browser import expect, expect_count, expect_text
from tests.support.networks import ALL
from tests.support.saved_page import opened_lines
from tests.support.stepping import choose, in_link, opened_at, press, walked

POSITION = ".mlp-position"
EVERY = bool(os.environ.get(ALL))
ADDED_UP = f"""() => {{
  const found = []
  const cells = [...document.querySelectorAll(".mlp-product .mlp-result .mlp-n[data-value]")]
  const drawn = new Set([1, 6, 11].map((k) => cells[k % cells.length]))
  for (const cell of {"cells" if EVERY else "drawn"}) {{
    cell.focus()
    const sum = document.querySelector(".mlp-sum")
    found.push([Number(cell.dataset.value), Number(sum.dataset.total ?? "NaN"), sum.dataset.key])
  }}
  return found
}}"""
SHOWN = [
    ("two-three-two", 1, Notation()),
    ("softmax-batch", 3, Notation("columns", "numerator", "in_out")),
]

LOOKED_AT = list(zip(WALKTHROUGHS, SHOWN * len(WALKTHROUGHS), strict=False))[:: 1 if EVERY else 3]
"""Every third walkthrough, in turns with one network and the other; all: ``python -m tests.measure.notations``."""


@pytest.mark.parametrize(("name", "shown"), LOOKED_AT, ids=[name for name, _ in LOOKED_AT])
def test_expansions_of_every_line_add_up(browser, tmp_path, name, shown):
    """Three of each line as Chromium shows them; all, with every preset, as node expands them."""
    with opened_lines(browser, tmp_path, name, *shown) as saved:
        for index, sums in enumerate(walked(saved.page, ADDED_UP)):
            assert sums
            for value, total, key in sums:
                assert total == pytest.approx(value, rel=1e-9, abs=1e-12), (index, key)


def test_keys_go_through_the_lines_a_reload_comes_back_and_no_walkthrough_sticks_out(open_app):
    page = open_app("/derive?walkthrough=entries&preset=two-three-two")
    page.wait_for_selector(f"{POSITION}[data-step='0'][data-steps='8']")
    press(page, "ArrowRight", 1)  # heard from the first moment
    press(page, "ArrowRight", 2)
    press(page, "ArrowLeft", 1)
    press(page, "End", 7)
    press(page, "Home", 0)
    opened_at(page, 0)
    in_link(page, "end=1")
    a_number_says_where_it_comes_from(page)
    page.keyboard.press("Escape")
    page.locator(".mlp-root").focus()
    for index in range(1, 4):
        press(page, "ArrowRight", index)
    in_link(page, "line=3")
    page.set_viewport_size({"width": 390, "height": 844})
    page.reload()
    opened_at(page, 3)
    for name in OTHERS:
        choose(page, "Walkthrough", WALKTHROUGHS[name].title)
        page.get_by_text(WALKTHROUGHS[name].about[:40]).wait_for()
        opened_at(page, 0)  # another walkthrough starts at its first line
        expect(page, WITHIN, [390, True])
    for width, height in ((1280, 720), (1920, 1080)):
        page.set_viewport_size({"width": width, "height": height})
        expect(page, WITHIN, [width, True])


WITHIN = "[innerWidth, document.documentElement.scrollWidth <= innerWidth]"

OTHERS = ("batch", "modules", "layouts")
"""Walkthroughs of which each has something else below its lines, with the network that it brings: all on a phone,
where the least has room, and the last, whose two layouts stand side by side, on larger screens, too."""


def a_number_says_where_it_comes_from(page):
    page.locator(".mlp-result .mlp-n").nth(1).click()
    page.wait_for_selector(".mlp-sum[data-row='0'][data-column='1']")
    expect_count(page, ".mlp-sum .mlp-fraction", 4)
    page.locator(".mlp-sum .mlp-numbers .mlp-n").first.click()
    expect_text(page, ".mlp-sum", "comes from the pass")
