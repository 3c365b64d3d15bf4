"""Making, finding and clearing runs."""

import json
import re
from gettext import NullTranslations

import numpy as np
import pytest

from mlpviz.jobs import bounds, checkpoint, folder
from mlpviz.jobs.run import FINISHED, RUNNING, STOPPED, Run
from mlpviz.jobs.spec import read_spec
from mlpviz.jobs.worker import Worker, work
from mlpviz.maths.messages import Refusal, counted
from tests.support.runs import data, made, spec


def test_a_run_is_found_by_its_name_and_by_nothing_else(tmp_path):
    run = made(tmp_path)
    assert folder.find(tmp_path, run.id) == run
    for name in ("", ".", "..", "../" + run.id, "0" * 16, run.id + "/", "a" * 200):
        assert folder.find(tmp_path, name) is None


def test_a_spec_is_read_as_it_was_written_and_another_version_is_refused(tmp_path):
    run = made(tmp_path, 7, "A")
    assert Run(run.path).spec == read_spec(run.spec.plain()) == spec(7, "A")
    with pytest.raises(ValueError, match="version 2"):
        read_spec({**run.spec.plain(), "version": 2})
    with pytest.raises(ValueError, match="damaged"):
        read_spec({"version": 1, "architecture": {}})


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"batch_size": 1000}, "batch_size must be from 1 to 160"),
        ({"batch_size": 0}, "batch_size must be a whole number"),
        ({"learning_rate": float("nan")}, "learning_rate must be a finite number"),
        ({"validation": 1.5}, "validation must be a share"),
    ],
)
def test_a_run_that_does_not_fit_is_refused_before_it_is_made(tmp_path, settings, sentence):
    with pytest.raises(ValueError, match=sentence):
        made(tmp_path, **settings)
    assert list(tmp_path.iterdir()) == []


def test_old_runs_are_cleared_by_the_stated_rule(tmp_path, monkeypatch):
    runs = [made(tmp_path) for _ in range(6)]
    for age, (run, state) in enumerate(
        zip(runs, [FINISHED, STOPPED, RUNNING, FINISHED, FINISHED, FINISHED], strict=True)
    ):
        monkeypatch.setattr("time.time", lambda age=age: 1000.0 + age)
        run.change(state=state)
    assert folder.clear(tmp_path, now=1000.0 + bounds.AGE) == []
    assert folder.clear(tmp_path, now=1000.5 + bounds.AGE) == [runs[0].id]
    monkeypatch.setattr(bounds, "MOST_RUNS", 4)
    assert folder.clear(tmp_path, now=1010.0) == [runs[1].id]
    monkeypatch.setattr(bounds, "MOST_BYTES", folder.size(runs[5]) * 2 + 1000)
    assert folder.clear(tmp_path, now=1010.0) == [runs[3].id, runs[4].id]
    assert {run.id for run in folder.runs(tmp_path)} == {runs[2].id, runs[5].id}


@pytest.mark.parametrize("steps", [0, 3, 8])
def test_the_next_batch_is_the_one_that_the_next_step_takes(tmp_path, steps):
    run = made(tmp_path)
    at_work = Worker(run)
    for _ in range(steps):
        at_work.training.advance(steps=1)
    at_work.save()
    training = checkpoint.peek(run)
    expected = data()[0][training.next_batch()]
    at_work.training.advance(steps=1)
    assert np.array_equal(at_work.training.last.trace.A[0], expected.astype("float32"))
    assert np.array_equal(training.parameters.flat, checkpoint.peek(run).parameters.flat)


def test_what_was_never_a_whole_run_is_cleared_and_a_damaged_status_does_not_make_a_run_old(tmp_path):
    whole, torn, begun, other = made(tmp_path), made(tmp_path), tmp_path / ("0" * 16), tmp_path / "somebody's"
    for path in (begun, other):
        path.mkdir()
        (path / "arrays.npz").write_bytes(b"half")
    (torn.path / "status.json").write_bytes(b"")
    now = torn.path.stat().st_mtime
    assert folder.clear(tmp_path, now + bounds.AGE - 60) == []
    assert begun.is_dir()
    assert folder.clear(tmp_path, now + bounds.AGE + 60) == [torn.id]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([whole.id, other.name])


def test_a_clock_that_is_put_back_or_forward_clears_nothing_that_waits_and_stops_nobody(tmp_path, monkeypatch):
    """A run that has ended counts as old by the clock; what is not at its end never does, and no wait hangs on it."""
    run, ended_run = made(tmp_path, 20), made(tmp_path, 20)
    ended_run.change(state=FINISHED)
    monkeypatch.setattr("time.time", lambda: 1.0)
    assert folder.clear(tmp_path) == []
    monkeypatch.setattr("time.time", lambda: 1e11)
    assert Worker(run).work().state == FINISHED
    assert run.status.time == 1e11
    assert folder.clear(tmp_path) == [ended_run.id]
    monkeypatch.setattr("time.time", lambda: 1.0)
    assert folder.clear(tmp_path) == []


