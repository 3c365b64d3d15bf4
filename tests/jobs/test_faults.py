"""Any call of the file layer may fail: a state is old or new, never a traceback, and nothing earlier is lost."""

import pytest

from tests.support import faults


@pytest.fixture
def straight(tmp_path, monkeypatch):
    faults.prepare(monkeypatch)
    return faults.undisturbed_run(tmp_path / "straight")


def test_whatever_call_of_the_disk_fails_nothing_earlier_is_lost(tmp_path, monkeypatch, straight):
    """Every 61st call of a life here, each with another reason, once or for good; all of them by a command."""
    calls = faults.calls_of_a_life(tmp_path / "whole")
    assert {*faults.CALLS, "write"} == set(calls)
    told = 0
    for at in range(0, len(calls), 61):
        reason, for_good = faults.REASONS[at // 61 % 3], at // 61 % 2 == 1
        told += len(faults.life_with_a_fault(tmp_path / str(at), straight, at=at, reason=reason, for_good=for_good))
    assert told


def test_the_fault_injector_finds_what_is_written_without_care(tmp_path, monkeypatch, straight):
    """A status that is written in place, not aside, is found torn: the test above can fail."""
    from mlpviz.jobs import disk, files

    monkeypatch.setattr(files, "put", lambda path, write, sync=False, before="": write_in_place(disk, path, write))
    with pytest.raises(AssertionError):
        lives(tmp_path, straight)


def lives(path, straight):
    for at in range(60, 200):
        faults.life_with_a_fault(path / str(at), straight, at=at)


def write_in_place(disk, path, write):
    with disk.opened(path, "wb") as file:
        write(file)
