"""A page of its own, opened from disk in a profile of its own with the network cut off, and watched."""

from contextlib import contextmanager

import numpy as np

import mlpviz
from mlpviz.derivation.notation import Notation
from mlpviz.derivation.walkthroughs import WALKTHROUGHS
from mlpviz.engine.descent import Update
from mlpviz.examples.presets import PRESETS
from mlpviz.interface.derive.page import fixed, words
from mlpviz.interface.derive.payload import LinesPayload
from mlpviz.interface.exports.web import page_of, pass_page
from tests.support.browser import expect
from tests.support.programs import walked
from tests.support.stepping import VALUES

LIVE = "() => document.querySelector('.mlp-root')?.dataset.live"
LAST = "() => Number(document.querySelector('[data-step]').dataset.steps)"
STEP = "() => Number(document.querySelector('[data-step]').dataset.step)"
FORMULAS = "() => document.querySelectorAll('[data-part=formula] math').length > 0"
FIRST = "[data-part=ledger] [data-key='W[1]'] .mlp-n[data-row='0'][data-column='0']"
AT = f'() => Number(document.querySelector("{FIRST}").dataset.value)'


class Watched:
    """A page of a file, and what went wrong on it or was asked of anybody."""

    def __init__(self, context, file):
        self.page, self.faults, self.requests = context.new_page(), [], []
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on(
            "console", lambda each: self.faults.append(each.text) if each.type in ("error", "warning") else None
        )
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.goto(file.as_uri())

    def asked(self):
        """The addresses that were asked for besides the file's own and those of its own script."""
        return [url for url in self.requests[1:] if not url.startswith(("blob:", "data:", "about:"))]

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)

    def values(self):
        """Every number in the ledger by its array, as it is stored."""
        return self.page.evaluate(VALUES)


@contextmanager
def opened_within(browser, file):
    """A page that stands in a frame of another, offline: the other one, and the frame."""
    context = browser.new_context(offline=True)
    try:
        outer = Watched(context, file)
        frame = outer.page.frames[1]
        frame.wait_for_selector("[data-step]")
        yield outer, frame
        assert not outer.faults, outer.faults
        assert not outer.asked(), outer.asked()
    finally:
        context.close()


@contextmanager
def opened(browser, file, size=(1280, 720), dark=False, at=""):
    """The page of a file, offline; fails where anything went wrong or was asked for."""
    scheme = "dark" if dark else "light"
    viewport = {"width": size[0], "height": size[1]}
    context = browser.new_context(viewport=viewport, color_scheme=scheme, offline=True)
    try:
        saved = Watched(context, file)
        saved.page.wait_for_selector("[data-step]")
        yield saved
        assert not saved.faults, saved.faults
        assert not saved.asked(), saved.asked()
    finally:
        context.close()


@contextmanager
def opened_pass(browser, folder, update, notation=Notation(), size=(1280, 720), **options):  # noqa: B008
    """The page of a pass, once its formulas are set: the app's stepper without the app."""
    file = folder / "pass.html"
    file.write_text(pass_page(update, notation, **options), encoding="utf-8")
    with opened(browser, file, size) as saved:
        expect(saved.page, FORMULAS, True)
        yield saved


@contextmanager
def opened_lines(browser, folder, walkthrough, network, layer, notation=Notation()):  # noqa: B008
    """The page of a walkthrough through a layer of a network, once its formulas are set."""
    made = walked(WALKTHROUGHS[walkthrough], network, notation)
    file = folder / "lines.html"
    file.write_text(lines_page(walkthrough, *next(each for each in made if each[0].layer == layer)), encoding="utf-8")
    with opened(browser, file) as saved:
        expect(saved.page, FORMULAS, True)
        yield saved


def lines_page(name, scene, chains):
    """A walkthrough's page: a scene and its chains."""
    payload, walkthrough = LinesPayload(scene, lambda _scene: chains), WALKTHROUGHS[name]
    frame = payload.frame(messages=words(), **fixed(name))
    return page_of(payload, frame, walkthrough.title, walkthrough.about, "", digits=3)


def engine(name, weight=None):
    """Every array of a preset's pass and update by its key, perhaps with another first weight."""
    preset = PRESETS[name]
    parameters = preset.parameters()
    if weight is not None:
        parameters.W[1][0, 0] = weight
    with np.errstate(all="ignore"):
        update = Update(mlpviz.backpropagate(parameters, preset.X, preset.Y), preset.learning_rate)
    targets = [step.equation.target for step in update.steps]
    return {str(symbol): np.ravel(update.value(symbol)) for symbol in targets}


def differing(shown, right, tolerance):
    """The arrays on screen that are not the engine's; those of which a window is shown are left out."""
    wrong = []
    for key, values in right.items():
        found = np.array(shown[key], float)
        if len(found) != len(values):
            continue
        scale = np.abs(values[np.isfinite(values)]).max(initial=0)
        if not np.allclose(found, values, rtol=tolerance, atol=tolerance * scale, equal_nan=True):
            wrong.append(key)
    return wrong


def gone_through(saved, name):
    """Steps, goes to the end, moves the first weight by keys, and takes it back; what is wrong on the way."""
    page, wrong = saved.page, []
    expect(page, LIVE, "yes")
    expect(page, FORMULAS, True)
    saved.press("ArrowRight", "ArrowRight")
    expect(page, STEP, 2)
    saved.press("End")
    expect(page, STEP, page.evaluate(LAST) - 1)
    before = saved.values()
    wrong += [f"{key} is not the engine's" for key in differing(before, engine(name), 0)]
    was = page.evaluate(AT)
    page.locator(FIRST).focus()
    page.keyboard.down("Alt")
    saved.press(*["ArrowUp"] * 5)
    page.keyboard.up("Alt")
    expect(page, "() => document.querySelector('.mlp-saved button').disabled", False)
    expect(page, "() => document.querySelector('.mlp-dragging') === null", True)
    moved = page.evaluate(AT)
    wrong += [] if moved > was else ["the weight did not move"]
    wrong += [f"{key} does not follow" for key in differing(saved.values(), engine(name, moved), 1e-12)]
    page.locator(".mlp-saved button").first.click()
    expect(page, AT, was)
    wrong += [f"{key} is not taken back" for key in differing(saved.values(), engine(name), 1e-12)]
    page.locator(FIRST).click()
    wrong += [] if page.locator(".mlp-sum svg").count() else ["there is no J of a weight"]
    return wrong
