"""The connection is lost on the way and nothing of a learner's is; ``python -m tests.measure.reconnect`` loses more."""

from dataclasses import replace

import pytest

from tests.support import journey
from tests.support.browser import Page, environment
from tests.support.cutting import Forgetful, Line
from tests.support.journey import acted, come, kept, lost
from tests.support.train import wait_for

PLACES = {place.name: place for place in journey.PLACES}


@pytest.fixture(scope="module")
def forgetful(tmp_path_factory):
    """A server that soon forgets who is not connected, and the line to it."""
    folder = tmp_path_factory.mktemp("forgetful")
    with Forgetful(folder, env=environment(MLPVIZ_RUNS=str(folder / "runs"))) as server, Line(server.port) as line:
        yield server, line


@pytest.fixture(scope="module")
def page(browser, forgetful):
    """A page whose console may tell of the connection."""
    opened = Page(browser, forgetful[0], (1280, 720), dark=False)
    yield opened.page
    opened.context.close()


def changed(page, forgetful, place, loss):
    """What a page is not after a loss that it was before; an edit is made before it, undone, and made again."""
    server, line = forgetful
    come(page, line, place)
    wanted = acted(page, place)
    *found, told = lost(page, line, server, place, loss)
    assert told
    return [name for name, same in kept(wanted, found).items() if not same]


@pytest.mark.browser
def test_what_was_edited_is_there_as_if_nothing_had_happened(page, forgetful):
    assert changed(page, forgetful, PLACES["widths, η and a seed are edited"], "asleep") == []


@pytest.mark.browser
def test_a_run_that_was_at_work_when_the_server_was_killed_is_there_and_can_be_stopped(page, forgetful):
    place = PLACES["a run is at work"]
    assert changed(page, forgetful, replace(place, edit=None), "killed") == []
    place.edit(page)
    wait_for(page, "stopped")
