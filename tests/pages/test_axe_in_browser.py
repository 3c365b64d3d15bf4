"""axe-core finds nothing of ours on a sample of the pages' states; ``python -m tests.measure.axe`` looks at all."""

import pytest

from tests.support import axe

SAMPLE = {"a number asked": False, "notation open": True, "a digit": False, "derive": True, "does not multiply": True}
"""A state of the pages that have most in them, in the dark theme or in the light one."""


@pytest.mark.parametrize("name", [*SAMPLE, "settings open"])
def test_axe_finds_nothing_of_ours(open_app, name):
    state = axe.STATES[name]
    page = open_app(state.path, dark=SAMPLE.get(name, False))
    state.reached(page)
    assert axe.ours(page, axe.axe_script()) == []
