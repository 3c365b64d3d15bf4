"""The settings of the Train page: what is chosen reaches the run and the link, and what is wrong is one sentence."""

import pytest

from mlpviz.engine.training.measures import CURVES
from mlpviz.engine.training.schedules import SCHEDULES
from mlpviz.interface.shell.labels import LABELS
from mlpviz.interface.train import curves as train_curves
from mlpviz.interface.train import settings as train_settings
from mlpviz.jobs.progress import ProgressReader
from mlpviz.setup.training import CHOICES
from tests.support.runs import until
from tests.support.train import TrainPage


@pytest.fixture
def quick(page):
    """The page with the moons at full speed, for few epochs."""
    page.choose("dataset", "moons")
    page.fill("pace", "0")
    page.fill("epochs", "12")
    return page


def trained(page):
    """The present setup's run, at its end."""
    page.press("train.start")
    page.ended()
    assert not page.errors
    return page.job


@pytest.mark.parametrize("name", SCHEDULES)
def test_every_schedule_has_a_field_for_each_of_its_options(quick, name):
    quick.choose("schedule", name)
    fields = {each.key: each for each in quick.app.text_input if each.key.startswith("setup.option ")}
    assert list(fields) == [f"setup.option {option}" for option in SCHEDULES[name].options]
    assert [float(field.value) for field in fields.values()] == list(SCHEDULES[name].options.values())
    for option in SCHEDULES[name].options:
        quick.fill(f"option {option}", "0.5")
    run = trained(quick)
    assert run.spec.settings["schedule_options"] == dict.fromkeys(SCHEDULES[name].options, 0.5)
    rates = [line["learning_rate"] for line in ProgressReader(run.path).read().lines]
    assert (len(set(rates)) > 1) == (name in ("step", "cosine"))
    assert TrainPage(**quick.link).setup == quick.setup


def test_an_option_left_empty_is_the_schedule_s_own_again(quick):
    quick.choose("schedule", "step")
    quick.fill("option gamma", "0.5")
    quick.fill("option every", "3")
    assert quick.setup.schedule_options == "every:3,gamma:0.5"
    quick.fill("option gamma", "")
    assert quick.setup.schedule_options == "every:3"
    assert quick.app.text_input(key="setup.option gamma").value == "0.1"
    quick.press("undo")
    assert quick.setup.schedule_options == "every:3,gamma:0.5"


@pytest.mark.parametrize("text", ["0", "-1", "no", "1e7", "nan", "1,2", "1,gamma:2:3"])
def test_a_bad_option_is_refused_in_one_sentence(quick, text):
    quick.choose("schedule", "step")
    before = quick.setup
    quick.fill("option every", text)
    assert quick.setup == before
    assert len(quick.errors) == 1
    assert quick.errors[0].startswith(f"Epochs between steps: found '{text}'; ")
    assert "accepted is a number from 1e-06 to 1000000" in quick.errors[0]


def test_a_factor_that_grows_without_end_is_a_run_that_diverges(quick):
    quick.choose("schedule", "step")
    quick.fill("option gamma", "1000000")
    quick.fill("option every", "0.000001")
    quick.press("train.start")
    quick.ended()
    assert (quick.job.status.state, quick.job.status.reason) == ("finished", "diverged")


def test_a_run_ends_at_its_target_or_when_nothing_is_gained(quick):
    quick.fill("target_cost", "100")
    run = trained(quick)
    assert (run.status.epoch, run.status.reason) == (1, "target")
    assert any("the target is 100" in bar for bar in lines(quick))
    quick.fill("target_cost", "0")
    quick.fill("learning_rate", "1e-30")
    quick.fill("patience", "2")
    run = trained(quick)
    assert (run.status.epoch, run.status.reason) == (3, "patience")
    assert any("has not come down for 2 epochs" in bar for bar in lines(quick))


def lines(page):
    """What is said over the progress bars of the page."""
    return [bar.proto.text.replace("\\", "") for bar in page.app.get("progress")]


@pytest.mark.parametrize(("name", "text"), [("target_cost", "-1"), ("patience", "1.5"), ("target_cost", "inf")])
def test_a_bad_end_is_refused_in_one_sentence(quick, name, text):
    before = quick.setup
    quick.fill(name, text)
    assert quick.setup == before
    assert [error.startswith(f"{LABELS[name]}: found '{text}'; accepted is a") for error in quick.errors] == [True]


def test_dead_and_saturated_units_are_counted_unless_told_not_to(quick):
    quick.choose("initializer", "normal")
    run = trained(quick)
    history = ProgressReader(run.path).read()
    for name in ("dead_units", "saturation"):
        assert [len(values) for values in history.column(name)[1]] == [2] * 12
    assert train_curves.views_of(run) == list(CURVES)
    dead = TrainPage(**{**quick.link, "curve": "dead"})
    assert "Dead units" in [*dead.app.segmented_control(key="setup.curve").options]
    quick.app.toggle(key="setup.unit_counts").set_value(False)
    quick.run()
    run = trained(quick)
    assert history.column("dead_units")[1]
    assert not ProgressReader(run.path).read().column("dead_units")[1]
    plain = TrainPage(**{**quick.link, "curve": "dead"})
    assert plain.app.segmented_control(key="setup.curve").value == "cost"


def test_a_curve_of_values_has_no_accuracy(page):
    page.choose("dataset", "sine")
    page.fill("pace", "0")
    page.fill("epochs", "2")
    assert "accuracy" not in train_curves.views_of(trained(page))


def test_every_field_says_what_it_is(quick):
    for name, choice in CHOICES.items():
        if choice.group:
            field = next(each for each in widgets(quick) if each.key == f"setup.{name}")
            assert (field.label, field.proto.help) == (choice.title, choice.about) and choice.about
    assert set(train_settings.OPTION_TITLES) == {name for entry in SCHEDULES.values() for name in entry.options}


def widgets(page):
    """The fields, choices and switches of a page."""
    return [*page.app.text_input, *page.app.selectbox, *page.app.toggle]


def test_a_run_that_is_being_worked_on_keeps_its_settings(quick):
    quick.fill("epochs", "5000")
    quick.fill("pace", "20")
    quick.press("train.start")
    until(lambda: quick.job.status.epoch > 1)
    quick.fill("epochs", "3")
    assert quick.job.spec.settings["epochs"] == 5000
    quick.press("train.stop")
    quick.ended()
