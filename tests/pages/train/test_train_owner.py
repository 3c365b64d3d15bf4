"""Whose a run is: whoever has the link watches it, and only the browser that began it steers it."""

import asyncio
from hashlib import sha256

import pytest

from mlpviz.jobs import folder
from mlpviz.jobs.run import PAUSED, RUNNING, STOPPED
from tests.support.browser import expect, expect_count
from tests.support.learners import carried_out
from tests.support.runs import until
from tests.support.stepping import settled
from tests.support.train import FIGURE, LONG, begin, hide, press, wait_for

OWNER, STRANGER = "0" * 31 + "1", "0" * 31 + "2"
STEERING = ("Pause", "One batch", "One epoch", "Stop")
BUTTONS = """() => [...document.querySelectorAll(".st-key-transport button")].map(each => each.textContent)"""


def steers(page):
    """The buttons by which a run is steered."""
    settled(page)
    return [name for name in STEERING if any(name in text for text in page.evaluate(BUTTONS))]


def run_of(page, runs):
    return folder.find(runs, page.evaluate("new URLSearchParams(location.search).get('run')"))


def test_a_stranger_watches_and_only_the_owner_steers(open_app, runs):
    """No more than one page draws at a time; other tabs of the owner's are tested below, and with a server's end."""
    owner = open_app(LONG)
    begin(owner)
    hide(owner)
    run, link = run_of(owner, runs), owner.url.partition("/train")[2]
    assert steers(owner) == list(STEERING)
    watcher = open_app("/train" + link, viewport=(390, 844))
    wait_for(watcher, "running")
    expect_count(watcher, FIGURE, 2)
    hide(watcher)
    assert steers(watcher) == []
    press(owner, "Pause")
    wait_for(watcher, "paused")
    assert steers(watcher) == []

    press(watcher, "Start my own")
    expect(watcher, f"new URLSearchParams(location.search).get('run') !== {run.id!r}")
    own = run_of(watcher, runs)
    assert (own.spec.settings, own.spec.architecture) == (run.spec.settings, run.spec.architecture)
    assert own.spec.owner != run.spec.owner
    expect_count(watcher, ".st-key-transport .st-key-train-stop", 1)
    assert steers(watcher) == list(STEERING)
    watcher.close()
    assert run.status.state == PAUSED
    press(owner, "Stop")
    until(lambda: run.status.state == STOPPED)


FORGED = {"Pause": PAUSED, "Stop": STOPPED}


@pytest.mark.parametrize("label", FORGED)
def test_a_forged_event_steers_nothing(server, runs, label):
    """A stranger sends what the owner's page would: the server knows whose the run is."""
    pytest.importorskip("websockets")
    from tests.support.learners import Learner

    def visitor(secret, query):
        return Learner(server.url, "train", query, cookie=f"mlpviz_browser={secret}")

    async def tried():
        async with visitor(OWNER, LONG.partition("?")[2]) as owner:
            await owner.rerun()
            await owner.rerun(owner.pressed("Start"))
            run = max(folder.runs(runs), key=lambda run: run.status.started_at)
            assert run.spec.owner == sha256(OWNER.encode()).hexdigest()
            until(lambda: run.status.state == RUNNING)
            query = f"{owner.query}&run={run.id}"
            async with visitor(STRANGER, query) as stranger, visitor(OWNER, query) as tab:
                await stranger.rerun()
                await tab.rerun()
                assert label not in stranger.widgets
                for _ in range(2):
                    await stranger.rerun(owner.pressed(label))
                await asyncio.sleep(0.5)
                assert run.status.state == RUNNING
                assert not list(run.path.glob("STEP.*"))
                await tab.rerun(tab.pressed(label))
                until(lambda: run.status.state == FORGED[label])

    carried_out(tried())
