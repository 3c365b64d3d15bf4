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
from tests.support.train import FIGURE, LONG, hide, press, wait_for

OWNER, STRANGER = "0" * 31 + "1", "0" * 31 + "2"
STEERING = ("Pause", "One batch", "One epoch", "Stop")
BUTTONS = """() => [...document.querySelectorAll(".st-key-transport button")].map(each => each.textContent)"""


def steers(page):
    """The buttons by which a run is steered."""
    settled(page)
    return [name for name in STEERING if any(name in text for text in page.evaluate(BUTTONS))]


def run_of(page, runs):
    return folder.find(runs, page.evaluate("new URLSearchParams(location.search).get('run')"))


def visitor(server, secret, query):
    """Somebody on the page, known by the secret of their browser."""
    pytest.importorskip("websockets")
    from tests.support.learners import Learner

    return Learner(server.url, "train", query, cookie=f"mlpviz_browser={secret}")


async def press_once(page, label):
    """Open the page and press a button."""
    await page.rerun()
    await page.rerun(page.pressed(label))


def newest(runs):
    """The run that was started last, at work."""
    run = max(folder.runs(runs), key=lambda run: run.status.started_at)
    until(lambda: run.status.state == RUNNING)
    return run


def test_a_stranger_watches_and_only_the_owner_steers(open_app, server, runs):
    """Of the two only the stranger needs a browser: how an owner's page looks is seen on the run of their own."""

    async def owner_presses(label, query):
        async with visitor(server, OWNER, query) as owner:
            await press_once(owner, label)

    query = LONG.partition("?")[2]
    carried_out(owner_presses("Start", query))
    run = newest(runs)
    query += f"&run={run.id}"
    watcher = open_app(f"/train?{query}", viewport=(390, 844), server=server)
    wait_for(watcher, "running")
    expect_count(watcher, FIGURE, 2)
    hide(watcher)
    assert steers(watcher) == []
    carried_out(owner_presses("Pause", query))
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
    carried_out(owner_presses("Stop", query))
    until(lambda: run.status.state == STOPPED)


FORGED = {"Pause": PAUSED, "Stop": STOPPED}


@pytest.mark.parametrize("label", FORGED)
def test_a_forged_event_steers_nothing(server, runs, label):
    """A stranger sends what the owner's page would: the server knows whose the run is."""

    async def tried():
        async with visitor(server, OWNER, LONG.partition("?")[2]) as owner:
            await press_once(owner, "Start")
            run = newest(runs)
            assert run.spec.owner == sha256(OWNER.encode()).hexdigest()
            query = f"{owner.query}&run={run.id}"
            async with visitor(server, STRANGER, query) as stranger, visitor(server, OWNER, query) as tab:
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
