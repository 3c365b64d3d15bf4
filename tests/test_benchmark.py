"""The benchmark runs, compares like with like, and says what it left out."""

import importlib.util

import numpy as np
import pytest

from mlpviz.benchmark import __main__ as command
from mlpviz.benchmark.configurations import CONFIGURATIONS, one_thread
from mlpviz.benchmark.contestants import CONTESTANTS, available
from mlpviz.benchmark.race import race, unequal

# "PyTorch compiled" takes a C++ compiler and half a minute; the benchmark itself checks it at every run
QUICK = [name for name in CONTESTANTS if name != "PyTorch compiled" and available(name)]


@pytest.mark.parametrize("name", QUICK)
@pytest.mark.parametrize("letter", ["a", "b", "c"])
def test_contestants_make_the_same_steps(letter, name):
    with one_thread(True):
        reason = unequal(CONFIGURATIONS[letter], CONFIGURATIONS[letter].data(), 1, name)
    assert reason is None or (name, letter) == ("scikit-learn", "a")


def test_another_cost_is_noticed(monkeypatch):
    def wrong(configuration, data, threads, shuffle):
        return lambda: [1.001 * cost for cost in CONTESTANTS["mlpviz"][0](configuration, data, threads, shuffle)()]

    monkeypatch.setitem(CONTESTANTS, "wrong", (wrong, None))
    result = race(CONFIGURATIONS["a"], 1, ["mlpviz", "wrong"], rounds=1)
    assert "differ from ours by a factor of up to 1.001000" in result.absent["wrong"]
    assert set(result.seconds) == {"mlpviz"} and result.ratio("wrong") is None


def test_the_table(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(command, "pin", lambda: None)
    path = tmp_path / "table.md"
    given = ["--configurations", "a,b", "--quick", "--only", "products alone", "--markdown", str(path)]
    text = command.main(given)
    assert path.read_text(encoding="utf-8") == text + "\n"
    assert text in capsys.readouterr().out
    lines = [line for line in text.splitlines() if line.startswith("|")]
    assert len({line.count("|") for line in lines}) == 1
    assert [line.split("|")[1].strip() for line in lines[2:]] == ["a", "b"]


@pytest.mark.parametrize(("seconds", "text"), [(2.5, "2.5 s"), (0.0123, "12.3 ms"), (8.6e-6, "8.6 µs")])
def test_durations(seconds, text):
    assert command.duration(seconds) == text


def test_configurations_are_as_described():
    for configuration in CONFIGURATIONS.values():
        if configuration.name != "f":  # which needs a quarter of a gigabyte
            X, Y = configuration.data()
            assert len(X) == len(Y) == configuration.steps * configuration.batch_size
            assert X.dtype == Y.dtype == np.float32


def test_what_is_missing_is_left_out(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    assert [name for name in CONTESTANTS if available(name)] == ["mlpviz", "products alone"]
