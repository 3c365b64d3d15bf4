"""What is taken along from the stepper, in Chromium: a formula as LaTeX, the network and the product as pictures."""

from xml.etree.ElementTree import fromstring

from tests.support.browser import expect
from tests.support.exports import of_pass
from tests.support.stepping import opened_at, press

CLIPBOARD = """() => Object.defineProperty(navigator, "clipboard",
  { value: { writeText: async (text) => { window.copied = text } } })"""
SVG = "{http://www.w3.org/2000/svg}"


def choose(page, what, at):
    page.locator(f"[data-do=offer][data-of={what}]").click()
    page.locator(f".mlp-menu [data-to='{at}']").click()


def saved(page, what, at, folder):
    """The bytes of a picture that is saved."""
    with page.expect_download() as download:
        choose(page, what, at)
    file = folder / download.value.suggested_filename
    download.value.save_as(file)
    page.keyboard.press("Escape")
    return file.read_bytes()


def test_formulas_are_copied_and_pictures_saved_as_they_stand(open_app, tmp_path):
    page = open_app("/", once=True)
    opened_at(page)
    for step in (1, 2):
        press(page, "ArrowRight", step)
    part = of_pass("two-three-two").parts[2]
    page.evaluate(CLIPBOARD)
    for at, text in enumerate((part.formula, part.shaped, part.filled)):
        choose(page, "formula", at)
        expect(page, "() => window.copied", text)
        page.keyboard.press("Escape")
    assert page.locator(".mlp-menu:popover-open").count() == 0
    network = fromstring(saved(page, "network", 0, tmp_path))
    assert len(list(network.iter(f"{SVG}circle"))) == 7  # every neuron
    shown = page.locator(".mlp-neuron .mlp-main text").all_text_contents()
    texts = {each.text for each in network.iter() if each.text}
    assert set(filter(None, shown)) <= texts
    product = saved(page, "product", 0, tmp_path)
    cells = page.locator("[data-part=product] .mlp-grid .mlp-n").all_text_contents()
    assert {text for text in cells if text} <= {each.text for each in fromstring(product).iter(f"{SVG}text")}
    for name in (b"color(", b"var(", b" style=", b" class="):
        assert name not in product
    for what in ("network", "product"):
        assert saved(page, what, 1, tmp_path).startswith(b"\x89PNG")
