"""Tells what axe-core finds on the pages: ``python -m tests.measure.axe``. It prints counts and asserts nothing.

Each of the states of ``tests.support.axe`` is looked at in the light and in the dark theme, with ``--lang`` in a
browser of that language, and in which language the page and its stepper say that they are; then, how many Tabs it
takes from the top of each page to its own first control, and whether the focus was out of sight on the way.
"""

import argparse
from collections import Counter, defaultdict
from pathlib import Path

from tests.measure.journeys import LOCALES
from tests.support import axe
from tests.support.browser import Page, running

SIZES = {"desktop": (1280, 720), "phone": (390, 844)}
FIRST = {
    "/": ".mlp-root, .mlp-root *",
    "/network": ".st-key-form *, [data-testid=stMainBlockContainer] input",
    "/derive": ".mlp-root, .mlp-root *",
    "/check": "textarea",
    "/train": ".st-key-transport button",
}
"""The first control of each page's own."""

MOST = 120
LOST = "not reached"


TONGUES = "[document.documentElement, document.querySelector('.mlp-root')].map((el) => el?.lang ?? 'none').join(' / ')"


def found_on(browser, server, states, size, script, locale):
    """What is found, by rule and whether it is Streamlit's: in which states, and how many elements."""
    found, tongues = defaultdict(Counter), Counter()
    for name in states:
        state = axe.STATES[name]
        for dark in (False, True):
            page = Page(browser, server, size, dark, locale=locale)
            try:
                view = page.open(state.path)
                state.reached(view)
                tongues[view.evaluate(TONGUES)] += 1
                for each in axe.violations(view, script):
                    whose = "Streamlit's" if axe.is_streamlits(each) else "ours"
                    found[each["rule"], each["impact"], whose][name, "dark" if dark else "light"] += 1
                    yield name, dark, whose, each
            except Exception as error:  # one state that is not reached leaves the others
                yield name, dark, LOST, {"rule": repr(error)[:300], "at": "", "why": "", "html": ""}
            page.context.close()
    show(found, len(states))
    print(f"lang of the page / the stepper, states: {dict(tongues)}")


def show(found, count):
    print(f"\n{'rule':34}{'impact':10}{'whose':13}{'states of ' + str(2 * count):>14}{'elements':>10}")
    for (rule, impact, whose), where in sorted(found.items(), key=lambda row: (row[0][2], -sum(row[1].values()))):
        print(f"{rule:34}{impact or '':10}{whose:13}{len(where):14}{sum(where.values()):10}")
    if not found:
        print("nothing")


def tabs(browser, server, size):
    """How often Tab is pressed from the top of a page to its first own control."""
    for path, first in FIRST.items():
        page = Page(browser, server, size, False)
        view = page.open(path)
        view.wait_for_timeout(1500)
        view.evaluate(axe.TOP)
        stops = [*walked(view, first)]
        unseen, under = ([at["name"] for at in stops if at[kind]] for kind in ("unseen", "under"))
        print(f"{path:10}{len(stops):4} Tabs; without a box: {unseen}; under the menu: {under}", flush=True)
        page.context.close()


def walked(view, first):
    """Where Tab leads, up to a page's first own control."""
    for _ in range(MOST):
        view.keyboard.press("Tab")
        at = view.evaluate(axe.FOCUSED, first)
        yield at
        if at["own"]:
            return


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("states", nargs="*", help="names of states; all if none are given")
    parser.add_argument("--size", choices=SIZES, default="desktop")
    parser.add_argument("--lang", choices=LOCALES, default="en")
    parser.add_argument("--script", type=Path, help="another axe.min.js than the packaged one")
    parser.add_argument("--each", action="store_true", help="tell every element")
    parser.add_argument("--tabs", action="store_true", help="count Tabs alone")
    options = parser.parse_args()
    size = SIZES[options.size]
    script = options.script.read_text(encoding="utf-8") if options.script else axe.axe_script()
    with running() as (browser, server):
        states, locale = options.states or axe.STATES, LOCALES[options.lang]
        for each in () if options.tabs else found_on(browser, server, states, size, script, locale):
            if options.each or each[2] == LOST:
                tell(*each)
        if options.tabs or not options.states:
            tabs(browser, server, size)


def tell(name, dark, whose, found):
    print(f"{name}, {'dark' if dark else 'light'}: {whose}: {found['rule']}: {found['at']}", flush=True)
    print(f"    {found['why']}\n    {found['html'][:200]}")


if __name__ == "__main__":
    main()
