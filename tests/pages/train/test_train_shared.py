"""A run that many watch is looked at once for all of them, and each sees it in their own language, theme and hand."""

from mlpviz.interface.train import live as following
from mlpviz.interface.train import pictures
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
    monkeypatch.setattr(live, "_look", lambda: looks.append(now[0]))
    monkeypatch.setattr(following.time, "monotonic", lambda: now[0])
    for moment, again in ((100.0, True), (100.1, False), (100.15, True), (100.3, False), (100.36, False)):
        now[0] = moment
        live.refresh(again)
    assert looks == [100.0, 100.15, 100.36]
