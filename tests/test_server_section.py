"""README's section for whoever runs a server says the figures that the program has."""

import re
from pathlib import Path

import pytest

from mlpviz.derivation.checker.room import MOST_NUMBERS
from mlpviz.interface.shell import large, uploads
from mlpviz.jobs import bounds, throughput
from mlpviz.serve import unit
from mlpviz.serve.__main__ import parser

TEXT = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
SECTION = re.sub(r"\s+", " ", TEXT.partition("## For a server")[2].partition("\n## ")[0])

FIGURES = {
    "large": f"more than {large.LARGE:,} numbers",
    "kept": f"it keeps {large.KEPT:,} numbers",
    "turn": f"{large.PATIENCE:.0f} seconds at most",
    "formula": f"A formula makes {MOST_NUMBERS:,} numbers at most",
    "uploads": f"uploads are {uploads.OF_A_SESSION} a session and {uploads.OF_ALL // 10**6} MB in all",
    "measurements": f"{throughput.AT_ONCE} measurements run at a time",
    "unit": f"a process have {unit.MEMORY:,} MB and the runs {unit.TRAINING:,} MB",
    "days": f"for {bounds.AGE / 86_400:.0f} days",
}


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_is_the_programs_own(name):
    assert FIGURES[name] in SECTION


def test_what_is_computed_at_once_is_as_much_as_what_is_kept():
    assert large.AT_ONCE == large.KEPT
    assert 8 * large.KEPT == pytest.approx(200e6, rel=0.1)


def test_every_command_is_one_that_the_program_takes():
    commands = re.findall(r"-m mlpviz.serve (--[^#`]*?)(?: {2,}|`|\n)", TEXT)
    assert len(commands) >= 3
    for command in commands:
        parser().parse_args(command.split())
