"""The word for the device in the stepper, and the badges of another device, for which float32 on the CPU stands in."""

import os

import pytest

from tests.support.browser import ROOT, Server, expect, expect_count
from tests.support.stepping import last, opened_at, press

SITE = """
from mlpviz.engine import devices
from mlpviz.setup import setup
devices.cuda = lambda: devices.Device("cuda", "Some card", memory=8 * 10**9)
setup.COMPUTED["cuda32"] = ("cpu", "float32")
"""

HAS = '["A[2]", "delta[1]", "dW[1]", "db[2]", "cost"]'
DEVICE, BADGES = "[data-part=device]", ".mlp-ledger [data-difference]"


@pytest.fixture
def server_with_a_card(tmp_path):
    """The app on a machine whose card is the CPU in float32."""
    (tmp_path / "sitecustomize.py").write_text(SITE)
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), str(ROOT)])}
    with Server(tmp_path, env=env) as running:
        yield running


TOLD = f"""[...document.querySelectorAll("{BADGES}")].filter(badge => badge.textContent.trim().endsWith("from the CPU"))
  .map(badge => badge.dataset.difference)"""
"""The arrays whose badges say something: those that are computed."""

WORD = f"document.querySelector('{DEVICE}').textContent"


def test_the_cpu_is_one_word(open_app):
    page = open_app("/")
    opened_at(page)
    expect(page, WORD, "CPU")
    expect_count(page, BADGES, 0)


def test_every_array_of_another_device_has_its_badge_once_it_is_computed(open_app, server_with_a_card):
    page = open_app("/?computed=cuda32", server=server_with_a_card)
    opened_at(page)
    expect(page, WORD, "GPU, float32 (Some card)")
    page.locator(".mlp-root").focus()
    press(page, "Home", 0)
    expect(page, TOLD, ["Z[1]"])
    press(page, "End", last(page))
    expect(page, f"{HAS}.every(key => {TOLD}.includes(key))")
