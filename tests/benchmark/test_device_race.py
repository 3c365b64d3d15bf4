"""The race on a GPU, with the CPU standing in for it: the same steps, the same costs, and nobody's failure ends it."""

import importlib.util
import os
from types import SimpleNamespace

import numpy as np
import pytest

from mlpviz.benchmark import contestants, device_race
from mlpviz.benchmark.device_race import CONTESTANTS, FLOOR, OURS, RACED, Outcome, Place, available, race, unlike

HERE = Place("cpu")
SLOW = "PyTorch reduce-overhead"  # takes a C++ compiler and half a minute; the race itself checks it at every run
QUICK = [name for name in CONTESTANTS if name not in (SLOW, FLOOR) and available(name)]


@pytest.mark.parametrize("name", QUICK)
@pytest.mark.parametrize("letter", ["a", "b", "c"])
def test_contestants_make_the_same_steps_as_mlpviz_on_the_cpu(letter, name):
    given = RACED[letter]
    data = given.data()
    right = contestants.mlpviz(given, data, None, False)()
    epoch = CONTESTANTS[name][0](given, data, False, HERE)
    assert unlike(right, epoch(), HERE) == ""
    assert unlike(right, epoch(), HERE) != "", "the second epoch goes on from the first"


def test_a_whole_race(monkeypatch):
    monkeypatch.setattr(device_race, "SAMPLES", 128)
    found = race("b", HERE, [name for name in QUICK if name.startswith(("mlpviz", "PyTorch"))] + [FLOOR], rounds=1)
    assert found.absent == {}
    assert found.configuration.steps == 4
    assert all(seconds > 0 for seconds in found.seconds.values())
    assert found.ratio("PyTorch CUDA graph") > 0
    assert found.ratio("JAX scan") is None
    assert found.how.endswith(".")


@pytest.mark.parametrize(
    ("made", "reason"),
    [
        (lambda *given: lambda: [1.0] * 500, "its costs differ from those of mlpviz on the CPU by a factor of up to "),
        (lambda *given: [].pop(), "IndexError: pop from empty list"),
        (lambda *given: lambda: [].pop(), "IndexError: pop from empty list"),
    ],
)
def test_who_fails_or_computes_something_else_is_left_out_with_a_reason(monkeypatch, made, reason):
    monkeypatch.setattr(device_race, "SAMPLES", 128)
    monkeypatch.setitem(CONTESTANTS, "wrong", (made, None))
    found = race("b", HERE, [OURS, "wrong"], rounds=1)
    assert found.absent["wrong"].startswith(reason)
    assert found.seconds.keys() == {OURS}


def test_costs_that_are_rounded_may_be_further_apart():
    right, found = [1.0, 2.0], [1.0, 2.004]
    assert "by a factor of up to 1.002000" in unlike(right, found, Place("cuda"))
    assert unlike(right, found, Place("cuda", tf32=True)) == ""
    assert unlike(right, [1.0, 2.1], Place("cuda", tf32=True)) != ""
    assert unlike(right, [], Place("cuda")) == ""


def test_without_mlpviz_there_is_no_ratio():
    assert Outcome(RACED["a"], None, {"PyTorch eager": [1.0]}, {}).ratio("PyTorch eager") is None


def test_a_race_in_a_process_of_its_own():
    found = device_race.apart("b", HERE, [OURS], 1)
    assert found.absent == {}
    assert found.seconds[OURS] > 0


def killed(*given):
    os.kill(os.getpid(), 9)


def test_a_process_that_dies_is_told(monkeypatch):
    monkeypatch.setattr(device_race, "race", killed)
    assert device_race.apart("b", HERE, [OURS], 1).absent == {OURS: "the process of the race died"}


def failed(*given):
    raise RuntimeError("an illegal memory access\nwas encountered")


def test_a_race_that_fails_while_it_is_timed_is_told(monkeypatch):
    monkeypatch.setattr(device_race, "race", failed)
    assert device_race.apart("b", HERE, [OURS], 1).absent == {OURS: "RuntimeError: an illegal memory access"}


def test_a_captured_step_keeps_what_it_works_on():
    torch_device = pytest.importorskip("mlpviz.benchmark.torch_device")
    graph, held = SimpleNamespace(replay=lambda: None), ["tensors"]
    assert torch_device.Replay(graph, held.clear).step.__self__ is held


def test_the_largest_network_is_that_of_the_task():
    assert (RACED["g"].widths, RACED["g"].batch_size) == ((784, 4096, 4096, 10), 8192)


def test_what_is_missing_is_left_out(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    assert [name for name in CONTESTANTS if available(name)] == [OURS]


def test_precision_is_everyones(monkeypatch):
    torch = pytest.importorskip("torch")
    try:
        for tf32, precision in ((True, "high"), (False, "highest")):
            CONTESTANTS["PyTorch eager"][0](RACED["a"], RACED["a"].data(), False, Place("cpu", tf32))
            assert torch.get_float32_matmul_precision() == precision
    finally:
        torch.set_float32_matmul_precision("highest")


def test_products_are_those_of_a_step(monkeypatch):
    torch = pytest.importorskip("torch")
    made, multiply = [], torch.mm

    def counted(left, right, out):
        made.append((tuple(left.shape), tuple(right.shape)))
        return multiply(left, right, out=out)

    monkeypatch.setattr(torch, "mm", counted)
    given = RACED["b"]
    epoch = CONTESTANTS[FLOOR][0](given, given.data(), False, HERE)
    made.clear()
    epoch()
    assert len(made) == 8 * given.steps
    operations = sum(2 * m * k * n for (m, k), (_, n) in made) / given.steps
    assert operations == 2 * 32 * (3 * (2 * 8 + 8 * 8 + 8 * 2) - 2 * 8)
    assert np.isfinite(operations)
