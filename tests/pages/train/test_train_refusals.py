"""What the Train page does not take is refused in one sentence, nothing is lost, and no run is disturbed."""

import itertools
import json
import secrets
import shutil

import numpy as np
import pytest

from mlpviz.examples import csv_table as csv_data
from mlpviz.interface.shell.labels import LABELS
from mlpviz.interface.train import data as train_data
from mlpviz.jobs import bounds, executor, folder
from mlpviz.jobs.run import CHECKPOINTS, FAILED, FINISHED, PAUSED, RUNNING, STOPPED, WAITING, Run
from tests.support.runs import made, until
from tests.support.train import TrainPage

WORDS = ("nan", "1e999", "1_0", "٣", "")
BAD = {
    "learning_rate": ("0", "-0.1", "1e301", *WORDS),
    "batch_size": ("-1", "2.5", "10000000000", "nan"),
    "epochs": ("0", "-5", "1.5", "1000001", *WORDS),
    "validation": ("1", "-0.1", "1.5", "nan"),
    "patience": ("-1", "0.5"),
    "pace": ("-1", "1e999"),
    "order_seed": ("-1", "0.5"),
    "samples": ("1", "-3", "0", "1000001", ""),
    "noise": ("-1", "nan"),
    "data_seed": ("-1", "1_0"),
    "seed": ("-1", "٣"),
    "l2": ("-1", "1e999"),
}
"""What fields refuse; of what is no number at all everything in one field for numbers and one for whole numbers."""


def test_every_bad_value_is_one_sentence_and_everything_stays(page):
    page.choose("dataset", "moons")
    before = page.setup
    for name, text in ((name, text) for name, texts in BAD.items() for text in texts):
        page.fill(name, text)
        assert page.setup == before, (name, text)
        assert len(page.errors) == 1, (name, text)
        assert page.errors[0].startswith(f"{LABELS.get(name, name)}: found "), page.errors
        assert page.errors[0].endswith(".")
    assert page.figures() == ["train.data"]


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("batch_size", "241", "batch_size must be from 1 to 240, the number of samples to train on, or None for all;"),
        ("batch_size", "4096", "batch_size must be from 1 to 240"),
        ("validation", "0.001", "validation must be a share between 0 and 1 of the 300 samples that leaves some on"),
        ("validation", "0.999", "validation must be a share between 0 and 1 of the 300 samples that leaves some on"),
    ],
)
def test_what_does_not_fit_the_data_is_refused_at_the_start_and_no_run_is_left(page, runs, name, text, sentence):
    page.choose("dataset", "moons")
    page.fill(name, text)
    before, there = page.setup, set(folder.runs(runs))
    page.press("train.start")
    assert page.errors[0].startswith(sentence)
    assert len(page.errors) == 1
    assert page.setup == before
    assert set(folder.runs(runs)) == there


def test_a_run_at_work_is_not_disturbed_by_what_is_refused(page):
    page.choose("dataset", "moons")
    page.press("train.start")
    job = page.job
    until(lambda: job.status.state == RUNNING and job.status.epoch)
    for name, text in (("learning_rate", "0"), ("batch_size", "x"), ("epochs", "0")):
        page.fill(name, text)
        assert len(page.errors) == 1
    assert page.job == job
    before = job.status.epoch
    until(lambda: job.status.epoch > before)
    assert job.status.state == RUNNING
    page.press("train.stop")
    page.ended()


# a learner's own table

ROWS = "".join(f"{k % 7},{k % 5},{'cat' if k % 7 > 3 else 'dog'}\n" for k in range(60))
GOOD = f"a,b,kind\n{ROWS}"


def upload(page, content, name="table.csv"):
    """Open a file."""
    page.app.file_uploader[0].set_value((name, content, "text/csv"))
    page.run()


SPELLINGS = {
    "with a mark": b"\xef\xbb\xbf" + GOOD.encode(),
    "utf-16": GOOD.encode("utf-16"),
    "semicolons": GOOD.replace(",", ";").encode(),
    "windows": GOOD.replace("\n", "\r\n").encode(),
    "latin-1": GOOD.replace("dog", "größer").encode("latin-1"),
    "plain": GOOD.encode(),
}
"""A table as programs save it; the last is trained on."""


