"""How many files a process of the server may have open."""

import resource
import subprocess
import sys

import pytest

ASKED = """
from resource import RLIMIT_NOFILE, getrlimit
from mlpviz.interface.room.open_files import MOST, ask_for_files
ask_for_files()
print(*getrlimit(RLIMIT_NOFILE), MOST)
"""


@pytest.mark.parametrize(("soft", "hard"), [(256, 4_000), (200, 200)])
def test_a_process_takes_as_many_as_it_may(soft, hard):
    """A shell begins with 1,024, which a class of 200 takes up."""
    limits = resource.RLIMIT_NOFILE, (soft, hard)
    command = [sys.executable, "-c", ASKED]
    told = subprocess.run(
        command, check=True, capture_output=True, text=True, preexec_fn=lambda: resource.setrlimit(*limits)
    )
    now, still, most = map(int, told.stdout.split())
    assert (now, still) == (min(hard, most), hard)
