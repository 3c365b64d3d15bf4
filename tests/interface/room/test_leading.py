"""Where a teacher's page goes is said until the room has heard it."""

import json
import subprocess

from tests.support.browser import ROOT
from tests.support.node import node


def heard(*answers):
    """The places that a room has taken, where the server first answers like this."""
    script = ROOT / "tests/support/leading.mjs"
    return json.loads(subprocess.run([node(), script, *answers], capture_output=True, check=True, timeout=30).stdout)


def test_the_last_place_is_heard_whatever_the_server_says_at_first():
    assert heard() == ["step=1", "step=2"]
    for answers in (["slow"], ["done", "slow", "slow"], ["lost", "away", "lost"], ["done", "lost"]):
        assert heard(*answers)[-1] == "step=2"


def test_a_place_that_is_refused_is_not_said_again():
    assert heard("done", "refused") == ["step=1"]
