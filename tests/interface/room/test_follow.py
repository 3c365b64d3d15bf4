"""Who follows and who goes their own way, in node: the order of a hand, the address and the room."""

import subprocess

from mlpviz.interface.lesson import line
from mlpviz.interface.room import strip
from tests.support.browser import ROOT
from tests.support.node import node


def test_in_node():
    file = ROOT / "tests/interface/room/scripts/follow.test.mjs"
    run = subprocess.run([node(), str(file)], capture_output=True, encoding="utf-8", check=False)
    assert run.returncode == 0, run.stdout


def test_the_scripts_are_whole_as_they_travel(tmp_path):
    for name, script in {"room": strip.script(), "lesson": line.script()}.items():
        file = tmp_path / f"{name}.mjs"
        file.write_text(script, encoding="utf-8")
        run = subprocess.run([node(), "--check", str(file)], capture_output=True, encoding="utf-8", check=False)
        assert run.returncode == 0, run.stderr
