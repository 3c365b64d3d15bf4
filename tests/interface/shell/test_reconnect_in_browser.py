"""The connection is lost on the way and nothing of a learner's is; ``python -m tests.measure.reconnect`` loses more."""

import pytest

from tests.support.browser import Page, environment
from tests.support.cutting import Forgetful, Line
from tests.support.journey import PLACES, disturbed, kept, undisturbed


@pytest.fixture(scope="module")
def forgetful(tmp_path_factory):
    """A server that soon forgets who is not connected, and the line to it."""
    folder = tmp_path_factory.mktemp("forgetful")
    with Forgetful(folder, env=environment(MLPVIZ_RUNS=str(folder / "runs"))) as server, Line(server.port) as line:
        yield server, line


@pytest.fixture
def fresh(browser, forgetful):
    """A page in a profile of its own, whose console may tell of the connection."""
    opened = []

    def page():
        opened.append(Page(browser, forgetful[0], (1280, 720), dark=False))
        return opened[-1].page

    yield page
    for each in opened:
        each.context.close()


@pytest.mark.browser
@pytest.mark.parametrize(
    ("name", "loss"), [("widths, η and a seed are edited", "asleep"), ("a run is at work", "killed")]
)
def test_all_is_there_as_if_nothing_had_happened(fresh, forgetful, name, loss):
    server, line = forgetful
    place = next(each for each in PLACES if each.name == name)
    wanted = undisturbed(fresh(), line, place)
    *found, told = disturbed(fresh(), line, server, place, loss)
    assert [name for name, same in kept(wanted, found).items() if not same] == []
    assert told
