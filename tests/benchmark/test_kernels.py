"""What special kernels gain, with the stand-in for the GPU."""

from dataclasses import replace

import pytest

from mlpviz.benchmark import kernels as module
from mlpviz.benchmark.device_race import OURS, RACED, Place
from mlpviz.benchmark.kernels import (
    GRAPH,
    PLAIN,
    SPECIAL,
    TALL,
    WIDE,
    Gain,
    bound,
    compare,
    distinct,
    gains,
    variants,
)

SEEN = [RACED["a"], RACED["e"], WIDE, replace(TALL, batch_size=16_384)]
"""Networks that have every special kernel between them."""


@pytest.fixture
def short(monkeypatch):
    """Data for a handful of steps."""
    monkeypatch.setattr(module, "STEPS", 2)
    monkeypatch.setattr(module, "SAMPLES", 64)
    monkeypatch.setattr(module, "FEWEST", 2)


def made(configuration):
    """The runs that launch different things."""
    data = configuration.data()
    return dict(distinct({name: bound(configuration, data, Place(), patches) for name, patches in variants()}))


def test_a_tiny_network_is_timed_with_and_without(recorder, short):
    found = compare(replace(RACED["b"], batch_size=4), Place(), 1)
    assert not found.fault and found.seconds > 0
    assert {GRAPH, "equations joined", "update at once", PLAIN} <= found.without.keys()
    assert found.without.keys() <= SPECIAL.keys()


def test_every_special_kernel_is_in_some_network(counter):
    seen = {name for given in SEEN for name in made(replace(given, steps=1))}
    assert seen == {OURS, *SPECIAL}


def test_only_what_is_launched_otherwise_is_timed(counter):
    assert GRAPH in made(replace(RACED["a"], steps=2))
    assert GRAPH not in made(replace(RACED["c"], steps=2))


def test_other_costs_are_a_fault(recorder, short, monkeypatch):
    runs = iter([[1.0, 1.0], [2.0, 2.0]] * 9)
    monkeypatch.setattr(module.Mlpviz, "__call__", lambda run: next(runs))
    assert "its costs differ" in compare(replace(RACED["a"], batch_size=2), Place(), 1).fault


def test_roundings_may_grow_apart_after_the_first_steps(recorder, short, monkeypatch):
    monkeypatch.setattr(module, "STEPS", 3)
    runs = iter([[1.0, 1.0, 1.0], [1.0, 1.0, 2.0]] * 99)
    monkeypatch.setattr(module.Mlpviz, "__call__", lambda run: next(runs))
    monkeypatch.setattr(module, "timed", lambda runners, rounds: {name: [1.0] for name in runners})
    assert not compare(replace(RACED["a"], batch_size=2, steps=2), Place(), 1).fault


def test_the_table_has_a_dash_where_there_is_no_such_kernel():
    text = gains([Gain(RACED["c"], 2e-5, {PLAIN: 1.5}), Gain(RACED["d"], None, {}, "ValueError: no")])
    rows = [[cell.strip() for cell in row.split("|")[1:-1]] for row in text.splitlines() if row.startswith("|")]
    assert rows[2][:4] == ["c", "64-128-10", "128", "20 µs"]
    assert rows[2][4:] == ["–"] * (len(SPECIAL) - 1) + ["1.50"]
    assert rows[3][3] == "–"
    assert "- d: ValueError: no" in text
