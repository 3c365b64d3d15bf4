"""The Train page, as a learner uses it; training itself is done by processes, and every refusal is one sentence."""

import itertools
import os
from dataclasses import replace

import numpy as np
import pytest

import mlpviz
from mlpviz.engine.descent import Update
from mlpviz.engine.training.optimizers import OPTIMIZERS
from mlpviz.examples import csv_table
from mlpviz.examples.datasets import DATASETS
from mlpviz.examples.presets import PRESETS
from mlpviz.examples.trainings import TRAININGS
from mlpviz.interface.shell.session import KEY
from mlpviz.interface.train import data as train_data
from mlpviz.jobs import checkpoint, executor
from mlpviz.jobs.progress import ProgressReader
from mlpviz.jobs.run import Run
from mlpviz.setup.arrays import data_of, parameters_of, stand_of
from tests.support.opened import Opened
from tests.support.runs import until
from tests.support.train import TrainPage


def test_the_page_opens_with_the_stepper_s_batch_and_its_picture(page):
    assert page.setup.dataset == "batch"
    assert page.figures() == ["train.data"]
    assert [button.disabled for button in page.app.button if button.key in ("train.pause", "train.stop")] == [
        True,
        True,
    ]


def test_every_data_set_has_its_picture_and_a_network_that_fits(page):
    for name in DATASETS:
        page.choose("dataset", name)
        data = train_data.training_data(page.setup)
        assert (page.setup.widths[0], page.setup.widths[-1]) == (data.X.shape[1], data.Y.shape[1]), name
        assert page.figures() == ["train.data"], name
        assert not page.errors, name
        page.press("undo")
        assert page.setup.dataset == "batch", name


PART = {"mazur": 500}
"""Epochs after which a long training is compared with one in this process; its end is tested in examples."""


@pytest.mark.parametrize("name", TRAININGS)
def test_every_training_to_begin_with_is_trained(page, name):
    page.press(f"train.try {name}")
    assert page.setup.epochs == TRAININGS[name].settings.get("epochs", page.setup.epochs)
    changed = {"pace": 0, "epochs": PART.get(name, page.setup.epochs)}
    page.app.session_state[KEY].history.present = replace(page.setup, **changed)
    page.press("train.start")
    page.ended()
    assert page.job.status.state == "finished", page.job.status.message
    assert not page.errors
    records = ProgressReader(page.job.path).read().lines
    goals = {
        "mazur": lambda: page_error(page) == pytest.approx(mazur_error(PART["mazur"]), rel=1e-5),
        "digits": lambda: records[-1]["validation_accuracy"] >= 0.97,
        "spirals": lambda: records[-1]["validation_accuracy"] >= 0.97,
        "xor": lambda: records[-1]["accuracy"] == 1,
    }
    assert goals.get(name, lambda: records[-1]["cost"] < records[0]["cost"])()


def test_buttons_and_pictures_show_one_moment(page, monkeypatch):
    page.choose("dataset", "moons")
    page.press("train.batch")
    until(lambda: page.job.status.state == "paused" and page.job.status.position == 1)
    paused = page.job.status
    with monkeypatch.context() as patch:
        moments = iter([replace(paused, state="running")])  # the run pauses just after the page has read its status
        patch.setattr(Run, "status", property(lambda run: next(moments, paused)))
        page.run()
    assert not page.app.button(key="train.epoch").disabled
    page.press("train.stop")
    page.ended()


def mazur_error(epochs):
    """The cost of Mazur's network after so many of his updates, which leave the biases as they are."""
    mazur, settings = PRESETS["mazur"], TRAININGS["mazur"].settings
    parameters = mazur.parameters()
    chosen = {name: settings[name] for name in ("optimizer", "learning_rate")}
    list(mlpviz.train(parameters, mazur.X, mazur.Y, batch_size=None, freeze=("b",), epochs=epochs, **chosen))
    return mlpviz.backpropagate(parameters, mazur.X, mazur.Y).cost


def page_error(page):
    """The cost of the present run after its last update."""
    from mlpviz.engine.parameters import Parameters
    from mlpviz.engine.passes import backpropagate

    parameters = Parameters(page.job.spec.architecture, "float32")
    parameters.flat[...] = checkpoint.newest(page.job.path)["parameters"]
    return backpropagate(parameters.astype("float64"), page.job.arrays["X"], page.job.arrays["Y"]).cost


