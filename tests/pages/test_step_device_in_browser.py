"""The badges of another device in the stepper, for which a name and differences stand in that no device gave."""

from tests.support.browser import expect, expect_count
from tests.support.networks import case
from tests.support.saved_page import opened_pass
from tests.support.stepping import last, press

NAME = "GPU, float32 (Some card)"
BADGES = ".mlp-ledger [data-difference]"
TOLD = f"""[...document.querySelectorAll("{BADGES}")].filter(badge => badge.textContent.trim().endsWith("from the CPU"))
  .map(badge => badge.dataset.difference)"""
"""The arrays whose badges say something: those that are computed."""


def test_every_array_of_another_device_has_its_badge_once_it_is_computed(browser, tmp_path):
    """What the app gives of a device, and that a page of the CPU has one word and no badge, is tested elsewhere."""
    update = case("two-three-two")
    computed = [str(step.equation.target) for step in update.steps]
    device = {"name": NAME, "differences": {key: f"{k}·10⁻⁸ from the CPU" for k, key in enumerate(computed)}}
    with opened_pass(browser, tmp_path, update, device=device) as saved:
        page = saved.page
        expect(page, "document.querySelector('[data-part=device]').textContent", NAME)
        page.locator(".mlp-root").focus()
        press(page, "Home", 0)
        expect(page, TOLD, ["Z[1]"])
        press(page, "End", last(page))
        expect(page, f"{TOLD}.sort()", sorted(computed))
        expect_count(page, f"{BADGES}:empty", 0)
