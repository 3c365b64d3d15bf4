"""No formula is wider than its box, on a laptop or on a phone, and none has type that cannot be read.

A sample; all of them: ``python -m tests.measure.formulas``.
"""

import random
from functools import cache

from mlpviz.derivation.notation import Notation
from mlpviz.derivation.walkthroughs import WALKTHROUGHS
from mlpviz.examples.presets import PRESETS
from tests.support.browser import expect
from tests.support.fitted import ROOMS, SIZES, faults, fitted, of_lines, of_steps
from tests.support.networks import NOTATIONS, case, view_of
from tests.support.programs import walked as walked_through
from tests.support.stepping import opened_at, walked

HEIGHT = "document.querySelector('.mlp-headline').offsetHeight"
TOP = "document.querySelector('.mlp-faces').offsetTop"
INSIDE = """() => {
  const [formula, sigma] = ["formula", "sigma"].map((part) => document.querySelector(`[data-part=${part}]`))
  const wide = [formula, sigma].every((el) => el.scrollWidth <= el.clientWidth)
  return wide && formula.scrollHeight <= document.querySelector(".mlp-headline").clientHeight
}"""

RESIZED = """async (width) => {
  for (let frame = 0; frame < 4; frame += 1) await new Promise(requestAnimationFrame)
  return innerWidth === width && document.querySelector(".mlp-root").getBoundingClientRect().right <= width
}"""
NARROWED = """async (width) => {
  document.querySelector(".mlp-root").style.width = `${width}px`
  for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame)
}"""


@cache
def sample():
    """The formulas of some presets, walkthroughs and conventions, by their box."""
    texts, draw = {"formula": set(), "sigma": set()}, random.Random(11)
    for name in PRESETS:
        some = of_steps(case(name), view_of(case(name), draw.choice(NOTATIONS)))
        walkthrough = WALKTHROUGHS[draw.choice(sorted(WALKTHROUGHS))]
        scenes = list(walked_through(walkthrough, name, draw.choice(NOTATIONS)))
        for each in (some, *(of_lines(scene, chains) for scene, chains in scenes[-1:])):
            for kind in texts:
                texts[kind] |= each[kind]
    return texts


def test_no_formula_of_a_sample_is_wider_than_its_box(open_app):
    view = open_app("/derive", SIZES[0])
    view.wait_for_selector("[data-part=formula] .katex")
    for width, height in SIZES:
        view.set_viewport_size({"width": width, "height": height})
        expect(view, RESIZED, True, width)
        for kind, room in view.evaluate(ROOMS).items():
            some = sorted(sample()[kind], key=len)[::-2]  # the longest, and every second one
            assert not faults(fitted(view, kind, some, room))
            broken = fitted(view, kind, [r"\left(a + b + c + d + e + f + g + h + i + j + k\right)" * 9], room)
            assert faults(broken)


def test_stepping_moves_nothing_and_cuts_nothing(open_app):
    view = open_app("/derive?walkthrough=entries&preset=softmax-batch&layer=2", SIZES[0])
    opened_at(view)
    view.locator("[data-do=shapes]").click()
    expect(view, "document.querySelector('[data-do=shapes]').getAttribute('aria-pressed')", "true")
    for width, height in SIZES:
        view.set_viewport_size({"width": width, "height": height})
        expect(view, RESIZED, True, width)
        found = walked(view, f"() => [{HEIGHT}, {TOP}, ({INSIDE})()]")
        assert len(found) > 10
        assert {tuple(each) for each in found} == {(*found[0][:2], True)}


def test_the_sample_is_of_all_kinds():
    texts = sample()
    assert any("underbrace" in text for text in texts["formula"])
    assert any(r"\sum" in text for text in texts["sigma"])
    assert Notation() in NOTATIONS


def test_a_formula_is_fitted_again_where_the_page_becomes_a_little_narrower(open_app):
    view = open_app("/derive?walkthrough=outputs&preset=softmax-batch")
    opened_at(view)
    view.locator("[data-do=shapes]").click()
    expect(view, "document.querySelector('[data-do=shapes]').getAttribute('aria-pressed')", "true")
    for wide in (1000, 640):  # at once, and then a little each time, as a window is made narrower by hand
        for narrower in range(0, 90, 18):
            view.evaluate(NARROWED, wide - narrower)
            expect(view, INSIDE)
