"""A learner's own table, opened in Chromium: what can be taken is shown and trained on, what cannot is one sentence.

Every other kind of bad table and bad cell is opened without a browser, in ``test_train_refusals.py``.
"""

from mlpviz.examples.csv_table import BYTES
from mlpviz.jobs import folder
from tests.support.browser import expect, expect_count, expect_text
from tests.support.stepping import in_link, settled
from tests.support.train import press

GOOD = "length,width,kind\n" + "".join(f"{k % 7}.5,{k % 5},{'cat' if k % 7 > 3 else 'dog'}\n" for k in range(60))
NOTICE, PANEL = ".st-key-notices", "[data-testid=stPopoverBody]"
INPUT = "[data-testid=stFileUploaderDropzoneInput]"


def opened(open_app):
    """The page with something chosen, and the panel of the data open."""
    page = open_app("/train?dataset=moons&widths=2,5,1&activations=tanh,sigmoid&loss=binary_cross_entropy&epochs=77")
    expect_count(page, ".mlpviz-figure .scatterlayer .trace", 2)
    in_link(page, "end=1")
    settled(page)
    page.locator(".st-key-toolbar").get_by_role("button", name="Data", exact=True).click()
    page.get_by_text("Your own table").wait_for()
    return page


def give(page, content, name="table.csv"):
    """Open a file, in the one place for it that is left once the page has taken in the file before."""
    expect_count(page, INPUT, 1)
    settled(page)
    expect_count(page, INPUT, 1)
    given = {"name": name, "mimeType": "text/csv", "buffer": content}
    page.locator(INPUT).set_input_files(given)


def refused(page, sentence):
    """One sentence, and that what was there is kept."""
    expect_text(page, NOTICE, sentence)
    expect_text(page, NOTICE, "What was there before is kept.")
    expect(page, f"document.querySelectorAll('{NOTICE} [data-testid=stAlert]').length", 1)


BAD = {
    "ragged rows": (b"1,2,yes\n5,6\n", "CSV, row 2: found 2 cells; accepted are 3, as in the rows before."),
    "empty": (b"", "CSV: found an empty file; accepted is a table with a row for each sample."),
    "binary": (bytes(range(256)) * 40, "CSV: found bytes that are no text"),
}
CELL = (
    b"a,b\n1,2\n3,no number\n5,6\n",
    "CSV, row 3, column 'b': found 'no number'; accepted is a number, as in the other rows.",
)


def test_a_bad_file_or_cell_is_one_sentence_nothing_is_lost_and_what_is_too_large_is_not_even_sent(open_app, tmp_path):
    page = opened(open_app)
    before = page.evaluate("location.search")
    figure = page.evaluate_handle("document.querySelector('.mlpviz-figure')")
    large = tmp_path / "large.csv"
    with large.open("wb") as file:
        file.truncate(BYTES + 1)
    expect_count(page, INPUT, 1)
    page.locator(INPUT).set_input_files(large)
    expect_text(page, PANEL, f"File must be {BYTES / 1e6:.1f}MB or smaller.")
    assert page.evaluate("location.search") == before
    for content, sentence in BAD.values():
        give(page, content)
        refused(page, sentence)
        assert page.evaluate("location.search") == before
        assert page.evaluate("figure => figure.isConnected", figure)
    content, sentence = CELL
    give(page, content, "cell.csv")
    expect_text(page, PANEL, "cell.csv: 3 rows, 2 columns")
    page.get_by_role("button", name="Train on this table").click()
    refused(page, sentence)
    assert page.evaluate("location.search") == before


def test_a_good_file_is_shown_stays_beside_a_bad_one_is_trained_on_and_found_again(open_app, runs):
    page = opened(open_app)
    give(page, b"\xef\xbb\xbf" + GOOD.encode(), "my *own* <b>table</b>.csv")
    told = "my *own* <b>table</b>.csv: 60 rows, 3 columns, separated by a comma, with a header."
    expect_text(page, PANEL, told)
    give(page, b"", "bad.csv")
    expect_text(page, NOTICE, "CSV: found an empty file")
    expect_text(page, PANEL, told)
    settled(page)
    page.get_by_role("button", name="Train on this table").click()
    expect(page, "/dataset=csv-[0-9a-f]{16}/.test(location.search)")
    expect_count(page, ".mlpviz-figure .xtitle", 1)
    expect_text(page, ".mlpviz-figure .xtitle", "length")
    expect_text(page, ".mlpviz-figure .legend", "cat")
    page.keyboard.press("Escape")
    press(page, "Start")
    expect(page, "/run=[0-9a-f]{16}/.test(location.search)")
    page.reload()
    expect_text(page, ".mlpviz-figure .xtitle", "length")
    run = folder.find(runs, page.evaluate("new URLSearchParams(location.search).get('run')"))
    assert run.arrays["X"].shape == (60, 2)
