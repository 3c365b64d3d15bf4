"""A learner's own table in Chromium: chosen as a file, read, trained on, and refused where it is too large."""

import pytest

from mlpviz.jobs import folder
from tests.support.browser import expect, expect_text
from tests.support.runs import until
from tests.support.stepping import settled

ROWS = "".join(f"{k % 7},{k % 5},{'cat' if k % 7 > 3 else 'dog'}\n" for k in range(60))


@pytest.fixture(autouse=True)
def runs(tmp_path, monkeypatch):
    """A folder for the runs of a test, which end with it."""
    monkeypatch.setenv("MLPVIZ_RUNS", str(tmp_path))
    yield tmp_path
    for run in folder.runs(tmp_path):
        run.request("STOP")
        until(lambda run=run: not run.alive)


def choose_file(page, name, content):
    """Open the panel of the data, if it is not open, and choose a file there."""
    settled(page)
    chooser = page.locator("[data-testid=stFileUploader] input[type=file]")
    if not chooser.count():
        page.get_by_role("button", name="Data", exact=True).click()
    chooser.set_input_files({"name": name, "mimeType": "text/csv", "buffer": content})


def test_a_table_is_opened_and_trained_on_and_one_too_large_changes_nothing(open_app, new_server, runs):
    page = open_app("/train", server=new_server())
    choose_file(page, "large.csv", b"1,2\n" * 5_000_000)
    expect_text(page, "[data-testid=stFileUploader]", "must be 16.0MB or smaller")
    choose_file(page, "bad.csv", b"a,b\n1,2\n3\n")
    expect_text(page, "body", "CSV, row 3: found 1 cell; accepted are 2, as in the rows before.")
    choose_file(page, "good.csv", f"\ufeffa,b,kind\n{ROWS}".encode())
    expect_text(page, "body", "good.csv: 60 rows, 3 columns, separated by a comma, with a header.")
    page.get_by_role("button", name="Train on this table").click()
    expect(page, "/dataset=csv-[0-9a-f]{16}/.test(location.search)")
    page.keyboard.press("Escape")
    page.locator(".st-key-transport").get_by_role("button", name="Start", exact=True).click()
    until(lambda: [run for run in folder.runs(runs) if run.status.epoch])
    (run,) = folder.runs(runs)
    assert run.arrays["X"].shape == (60, 2)
