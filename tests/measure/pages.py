"""Opens the page of every preset and every walkthrough from disk: see ``tests.measure.exports``."""

from mlpviz.derivation.notation import Notation
from mlpviz.derivation.walkthroughs import WALKTHROUGHS
from mlpviz.examples.presets import PRESETS
from mlpviz.interface.exports.web import pass_page
from tests.support.browser import expect, launched
from tests.support.legible import cut
from tests.support.networks import case
from tests.support.programs import walked
from tests.support.saved_page import LAST, STEP, gone_through, lines_page, opened
from tests.support.stepping import walked as walked_by_keys

SCREENS = ((1280, 720), (1920, 1080))
"""Of projectors, before which nothing is cut."""


def all_pages(presets, folder):
    with launched() as browser:
        for name in presets:
            one_pass(browser, name, folder)
        for walkthrough in WALKTHROUGHS.values():
            one_walkthrough(browser, walkthrough, presets[0], folder)


def one_pass(browser, name, folder):
    file = folder / f"{name}.html"
    file.write_text(pass_page(case(name), Notation(), title=PRESETS[name].title), encoding="utf-8")
    with opened(browser, file) as saved:
        wrong = gone_through(saved, name)
        saved.page.pdf(path=str(file.with_suffix(".pdf")), format="A4", print_background=True)
        saved.page.evaluate("document.documentElement.requestFullscreen = undefined")
        saved.page.locator("[data-do=projector]").click()
        for width, height in SCREENS:
            saved.page.set_viewport_size({"width": width, "height": height})
            found = enumerate(walked_by_keys(saved.page, cut()))
            wrong += [f"cut at step {step} on {width} × {height}: {each}" for step, each in found if each]
    asking = folder / f"{name}-predict.html"
    asking.write_text(pass_page(case(name), Notation(), predict=True), encoding="utf-8")
    with opened(browser, asking, (390, 844), dark=True) as saved:
        saved.press("ArrowRight")
        wrong += [] if saved.page.locator("[data-part=guess]").is_visible() else ["nothing is asked"]
    print(f"{name:20}{file.stat().st_size / 1000:6.0f} kB, {len(wrong)} wrong {wrong or ''}", flush=True)


def one_walkthrough(browser, walkthrough, name, folder):
    """Its page with the last layer; every line is gone to."""
    file = folder / f"{walkthrough.name}.html"
    last = [*walked(walkthrough, name, Notation())][-1]
    file.write_text(lines_page(walkthrough.name, *last), encoding="utf-8")
    with opened(browser, file) as saved:
        count = saved.page.evaluate(LAST)
        saved.press(*["ArrowRight"] * (count - 1))
        expect(saved.page, STEP, count - 1)
        saved.page.pdf(path=str(file.with_suffix(".pdf")), format="A4", print_background=True)
    print(f"{walkthrough.name:20}{file.stat().st_size / 1000:6.0f} kB, {count} lines", flush=True)
