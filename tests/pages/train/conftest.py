"""What the tests of the Train page share: a folder for the runs of a module, the page, and a server with these runs."""

import pytest

from mlpviz.jobs import folder
from tests.support.browser import Server, expect_count
from tests.support.runs import until
from tests.support.stepping import in_link
from tests.support.train import FIGURE, LONG, TrainPage, end_queues


@pytest.fixture(scope="module", autouse=True)
def runs(tmp_path_factory):
    """A folder for the runs of a module, whose queue ends with it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MLPVIZ_RUNS", str(tmp_path_factory.mktemp("runs")))
        patch.delenv("MLPVIZ_SCHEDULER", raising=False)
        yield folder.default_folder()
        end_queues()


@pytest.fixture
def page():
    """The page in a session of its own."""
    return TrainPage()


@pytest.fixture(scope="module")
def server(runs, tmp_path_factory):
    """The app with these runs."""
    with Server(tmp_path_factory.mktemp("server")) as running:
        yield running


@pytest.fixture
def long_run(open_app):
    """The page in a browser, ready to start the long run."""
    opened = open_app(LONG)
    expect_count(opened, FIGURE, 1)
    in_link(opened, "end=1")
    return opened


@pytest.fixture(autouse=True)
def _ended(request, runs):
    """No run that a browser has started goes on after its test."""
    yield
    if "open_app" in request.fixturenames:
        for run in folder.runs(runs):
            run.request("STOP")
            until(lambda run=run: not run.alive)
