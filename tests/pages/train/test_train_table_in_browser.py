"""A learner's own table, opened in Chromium: what can be taken is shown and trained on, what cannot is one sentence."""

import pytest

from mlpviz.examples.csv_table import BYTES, ROWS
from mlpviz.jobs import folder
from tests.support.browser import expect, expect_count, expect_text
from tests.support.runs import until
from tests.support.stepping import in_link, settled
from tests.support.train import press

SAMPLES = "".join(f"{k % 7},{k % 5},{'cat' if k % 7 > 3 else 'dog'}\n" for k in range(60))
GOOD = "length,width,kind\n" + "".join(f"{k % 7}.5,{k % 5},{'cat' if k % 7 > 3 else 'dog'}\n" for k in range(60))
ROW = b"1,2,yes\n3,4,no\n"
NOTICE, PANEL = ".st-key-notices", "[data-testid=stPopoverBody]"
INPUT = "[data-testid=stFileUploaderDropzoneInput]"


@pytest.fixture
def page(open_app):
    """The page with something chosen, and the panel of the data open."""
    opened = open_app("/train?dataset=moons&widths=2,5,1&activations=tanh,sigmoid&loss=binary_cross_entropy&epochs=77")
    expect_count(opened, ".mlpviz-figure .scatterlayer .trace", 2)
    in_link(opened, "end=1")
    settled(opened)
    opened.locator(".st-key-toolbar").get_by_role("button", name="Data", exact=True).click()
    opened.get_by_text("Your own table").wait_for()
    return opened


def give(page, content, name="table.csv"):
    """Open a file, in the one place for it that is left once the page has taken in the file before."""
    expect_count(page, INPUT, 1)
    expect_count(page, INPUT, 1)
    given = {"name": name, "mimeType": "text/csv", "buffer": content}
    page.locator(INPUT).set_input_files(given)


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "with a byte-order mark"])
def test_a_good_file_is_shown_trained_on_and_found_again(page, mark):
    give(page, mark + GOOD.encode(), "my *own* <b>table</b>.csv")
    expect_text(
        page,
        PANEL,
        "my *own* <b>table</b>.csv: 60 rows, 3 columns, separated by a comma, with a header.",
    )
    page.get_by_role("button", name="Train on this table").click()
    expect_count(page, ".mlpviz-figure .xtitle", 1)
    expect_text(page, ".mlpviz-figure .xtitle", "length")
    expect_text(page, ".mlpviz-figure .legend", "cat")
    page.keyboard.press("Escape")
    press(page, "Start")
    expect(page, "/run=[0-9a-f]{16}/.test(location.search)")
    page.reload()
    expect_text(page, ".mlpviz-figure .xtitle", "length")


BAD = {
    "ragged rows": (ROW + b"5,6\n7,8,no\n", "CSV, row 3: found 2 cells; accepted are 3, as in the rows before."),
    "empty": (b"", "CSV: found an empty file; accepted is a table with a row for each sample."),
    "binary": (bytes(range(256)) * 40, "CSV: found bytes that are no text"),
    "only blanks": (b" \n\n", "CSV: found an empty file; accepted is a table with a row for each sample."),
    "one column": (b"a\n1\n2\n", "CSV: found 1 column; accepted are at least 2"),
    "too many rows": (b"1,2\n" * (ROWS + 100), f"CSV: found more than {ROWS:,} rows; accepted are up to {ROWS:,}."),
}


def test_a_bad_file_is_one_sentence_and_nothing_is_lost(page):
    before = page.evaluate("location.search")
    figure = page.evaluate_handle("document.querySelector('.mlpviz-figure')")
    for content, sentence in BAD.values():
        give(page, content)
        expect_text(page, NOTICE, sentence)
        expect(page, f"document.querySelectorAll('{NOTICE} [data-testid=stAlert]').length", 1)
        expect_text(page, NOTICE, "What was there before is kept.")
        assert page.evaluate("location.search") == before
        assert page.evaluate("figure => figure.isConnected", figure)


CELLS = {
    "text among numbers": (
        b"a,b\n1,2\n3,no number\n5,6\n",
        "CSV, row 3, column 'b': found 'no number'; accepted is a number, as in the other rows.",
    ),
    "1e308": (b"a,b\n1,2\n3,4\n1e308,6\n", "CSV, row 4, column 'a': found '1e308'; accepted is a number up to 1e+30"),
    "an empty cell": (b"a,b\n1,2\n,4\n5,6\n", "CSV, row 3, column 'a': found an empty cell; accepted is a number"),
}


def test_a_bad_cell_is_named_by_row_and_column_and_nothing_is_lost(page):
    before = page.evaluate("location.search")
    for name, (content, sentence) in CELLS.items():
        give(page, content, f"{name}.csv")
        expect_text(page, PANEL, f"{name}.csv: 3 rows, 2 columns")
        page.get_by_role("button", name="Train on this table").click()
        expect_text(page, NOTICE, sentence)
        expect(page, f"document.querySelectorAll('{NOTICE} [data-testid=stAlert]').length", 1)
        assert page.evaluate("location.search") == before


def test_a_bad_file_does_not_close_the_good_one_before_it(page):
    give(page, GOOD.encode(), "good.csv")
    expect_text(page, PANEL, "good.csv: 60 rows")
    give(page, b"", "bad.csv")
    expect_text(page, NOTICE, "CSV: found an empty file")
    expect_text(page, PANEL, "good.csv: 60 rows")


def test_what_is_too_large_is_not_even_sent(page, tmp_path):
    large = tmp_path / "large.csv"
    with large.open("wb") as file:
        file.truncate(BYTES + 1)
    before = page.evaluate("location.search")
    expect_count(page, INPUT, 1)
    page.locator(INPUT).set_input_files(large)
    expect_text(page, PANEL, f"File must be {BYTES / 1e6:.1f}MB or smaller.")
    assert page.evaluate("location.search") == before


def choose_file(page, name, content):
    """Open the panel of the data, if it is not open, and choose a file there."""
    settled(page)
    chooser = page.locator("[data-testid=stFileUploader] input[type=file]")
    if not chooser.count():
        page.get_by_role("button", name="Data", exact=True).click()
    chooser.set_input_files({"name": name, "mimeType": "text/csv", "buffer": content})


def test_a_table_is_opened_and_trained_on_and_one_too_large_changes_nothing(open_app, runs):
    before, page = set(folder.runs(runs)), open_app("/train")
    choose_file(page, "large.csv", b"1,2\n" * 5_000_000)
    expect_text(page, "[data-testid=stFileUploader]", "must be 16.0MB or smaller")
    choose_file(page, "bad.csv", b"a,b\n1,2\n3\n")
    expect_text(page, "body", "CSV, row 3: found 1 cell; accepted are 2, as in the rows before.")
    choose_file(page, "good.csv", f"\ufeffa,b,kind\n{SAMPLES}".encode())
    expect_text(page, "body", "good.csv: 60 rows, 3 columns, separated by a comma, with a header.")
    page.get_by_role("button", name="Train on this table").click()
    expect(page, "/dataset=csv-[0-9a-f]{16}/.test(location.search)")
    page.keyboard.press("Escape")
    page.locator(".st-key-transport").get_by_role("button", name="Start", exact=True).click()
    until(lambda: [run for run in set(folder.runs(runs)) - before if run.status.epoch])
    (run,) = set(folder.runs(runs)) - before
    assert run.arrays["X"].shape == (60, 2)