def test_a_run_is_watched_paused_stepped_and_stopped(page):
    page.choose("dataset", "moons")
    page.fill("epochs", "9000")  # some minutes at the pace of this data set
    page.press("train.start")
    job = page.job
    until(lambda: job.status.state == "running" and job.status.epoch > 2)
    page.run()
    assert sorted(page.figures()) == ["train.curves", "train.data"]
    page.press("train.pause")
    until(lambda: job.status.state == "paused")
    page.run()
    before = job.status
    page.press("train.batch")
    epoch, position = divmod(before.epoch * before.steps_per_epoch + before.position + 1, before.steps_per_epoch)
    until(lambda: (job.status.epoch, job.status.position) == (epoch, position))
    page.press("train.epoch")
    until(lambda: (job.status.epoch, job.status.position) == (epoch + 1, 0))
    page.press("train.go on")
    until(lambda: job.status.state == "running")
    page.run()
    page.press("train.stop")
    page.ended()
    assert job.status.state == "stopped"
    page.press("train.go on")
    until(lambda: job.status.state == "running")
    page.run()
    page.press("train.stop")
    page.ended()


def test_the_first_press_may_be_a_single_batch(page):
    page.choose("dataset", "moons")
    page.press("train.batch")
    until(lambda: page.job.status.position == 1)
    assert page.job.status.state == "paused"
    page.run()
    (line,) = [each.proto.text.replace("\\", "") for each in page.app.get("progress")]
    assert f"epoch 0 of 200 and 1 batch of the {page.job.status.steps_per_epoch} in the next" in line
    page.press("train.stop")
    page.ended()


def test_a_link_finds_its_run_again_and_another_session_too(page):
    page.choose("dataset", "blobs")
    page.fill("epochs", "9000")
    page.press("train.start")
    again = page.again()
    assert again.job.id == page.job.id
    assert again.setup == page.setup
    again.press("train.stop")
    page.ended()
    gone = page.again(run="0" * 16)
    assert gone.job is None
    assert any("no longer kept" in info.value for info in gone.app.info)


def test_every_picture_and_every_curve(page):
    page.choose("dataset", "circles")
    page.fill("pace", "0")
    page.press("train.start")
    page.ended()
    for picture, curve in itertools.product(("data", "units", "confusion"), ("cost", "accuracy", "gradients")):
        looked = TrainPage(**{**page.link, "picture": picture, "curve": curve, "log": "yes"})
        assert sorted(looked.figures()) == sorted(["train.curves", f"train.{picture}"]), curve


def test_digits_show_their_weights(page):
    page.choose("dataset", "digits-8")
    page.fill("epochs", "2")
    page.fill("pace", "0")
    page.press("train.start")
    page.ended()
    assert "train.weights" in TrainPage(**{**page.link, "picture": "weights"}).figures()


MOONS = {
    "dataset": "moons",
    "samples": 320,
    "widths": "2,8,1",
    "activations": "tanh,sigmoid",
    "loss": "binary_cross_entropy",
    "reduction": "mean_samples",
    "batch_size": 32,
}


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_the_next_update_opens_in_the_stepper_and_is_the_one_that_the_run_makes(optimizer):
    chosen = {"optimizer": optimizer, "schedule": "cosine", "learning_rate": 0.01}
    page = TrainPage(**MOONS, **chosen)
    page.press("train.epoch")
    until(lambda: page.job.status.epoch == 1)
    page.run()
    own, run = page.setup, page.job
    page.press("train.look")
    shown = page.setup
    assert (shown.optimizer, shown.updates, shown.batch_size, len(shown.X)) == (optimizer, 10, 32, 32)
    captions = [each.value.replace("\\", "") for each in page.app.caption]
    assert any("its number 11" in text and "32 samples" in text for text in captions)
    assert not page.app.info  # one line, and no box that moves the stepper down
    training = checkpoint.peek(run)
    training.advance(1)
    for setup in (shown, Opened("step", **page.link).setup):
        parameters, X, Y = parameters_of(setup), *data_of(setup)
        update = Update(mlpviz.backpropagate(parameters, X, Y), setup.learning_rate, stand_of(setup))
        np.testing.assert_allclose(update.after.parameters.flat, training.parameters.flat, rtol=0, atol=5e-7)  # float32
    back = TrainPage(**page.link)
    assert (back.setup.entries, back.setup.X, back.setup.stepped) == (own.entries, own.X, "")
    assert back.setup.run == run.id
    executor.executor().stop(run)


