"""README tells the bounds that the program has."""

import re
from pathlib import Path

import pytest

from mlpviz.jobs import bounds, disk

README = re.sub(r"\s+", " ", (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8"))
DAY, MB = 86_400, 1_000_000


def test_every_bound_of_the_runs_is_told_as_it_is(monkeypatch):
    for name in ("MLPVIZ_SLICE", "MLPVIZ_REST"):
        monkeypatch.delenv(name, raising=False)
    slice_seconds = f"after {bounds.slice_seconds():.0f} seconds (`MLPVIZ_SLICE`)"
    for told in (
        f"for each core {bounds.PACED_A_SLOT} more keep to a pace ({bounds.PACED} at most)",
        f"{bounds.MOST_OF_ONE} of a browser's may wait",
        f"fewer than {bounds.MOST_FIRST:,} wait",
        f"fewer than {bounds.MOST_WAITING} do",
        f"{slice_seconds}, a browser's second at work after {bounds.SECOND:.0f}",
        f"Up to {bounds.OWN_RUNS} runs and {bounds.OWN_BYTES // MB} MB of one browser's are kept, "
        f"{bounds.MOST_RUNS:,} and {bounds.MOST_BYTES // 1000 // MB} GB in all",
        f"removed {bounds.AGE / DAY:.0f} days after they were last used",
        f"folders 0{disk.FOLDER:o}, files 0{disk.FILE:o}",
    ):
        assert told in README, told
    assert bounds.rest_seconds() == 3600
    assert "for an hour rests (`MLPVIZ_REST`" in README


@pytest.mark.parametrize("command", ["list", "stop"])
def test_the_commands_are_told(command):
    assert f"`python -m mlpviz.jobs {command}" in README
