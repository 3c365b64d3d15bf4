"""A measure and a choice are one row each: added to a copy of the program, both are there wherever training is."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.browser import environment

ROOT = Path(__file__).parents[3]

MEASURE = """        Metric("largest", "Largest", "largest parameter",
               compute=lambda probe: float(abs(probe.parameters.flat).max())),
"""
CHOICE = """    threads: int = choice(
        0, codecs.whole(0, 64), "Threads (0: as many as help)", "Threads of a product.",
        group=LENGTH, short="threads", argument="threads", optional=True,
    )
"""

LOOK = """
import json, os, sys
from dataclasses import replace
from streamlit.testing.v1 import AppTest
import mlpviz
from mlpviz.engine.training.measures import CURVES
from mlpviz.engine.training.training import train
from mlpviz.interface.shell.presets import PRESET_SETUPS, preset_setup
from mlpviz.interface.train.compare import COMPARED, different
from mlpviz.interface.train.curves import views_of
from mlpviz.interface.train.runs import run_of
from mlpviz.jobs import worker
from mlpviz.jobs.progress import ProgressReader
from mlpviz.setup.file import decode_file, encode_file
from mlpviz.setup.setup import BY_NAME

setup = replace(preset_setup("xor"), epochs=3, threads=2)
runs = [run_of(setup), run_of(replace(setup, threads=0))]
status = worker.work(runs[0])
page = AppTest.from_file(os.path.join(sys.argv[1], "app.py"), default_timeout=120)
page.switch_page("pages/train.py")
page.query_params["run"], page.query_params["compared"] = runs[0].id, ",".join(run.id for run in runs)
page.query_params["threads"], page.query_params["curve"] = "2", "largest"
page.run()
assert not page.exception, page.exception[0].message
print(json.dumps({
    "settings": [run.spec.settings["threads"] for run in runs],
    "line": ProgressReader(runs[0].path).read().lines[-1]["largest"],
    "views": views_of(runs[0]),
    "file": decode_file(encode_file(setup), PRESET_SETUPS).threads,
    "link": [BY_NAME["threads"].read("3"), BY_NAME["curve"].read("largest")],
    "different": [COMPARED[name] for name in different(runs)],
    "field": [each.value for each in page.text_input if each.key == "setup.threads"],
    "curves": list(page.segmented_control(key="setup.curve").options),
    "table": [each.value for each in page.markdown if "| run |" in each.value],
    "state": status.state,
}))
"""


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """The program with one row more in each of two tables."""
    path = tmp_path_factory.mktemp("copy")
    shutil.copytree(ROOT / "mlpviz", path / "mlpviz", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "pages", path / "pages", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "app.py", path)
    add(path / "mlpviz/engine/training/measures.py", MEASURE, before="    )\n}  # fmt: skip")
    add(path / "mlpviz/setup/training.py", CHOICE, before='    device: str = choice("cpu"')
    return path


def add(file, row, before):
    """Put a row into a table."""
    text = file.read_text()
    assert text.count(before) == 1
    file.write_text(text.replace(before, row + before))


def test_an_added_measure_and_an_added_choice_are_offered_recorded_compared_and_kept(copy, tmp_path):
    command = [sys.executable, "-c", LOOK, str(copy)]
    variables = environment(PYTHONPATH=str(copy), MLPVIZ_RUNS=str(tmp_path))
    result = subprocess.run(command, env=variables, cwd=copy, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    found = json.loads(result.stdout.splitlines()[-1])
    assert found["state"] == "finished"
    assert found["settings"] == [2, None]
    assert found["line"] > 0
    assert "largest" in found["views"]
    assert found["file"] == 2
    assert found["link"] == [3, "largest"]
    assert found["different"] == ["threads"]
    assert found["field"] == ["2"]
    assert "Largest" in found["curves"]
    (table,) = found["table"]
    assert "| run | threads | epoch |" in table
