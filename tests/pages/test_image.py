"""The Step and Derive pages show an input that is an image."""

import pytest

from tests.support.opened import Opened


@pytest.mark.parametrize("page", ["step", "derive"])
def test_the_digit_is_seen_as_a_picture(page):
    assert len(Opened(page, preset="digit").app.get("image")) == 1
    assert not Opened(page, preset="two-three-two").app.get("image")
