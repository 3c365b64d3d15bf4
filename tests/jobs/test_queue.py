"""The queue is fair between learners and bounded, and takes a place from who has had it for long."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from mlpviz.jobs import bounds
from mlpviz.jobs.queue import (
    AT_WORK,
    GPU,
    PACED,
    RESTS,
    SLOT,
    WAITS,
    Full,
    Standing,
    check_not_full,
    in_order,
    to_give_way,
)
from mlpviz.jobs.run import Run


def run(name, stands=WAITS, arrival=0.0, **more):
    """A run whose owner is the first letter of its name."""
    return Standing(Run(Path(name)), name[0], stands, arrival, **more)


def names(standings):
    return [each.run.id for each in standings]


def test_everyone_s_first_goes_before_anyone_s_second():
    busy = run("a0", AT_WORK)
    a = [run(f"a{k}", arrival=k) for k in range(1, 9)]
    b = [run(f"b{k}", arrival=20 + k) for k in range(2)]
    order = names(in_order([busy, *a, *b]))
    assert order[:5] == ["b0", "a1", "b1", "a2", "a3"]
    assert names(in_order([*a, *b]))[:4] == ["a1", "b0", "a2", "b1"]


def test_who_has_waited_longest_since_their_last_turn_goes_first():
    """One learner with many runs and one with a single long one take turns, whatever came first."""
    waiting = {name: run(name, arrival=k) for k, name in enumerate(["a0", "a1", "a2", "a3", "b0", "c0"])}
    served, now = [], 10.0
    for _turn in range(12):
        name = names(in_order(waiting.values()))[0]
        served.append(name[0])
        now += 1
        waiting[name] = replace(waiting[name], arrival=now, left=now)
    assert Counter(served) == {"a": 4, "b": 4, "c": 4}
    assert served[:3] == ["a", "b", "c"]


def test_a_place_is_taken_from_whoever_holds_most_once_they_had_their_time(monkeypatch):
    monkeypatch.setenv("MLPVIZ_SLICE", "30")
    held = [run("a0", AT_WORK, taken=0.0), run("a1", AT_WORK, taken=5.0), run("b0", AT_WORK, taken=1.0)]
    waiting = {SLOT: [run("c0", arrival=6.0)]}
    assert names(to_give_way(held, waiting, 2.0)) == []
    assert names(to_give_way(held, waiting, 5.0 + bounds.SECOND)) == ["a0"], "a second run gives way soon"
    alone = held[1:]
    assert names(to_give_way(alone, waiting, 25.0)) == [], "a first has its time"
    assert names(to_give_way(alone, waiting, 31.0)) == ["b0"]
    assert names(to_give_way([replace(each, asked=True) for each in alone[:1]] + alone[1:], waiting, 99.0)) == []
    assert names(to_give_way(held, {SLOT: [run("a2")]}, 99.0)) == [], "a learner's runs wait for each other"
    assert names(to_give_way(alone, {SLOT: [run("b1")]}, 99.0)) == [], "who holds as much waits for their own"
    assert names(to_give_way(held, {PACED: [run("c0")]}, 99.0)) == [], "another room is no use"
    card = run("d0", AT_WORK, taken=0.0, rooms=frozenset({SLOT, GPU}))
    assert names(to_give_way([*held, card], {GPU: [run("c0")]}, 99.0)) == ["d0"]


def test_the_queue_is_bounded_and_everyone_s_first_is_taken():
    own = [run(f"a{k}") for k in range(bounds.MOST_OF_ONE)]
    with pytest.raises(Full, match=f"{bounds.MOST_OF_ONE} of your runs"):
        check_not_full(own, "a")
    many = [run(f"b{k}") for k in range(bounds.MOST_WAITING)]
    check_not_full(many, "c")
    with pytest.raises(Full, match=f"{bounds.MOST_WAITING} runs are waiting already, and one of yours"):
        check_not_full([*many, run("c0", AT_WORK)], "c")
    check_not_full([*many, run("c0", RESTS)], "c")
    with pytest.raises(Full, match=f"{bounds.MOST_FIRST} runs"):
        check_not_full([run(f"b{k}") for k in range(bounds.MOST_FIRST)], "c")


def test_bounds_are_set_by_the_environment_and_what_is_no_number_is_named(monkeypatch):
    monkeypatch.setenv("MLPVIZ_SLICE", "2.5")
    assert bounds.slice_seconds() == 2.5
    for text in ("-1", "soon", "nan", "inf"):
        monkeypatch.setenv("MLPVIZ_REST", text)
        with pytest.raises(ValueError, match="MLPVIZ_REST must be a number from 0 up"):
            bounds.rest_seconds()