def test_a_table_is_opened_in_every_spelling_and_trained_on(page):
    taken = []
    for name, content in SPELLINGS.items():
        upload(page, content)
        assert not page.errors, name
        page.press("train.take table")
        assert not page.errors, name
        assert page.setup.dataset.startswith("csv-"), name
        assert (page.setup.widths[0], page.setup.widths[-1]) == (2, 1), name
        taken.append(train_data.table_data(page.setup.dataset))
    for data in taken:
        assert (data.X.shape, data.inputs) == ((60, 2), ("a", "b"))
        np.testing.assert_array_equal(data.X, taken[0].X)
    page.fill("pace", "0")
    page.fill("epochs", "3")
    page.press("train.start")
    page.ended()
    assert page.job.status.state == FINISHED
    np.testing.assert_array_equal(page.job.arrays["X"], taken[-1].X)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "found an empty file"),
        (b"\xef\xbb\xbf", "found an empty file"),
        (b"a,b\n1,2\n3,4,5\n", "row 3: found 3 cells; accepted are 2"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "found bytes that are no text"),
        (b"a,b\n1,\0\n2,3\n", "found bytes that are no text"),
        (b"a\n1\n2\n", "found 1 column"),
        (b'a,b\n1,"2\n3,4\n', "cannot be told apart"),
        (b",".join([b"1"] * 100_000), "found 100,000 columns; accepted are up to 500"),
        (bytes(csv_data.BYTES + 1), "found 16,000,001 bytes; accepted are up to 16,000,000"),
        (bytes(100_000_000), "found 100,000,000 bytes; accepted are up to 16,000,000"),
    ],
    ids=["empty", "mark", "ragged", "picture", "nul", "column", "quote", "columns", "large", "100 MB"],
)
def test_a_file_that_is_no_table_is_one_sentence_and_the_data_stay(page, content, sentence):
    page.choose("dataset", "moons")
    before = page.setup
    upload(page, content)
    assert len(page.errors) == 1
    assert page.errors[0].startswith("CSV")
    assert sentence in page.errors[0]
    assert page.setup == before
    upload(page, GOOD.encode())
    assert not page.errors


@pytest.mark.parametrize(
    ("cell", "found"),
    [("1e308", "'1e308'"), ("two", "'two'"), ("", "an empty cell"), ("nan", "'nan'"), ("NA", "'NA'")],
)
def test_a_bad_cell_is_named_when_the_table_is_taken(page, cell, found):
    page.choose("dataset", "moons")
    before = page.setup
    upload(page, GOOD.replace("3,3,dog", f"3,{cell},dog", 1).encode())
    page.press("train.take table")
    assert len(page.errors) == 1
    assert page.errors[0].startswith(f"CSV, row 5, column 'b': found {found}; accepted is a number")
    assert page.setup == before


def test_a_column_with_too_many_classes_is_one_sentence(page):
    upload(page, b"x,class\n" + b"".join(b"%d,c%d\n" % (k, k) for k in range(5_000)))
    page.press("train.take table")
    assert len(page.errors) == 1
    assert page.errors[0].startswith("CSV, column 'class': found 5,000 different texts; accepted are 2 to 20.")
    assert page.setup.dataset == "batch"


def test_a_table_is_deleted_with_all_that_was_made_of_it_and_a_stranger_cannot(page, runs):
    """Nothing of it is left on the disk, in whatever file; a run at work on it ends."""
    secret = "Zwiebelkuchen"
    upload(page, f"{secret},b,kind\n{ROWS}".encode())
    page.press("train.take table")
    name = page.setup.dataset
    page.fill("pace", "5")
    page.fill("epochs", "9000")
    page.press("train.start")
    job = page.job
    until(lambda: job.status.epoch)
    stranger = TrainPage(**page.link)
    assert not [each for each in stranger.app.button if each.key == "train.delete table"]
    said = " ".join(each.value for each in page.app.caption)
    assert "are kept on this server for 7 days after they were last used." in said
    assert holding(runs, secret), "the test would find it"
    page.press("train.delete table")
    assert not page.errors
    assert page.setup.dataset == "batch"
    until(lambda: not job.alive and not job.path.exists())
    assert holding(runs, secret) == []
    gone = stranger.again(dataset=name)
    assert "no longer kept here" in " ".join(each.value for each in gone.app.warning)


def holding(folder, text):
    """The files below a folder that have a text somewhere, unpacked or not, in one of NumPy's spellings."""
    spellings = (text.encode(), text.encode("utf-32-le"))
    return [
        path for path in folder.rglob("*") if path.is_file() and any(each in path.read_bytes() for each in spellings)
    ]


def test_names_of_columns_are_shown_as_they_are_and_nothing_of_them_is_run(page):
    upload(page, b"<script>alert(1)</script>,**b**,$c$\n1,2,3\n4,5,6\n7,8,10\n")
    assert not page.errors
    assert page.app.selectbox(key="train.target").options == ["<script>alert(1)</script>", "**b**", "$c$"]


# runs that cannot be read, made or found


def of_another_version(run):
    (run.path / "spec.json").write_text(json.dumps({**run.spec.plain(), "version": 2}))


def half_a_spec(run):
    path = run.path / "spec.json"
    path.write_bytes(path.read_bytes()[:100])


def no_arrays(run):
    (run.path / "arrays.npz").unlink()


def torn_status(run):
    (run.path / "status.json").write_bytes(b'{"state": "fini')


def torn_checkpoints(run):
    for name in CHECKPOINTS:
        (run.path / name).write_bytes(b"PK\x03\x04")


def torn_progress(run):
    path = run.path / "progress.jsonl"
    path.write_bytes(path.read_bytes()[:-20] + b'\xff"\n5\n[]\n{"cost": 1}\n')


