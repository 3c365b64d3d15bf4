"""The benchmark runs, compares like with like, and says what it left out."""

import importlib.util
import subprocess
import sys
import time
from dataclasses import asdict
from xml.etree import ElementTree

import numpy as np
import pytest

from mlpviz.benchmark import browser
from mlpviz.benchmark import race as module
from mlpviz.benchmark.configurations import CONFIGURATIONS, one_thread
from mlpviz.benchmark.contestants import CONTESTANTS, available
from mlpviz.benchmark.plot import MARKS, picture
from mlpviz.benchmark.race import Result, race, unequal
from mlpviz.benchmark.table import duration
from tests.support.node import node

SVG = "{http://www.w3.org/2000/svg}"

# "PyTorch compiled" takes a C++ compiler and half a minute; the benchmark itself checks it at every run
QUICK = [name for name in CONTESTANTS if name != "PyTorch compiled" and available(name)]


# Machine code is NumPy's steps on networks of every kind (tests/engine/compiled): here only that it is raced as such
RACES = [(letter, name) for letter in "abc" for name in QUICK if letter == "a" or name != "mlpviz compiled"]


@pytest.mark.parametrize(("letter", "name"), RACES)
def test_contestants_make_the_same_steps(letter, name):
    with one_thread(True):
        reason = unequal(CONFIGURATIONS[letter], CONFIGURATIONS[letter].data(), 1, name)
    assert reason is None or (name, letter) == ("scikit-learn", "a")


def test_another_cost_is_noticed(monkeypatch):
    def wrong(configuration, data, threads, shuffle):
        return lambda: [1.001 * cost for cost in CONTESTANTS["mlpviz"][0](configuration, data, threads, shuffle)()]

    monkeypatch.setitem(CONTESTANTS, "wrong", (wrong, None))
    found = race(CONFIGURATIONS["a"], 1, ["mlpviz", "wrong"], rounds=1)
    assert "differ from ours by a factor of up to 1.001000" in found.absent["wrong"]
    assert set(found.seconds) == {"mlpviz"} and found.ratio("wrong") is None


def test_the_table_and_the_picture(tmp_path):
    path, drawing = tmp_path / "table.md", tmp_path / "picture.svg"
    given = ["--configurations", "a", "--threads", "both", "--quick", "--only", "products alone,scikit-learn"]
    command = [sys.executable, "-m", "mlpviz.benchmark", *given, "--markdown", str(path), "--plot", str(drawing)]
    printed = subprocess.run(command, capture_output=True, text=True, check=True, timeout=600).stdout
    text = path.read_text(encoding="utf-8")
    assert text in printed
    lines = [line for line in text.splitlines() if line.startswith("|")]
    assert len({line.count("|") for line in lines}) == 1
    cells = [[cell.strip() for cell in line.split("|")] for line in lines[2:]]
    assert [(cell[1], cell[5]) for cell in cells] == [("a", "1"), ("a", "all")]
    assert "a, scikit-learn: scikit-learn has no sigmoid outputs" in text and "NumPy" in text
    labels = [element.text for element in ElementTree.parse(drawing).getroot().iter(f"{SVG}text")]
    assert {"a, batch 1, 1 thread", "a, batch 1, all cores", "products alone"} <= set(labels)
    assert drawing.stat().st_size < 60_000


def result(**rounds):
    return Result(CONFIGURATIONS["a"], 1, {name.replace("_", " "): times for name, times in rounds.items()}, {})


def test_a_ratio_is_the_median_of_the_rounds_each_by_itself():
    """The second round was disturbed, for both."""
    found = result(mlpviz=[1.0, 9.0, 2.0], products_alone=[0.5, 3.6, 1.2])
    assert found.ratio("products alone") == pytest.approx(0.5)
    assert found.seconds == {"mlpviz": 2.0, "products alone": 1.2} and found.ratio("JAX scan") is None


def test_marks_stand_where_their_ratios_are():
    root = ElementTree.fromstring(picture([result(mlpviz=[1.0], products_alone=[0.2], PyTorch_eager=[30.0])]))
    colours = [MARKS[name][0] for name in ("products alone", "PyTorch eager")]
    paths = [path for path in root.iter(f"{SVG}path") if path.get("fill") in colours][-2:]
    floor, eager = (float(path.get("transform").split("(")[1].split()[0]) for path in paths)
    (one,) = (float(path.get("d")[1:].split()[0]) for path in root.iter(f"{SVG}path") if path.get("class") == "ours")
    assert (one - floor) / (eager - one) == pytest.approx(np.log(5) / np.log(30), rel=0.01)


def test_short_epochs_take_turns_of_many(monkeypatch):
    monkeypatch.setattr(module, "TURN", 0.01)
    calls = {"short": 0, "long": 0}

    def epoch(name, seconds):
        calls[name] += 1
        time.sleep(seconds)

    runners = {"short": lambda: epoch("short", 0.001), "long": lambda: epoch("long", 0.02)}
    times = module.timed(runners, rounds=2)
    assert [len(each) for each in times.values()] == [2, 2]
    assert calls["long"] == 2 + 2 and calls["short"] > 2 + 2
    assert min(times["short"]) >= 0.001 and min(times["long"]) >= 0.02


def test_a_long_race_ends_after_a_few_rounds(monkeypatch):
    monkeypatch.setattr(module, "ENOUGH", 0.0)
    monkeypatch.setattr(module, "TURN", 1e-9)
    assert len(module.timed({"one": lambda: None}, rounds=100)["one"]) == module.FEW


@pytest.mark.parametrize(("seconds", "text"), [(2.5, "2.5 s"), (0.0123, "12.3 ms"), (8.6e-6, "8.6 µs")])
def test_durations(seconds, text):
    assert duration(seconds) == text


def test_configurations_are_as_described():
    for configuration in CONFIGURATIONS.values():
        if configuration.name != "f":  # which needs a quarter of a gigabyte
            X, Y = configuration.data()
            assert len(X) == len(Y) == configuration.steps * configuration.batch_size
            assert X.dtype == Y.dtype == np.float32


def test_what_is_missing_is_left_out(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    assert [name for name in CONTESTANTS if available(name)] == ["mlpviz", "products alone"]


def test_waiting_for_others_is_not_counted_on_one_thread():
    """As if other programs had the core: a sleep takes no time of the processor."""
    times = module.timed({"one": lambda: time.sleep(0.06)}, 2, time.process_time)
    assert max(times["one"]) < 0.03


def test_the_browsers_engine_makes_the_same_updates_as_the_others():
    node()
    for letter in browser.LETTERS:
        configuration = browser.OneBatch(**asdict(CONFIGURATIONS[letter]))
        process = browser.NodeProcess(configuration)
        costs = {browser.BROWSER: process(200)[1]}
        process.end()
        costs["mlpviz"] = browser.epochs_of(configuration, "mlpviz")(200)[1]
        browser.check_costs(costs)
        with pytest.raises(ValueError, match="differ from ours"):
            browser.check_costs({**costs, "wrong": [1.00001 * cost for cost in costs["mlpviz"]]})


def test_the_browsers_table_has_a_line_for_each_network():
    rates = {"in the browser": 2e6, "mlpviz": 1e5}
    lines = browser.table({"a": rates, "b": rates}).splitlines()
    assert lines[2] == "| a | 2-3-2 | 1 | sgd | 2,000,000 | 100,000 |" and len(lines) == 4
