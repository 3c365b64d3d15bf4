"""A run is its browser's: strangers watch it and start their own; what is forged is refused on the server as well."""

import json
import os
import secrets
import time

import pytest

from mlpviz.interface.train import runs as train_runs
from mlpviz.interface.train.live import LIVES
from mlpviz.jobs.run import FINISHED, PAUSED, RESTING, RUNNING, STOPPED, Status
from tests.support.runs import until
from tests.support.train import TrainPage

STEERING = {"train.pause", "train.batch", "train.epoch", "train.stop", "train.go on", "train.stop all"}
SENTENCE = "This run is another browser's: you can watch it, and start one of your own."


@pytest.fixture
def running(page):
    """The page of a run at work."""
    page.choose("dataset", "moons")
    page.fill("pace", "5")
    page.fill("epochs", "9000")
    page.press("train.start")
    until(lambda: page.job.status.state == RUNNING and page.job.status.epoch)
    yield page.run()
    job = page.job
    if job is not None:
        job.request("STOP")
        until(lambda: not job.alive)


def keys(page):
    return {each.key for each in page.app.button}


def told(page):
    """The one sentence that a page says of what it does not do, without what it always adds."""
    (found,) = page.errors
    return found.removesuffix(" What was there before is kept.")


def captions(page):
    return [each.value for each in page.app.caption]


def test_a_stranger_sees_the_curve_and_starts_their_own_and_steers_nothing(running):
    job = running.job
    stranger = TrainPage(**running.link)
    assert "train.curves" in stranger.figures()
    assert keys(stranger) & STEERING == set()
    assert next(each.label for each in stranger.app.button if each.key == "train.start") == "Start my own"
    assert SENTENCE in captions(stranger)
    stranger.press("train.start")
    assert stranger.job.id != job.id
    assert stranger.job.spec.owner == stranger.browser != running.browser == job.spec.owner
    assert job.id in stranger.setup.compared
    stranger.press("train.stop all")
    until(lambda: not stranger.job.status.active)
    stranger.press(f"train.leave {job.id}")
    assert job.status.state == RUNNING
    assert running.again().job.id == job.id
    assert SENTENCE not in captions(running.again())


@pytest.mark.parametrize("key", ["train.pause", "train.stop"])
def test_a_forged_click_is_refused_in_one_sentence(running, key):
    """A button that only the owner's page has, pressed by another browser."""
    running.app.session_state["mlpviz.owner"] = secrets.token_hex(32)
    running.press(key)
    assert told(running) == SENTENCE
    assert running.job.status.state == RUNNING
    assert not running.job.requested("STOP") and not running.job.requested("PAUSE")


def test_a_stranger_cannot_take_up_or_step_what_rests(running):
    job = running.job
    running.press("train.stop")
    until(lambda: not job.alive)
    running.run()
    running.app.session_state["mlpviz.owner"] = secrets.token_hex(32)
    running.press("train.go on")
    assert told(running) == SENTENCE
    assert job.status.state == STOPPED
    for state in (STOPPED, PAUSED):
        job.change(state=state)
        own = running.again()
        own.app.session_state["mlpviz.owner"] = secrets.token_hex(32)
        own.press("train.batch")
        assert told(own) == SENTENCE
        assert not list(job.path.glob("STEP.*"))


def test_a_run_that_rests_goes_on_when_its_browser_looks_and_not_when_another_does(running):
    job = running.job
    job.request("STOP")
    until(lambda: not job.alive)
    job.change(state=RESTING, message="")
    TrainPage(**running.link)
    assert job.status.state == RESTING
    running.again()
    until(lambda: job.status.state == RUNNING)


def test_a_run_whose_worker_has_ended_without_a_word_is_said_to(running, monkeypatch):
    job = running.job
    job.request("STOP")
    until(lambda: not job.alive)
    monkeypatch.setattr(time, "time", lambda now=time.time: now() - 60)
    job.change(state=RUNNING)
    monkeypatch.undo()
    page = running.again()
    assert train_runs.standing(job).state == STOPPED
    assert "its worker has ended; it can go on from its last checkpoint" in page.app.get("progress")[0].proto.text
    assert "train.go on" in keys(page)


def test_what_is_whole_but_wrong_in_a_run_s_files_is_one_sentence_on_the_page(page):
    page.choose("dataset", "blobs")
    page.fill("pace", "0")
    page.fill("epochs", "3")
    page.press("train.start")
    page.ended()
    assert page.job.status.state == FINISHED
    job = page.job
    for name, changes in WRONG.items():
        whole = (job.path / name).read_bytes()
        for change in changes:
            lines = [json.loads(line) for line in whole.splitlines()]
            change(lines[-1])
            (job.path / name).write_text("".join(json.dumps(line) + "\n" for line in lines))
            os.utime(job.path / name, (1, 1))
            LIVES.clear()  # as in a server where nobody has looked at it before
            looked = page.again()
            assert len(looked.errors) <= 1, (name, looked.errors)
            if name == "spec.json":
                assert looked.errors, "it is said"
        (job.path / name).write_bytes(whole)
    for name in (*WRONG, "checkpoint.npz", "arrays.npz"):
        aside = (job.path / name).rename(job.path / "aside")
        (job.path / name).mkdir()
        looked = page.again()
        assert len(looked.errors) <= 1, (name, looked.errors)
        assert str(job.path.parent) not in " ".join(looked.errors)
        (job.path / name).rmdir()
        aside.rename(job.path / name)
    assert page.again().errors == []


def entry(*way, value):
    """Put a value in a place of a file."""

    def change(line):
        for key in way[:-1]:
            line = line[key]
        line[way[-1]] = value

    return change


WRONG = {
    "status.json": [
        entry("epoch", value="x"),
        entry("steps_per_epoch", value=0),
        entry("how", value=None),
        entry("state", value="bogus"),
        entry("message", value={"template": "{a}", "many": "", "details": {}}),
        lambda line: line.clear(),
    ],
    "spec.json": [
        lambda line: line["about"].pop("data"),
        entry("about", "data", "inputs", value=5),
        entry("about", "data", "image", value=[0, 0]),
        entry("about", value=[]),
        entry("about", "setup", value=3),
        entry("pace", value="x"),
        entry("settings", value={"epochs": "x"}),
    ],
    "progress.jsonl": [entry("cost", value="x"), entry("at", value=None), entry("gradient_norms", value=1)],
}


def test_the_first_status_of_a_run_is_one_that_is_read():
    assert Status.from_json(Status().as_json()) == Status()
