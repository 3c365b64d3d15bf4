"""What is amiss under a finger: ``python -m tests.measure.phone``, every preset at some of its steps on three screens.

Of each state it tells what makes the page scroll sideways, faces that are cut, numbers lower or narrower than 24 px,
and whether the way on stands at the bottom of the window. It prints what it finds, and nothing of what is as it should.
"""

import argparse

from mlpviz.examples.presets import PRESETS
from tests.support.browser import Page, running
from tests.support.touch import CUT, MISSED, SMALL

SCREENS = (((320, 640), "en"), ((390, 844), "en"), ((844, 390), "en"), ((390, 844), "zh-Hant"), ((390, 844), "zh-Hans"))
PAGES = ("/network", "/derive", "/check", "/train", "/texts")
SIDEWAYS = """() => [document.documentElement, document.querySelector("[data-testid=stMain]")]
  .filter(el => el.scrollWidth > el.clientWidth).map(el => [el.tagName, el.scrollWidth, el.clientWidth])"""
WIDEST = """() => [...document.querySelectorAll("[data-testid=stMainBlockContainer] *")]
  .map(el => [Math.round(el.getBoundingClientRect().right), el.className?.baseVal ?? el.className, el.tagName])
  .filter(([right]) => right > innerWidth).sort(([a], [b]) => b - a).slice(0, 3)"""
BAR = """() => {
  const bar = document.querySelector(".mlp-under")?.getBoundingClientRect()
  return bar && bar.height > 30 && Math.abs(bar.bottom - innerHeight) < 1 ? [] : [bar?.top, bar?.bottom, innerHeight]
}"""
LOOKS = {"cut": CUT, "small": SMALL, "hard to meet": MISSED, "no bar": BAR}


def sideways(view):
    """What scrolls sideways as a whole, with what stands out furthest."""
    found = view.evaluate(SIDEWAYS)
    return found and [*found, *view.evaluate(WIDEST)]


def faults(view, fractions=(0, 0.3, 0.6, 1)):
    """What is amiss at some steps of the page that is open."""
    last = int(view.locator("[data-step]").get_attribute("data-steps")) - 1
    for step in sorted({round(part * last) for part in fractions}):
        view.evaluate(
            "step => { const el = document.querySelector('[data-part=scrubber]'); el.value = step; "
            "el.dispatchEvent(new Event('input', { bubbles: true })) }",
            step,
        )
        view.wait_for_timeout(300)
        yield from ((step, name, found[:3]) for name, look in LOOKS.items() if (found := view.evaluate(look)))
        if found := sideways(view):
            yield step, "sideways", found


def sweep(browser, server, screens=SCREENS, presets=tuple(PRESETS), pages=PAGES):
    """Prints what is amiss on each screen, in one profile for each of them."""
    for size, lang in screens:
        page = Page(browser, server, size, dark=False, is_mobile=True, has_touch=True)
        for preset in presets:
            view = page.open(f"/?preset={preset}&lang={lang}")
            view.wait_for_selector("[data-step] .mlp-n")
            view.wait_for_timeout(800)
            for fault in faults(view):
                print(size, lang, preset, *fault, flush=True)
        for path in pages:
            view = page.open(f"{path}?lang={lang}")
            view.wait_for_timeout(2500)
            if found := sideways(view):
                print(size, lang, path, found, flush=True)
        print(size, lang, "looked at", *page.faults, flush=True)
        page.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.parse_args()
    with running() as (browser, server):
        sweep(browser, server)


if __name__ == "__main__":
    main()
