"""``python -m mlpviz.jobs``: what whoever runs a server sees of the runs, and stops."""

import re

import pytest

from mlpviz.jobs.__main__ import ago, main
from mlpviz.jobs.run import FINISHED, PAUSED, RUNNING, STOPPED, WAITING
from tests.support.runs import made, started, until

OWNERS = ("a1" * 32, "b2" * 32)


@pytest.fixture
def runs(tmp_path, monkeypatch):
    monkeypatch.setenv("MLPVIZ_RUNS", str(tmp_path))
    found = [made(tmp_path, 20, OWNERS[k % 2]) for k in range(4)]
    for run, state in zip(found, (WAITING, RUNNING, PAUSED, FINISHED), strict=True):
        run.change(state=state, epoch=3)
    return found


def states(runs):
    return [run.status.state for run in runs]


def test_list_is_a_table_of_the_runs_that_are_not_at_their_end(runs, capsys):
    assert main(["list"]) == 0
    head, *rows, count = capsys.readouterr().out.splitlines()
    assert head.split() == ["run", "owner", "state", "epoch", "of", "worked", "watched", "changed", "MB"]
    assert [re.split(r"  +", row)[:5] for row in rows] == [
        [runs[0].id, "a1a1a1a1", "waiting", "3", "20"],
        [runs[1].id, "b2b2b2b2", "lost", "3", "20"],
        [runs[2].id, "a1a1a1a1", "paused", "3", "20"],
    ]
    assert count == "3 runs"
    assert main(["list", "--all"]) == 0
    assert f"{runs[3].id}  b2b2b2b2  finished" in capsys.readouterr().out
    (runs[0].path / "spec.json").write_text("{")
    assert main(["list"]) == 0
    assert re.search(rf"{runs[0].id} +\? +waiting +3 +\?", capsys.readouterr().out)


def test_stop_by_name_by_owner_and_all(runs, capsys):
    assert main(["stop", runs[0].id]) == 0
    assert states(runs) == [STOPPED, RUNNING, PAUSED, FINISHED]
    assert capsys.readouterr().out == f"{runs[0].id}: asked to stop\n"
    assert main(["stop", "--owner", "a1a1a1a1"]) == 0
    assert states(runs) == [STOPPED, RUNNING, STOPPED, FINISHED]
    assert main(["stop", "--all"]) == 0
    assert states(runs) == [STOPPED, STOPPED, STOPPED, FINISHED]
    assert main(["stop", "--all"]) == 0


def test_what_cannot_be_stopped_is_said(runs, capsys):
    assert main(["stop"]) == 2
    assert main(["stop", runs[3].id, "0" * 16, runs[2].id]) == 1
    told = capsys.readouterr().err
    assert all(f"{name}: no run of this name waits or is worked on" in told for name in (runs[3].id, "0" * 16))
    assert runs[2].status.state == STOPPED


def test_a_run_at_work_hears_it(tmp_path, capsys):
    run = made(tmp_path, 1_000_000, OWNERS[0])
    process = started(run, 50.0)
    until(lambda: run.status.epoch)
    assert main(["--folder", str(tmp_path), "stop", run.id]) == 0
    assert process.wait(60) == 0
    assert run.status.state == STOPPED


def test_a_length_of_time_is_told_in_its_largest_unit():
    assert [ago(each) for each in (-1, 0.4, 61, 7300, 90_000)] == ["0 s", "0 s", "1 min", "2 h", "1 d"]
