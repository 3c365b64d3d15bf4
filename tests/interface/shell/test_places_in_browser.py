"""The place of the stepper on screen and the one in the address are the same, whatever opens another state."""

from mlpviz.interface.shell.presets import preset_setup
from mlpviz.setup.file import encode_file
from mlpviz.setup.setup import replaced
from tests.support.browser import SECRET, expect, expect_count
from tests.support.stepping import choose, in_link, opened_at, settled

MAZUR = "includes('preset=mazur')"
PLACE = "[document.querySelector('[data-step]')?.dataset.step, new URLSearchParams(location.search).get('step')]"


def test_a_setup_file_and_a_preset_bring_their_place_and_a_reload_keeps_where_undo_and_redo_lead(open_app, tmp_path):
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
    choose(page, "Preset", "Mazur")
    expect(page, f"location.search.{MAZUR}")
    expect(page, f"{PLACE}.map(step => step ?? '0')", ["0", "0"])  # the first step may be left out of the address

    page.locator(".st-key-undo button").click()
    in_link(page, "seed=3")
    secret = page.evaluate(SECRET)
    page.reload()
    for button, look in (("redo", MAZUR), ("undo", "includes('seed=3')"), ("undo", "includes('seed=') === false")):
        page.locator(f".st-key-{button} button:enabled").click()
        expect(page, f"location.search.{look}")
        settled(page)
    assert page.evaluate(SECRET) == secret, "the browser is the same after a reload"
