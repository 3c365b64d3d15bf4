"""Runs outlive the tab that started them and the server that queued them: a real server is killed."""

import os
import shutil

import pytest

from mlpviz.jobs import checkpoint, folder
from mlpviz.jobs.progress import ProgressReader
from mlpviz.jobs.run import FINISHED, RUNNING, STOPPED, WAITING
from tests.support.browser import expect, expect_text
from tests.support.learners import Learner, carried_out
from tests.support.runs import kill_worker_of, until
from tests.support.train import hide, press, wait_for

MOONS = (
    "/train?dataset=moons&widths=2,8,1&activations=tanh,sigmoid&loss=binary_cross_entropy&reduction=mean_samples"
    "&batch_size=32&optimizer=adam&learning_rate=0.01&validation=0.2&epochs=1000000"
)
EVERY = 100  # epochs between two lines of so long a run


@pytest.fixture(autouse=True)
def runs(tmp_path, monkeypatch):
    """The folder of the runs, on one core: one run is at work and the others wait."""
    monkeypatch.setenv("MLPVIZ_RUNS", str(tmp_path / "runs"))
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(cores)})
    yield tmp_path / "runs"
    os.sched_setaffinity(0, cores)


def test_runs_outlive_the_tab_the_server_and_their_worker(open_app, new_server, runs):
    first = new_server()
    page = open_app(MOONS, server=first)
    page.get_by_role("button", name="Sweep").click()
    page.get_by_role("button", name="Start these runs").click()
    expect(page, "/compared=[0-9a-f]{16}(,|%2C)[0-9a-f]{16}(,|%2C)[0-9a-f]{16}/.test(location.search)")
    wait_for(page, "running")
    hide(page)
    expect_text(page, "body", "waiting, 1 in the queue")
    expect_text(page, "body", "waiting, 2 in the queue")
    link = page.url.removeprefix(first.url)
    page.close()
    first.process.kill()
    first.process.wait()
    found = sorted(folder.runs(runs), key=lambda run: run.status.started_at)
    assert [run.status.state for run in found] == [RUNNING, WAITING, WAITING]
    assert found[0].alive, "its worker goes on without the server"
    until(lambda: checkpoint.newest(found[0].path) is not None)
    kill_worker_of(found[0])
    kept = int(checkpoint.newest(found[0].path)["epoch"])

    again = page.context.new_page()  # of the browser that started them: the cookie is the machine's, whatever its port
    again.goto(new_server().url + link)
    wait_for(again, "running")
    hide(again)
    until(lambda: found[0].status.epoch > kept)
    written = [1, *range(EVERY, kept + EVERY + 1, EVERY)]
    until(lambda: len(lines_of(found[0])) >= len(written))
    assert lines_of(found[0])[: len(written)] == written
    press(again, "Stop")
    until(lambda: found[1].status.state == RUNNING)
    assert found[0].status.state == STOPPED
    again.get_by_role("button", name="Show run 2 above").click()
    wait_for(again, "running")
    again.close()
    found[1].request("STOP")
    until(lambda: found[2].status.state == RUNNING)


def lines_of(run):
    """The epochs of a run's progress."""
    return [line["at"] for line in ProgressReader(run.path).read().lines]


def test_what_waited_goes_on_whatever_page_of_the_next_server_is_opened(new_server, runs):
    """Nobody looks at the Train page there: that a server runs and has been visited is enough."""

    async def visited(page="", query="", button=""):
        async with Learner(new_server().url, page, query) as visitor:
            await visitor.rerun()
            if button:
                await visitor.rerun(visitor.pressed(button))
                until(lambda: [run.status.position for run in folder.runs(runs)] == [1])

    carried_out(visited("train", MOONS.partition("?")[2].replace("epochs=1000000", "epochs=12"), "One batch"))
    (run,) = folder.runs(runs)
    run.request("STOP")
    until(lambda: not run.alive)
    waiting = folder.create(runs, run.spec, **run.arrays)
    shutil.rmtree(runs / ".slots")
    carried_out(visited())
    until(lambda: waiting.status.state == FINISHED)