def test_files_that_are_just_being_replaced_do_not_disturb(tmp_path):
    run = made(tmp_path)
    before = folder.size(run)
    (run.path / "status.json.new").symlink_to("gone")
    assert folder.size(run) == before
    assert folder.clear(tmp_path) == []


def test_a_message_is_kept_as_data_and_told_in_another_language(tmp_path):
    run = made(tmp_path)
    remains = checkpoint.remains(run.path)
    run.fail(counted("its worker died {count} time; {remains}", "its worker died {count} times; {remains}", 4,
                     remains=remains), deaths=4)  # fmt: skip
    message = Run(run.path).status.message
    assert message == "its worker died 4 times; it has no checkpoint yet"
    assert message.told(Shouting()) == "ITS WORKER DIED 4 TIMES; IT HAS NO CHECKPOINT YET"


def test_a_status_of_before_messages_were_data_is_read(tmp_path):
    run = made(tmp_path)
    plain = json.loads((run.path / "status.json").read_text())
    for message in ("its worker died {twice", "The cost has come down.", ""):
        old = {**plain, "state": FINISHED, "message": message, "how": "By hand."}
        (run.path / "status.json").write_text(json.dumps(old))
        assert (run.status.state, run.status.message, run.status.how) == (FINISHED, message, "By hand.")


class Shouting(NullTranslations):
    """A language that has every word of English in capitals."""

    def gettext(self, message):
        return re.sub(r"(?<!\{)\b\w+\b(?!\})", lambda word: word[0].upper(), message)

    def ngettext(self, one, many, count):
        return self.gettext(one if count == 1 else many)


def test_a_message_with_a_detail_that_json_does_not_have_is_kept_as_its_sentence(tmp_path):
    run = made(tmp_path)
    for detail in (np.int64(3), float("nan")):
        run.fail(Refusal("validation must be a share, got {value!r}", value=detail))
        assert run.status.message == f"validation must be a share, got {detail!r}"


def resting(path, owner, time, monkeypatch):
    run = made(path, owner=owner)
    monkeypatch.setattr("time.time", lambda: time)
    run.change(state=FINISHED)
    return run.id


def there(path):
    return {run.id for run in folder.runs(path)}


def test_a_run_that_is_made_costs_its_own_learner_s_oldest_first_and_then_who_keeps_most(tmp_path, monkeypatch):
    b = [resting(tmp_path, "B", 10.0 + k, monkeypatch) for k in range(2)]
    a = [resting(tmp_path, "A", 20.0 + k, monkeypatch) for k in range(2)]
    monkeypatch.setattr(bounds, "MOST_RUNS", 4)
    new = made(tmp_path, owner="A").id
    assert there(tmp_path) == {*b, a[1], new}, "the oldest of all is another's"
    other = made(tmp_path, owner="C").id
    assert there(tmp_path) == {b[1], a[1], new, other}, "who has none takes from who keeps most"


def test_a_learner_s_share_is_bounded_in_runs_and_bytes_whatever_room_there_is(tmp_path, monkeypatch):
    a = [resting(tmp_path, "A", 20.0 + k, monkeypatch) for k in range(3)]
    monkeypatch.setattr(bounds, "OWN_RUNS", 3)
    fourth = made(tmp_path, owner="A")
    assert there(tmp_path) == {*a[1:], fourth.id}
    monkeypatch.setattr("time.time", lambda: 30.0)
    fourth.change(state=FINISHED)
    monkeypatch.setattr(bounds, "OWN_BYTES", 2 * folder.size(fourth) + 1000)
    fifth = made(tmp_path, owner="A")
    assert there(tmp_path) == {fourth.id, fifth.id}
    fifth.change(state=RUNNING)
    fourth.change(state=RUNNING)
    with pytest.raises(ValueError, match="There is no room for another run here"):
        made(tmp_path, owner="A")
    assert there(tmp_path) == {fourth.id, fifth.id}
    assert made(tmp_path, owner="B").id in there(tmp_path)


def test_data_that_the_numbers_cannot_hold_are_refused_by_their_first(tmp_path):
    X, Y = data()
    X[7, 1] = 1e300
    theta = made(tmp_path).arrays["theta"]
    with pytest.raises(ValueError, match=r"X has 1e\+300 in row 8: float32 holds numbers up to 3.4e\+38"):
        folder.create(tmp_path, spec(), X, Y, theta)
    X[7, 1] = 1e30
    status = work(folder.create(tmp_path, spec(), X * 1e8, Y, theta))
    assert status.reason in ("", "diverged")
    assert "learning rate" not in status.message
