"""The place of the stepper on screen and the one in the address are the same, whatever opens another state."""

from mlpviz.interface.shell.presets import preset_setup
from mlpviz.setup.file import encode_file
from mlpviz.setup.setup import replaced
from tests.support.browser import expect, expect_count
from tests.support.stepping import in_link, opened_at, settled

PLACE = "[document.querySelector('[data-step]')?.dataset.step, new URLSearchParams(location.search).get('step')]"


def test_a_setup_file_and_a_preset_bring_their_place(open_app, tmp_path):
    page = open_app("/?step=3")
    opened_at(page, 3)
    path = tmp_path / "setup.json"
    path.write_bytes(encode_file(replaced(preset_setup("two-three-two"), {"seed": 3, "step": 7})))
    page.get_by_role("button", name="Share").click()
    page.locator("input[type=file]").set_input_files(path)
    expect(page, PLACE, ["7", "7"])
    settled(page)
    page.keyboard.press("Escape")
    expect_count(page, "[data-testid=stPopoverBody]", 0)  # which has the keys until it is closed
    page.keyboard.press("End")
    expect(page, f"{PLACE}[0] === {PLACE}[1] && Number({PLACE}[0]) > 9")
    page.get_by_label("Preset").click()
    page.get_by_role("option", name="Mazur").click()
    expect(page, "new URLSearchParams(location.search).get('preset') !== 'two-three-two'")
    expect(page, f"{PLACE}.map(step => step ?? '0')", ["0", "0"])  # the first step may be left out of the address


def test_a_reload_keeps_where_undo_and_redo_lead(open_app):
    page = open_app("/network")
    for seed in ("3", "4", "5"):
        page.get_by_label("Seed").fill(seed)
        page.keyboard.press("Enter")
        in_link(page, f"seed={seed}")
    page.locator(".st-key-undo button").click()
    in_link(page, "seed=4")
    page.reload()
    for button, seed in (("redo", "seed=5"), ("undo", "seed=4"), ("undo", "seed=3")):
        page.locator(f".st-key-{button} button:enabled").click()
        in_link(page, seed)


def test_a_link_is_whole_at_a_first_visit_when_the_browser_says_who_it_is(open_app):
    """What a page sends by itself takes the fields along: none may say that it is empty since it has just come up."""
    for _ in range(3):  # each in a profile of its own
        page = open_app("/check?formula=delta[2]&target=dW[2]")
        expect(page, "/mlpviz_browser=[0-9a-f]{32}/.test(document.cookie)")
        page.wait_for_timeout(600)
        settled(page)
        expect(page, "document.querySelector('textarea').value", "delta[2]")
        assert "formula=delta" in page.url
        assert page.locator(".st-key-undo button:enabled").count() == 0
