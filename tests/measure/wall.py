"""How well the projector view is read: ``python -m tests.measure.wall``. It prints figures and asserts nothing.

For each size of screen, light and dark, the smallest text of each kind over all steps of some networks, in pixels of
the screen (the scale of pictures counted), and the least contrast; the same of the other pages, and how high they are;
then what has not all of its content in view. ``--address`` measures a server that runs already, so that another version
of the app is measured in the same way.
"""

import argparse
import tempfile
from contextlib import contextmanager
from pathlib import Path

from tests.support.axe import STATES
from tests.support.browser import Page, Server, launched
from tests.support.legible import KINDS, PAGE_KINDS, cut, least, looked
from tests.support.stepping import opened_at, walked

SIZES = ((1024, 768), (1280, 720), (1920, 1080), (2560, 1440), (3840, 2160))
PRESETS = ("two-three-two", "mazur", "softmax-batch", "digit")
LINES = (
    *((name, "two-three-two") for name in ("chain-rule", "neuron", "modules", "entries", "batch", "layouts")),
    ("strategies", "two-three-two"),
)


PAGES = ("network", "check", "an exercise", "does not multiply", "right", "train", "a run")
"""States of the pages whose projector view is their own."""

MAIN = "[data-testid=stMain]"
HEIGHT = f"document.querySelector('{MAIN}').scrollHeight"


class Running:
    """A server that was started elsewhere, whose log is not ours to read."""

    def __init__(self, address):
        self.url = address.rstrip("/")

    def faults(self):
        return []


@contextmanager
def served(address):
    """The server at an address, or else one of this version."""
    if address:
        yield Running(address)
        return
    with tempfile.TemporaryDirectory() as folder, Server(Path(folder)) as server:
        yield server


def projected(browser, server, path, size, dark):
    """A page in the projector view."""
    opened = Page(browser, server, size, dark)
    page = opened.open(path)
    opened_at(page)
    page.evaluate("document.documentElement.requestFullscreen = undefined")  # a page on the whole screen has its size
    page.locator("[data-do=projector]").click()
    page.wait_for_timeout(600)
    return opened, page


def texts(browser, server, sizes, dark, presets):
    """The least of each kind by the size of the screen."""
    found = {size: [] for size in sizes}
    for preset in presets:
        opened, page = projected(browser, server, f"/?preset={preset}", sizes[0], dark)
        for size in sizes:
            page.set_viewport_size({"width": size[0], "height": size[1]})
            page.wait_for_timeout(400)
            found[size] += walked(page, looked())
        opened.close()
    return {size: least(each) for size, each in found.items()}


def texts_of_pages(browser, server, sizes, dark):
    """The least of each kind on the other pages by the size of the screen."""
    found = {size: [] for size in sizes}
    for name in PAGES:
        opened = Page(browser, server, sizes[0], dark)
        page = opened.open(STATES[name].path)
        STATES[name].reached(page)
        page.evaluate("document.documentElement.requestFullscreen = undefined")
        page.locator(".mlpviz-wall").click()
        page.mouse.move(0, 0)
        for size in sizes:
            page.set_viewport_size({"width": size[0], "height": size[1]})
            page.wait_for_timeout(1000)
            found[size].append(page.evaluate(looked(PAGE_KINDS, MAIN)))
            if not dark:
                print(f"{name:20}{size[0]:5}×{size[1]}: {page.evaluate(HEIGHT)} px high", flush=True)
        opened.close()
    return {size: least(each) for size, each in found.items()}


def table(kinds, sizes, measured):
    """The least of each kind by screen, and the least contrasts, in the dark on the smallest: they are its colours'."""
    light = measured(sizes, False)
    head = "".join(f"{f'{w}×{h}':>12}" for w, h in sizes)
    print(f"smallest text, px{'':11}{head}\nof which 1 em is{'':12}" + "".join(f"{em(size):>12.1f}" for size in sizes))
    for kind, _ in kinds:
        cells = [light[size].get(kind) for size in sizes]
        if any(cells):
            print(f"{kind:28}" + "".join(f"{cell[0][0]:12.1f}" if cell else f"{'–':>12}" for cell in cells), flush=True)
    dark = measured(sizes[:1], True)
    print(f"\nleast contrast{'':14}{'light':>12}{'dark':>12}  which")
    for kind, _ in kinds:
        cells = [
            min((found[kind][1] for found in each.values() if kind in found), default=None) for each in (light, dark)
        ]
        if all(cells):
            print(f"{kind:28}" + "".join(f"{cell[0]:12.2f}" for cell in cells) + f"  {cells[0][1]!r}, {cells[1][1]!r}")


def em(size):
    """What a text has at least, by the screen."""
    return max(16.0, min(0.0264 * size[1], 0.0149 * size[0], 60.0))


def cuts(browser, server, sizes, presets):
    """What is cut at which step or line."""
    paths = [f"/?preset={preset}" for preset in presets]
    paths += [f"/derive?walkthrough={name}&preset={preset}" for name, preset in LINES]
    for path in paths:
        opened, page = projected(browser, server, path, sizes[0], False)
        for size in sizes:
            page.set_viewport_size({"width": size[0], "height": size[1]})
            page.wait_for_timeout(400)
            found = walked(page, cut())
            some = {at + 1: each for at, each in enumerate(found) if each}
            print(f"{path:50}{size[0]:5}×{size[1]}{len(found):4} steps, {len(some)} with something cut", flush=True)
            for at, each in some.items():
                print(f"    {at:3} " + "; ".join(each))
        opened.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="*", default=range(len(SIZES)), help="which, the smallest is 0")
    parser.add_argument("--presets", nargs="*", default=PRESETS)
    parser.add_argument("--only", choices=("texts", "pages", "cuts"))
    parser.add_argument("--address", help="of a server that runs already")
    options = parser.parse_args()
    sizes = [SIZES[at] for at in options.sizes]
    with served(options.address) as server, launched() as browser:
        if options.only in (None, "texts"):
            table(KINDS, sizes, lambda some, dark: texts(browser, server, some, dark, options.presets))
        if options.only in (None, "pages"):
            table(PAGE_KINDS, sizes, lambda some, dark: texts_of_pages(browser, server, some, dark))
        if options.only in (None, "cuts"):
            cuts(browser, server, sizes, options.presets)


if __name__ == "__main__":
    main()
