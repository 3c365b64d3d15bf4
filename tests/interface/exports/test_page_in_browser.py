"""A page of its own, opened from disk in Chromium with the network cut off.

Every preset, also before a class on two sizes of screen, and every walkthrough:
``python -m tests.measure.exports --pages``.
"""

import pytest

from mlpviz.derivation.notation import Notation
from mlpviz.interface.exports.web import pass_page
from tests.support.browser import expect
from tests.support.legible import cut
from tests.support.networks import case
from tests.support.saved_page import STEP, gone_through, opened_pass, opened_within
from tests.support.stepping import walked


def test_a_saved_page_steps_follows_the_hand_takes_back_and_prints(browser, tmp_path):
    with opened_pass(browser, tmp_path, case("xor")) as saved:
        saved.page.locator("[data-do=projector]").click()
        saved.press("PageDown", "PageDown", "PageUp", "3")
        expect(saved.page, STEP, 1)
        expect(saved.page, "() => document.querySelector('.mlp-root').dataset.alone", "product")
        saved.press("0", "Escape", "Home")
        assert not gone_through(saved, "xor")
        saved.page.evaluate("dispatchEvent(new Event('beforeprint'))")
        blocks = saved.page.locator(".mlp-handout .mlp-block")
        assert blocks.count() == len(case("xor").steps)
        assert blocks.last.locator("math").count()
        saved.page.evaluate("dispatchEvent(new Event('afterprint'))")
        assert saved.page.locator(".mlp-handout").count() == 0
        assert saved.page.evaluate(STEP) == len(case("xor").steps) - 1


@pytest.mark.parametrize(("name", "size"), [("digit", (1280, 720)), ("softmax-batch", (1920, 1080))])
def test_nothing_is_cut_before_a_class_on_a_saved_page_of_many_units_or_samples(browser, tmp_path, name, size):
    with opened_pass(browser, tmp_path, case(name), size=size) as saved:
        saved.page.locator("[data-do=projector]").click()
        wrong = {step: each for step, each in enumerate(walked(saved.page, cut())) if each}
        assert not wrong


def test_a_saved_page_opens_at_a_step_asks_and_stands_in_a_notebook(browser, tmp_path):
    page = pass_page(case("two-three-two"), Notation("columns"), predict=True)
    file = tmp_path / "notebook.html"
    file.write_text(f"<!doctype html><p>Out[1]:</p>{page._repr_html_()}", encoding="utf-8")
    with opened_within(browser, file) as (_outer, frame):
        frame.locator("[data-do=next]").click()
        frame.wait_for_selector("[data-part=guess]:not([hidden])")
        expect(frame, "() => document.querySelector('.mlp-root').dataset.live", "yes")