BAD = (
    ("learning_rate", "0", "learning rate: found '0'; accepted is a finite number above 0"),
    ("learning_rate", "nan", "learning rate: found 'nan'"),
    ("batch_size", "-1", "batch size: found '-1'; accepted is a whole number from 0"),
    ("epochs", "0", "number of epochs: found '0'"),
    ("validation", "1", "validation: found '1'; accepted is a number from 0 up to, but without, 1"),
    ("samples", "1", "number of samples: found '1'"),
    ("noise", "-1", "noise: found '-1'"),
    ("pace", "a", "epochs a second: found 'a'"),
)


def test_bad_values_are_refused_and_nothing_is_lost(page):
    page.choose("dataset", "moons")
    before = page.setup
    for name, text, sentence in BAD:
        page.fill(name, text)
        assert page.setup == before, name
        assert len(page.errors) == 1, name
        assert page.errors[0].startswith(sentence)


def test_a_batch_larger_than_the_data_and_a_network_that_does_not_fit_are_refused_at_the_start(page):
    page.choose("dataset", "moons")
    page.fill("batch_size", "1000")
    page.press("train.start")
    assert page.job is None
    assert page.errors[0].startswith("batch_size must be from 1 to 240")
    page.fill("batch_size", "32")
    page.app.session_state[KEY].history.present = vars_replaced(page.setup, (3, 8, 1))
    page.press("train.start")
    assert "have 2 inputs and 1 output and the network has 3 and 1" in page.errors[0]


def vars_replaced(setup, widths):
    """The setup with other widths and rows that fit them."""
    return setup.__class__(**{**vars(setup), "widths": widths, "X": ((0.0,) * widths[0],), "Y": ((0.0,) * widths[-1],)})


def test_a_data_set_that_is_gone_is_one_sentence():
    page = TrainPage(dataset="csv-0123456789abcdef")
    assert "no longer kept here" in page.app.warning[0].value
    page.press("train.start")
    assert "no longer kept here" in page.errors[0]
    assert "accepted is one of" in TrainPage(dataset="nothing").app.warning[0].value.replace("\\", "")


def test_a_table_is_taken_as_data_and_found_again(page):
    from mlpviz.examples.csv_table import data_of, read_table

    rows = "\n".join(f"{k % 7},{k % 5},{'cat' if k % 7 > 3 else 'dog'}" for k in range(60))
    data = data_of(read_table(f"a,b,kind\n{rows}".encode()), ["a", "b"], "kind")
    name = train_data.keep_table(data)
    found = train_data.table_data(name)
    assert np.array_equal(found.X, data.X)
    assert (found.kind, found.outputs, found.inputs) == (data.kind, data.outputs, data.inputs)


def test_training_leaves_the_page_s_process_alone(page):
    page.choose("dataset", "digits-8")
    page.fill("pace", "0")
    page.fill("epochs", "9000")
    page.press("train.start")
    until(lambda: page.job.status.epoch > 0)
    assert executor.executor().workers[page.job.id].pid != os.getpid()
    assert page.job.alive
    page.press("train.stop")
    page.ended()


@pytest.mark.parametrize(("rows", "batch", "validation"), [(20, 16, 0.2), (2, 2, 0.0), (100, 32, 0.2)])
def test_a_small_table_is_trained_with_the_settings_that_the_page_chose(page, rows, batch, validation):
    content = "x,y\n" + "".join(f"{k},{k / 7}\n" for k in range(rows))
    table = csv_table.data_of(csv_table.read_table(content.encode()), ["x"], "y")
    page.session.history.change(train_data.fitted_to(page.setup, table, train_data.TABLE_RECIPE))
    assert (page.setup.batch_size, page.setup.validation) == (batch, validation)
    settings = {"batch_size": batch, "validation": validation or None, "epochs": 1}
    assert list(mlpviz.train(parameters_of(page.setup), table.X, table.Y, **settings))


def test_another_data_set_beside_a_running_run_keeps_it_and_undo_shows_it_again(page):
    page.choose("dataset", "moons")
    page.fill("epochs", "1000000")
    page.press("train.start")
    run = page.job
    page.choose("dataset", "circles")
    assert run.status.active
    assert "goes on" in page.texts
    assert page.setup.run == ""
    page.press("undo")
    assert (page.setup.dataset, page.job.path) == ("moons", run.path)
    page.press("train.stop")
    until(lambda: not run.status.active)


def test_a_network_that_a_link_s_data_do_not_fit_is_fitted_by_a_button():
    page = TrainPage(dataset="moons", widths="3,4,2")
    page.press("train.start")
    assert "Fit the network to these data" in page.errors[0]
    page.press("train.fit")
    assert (page.setup.widths[0], page.setup.widths[-1]) == (2, 1)
    assert not [button for button in page.app.button if button.key == "train.fit"]
