"""A run that many watch is looked at once for all of them, and each sees it in their own language, theme and hand."""

from mlpviz.interface.train import live as following
from mlpviz.interface.train import pictures
from mlpviz.jobs.run import FINISHED, PAUSED, RUNNING, STOPPED, WAITING, Status
from tests.support.train import TrainPage

SMALL = {
    "dataset": "moons",
    "widths": "2,4,1",
    "activations": "tanh,sigmoid",
    "loss": "binary_cross_entropy",
    "reduction": "mean_samples",
    "epochs": 2,
}


def followed(page):
    """What a session follows the run by."""
    return page.app.session_state[following.KEY][1]


def test_two_who_watch_a_run_have_one_look_at_it(monkeypatch):
    made = []
    figure = pictures.data_figure
    monkeypatch.setattr(pictures, "data_figure", lambda *given: made.append(1) or figure(*given))
    first = TrainPage(**SMALL)
    first.press("train.start")
    first.ended()
    other = TrainPage(**first.link)
    live = followed(first)
    assert followed(other) is live
    made.clear()
    first.run()
    other.run()
    assert made == []  # nothing has changed since the figure was made
    other.open(first_layer=1)
    assert len(made) == 1
    live.drawn.clear()
    first.run()
    other.run()
    assert len(made) == 3
    other.run()
    assert len(made) == 3


def test_a_look_lasts_a_moment_and_another_can_be_asked_for(monkeypatch):
    page = TrainPage(**SMALL)
    page.press("train.start")
    page.ended()
    live, looks, now = followed(page), [], [100.0]
    live.looked = 0.0
    monkeypatch.setattr(live, "_look", lambda: looks.append(now[0]))
    monkeypatch.setattr(following.time, "monotonic", lambda: now[0])
    for moment, after in ((100.0, 0.2), (100.1, 0.2), (100.15, 0.0), (100.3, 0.2), (100.36, 0.2)):
        now[0] = moment
        live.refresh(after)
    assert looks == [100.0, 100.15, 100.36]


def test_a_run_of_some_time_is_looked_at_more_rarely():
    def beat(state, worked):
        return following.beat(Status(state, worked=worked))

    assert [beat(RUNNING, worked) for worked in (0.0, 10.0, 25.0, 50.0, 900.0)] == [0.2, 0.2, 0.5, 1.0, 1.0]
    assert beat(WAITING, 900.0) == beat(PAUSED, 900.0) == 0.2, "a step that is asked for is seen at once"
    assert beat(FINISHED, 900.0) == beat(STOPPED, 900.0) == 0.0


def test_a_page_updates_as_rarely_as_there_is_something_new():
    def pace(state, worked):
        return following.pace(Status(state, worked=worked))

    assert [pace(RUNNING, worked) for worked in (0.0, 24.0, 25.0, 49.0, 50.0, 900.0)] == [0.25, 0.25, 0.5, 0.5, 1, 1]
    assert pace(WAITING, 900.0) == pace(PAUSED, 900.0) == pace(FINISHED, 900.0) == 0.25
