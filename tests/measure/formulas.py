"""Measures every formula of Step and Derive in its box: ``python -m tests.measure.formulas``.

All presets and steps, all walkthroughs, layers and the eight conventions, with and without shapes, at the two sizes of
``SIZES``; what is wider than its box, or has type below 12 px (8 px in scripts), is printed, and then the figures.
"""

import argparse
from collections import Counter

from mlpviz.derivation.walkthroughs import WALKTHROUGHS
from mlpviz.examples.presets import PRESETS
from tests.support.browser import Page, running
from tests.support.fitted import ROOMS, SIZES, faults, fitted, of_lines, of_steps
from tests.support.networks import NOTATIONS, case, view_of
from tests.support.programs import walked

PATHS = {"step": "/", "derive": "/derive"}


def collected(presets):
    """Every formula by its page and its box."""
    texts = {page: {"formula": set(), "sigma": set()} for page in PATHS}
    for name in presets:
        for notation in NOTATIONS:
            add(texts["step"], of_steps(case(name), view_of(case(name), notation)))
            for walkthrough in WALKTHROUGHS.values():
                for scene, chains in walked(walkthrough, name, notation):
                    add(texts["derive"], of_lines(scene, chains))
    return texts


def add(texts, more):
    for kind, some in more.items():
        texts[kind] |= some


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("presets", nargs="*", default=list(PRESETS))
    texts = collected(parser.parse_args().presets)
    with running() as (browser, server):
        for size in SIZES:
            for name, path in PATHS.items():
                page = Page(browser, server, size, dark=False)
                view = page.open(path)
                view.wait_for_selector("[data-part=formula] .katex")
                for kind, room in view.evaluate(ROOMS).items():
                    report(size, name, kind, room, fitted(view, kind, sorted(texts[name][kind]), room))
                page.close()


def report(size, name, kind, room, found):
    wrong = faults(found)
    for text, each in sorted(wrong.items(), key=lambda one: -one[1]["over"])[:12]:
        print("   ", each, text)
    least = {what: min(each[what] for each in found.values()) for what in ("type", "script")}
    high = max(each["high"] for each in found.values())
    high = max(each["high"] for each in found.values())
    counts = Counter("wrapped" if each["wrapped"] else "whole" for each in found.values())
    print(
        f"{size} {name} {kind}: {len(found)} formulas in {room:.0f} px, {len(wrong)} do not fit; {dict(counts)}, "
        f"smallest type {least['type']:.1f}, scripts {least['script']:.1f}, tallest {high} px"
    )


if __name__ == "__main__":
    main()
