"""Runs beside each other on the Train page: sweeps, overlays, the table of what differs, and what is saved."""

import pytest

from mlpviz.interface.train import compare as train_compare
from mlpviz.interface.train.export import parameters_of
from mlpviz.jobs import checkpoint, folder
from tests.support.runs import until


@pytest.fixture
def swept(page):
    """The page with three runs that differ in their learning rate, all at their end."""
    page.choose("dataset", "moons")
    page.fill("pace", "0")
    page.fill("epochs", "30")
    page.app.text_input(key="train.values learning_rate").set_value("0.001, 0.01, 0.1")
    page.press("train.sweep")
    until(lambda: not any(run.status.active for run in kept(page)))
    page.run()
    return page


def kept(page):
    """The runs that a page compares."""
    return [folder.find(folder.default_folder(), name) for name in page.setup.compared.split(",") if name]


def test_a_sweep_differs_in_one_property_from_the_same_initial_weights(swept):
    found = kept(swept)
    assert train_compare.different(found) == ["learning_rate"]
    assert [run.spec.settings["learning_rate"] for run in found] == [0.001, 0.01, 0.1]
    assert len({run.arrays["theta"].tobytes() for run in found}) == 1
    assert "train.compared" in swept.figures()
    table = next(each.value for each in swept.app.markdown if each.value.startswith("| run"))
    assert "| learning rate |" in table
    assert table.count("finished") == 3


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("optimizer", "sgd,adam"),
        ("batch_size", "0, 16"),
        ("activation", "relu, tanh"),
        ("initializer", "zeros, normal"),
        ("seed", "1, 2"),
    ],
)
def test_everything_can_be_swept(page, name, values):
    page.choose("dataset", "moons")
    page.fill("pace", "0")
    page.fill("epochs", "3")
    page.app.selectbox(key="train.swept").set_value(name)
    page.run()
    page.app.text_input(key=f"train.values {name}").set_value(values)
    page.press("train.sweep")
    until(lambda: not any(run.status.active for run in kept(page)))
    page.run()
    assert train_compare.different(kept(page)) == [name if name != "activation" else "activations"]
    assert not page.errors


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ("0.1, no", "learning rate: found 'no'"),
        ("0", "learning rate: found '0'"),
        (",".join(["1"] * 9), "learning rate: found 9 values; accepted are 1 to 8."),
    ],
)
def test_a_bad_sweep_is_refused_whole(page, values, sentence):
    page.choose("dataset", "moons")
    page.app.text_input(key="train.values learning_rate").set_value(values)
    page.press("train.sweep")
    assert page.errors[0].startswith(sentence)
    assert kept(page) == []


def test_every_start_is_kept_and_can_be_left_out(page):
    page.choose("dataset", "moons")
    page.fill("pace", "0")
    page.fill("epochs", "3")
    for rate in ("0.01", "0.02"):
        page.fill("learning_rate", rate)
        page.press("train.start")
        page.ended()
    first, second = kept(page)
    assert second.id == page.setup.run
    assert [line["at"] for line in train_compare.ProgressReader(first.path).read().lines] == [1, 2, 3]
    again = page.again()
    assert "train.compared" in again.figures()
    again.press(f"train.leave {first.id}")
    assert [run.id for run in kept(again)] == [second.id]
    assert "train.compared" not in again.figures()


def test_another_run_is_shown_and_all_are_stopped(page):
    page.choose("dataset", "moons")
    page.fill("pace", "1")
    page.app.text_input(key="train.values learning_rate").set_value("0.01, 0.02")
    page.press("train.sweep")
    first, second = kept(page)
    page.press(f"train.show {second.id}")
    assert page.setup.run == second.id
    page.press(f"train.leave {second.id}")
    assert page.setup.run == first.id
    page.choose("dataset", "circles")
    assert page.setup.run == ""
    assert "train.compared" in page.figures(), "a run that goes on is never out of sight"
    if first.status.active:
        page.press("train.stop all")
    until(lambda: not first.status.active and not second.status.active)


def test_new_initial_weights_on_request(page):
    page.choose("dataset", "moons")
    page.fill("pace", "0")
    page.fill("epochs", "3")
    page.press("train.start")
    page.ended()
    page.app.toggle(key="train.fresh").set_value(True)
    page.run()
    page.press("train.start")
    page.ended()
    first, second = kept(page)
    assert first.arrays["theta"].tobytes() != second.arrays["theta"].tobytes()


def test_what_is_saved_is_the_last_checkpoint(swept):
    run = swept.job
    assert (parameters_of(run).flat == checkpoint.newest(run.path)["parameters"]).all()


def test_kept_runs_stay_when_the_problem_changes(swept):
    before = swept.setup.compared
    swept.choose("dataset", "circles")
    assert (swept.setup.run, swept.setup.compared) == ("", before)
    swept.press("train.try xor")
    assert (swept.setup.preset, swept.setup.run, swept.setup.compared) == ("xor", "", before)
    assert "train.compared" in swept.figures()
    assert not swept.app.info, "nothing is said about numbers that were not asked for"