@pytest.fixture(scope="module")
def trained(runs):
    """The page with a run that has ended, of which each test damages a copy."""
    page = TrainPage()
    page.choose("dataset", "blobs")
    page.fill("pace", "0")
    page.fill("epochs", "3")
    page.press("train.start")
    page.ended()
    return page


@pytest.mark.parametrize(
    ("state", "damage", "sentence"),
    [
        (FINISHED, of_another_version, "The run's spec is of version 2; this program reads version 1"),
        (PAUSED, half_a_spec, "The run's spec is damaged"),
        (PAUSED, no_arrays, "arrays.npz"),
        (STOPPED, no_arrays, "arrays.npz"),
        (FAILED, torn_status, ""),
        (PAUSED, torn_status, ""),
        (STOPPED, torn_checkpoints, ""),
        (PAUSED, torn_checkpoints, ""),
        (FINISHED, torn_progress, ""),
        (PAUSED, torn_progress, ""),
    ],
)
def test_a_damaged_run_is_a_sentence_and_the_page_stands(trained, state, damage, sentence):
    name = secrets.token_hex(8)
    other = trained.job.path.with_name(name)
    shutil.copytree(trained.job.path, other)
    damaged = Run(other)
    damaged.request("PAUSE")
    damaged.change(state=state, epoch=2)
    damage(damaged)
    found = trained.again(run=name)
    told = " ".join([*found.errors, *(each.value for each in found.app.info)]).replace("\\", "")
    assert sentence.lower() in told.lower(), told
    if other.is_dir() and found.job.status.state == PAUSED:
        found.press("train.stop")
    found.press("train.start")
    assert found.job is not None and found.job.path != other
    until(lambda: found.job.status.state == FINISHED)
    assert not found.again().app.exception


def test_a_hostile_name_of_a_run_is_refused():
    names = ("../../etc/passwd", "..", "0123456789abcde/", "0123456789abcdeF", "%2e%2e", "0" * 17, ".tables", "\0" * 16)
    for part, name in itertools.product(("run", "compared"), (*names, "/tmp")):
        page = TrainPage(dataset="moons", **{part: name})
        assert len(page.errors) == 1, (part, name)
        assert page.errors[0].startswith(f"{LABELS.get(part, part)}: found "), (part, name)
        assert page.job is None, (part, name)


def test_a_hostile_name_of_a_table_is_refused():
    for name in ("csv-../../x", "csv-/etc/passwd", "CSV-0", "csv-\0"):
        page = TrainPage(dataset=name)
        assert page.errors[0].startswith("dataset: found ")


@pytest.fixture
def nowhere(tmp_path, monkeypatch):
    """Runs that should be in a folder which cannot be: below a file."""
    (tmp_path / "file").touch()
    monkeypatch.setenv("MLPVIZ_RUNS", str(tmp_path / "file" / "runs"))


@pytest.mark.usefixtures("nowhere")
def test_a_folder_that_cannot_be_written_is_one_sentence(page):
    page.choose("dataset", "moons")
    before = page.setup
    for key in ("train.start", "train.batch", "train.epoch", "train.sweep"):
        page.press(key)
        assert len(page.errors) == 1, key
        assert "Not a directory" in page.errors[0]
        assert page.setup == before
    upload(page, GOOD.encode())
    page.press("train.take table")
    assert page.errors[0].startswith("CSV: the table cannot be kept here (Not a directory).")


def test_a_folder_that_is_emptied_while_the_page_is_open_is_made_again(page, tmp_path, monkeypatch):
    monkeypatch.setenv("MLPVIZ_RUNS", str(tmp_path / "runs"))
    for _time in range(2):
        page.choose("dataset", "moons")
        page.fill("pace", "0")
        page.fill("epochs", "3")
        page.press("train.start")
        page.ended()
        assert page.job.status.state == FINISHED
        shutil.rmtree(tmp_path / "runs")
        page.run()
        assert page.job is None
        assert not page.errors
        page.choose("dataset", "batch")
    executor.executor().close()


def test_a_full_queue_is_one_sentence_and_its_places_are_shown(page, tmp_path, monkeypatch):
    monkeypatch.setenv("MLPVIZ_RUNS", str(tmp_path))
    queue = executor.executor()
    queue.slots = 0  # nobody is worked on
    monkeypatch.setattr(bounds, "MOST_OF_ONE", 1)
    queue.submit(made(tmp_path, 3, "another learner"))
    page.choose("dataset", "moons")
    page.press("train.start")
    first = page.job
    assert first.status.state == WAITING
    assert any("waiting, 2 in the queue" in text for text in shown(page)), shown(page)
    page.press("train.stop")
    assert first.status.state == STOPPED
    page.press("train.start")
    second = page.job
    again = page.again()
    again.press("train.sweep")
    assert len(again.errors) == 1
    assert again.errors[0].startswith("1 of your runs is waiting already; accepted are up to 1.")
    assert {run.id for run in folder.runs(tmp_path) if run.status.state == WAITING} > {second.id}
    assert len(list(folder.runs(tmp_path))) == 3
    queue.close()


def shown(page):
    """The texts of the bar above the pictures."""
    return [each.proto.text for each in page.app.get("progress")]
