"""The Train page goes on answering while four runs train at full speed."""

import pytest

from mlpviz.jobs import folder
from mlpviz.jobs.process import cores
from tests.browser import Server, environment
from tests.jobs.making import until
from tests.measure import FOUR, answers, start_four, states, summary

AT_ONCE = min(4, cores())
CHOSEN = "[...document.querySelectorAll('[role=radio][aria-checked=true]')].map(button => button.textContent)"


@pytest.fixture
def runs(tmp_path):
    """A folder for the runs of the test, which end with it."""
    path = tmp_path / "runs"
    yield path
    for run in folder.runs(path):
        run.ask("STOP")
    until(lambda: not any(run.alive for run in folder.runs(path)))


@pytest.fixture
def server(runs, tmp_path):
    """The app with these runs."""
    with Server(tmp_path, env=environment(MLPVIZ_RUNS=str(runs))) as running:
        yield running


@pytest.mark.timing
def test_every_click_is_answered_and_holds_while_four_runs_train(server, open_app, runs, capsys):
    page = open_app(FOUR, server=server)
    start_four(page)
    until(lambda: states(runs)["running"] == AT_ONCE)
    before = {run.id: run.status.epoch for run in folder.runs(runs)}
    times = answers(page, 20)
    after = states(runs)
    page.wait_for_timeout(1000)
    assert page.evaluate(CHOSEN)[1] == "Cost", "no later look takes the last click back"
    with capsys.disabled():
        print(f"\na click while {dict(after)}: {summary(times)} over {len(times)} clicks")  # noqa: T201
    assert (after["running"], sum(after.values())) == (AT_ONCE, 4)
    gone_on = [run for run in folder.runs(runs) if run.status.epoch > before[run.id]]
    assert len(gone_on) == AT_ONCE
